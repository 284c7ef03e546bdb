package ledger

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"seedfeed/feed"
)

// A Tx is an update in progress. Its questions see its own changes, but for the
// counts and last changes of sections, lists and months, which are added up at
// its end. It belongs to the function that [Ledger.Update] calls, and to one
// goroutine.
type Tx struct {
	Reader

	// ctx is that of the update, without its end: the end undoes the update as a
	// whole, and to watch for it in each statement as well costs a fifth more.
	ctx      context.Context
	prepared prepared

	sections map[string]*tally // what has changed, by section
	months   map[int64]*tally  // and by month: see monthOf
	pages    map[string]bool   // folders of out/ with pages of what has changed
	lists    lists
	parked   map[string]string // paths of records that wait for another path, by id
	deflate  deflater
	absent   absence
	fresh    fresh
}

// Update changes the ledger: when fn and the commit return no error, all that
// fn did is kept, and is on the disk; otherwise none of it. It waits for other
// updates of this process and, for a while, of others. Inside fn, read by the
// methods of the Tx, and begin no other update: it would wait for this one.
func (l *Ledger) Update(ctx context.Context, fn func(*Tx) error) error {
	sqlTx, err := l.writer.BeginTx(ctx, nil)
	if err != nil {
		return explain(l.file, err)
	}
	defer func() {
		_ = sqlTx.Rollback() // says that it is over, unless fn failed or panicked
	}()
	tx := &Tx{
		ctx:      context.WithoutCancel(ctx),
		sections: map[string]*tally{},
		months:   map[int64]*tally{},
		pages:    map[string]bool{},
		parked:   map[string]string{},
	}
	tx.prepared.with = sqlTx.PrepareContext // they end with the transaction
	tx.fresh.memberships = map[string]*membership{}
	tx.Reader = Reader{l.file, tx.prepared.get}
	err = fn(tx)
	if err == nil {
		err = tx.finish()
	}
	if err == nil {
		err = explain(l.file, sqlTx.Commit())
	}
	// The end of the context undoes the update, and closes its statements: the
	// next one finds it undone, or itself closed.
	if err != nil && ctx.Err() != nil && !errors.Is(err, ctx.Err()) {
		err = ctx.Err()
	}
	return err
}

// finish does what is left to do when all changes are known.
func (tx *Tx) finish() error {
	for _, id := range slices.Sorted(maps.Keys(tx.parked)) {
		return fmt.Errorf("%q has the path %q, which another document has too", id, tx.parked[id])
	}
	return tx.settle()
}

// Put keeps a record: a new one, or in place of the one with its id. Section is
// taken from Path. What is public marks the record as WasLive for ever.
//
// Two documents may change their paths with each other in one update, in any
// order; at its end no two that are there have one path. It is an error to take
// the address of another record, or to change that of one that was public.
func (tx *Tx) Put(rec Record) error {
	if err := valid(rec); err != nil {
		return err
	}
	rec = rec.kept()
	rec.WasLive = rec.WasLive || rec.Status == feed.Live
	if tx.absent.lacks(rec) {
		return tx.add(rec)
	}
	// Most records are new, and nothing stands in their way: one statement.
	added, err := tx.exec(insertEntry, rec.args()...)
	if err != nil {
		return err
	}
	if added > 0 {
		tx.absent.forget(rec)
		tx.count(rec, +1)
		return nil
	}
	return tx.replace(rec)
}

// valid reports what a record lacks.
func valid(rec Record) error {
	switch {
	case rec.ID == "":
		return fmt.Errorf("record of %q has no id", rec.Path)
	case !isPath(rec.Path):
		return fmt.Errorf("record %q: %q is no path of a document", rec.ID, rec.Path)
	case !slices.Contains(statuses[:], rec.Status):
		return fmt.Errorf("record %q: unknown status %q", rec.ID, rec.Status)
	}
	return nil
}

// isPath reports whether a name leads to something below a folder.
func isPath(name string) bool {
	return name != "" && name != "." && path.Clean(name) == name &&
		!path.IsAbs(name) && name != ".." && !strings.HasPrefix(name, "../")
}

// replace keeps a record of which the id, the path or the address is known.
func (tx *Tx) replace(rec Record) error {
	old, known, err := tx.ByID(tx.ctx, rec.ID)
	if err != nil {
		return err
	}
	if known {
		rec.WasLive = rec.WasLive || old.WasLive
		switch {
		case old == rec:
			return nil
		case old.WasLive && old.Address != rec.Address:
			return fmt.Errorf("%q is public at the address %q, which %q can not replace", rec.ID, old.Address, rec.Address)
		}
	}
	owner, taken, err := tx.AddressTaken(tx.ctx, rec.Address)
	if err != nil {
		return err
	}
	if taken && owner != rec.ID {
		return fmt.Errorf("the address %q of %q belongs to %q", rec.Address, rec.ID, owner)
	}
	if rec.Status != feed.Gone {
		if err := tx.makeWay(rec); err != nil {
			return err
		}
	}
	if _, err := tx.exec(upsertEntry, rec.args()...); err != nil {
		return err
	}
	delete(tx.parked, rec.ID)
	delete(tx.fresh.memberships, rec.ID)
	tx.absent.forget(rec)
	tx.count(rec, +1)
	if !known {
		return nil
	}
	tx.count(old, -1)
	tx.lower(old, rec)
	return tx.recountLists(old, rec)
}

// makeWay takes the path of a record from the one that has it, which must get
// another one, or go, before the update ends. Until then its name is one that
// no file can have.
func (tx *Tx) makeWay(rec Record) error {
	holder, taken, err := tx.record(tx.ctx, selectByPath, rec.Section, path.Base(rec.Path))
	if err != nil || !taken || holder.ID == rec.ID {
		return err
	}
	tx.parked[holder.ID] = holder.Path
	_, err = tx.exec(parkEntry, "/"+holder.ID, holder.ID)
	return err
}

// Placed tells that the pages of these entries are in out/ as they should: that
// they were written or, for those that are not public, removed.
func (tx *Tx) Placed(ids ...string) error {
	for len(ids) > 0 {
		n := sizeFor(len(ids))
		args := make([]any, n)
		for i := range args {
			args[i] = ids[min(i, len(ids)-1)]
		}
		if _, err := tx.exec(manyKeys(markPlaced, 1, n), args...); err != nil {
			return err
		}
		ids = ids[min(n, len(ids)):]
	}
	return nil
}

// Drop forgets a record. One that was public is kept for ever, and is an error;
// one that is not there is none.
func (tx *Tx) Drop(id string) error {
	old, known, err := tx.ByID(tx.ctx, id)
	switch {
	case err != nil || !known:
		return err
	case old.WasLive:
		return fmt.Errorf("%q was public, and can not be dropped", id)
	}
	if err := tx.PutLists(id, nil); err != nil {
		return err
	}
	if err := tx.DropVersion(id); err != nil {
		return err
	}
	if _, err := tx.exec(deleteEntry, id); err != nil {
		return err
	}
	delete(tx.fresh.memberships, id)
	delete(tx.parked, id)
	tx.count(old, -1) // it never counted for what is public
	return nil
}

// SetMeta gives a key a value; "" takes it away.
func (tx *Tx) SetMeta(key, value string) error {
	if value == "" {
		_, err := tx.exec(deleteMeta, key)
		return err
	}
	_, err := tx.exec(upsertMeta, key, value)
	return err
}

// PutFile keeps what was written to a path in out/.
func (tx *Tx) PutFile(name string, f File) error {
	_, err := tx.exec(upsertFile, name, f.Digest[:], f.Size, f.ModTime.UnixMilli())
	return err
}

// DropFile forgets a path in out/.
func (tx *Tx) DropFile(name string) error {
	_, err := tx.exec(deleteFile, name)
	return err
}

// exec runs a change, and returns how many rows it changed.
func (tx *Tx) exec(query string, args ...any) (int64, error) {
	stmt, err := tx.prepared.get(tx.ctx, query)
	if err != nil {
		return 0, explain(tx.file, err)
	}
	result, err := stmt.ExecContext(tx.ctx, args...)
	if err != nil {
		return 0, explain(tx.file, err)
	}
	return result.RowsAffected()
}
