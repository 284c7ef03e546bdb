package publish_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"seedfeed/feed/publish"
)

// runChanged is later with a run that looks at some folders only.
func (s *site) runChanged(folders ...string) publish.Report {
	s.t.Helper()
	s.now = s.now.Add(time.Hour)
	report, err := s.publisher.RunChanged(s.t.Context(), folders)
	s.must(err)
	return report
}

// A run of the changed folders makes of a site what a run of all makes of it.
func TestRunChanged(t *testing.T) {
	tests := []struct {
		name    string
		change  func(*site)
		folders []string
	}{
		{"nothing", func(*site) {}, nil},
		{"edited", func(s *site) { s.story("news/two.md", "Second gust", "2026-03-02") }, []string{"news"}},
		{"added at the top", func(s *site) { s.story("four.md", "Fourth", "2026-03-04") }, []string{""}},
		{"deleted", func(s *site) { s.remove("seeds/news/two.md") }, []string{"news"}},
		{"moved", func(s *site) { s.rename("news/two.md", "news/sport/two.md") }, []string{"news", "news/sport"}},
		{"a new folder", func(s *site) { s.story("art/four.md", "Fourth", "2026-03-04") }, []string{"", "art"}},
		{"a folder moved", func(s *site) { s.rename("news/sport", "games") }, []string{"", "news"}},
		{"settings", func(s *site) { s.write("news/feed.yaml", "title: Latest\n") }, []string{"news"}},
		{"refused", func(s *site) { s.write("news/bad.md", "---\ndate: [\n---\nText.\n") }, []string{"news"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			part, whole := newSite(t), newSite(t)
			for _, s := range []*site{part, whole} {
				sample(s)
				s.write("news/old.docx", "not read")
				s.write("news/copy.md", "---\ntitle: [\n---\nRefused.\n")
				s.run()
				s.later(time.Hour)
				tt.change(s)
			}
			got, want := part.runChanged(tt.folders...), whole.later(time.Hour)
			ignored := cmpopts.IgnoreFields(publish.Report{}, "Took", "Steps")
			if diff := cmp.Diff(want, got, ignored); diff != "" {
				t.Errorf("the report differs from that of a whole run:\n%s", diff)
			}
			if diff := cmp.Diff(whole.out(), part.out()); diff != "" {
				t.Errorf("out/ differs from that of a whole run:\n%s", diff)
			}
		})
	}
}

// What changed in a folder that is not named waits for a run of all.
func TestRunChangedLooksNowhereElse(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.run()
	s.later(time.Hour)
	s.story("news/sport/four.md", "Fourth", "2026-03-04")
	if report := s.runChanged("", "news"); report.New != 0 || report.Documents != 3 {
		t.Errorf("report = %s", report)
	}
	if report := s.later(time.Hour); report.New != 1 || report.Documents != 4 {
		t.Errorf("report of all = %s", report)
	}
}

// The first run of a program looks everywhere, whatever it is told.
func TestRunChangedAtFirst(t *testing.T) {
	s := newSite(t)
	sample(s)
	if report := s.runChanged("news"); report.New != 3 {
		t.Errorf("report = %s", report)
	}
	if names, err := filepath.Glob(s.path("out/*.xml")); err != nil || len(names) == 0 {
		t.Errorf("no feeds: %v", err)
	}
}
