package publish

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// metaReleased and the id of an entry is the key under which the ledger keeps the
// digest of the text that somebody has approved.
const metaReleased = "released "

// Release lets a document be public that is held: one whose embargo can not be
// read, or one that is to come early. It holds for exactly the text that was read
// last: when that is edited, whoever approved has not seen it, and it is held again.
// what is the entry's id, or its document's path below seeds.
func (p *Publisher) Release(ctx context.Context, what string) (record ledger.Record, err error) {
	unlock, err := p.Ledger.Lock(ctx, nil)
	if err != nil {
		return record, err
	}
	err = p.Ledger.Update(ctx, func(tx *ledger.Tx) error {
		if record, err = p.lookUp(ctx, tx.Reader, what); err != nil {
			return err
		}
		if err := releasable(ctx, tx, record); err != nil {
			return err
		}
		if err := tx.SetMeta(metaReleased+record.ID, hex.EncodeToString(record.Digest[:])); err != nil {
			return err
		}
		record.Pending = true // the next run reads it
		return tx.Put(record)
	})
	return record, errors.Join(err, unlock())
}

// releasable reports why a record can not be released.
func releasable(ctx context.Context, tx *ledger.Tx, record ledger.Record) error {
	v, known, err := tx.VersionOf(ctx, record.ID)
	switch {
	case err != nil:
		return err
	case record.Status != feed.Held:
		return fmt.Errorf("%s is not held: it is %s", record.Path, record.Status)
	case known && v.Head != "":
		return fmt.Errorf("%s is %s, whose text is public", record.Path, record.Reason)
	case strings.HasPrefix(record.Reason, advisoryReason):
		return fmt.Errorf("%s is an advisory to editors, and never public", record.Path)
	}
	return nil
}

// approve makes an entry public whose text somebody has approved.
func (r *run) approve(ctx context.Context, reader ledger.Reader, rd *reading, id string) error {
	if rd.entry.Kill != nil {
		return nil
	}
	held := rd.entry
	r.hold(&held)
	if held.Status != feed.Held {
		return nil
	}
	digest, err := reader.Meta(ctx, metaReleased+id)
	if err != nil || digest != hex.EncodeToString(rd.digest[:]) {
		return err
	}
	entry := &rd.entry
	entry.Status, entry.Reason, entry.Until = feed.Live, "", feed.Date{}
	if entry.Published.Time.After(r.now) {
		entry.Published, entry.From.Published = feed.Instant(r.now), feed.Evidence{Source: "approved"}
	}
	return nil
}
