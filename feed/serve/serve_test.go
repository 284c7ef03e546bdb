package serve_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"seedfeed/feed/internal/needs"
	"seedfeed/feed/serve"
)

// lines is a text that gzip makes smaller.
func lines(s string) string { return strings.Repeat(s+"\n", 100) }

// old is a time that no file is written at by chance.
var old = time.Date(2026, 2, 14, 12, 0, 0, 0, time.UTC)

// A site is a folder that is served.
type site struct {
	t    testing.TB
	dir  string
	root *os.Root
	http http.Handler
}

func newSite(t testing.TB, o serve.Options) *site {
	t.Helper()
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return &site{t: t, dir: dir, root: root, http: serve.New(root, o)}
}

// handler returns another handler of the site.
func (s *site) handler(o serve.Options) http.Handler { return serve.New(s.root, o) }

// put writes a file as the publisher does, by a rename, and sets its time.
func (s *site) put(name, body string, modified time.Time) {
	s.t.Helper()
	file := filepath.Join(s.dir, filepath.FromSlash(name))
	temporary := filepath.Join(filepath.Dir(file), ".new-"+filepath.Base(file))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(temporary, []byte(body), 0o644); err != nil {
		s.t.Fatal(err)
	}
	if err := os.Chtimes(temporary, modified, modified); err != nil {
		s.t.Fatal(err)
	}
	if err := os.Rename(temporary, file); err != nil {
		s.t.Fatal(err)
	}
}

// do asks for a path, with headers in pairs.
func (s *site) do(method, path string, headers ...string) *http.Response {
	s.t.Helper()
	r := httptest.NewRequest(method, "/", nil)
	r.URL.Path = path
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.http.ServeHTTP(w, r)
	return w.Result()
}

func (s *site) get(path string, headers ...string) *http.Response {
	s.t.Helper()
	return s.do(http.MethodGet, path, headers...)
}

func body(t testing.TB, r *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	if coding := r.Header.Get("Content-Encoding"); coding != "" {
		data = decode(t, coding, data)
	}
	return string(data)
}

// decode reads a form of a body by its coding's own reader.
func decode(t testing.TB, coding string, data []byte) []byte {
	t.Helper()
	var reader io.Reader
	var err error
	switch coding {
	case "br":
		reader = brotli.NewReader(bytes.NewReader(data))
	case "zstd":
		reader, err = zstd.NewReader(bytes.NewReader(data), zstd.WithDecoderMaxWindow(8<<20), zstd.WithDecoderConcurrency(1))
	case "gzip":
		reader, err = gzip.NewReader(bytes.NewReader(data))
	default:
		t.Fatalf("Content-Encoding %q", coding)
	}
	if err != nil {
		t.Fatal(err)
	}
	if data, err = io.ReadAll(reader); err != nil {
		t.Fatal(err)
	}
	return data
}

func ExampleNew() {
	dir, err := os.MkdirTemp("", "out")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := os.WriteFile(filepath.Join(dir, "atom.xml"), []byte("<feed/>"), 0o644); err != nil {
		fmt.Println(err)
		return
	}
	out, err := os.OpenRoot(dir)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = out.Close() }()
	handler := serve.New(out, serve.Options{Prefix: "/news/", MaxAge: 15 * time.Minute})

	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest("GET", "/news/atom.xml", nil))
	fmt.Println(w.Code, w.Body)
	for _, name := range []string{"Content-Type", "Cache-Control", "ETag"} {
		fmt.Println(name+":", w.Header().Get(name))
	}
	// Output:
	// 200 <feed/>
	// Content-Type: application/atom+xml; charset=utf-8
	// Cache-Control: public, max-age=900
	// ETag: W/"GJxKi-RKvPc6cKlQ"
}

func TestTypes(t *testing.T) {
	s := newSite(t, serve.Options{})
	tests := []struct{ name, want string }{
		{"rss.xml", "application/rss+xml; charset=utf-8"},
		{"atom.xml", "application/atom+xml; charset=utf-8"},
		{"feed.json", "application/feed+json; charset=utf-8"},
		{"sport/rss.xml", "application/rss+xml; charset=utf-8"},
		{"archive/2026-02.xml", "application/atom+xml; charset=utf-8"},
		{"sport/archive/2026-02.xml", "application/atom+xml; charset=utf-8"},
		{"archive/rss.xml", "application/rss+xml; charset=utf-8"},
		{"other.xml", "application/xml; charset=utf-8"},
		{"other.json", "application/json; charset=utf-8"},
		{"index.html", "text/html; charset=utf-8"},
		{"entries/2026/02/ÉTÉ.HTML", "text/html; charset=utf-8"},
		{"style.css", "text/css; charset=utf-8"},
		{"feeds.opml", "text/x-opml; charset=utf-8"},
		{"robots.txt", "text/plain; charset=utf-8"},
		{"icon.svg", "image/svg+xml; charset=utf-8"},
		{"favicon.ico", "image/x-icon"},
		{"a.png", "image/png"},
		{"a.jpeg", "image/jpeg"},
		{"a.webp", "image/webp"},
		{"a.mp3", "audio/mpeg"},
		{"a.mp4", "video/mp4"},
		{"a.pdf", "application/pdf"},
		{"a.unheard", "application/octet-stream"},
		{"bare", "application/octet-stream"},
	}
	for _, tt := range tests {
		s.put(tt.name, lines("x"), old)
		r := s.get("/" + tt.name)
		if got := r.Header.Get("Content-Type"); r.StatusCode != 200 || got != tt.want {
			t.Errorf("%s: %d %q, want 200 %q", tt.name, r.StatusCode, got, tt.want)
		}
		if got := body(t, r); got != lines("x") {
			t.Errorf("%s: got %d bytes, want %d", tt.name, len(got), len(lines("x")))
		}
		if got := r.Header.Get("X-Content-Type-Options"); got != "nosniff" {
			t.Errorf("%s: X-Content-Type-Options %q", tt.name, got)
		}
		ending := strings.ToLower(filepath.Ext(tt.name))
		page := ending == ".html" || ending == ".svg" || tt.name == "other.xml"
		if got := r.Header.Get("Content-Security-Policy"); strings.HasPrefix(got, "default-src 'none'; style-src 'self'; ") != page {
			t.Errorf("%s: Content-Security-Policy %q", tt.name, got)
		}
	}
}

func TestPaths(t *testing.T) {
	s := newSite(t, serve.Options{})
	outside := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(outside, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.html", "sport/index.html", "a b/ü & 'c'.html", "x:y/index.html", ".gitignore", ".git/config", "sport/.rss.xml-1.tmp", "empty/a.png", "plain.txt", "back\\slash.html", "bell\a.html"} {
		s.put(name, "at "+name, old)
	}
	for name, target := range map[string]string{
		"inside.txt": "plain.txt", "outside.txt": outside, "up.txt": "../" + filepath.Base(filepath.Dir(outside)) + "/secret.txt",
		"folder": filepath.Dir(outside), "loop.txt": "loop.txt", "nowhere.txt": "nothing.txt",
	} {
		if err := os.Symlink(target, filepath.Join(s.dir, name)); err != nil {
			needs.Missing(t, "no symbolic links here: "+err.Error())
		}
	}
	long := strings.Repeat("x", 256)
	tests := []struct {
		path string
		want string // the body, the address of a redirect, or the status
	}{
		{"/", "at index.html"},
		{"/index.html", "at index.html"},
		{"/sport/", "at sport/index.html"},
		{"/sport", "-> ./sport/"},
		{"/x:y", "-> ./x:y/"},
		{"/a b/ü & 'c'.html", "at a b/ü & 'c'.html"},
		{"/inside.txt", "at plain.txt"},
		{"/plain.txt/", "404"},
		{"/plain.txt/x", "404"},
		{"/index.html/", "404"},
		{"/empty", "404"}, // a folder without a page is not told of
		{"/empty/", "404"},
		{"/nothing", "404"},
		{"/favicon.ico", "404"},
		{"", "404"},
		{"*", "404"},
		{"index.html", "404"},
		{"//", "404"},
		{"//index.html", "404"},
		{"/sport//index.html", "404"},
		{"/./index.html", "404"},
		{"/sport/../index.html", "404"},
		{"/..", "404"},
		{"/../" + filepath.Base(s.dir) + "/index.html", "404"},
		{"/sport/..", "404"},
		{"/..\\index.html", "404"},
		{"/back\\slash.html", "404"},
		{"/bell\a.html", "404"},
		{"/index.html\x00", "404"},
		{"/\xff.html", "404"},
		{"/.gitignore", "404"},
		{"/.git/config", "404"},
		{"/sport/.rss.xml-1.tmp", "404"},
		{"/.", "404"},
		{"/...", "404"},
		{"/outside.txt", "404"},
		{"/up.txt", "404"},
		{"/folder/secret.txt", "404"},
		{"/folder", "404"},
		{"/loop.txt", "404"},
		{"/nowhere.txt", "404"},
		{"/" + long, "404"},
		{strings.Repeat("/x", 5000), "404"},
	}
	for _, tt := range tests {
		r := s.get(tt.path)
		got := body(t, r)
		switch r.StatusCode {
		case 301:
			got = "-> " + r.Header.Get("Location")
		case 404:
			if want := "404 Not Found\n"; got != want || r.Header.Get("Cache-Control") != "no-cache" {
				t.Errorf("GET %q: body %q, header %v", tt.path, got, r.Header)
			}
			got = "404"
		}
		if got != tt.want {
			t.Errorf("GET %q = %d %q, want %q", tt.path, r.StatusCode, got, tt.want)
		}
	}
}

func TestRedirectKeepsQuery(t *testing.T) {
	s := newSite(t, serve.Options{})
	s.put("a b/index.html", "x", old)
	w := httptest.NewRecorder()
	s.http.ServeHTTP(w, httptest.NewRequest("GET", "/a%20b?page=2&x=%0d", nil))
	if got, want := w.Header().Get("Location"), "./a%20b/?page=2&x=%0d"; w.Code != 301 || got != want {
		t.Errorf("%d to %q, want 301 to %q", w.Code, got, want)
	}
}

func TestPrefix(t *testing.T) {
	for _, prefix := range []string{"/news/", "news", "/a/b/"} {
		s := newSite(t, serve.Options{Prefix: prefix})
		s.put("index.html", "home", old)
		s.put("newsroom/rss.xml", "section", old)
		at := "/" + strings.Trim(prefix, "/")
		tests := []struct{ path, want string }{
			{at + "/", "200 home"},
			{at + "/newsroom/rss.xml", "200 section"},
			{at, "301 ./" + filepath.Base(at) + "/"},
			{"/", "200 home"},
			{"/newsroom/rss.xml", "200 section"},
			{at + "room", "404 "},
			{at + "//index.html", "404 "},
			{at + "/../index.html", "404 "},
		}
		for _, tt := range tests {
			r := s.get(tt.path)
			got := fmt.Sprintf("%d %s", r.StatusCode, r.Header.Get("Location"))
			if r.StatusCode == 200 {
				got += body(t, r)
			}
			if got != tt.want {
				t.Errorf("prefix %q: GET %s = %q, want %q", prefix, tt.path, got, tt.want)
			}
		}
	}
}

func TestMethods(t *testing.T) {
	s := newSite(t, serve.Options{})
	s.put("atom.xml", lines("x"), old)
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "PROPFIND"} {
		r := s.do(method, "/atom.xml")
		if got := r.Header.Get("Allow"); r.StatusCode != 405 || got != "GET, HEAD" {
			t.Errorf("%s = %d, Allow %q", method, r.StatusCode, got)
		}
		if got, want := body(t, r), "405 Method Not Allowed\n"; got != want {
			t.Errorf("%s: body %q, want %q", method, got, want)
		}
	}
}

// HEAD is GET without the body. The clock stands still: a second that ends
// between the two requests moves Expires.
func TestHead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, serve.Options{})
		s.put("atom.xml", lines("x"), old)
		s.put("a.png", lines("x"), old)
		s.put("sport/index.html", "x", old)
		for _, path := range []string{"/atom.xml", "/a.png", "/sport", "/nothing"} {
			for _, headers := range [][]string{nil, {"Accept-Encoding", "gzip"}, {"Accept-Encoding", "br"}, {"Accept-Encoding", "zstd"}, {"If-Modified-Since", old.Format(http.TimeFormat)}} {
				get, head := s.get(path, headers...), s.do("HEAD", path, headers...)
				if g, h := fmt.Sprint(get.StatusCode, get.Header), fmt.Sprint(head.StatusCode, head.Header); g != h {
					t.Errorf("%s %v:\nGET  %s\nHEAD %s", path, headers, g, h)
				}
				if got := body(t, &http.Response{Body: head.Body}); got != "" {
					t.Errorf("HEAD %s has a body: %q", path, got)
				}
			}
		}
	})
}

// Before the first run nothing is told to be missing.
func TestReady(t *testing.T) {
	ready := false
	s := newSite(t, serve.Options{Ready: func() bool { return ready }})
	s.put("atom.xml", "of an earlier run", old)
	if r := s.get("/atom.xml"); r.StatusCode != 200 {
		t.Errorf("a file that is there: %d, want 200", r.StatusCode)
	}
	for _, path := range []string{"/", "/rss.xml"} {
		r := s.get(path)
		if r.StatusCode != 503 || r.Header.Get("Retry-After") != "10" || body(t, r) != "503 Service Unavailable\n" {
			t.Errorf("GET %s before the first run = %d %v", path, r.StatusCode, r.Header)
		}
	}
	ready = true
	if r := s.get("/rss.xml"); r.StatusCode != 404 || r.Header.Get("Retry-After") != "" {
		t.Errorf("GET /rss.xml after the first run = %d %v", r.StatusCode, r.Header)
	}
}

// A fault is not told as a missing file, and is in the log.
func TestFault(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	s := site{t: t, dir: dir, http: serve.New(root, serve.Options{Log: slog.New(slog.NewTextHandler(&log, nil))})}
	s.put("atom.xml", "x", old)
	if err := root.Close(); err != nil {
		t.Fatal(err)
	}
	r := s.get("/atom.xml")
	if r.StatusCode != 503 || r.Header.Get("Retry-After") != "10" {
		t.Errorf("GET of a file that can not be read = %d %v", r.StatusCode, r.Header)
	}
	if want := `level=ERROR msg="file can not be read" path=/atom.xml error="statat atom.xml: file already closed"`; !strings.Contains(log.String(), want) {
		t.Errorf("log:\n%swant %s", log.String(), want)
	}
}

func FuzzPath(f *testing.F) {
	s := newSite(f, serve.Options{Prefix: "/news/"})
	s.put("index.html", "public", old)
	s.put("sport/rss.xml", "public", old)
	s.put(".hidden", "secret", old)
	s.put("sport/.hidden", "secret", old)
	for _, path := range []string{"/", "/sport/rss.xml", "/../x", "//", "/%2e%2e/x", "/news", "/news/.hidden", "/sport/./.hidden", "/a\\..\\b", "/\x00", "*", ""} {
		f.Add("GET", path, "If-None-Match", `W/"x", "y`)
	}
	f.Fuzz(func(t *testing.T, method, path, name, value string) {
		r := &http.Request{Method: method, URL: httptest.NewRequest("GET", "/", nil).URL, Header: http.Header{http.CanonicalHeaderKey(name): {value}}}
		r.URL.Path = path
		w := httptest.NewRecorder()
		s.http.ServeHTTP(w, r)
		switch w.Code {
		case 200:
			if got := body(t, w.Result()); method == "GET" && got != "public" {
				t.Errorf("GET %q = %q", path, got)
			}
		case 301:
			if to := w.Header().Get("Location"); to != "./news/" && to != "./sport/" {
				t.Errorf("GET %q leads to %q", path, to)
			}
		case 206, 304, 404, 405, 412, 416:
		default:
			t.Errorf("%s %q = %d", method, path, w.Code)
		}
	})
}
