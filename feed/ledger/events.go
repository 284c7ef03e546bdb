package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"seedfeed/feed"
)

// An Event is something that happened to an entry.
type Event struct {
	ID     string // of the entry
	When   time.Time
	Kind   EventKind
	Title  string   // of the entry after it
	Path   string   // of the document after it
	Before string   // the path that the document had before, or "" if it is the same
	Why    string   // for people: the evidence or the reason, or ""
	Digest [32]byte // SHA-256 of the document that it came from; zero when none was read

	// Public tells that subscribers are told of it. It is found when the event is
	// put: it changes what is public, and tells nothing of what is not.
	Public bool

	// Change tells how the text has changed, as the caller encoded it; nil for
	// nothing. It is kept for the newest events only, and [Reader.Announced]
	// alone gives it back.
	Change []byte
}

// An EventKind tells what happened.
type EventKind string

// The kinds of events.
const (
	Published EventKind = "published" // for the first time
	Edited    EventKind = "edited"    // updated moved: readers see a difference that counts
	Moved     EventKind = "moved"     // the document has another path
	Held      EventKind = "held"      // a draft, an embargo
	Released  EventKind = "released"  // it was held, and is public for the first time, or again
	Expired   EventKind = "expired"   // its time is over
	Withdrawn EventKind = "withdrawn" // taken back by the publisher
	Killed    EventKind = "killed"    // by which advisory it was withdrawn, and why: for editors
	Restored  EventKind = "restored"  // the withdrawal was undone
	Gone      EventKind = "gone"      // the document was deleted
	Returned  EventKind = "returned"  // it was away, and is public again
	Merged    EventKind = "merged"    // another document is its newest text, or it became part of another entry
	Replaced  EventKind = "replaced"  // a new story has taken the place of the old one in its file
)

// kinds are those that an event may have.
var kinds = [...]EventKind{
	Published, Edited, Moved, Held, Released, Expired, Withdrawn, Killed, Restored, Gone, Returned, Merged, Replaced,
}

// What is kept of events: the newest of each entry, and the newest changes of all.
const (
	mostEvents  = 100
	mostChanges = 100
)

// PutEvent keeps an event of an entry whose record was put before. An entry that
// was public when it was first seen needs none of kind [Published]: its record
// tells. Of the events of an entry the newest hundred stay, and of the changes of
// all the newest hundred.
func (tx *Tx) PutEvent(e Event) (err error) {
	if !slices.Contains(kinds[:], e.Kind) {
		return fmt.Errorf("event of %q: unknown kind %q", e.ID, e.Kind)
	}
	if e.Public, err = tx.announces(e); err != nil {
		return err
	}
	return tx.insertEvent(e)
}

func (tx *Tx) insertEvent(e Event) error {
	var sum, change []byte
	if e.Digest != [32]byte{} {
		sum = e.Digest[:]
	}
	if e.Change != nil {
		packed, err := tx.deflate.pack(e.Change)
		if err != nil {
			return err
		}
		change = packed
	}
	_, err := tx.exec(insertEvent, e.ID, e.When.UnixMilli(), string(e.Kind), e.Title, e.Path, e.Before, e.Why, sum, e.Public, change)
	if err == nil {
		_, err = tx.exec(pruneEvents, e.ID, mostEvents)
	}
	if err == nil && change != nil {
		_, err = tx.exec(pruneChanges, mostChanges)
	}
	return err
}

// announces reports whether subscribers are told of an event. What happens to an
// entry that was never public, or is held, is none of their business: its title
// may be that of the draft.
func (tx *Tx) announces(e Event) (bool, error) {
	switch e.Kind {
	case Edited, Withdrawn, Restored, Gone, Returned, Replaced:
	default:
		return false, nil
	}
	rec, known, err := tx.ByID(tx.ctx, e.ID)
	if err != nil || !known || !rec.WasLive {
		return false, err
	}
	last, err := tx.events(tx.ctx, selectLastEvent, e.ID)
	if err != nil || len(last) == 0 {
		return true, err
	}
	switch last[0].Kind {
	case Held:
		return false, nil
	case Withdrawn, Restored, Gone: // it was away before: as that was
		return last[0].Public, nil
	}
	return true, nil
}

// Untell takes back what subscribers are told of an entry, with the changes of its
// text: one of those is held now.
func (tx *Tx) Untell(id string) error {
	_, err := tx.exec(untellEvents, id)
	return err
}

// Announced returns the n last events that subscribers are told of, the newest
// first, with their changes as far as they are kept.
func (r Reader) Announced(ctx context.Context, n int) ([]Event, error) {
	var all []Event
	err := r.each(ctx, selectAnnounced, []any{n}, func(rows *sql.Rows) error {
		var e Event
		var packed []byte
		err := e.scan(rows, &packed)
		if err == nil && packed != nil {
			if e.Change, err = unpack(packed); err != nil {
				err = &Error{File: r.file, Problem: fmt.Sprintf("a change of %q is damaged", e.ID), Next: hintDamaged, Err: err}
			}
		}
		all = append(all, e)
		return err
	})
	return all, err
}

// scan reads the columns of an event, and those after them.
func (e *Event) scan(from row, more ...any) error {
	var sum []byte
	err := from.Scan(append([]any{
		&e.ID, instant{&e.When}, &e.Kind, &e.Title, &e.Path, &e.Before, &e.Why, &sum, &e.Public,
	}, more...)...)
	copy(e.Digest[:], sum)
	return err
}

// Events returns what happened to an entry, the oldest first. It begins with
// how the entry was first seen.
func (r Reader) Events(ctx context.Context, id string) ([]Event, error) {
	rec, known, err := r.ByID(ctx, id)
	if err != nil || !known {
		return nil, err
	}
	all, err := r.events(ctx, selectEvents, id)
	if err == nil && (len(all) == 0 || all[0].When.After(rec.FirstSeen)) {
		all = slices.Insert(all, 0, rec.beginning(all))
	}
	return all, err
}

// LatestEvents returns the n last events of all entries, the oldest first.
func (r Reader) LatestEvents(ctx context.Context, n int) ([]Event, error) {
	if n <= 0 {
		return nil, nil
	}
	told, err := r.events(ctx, selectLatestEvents, n)
	if err != nil {
		return nil, err
	}
	slices.Reverse(told)
	seen, err := r.records(ctx, selectLatestSeen, n)
	if err != nil {
		return nil, err
	}
	all := make([]Event, 0, len(told)+len(seen))
	for _, rec := range slices.Backward(seen) {
		of, err := r.events(ctx, selectEvents, rec.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, rec.beginning(of))
	}
	all = append(all, told...)
	slices.SortStableFunc(all, func(a, b Event) int { return a.When.Compare(b.When) })
	return all[max(0, len(all)-n):], nil
}

// beginning returns the event with which a record began, which is not kept.
// What happened later tells what it was like then.
func (r *Record) beginning(later []Event) Event {
	e := Event{ID: r.ID, When: r.FirstSeen, Kind: Published, Title: r.Title, Path: r.Path}
	if len(later) == 0 {
		e.Digest = r.Digest
		if r.Status == feed.Held && !r.WasLive {
			e.Kind, e.Why = Held, r.Reason
		}
		return e
	}
	if later[0].Before != "" {
		e.Path = later[0].Before
	} else {
		e.Path = later[0].Path
	}
	if later[0].Kind == Released {
		e.Kind = Held
	}
	return e
}

// events asks for events.
func (r Reader) events(ctx context.Context, query string, args ...any) ([]Event, error) {
	var all []Event
	err := r.each(ctx, query, args, func(rows *sql.Rows) error {
		var e Event
		err := e.scan(rows)
		all = append(all, e)
		return err
	})
	return all, err
}
