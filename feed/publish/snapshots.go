package publish

import (
	"context"
	"encoding/json"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// keepSnapshots keeps those of the entries in the ledger that may stand in a feed:
// feeds show what was last published, also while its file is being edited. It is
// done when all documents are known, so that only the newest are kept. A run that
// is killed before has not told the ledger of their pages: the next one reads
// them again.
func (r *run) keepSnapshots(ctx context.Context, leaves []leaf) error {
	var near []*feed.Entry
	for _, l := range leaves {
		if entry := l.entry; entry != nil && r.reach.holds(entry.Section, entry.Published.Time) {
			near = append(near, entry)
		}
	}
	if len(near) == 0 {
		return nil
	}
	return r.Ledger.Update(ctx, func(tx *ledger.Tx) error {
		for _, entry := range near {
			record, found, err := tx.ByID(ctx, entry.ID)
			if err != nil {
				return err
			}
			if !found || record.Status != feed.Live {
				continue
			}
			data, err := json.Marshal(entry)
			if err != nil {
				return err
			}
			if err := tx.PutSnapshot(record.ID, record.Digest, data); err != nil {
				return err
			}
		}
		return nil
	})
}
