package publish

import (
	"context"
	"maps"
	"slices"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// relocate brings the records to where their documents are now, and ends those
// whose place another story has taken: all at once, since documents may have
// changed places. A run that is killed after it reads them again.
func (r *run) relocate(ctx context.Context) error {
	if len(r.claims) == 0 && len(r.displaced) == 0 {
		return nil
	}
	if err := r.begin(ctx); err != nil {
		return err
	}
	return r.Ledger.Update(ctx, func(tx *ledger.Tx) error {
		for _, id := range slices.Sorted(maps.Keys(r.displaced)) {
			record, found, err := tx.ByID(ctx, id)
			if err != nil {
				return err
			}
			if !found {
				continue
			}
			if err := r.end(ctx, tx, record, r.displaced[id]); err != nil {
				return err
			}
		}
		for _, path := range slices.Sorted(maps.Keys(r.claims)) {
			if err := r.move(ctx, tx, path, r.claims[path]); err != nil {
				return err
			}
		}
		return nil
	})
}

// move gives the record of a claim its new path.
func (r *run) move(ctx context.Context, tx *ledger.Tx, path string, c claim) error {
	if c.why != "" {
		r.decided(path, c.why)
	}
	if c.id == "" {
		return nil
	}
	record, found, err := tx.ByID(ctx, c.id)
	if err != nil || !found {
		return err
	}
	record.Path, record.Section = path, feed.SectionOf(path)
	record.ModTime = time.Time{} // of no file: it is read in any case
	record.Pending = record.WasLive
	return tx.Put(record)
}

// decided notes what was found out about a document that its path does not tell.
func (r *run) decided(path, why string) {
	r.report.Decisions = append(r.report.Decisions, Decision{Path: path, Why: why})
}
