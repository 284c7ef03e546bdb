package serve_test

import (
	"strings"
	"testing"

	"seedfeed/feed/serve"
)

// What programs say that they accept, as they send it.
var (
	browsers = map[string]string{
		"Firefox":   "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
		"Chromium":  "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
		"Safari":    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
		"Lynx":      "text/html, text/plain, text/sgml, text/css, application/xhtml+xml, */*;q=0.01",
		"only HTML": "text/html",
		"spaces":    " Text/HTML ; charset=utf-8, text/plain;q=0.5",
		"two lines": "text/html\napplication/xhtml+xml",
	}
	programs = map[string]string{
		"none":            "",
		"curl":            "*/*",
		"FreshRSS":        "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.7, unknown/unknown;q=0.1, application/unknown;q=0.1, */*;q=0.1",
		"feedparser":      "application/atom+xml,application/rdf+xml,application/rss+xml,application/x-netcdf,application/xml;q=0.9,text/xml;q=0.2,*/*;q=0.1",
		"Miniflux":        "application/xml, application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, text/html, */*;q=0.9",
		"Java":            "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
		"HTML and RSS":    "text/html, application/rss+xml;q=0.5",
		"HTML and Atom":   "text/html,application/xhtml+xml,application/atom+xml;q=0.1",
		"HTML and JSON":   "text/html,application/xhtml+xml,application/json;q=0.9",
		"HTML and XML":    "text/html,application/xhtml+xml,application/xml",
		"HTML and text":   "text/html,application/xhtml+xml,text/xml;q=0.9",
		"HTML refused":    "text/html;q=0, application/xhtml+xml",
		"HTML later":      "application/xhtml+xml, text/html",
		"something else":  "text/html5",
		"HTML or the lot": "text/html, */*;q=0.1",
		"nothing":         ",",
	}
)

// A browser that is sent to a feed gets its page; each program gets the feed.
func TestNegotiation(t *testing.T) {
	s := newSite(t, serve.Options{})
	pages := map[string]string{
		"/rss.xml": "./", "/atom.xml": "./", "/feed.json": "./", "/a b/rss.xml": "./", "/archive/2026-02.xml": "./2026-02.html",
	}
	for _, name := range []string{
		"rss.xml", "atom.xml", "feed.json", "index.html", "a b/rss.xml", "a b/index.html", "archive/2026-02.xml", "archive/2026-02.html",
		"bare/rss.xml", "archive/2026-03.xml", "other.xml", "other.json", "entries/x.html",
	} {
		s.put(name, lines(name), old)
	}
	accept := func(values string) (headers []string) {
		for value := range strings.SplitSeq(values, "\n") {
			headers = append(headers, "Accept", value)
		}
		return headers
	}
	for path, page := range pages {
		for name, value := range browsers {
			for _, method := range []string{"GET", "HEAD"} {
				r := s.do(method, path, append(accept(value), "If-None-Match", "*")...)
				if r.StatusCode != 303 || r.Header.Get("Location") != page {
					t.Errorf("%s %s by %s = %d to %q, want 303 to %q", method, path, name, r.StatusCode, r.Header.Get("Location"), page)
				}
				if got := r.Header; got.Get("Cache-Control") != "private, no-store" || got.Get("Vary") != "Accept, Accept-Encoding" || got.Get("Expires") != "" {
					t.Errorf("%s %s by %s: a cache might give this to a reader: %v", method, path, name, got)
				}
			}
		}
		for name, value := range programs {
			r := s.get(path, accept(value)...)
			if r.StatusCode != 200 || body(t, r) != lines(path[1:]) || r.Header.Get("Vary") != "Accept, Accept-Encoding" {
				t.Errorf("%s by %s = %d, Vary %q", path, name, r.StatusCode, r.Header.Get("Vary"))
			}
			r = s.get(path, append(accept(value), "If-None-Match", r.Header.Get("ETag"))...)
			if r.StatusCode != 304 || r.Header.Get("Vary") != "Accept, Accept-Encoding" {
				t.Errorf("%s by %s again = %d, Vary %q", path, name, r.StatusCode, r.Header.Get("Vary"))
			}
		}
	}
	// What has no page, and what is no feed, is what it is for all.
	for _, path := range []string{"/bare/rss.xml", "/archive/2026-03.xml", "/other.xml", "/other.json", "/index.html", "/entries/x.html"} {
		for name, value := range browsers {
			if r := s.get(path, accept(value)...); r.StatusCode != 200 || body(t, r) != lines(path[1:]) {
				t.Errorf("%s by %s = %d", path, name, r.StatusCode)
			}
		}
	}
	if got := s.get("/index.html").Header.Get("Vary"); got != "Accept-Encoding" {
		t.Errorf("a page has Vary %q", got)
	}
	s.put("rss.xml", strings.Repeat("0123456789abcdef", 8<<16)+"!", old)
	if r := s.get("/rss.xml"); r.StatusCode != 200 || r.Header.Get("Vary") != "Accept, Accept-Encoding" {
		t.Errorf("a feed sent from the disk has Vary %q", r.Header.Get("Vary"))
	}
	if r := s.get("/none/rss.xml", "Accept", "text/html"); r.StatusCode != 404 {
		t.Errorf("a feed that is not there: %d", r.StatusCode)
	}
}
