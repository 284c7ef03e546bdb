// Package check reads a site as its subscribers will, and tells what is wrong.
//
// [Site] looks at all of it: the documents, as a run reads them, and what is
// published in out/: feeds, pages and the list of feeds, by the rules of their
// formats and by what feed readers are known to do. A [Monitor] looks at those
// feeds alone that changed since it looked last, for use after each run. What
// can be found is listed by [Rules].
//
// The package promises that what it says of a file depends on that file, the
// ledger and the instant it was given, and nothing else; that one bad file
// hides no other; and that its time grows with the size of the site and not
// faster. It shares no code with the packages that write feeds: a rule stands
// here a second time, from its text.
//
// It never writes, never asks the network, and reads no clock.
package check

import (
	"cmp"
	"context"
	"io/fs"
	"net/url"
	"path"
	"strconv"
	"time"

	"seedfeed/feed/ledger"
	"seedfeed/feed/seed"
)

// Options say what is checked. What is nil is left out.
type Options struct {
	Seeds  *seed.Folder   // the documents
	Out    fs.FS          // the folder of feeds and pages
	Ledger *ledger.Ledger // what was published before: ids and files are compared with it

	// Base is the address of the site as subscribers see it, with a final slash.
	// nil means the one that its feeds tell.
	Base *url.URL

	// Location is the time zone of days and of clock times without an offset.
	// nil means UTC.
	Location *time.Location

	// Now is the instant after which a date lies in the future.
	Now time.Time

	SeedsName string // how findings name the folder of documents; "" means "seeds"
	OutName   string // how findings name the folder of feeds; "" means "out"
}

func (o Options) seedsName() string { return cmp.Or(o.SeedsName, "seeds") }
func (o Options) outName() string   { return cmp.Or(o.OutName, "out") }

func (o Options) location() *time.Location {
	if o.Location == nil {
		return time.UTC
	}
	return o.Location
}

// A Finding is one thing that is wrong, or worth knowing.
type Finding struct {
	File    string `json:"file"`           // with the name of its folder: "out/news/rss.xml"
	Line    int    `json:"line,omitempty"` // from 1; 0 when it can not be told
	Level   Level  `json:"level"`
	Rule    string `json:"rule"`    // the name of one of [Rules]
	Message string `json:"message"` // one line for people, with the next step where there is one
}

// String returns the finding as compilers write theirs, so that editors find the
// place, with the name of the rule at the end:
//
//	out/news/rss.xml:12: error: "Mon, 15 Feb 2026 ..." is a Sunday [weekday]
func (f Finding) String() string {
	place := printable(f.File)
	if f.Line > 0 {
		place += ":" + strconv.Itoa(f.Line)
	}
	return place + ": " + f.Level.String() + ": " + f.Message + " [" + f.Rule + "]"
}

// A Report is what a check found.
type Report struct {
	Findings []Finding // sorted by file and line
	Files    int       // that were looked at
}

// Count returns the number of findings of a level.
func (r Report) Count(level Level) int {
	n := 0
	for _, f := range r.Findings {
		if f.Level == level {
			n++
		}
	}
	return n
}

// Site checks all of a site. The error is about the check as a whole: a folder
// that can not be listed, a ledger that can not be read, the context's.
//
// It holds the names of the files in out/, the findings, and what is needed to
// compare the last documents with each other, but no more than one batch of
// their texts.
func Site(ctx context.Context, o Options) (Report, error) {
	c := newChecker(o)
	if o.Seeds != nil {
		if err := c.documents(ctx); err != nil {
			return Report{}, err
		}
	}
	if o.Out != nil {
		if err := c.published(ctx); err != nil {
			return Report{}, err
		}
	}
	return c.report(), nil
}

// A checker is the state of one check.
type checker struct {
	Options
	findings []Finding
	files    int
	out      *tree
}

func newChecker(o Options) *checker {
	return &checker{Options: o, out: newTree(o.Out, o.Base)}
}

func (c *checker) report() Report {
	sortFindings(c.findings)
	return Report{Findings: c.findings, Files: c.files}
}

// A place is a file that findings are about.
type place struct {
	*checker
	file string // with the name of its folder
}

func (c *checker) document(name string) place { return place{c, path.Join(c.seedsName(), name)} }
func (c *checker) output(name string) place   { return place{c, path.Join(c.outName(), name)} }
