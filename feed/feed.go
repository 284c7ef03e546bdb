package feed

import (
	"slices"
	"strings"
	"time"
)

// A Feed is a titled, ordered list of entries: the whole site, or a section.
type Feed struct {
	ID          string // an absolute IRI, kept for ever
	Section     string // "" for the whole site
	URL         string // of the feed's page, absolute, with a final slash
	Title       string // one line of plain text, never empty
	Description string // one line of plain text, never empty
	Language    string // BCP 47, "" when not known
	Authors     []Person
	Copyright   string
	Icon        string // absolute URL of a square picture, or ""

	// Updated is when the list last changed in a way that counts: an entry
	// came, changed or went. It is never the time of a build.
	Updated time.Time

	Entries []Entry // in the order of [Newest]
}

// Newest orders entries for a feed: by their publication, newest first, and
// those of one instant by id, so that the order is the same in every run.
func Newest(a, b Entry) int {
	if c := b.Published.Time.Compare(a.Published.Time); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

// Sort puts entries into the order of [Newest].
func Sort(entries []Entry) { slices.SortFunc(entries, Newest) }
