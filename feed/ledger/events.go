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
	Restored  EventKind = "restored"  // the withdrawal was undone
	Gone      EventKind = "gone"      // the document was deleted
	Returned  EventKind = "returned"  // it was away, and is public again
	Merged    EventKind = "merged"    // another document is its newest text, or it became part of another entry
	Replaced  EventKind = "replaced"  // a new story has taken the place of the old one in its file
)

// kinds are those that an event may have.
var kinds = [...]EventKind{
	Published, Edited, Moved, Held, Released, Expired, Withdrawn, Restored, Gone, Returned, Merged, Replaced,
}

// mostEvents is how many events of one entry are kept.
const mostEvents = 100

// PutEvent keeps an event of an entry whose record was put before. An entry that
// was public when it was first seen needs none of kind [Published]: its record
// tells. Of the events of an entry the newest hundred stay.
func (tx *Tx) PutEvent(e Event) error {
	if !slices.Contains(kinds[:], e.Kind) {
		return fmt.Errorf("event of %q: unknown kind %q", e.ID, e.Kind)
	}
	var sum []byte
	if e.Digest != [32]byte{} {
		sum = e.Digest[:]
	}
	_, err := tx.exec(insertEvent, e.ID, e.When.UnixMilli(), string(e.Kind), e.Title, e.Path, e.Before, e.Why, sum)
	if err == nil {
		_, err = tx.exec(pruneEvents, e.ID, mostEvents)
	}
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
		var sum []byte
		err := rows.Scan(&e.ID, instant{&e.When}, &e.Kind, &e.Title, &e.Path, &e.Before, &e.Why, &sum)
		copy(e.Digest[:], sum)
		all = append(all, e)
		return err
	})
	return all, err
}
