// Package extract reads a document and says what an entry of it would be: its
// title, dates, summary, authors, agency, place, language and content, each
// with the evidence it came from.
//
// A reader for each input format (text.go, markdown.go, html.go) takes a
// document apart into a [source]. What stands where in its text is told once,
// by the [story]: headline, byline, dateline, lead, end marks. The questions
// (title.go, published.go, summary.go ...) are asked of both and know nothing
// of formats.
//
// The package does no I/O and reads no clock: the same document gives the same
// entry. It never invents a date: a date is stated by the document, or the
// entry says that it is inferred. What is not to be published is not in the
// content, and markup that could harm a reader is not either.
package extract

import (
	"errors"
	"net/url"
	"path"
	"strings"
	"time"

	"seedfeed/feed"
)

// ErrEmpty says that a document holds nothing that could be published.
var ErrEmpty = errors.New("nothing to publish: the file is empty")

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

// A format is a kind of document: how its bytes become text, and how the text is
// taken apart. Front matter is off by then.
type format struct {
	decode func(data []byte) (string, error)
	read   func(x *Extractor, s *source) error
}

// formatOf returns the format of the document at a path, by the extension of its
// name. A new format is a file with its reader, and a line here.
func formatOf(docPath string) (format, bool) {
	switch strings.ToLower(path.Ext(docPath)) {
	case ".txt", ".text":
		return format{decodeText, readText}, true
	case ".md", ".markdown":
		return format{decodeText, readMarkdown}, true
	case ".html", ".htm":
		return format{decodeHTML, readHTML}, true
	}
	return format{}, false
}

// Readable reports whether there is a reader for the document at a path.
func Readable(docPath string) bool {
	_, ok := formatOf(docPath)
	return ok
}

// Extract returns the entry of a document: everything that the document tells,
// and for each value where it came from. What only the ledger or the run can
// know is left empty: Address and URL always are, and ID unless the document
// states one, in which case it is the value as stated, which need not be an IRI.
//
// The status is [feed.Held] for a document that says that it is not to be
// published (draft, embargo without a date), else [feed.Live]; a date that lies
// in the future is for the caller, who has a clock.
//
// The error is [ErrEmpty], text.ErrBinary, a [*SyntaxError] of the front matter,
// or [ErrUnsupported].
func (x *Extractor) Extract(doc feed.Document) (feed.Entry, error) {
	s, err := x.read(doc)
	if err != nil {
		return feed.Entry{}, err
	}
	return x.answer(s), nil
}

// ErrUnsupported says that there is no reader for a document.
var ErrUnsupported = errors.New("no document: its name does not end in .txt, .md or .html")

// read takes a document apart.
func (x *Extractor) read(doc feed.Document) (*source, error) {
	format, ok := formatOf(doc.Path)
	if !ok {
		return nil, ErrUnsupported
	}
	decoded, err := format.decode(doc.Data)
	if err != nil {
		return nil, err
	}
	values, rest, err := cutFrontMatter(decoded)
	if err != nil {
		return nil, err
	}
	s := &source{doc: doc, text: rest, stated: values}
	if strings.TrimSpace(rest) == "" {
		if _, ok := s.find(askTitle); !ok {
			return nil, ErrEmpty // front matter with a title is an entry, though a short one
		}
	}
	if err := format.read(x, s); err != nil {
		return nil, err
	}
	return s, nil
}

// answer asks the questions. Their order matters where one needs the answer to
// another: names of months and of places depend on the language, the year of a
// dateline on what else the text says, the summary on the title.
func (x *Extractor) answer(s *source) feed.Entry {
	e := feed.Entry{Path: s.doc.Path, Section: s.doc.Section(), Status: feed.Live}
	st := tell(s)
	x.language(s, st, &e)
	agencyAndPlace(s, st, &e)
	authors(s, st, &e)
	x.published(s, st, &e)
	x.updated(s, st, &e)
	title(s, st, &e)
	summary(s, st, &e)
	categories(s, &e)
	revision(s, st, &e)
	x.held(s, st, &e)
	kill(s, st, &e)
	identify(s, &e)
	e.Notes = append(e.Notes, s.notes()...)
	cut(s, st, &e)
	if s.content == "" {
		e.Content = contentOf(s, st) // escaped, balanced and absolute as it is made
	} else {
		e.Content = x.sanitize(s.doc.Path, s.content)
	}
	corrections(s, &e)
	x.image(s, &e)
	return e
}
