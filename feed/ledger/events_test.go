package ledger_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"seedfeed/feed/ledger"
)

// happened keeps events, each in an update of its own.
func happened(t *testing.T, l *ledger.Ledger, events ...ledger.Event) {
	t.Helper()
	for _, e := range events {
		update(t, l, func(tx *ledger.Tx) error { return tx.PutEvent(e) })
	}
}

// lines returns events as a line each.
func lines(events []ledger.Event) (all []string) {
	for _, e := range events {
		all = append(all, fmt.Sprintf("%s %s %s %s<%s %s", e.When.Format("15"), e.Kind, e.Title, e.Path, e.Before, e.Why))
	}
	return all
}

func TestEventsOfAnEntry(t *testing.T) {
	l := newLedger(t)
	rec := record("news/b.txt", 4)
	put(t, l, rec, record("news/other.txt", 0))
	edited := ledger.Event{
		ID: rec.ID, When: monday.Add(5 * time.Hour), Kind: ledger.Edited, Title: "New", Path: "news/b.txt",
		Before: "news/a.txt", Why: "because", Digest: [32]byte{7},
	}
	withdrawn := ledger.Event{ID: rec.ID, When: monday.Add(6 * time.Hour), Kind: ledger.Withdrawn, Title: "New", Path: "news/b.txt"}
	happened(t, l, edited, withdrawn)
	edited.Public, withdrawn.Public = true, true
	got, err := l.Events(t.Context(), rec.ID)
	want := []ledger.Event{
		{ID: rec.ID, When: rec.FirstSeen, Kind: ledger.Published, Title: rec.Title, Path: "news/a.txt"},
		edited, withdrawn,
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("(-want +got) %v\n%s", err, diff)
	}
	if got, err := l.Events(t.Context(), "urn:unknown"); len(got) != 0 || err != nil {
		t.Errorf("events of nothing: %v, %v", got, err)
	}
}

// How an entry began is told by its record, and by what came next.
func TestEventsBegin(t *testing.T) {
	live, draft, freed, told := record("live.txt", 0), held("draft.txt", 1), record("freed.txt", 2), record("told.txt", 3)
	l := newLedger(t)
	put(t, l, live, draft, freed, told)
	happened(
		t, l,
		ledger.Event{ID: freed.ID, When: monday.Add(9 * time.Hour), Kind: ledger.Released, Title: "F", Path: "freed.txt"},
		ledger.Event{ID: told.ID, When: told.FirstSeen, Kind: ledger.Held, Title: "T", Path: "told.txt", Why: "a draft"},
	)
	for rec, want := range map[ledger.Record][]string{
		live:  {"09 published The title of live.txt live.txt< "},
		draft: {"10 held The title of draft.txt draft.txt< draft"},
		freed: {"11 held The title of freed.txt freed.txt< ", "18 released F freed.txt< "},
		told:  {"12 held T told.txt< a draft"},
	} {
		got, err := l.Events(t.Context(), rec.ID)
		if diff := cmp.Diff(want, lines(got)); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", rec.Path, err, diff)
		}
	}
}

func TestLatestEvents(t *testing.T) {
	l := newLedger(t)
	a, b, c := record("a.txt", 0), record("b.txt", 2), record("c.txt", 4)
	put(t, l, a, b, c)
	happened(
		t, l,
		ledger.Event{ID: a.ID, When: monday.Add(3 * time.Hour), Kind: ledger.Edited, Title: "A", Path: "a.txt"},
		ledger.Event{ID: a.ID, When: monday.Add(5 * time.Hour), Kind: ledger.Gone, Title: "A", Path: "a.txt"},
	)
	all := []string{
		"09 published The title of a.txt a.txt< ", "11 published The title of b.txt b.txt< ", "12 edited A a.txt< ",
		"13 published The title of c.txt c.txt< ", "14 gone A a.txt< ",
	}
	for _, n := range []int{0, 1, 3, 5, 9} {
		got, err := l.LatestEvents(t.Context(), n)
		if diff := cmp.Diff(all[max(0, 5-n):], lines(got), cmp.Transformer("", func(s []string) []string { return append([]string{}, s...) })); diff != "" || err != nil {
			t.Errorf("the last %d: %v\n%s", n, err, diff)
		}
	}
}

func TestEventsAreBounded(t *testing.T) {
	l := newLedger(t)
	rec, other := record("a.txt", 0), record("b.txt", 0)
	put(t, l, rec, other)
	happened(t, l, ledger.Event{ID: other.ID, When: monday.Add(time.Hour), Kind: ledger.Edited})
	update(t, l, func(tx *ledger.Tx) error {
		for i := range 150 {
			err := tx.PutEvent(ledger.Event{ID: rec.ID, When: monday.Add(time.Duration(i+1) * time.Minute), Kind: ledger.Edited})
			if err != nil {
				return err
			}
		}
		return nil
	})
	got, err := l.Events(t.Context(), rec.ID)
	if err != nil || len(got) != 101 || !got[100].When.Equal(monday.Add(150*time.Minute)) {
		t.Errorf("%d events (%v), want the newest 100 and the beginning", len(got), err)
	}
	if got, err := l.Events(t.Context(), other.ID); len(got) != 2 || err != nil {
		t.Errorf("%d events of another entry (%v), want 2", len(got), err)
	}
}

func TestEventsThatCanNotBe(t *testing.T) {
	l := newLedger(t)
	draft := held("draft.txt", 0)
	put(t, l, draft)
	err := l.Update(t.Context(), func(tx *ledger.Tx) error { return tx.PutEvent(ledger.Event{ID: draft.ID, Kind: "lost"}) })
	if want := fmt.Sprintf("event of %q: unknown kind %q", draft.ID, "lost"); err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	if err := l.Update(t.Context(), func(tx *ledger.Tx) error { return tx.PutEvent(ledger.Event{ID: "urn:x", Kind: ledger.Gone}) }); err == nil {
		t.Error("an entry without a record has an event")
	}
	// What was never public goes with all that is known of it.
	happened(t, l, ledger.Event{ID: draft.ID, When: draft.FirstSeen, Kind: ledger.Held})
	update(t, l, func(tx *ledger.Tx) error { return tx.Drop(draft.ID) })
	if got, err := l.LatestEvents(t.Context(), 9); len(got) != 0 || err != nil {
		t.Errorf("events of what was dropped: %v, %v", got, err)
	}
}

// Subscribers are told of what changes for them, and of nothing that they could
// not see.
func TestAnnounced(t *testing.T) {
	l := newLedger(t)
	live, draft, again := record("live.txt", 0), held("draft.txt", 0), record("again.txt", 0)
	put(t, l, live, draft, again)
	event := func(rec ledger.Record, kind ledger.EventKind, title string) ledger.Event {
		return ledger.Event{ID: rec.ID, When: monday, Kind: kind, Title: title}
	}
	edited := event(live, ledger.Edited, "told 1")
	edited.Change = []byte("how")
	happened(
		t, l, edited,
		event(live, ledger.Moved, "not told"),
		event(live, ledger.Withdrawn, "told 2"),
		event(live, ledger.Restored, "told 3"),
		event(draft, ledger.Withdrawn, "secret"),
		event(again, ledger.Held, "secret"),
		event(again, ledger.Withdrawn, "secret"),
		event(again, ledger.Restored, "secret"),
		event(again, ledger.Returned, "secret"),
		event(again, ledger.Edited, "told 4"),
	)
	got, err := l.Announced(t.Context(), 9)
	var titles []string
	for _, e := range got {
		titles = append(titles, e.Title+string(e.Change))
	}
	if diff := cmp.Diff([]string{"told 4", "told 3", "told 2", "told 1how"}, titles); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	// A change is kept for a while.
	happened(t, l, slices.Repeat([]ledger.Event{{ID: draft.ID, Kind: ledger.Held, Change: []byte("more")}}, 100)...)
	got, err = l.Announced(t.Context(), 9)
	if err != nil || len(got) != 4 || got[3].Change != nil {
		t.Errorf("announced %v, %v", got, err)
	}
}
