package publish

import (
	"fmt"
	"maps"
	"slices"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// fewCopies is how many new documents that tell no date may have one file time
// without a word: somebody saves a few notes, and a program copies a folder.
const fewCopies = 20

// A copying is what came with one file time, to the minute.
type copying struct {
	n     int
	first string // the path of the first of them
}

// noteCopy counts a new document that is published under the time of its file.
//
// Such documents keep that date, which says itself that it is inferred: any older one
// would be made up. People are told, since they can give the files their times back.
func (r *run) noteCopy(before, after ledger.Record) {
	if !before.FirstSeen.IsZero() || after.Status != feed.Live || !after.Inferred || after.DayOnly {
		return
	}
	minute := after.ModTime.Unix() / 60
	c := r.copies[minute]
	if c.n++; c.n == 1 {
		c.first = after.Path
	}
	r.copies[minute] = c
}

// tellCopies tells of the documents that have the time of one copying for their date.
func (r *run) tellCopies() {
	for _, minute := range slices.Sorted(maps.Keys(r.copies)) {
		if c := r.copies[minute]; c.n > fewCopies {
			r.decided(c.first, fmt.Sprintf("it and %d more new documents tell no date, and their files have one time, which is taken for it: copy them with their times (cp -p, rsync -t), or write their dates into them", c.n-1))
		}
	}
}
