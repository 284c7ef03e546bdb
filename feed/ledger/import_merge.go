package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"seedfeed/feed"
)

// A ConflictError says that a ledger and an export that was to be added to it do not go
// together: they know the same id, path or address, and not the same of it.
type ConflictError struct {
	Total     int
	Conflicts []string // the first of them, a line each
}

// shownConflicts is how many conflicts a message names.
const shownConflicts = 5

// Error names the first conflicts, with what both sides know.
func (e *ConflictError) Error() string {
	text := fmt.Sprintf("%d of its entries do not fit those that are here, so nothing is imported: %s", e.Total, strings.Join(e.Conflicts, "; "))
	if more := e.Total - len(e.Conflicts); more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	return text
}

func (e *ConflictError) add(conflict string) {
	if e.Total++; len(e.Conflicts) < shownConflicts {
		e.Conflicts = append(e.Conflicts, conflict)
	}
}

// merge adds the entries of another ledger.
func (l *Ledger) merge(ctx context.Context, other *Ledger) (done Imported, err error) {
	return done, l.Update(ctx, func(tx *Tx) error {
		conflicts, added := new(ConflictError), map[string]bool{}
		for rec, err := range other.List(ctx, Filter{}) {
			if err != nil {
				return err
			}
			known, conflict, err := tx.meets(ctx, rec)
			switch {
			case err != nil:
				return err
			case conflict != "":
				conflicts.add(conflict)
			case known:
				done.Known++
			case conflicts.Total == 0:
				done.Entries++
				added[rec.ID] = true
				if err := tx.adopt(ctx, other, rec); err != nil {
					return err
				}
			}
		}
		if conflicts.Total > 0 {
			return conflicts
		}
		return tx.adoptEvents(ctx, other, added)
	})
}

// meets reports whether a record is here already, or what stands against it.
func (tx *Tx) meets(ctx context.Context, rec Record) (known bool, conflict string, err error) {
	have, known, err := tx.ByID(ctx, rec.ID)
	if err != nil || known {
		if err == nil && !sameEntry(have, rec) {
			conflict = fmt.Sprintf("the id %s is %s here, and %s there", rec.ID, have.brief(), rec.brief())
		}
		return known, conflict, err
	}
	if rec.Status != feed.Gone {
		have, taken, err := tx.ByPath(ctx, rec.Path)
		if err != nil || taken && have.Status != feed.Gone {
			return false, fmt.Sprintf("the path %s is that of %s here, and of %s there", rec.Path, have.ID, rec.ID), err
		}
	}
	if rec.Address == "" {
		return false, "", nil
	}
	owner, taken, err := tx.AddressTaken(ctx, rec.Address)
	if err != nil || taken {
		return false, fmt.Sprintf("the address %s is that of %s here, and of %s there", rec.Address, owner, rec.ID), err
	}
	return false, "", nil
}

// sameEntry reports whether two records tell the same of an entry, whatever the runs
// of their ledgers know of files.
func sameEntry(a, b Record) bool {
	b.Pending, b.ModTime, b.Size = a.Pending, a.ModTime, a.Size
	return a == b
}

// brief tells of a record in a few words.
func (r *Record) brief() string {
	return fmt.Sprintf("%s (%s, published %s, updated %s)", r.Path, r.Status, r.Published.UTC().Format(time.DateOnly), r.Updated.UTC().Format(time.RFC3339))
}

// adopt takes an entry over, with all that is known of it but its history.
func (tx *Tx) adopt(ctx context.Context, other *Ledger, rec Record) error {
	rec.Pending, rec.ModTime = rec.WasLive, time.Time{} // its page is to be written from its document
	if err := tx.Put(rec); err != nil {
		return err
	}
	lists, err := other.ListsOf(ctx, rec.ID)
	if err == nil && len(lists) > 0 {
		err = tx.PutLists(rec.ID, lists)
	}
	if err != nil {
		return err
	}
	sum, data, ok, err := other.Snapshot(ctx, rec.ID)
	if err == nil && ok {
		err = tx.PutSnapshot(rec.ID, sum, data)
	}
	if err != nil {
		return err
	}
	version, ok, err := other.VersionOf(ctx, rec.ID)
	if err == nil && ok {
		err = tx.PutVersion(version)
	}
	return err
}

// adoptEvents takes over what happened to entries. Subscribers here have not seen them
// before, and are not told.
func (tx *Tx) adoptEvents(ctx context.Context, other *Ledger, ids map[string]bool) error {
	return other.each(ctx, selectAllEvents, nil, func(rows *sql.Rows) error {
		var e Event
		if err := e.scan(rows); err != nil || !ids[e.ID] {
			return err
		}
		e.Public = false
		return tx.insertEvent(e)
	})
}
