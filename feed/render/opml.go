package render

import (
	"encoding/xml"
	"fmt"
	"io"
	"time"

	"seedfeed/feed"
)

// OPML writes a list of feeds as OPML 2.0, for import into a reader. It names
// the RSS form of each.
func OPML(w io.Writer, title string, feeds []feed.Feed) error {
	doc := opml{Version: "2.0", Title: plain(title)}
	var newest time.Time
	for _, f := range feeds {
		if t := instant(f.Updated); t.After(newest) {
			newest = t
		}
		doc.Outlines = append(doc.Outlines, outline{
			Text:        titleOf(f),
			Title:       titleOf(f),
			Type:        "rss",
			XMLURL:      uri(f.URL) + rssFile,
			HTMLURL:     uri(f.URL),
			Description: plain(f.Description),
			Language:    languageTag(f.Language),
			Version:     "RSS",
		})
	}
	if len(feeds) == 0 { // a body has one outline at least
		doc.Outlines = []outline{{Text: doc.Title}}
	}
	doc.Modified = rfc822(newest)
	if err := writeXML(w, doc); err != nil {
		return fmt.Errorf("%s: %w", outlineFile, err)
	}
	return nil
}

type opml struct {
	XMLName  xml.Name  `xml:"opml"`
	Version  string    `xml:"version,attr"`
	Title    string    `xml:"head>title"`
	Modified string    `xml:"head>dateModified,omitempty"`
	Outlines []outline `xml:"body>outline"`
}

type outline struct {
	Text        string `xml:"text,attr"`
	Title       string `xml:"title,attr,omitempty"`
	Type        string `xml:"type,attr,omitempty"`
	XMLURL      string `xml:"xmlUrl,attr,omitempty"`
	HTMLURL     string `xml:"htmlUrl,attr,omitempty"`
	Description string `xml:"description,attr,omitempty"`
	Language    string `xml:"language,attr,omitempty"`
	Version     string `xml:"version,attr,omitempty"`
}
