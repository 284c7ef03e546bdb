package publish

import (
	"context"
	"slices"
	"strings"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

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
			if err := r.end(ctx, tx, record, "its document was deleted"); err != nil {
				return err
			}
		}
		return nil
	})
}

// end ends the entry of a record: it keeps its id and address for ever, so that
// they come back if the document does. One that was never public is forgotten.
func (r *run) end(ctx context.Context, tx *ledger.Tx, record ledger.Record, reason string) error {
	r.report.Gone++
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
