package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"seedfeed/feed/admin"
	"seedfeed/feed/publish"
	"seedfeed/feed/schedule"
)

// operated serves a folder with the operator's side, and returns its address.
func operated(f folder, flags ...string) (*server, string) {
	f.t.Helper()
	s := serveFolder(f, append([]string{"--admin-listen", "127.0.0.1:0"}, flags...)...)
	for line := range strings.Lines(s.log.all()) {
		if _, rest, ok := strings.Cut(line, `"msg":"the operator's side","url":"`); ok {
			address, _, _ := strings.Cut(rest, `"`)
			return s, address
		}
	}
	f.t.Fatalf("the log does not tell where the operator's side is:\n%s", s.log.all())
	return nil, ""
}

func fetch(t *testing.T, address string) (status int, body string) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(data)
}

// eventually asks until an answer has all that is wanted: what follows a run may
// take a moment.
func eventually(t *testing.T, address string, want ...string) {
	t.Helper()
	limit := time.Now().Add(patienceOfTests)
	for {
		_, body := fetch(t, address)
		missing := ""
		for _, text := range want {
			if !strings.Contains(body, text) {
				missing = text
			}
		}
		if missing == "" {
			return
		}
		if time.Now().After(limit) {
			t.Fatalf("GET %s lacks %q:\n%s", address, missing, body)
		}
	}
}

func TestOperatorSees(t *testing.T) {
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	f.write("news/two.md", strings.Replace(story("Second wind", "2026-03-02", "The wind blows."), "---\n", "---\ndraft: true\n", 1))
	f.write("broken.md", "---\ntitle: [one\n---\nText.\n")
	s, desk := operated(f)
	for range 3 {
		s.get("rss.xml")
	}
	s.ask("nothing")
	eventually(t, desk, "All is published as it should be.", "start", "news/two.md", "Second wind", "draft", "broken.md", "the schedule @every 1h says so", "look at the documents")
	eventually(t, desk+"metrics",
		`seedfeed_runs_total{result="failed"} 0`, `seedfeed_documents{status="live"} 1`, `seedfeed_documents{status="held"} 1`,
		`seedfeed_documents_skipped 1`, `seedfeed_feed_requests_total{code="200",feed="rss.xml"} 3`, `seedfeed_feed_clients{feed="rss.xml"} 1`,
		`seedfeed_http_requests_total{code="404"} 1`, `seedfeed_feed_size_bytes{feed="atom.xml"}`, `seedfeed_hub_subscriptions 0`, `seedfeed_ready 1`)
	for _, path := range []string{"healthz", "readyz"} {
		if status, body := fetch(t, desk+path); status != http.StatusOK || body != "ok\n" {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	for _, path := range []string{"metrics", "healthz", "readyz", "debug/pprof/", "status.css"} {
		if status, _ := s.ask(path); status != http.StatusNotFound {
			t.Errorf("the public side answers GET /%s with %d", path, status)
		}
	}
}

// The brake is on the page with its list, and counted.
func TestOperatorSeesTheBrake(t *testing.T) {
	f := newFolder(t)
	for i := range 20 {
		folder := "news"
		if i < 15 {
			folder = "many"
		}
		f.write(fmt.Sprintf("%s/story-%d.md", folder, i), storyOf(i))
	}
	s, desk := operated(f)
	f.must(os.Rename(f.path("seeds/many"), f.path("away"))) // all at once
	s.log.wait(t, "run failed")
	eventually(t, desk, "The brake holds: nothing new is published.", "15 of 20 public entries", "many/story-0.md would vanish", "seedfeed approve")
	eventually(t, desk+"metrics", `seedfeed_runs_total{result="braked"} 1`)
}

// Two sites on one machine: the second one has no operator's side, and says so,
// unless it was asked for one.
func TestAdminPortTaken(t *testing.T) {
	holder, err := net.Listen("tcp", defaultAdmin)
	if err != nil {
		t.Logf("another program listens there already: %v", err) // which is as good
	} else {
		defer func() { _ = holder.Close() }()
	}
	log := &logWatch{changed: make(chan struct{}, 1)}
	listener, err := listenAdmin(nil, newLog(log))
	if listener != nil || err != nil {
		t.Errorf("with the default: %v, %v", listener, err)
	}
	if line := log.wait(t, "there is no status page and there are no metrics: their port is taken, perhaps by another site"); !strings.Contains(fmt.Sprint(line["hint"]), "--admin-listen 127.0.0.1:8082, or off") {
		t.Errorf("the log says %v", line)
	}
	f := newFolder(t)
	var stderr strings.Builder
	if status := run(t.Context(), f.args("serve", "--listen", "127.0.0.1:0", "--admin-listen", defaultAdmin), &stderr, &stderr); status != 1 {
		t.Errorf("when it is asked for: exit status %d", status)
	}
	if !strings.Contains(stderr.String(), "error: operator's side: ") || !strings.Contains(stderr.String(), "choose another address with --admin-listen, or off") {
		t.Errorf("it says:\n%s", stderr.String())
	}
	for _, off := range []string{"", "off"} {
		if listener, err := listenAdmin(&off, newLog(log)); listener != nil || err != nil {
			t.Errorf("%q: %v, %v", off, listener, err)
		}
	}
}

// Whoever opens the page to others is told what they see.
func TestAdminOpenToOthers(t *testing.T) {
	log := &logWatch{changed: make(chan struct{}, 1)}
	everywhere := "0.0.0.0:0"
	listener, err := listenAdmin(&everywhere, newLog(log))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	log.wait(t, "the status page has no password; whoever reaches its address sees what is held back")
}

func TestJournalReady(t *testing.T) {
	times, err := schedule.Parse("*/5 * * * *", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	j := &journal{times: times}
	noon := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	check := func(at time.Time, want string) {
		t.Helper()
		got := ""
		if err := j.ready(at); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("at %s: %q, want %q", at.Format(time.TimeOnly), got, want)
		}
	}
	full := errors.New("the disk is full")
	check(noon, "no run has ended yet")
	j.begin("start", noon)
	j.end(publish.Report{}, full, noon)
	check(noon, "no run was good yet, and the last one failed: the disk is full")
	j.begin("schedule", noon)
	j.end(publish.Report{}, nil, noon.Add(10*time.Second))
	check(noon.Add(11*time.Minute+20*time.Second), "")
	check(noon.Add(11*time.Minute+40*time.Second), "the last good run ended 11m30s ago, and none has ended since")
	j.begin("schedule", noon.Add(5*time.Minute))
	j.end(publish.Report{}, full, noon.Add(5*time.Minute))
	check(noon.Add(time.Hour), "the last good run ended 59m50s ago, and the last one failed: the disk is full")
	j.times = schedule.Schedule{}
	check(noon.Add(time.Hour), "")
}

// Runs that do nothing do not push out those that did something.
func TestJournalKeepsRuns(t *testing.T) {
	j := &journal{}
	noon := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	for i := range 100 {
		report := publish.Report{Documents: 7}
		if i == 10 {
			report.Written = 3
		}
		j.begin("schedule", noon.Add(time.Duration(i)*time.Minute))
		j.end(report, nil, noon.Add(time.Duration(i)*time.Minute))
	}
	var s admin.Status
	j.fill(&s)
	if len(s.Runs) != 3 || s.Runs[0].Again != 88 || s.Runs[1].Report != "7 documents; wrote 3 files" || s.Runs[2].Again != 9 {
		t.Errorf("it keeps%s", lines(s.Runs))
	}
	for range 100 {
		j.end(publish.Report{Written: 1}, nil, noon)
	}
	if j.fill(&s); len(s.Runs) != keptRuns {
		t.Errorf("it keeps %d runs, want %d", len(s.Runs), keptRuns)
	}
}

// The status page is as accessible as the site, and needs no script.
func TestStatusInBrowser(t *testing.T) {
	program(t, "chromium", "chromium-browser", "google-chrome")
	axe := axeCore(t)
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	f.write("news/with-a-long-name-that-no-phone-has-room-for/"+strings.Repeat("two", 30)+".md", strings.Replace(story("Second wind", "2026-03-02", "The wind blows."), "---\n", "---\ndraft: true\n", 1))
	f.write("broken.md", "---\ntitle: [one\n---\nText.\n")
	s, desk := operated(f)
	s.get("rss.xml")
	for scheme, setting := range schemes {
		v := newVisitor(t, setting)
		for _, width := range widths {
			v.visit(desk, width)
			v.audit(axe)
			screenshot(v.browser, t, fmt.Sprintf("status-%s-%d.png", scheme, width))
		}
		do(v.browser, t, chromedp.Click(`a[href="readyz"]`))
		if got := do(v.browser, t, chromedp.Text("body")); strings.TrimSpace(got) != "ok" {
			t.Errorf("the link to readiness leads to %q", got)
		}
	}
}
