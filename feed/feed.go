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
	Image       string // absolute URL of a picture that is wider than high, or ""
	Updates     string // how often news comes: one of [Periods], "" when not known

	// Hubs are the absolute URLs of the WebSub hubs that tell subscribers of
	// what is new in the feed (https://www.w3.org/TR/websub/, section 4).
	Hubs []string

	// Updated is when the list last changed in a way that counts: an entry
	// came, changed or went. It is never the time of a build.
	Updated time.Time

	Entries []Entry // in the order of [Newest]

	// Tombstones are the entries that were public and are not any more (RFC
	// 6721), newest first.
	Tombstones []Tombstone

	// Archive is set for a document of the archive (RFC 5005, section 4), and
	// tells for a feed that is subscribed to where the archive begins.
	Archive Archive
}

// Periods returns the words for how often news comes to a feed, as the RSS
// module Syndication has them (https://web.resource.org/rss/1.0/modules/syndication/).
func Periods() []string { return []string{"hourly", "daily", "weekly", "monthly", "yearly"} }

// A Tombstone is the public mark of an entry that was taken away.
type Tombstone struct {
	ID     string // of the entry
	When   time.Time
	Reason string // for subscribers, or ""
}

// An Archive links the documents of a feed's archive to each other. All are
// absolute URLs, "" where there is none.
type Archive struct {
	Current  string // of the feed that is subscribed to; set in archive documents only
	Previous string // of the newest archive document that is older
	Next     string // of the oldest one that is newer
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
