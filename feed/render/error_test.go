package render_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"seedfeed/feed"
	"seedfeed/feed/render"
)

// fullDisk takes n bytes.
type fullDisk struct{ n int }

var errFull = errors.New("no space left")

func (d *fullDisk) Write(p []byte) (int, error) {
	if d.n < len(p) {
		return 0, errFull
	}
	d.n -= len(p)
	return len(p), nil
}

// An error of the writer comes back with the name of the file, wherever it
// strikes.
func TestErrors(t *testing.T) {
	for _, format := range render.Formats() {
		size := len(write(t, format, herald()))
		for _, room := range []int{0, size / 2, size - 1} {
			err := format.Write(&fullDisk{room}, herald())
			if !errors.Is(err, errFull) || err.Error() != format.File+": no space left" {
				t.Errorf("%s with room for %d bytes of %d: error = %v", format.Name, room, size, err)
			}
		}
	}
	if err := render.OPML(&fullDisk{}, "T", nil); !errors.Is(err, errFull) || err.Error() != "feeds.opml: no space left" {
		t.Errorf("OPML: error = %v", err)
	}
	for name, write := range map[string]func(io.Writer) error{
		"https://herald.example/news/archive/2026-01.xml": func(w io.Writer) error { return render.Archive(w, january()) },
		"sitemap.xml": func(w io.Writer) error { return render.Sitemap(w, locations()) },
		"robots.txt":  func(w io.Writer) error { return render.Robots(w, heraldSite()) },
	} {
		if err := write(&fullDisk{}); !errors.Is(err, errFull) || err.Error() != name+": no space left" {
			t.Errorf("%s: error = %v", name, err)
		}
	}
	site := heraldSite()
	if err := render.Index(&fullDisk{}, render.Listing{Site: site, Feed: herald()}); !errors.Is(err, errFull) || err.Error() != "index page: no space left" {
		t.Errorf("Index: error = %v", err)
	}
	if err := render.Entry(&fullDisk{}, render.Article{Site: site, Entry: ferry()}); !errors.Is(err, errFull) || err.Error() != "entry page: no space left" {
		t.Errorf("Entry: error = %v", err)
	}
}

// A feed of nothing at all is still well-formed, and nothing panics.
func TestZeroValues(t *testing.T) {
	zero := feed.Feed{Entries: []feed.Entry{{}, {}}}
	for _, format := range render.Formats() {
		data := write(t, format, zero)
		if format.File == "feed.json" {
			continue
		}
		if _, err := parse(data); err != nil {
			t.Errorf("%s: %v", format.Name, err)
		}
	}
	var page bytes.Buffer
	if err := render.Index(&page, render.Listing{Feed: zero, Kind: "tag", Sections: []render.Link{{}}, Months: []render.Link{{}}, Older: &render.Link{}}); err != nil {
		t.Error(err)
	}
	if err := render.Entry(&page, render.Article{Trail: []render.Link{{}}, Tags: []render.Link{{}}, Older: &render.Link{}}); err != nil {
		t.Error(err)
	}
}
