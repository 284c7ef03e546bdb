package render

import (
	"io"

	"seedfeed/feed"
)

// The names of a feed's files, below the address of the feed's page.
const (
	rssFile     = "rss.xml"
	atomFile    = "atom.xml"
	jsonFile    = "feed.json"
	outlineFile = "feeds.opml"
	styleFile   = "style.css"
)

// generator is the name of the program in the feeds. It has no version: a new
// one would change each feed without a change for its readers.
const generator = "seedfeed"

// A Format is a form in which a feed is published.
type Format struct {
	Name      string // for people: "RSS 2.0"
	File      string // the name of its file: "rss.xml"
	MediaType string // without parameters: "application/rss+xml"
	Write     func(w io.Writer, f feed.Feed) error
}

// Formats returns the forms in which each feed is published, in the order in
// which pages offer them. RSS is the first, since most readers take the first
// and all of them read it.
//
// A new format is a file with its function, and a line here.
func Formats() []Format {
	return []Format{
		{"RSS 2.0", rssFile, "application/rss+xml", RSS},
		{"Atom 1.0", atomFile, "application/atom+xml", Atom},
		{"JSON Feed 1.1", jsonFile, "application/feed+json", JSON},
	}
}
