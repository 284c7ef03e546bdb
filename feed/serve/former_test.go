package serve_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/serve"
)

func TestFate(t *testing.T) {
	fates := map[string]serve.Fate{
		"entries/2026/03/gone.html":  {Gone: true},
		"entries/2026/03/back.html":  {Gone: true}, // a file has it
		"entries/2026/03/moved.html": {To: "entries/2026/03/a b?.html"},
		"gone.html":                  {Gone: true},
		"moved.html":                 {To: "sport/rss.xml"},
		"old/":                       {To: "sport/"},
		"old":                        {To: "sport/"},
		"empty":                      {Gone: true},
		".hidden":                    {Gone: true},
	}
	for _, prefix := range []string{"", "/news"} {
		s := newSite(t, serve.Options{Prefix: prefix, Fate: func(_ context.Context, path string) (serve.Fate, error) { return fates[path], nil }})
		s.put("entries/2026/03/back.html", "back", old)
		s.put("empty/a.png", "x", old)
		tests := []struct{ path, want string }{ // the top as the page of 410 has it, or where 301 leads
			{"/entries/2026/03/gone.html", "410 ../../../"},
			{"/entries/2026/03/back.html", "200 "},
			{"/entries/2026/03/moved.html", "301 ../../../entries/2026/03/a%20b%3F.html"},
			{"/gone.html", "410 ./"},
			{"/moved.html", "301 ./sport/rss.xml"},
			{"/old/", "301 ../sport/"},
			{"/old", "301 ./sport/"},
			{"/empty", "410 ./"},
			{"/.hidden", "404 "},
			{"/never.html", "404 "},
		}
		for _, tt := range tests {
			r := s.get(prefix + tt.path)
			text := body(t, r)
			got := strconv.Itoa(r.StatusCode) + " " + r.Header.Get("Location")
			if r.StatusCode == 410 {
				_, link, _ := strings.Cut(text, `<a href="`)
				link, _, _ = strings.Cut(link, `"`)
				got += link
				for _, want := range []string{"<h1>This entry was withdrawn</h1>", `<link rel="stylesheet" href="` + link + `style.css">`, "its publisher has taken it back"} {
					if !strings.Contains(text, want) {
						t.Errorf("%s: the page lacks %q:\n%s", tt.path, want, text)
					}
				}
				for name, want := range map[string]string{
					"Content-Type": "text/html; charset=utf-8", "Cache-Control": "public, max-age=300", "Content-Length": strconv.Itoa(len(text)),
				} {
					if r.Header.Get(name) != want {
						t.Errorf("%s: %s %q, want %q", tt.path, name, r.Header.Get(name), want)
					}
				}
				if r.Header.Get("Content-Security-Policy") == "" {
					t.Errorf("%s: no Content-Security-Policy", tt.path)
				}
				head := s.do("HEAD", prefix+tt.path)
				if head.StatusCode != 410 || head.Header.Get("Content-Length") != r.Header.Get("Content-Length") || body(t, head) != "" {
					t.Errorf("HEAD %s: %d %v", tt.path, head.StatusCode, head.Header)
				}
			}
			if got != tt.want {
				t.Errorf("prefix %q: GET %s = %q, want %q", prefix, tt.path, got, tt.want)
			}
		}
	}
}

// The page of 410 tells what was there, as far as it may be told.
func TestGoneTells(t *testing.T) {
	when := time.Date(2026, time.March, 4, 9, 30, 0, 0, time.UTC)
	fates := map[string]serve.Fate{
		"all.html":   {Gone: true, Title: "Pier <closed>", When: when, Reason: "Nobody had looked & seen."},
		"title.html": {Gone: true, Title: "Pier closed"},
	}
	s := newSite(t, serve.Options{Fate: func(_ context.Context, path string) (serve.Fate, error) { return fates[path], nil }})
	for name, want := range map[string]string{
		"/all.html": `<p>“<span dir="auto">Pier &lt;closed&gt;</span>” was published at this address, and its publisher has taken it back on <time datetime="2026-03-04T09:30:00Z">4 March 2026</time>.</p>
<p>Why: <span dir="auto">Nobody had looked &amp; seen.</span></p>
</div>`,
		"/title.html": `<p>“<span dir="auto">Pier closed</span>” was published at this address, and its publisher has taken it back.</p>
</div>`,
	} {
		if got := body(t, s.get(name)); !strings.Contains(got, want) {
			t.Errorf("%s lacks\n%s\n%s", name, want, got)
		}
	}
}

// What is not known is not told: before the first run, and when it can not be asked.
func TestFateNotKnown(t *testing.T) {
	ready, asked := false, 0
	var log bytes.Buffer
	s := newSite(t, serve.Options{
		Ready: func() bool { return ready },
		Fate: func(context.Context, string) (serve.Fate, error) {
			asked++
			return serve.Fate{Gone: true}, errors.New("the ledger is locked")
		},
		Log: slog.New(slog.NewTextHandler(&log, nil)),
	})
	if r := s.get("/x.html"); r.StatusCode != 503 || asked != 0 {
		t.Errorf("before the first run: %d, asked %d times", r.StatusCode, asked)
	}
	ready = true
	if r := s.get("/x.html"); r.StatusCode != 503 || r.Header.Get("Retry-After") != "10" {
		t.Errorf("when it can not be asked: %d %v", r.StatusCode, r.Header)
	}
	if want := `level=ERROR msg="what became of a page is not known" path=/x.html error="the ledger is locked"`; !strings.Contains(log.String(), want) {
		t.Errorf("log:\n%swant %s", log.String(), want)
	}
}
