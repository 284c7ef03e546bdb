// Package extract reads a document and says what an entry of it would be: its
// title, dates, summary, authors, agency, place, language and content, each
// with the evidence it came from.
//
// A reader for each input format (text.go, markdown.go, html.go) takes a
// document apart into a [source]. The questions (title.go, published.go,
// summary.go ...) are asked of that source and know nothing of formats.
//
// The package does no I/O and reads no clock: the same document gives the same
// entry. It never invents a date: a date is stated by the document, or the
// entry says that it is inferred. What is not to be published is not in the
// content, and markup that could harm a reader is not either.
package extract

import (
	"net/url"
	"path"
	"strings"
	"time"

	"seedfeed/feed"
)

// Options are the facts about a site that documents leave out.
type Options struct {
	// Base is the site's address, with a final slash. Relative links of a
	// document are resolved against Base and the document's folder.
	Base *url.URL

	// Language is assumed where neither the document nor its text tells. BCP 47.
	Language string

	// Location is the time zone of clock times that come without an offset.
	// nil means UTC.
	Location *time.Location
}

// An Extractor turns documents into entries. It may be used by several
// goroutines at once.
type Extractor struct {
	options Options
}

// New returns an Extractor for a site.
func New(options Options) *Extractor {
	if options.Location == nil {
		options.Location = time.UTC
	}
	return &Extractor{options: options}
}

// A reader takes a document of one format apart. Front matter is already off:
// text is what follows it.
type reader func(x *Extractor, s *source) error

// readers lists the input formats by file name extension. A new format is a
// file with its reader, and a line here.
var readers = map[string]reader{
	".txt":      readText,
	".text":     readText,
	".md":       readMarkdown,
	".markdown": readMarkdown,
	".html":     readHTML,
	".htm":      readHTML,
}

// Readable reports whether there is a reader for the document at a path.
func Readable(docPath string) bool {
	return readers[extension(docPath)] != nil
}

func extension(docPath string) string { return strings.ToLower(path.Ext(docPath)) }

// Extract returns the entry of a document. The entry has no address yet, and an
// id only if the document states one.
func (x *Extractor) Extract(doc feed.Document) (feed.Entry, error) {
	values, rest, err := cutFrontMatter(string(doc.Data))
	if err != nil {
		return feed.Entry{}, err
	}
	s := &source{doc: doc, text: rest, stated: values}
	if err := readers[extension(doc.Path)](x, s); err != nil {
		return feed.Entry{}, err
	}
	return feed.Entry{Path: doc.Path, Section: doc.Section(), Content: x.sanitize(doc.Path, s.content)}, nil
}
