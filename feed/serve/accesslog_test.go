package serve_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"seedfeed/feed/serve"
)

func TestAccessLog(t *testing.T) {
	proxies, err := serve.ParseProxies([]string{"192.0.2.1"})
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t, serve.Options{})
	s.put("rss.xml", lines("x"), old)
	s.put("a.png", "0123456789", old)
	etag := s.get("/rss.xml").Header.Get("ETag")
	compressed := s.get("/rss.xml", "Accept-Encoding", "gzip").ContentLength
	tests := []struct {
		method, target, remote string
		headers                []string
		want                   string // after the time
	}{
		{"GET", "/rss.xml", "203.0.113.7:1", []string{"User-Agent", "newsboat/2.36", "Referer", "https://example.org/"}, `203.0.113.7 "GET /rss.xml HTTP/1.1" 200 200 "https://example.org/" "newsboat/2.36"`},
		{"GET", "/rss.xml", "203.0.113.7:1", []string{"Accept-Encoding", "gzip"}, fmt.Sprintf(`203.0.113.7 "GET /rss.xml HTTP/1.1" 200 %d "-" "-"`, compressed)},
		{"HEAD", "/rss.xml", "[2001:db8::1]:1", nil, `2001:db8::1 "HEAD /rss.xml HTTP/1.1" 200 - "-" "-"`},
		{"GET", "/rss.xml", "203.0.113.7:1", []string{"If-None-Match", etag}, `203.0.113.7 "GET /rss.xml HTTP/1.1" 304 - "-" "-"`},
		{"GET", "/a.png", "203.0.113.7:1", nil, `203.0.113.7 "GET /a.png HTTP/1.1" 200 10 "-" "-"`},
		{"GET", "/a.png", "203.0.113.7:1", []string{"Range", "bytes=2-4"}, `203.0.113.7 "GET /a.png HTTP/1.1" 206 3 "-" "-"`},
		{"GET", "/no%20thing?a=%22", "203.0.113.7:1", nil, `203.0.113.7 "GET /no%20thing?a=%22 HTTP/1.1" 404 14 "-" "-"`},
		{"GET", "/rss.xml", "192.0.2.1:1", []string{"X-Forwarded-For", "203.0.113.9"}, `203.0.113.9 "GET /rss.xml HTTP/1.1" 200 200 "-" "-"`},
		{"GET", "/rss.xml", "@", nil, `- "GET /rss.xml HTTP/1.1" 200 200 "-" "-"`},
		{"GET", "/rss.xml", "203.0.113.7:1", []string{"User-Agent", "a\" 200 \\ \x1b[31mü"}, `203.0.113.7 "GET /rss.xml HTTP/1.1" 200 200 "-" "a\" 200 \\ \x1b[31m\xc3\xbc"`},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			var log bytes.Buffer
			h := serve.AccessLog(s.http, &log, proxies)
			r := httptest.NewRequest(tt.method, tt.target, nil)
			r.RemoteAddr = tt.remote
			for i := 0; i < len(tt.headers); i += 2 {
				r.Header.Set(tt.headers[i], tt.headers[i+1])
			}
			now := time.Now().Format("02/Jan/2006:15:04:05 -0700")
			h.ServeHTTP(httptest.NewRecorder(), r)
			client, rest, _ := strings.Cut(tt.want, " ")
			if want := client + " - - [" + now + "] " + rest + "\n"; log.String() != want {
				t.Errorf("got  %swant %s", log.String(), want)
			}
		})
	}
}

// A request is in the log also when its handler panics, as ServeContent's may.
func TestAccessLogOfPanic(t *testing.T) {
	var log bytes.Buffer
	h := serve.AccessLog(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }), &log, nil)
	defer func() {
		if p, _ := recover().(error); !errors.Is(p, http.ErrAbortHandler) || !strings.Contains(log.String(), "GET /") {
			t.Errorf("panic %v, log %q", p, log.String())
		}
	}()
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
}

// What the handlers need of the connection works through the log: the time that
// a large file may take, and its bytes unbuffered.
func TestAccessLogLetsThrough(t *testing.T) {
	s := newSite(t, serve.Options{})
	large := strings.Repeat("0123456789abcdef", 1<<16)
	s.put("a.mp4", large, old)
	var log bytes.Buffer
	deadline := make(chan error, 1)
	h := serve.AccessLog(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		deadline <- http.NewResponseController(w).SetWriteDeadline(time.Now().Add(time.Hour))
		if _, ok := w.(io.ReaderFrom); !ok {
			t.Error("files can not be handed on")
		}
		s.http.ServeHTTP(w, r)
	}), &log, nil)
	server := httptest.NewServer(h)
	response, err := http.Get(server.URL + "/a.mp4")
	if err != nil {
		t.Fatal(err)
	}
	if got := body(t, response); got != large {
		t.Errorf("%d bytes, want %d", len(got), len(large))
	}
	if err := response.Body.Close(); err != nil {
		t.Error(err)
	}
	server.Close() // and thus waits for the line
	if err := <-deadline; err != nil {
		t.Error(err)
	}
	if want := fmt.Sprintf(" 200 %d ", len(large)); !strings.Contains(log.String(), want) {
		t.Errorf("log %q lacks %q", log.String(), want)
	}
}

func BenchmarkAccessLog(b *testing.B) {
	h := serve.AccessLog(ok200, io.Discard, nil)
	r := httptest.NewRequest(http.MethodGet, "/rss.xml", nil)
	w := discard{http.Header{}}
	b.ReportAllocs()
	for b.Loop() {
		h.ServeHTTP(w, r)
	}
}
