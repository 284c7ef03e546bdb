package publish

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"seedfeed/feed/ledger"
)

// OpenLedger opens the ledger in a file. One that is damaged is kept aside under
// another name, and a new one is made of what can be read from it; the log tells
// so. The next run reads all documents, whose ids are the same as before where
// they were not renamed.
//
// If not all could be read, withdrawals may be among what was lost: runs stop
// with a [Braked], until [Publisher.Approve] lets them go on.
func OpenLedger(ctx context.Context, file string, log *slog.Logger) (*ledger.Ledger, error) {
	l, err := ledger.Open(ctx, file)
	if !ledger.Damaged(err) {
		return l, err
	}
	damage := err
	l, saved, err := ledger.Recover(ctx, file, time.Now())
	if err != nil {
		return nil, errors.Join(damage, err)
	}
	log.Warn("the ledger was damaged, and is made anew", "damage", damage, "copy", saved.Copy, "records", saved.Entries, "whole", saved.Whole)
	loss := ""
	if !saved.Whole {
		loss = fmt.Sprintf("the ledger was damaged and only %d records could be read (a copy is in %q)", saved.Entries, saved.Copy)
	}
	err = l.Update(ctx, func(tx *ledger.Tx) error {
		return errors.Join(tx.SetMeta(metaFingerprint, ""), tx.SetMeta(metaUnfinished, "yes"), tx.SetMeta(metaLoss, loss))
	})
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// brakeLoss stops a run if the ledger may have lost withdrawals.
func (r *run) brakeLoss(ctx context.Context) error {
	loss, err := r.Ledger.Meta(ctx, metaLoss)
	if err != nil || loss == "" {
		return err
	}
	return r.stop(ctx, &Braked{Loss: loss}, loss)
}

// warnNew tells that out/ holds a site which the ledger knows nothing of: it was
// deleted or cut to nothing, or another one was named.
func (r *run) warnNew(last string) {
	if last == "" && !r.healing && !r.outIsEmpty() {
		r.log.Warn("the ledger is new, though out/ holds a site: withdrawals, and the ids of renamed documents, are forgotten", "out", r.Out)
	}
}
