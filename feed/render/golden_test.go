package render_test

import (
	"bytes"
	"io"
	"path"
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
	sections := []render.Link{
		{Title: "Coast", URL: site.URL + "coast/", Count: 12},
		{Title: "Wire", URL: site.URL + "wire/", Count: 4},
		{Title: "Opinion <& letters>", URL: site.URL + "opinion/"},
	}
	put("index.html", func(w *bytes.Buffer) error {
		return render.Index(w, render.Listing{Site: site, Feed: herald(), Sections: sections})
	})
	put("wire/world/index.html", func(w *bytes.Buffer) error {
		return render.Index(w, render.Listing{Site: site, Feed: world(), Kind: "section", Heading: "World"})
	})
	for _, e := range herald().Entries {
		trail := []render.Link{{Title: site.Title, URL: site.URL}}
		if e.Section != "" {
			trail = append(trail, render.Link{Title: strings.ToUpper(e.Section[:1]) + e.Section[1:], URL: site.URL + e.Section + "/"})
		}
		put(strings.TrimPrefix(e.URL, site.URL), func(w *bytes.Buffer) error {
			return render.Entry(w, render.Article{Site: site, Entry: e, Trail: trail})
		})
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
