package publish

import (
	"context"
	"slices"
	"strings"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// sparing is how long an entry whose document is missing may be left alone.
const sparing = 30 * time.Second

// spare leaves entries alone whose document is missing while one settles that may
// be the same, saved under another name: the next run knows it again, and that an
// entry was deleted is told to subscribers at once.
func (r *run) spare(context.Context) error {
	spared := map[string]time.Time{}
	for id, state := range r.missing {
		since, before := r.spared[id]
		if !before {
			since = r.now
		}
		if age := r.now.Sub(since); !r.moved[id] && r.settlesNear(state.Path) && age >= 0 && age < sparing {
			spared[id] = since
			delete(r.missing, id)
			r.report.Waiting++
		}
	}
	r.spared = spared
	return nil
}

// settlesNear reports whether a new document settles that is of the folder or the
// name of one that is missing.
func (r *run) settlesNear(missing string) bool {
	return slices.ContainsFunc(r.settling, func(p string) bool {
		return feed.SectionOf(p) == feed.SectionOf(missing) || stem(p) == stem(missing)
	})
}

// retire notes in the ledger which documents are gone.
func (r *run) retire(ctx context.Context) error {
	gone := make([]ledger.State, 0, len(r.missing))
	for id, state := range r.missing {
		if !r.moved[id] {
			gone = append(gone, state)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	slices.SortFunc(gone, func(a, b ledger.State) int { return strings.Compare(a.Path, b.Path) })
	if err := r.begin(ctx); err != nil {
		return err
	}
	return r.Ledger.Update(ctx, func(tx *ledger.Tx) error {
		for _, state := range gone {
			record, _, err := tx.ByID(ctx, state.ID)
			if err != nil {
				return err
			}
			if record.Status == feed.Withdrawn {
				continue // it is away already, and stays so
			}
			if err := r.end(ctx, tx, record, reasonDeleted); err != nil {
				return err
			}
		}
		return nil
	})
}

// reasonDeleted is why an entry ended whose document is not there any more.
const reasonDeleted = "its document was deleted"

// end ends the entry of a record: it keeps its id and address for ever, so that
// they come back if the document does. One that was never public is forgotten.
func (r *run) end(ctx context.Context, tx *ledger.Tx, record ledger.Record, reason string) error {
	r.report.Gone++
	if record.Status == feed.Held {
		r.report.Held--
	}
	if !record.WasLive {
		return tx.Drop(record.ID)
	}
	record.Status, record.Reason, record.Until = feed.Gone, reason, time.Time{}
	return r.leave(ctx, tx, record, ledger.Gone)
}

// leave keeps the record of an entry that is public no more, and what happened to
// it, and marks what showed it.
func (r *run) leave(ctx context.Context, tx *ledger.Tx, record ledger.Record, kind ledger.EventKind) error {
	record.Updated, record.Pending = r.now, true
	r.dropped = append(r.dropped, record.ID)
	r.touch(record.Section)
	r.months[record.Published.UTC().Format(monthForm)] = true
	r.shift(record)
	r.settled = append(r.settled, record.Path)
	if err := r.touchLists(ctx, tx, record.ID); err != nil {
		return err
	}
	if err := tx.Put(record); err != nil {
		return err
	}
	return tx.PutEvent(ledger.Event{
		ID: record.ID, When: r.now, Kind: kind, Title: record.Title, Path: record.Path, Why: record.Reason,
	})
}
