package publish_test

import (
	"os"
	"path"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// settledSite is a site of which the ledger knows that nothing need be compared.
func settledSite(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	sample(s)
	s.run()
	// A folder that changed a moment ago may change again without a sign.
	s.must(filepath.WalkDir(s.path("out/entries"), func(name string, d os.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		hour := time.Now().Add(-time.Hour)
		return os.Chtimes(name, hour, hour)
	}))
	s.later(time.Hour)
	folders, err := s.publisher.Ledger.SeenFolders(t.Context())
	s.must(err)
	if len(folders) != 3 {
		t.Fatalf("the ledger knows the looks of %d folders, want 3", len(folders))
	}
	pages, err := s.publisher.Ledger.PageFolders(t.Context())
	s.must(err)
	for dir, modified := range pages {
		if modified.IsZero() {
			t.Fatalf("the ledger does not know that %q is whole", dir)
		}
	}
	return s
}

// What is not compared any more is noticed all the same when it changes.
func TestSettledSiteNoticesChanges(t *testing.T) {
	tests := []struct {
		name   string
		change func(*site)
		want   int // changes
	}{
		{"nothing", func(*site) {}, 0},
		{"edited", func(s *site) { s.story("news/two.md", "Second gust", "2026-03-02") }, 1},
		{"deleted", func(s *site) { s.remove("seeds/news/two.md") }, 1},
		{"added", func(s *site) { s.story("news/four.md", "Fourth", "2026-03-04") }, 1},
		{"renamed", func(s *site) { s.rename("news/two.md", "news/zwei.md") }, 1},
		{"folder renamed", func(s *site) { s.rename("news/sport", "news/games") }, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := settledSite(t)
			tt.change(s)
			report := s.later(time.Hour)
			if got := report.New + report.Changed + report.Gone + report.Renamed; got != tt.want {
				t.Errorf("%d changes, want %d: %s", got, tt.want, report)
			}
		})
	}
}

func TestSettledSiteWritesMissingPages(t *testing.T) {
	s := settledSite(t)
	before := s.out()
	page := "out/" + s.pageOf("Second wind")
	s.remove(page)
	if report := s.later(time.Hour); report.Written == 0 {
		t.Errorf("report = %s", report)
	}
	if diff := cmp.Diff(before, s.out()); diff != "" {
		t.Errorf("out/ differs:\n%s", diff)
	}
	s.must(os.RemoveAll(s.path(path.Dir(page))))
	s.later(time.Hour)
	if diff := cmp.Diff(before, s.out()); diff != "" {
		t.Errorf("out/ differs after a folder was deleted:\n%s", diff)
	}
}
