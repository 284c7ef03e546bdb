package publish

import (
	"cmp"
	"context"
	"slices"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// stepBack takes the newest version of a story out of public sight, since its
// document is held now, and shows the version before it again. A hold says "not
// this text": it is as if the version had not come yet, whatever came first, the
// version or the hold. Who means the story as a whole withdraws it, or sends a kill.
//
// Where no version before it may be public the entry is held as a whole. What the
// feed of corrections told of the version is told no more.
func (r *run) stepBack(ctx context.Context, tx *ledger.Tx, rd *reading, m match) (match, error) {
	prev, before, err := r.versionBefore(ctx, tx, m.record.ID)
	if err != nil || prev == nil {
		return m, err
	}
	head, held := m.record, before
	head.Path, held.Path = before.Path, m.record.Path
	head.Pending = true // also: what has changed by this is no correction
	for _, record := range []ledger.Record{head, held} {
		if err := tx.Put(record); err != nil {
			return m, err
		}
	}
	if err := tx.DropVersion(held.ID); err != nil {
		return m, err
	}
	if err := renameReasons(ctx, tx, head.ID, head.Path); err != nil {
		return m, err
	}
	if err := tx.Untell(head.ID); err != nil {
		return m, err
	}
	r.touch(head.Section)
	r.recalled = append(r.recalled, *prev)
	r.versions = true
	return match{record: held}, r.tellMerged(tx, prev, m.record, "the version before "+m.record.Path+", which is held: "+rd.entry.Reason)
}

// versionBefore returns the newest of the versions below an entry whose document is
// there as it was and may be public, and its record; or nil.
func (r *run) versionBefore(ctx context.Context, tx *ledger.Tx, head string) (*reading, ledger.Record, error) {
	below, err := tx.VersionsBelow(ctx, head)
	if err != nil {
		return nil, ledger.Record{}, err
	}
	var best *reading
	var of ledger.Record
	slices.SortStableFunc(below, func(a, b ledger.Version) int { return cmp.Compare(b.Rank, a.Rank) })
	for i, v := range below {
		if best != nil && v.Rank < below[i-1].Rank {
			break
		}
		record, found, err := tx.ByID(ctx, v.ID)
		if err != nil {
			return nil, of, err
		}
		files, err := r.seeds.Beside(ctx, record.Path)
		if !found || err != nil || len(files) == 0 {
			continue
		}
		rd := r.read(ctx, work{file: files[0], known: true})
		if rd.err != nil || rd.digest != record.Digest || rd.entry.Kill != nil || !r.public(&rd) {
			continue
		}
		if best == nil || rd.file.ModTime.After(best.file.ModTime) {
			best, of = &rd, record
		}
	}
	return best, of, ctx.Err()
}

// recall returns the documents that are to be taken in since one was held, each
// once.
func (r *run) recall() []reading {
	next := r.recalled[r.called:]
	r.called = len(r.recalled)
	return next
}

// isRecalled reports whether a document was read again in this run to take the
// place of a version that is held.
func (r *run) isRecalled(path string) bool {
	return slices.ContainsFunc(r.recalled, func(rd reading) bool { return rd.file.Path == path })
}

// A latecomer is a later version of a story that has to wait for the others.
type latecomer struct {
	work
	rank int
}

// putOff takes out of a batch what has to wait until all other documents are in the
// ledger: later versions of stories that are new. An entry has the id and the
// address of its first version, wherever in the folder that is; so they come back
// after the loss of a ledger.
func (r *run) putOff(readings []reading) []reading {
	if len(r.work) <= batch || r.punctual {
		return readings // the order within a batch does
	}
	return slices.DeleteFunc(readings, func(rd reading) bool {
		waits := rd.err == nil && !rd.known && orderOf(&rd) > 0
		if waits {
			r.late = append(r.late, latecomer{rd.work, orderOf(&rd)})
		}
		return waits
	})
}

// latecomers returns what was put off, the earlier versions first.
func (r *run) latecomers() []work {
	r.punctual = true
	slices.SortStableFunc(r.late, func(a, b latecomer) int { return cmp.Compare(a.rank, b.rank) })
	items := make([]work, len(r.late))
	for i, l := range r.late {
		items[i] = l.work
	}
	return items
}

// isHeldBack reports whether a document holds back what was public as an entry.
func (r *run) isHeldBack(rd *reading, record ledger.Record) bool {
	return record.Status == feed.Live && !r.public(rd)
}
