package render

import (
	"io"
	"time"

	"seedfeed/feed"
)

// rehearse tries the templates on pages that have everything, and on some that
// have nothing: what is wrong shows before the first page is written.
func (t *Theme) rehearse() error {
	link := Link{Title: "Link", URL: "https://site.example/link/", Count: 1}
	links, month := []Link{link}, Link{Title: "2006-01", URL: "https://site.example/archive/2006-01.html", Count: 1}
	site := Site{
		Title: "Site", URL: "https://site.example/", Language: "en", Description: "Description",
		Copyright: "Copyright", Icon: "https://site.example/icon.png", Image: "https://site.example/image.png",
	}
	entry := feed.Entry{
		ID: "urn:x", URL: "https://site.example/entries/x.html", Title: "Title", Summary: "Summary", Content: "<p>Text</p>",
		Published: feed.Day(2006, time.January, 2), Updated: feed.Day(2006, time.January, 3), Inferred: true,
		Authors: []feed.Person{{Name: "Author"}}, Agency: "Agency", Place: "PLACE", Language: "ar", Categories: []string{"Tag"},
		Image:      &feed.Image{URL: "https://site.example/a.png", Width: 2, Height: 1, Alt: "Picture"},
		Enclosures: []feed.Enclosure{{URL: "https://site.example/a.pdf", Type: "application/pdf", Length: 1, Title: "File"}},
		From:       feed.Provenance{Published: feed.Evidence{Source: "dateline", Words: "PLACE, January 2."}},
	}
	full := feed.Feed{URL: "https://site.example/link/", Title: "Title", Description: "Description", Entries: []feed.Entry{entry, entry}}
	for _, l := range []Listing{
		{Site: site, Feed: full, Kind: "tag", Trail: links, Sections: links, Tags: links, Authors: links, Languages: links, Months: []Link{month}, Corrections: &link, Older: &link, Newer: &link},
		{Site: site, Feed: full, Kind: "month", Month: "2006-01", NoFeeds: true, Older: &month, Newer: &month},
		{},
	} {
		if err := t.Index(io.Discard, l); err != nil {
			return err
		}
	}
	for _, a := range []Article{{Site: site, Entry: entry, Trail: links, Tags: links, Authors: links, Older: &link, Newer: &link}, {}} {
		if err := t.Entry(io.Discard, a); err != nil {
			return err
		}
	}
	return nil
}
