package publish

import (
	"context"
	"fmt"
	"path"
	"strings"

	"seedfeed/feed/internal/likeness"
	"seedfeed/feed/ledger"
	"seedfeed/feed/seed"
)

// What is alike, and what is another story. The figures were found with stories of
// several agencies and papers: of those that share a day and a section no two
// have more than a quarter of their text in common; an editor who mends words,
// cuts a third, adds a half or writes a new lead leaves at least 0.5 of it. A
// story that is written anew keeps a fifth at least.
const (
	enough      = 40   // runs of words that a text has by which it is known again
	alikeText   = 0.5  // of the shorter text that stands in the longer, at least
	alikeSketch = 0.4  // of both texts by their sketches, at least
	fewRuns     = 20   // a text of less can not be told to be another one
	otherText   = 0.05 // of the shorter text that stands in the longer, at most
	otherSketch = 0.12 // of both texts by their sketches, at most: chance gives more to one pair in 600
)

// A comparison tells how much a document has in common with what was published
// of an entry.
type comparison struct {
	share float64 // of the text
	exact bool    // both texts were at hand, and not only a sketch of one
	size  int     // of the shorter text
	title bool    // the titles say the same, or most of it
}

// compareText compares a document with the entry of a record.
func (r *run) compareText(ctx context.Context, rd *reading, record ledger.Record) comparison {
	c := comparison{title: sameTitle(rd.entry.Title, record.Title)}
	now := rd.study()
	if before, ok := r.textOf(ctx, record); ok {
		c.share, c.exact, c.size = now.text.Within(before), true, min(now.text.Size(), before.Size())
		return c
	}
	before := likeness.Sketch(record.Sketch)
	c.share, c.size = now.sketch.Resemblance(before), min(now.text.Size(), before.Size())
	return c
}

// textOf returns the text of an entry as it was published last, if that is to be
// had: what came in this run is kept only later, and has its document.
func (r *run) textOf(ctx context.Context, record ledger.Record) (text likeness.Text, ok bool) {
	if entry := r.snapshotOf(ctx, record); entry != nil {
		_, text = meaningOf(entry.Title, entry.Content)
		return text, true
	}
	if !record.Pending {
		return text, false
	}
	file := seed.File{Path: record.Path, Size: record.Size, ModTime: record.ModTime}
	rd := r.read(ctx, work{file: file, known: true})
	if rd.err != nil || rd.digest != record.Digest {
		return text, false
	}
	return rd.study().text, true
}

// alike reports whether a document is an edited form of the entry.
func (c comparison) alike() bool {
	least := alikeSketch
	if c.exact {
		least = alikeText
	}
	return c.size >= enough && c.share >= least
}

// other reports whether a document is another story. In doubt it is not: an edit
// that becomes a new entry is read twice, a story that takes another's place is
// found at the wrong address.
func (c comparison) other() bool {
	most := otherSketch
	if c.exact {
		most = otherText
	}
	return c.size >= fewRuns && c.share <= most && !c.title
}

// notEdited reports whether a document is no edited form of the entry, whose own
// bytes lie elsewhere: here the doubt is whether those are a copy that was kept.
func (c comparison) notEdited() bool { return c.size >= enough && !c.alike() && !c.title }

// String tells people how much is the same.
func (c comparison) String() string {
	percent := fmt.Sprintf("%.0f %%", 100*c.share)
	switch {
	case c.size < enough:
		return "too short to compare"
	case c.exact:
		return percent + " of its text"
	}
	return "about " + percent + " of its text"
}

// sameTitle reports whether at least half of the words of the longer of two
// titles stand in the other.
func sameTitle(a, b string) bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(strings.ToLower(a)) {
		words[word] = true
	}
	n, shared := 0, 0
	for word := range strings.FieldsSeq(strings.ToLower(b)) {
		n++
		if words[word] {
			shared++
		}
	}
	return 2*shared >= max(n, len(words))
}

// stem is the name of a document without its folder and extension.
func stem(name string) string {
	base := path.Base(name)
	return strings.TrimSuffix(base, path.Ext(base))
}
