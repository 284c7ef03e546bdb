package main

import (
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestServePublishesWhatChanges(t *testing.T) {
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	s := serveFolder(f)
	for path, want := range map[string]string{
		"rss.xml": "<title>First light</title>", "atom.xml": "First light", "feed.json": `"First light"`,
		"": "First light", "entries/2026/03/first-light.html": "The lamp is lit.", "style.css": "{",
	} {
		if body := s.get(path); !strings.Contains(body, want) {
			t.Errorf("GET /%s lacks %q:\n%s", path, want, body)
		}
	}

	f.write("news/two.md", story("Second wind", "2026-03-02", "The wind blows."))
	s.published()
	if body := s.get("news/rss.xml"); !strings.Contains(body, "Second wind") {
		t.Errorf("what was added is not in the feed:\n%s", body)
	}

	f.write("one.md", story("First light, edited", "2026-03-01", "The lamp is out."))
	s.published()
	if body := s.get("entries/2026/03/first-light.html"); !strings.Contains(body, "The lamp is out.") {
		t.Errorf("what was edited is not on its page:\n%s", body)
	}

	f.remove("one.md")
	s.published()
	if status, body := s.ask("entries/2026/03/first-light.html"); status != http.StatusGone || !strings.Contains(body, "This entry was withdrawn") || !strings.Contains(body, "First light, edited") || strings.Contains(body, "The lamp") {
		t.Errorf("what was deleted has status %d:\n%s", status, body)
	}
	if status := s.stop(); status != 0 {
		t.Errorf("exit status %d", status)
	}
}

func TestServeTellsOfABadDocumentOnce(t *testing.T) {
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	s := serveFolder(f)
	f.write("broken.md", "---\ntitle: [one\n---\nText.\n")
	if line := s.log.wait(t, "skipped"); line["path"] != "broken.md" || line["reason"] == "" {
		t.Errorf("the log says %v", line)
	}
	f.write("two.md", story("Second wind", "2026-03-02", "The wind blows."))
	s.published()
	s.get("rss.xml")
	s.stop()
	if n := strings.Count(s.log.all(), `"skipped"`); n != 1 {
		t.Errorf("the log tells of it %d times:\n%s", n, s.log.all())
	}
}

// Only of what was public is told that it is gone.
func TestServeTellsWhatIsGone(t *testing.T) {
	f := newFolder(t)
	held := strings.Replace(story("Second wind", "2026-03-02", "The wind blows."), "---\n", "---\ndraft: true\n", 1)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	f.write("two.md", held)
	f.write("three.md", story("Third time", "2026-03-03", "It is the charm."))
	for _, name := range []string{"four", "five", "six", "seven", "eight", "nine", "ten"} { // so that the brake lets go
		f.write(name+".md", story("Number "+name, "2026-03-04", "It is "+name+"."))
	}
	s := serveFolder(f)
	f.remove("one.md")
	f.remove("two.md")
	s.published()
	f.write("three.md", strings.Replace(story("Third time", "2026-03-03", "It is the charm."), "---\n", "---\ndraft: true\n", 1))
	s.published()
	for path, want := range map[string]int{
		"entries/2026/03/first-light.html": http.StatusGone,
		"entries/2026/03/second-wind.html": http.StatusNotFound, // never public
		"entries/2026/03/third-time.html":  http.StatusNotFound, // held, and may come back
		"entries/2026/03/never.html":       http.StatusNotFound,
		"never.html":                       http.StatusNotFound,
	} {
		if status, _ := s.ask(path); status != want {
			t.Errorf("GET /%s: status %d, want %d", path, status, want)
		}
	}
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	s.published()
	if body := s.get("entries/2026/03/first-light.html"); !strings.Contains(body, "The lamp is lit.") {
		t.Errorf("what came back is not on its page:\n%s", body)
	}
}

// Who keeps to Cache-Control asks again when the end of an embargo has come, and
// a minute on while a run is in progress.
func TestServeTellsWhenToAskAgain(t *testing.T) {
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	s := serveFolder(f)
	age := func() time.Duration {
		t.Helper()
		response, err := http.Get(s.url + "rss.xml")
		if err != nil {
			t.Fatal(err)
		}
		f.must(response.Body.Close())
		value := response.Header.Get("Cache-Control")
		seconds, ok := strings.CutPrefix(value, "public, max-age=")
		age, err := time.ParseDuration(seconds + "s")
		if !ok || err != nil {
			t.Fatalf("Cache-Control %q", value)
		}
		return age
	}
	// The schedule is @every 1h, and the first run is over, or all but.
	if got := age(); got != time.Minute && (got < 55*time.Minute || got > time.Hour) {
		t.Errorf("an hour before the next run max-age is %v", got)
	}
	end := time.Now().Add(10 * time.Minute)
	f.write("two.md", story("Second wind", end.UTC().Format(time.RFC3339), "The wind blows."))
	s.ran(" held")
	if got := age(); got != time.Minute && (got < 8*time.Minute || got > 10*time.Minute) {
		t.Errorf("ten minutes before the end of an embargo max-age is %v", got)
	}
}

// One client of a proxy that asks without end is told to wait, and no other.
func TestServeLimitsClientsOfProxies(t *testing.T) {
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	s := serveFolder(f, "--trusted-proxies", "127.0.0.1,::1")
	ask := func(client string) int {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodHead, s.url, nil)
		f.must(err)
		request.Header.Set("X-Forwarded-For", client)
		response, err := http.DefaultClient.Do(request)
		f.must(err)
		f.must(response.Body.Close())
		return response.StatusCode
	}
	for range 20_000 { // it gets back some while it asks
		if ask("203.0.113.7") == http.StatusTooManyRequests {
			if status := ask("203.0.113.8"); status != http.StatusOK {
				t.Errorf("another client has status %d", status)
			}
			return
		}
	}
	t.Error("a client that asks without end is not told to wait")
}

// SIGHUP makes a run at once, whatever the schedule says.
func TestServeRunsOnHangup(t *testing.T) {
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	s := serveFolder(f, "--no-watch")
	f.write("two.md", story("Second wind", "2026-03-02", "The wind blows."))
	if err := syscall.Kill(syscall.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	s.published()
	if body := s.get("rss.xml"); !strings.Contains(body, "Second wind") {
		t.Errorf("the feed was not made anew:\n%s", body)
	}
}

// A port that is taken is said before anything is written.
func TestServePortTaken(t *testing.T) {
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	s := serveFolder(f)
	address := strings.TrimSuffix(strings.TrimPrefix(s.url, "http://"), "/")
	other := newFolder(t)
	var stderr strings.Builder
	if status := run(t.Context(), other.args("serve", "--listen", address), &stderr, &stderr); status != 1 {
		t.Errorf("exit status %d", status)
	}
	if !strings.Contains(stderr.String(), "hint: another program may listen there") {
		t.Errorf("it says:\n%s", stderr.String())
	}
}
