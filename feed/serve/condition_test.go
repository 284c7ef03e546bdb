package serve_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/serve"
)

// All combinations of what a reader may hold.
func TestValidators(t *testing.T) {
	s := newSite(t, serve.Options{Trust: time.Hour})
	s.put("atom.xml", lines("x"), old.Add(500*time.Millisecond))
	first := s.get("/atom.xml")
	etag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
	if !strings.HasPrefix(etag, `W/"`) || modified != "Sat, 14 Feb 2026 12:00:00 GMT" {
		t.Fatalf("ETag %q, Last-Modified %q", etag, modified)
	}
	opaque := strings.TrimPrefix(etag, "W/")
	earlier, later := old.Add(-time.Second).Format(http.TimeFormat), old.Add(time.Hour).Format(http.TimeFormat)
	tests := []struct {
		headers string // "Name: value" in lines
		want    int
	}{
		{"", 200},
		{"If-None-Match: " + etag, 304},
		{"If-None-Match: " + opaque, 304},
		{"If-None-Match: *", 304},
		{`If-None-Match: W/"other"`, 200},
		{`If-None-Match: W/"other", ` + etag, 304},
		{`If-None-Match: "a,b" ,, ` + etag + `, "c"`, 304},
		{"If-None-Match: \"other\"\nIf-None-Match: " + etag, 304},
		{`If-None-Match: ` + strings.Trim(opaque, `"`), 200}, // no quotes: not a tag
		{`If-None-Match: "`, 200},
		{`If-None-Match: W/`, 200},
		{`If-None-Match: w/` + opaque, 200},

		{"If-Modified-Since: " + modified, 304},
		{"If-Modified-Since: " + later, 304},
		{"If-Modified-Since: " + earlier, 200},
		{"If-Modified-Since: Sat, 01 Jan 1800 00:00:00 GMT", 200},
		{"If-Modified-Since: Saturday, 14-Feb-26 12:00:00 GMT", 304},
		{"If-Modified-Since: Sat Feb 14 12:00:00 2026", 304},
		{"If-Modified-Since: yesterday", 200},
		{"If-Modified-Since: " + modified + "\nIf-Modified-Since: " + modified, 200},

		{"If-None-Match: " + etag + "\nIf-Modified-Since: " + modified, 304},
		{"If-None-Match: " + etag + "\nIf-Modified-Since: " + earlier, 304},
		{"If-None-Match: \"other\"\nIf-Modified-Since: " + modified, 200},
		{"If-None-Match: \"other\"\nIf-Modified-Since: " + earlier, 200},
		{"If-None-Match: \nIf-Modified-Since: " + modified, 304},

		{"If-Match: *", 200},
		{"If-Match: " + etag, 412}, // weak tags are never the same in the strong sense
		{"If-Match: " + opaque, 412},
		{"If-Match: *\nIf-None-Match: " + etag, 304},
		{"If-Match: *\nIf-Unmodified-Since: " + earlier, 200},
		{"If-Unmodified-Since: " + modified, 200},
		{"If-Unmodified-Since: " + earlier, 412},
		{"If-Unmodified-Since: " + modified + "\nIf-None-Match: " + etag, 304},
	}
	for _, tt := range tests {
		for _, encoding := range []string{"", "gzip", "br", "zstd"} {
			headers := []string{"Accept-Encoding", encoding}
			for line := range strings.SplitSeq(tt.headers, "\n") {
				if name, value, ok := strings.Cut(line, ": "); ok {
					headers = append(headers, name, value)
				}
			}
			r := s.get("/atom.xml", headers...)
			if r.StatusCode != tt.want {
				t.Errorf("%q, Accept-Encoding %q: %d, want %d", tt.headers, encoding, r.StatusCode, tt.want)
			}
			for name, want := range map[string]string{"Etag": etag, "Last-Modified": modified, "Vary": "Accept, Accept-Encoding", "Cache-Control": "public, max-age=300"} {
				if got := r.Header.Get(name); got != want {
					t.Errorf("%q, Accept-Encoding %q: %d with %s %q, want %q", tt.headers, encoding, r.StatusCode, name, got, want)
				}
			}
			guarded := r.Header.Get("X-Content-Type-Options") == "nosniff" && r.Header.Get("Referrer-Policy") != ""
			if guarded != (r.StatusCode != 304) {
				t.Errorf("%q: %d tells browsers to be careful: %v", tt.headers, r.StatusCode, guarded)
			}
			if r.StatusCode == 200 {
				continue
			}
			if got := body(t, r); got != "" || r.Header.Get("Content-Type") != "" || r.Header.Get("Content-Length") != "" {
				t.Errorf("%q: %d has a body: %q %v", tt.headers, r.StatusCode, got, r.Header)
			}
		}
	}
}

func TestEncodings(t *testing.T) {
	s := newSite(t, serve.Options{})
	s.put("atom.xml", lines("<entry/>"), old)
	s.put("tiny.css", "a{}", old)
	s.put("a.png", lines("x"), old)
	tests := []struct {
		accept string // lines are headers of their own
		want   string
	}{
		{"gzip", "gzip"},
		{"GZip", "gzip"},
		{"x-gzip", "gzip"},
		{"gzip, deflate, br, zstd", "br"},
		{"zstd, br", "br"},
		{"gzip, zstd", "zstd"},
		{"BR", "br"},
		{"Zstd;q=0.1", "zstd"},
		{"br;q=0.5, zstd;q=0.6, gzip;q=0.4", "zstd"},
		{"br;q=0.5, gzip;q=0.9", "gzip"},
		{"br;q=0, zstd;q=0, gzip", "gzip"},
		{"br;q=0.5, identity;q=0.5", "br"},
		{"br;q=0.5, gzip;q=0.4, identity;q=0.6", ""},
		{"br;q=0, *", "gzip"},
		{"br;q=1.0 , gzip;q=0.8, *;q=0.1", "br"},
		{"gzip;q=0.001", "gzip"},
		{"gzip ; Q = 1", "gzip"},
		{"*", "gzip"},
		{"deflate\ngzip", "gzip"},
		{"identity;q=0, gzip;q=0.5", "gzip"},
		{"identity, gzip", "gzip"},
		{"identity;q=0.5, *;q=0.5", "gzip"},
		{"", ""},
		{"identity", ""},
		{"br;q=0, zstd;q=0", ""},
		{"deflate, compress", ""},
		{"brotli", ""},
		{"gzip;q=0", ""},
		{"gzip;q=0.0, *", ""},
		{"*;q=0", ""},
		{"gzip;q=0.5, identity", ""},
		{"gzip;q=x", ""},
		{"gzip;q=", ""},
		{"gzip;q=NaN", ""},
		{"gzip;q=-1", ""},
		{"gzip;q=2", ""},
		{"gzipped", ""},
		{"not gzip", ""},
		{",;,=", ""},
	}
	for _, tt := range tests {
		var headers []string
		for value := range strings.SplitSeq(tt.accept, "\n") {
			headers = append(headers, "Accept-Encoding", value)
		}
		for path, want := range map[string]string{"/atom.xml": tt.want, "/tiny.css": "", "/a.png": ""} {
			r := s.get(path, headers...)
			if got := r.Header.Get("Content-Encoding"); got != want {
				t.Errorf("%s, Accept-Encoding %q: Content-Encoding %q, want %q", path, tt.accept, got, want)
			}
			length := r.ContentLength
			if got := body(t, r); path == "/atom.xml" && got != lines("<entry/>") || want != "" && int(length) >= len(got) {
				t.Errorf("%s, Accept-Encoding %q: body of %d bytes, sent as %d", path, tt.accept, len(got), length)
			}
		}
	}
}

// What lies on the disk as it is sent can be asked for in parts; feeds can not.
func TestRange(t *testing.T) {
	s := newSite(t, serve.Options{})
	s.put("a.png", "0123456789", old)
	s.put("atom.xml", lines("x"), old)
	etag := s.get("/a.png").Header.Get("ETag")
	if strings.HasPrefix(etag, "W/") {
		t.Errorf("ETag %s is weak: a download could not be resumed", etag)
	}
	tests := []struct {
		path    string
		headers []string
		status  int
		body    string
	}{
		{"/a.png", nil, 200, "0123456789"},
		{"/a.png", []string{"Range", "bytes=2-4"}, 206, "234"},
		{"/a.png", []string{"Range", "bytes=-3"}, 206, "789"},
		{"/a.png", []string{"Range", "bytes=2-4", "If-Range", etag}, 206, "234"},
		{"/a.png", []string{"Range", "bytes=2-4", "If-Range", `"other"`}, 200, "0123456789"},
		{"/a.png", []string{"Range", "bytes=20-"}, 416, "invalid range: failed to overlap\n"},
		{"/a.png", []string{"If-None-Match", etag}, 304, ""},
		{"/a.png", []string{"If-Modified-Since", old.Format(http.TimeFormat)}, 304, ""},
		{"/a.png", []string{"If-Match", `"other"`}, 412, ""},
		{"/atom.xml", []string{"Range", "bytes=2-4"}, 200, lines("x")},
		{"/atom.xml", []string{"Range", "bytes=2-4", "Accept-Encoding", "gzip"}, 200, lines("x")},
	}
	for _, tt := range tests {
		r := s.get(tt.path, tt.headers...)
		if got := body(t, r); r.StatusCode != tt.status || got != tt.body {
			t.Errorf("%s %v = %d %q, want %d %q", tt.path, tt.headers, r.StatusCode, got, tt.status, tt.body)
		}
	}
}

func TestEmptyFile(t *testing.T) {
	s := newSite(t, serve.Options{})
	for _, name := range []string{"empty.txt", "empty.png"} {
		s.put(name, "", old)
		r := s.get("/"+name, "Accept-Encoding", "gzip")
		if got := body(t, r); r.StatusCode != 200 || got != "" || r.Header.Get("Content-Length") != "0" || r.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s: %d %q %v", name, r.StatusCode, got, r.Header)
		}
	}
}

// A text that is too large to be held is sent from the disk.
func TestLargeText(t *testing.T) {
	s := newSite(t, serve.Options{})
	large := strings.Repeat("0123456789abcdef", 8<<16) + "!"
	s.put("large.html", large, old)
	r := s.get("/large.html", "Accept-Encoding", "gzip")
	if r.StatusCode != 200 || r.Header.Get("Content-Encoding") != "" || r.Header.Get("Content-Type") != "text/html; charset=utf-8" || r.Header.Get("Content-Security-Policy") == "" {
		t.Errorf("%d %v", r.StatusCode, r.Header)
	}
	if body(t, r) != large {
		t.Error("the body is not the file")
	}
}
