package publish_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// sample writes a few documents in two sections.
func sample(s *site) {
	s.t.Helper()
	s.write("feed.yaml", "title: The Post\ndescription: News.\nlanguage: en\n")
	s.story("one.md", "First light", "2026-03-01")
	s.story("news/two.md", "Second wind", "2026-03-02")
	s.story("news/sport/three.md", "Third time", "2026-03-03T10:30:00+02:00")
}

func TestRunPublishesEachSection(t *testing.T) {
	s := newSite(t)
	sample(s)
	report := s.run()
	if report.Documents != 3 || report.New != 3 || len(report.Skips) != 0 {
		t.Errorf("report = %s", report)
	}
	for section, want := range map[string]string{
		"":           "Third time, Second wind, First light",
		"news":       "Third time, Second wind",
		"news/sport": "Third time",
	} {
		if got := s.titles(section); got != want {
			t.Errorf("section %q holds %s, want %s", section, got, want)
		}
	}
	files := slices.Sorted(maps.Keys(s.out()))
	want := []string{
		"archive/2026-03.html", "atom.xml", "entries/2026/03/first-light.html", "entries/2026/03/second-wind.html", "entries/2026/03/third-time.html",
		"feed.json", "feeds.opml", "index.html",
		"news/atom.xml", "news/feed.json", "news/index.html", "news/rss.xml",
		"news/sport/atom.xml", "news/sport/feed.json", "news/sport/index.html", "news/sport/rss.xml",
		"robots.txt", "rss.xml", "sitemap.xml", "sitemaps/2026-03.xml", "sitemaps/lists.xml", "style.css",
	}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Errorf("files in out/ (-want +got):\n%s", diff)
	}
	if got := s.item("Second wind").Published; !got.Equal(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)) {
		t.Errorf("a day is published at %s, want noon in UTC", got)
	}
	if got := s.item("Third time").Published; !got.Equal(time.Date(2026, 3, 3, 8, 30, 0, 0, time.UTC)) {
		t.Errorf("an instant is published at %s", got)
	}
}

func TestTwoSitesAreByteIdentical(t *testing.T) {
	a, b := newSite(t), newSite(t)
	sample(a)
	a.run()
	b.now = b.now.Add(36 * time.Hour)
	sample(b)
	b.run()
	if diff := cmp.Diff(a.out(), b.out()); diff != "" {
		t.Errorf("two builds of the same documents differ:\n%s", diff)
	}
}

func TestUnchangedFolderWritesNothing(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.run()
	before := s.times()
	s.later(12 * time.Hour) // notes which folders the next run need not compare
	ledgerBefore := ledgerBytes(s)
	report := s.later(24 * time.Hour)
	if report.Written+report.Removed+report.New+report.Changed != 0 {
		t.Errorf("report = %s", report)
	}
	if diff := cmp.Diff(before, s.times()); diff != "" {
		t.Errorf("times moved:\n%s", diff)
	}
	if ledgerBytes(s) != ledgerBefore {
		t.Error("the ledger was written")
	}
}

func ledgerBytes(s *site) string {
	s.t.Helper()
	var all strings.Builder
	for _, name := range []string{"ledger.db", "ledger.db-wal"} {
		data, err := os.ReadFile(s.path(name))
		if err != nil && !os.IsNotExist(err) {
			s.t.Fatal(err)
		}
		all.Write(data)
	}
	return all.String()
}

func TestOutComesBackByteByByte(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.run()
	s.story("news/two.md", "Second wind", "2026-03-02 11:00") // an edit, so that the ledger knows more than the folder
	s.later(time.Hour)
	s.remove("seeds/one.md")
	s.later(time.Hour)
	before := s.out()
	s.remove("out")
	s.later(time.Hour)
	if diff := cmp.Diff(before, s.out()); diff != "" {
		t.Errorf("out/ came back otherwise:\n%s", diff)
	}
}

func TestDamageIsMended(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.run()
	before := s.out()
	for _, name := range []string{"news/rss.xml", "entries/2026/03/first-light.html", "index.html", "feeds.opml"} {
		s.remove("out/" + name)
	}
	s.must(os.WriteFile(s.path("out/atom.xml"), []byte("cut"), 0o644))
	s.later(time.Minute)
	if diff := cmp.Diff(before, s.out()); diff != "" {
		t.Errorf("out/ was not mended:\n%s", diff)
	}
}

func TestLostLedgerGivesTheSameIDs(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.run()
	before := s.out()
	s.loseLedger()
	s.later(time.Hour)
	if diff := cmp.Diff(before, s.out()); diff != "" {
		t.Errorf("without its ledger the site is another:\n%s", diff)
	}
}

func TestForeignFilesStay(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.must(os.MkdirAll(s.path("out/news"), 0o755))
	for _, name := range []string{"out/.gitignore", "out/favicon.ico", "out/news/chart.svg"} {
		s.must(os.WriteFile(s.path(name), []byte("mine"), 0o644))
	}
	s.run()
	s.remove("seeds/news")
	s.later(time.Hour)
	out := s.out()
	for _, name := range []string{".gitignore", "favicon.ico", "news/chart.svg"} {
		if out[name] != "mine" {
			t.Errorf("%s = %q, want it left alone", name, out[name])
		}
	}
	if got := s.shows("Second wind"); len(got) != 0 {
		t.Errorf("what was deleted is still in %v", got)
	}
	if _, there := out["news/rss.xml"]; there {
		t.Error("the feed of a deleted folder stays")
	}
}

func TestSectionWithoutEntriesKeepsItsFeed(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.run()
	s.remove("seeds/news/sport/three.md")
	s.later(time.Hour)
	if got := s.titles("news/sport"); got != "" {
		t.Errorf("the section holds %s", got)
	}
}

func TestEmptyFolderGivesAnEmptyFeed(t *testing.T) {
	s := newSite(t)
	if report := s.run(); report.Documents != 0 {
		t.Errorf("report = %s", report)
	}
	if got := s.titles(""); got != "" {
		t.Errorf("the feed holds %s", got)
	}
	if got := s.later(time.Hour); got.Written != 0 {
		t.Errorf("the second run of an empty folder: %s", got)
	}
}

func TestFeedHoldsTheNewest(t *testing.T) {
	s := newSite(t)
	s.write("feed.yaml", "entries: 2\n")
	s.story("a.md", "Oldest", "2026-03-01")
	s.story("b.md", "Older", "2026-03-02")
	s.story("c.md", "Newer", "2026-03-03")
	s.story("d.md", "Newest", "2026-03-04")
	s.run()
	if got, want := s.titles(""), "Newest, Newer"; got != want {
		t.Errorf("feed = %s, want %s", got, want)
	}
	s.remove("seeds/c.md")
	s.later(time.Hour)
	if got, want := s.titles(""), "Newest, Older"; got != want {
		t.Errorf("after a deletion feed = %s, want %s", got, want)
	}
	s.write("feed.yaml", "entries: 3\n")
	s.later(time.Hour)
	if got, want := s.titles(""), "Newest, Older, Oldest"; got != want {
		t.Errorf("with a longer feed = %s, want %s", got, want)
	}
}
