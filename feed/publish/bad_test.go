package publish_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"seedfeed/feed/publish"
)

// What can not be published is named, stops nothing, and takes nothing away.
func TestBadDocuments(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.run()
	for name, text := range map[string]string{
		"empty.txt":           "",
		"blank.md":            " \n\n\t\n",
		"binary.txt":          "\x7fELF\x02\x01\x01" + strings.Repeat("\x00\x01\x02\x03", 200),
		"broken.md":           "---\ntitle: [one, two\ndate: 2026-03-01\n---\nText.\n",
		"wild name\n\"q\".md": "---\ntitle: A name with spaces\ndate: 2026-03-04\n---\nText of it.\n",
		"invalid.txt":         "A headline with caf\xe9\n\nThe text has \xff\xfe bytes. And more of them.\n",
		"control.txt":         "A headline with \x7f\x1fcontrols\n\nThe text has \x00\x1f bytes. And more of them.\n",
	} {
		s.write(name, text)
	}
	report := s.later(time.Hour)
	reasons := map[string]string{}
	for _, skip := range report.Skips {
		reasons[skip.Path] = skip.String()
	}
	for name, want := range map[string]string{
		"empty.txt":  "empty.txt: ",
		"blank.md":   "blank.md: ",
		"binary.txt": "binary.txt: ",
		"broken.md":  "broken.md: ",
	} {
		if !strings.HasPrefix(reasons[name], want) {
			t.Errorf("%s: reason = %q", name, reasons[name])
		}
		delete(reasons, name)
	}
	delete(reasons, "wild name\n\"q\".md") // may be refused for its line break, if it says so
	if len(reasons) != 0 {
		t.Errorf("also skipped: %v", reasons)
	}
	for _, want := range []string{"First light", "Second wind", "Third time", "A headline with café", "A headline with controls"} {
		if !strings.Contains(s.titles(""), want) {
			t.Errorf("feed lacks %s: %s", want, s.titles(""))
		}
	}
}

func TestBrokenEditKeepsWhatWasPublished(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.run()
	before := s.out()
	s.now = s.now.Add(time.Hour)
	s.write("one.md", "---\ntitle: [broken\n---\nText.\n")
	report := s.run()
	if len(report.Skips) != 1 || !strings.HasSuffix(report.Skips[0].String(), "(what was published before stays)") {
		t.Errorf("skips = %v", report.Skips)
	}
	if before["atom.xml"] != s.out()["atom.xml"] || before["entries/2026/03/first-light.html"] != s.out()["entries/2026/03/first-light.html"] {
		t.Error("a broken edit changed what was published")
	}
}

// A document that is being written stays in the feeds as it was.
func TestDocumentInTheMakingWaits(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.run()
	s.now = s.now.Add(time.Hour)
	s.writeAt("one.md", storyText("First half", "2026-03-01"), s.now.Add(-time.Second))
	s.story("four.md", "Fourth of all", "2026-03-04")
	report := s.run()
	if report.Waiting != 1 {
		t.Errorf("report = %s", report)
	}
	if got, want := s.titles(""), "Fourth of all, Third time, Second wind, First light"; got != want {
		t.Errorf("feed = %s, want %s", got, want)
	}
	s.later(2 * time.Second)
	if got, want := s.titles(""), "Fourth of all, Third time, Second wind, First half"; got != want {
		t.Errorf("then feed = %s, want %s", got, want)
	}
}

// The first thing that subscribers see is not an empty feed.
func TestFirstRunWaitsForDocuments(t *testing.T) {
	s := newSite(t)
	s.writeAt("one.md", storyText("First light", "2026-03-01"), s.now.Add(-time.Second))
	if report := s.run(); report.Waiting != 1 || report.Written != 0 || len(s.out()) != 0 {
		t.Errorf("report = %s; files = %d", report, len(s.out()))
	}
	s.later(2 * time.Second)
	if got := s.titles(""); got != "First light" {
		t.Errorf("feed = %s", got)
	}
}

func TestBrokenSettings(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.run()
	before := s.out()
	s.write("news/feed.yaml", "titel: News\n")
	report := s.later(time.Hour)
	if len(report.Skips) != 1 || report.Skips[0].Path != "news/feed.yaml" || !strings.Contains(report.Skips[0].Reason, "titel") {
		t.Errorf("skips = %v", report.Skips)
	}
	if before["news/rss.xml"] != s.out()["news/rss.xml"] {
		t.Error("the feed of the section changed")
	}
	s.write("feed.yaml", "entries: many\n")
	if _, err := s.publisher.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "feed.yaml") {
		t.Errorf("error = %v, want one that names feed.yaml", err)
	}
	if before["rss.xml"] != s.out()["rss.xml"] {
		t.Error("a failed run changed the feed")
	}
}

func TestMissingSeedsFolderTakesNothingAway(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.run()
	before := s.out()
	s.must(os.Rename(s.path("seeds"), s.path("elsewhere")))
	if _, err := s.publisher.Run(t.Context()); err == nil {
		t.Error("a run without a seeds folder gave no error")
	}
	if before["rss.xml"] != s.out()["rss.xml"] {
		t.Error("a failed run changed the feed")
	}
}

// A run that is stopped at any step leaves work that the next one does.
func TestStoppedRunIsHealed(t *testing.T) {
	undisturbed := newSite(t)
	many(undisturbed)
	undisturbed.run()
	for limit := int64(0); ; limit += 12 {
		s := newSite(t)
		many(s)
		_, err := s.stoppedRun(limit)
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped after %d: %v", limit, err)
		}
		s.later(0)
		if diff := cmp.Diff(undisturbed.out(), s.out()); diff != "" {
			t.Fatalf("stopped after %d:\n%s", limit, diff)
		}
		if err == nil {
			return // it came to its end
		}
	}
}

// stoppedRun makes a run that is told to stop after it has looked a number of
// times whether it is to.
func (s *site) stoppedRun(limit int64) (publish.Report, error) {
	ctx, cancel := context.WithCancel(s.t.Context())
	defer cancel()
	return s.publisher.Run(&countedContext{Context: ctx, cancel: cancel, limit: limit})
}

// A countedContext ends when it was asked a number of times.
type countedContext struct {
	context.Context
	cancel func()
	calls  atomic.Int64
	limit  int64
}

func (c *countedContext) Err() error {
	if c.calls.Add(1) > c.limit {
		c.cancel()
	}
	return c.Context.Err()
}

// many writes documents in some folders.
func many(s *site) {
	s.t.Helper()
	for i, name := range strings.Fields("alpha beta gamma delta epsilon zeta eta theta iota kappa") {
		s.story([]string{"", "news/", "news/sport/"}[i%3]+name+".md", "Story "+name, "2026-03-01")
	}
}
