package publish

import (
	"context"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/internal/likeness"
	"seedfeed/feed/ledger"
)

// How a document is known again that was deleted a while ago, and is back elsewhere
// with some edits. Only the sketch of its text is left by then.
const (
	past      = 90 * 24 * time.Hour // after its end
	pastGuess = 0.6                 // of both texts, at least, where no day is stated and the name is another
	mostPast  = 5000                // entries that are looked at, those that ended last
)

// loadPast remembers the entries that ended since a while, once in a run.
func (r *run) loadPast(ctx context.Context) error {
	if r.pastKnown {
		return nil
	}
	r.pastKnown = true
	ended, err := r.Ledger.Tombstones(ctx, "", r.now.Add(-past))
	for _, record := range ended {
		if record.Status == feed.Gone && record.Reason == reasonDeleted && len(r.past) < mostPast {
			r.past = append(r.past, record)
		}
	}
	return err
}

// byPastText finds the entry that a new document was before it was deleted: one of its
// section or with its name, of its day, with most of its text.
func (r *run) byPastText(ctx context.Context, tx *ledger.Tx, rd *reading) (record ledger.Record, found bool, err error) {
	if err := r.loadPast(ctx); err != nil || len(r.past) == 0 {
		return record, false, err
	}
	sketch, best := rd.study().sketch, 0.
	for _, gone := range r.past {
		name := stem(gone.Path) == stem(rd.file.Path) || gone.Title == rd.entry.Title
		if !name && gone.Section != rd.entry.Section || !sameTime(rd, gone) {
			continue
		}
		before := likeness.Sketch(gone.Sketch)
		c := comparison{share: sketch.Resemblance(before), size: min(rd.study().text.Size(), before.Size())}
		guessed := rd.entry.Inferred || gone.Inferred
		if !c.alike() || c.share <= best || guessed && !name && c.share < pastGuess {
			continue
		}
		now, known, err := tx.ByID(ctx, gone.ID)
		if err != nil {
			return record, false, err
		}
		if known && now.Status == feed.Gone {
			record, best, found = now, c.share, true
		}
	}
	if found {
		c := comparison{share: best, size: enough}
		r.decided(rd.file.Path, "was "+record.Path+", which was deleted; "+c.String())
	}
	return record, found, nil
}
