package publish_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// What arrives in bulk with old dates goes to pages and archives, and nobody is
// told of it: the feeds, and the instant of their last change, stay as they were.
func TestBackfillIsQuiet(t *testing.T) {
	s := newSite(t)
	s.write("feed.yaml", "title: The Post\nentries: 3\nhub: https://hub.example/\n")
	for i := range 3 {
		s.story(fmt.Sprintf("news/new%d.md", i), fmt.Sprintf("New story %d", i), fmt.Sprintf("2026-03-0%d", 5+i))
	}
	s.story("news/old.md", "Old story", "2026-02-03")
	s.run()
	before := s.out()
	for i := range 300 {
		s.write(fmt.Sprintf("news/back/%03d.md", i), fmt.Sprintf("---\ntitle: From the vault %d\ndate: 20%02d-11-03\n---\nThe text of number %d.\n", i, 10+i%10, i))
		s.write(fmt.Sprintf("news/vault%03d.md", i), fmt.Sprintf("---\ntitle: Of the vault %d\ndate: 20%02d-12-03\n---\nA text, number %d.\n", i, 10+i%10, i))
	}
	report := s.later(time.Hour)
	if report.New != 600 {
		t.Fatalf("report = %s", report)
	}
	after := s.out()
	for _, name := range []string{"atom.xml", "rss.xml", "feed.json", "news/atom.xml", "news/rss.xml", "news/feed.json"} {
		if diff := cmp.Diff(before[name], after[name]); diff != "" {
			t.Errorf("%s has changed:\n%s", name, diff)
		}
	}
	for _, address := range report.Pings["https://hub.example/"] {
		if !strings.Contains(address, "/news/back/") { // a feed that is new
			t.Errorf("the hub is told of %s", address)
		}
	}
	for _, name := range []string{"entries/2013/11/from-the-vault-3.html", "archive/2013-11.xml", "archive/2013-12.html"} {
		if after[name] == "" {
			t.Errorf("there is no %s", name)
		}
	}
}

// Many files that tell no date and were copied at once have one time: their dates
// say that they are inferred, and people are told how to mend them.
func TestUndatedCopiesAreTold(t *testing.T) {
	for _, tt := range []struct {
		name  string
		n     int
		apart time.Duration
		told  bool
	}{
		{"a folder that was copied", 30, 10 * time.Millisecond, true},
		{"a few notes", 20, 10 * time.Millisecond, false},
		{"what came over a month", 30, 24 * time.Hour, false},
	} {
		s := newSite(t)
		s.story("news/dated.md", "A dated story", "2026-03-05")
		s.run()
		copied := s.now.Add(-time.Hour + 30*time.Second)
		for i := range tt.n {
			s.writeAt(fmt.Sprintf("news/%02d.md", i), fmt.Sprintf("# Story %d\n\nThe text of number %d.\n", i, i), copied.Add(-time.Duration(i)*tt.apart))
		}
		report := s.later(time.Second)
		const want = "news/00.md: it and 29 more new documents tell no date, and their files have one time, which is taken for it: " +
			"copy them with their times (cp -p, rsync -t), or write their dates into them"
		if got := decisions(report); (got == want) != tt.told || !tt.told && got != "" || report.New != tt.n {
			t.Errorf("%s: %s: %q", tt.name, report, got)
		}
		if report := s.later(time.Hour); len(report.Decisions) != 0 {
			t.Errorf("%s: it is told again: %v", tt.name, report.Decisions)
		}
	}
}

// The first month that is over gives the site's feed a link to its archive: it is
// written for that, and nobody is told.
func TestArchiveIsNoNews(t *testing.T) {
	s := newSite(t)
	s.write("feed.yaml", "title: The Post\nentries: 1\nhub: https://hub.example/\n")
	s.story("new.md", "New story", "2026-03-05")
	s.run()
	for i, want := range []string{"archive/2013-11.xml", "archive/2014-11.xml"} {
		s.story(fmt.Sprintf("old%d.md", i), fmt.Sprintf("Old story %d", i), fmt.Sprintf("201%d-11-03", 3+i))
		report := s.later(time.Hour)
		if !strings.Contains(s.out()["atom.xml"], want) || report.Pings != nil {
			t.Errorf("the hub is told of %v, and the feed is:\n%s", report.Pings, s.out()["atom.xml"])
		}
	}
	s.story("newer.md", "Newer story", "2026-03-06")
	if report := s.later(time.Hour); len(report.Pings["https://hub.example/"]) != 3 {
		t.Errorf("the hub is told of %v", report.Pings)
	}
}

// The first run of a large folder tells no other dates than later ones would.
func TestFirstRunKeepsDates(t *testing.T) {
	s := newSite(t)
	s.write("feed.yaml", "title: The Post\nentries: 3\n")
	for i := range 9 {
		s.story(fmt.Sprintf("%d.md", i), fmt.Sprintf("Story %d", i), fmt.Sprintf("201%d-05-06", i))
	}
	s.run()
	if got, want := s.titles(""), "Story 8, Story 7, Story 6"; got != want {
		t.Errorf("feed = %s, want %s", got, want)
	}
	if atom := s.out()["atom.xml"]; !strings.Contains(atom, "<updated>2018-05-06T12:0") || strings.Contains(atom, "2026-") {
		t.Errorf("the feed tells of another time:\n%s", atom)
	}
}
