package serve_test

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"seedfeed/feed/serve"
)

// Where many requests share a look at a file, a change is seen when it is told of,
// or a moment later.
func TestTrust(t *testing.T) {
	s := newSite(t, serve.Options{})
	synctest.Test(t, func(t *testing.T) {
		h := serve.New(s.root, serve.Options{Trust: time.Minute})
		get := func(path string) string {
			w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil)
			r.URL.Path = path
			h.ServeHTTP(w, r)
			return w.Body.String()
		}
		for _, path := range []string{"/", "/sport/rss.xml"} {
			file := strings.TrimPrefix(path, "/")
			if file == "" {
				file = "index.html"
			}
			check := func(when, want string) {
				t.Helper()
				if got := get(path); got != want {
					t.Errorf("%s, %s: %q, want %q", path, when, got, want)
				}
			}
			check("before there is one", "404 Not Found\n")
			s.put(file, "one", old)
			check("what is missing is looked for each time", "one")
			s.put(file, "two", old.Add(time.Hour))
			check("within a minute", "one")
			h.Changed()
			check("when it is told of", "two")
			s.put(file, "three", old.Add(2*time.Hour))
			time.Sleep(time.Minute - 1)
			check("just before a minute is over", "two")
			time.Sleep(time.Nanosecond)
			check("after a minute", "three")
			if err := os.Remove(filepath.Join(s.dir, file)); err != nil {
				t.Fatal(err)
			}
			h.Changed()
			check("when it is gone", "404 Not Found\n")
		}
		if got := get("xindex.html"); got != "404 Not Found\n" {
			t.Errorf("a path without its slash: %q", got)
		}
	})
}

// A changed file is seen by the next request, however it was changed.
func TestChange(t *testing.T) {
	now := time.Now()
	write := func(s *site, body string, modified time.Time) { // in place, as no publisher should
		file := filepath.Join(s.dir, "atom.xml")
		if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
			s.t.Fatal(err)
		}
		if err := os.Chtimes(file, modified, modified); err != nil {
			s.t.Fatal(err)
		}
	}
	put := func(s *site, body string, modified time.Time) { s.put("atom.xml", body, modified) }
	tests := []struct {
		name          string
		change        func(s *site, body string, modified time.Time)
		before, after time.Time
	}{
		{"replaced", put, old, old.Add(time.Hour)},
		{"replaced, same time, long ago", put, old, old},
		{"replaced, same time, just now", put, now, now},
		{"replaced by one of an earlier time", put, old, old.Add(-time.Hour)},
		{"written", write, old, old.Add(time.Hour)},
		{"written, same time, just now", write, now, now},
	}
	for _, tt := range tests {
		s := newSite(t, serve.Options{})
		for i := range 5 {
			want := fmt.Sprint("version ", i)
			modified := tt.before
			if i%2 == 1 {
				modified = tt.after
			}
			tt.change(s, want, modified)
			for range 2 {
				if got := body(t, s.get("/atom.xml")); got != want {
					t.Errorf("%s: got %q, want %q", tt.name, got, want)
				}
			}
		}
	}
}

// Who asks with a date only sees every change: Last-Modified moves on with each.
func TestLastModifiedMovesOn(t *testing.T) {
	s := newSite(t, serve.Options{})
	put := func(body string, modified time.Time) (etag, date string) {
		s.put("atom.xml", body, modified)
		r := s.get("/atom.xml")
		return r.Header.Get("ETag"), r.Header.Get("Last-Modified")
	}
	etag, first := put("one", old)
	for i, modified := range []time.Time{old, old.Add(900 * time.Millisecond), old.Add(-24 * time.Hour), old} {
		_, date := put(fmt.Sprint("change ", i), modified)
		if want := old.Add(time.Duration(i+1) * time.Second).Format(http.TimeFormat); date != want {
			t.Errorf("change %d: Last-Modified %q, want %q", i, date, want)
		}
		if r := s.get("/atom.xml", "If-Modified-Since", first); r.StatusCode != 200 {
			t.Errorf("change %d: %d for who has the first content, want 200", i, r.StatusCode)
		}
	}
	again, date := put("one", old)
	if again != etag || date == first {
		t.Errorf("the first content again: ETag %q, Last-Modified %q; want %q, and not %q", again, date, etag, first)
	}
	if _, same := put("one", old.Add(time.Hour)); same != date {
		t.Errorf("the same content at another time: Last-Modified %q, want %q", same, date)
	}
}

// A date that has not come is not sent (RFC 9110 section 8.8.2.1), and does not
// hide a change.
func TestLastModifiedIsPast(t *testing.T) {
	s := newSite(t, serve.Options{})
	s.put("atom.xml", "x", time.Now().Add(time.Hour))
	r := s.get("/atom.xml")
	if got := r.Header.Get("Last-Modified"); got != "" || r.Header.Get("ETag") == "" {
		t.Errorf("Last-Modified %q, ETag %q", got, r.Header.Get("ETag"))
	}
	if r := s.get("/atom.xml", "If-Modified-Since", time.Now().UTC().Format(http.TimeFormat)); r.StatusCode != 200 {
		t.Errorf("%d for who asks with the date of the response, want 200", r.StatusCode)
	}
}

func TestDeletedFile(t *testing.T) {
	s := newSite(t, serve.Options{})
	s.put("atom.xml", "x", old)
	if r := s.get("/atom.xml"); r.StatusCode != 200 {
		t.Fatalf("%d, want 200", r.StatusCode)
	}
	if err := os.Remove(filepath.Join(s.dir, "atom.xml")); err != nil {
		t.Fatal(err)
	}
	if r := s.get("/atom.xml"); r.StatusCode != 404 {
		t.Errorf("%d for a file that is gone, want 404", r.StatusCode)
	}
}

// A version of a feed that tells its own number and digest, and has always the
// same length.
func version(n int) string {
	filler := strings.Repeat(fmt.Sprintf("<entry>%06d</entry>\n", n), 200)
	return fmt.Sprintf("%06d %x %s", n, sha256.Sum256([]byte(filler)), filler)
}

func versionOf(t testing.TB, body string) int {
	t.Helper()
	n, err := strconv.Atoi(body[:min(6, len(body))])
	if err != nil || version(n) != body {
		t.Errorf("the body is not one whole version: %.40q", body)
	}
	return n
}

// While files are replaced, each response is one whole version that fits its
// validators, and not older than what was there when it was asked for.
func TestReplaceUnderLoad(t *testing.T) {
	s := newSite(t, serve.Options{})
	s.put("atom.xml", version(0), time.Now())
	server := httptest.NewServer(s.http)
	defer server.Close()

	const replacements, readers = 300, 4
	var (
		mu    sync.Mutex
		there int                // the version that is there for sure
		tags  = map[string]int{} // the version of each ETag
		done  = make(chan struct{})
		group sync.WaitGroup
	)
	check := func(encoding, etag string) string {
		mu.Lock()
		least := there
		mu.Unlock()
		r, err := http.NewRequest(http.MethodGet, server.URL+"/atom.xml", nil)
		if err != nil {
			t.Error(err)
			return ""
		}
		r.Header.Set("Accept-Encoding", encoding)
		r.Header.Set("If-None-Match", etag)
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Error(err)
			return ""
		}
		defer func() { _ = response.Body.Close() }()
		got := response.Header.Get("ETag")
		mu.Lock()
		n, known := tags[got]
		mu.Unlock()
		switch response.StatusCode {
		case http.StatusOK:
			n = versionOf(t, body(t, response))
			mu.Lock()
			if m, ok := tags[got]; ok && m != n {
				t.Errorf("ETag %s is that of the versions %d and %d", got, m, n)
			}
			tags[got] = n
			mu.Unlock()
		case http.StatusNotModified:
			if got != etag || !known {
				t.Errorf("304 with ETag %s for who has %s", got, etag)
			}
		default:
			t.Errorf("status %d", response.StatusCode)
		}
		if n < least {
			t.Errorf("got version %d when %d was there", n, least)
		}
		return got
	}
	for i := range readers {
		group.Go(func() {
			etag := ""
			for {
				select {
				case <-done:
					return
				default:
					etag = check([]string{"identity", "gzip", "br", "zstd"}[i%4], etag)
				}
			}
		})
	}
	for n := 1; n <= replacements; n++ {
		s.put("atom.xml", version(n), time.Now())
		mu.Lock()
		there = n
		mu.Unlock()
		if n%3 == 0 {
			check("identity", "")
		}
	}
	close(done)
	group.Wait()
	if got := versionOf(t, body(t, s.get("/atom.xml"))); got != replacements {
		t.Errorf("at last version %d, want %d", got, replacements)
	}
}

// A response that is under way when its file is replaced, or deleted, ends with
// the bytes that it began with.
func TestReplaceWhileSent(t *testing.T) {
	s := newSite(t, serve.Options{})
	const size = 12 << 20
	for name, replace := range map[string]func(name string){
		"a.mp4":    func(name string) { s.put(name, strings.Repeat("2", size), old.Add(time.Hour)) },
		"big.html": func(name string) { s.put(name, strings.Repeat("2", size), old.Add(time.Hour)) },
		"b.mp4": func(name string) {
			if err := os.Remove(filepath.Join(s.dir, name)); err != nil {
				t.Fatal(err)
			}
		},
	} {
		s.put(name, strings.Repeat("1", size), old)
		server := httptest.NewServer(s.http)
		response, err := http.Get(server.URL + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		first := make([]byte, 1000)
		if _, err := io.ReadFull(response.Body, first); err != nil {
			t.Fatal(err)
		}
		replace(name)
		if got := string(first) + body(t, response); got != strings.Repeat("1", size) {
			t.Errorf("%s: %d bytes, of which %d are new", name, len(got), strings.Count(got, "2"))
		}
		if err := response.Body.Close(); err != nil {
			t.Error(err)
		}
		server.Close()
	}
}

// Memory is limited, and the limit costs no correctness.
func TestMemory(t *testing.T) {
	s := newSite(t, serve.Options{Memory: 10_000})
	for range 2 {
		for i := range 50 {
			name, want := fmt.Sprintf("%d.html", i), fmt.Sprint(i, lines("0123456789"))
			s.put(name, want, old)
			if got := body(t, s.get("/"+name, "Accept-Encoding", "gzip")); got != want {
				t.Errorf("%s: got %d bytes, want %d", name, len(got), len(want))
			}
		}
	}
}
