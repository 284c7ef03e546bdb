package publish_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"seedfeed/feed/publish"
)

// large writes fifty documents in two folders.
func large(s *site, day int) {
	s.t.Helper()
	for i := range 50 {
		s.story(fmt.Sprintf("%s/story-%02d.md", []string{"news", "notes"}[i%2], i), fmt.Sprintf("Story %d", i), fmt.Sprintf("2026-02-%02d", day))
	}
}

// braked makes a run that must be stopped, with nothing published.
func (s *site) braked(change string) {
	const total = 50
	s.t.Helper()
	before := s.out()
	_, err := s.publisher.Run(s.t.Context())
	var braked *publish.Braked
	if !errors.As(err, &braked) || braked.Total != total || !strings.Contains(err.Error(), change) {
		s.t.Fatalf("error = %v, want a brake at %d changes like %q", err, total, change)
	}
	if diff := cmp.Diff(before, s.out()); diff != "" {
		s.t.Errorf("a run that was stopped changed out/:\n%s", diff)
	}
}

func TestBrakeAtAnEmptiedFolder(t *testing.T) {
	for name, empty := range map[string]func(*site){
		"the folder is empty":    func(s *site) { s.remove("seeds"); s.write("feed.yaml", "title: The Post\n") },
		"half of it is gone":     func(s *site) { s.remove("seeds/news") },
		"it is another's folder": func(s *site) { s.remove("seeds"); s.story("other.md", "Another's story", "2026-03-01") },
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.write("feed.yaml", "title: The Post\n")
			large(s, 10)
			s.run()
			before := s.out()
			empty(s)
			s.now = s.now.Add(time.Hour)
			if _, err := s.publisher.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "would vanish") {
				t.Fatalf("error = %v", err)
			}
			if before["rss.xml"] != s.out()["rss.xml"] || before["news/atom.xml"] != s.out()["news/atom.xml"] {
				t.Error("the feeds changed")
			}
			// The documents are back: all is as before, and nothing to approve.
			large(s, 10)
			s.write("feed.yaml", "title: The Post\n")
			s.later(time.Hour)
			if !strings.Contains(name, "another") && before["rss.xml"] != s.out()["rss.xml"] {
				t.Error("the feeds are not as before")
			}
			if b, err := s.publisher.Approve(t.Context()); b != nil || err != nil {
				t.Errorf("there is something to approve: %v, %v", b, err)
			}
		})
	}
}

func TestBrakeAtChangedDates(t *testing.T) {
	s := newSite(t)
	large(s, 10)
	s.run()
	s.now = s.now.Add(time.Hour)
	large(s, 11)
	s.braked("news/story-00.md would move from 2026-02-10 12:00 to 2026-02-11 12:00")
	s.braked("would move")

	// Another change than the one that was approved does not pass.
	if b, err := s.publisher.Approve(t.Context()); b == nil || b.Total != 50 || err != nil {
		t.Fatalf("Approve = %v, %v", b, err)
	}
	s.now = s.now.Add(time.Hour)
	large(s, 12)
	s.braked("to 2026-02-12 12:00")
	if _, err := s.publisher.Approve(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.later(time.Hour)
	if got := s.items("")[0].Published; got.Day() != 12 {
		t.Errorf("published = %s", got)
	}
}

func TestBrakeAtDraftsAndIDs(t *testing.T) {
	for change, line := range map[string]string{"would be held": "draft: true", "would get another id": "id: x"} {
		s := newSite(t)
		large(s, 10)
		s.run()
		for i := range 50 {
			name := fmt.Sprintf("%s/story-%02d.md", []string{"news", "notes"}[i%2], i)
			s.write(name, fmt.Sprintf("---\ntitle: Story %d\ndate: 2026-02-10\n%s%d\n---\nText.\n", i, line, i))
			if strings.HasPrefix(line, "draft") {
				s.write(name, fmt.Sprintf("---\ntitle: Story %d\ndate: 2026-02-10\n%s\n---\nText.\n", i, line))
			}
		}
		s.now = s.now.Add(time.Hour)
		s.braked(change)
	}
}

// What editors do in a day passes: some edits and deletions, or all of them
// over the day.
func TestBrakeLetsWorkPass(t *testing.T) {
	s := newSite(t)
	large(s, 10)
	s.run()
	for i := range 10 {
		s.remove(fmt.Sprintf("seeds/%s/story-%02d.md", []string{"news", "notes"}[i%2], i))
	}
	s.later(time.Hour)
	s.now = s.now.Add(time.Hour)
	for i := 10; i < 50; i++ { // a new text for all of them
		s.write(fmt.Sprintf("%s/story-%02d.md", []string{"news", "notes"}[i%2], i), fmt.Sprintf("---\ntitle: Story %d\ndate: 2026-02-10\n---\nA new text.\n", i))
	}
	s.later(time.Hour)
	s.rename("news", "moved") // a folder renamed: nothing vanishes
	if report := s.later(time.Hour); report.Renamed != 20 {
		t.Errorf("report = %s", report)
	}
	s.publisher.Brake = -1
	s.remove("seeds/notes")
	s.later(time.Hour)
}
