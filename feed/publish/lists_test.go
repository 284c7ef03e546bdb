package publish_test

import (
	"strings"
	"testing"
	"time"
)

// tagged writes a document with tags, an author and a language.
func (s *site) tagged(name, title, date, language, tags string) {
	s.t.Helper()
	s.write(name, "---\ntitle: "+title+"\ndate: "+date+"\nauthor: Ada Moreno\nlanguage: "+language+"\ntags: ["+tags+"]\n---\nThe text of "+title+".\n")
}

func TestListsHaveFeeds(t *testing.T) {
	s := newSite(t)
	s.tagged("a.md", "First light", "2026-03-01", "en-GB", "harbour, C++")
	s.tagged("b.md", "Zweiter Wind", "2026-03-02", "de", "Harbour, C#, Küste, 港")
	s.run()
	for dir, want := range map[string]string{
		"tags/harbour":       "Zweiter Wind, First light",
		"authors/ada-moreno": "Zweiter Wind, First light",
		"languages/en":       "First light",
		"languages/de":       "Zweiter Wind",
		"tags/kuste":         "Zweiter Wind",
	} {
		if got := s.titles(dir); got != want {
			t.Errorf("%s holds %s, want %s", dir, got, want)
		}
	}
	n := 0
	for name := range s.out() {
		if strings.HasPrefix(name, "tags/") && strings.HasSuffix(name, "/rss.xml") {
			n++
		}
	}
	if n != 5 {
		t.Errorf("%d tags have a feed, want 5", n)
	}

	// A tag that goes takes its feed along; a language that is alone needs none.
	s.tagged("b.md", "Second wind", "2026-03-02", "en", "harbour")
	s.later(time.Hour)
	for name := range s.out() {
		if strings.HasPrefix(name, "tags/kuste") || strings.HasPrefix(name, "languages/") {
			t.Errorf("%s stays", name)
		}
	}
	if got, want := s.titles("tags/harbour"), "Second wind, First light"; got != want {
		t.Errorf("tags/harbour holds %s, want %s", got, want)
	}
	s.remove("seeds/b.md")
	s.later(time.Hour)
	if got, want := s.titles("authors/ada-moreno"), "First light"; got != want {
		t.Errorf("after a deletion the author's feed holds %s, want %s", got, want)
	}
}

// Sections that are called like a folder of ours do not collide with it.
func TestSectionNamesThatAreTaken(t *testing.T) {
	s := newSite(t)
	s.tagged("tags/harbour/a.md", "First light", "2026-03-01", "en", "harbour")
	s.story("entries/2026/b.md", "Second wind", "2026-03-02")
	s.story("archive/c.md", "Third time", "2026-03-03")
	s.run()
	for dir, want := range map[string]string{
		"tags/harbour": "First light", "section-tags/harbour": "First light",
		"section-entries/2026": "Second wind", "section-archive": "Third time",
	} {
		if got := s.titles(dir); got != want {
			t.Errorf("%s holds %s, want %s", dir, got, want)
		}
	}
	if report := s.later(time.Hour); report.Written+report.Removed != 0 {
		t.Errorf("the second run: %s", report)
	}
}

func TestMonthsGoToTheArchive(t *testing.T) {
	s := newSite(t)
	s.story("a.md", "Old story", "2025-12-24")
	s.story("b.md", "Older story", "2025-11-05")
	s.story("c.md", "New story", "2026-03-02")
	s.run()
	out := s.out()
	if !strings.Contains(out["archive/2025-12.xml"], "Old story") || !strings.Contains(out["archive/2025-11.xml"], "Older story") {
		t.Error("the archive lacks a month that is over")
	}
	if _, there := out["archive/2026-03.xml"]; there {
		t.Error("the month that is not over is in the archive")
	}
	for name, want := range map[string]string{
		"atom.xml":            "archive/2025-12.xml",
		"archive/2025-12.xml": "archive/2025-11.xml",
		"archive/2025-11.xml": "archive/2025-12.xml",
	} {
		if !strings.Contains(out[name], "https://news.example.org/"+want) {
			t.Errorf("%s does not link to %s", name, want)
		}
	}
	for _, name := range []string{"archive/2026-03.html", "archive/2025-12.html", "archive/2025-11.html"} {
		if out[name] == "" {
			t.Errorf("the page %s is missing", name)
		}
	}

	// A new entry leaves the closed months alone.
	s.story("d.md", "Newest story", "2026-03-05")
	s.later(time.Hour)
	for _, name := range []string{"archive/2025-12.xml", "archive/2025-11.xml", "archive/2025-12.html"} {
		if s.out()[name] != out[name] {
			t.Errorf("%s changed", name)
		}
	}

	// When the month is over, it is archived, though no document changed.
	s.now = time.Date(2026, time.April, 1, 0, 0, 1, 0, time.UTC)
	s.run()
	if archive := s.out()["archive/2026-03.xml"]; !strings.Contains(archive, "New story") || !strings.Contains(archive, "Newest story") {
		t.Error("the month that is over is not in the archive")
	}
	if !strings.Contains(s.out()["atom.xml"], "archive/2026-03.xml") || !strings.Contains(s.out()["archive/2025-12.xml"], "archive/2026-03.xml") {
		t.Error("nothing links to the new month of the archive")
	}
	if report := s.later(time.Hour); report.Written != 0 {
		t.Errorf("the next run: %s", report)
	}

	// A month whose entries are gone leaves the archive.
	s.remove("seeds/a.md")
	s.later(time.Hour)
	out = s.out()
	if _, there := out["archive/2025-12.xml"]; there || out["archive/2025-12.html"] != "" || out["sitemaps/2025-12.xml"] != "" {
		t.Error("an empty month stays")
	}
	if found := s.leaks("archive/2025-12"); len(found) != 0 {
		t.Errorf("an empty month is still linked in %v", found)
	}
}

func TestTombstonesStandForNinetyDays(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.run()
	id := s.item("Second wind").ID
	s.remove("seeds/news/two.md")
	s.later(time.Hour)
	for _, name := range []string{"atom.xml", "news/atom.xml"} {
		if !strings.Contains(s.out()[name], `ref="`+id+`"`) {
			t.Errorf("%s has no tombstone", name)
		}
	}
	if strings.Contains(s.out()["news/sport/atom.xml"], id) {
		t.Error("a section below has the tombstone too")
	}
	s.later(89 * 24 * time.Hour)
	if !strings.Contains(s.out()["atom.xml"], id) {
		t.Error("the tombstone is gone after 89 days")
	}
	s.later(2 * 24 * time.Hour)
	if found := s.leaks(id); len(found) != 0 {
		t.Errorf("after 91 days the tombstone is still in %v", found)
	}
	if report := s.later(time.Hour); report.Written != 0 {
		t.Errorf("the next run: %s", report)
	}
}

// A page links to the entries next to it, whatever happens to them.
func TestNeighbours(t *testing.T) {
	s := newSite(t)
	s.story("a.md", "First light", "2026-03-01")
	s.story("c.md", "Third time", "2026-03-03")
	s.run()
	page := func(title string) string { return s.out()[s.item(title).page()] }
	links := func(after, title string, want, wantNot string) {
		t.Helper()
		if got := page(title); !strings.Contains(got, want) || wantNot != "" && strings.Contains(got, wantNot) {
			t.Errorf("after %s the page %q should link to %q and not to %q", after, title, want, wantNot)
		}
	}
	links("the first run", "First light", "Third time", "")
	s.story("b.md", "Second wind", "2026-03-02")
	s.later(time.Hour)
	links("adding", "First light", "Second wind", "Third time")
	links("adding", "Third time", "Second wind", "First light")
	s.story("b.md", "Other wind", "2026-03-02")
	s.later(time.Hour)
	links("a new title", "First light", "Other wind", "Second wind")
	s.story("b.md", "Other wind", "2026-03-04")
	s.later(time.Hour)
	links("moving", "First light", "Third time", "Other wind")
	links("moving", "Third time", "Other wind", "")
	s.remove("seeds/c.md")
	s.later(time.Hour)
	links("deleting", "First light", "Other wind", "Third time")
	links("deleting", "Other wind", "First light", "Third time")
}

func TestSitemap(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.run()
	out := s.out()
	for name, want := range map[string]string{
		"robots.txt":           "https://news.example.org/sitemap.xml",
		"sitemap.xml":          "https://news.example.org/sitemaps/2026-03.xml",
		"sitemaps/2026-03.xml": "https://news.example.org/entries/2026/03/first-light.html",
		"sitemaps/lists.xml":   "https://news.example.org/news/sport/",
	} {
		if !strings.Contains(out[name], want) {
			t.Errorf("%s lacks %s:\n%s", name, want, out[name])
		}
	}
}
