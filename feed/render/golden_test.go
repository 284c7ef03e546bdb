package render_test

import (
	"bytes"
	"path"
	"strings"
	"testing"

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
	put("index.html", func(w *bytes.Buffer) error { return render.Index(w, render.Listing{Site: site, Feed: herald(), Sections: sections}) })
	put("wire/world/index.html", func(w *bytes.Buffer) error { return render.Index(w, render.Listing{Site: site, Feed: world(), Kind: "section", Heading: "World"}) })
	for _, e := range herald().Entries {
		trail := []render.Link{{Title: site.Title, URL: site.URL}}
		if e.Section != "" {
			trail = append(trail, render.Link{Title: strings.ToUpper(e.Section[:1]) + e.Section[1:], URL: site.URL + e.Section + "/"})
		}
		put(strings.TrimPrefix(e.URL, site.URL), func(w *bytes.Buffer) error { return render.Entry(w, render.Article{Site: site, Entry: e, Trail: trail}) })
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
	var buf bytes.Buffer
	if err := format.Write(&buf, f); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
