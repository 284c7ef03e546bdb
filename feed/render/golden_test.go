package render_test

import (
	"bytes"
	"io"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/internal/golden"
	"seedfeed/feed/render"
)

func TestFormats(t *testing.T) {
	for name, f := range samples() {
		for _, format := range render.Formats() {
			t.Run(name+"/"+format.Name, func(t *testing.T) {
				golden.Check(t, path.Join(name, format.File), write(t, format, f))
			})
		}
	}
}

func TestOPML(t *testing.T) {
	var all, none bytes.Buffer
	if err := render.OPML(&all, "The Harbour Herald & <b>friends</b>", []feed.Feed{herald(), world(), nasty()}); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "feeds.opml", all.Bytes())
	if err := render.OPML(&none, "Nothing yet", nil); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "none.opml", none.Bytes())
}

func TestArchive(t *testing.T) {
	golden.Check(t, "herald/archive.xml", written(t, func(w io.Writer) error { return render.Archive(w, january()) }))
}

// A feed that is opened in a browser finds the style sheet of the site.
func TestFeedStyle(t *testing.T) {
	const site = "https://herald.example/news/"
	archive := render.Archive
	tests := []struct {
		feed  feed.Feed
		file  string
		write func(io.Writer, feed.Feed) error
	}{
		{herald(), "rss.xml", render.RSS},
		{herald(), "atom.xml", render.Atom},
		{world(), "rss.xml", render.RSS},
		{world(), "atom.xml", render.Atom},
		{january(), "", archive},
		{archived(world()), "", archive},
	}
	for _, tt := range tests {
		data := written(t, func(w io.Writer) error { return tt.write(w, tt.feed) })
		m := regexp.MustCompile(`<\?xml-stylesheet type="text/css" href="([^"]+)"\?>`).FindSubmatch(data)
		if m == nil {
			t.Fatalf("%s%s has no style sheet", tt.feed.URL, tt.file)
		}
		address, err := url.Parse(tt.feed.URL + tt.file)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := address.Parse(string(m[1])); err != nil || got.String() != site+"style.css" {
			t.Errorf("%s: style sheet is %s (%v)", address, got, err)
		}
	}
}

// locations are the pages of a sitemap.
func locations() []render.Location {
	list := []render.Location{{URL: herald().URL, Updated: herald().Updated}}
	for _, e := range herald().Entries {
		list = append(list, render.Location{URL: e.URL, Updated: e.Updated.Time})
	}
	return append(list, render.Location{URL: "https://herald.example/news/tags/R&D/ü <b>/", Updated: time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)})
}

func TestSitemap(t *testing.T) {
	maps := []render.Location{
		{URL: "https://herald.example/news/sitemap-1.xml", Updated: time.Date(2026, 2, 16, 10, 15, 0, 5, time.FixedZone("", 7200))},
		{URL: "https://herald.example/news/sitemap-2.xml"},
	}
	for name, write := range map[string]func(io.Writer) error{
		"sitemap.xml":       func(w io.Writer) error { return render.Sitemap(w, locations()) },
		"sitemap-index.xml": func(w io.Writer) error { return render.SitemapIndex(w, maps) },
		"sitemap-none.xml":  func(w io.Writer) error { return render.Sitemap(w, nil) },
	} {
		data := written(t, write)
		golden.Check(t, name, data)
		for _, finding := range lintSitemap(data) {
			t.Errorf("%s: %s", name, finding)
		}
	}
}

func TestRobots(t *testing.T) {
	data := written(t, func(w io.Writer) error { return render.Robots(w, heraldSite()) })
	golden.Check(t, "robots.txt", data)
	for _, finding := range lintRobots(data) {
		t.Error(finding)
	}
}

func TestPages(t *testing.T) {
	for name, page := range pages(t) {
		t.Run(name, func(t *testing.T) { golden.Check(t, path.Join("site", name), page) })
	}
}

// frontPage is the Herald's, with all that leads on from there.
func frontPage() render.Listing {
	site := heraldSite()
	l := render.Listing{
		Site: site, Feed: herald(),
		Sections: []render.Link{
			{Title: "Coast", URL: site.URL + "coast/", Count: 12},
			{Title: "Wire", URL: site.URL + "wire/", Count: 4},
			{Title: "Opinion <& letters>", URL: site.URL + "opinion/"},
		},
		Tags: []render.Link{
			{Title: "Ferries", URL: site.URL + "tags/ferries/", Count: 17},
			{Title: "R&D", URL: site.URL + "tags/r-d/", Count: 3},
			{Title: "منارات", URL: site.URL + "tags/manarat/", Count: 1},
		},
		Authors: []render.Link{{Title: "Ada Brine", URL: site.URL + "authors/ada-brine/", Count: 9}},
		Languages: []render.Link{
			{Title: "English", URL: site.URL + "languages/en/", Count: 30},
			{Title: "العربية", URL: site.URL + "languages/ar/", Count: 2},
			{Title: "日本語", URL: site.URL + "languages/ja/", Count: 1},
		},
	}
	for _, month := range []string{"2026-02", "2026-01", "2025-12", "2025-11", "2024-06"} {
		l.Months = append(l.Months, render.Link{Title: month, URL: site.URL + "archive/" + month + ".html", Count: 7})
	}
	return l
}

// pages renders the pages of a sample site by their path in it.
func pages(t testing.TB) map[string][]byte {
	t.Helper()
	site := heraldSite()
	out := map[string][]byte{}
	put := func(name string, render func(*bytes.Buffer) error) {
		var page bytes.Buffer
		if err := render(&page); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[name] = page.Bytes()
	}
	home := []render.Link{{Title: site.Title, URL: site.URL}}
	put("index.html", func(w *bytes.Buffer) error { return render.Index(w, frontPage()) })
	put("wire/world/index.html", func(w *bytes.Buffer) error {
		return render.Index(w, render.Listing{
			Site: site, Feed: world(), Kind: "section", Heading: "World",
			Trail: append(home, render.Link{Title: "Wire", URL: site.URL + "wire/"}),
		})
	})
	put("tags/r-d/index.html", func(w *bytes.Buffer) error {
		f := world()
		f.Section, f.URL, f.Title, f.Entries = "tags/r-d", site.URL+"tags/r-d/", "R&D – The Harbour Herald", []feed.Entry{edited()}
		return render.Index(w, render.Listing{Site: site, Feed: f, Kind: "tag", Heading: "R&D", Trail: home})
	})
	put("authors/ada-brine/index.html", func(w *bytes.Buffer) error {
		f := world()
		f.Section, f.URL, f.Title, f.Entries = "authors/ada-brine", site.URL+"authors/ada-brine/", "Ada Brine – The Harbour Herald", []feed.Entry{edited()}
		return render.Index(w, render.Listing{Site: site, Feed: f, Kind: "author", Heading: "Ada Brine", Trail: home})
	})
	put("archive/2026-02.html", func(w *bytes.Buffer) error {
		f := herald()
		f.URL = site.URL + "archive/2026-02.html"
		return render.Index(w, render.Listing{
			Site: site, Feed: f, Kind: "month", Month: "2026-02", NoFeeds: true, Trail: home,
			Older: &render.Link{Title: "2026-01", URL: site.URL + "archive/2026-01.html"},
		})
	})
	entries := herald().Entries
	for i, e := range entries {
		a := render.Article{Site: site, Entry: e, Trail: slices.Clone(home)}
		if e.Section != "" {
			a.Trail = append(a.Trail, render.Link{Title: strings.ToUpper(e.Section[:1]) + e.Section[1:], URL: site.URL + e.Section + "/"})
		}
		if i > 0 {
			a.Newer = &render.Link{Title: entries[i-1].Title, URL: entries[i-1].URL}
		}
		if i < len(entries)-1 {
			a.Older = &render.Link{Title: entries[i+1].Title, URL: entries[i+1].URL}
		}
		if e.ID == edited().ID {
			a.Tags = []render.Link{{Title: "R&D", URL: site.URL + "tags/r-d/"}, {Title: "Tides"}}
			a.Authors = []render.Link{{Title: "Ada Brine", URL: site.URL + "authors/ada-brine/"}, {Title: "B. Keel"}}
		}
		put(strings.TrimPrefix(e.URL, site.URL), func(w *bytes.Buffer) error { return render.Entry(w, a) })
	}
	put("empty/index.html", func(w *bytes.Buffer) error {
		return render.Index(w, render.Listing{Site: render.Site{Title: "Nothing yet", URL: "http://localhost:8080/"}, Feed: empty()})
	})
	put("nasty/index.html", func(w *bytes.Buffer) error {
		f := nasty()
		return render.Index(w, render.Listing{Site: render.Site{Title: f.Title, URL: f.URL, Description: f.Description, Language: f.Language, Icon: f.Icon, Copyright: f.Copyright}, Feed: f, Sections: []render.Link{{Title: f.Title, URL: "javascript:alert(1)"}}})
	})
	put("nasty/entry.html", func(w *bytes.Buffer) error {
		f := nasty()
		return render.Entry(w, render.Article{Site: render.Site{Title: f.Title, URL: f.URL, Language: f.Language}, Entry: f.Entries[0], Trail: []render.Link{{Title: f.Title, URL: f.URL}}})
	})
	return out
}

func write(t testing.TB, format render.Format, f feed.Feed) []byte {
	t.Helper()
	return written(t, func(w io.Writer) error { return format.Write(w, f) })
}

func written(t testing.TB, write func(io.Writer) error) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
