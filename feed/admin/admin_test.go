package admin_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/admin"
	"seedfeed/feed/internal/golden"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// numbers are those of a site that has something of everything.
func numbers() admin.Numbers {
	return admin.Numbers{
		Version: "v1", LastGood: noon.Add(-time.Minute), Next: noon.Add(4 * time.Minute),
		Documents: map[string]int{"live": 12, "held": 2}, Skipped: 1, Waiting: 1,
		Findings: map[string]int{"error": 1}, Requests: map[int]int64{200: 7, 304: 21, 0: 1},
		Feeds: []admin.Feed{
			{Name: "news/rss.xml", Size: 20_480, Full: 1, NotModified: 3, Clients: 2, Subscribers: 120},
			{Name: "rss.xml"},
		},
		Hub: &admin.Hub{Subscriptions: 3, Requests: 1, Waiting: 2, Active: 1, Verified: 4, Refused: 5, Denied: 6, Delivered: 7, Failed: 8, GivenUp: 9, Expired: 10},
	}
}

// status is what is behind them.
func status() admin.Status {
	return admin.Status{
		Numbers: numbers(), Title: "news.example.org", URL: "https://news.example.org/", Began: noon.AddDate(0, 0, -1), Now: noon,
		NextReason: "the schedule says so", Running: "change",
		Runs: []admin.Run{
			{Began: noon.Add(-2 * time.Minute), Took: 73 * time.Millisecond, Reason: "schedule", Report: "14 documents; nothing to write", Again: 3, Steps: []admin.Step{{"look at the documents", time.Millisecond}, {"write the pages", 2500 * time.Millisecond}}},
			{Began: noon.AddDate(0, 0, -1), Took: 2 * time.Minute, Reason: "start", Report: "the disk is full", Failed: true},
		},
		Brake:    &admin.Brake{Live: 12, Total: 11, Changes: []string{"a.txt would vanish", "b.txt would vanish"}},
		Held:     []admin.Document{{Path: "a.md", Title: "<b>First</b> light", Reason: "embargo", Until: noon.Add(time.Hour)}, {Path: "b.md", Title: "Second wind", Reason: "draft"}},
		MoreHeld: 3, Left: []admin.Document{{Path: "c.md", Reason: "not valid UTF-8", Kept: true}}, LeftKinds: "2 .csv",
		Found:   []admin.Finding{{File: "out/rss.xml", Line: 7, Level: "error", Message: "no number"}},
		Told:    []admin.Delivery{{Hub: "https://hub.example/", Topics: 3}},
		Unknown: []string{"count the documents: the ledger is locked"},
	}
}

// A desk is the operator's side of a server that is well or not.
type desk struct{ ready, alive error }

func (d desk) handler() http.Handler {
	return admin.New(admin.Options{
		Status:  func(context.Context) admin.Status { return status() },
		Ready:   func() error { return d.ready },
		Alive:   func(context.Context) error { return d.alive },
		Metrics: admin.NewMetrics(func(context.Context) admin.Numbers { return numbers() }),
		Style:   []byte("body {}"), Names: []string{"press.example.org"},
	})
}

// ask asks as a program on this machine does, with headers in pairs.
func ask(h http.Handler, method, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	r.Host = "127.0.0.1:8081"
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
			continue
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestPage(t *testing.T) {
	w := ask(desk{}.handler(), "GET", "/")
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/html; charset=utf-8" {
		t.Fatalf("status %d, %v", w.Code, w.Header())
	}
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		"Cache-Control":           "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	golden.Check(t, "status.html", w.Body.Bytes())
}

// A server of which there is nothing to tell yet has a page too.
func TestPageOfNothing(t *testing.T) {
	h := admin.New(admin.Options{
		Status: func(context.Context) admin.Status {
			return admin.Status{Title: "localhost:8080", URL: "http://localhost:8080/", Now: noon, Began: noon, Numbers: admin.Numbers{Ready: errors.New("no run has ended yet")}}
		},
		Metrics: admin.NewMetrics(func(context.Context) admin.Numbers { return admin.Numbers{} }),
	})
	page := ask(h, "GET", "/").Body.String()
	for _, want := range []string{"Not as it should be: no run has ended yet.", "none is planned", "None has ended yet.", "The site has no hub of its own."} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
}

func TestHealth(t *testing.T) {
	bad := errors.New("the last good run ended 3h ago")
	for _, tt := range []struct {
		path string
		desk desk
		code int
		body string
	}{
		{"/healthz", desk{}, 200, "ok\n"},
		{"/healthz", desk{alive: bad}, 503, bad.Error() + "\n"},
		{"/healthz", desk{ready: bad}, 200, "ok\n"},
		{"/readyz", desk{}, 200, "ok\n"},
		{"/readyz", desk{ready: bad}, 503, bad.Error() + "\n"},
	} {
		if w := ask(tt.desk.handler(), "GET", tt.path); w.Code != tt.code || w.Body.String() != tt.body {
			t.Errorf("%s of %v: %d %q", tt.path, tt.desk, w.Code, w.Body)
		}
	}
}

func TestPaths(t *testing.T) {
	h := desk{}.handler()
	for path, want := range map[string]int{
		"/style.css": 200, "/status.css": 200, "/metrics": 200, "/debug/pprof/": 200, "/debug/pprof/goroutine": 200,
		"/debug/pprof/cmdline": 200, "/rss.xml": 404, "/index.html": 404, "/debug/": 404,
	} {
		if w := ask(h, "GET", path); w.Code != want {
			t.Errorf("%s has status %d, want %d", path, w.Code, want)
		}
	}
	if w := ask(h, "POST", "/"); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST has status %d", w.Code)
	}
}

// What a page of another site can have a browser ask for is refused.
func TestGuard(t *testing.T) {
	h := desk{}.handler()
	const metrics, page = "/metrics", "/"
	for _, tt := range []struct {
		path   string
		header []string
		want   int
	}{
		{metrics, []string{"Host", "localhost:8081"}, 200},
		{metrics, []string{"Host", "[::1]:8081"}, 200},
		{metrics, []string{"Host", "[::1]"}, 200},
		{metrics, []string{"Host", "seedfeed:8081"}, 200}, // a container
		{metrics, []string{"Host", "site.localhost:8081"}, 200},
		{metrics, []string{"Host", "PRESS.example.org."}, 200},
		{metrics, []string{"Host", "evil.example"}, 421}, // leads to 127.0.0.1 by now
		{metrics, []string{"Host", "evil.example:8081"}, 421},
		{metrics, []string{"Host", "localhost.evil.example"}, 421},
		{metrics, []string{"Host", "127.0.0.1.evil.example"}, 421},
		{metrics, []string{"Host", ""}, 421},
		{metrics, []string{"Sec-Fetch-Site", "none"}, 200},
		{metrics, []string{"Sec-Fetch-Site", "same-origin"}, 200},
		{metrics, []string{"Sec-Fetch-Site", "same-site"}, 403},
		{metrics, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, 403},
		{"/debug/pprof/profile", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image"}, 403},
		{page, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, 200}, // a link
		{page, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"}, 403},
		{page, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "script"}, 403},
	} {
		if w := ask(h, "GET", tt.path, tt.header...); w.Code != tt.want {
			t.Errorf("%s with %q has status %d, want %d", tt.path, tt.header, w.Code, tt.want)
		}
	}
}

func TestMetrics(t *testing.T) {
	m := admin.NewMetrics(func(context.Context) admin.Numbers { return numbers() })
	m.Run(admin.Braked, 300*time.Millisecond, []admin.Step{{"look at the documents", 20 * time.Millisecond}})
	h := admin.New(admin.Options{Metrics: m})
	var ours []string
	for line := range strings.Lines(ask(h, "GET", "/metrics").Body.String()) {
		if strings.Contains(line, "seedfeed_") {
			ours = append(ours, line)
		}
	}
	golden.Check(t, "metrics.txt", []byte(strings.Join(ours, "")))
}
