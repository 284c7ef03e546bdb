package publish

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"seedfeed/feed/internal/likeness"
	"seedfeed/feed/ledger"
)

// How a later version is known that has another headline, and no slug: it says that
// it is one, comes from the same place and agency, and has most of the text. Two
// stories of one day and place have up to a quarter of their text in common, and the
// reports of a market on two days, which tell the background each time, more.
const (
	retitledSameDay = 0.4 // of the shorter text that stands in the longer, at least
	retitledLater   = 0.6 // likewise, a day or more apart
	retitledMargin  = 0.1 // over the next one, at least
	mostRetitled    = 5   // entries whose texts are compared
	fewShared       = 2   // words of the two headlines, at least, where the sketches do not tell
	likelySketch    = 0.1 // of both texts by their sketches, at least
)

// because says why an entry was taken for the story, for people, or "".
func (c candidate) because() string {
	if c.why == "" {
		return ""
	}
	return "; " + c.why
}

// retitled finds the entry that a document is a later version of by the text, if one
// is much more like it than all others.
func (r *run) retitled(ctx context.Context, tx *ledger.Tx, rd *reading, id string) (head candidate, found bool, err error) {
	if rd.entry.Revision.IsZero() || rd.entry.Revision.ByName || rd.entry.Place == "" || rd.study().text.Size() < enough {
		return head, false, nil
	}
	ids, err := r.likelyVersions(ctx, tx, rd, id)
	if err != nil {
		return head, false, err
	}
	candidates, err := candidatesOf(ctx, tx, ids)
	if err != nil {
		return head, false, err
	}
	best, next := 0., 0.
	for _, c := range candidates {
		share, fits := r.hasTextOf(ctx, rd, &c)
		switch {
		case share > best:
			best, next = share, best
			head, found = c, fits
		case share > next:
			next = share
		}
	}
	return head, found && best-next >= retitledMargin, ctx.Err()
}

// likelyVersions returns the ids of the entries whose texts are worth to be compared
// with that of a document, the most alike first.
func (r *run) likelyVersions(ctx context.Context, tx *ledger.Tx, rd *reading, id string) ([]string, error) {
	at := r.dated(rd)
	titles, err := tx.Titles(ctx, rd.entry.Section, at.Add(-sameStory), at.Add(sameStory))
	if err != nil {
		return nil, err
	}
	type likely struct {
		id    string
		score float64
	}
	var all []likely
	own, words := rd.study().sketch, longWords(rd.entry.Title)
	for _, t := range titles {
		resemblance, shared := own.Resemblance(likeness.Sketch(t.Sketch)), 0
		for word := range longWords(t.Title) {
			if words[word] {
				shared++
			}
		}
		if t.ID != id && (resemblance >= likelySketch || shared >= fewShared) {
			all = append(all, likely{t.ID, resemblance + float64(shared)/10})
		}
	}
	slices.SortStableFunc(all, func(a, b likely) int { return cmp.Compare(b.score, a.score) })
	var ids []string
	for _, l := range all[:min(len(all), mostRetitled)] {
		ids = append(ids, l.id)
	}
	return ids, nil
}

// hasTextOf returns how much of its text a document has in common with an entry, and
// whether the two are versions of one story by that, by place, agency and time.
func (r *run) hasTextOf(ctx context.Context, rd *reading, c *candidate) (share float64, fits bool) {
	entry := r.entryOf(ctx, c.record)
	if entry == nil || !samePlace(entry.Place, rd.entry.Place) || entry.Agency != rd.entry.Agency {
		return 0, false
	}
	_, text := meaningOf(entry.Title, entry.Content)
	share = rd.study().text.Within(text)
	least := retitledSameDay
	if apart := r.dated(rd).Sub(c.record.Published).Abs(); apart >= 24*time.Hour {
		least = retitledLater
	}
	found := comparison{share: share, exact: true, size: min(rd.study().text.Size(), text.Size())}
	c.why = found.String()
	return share, found.size >= enough && share >= least
}

// longWords returns the words of a title that may tell what it is about.
func longWords(title string) map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(foldName(title)) {
		if len(word) > 3 {
			words[word] = true
		}
	}
	return words
}
