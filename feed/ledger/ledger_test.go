package ledger_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// monday is when the stories of these tests begin.
var monday = time.Date(2026, time.March, 2, 9, 30, 0, 0, time.UTC)

// newLedger opens an empty ledger.
func newLedger(t *testing.T) *ledger.Ledger {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "ledger.db"))
}

// record returns a live record; its other values follow from its path.
func record(path string, hours int) ledger.Record {
	at := monday.Add(time.Duration(hours) * time.Hour)
	return ledger.Record{
		ID:      feed.NewID("news.example.org", path),
		Path:    path,
		Section: feed.SectionOf(path),
		Address: "entries/2026/03/" + strings.ReplaceAll(path, "/", "-") + ".html",
		Title:   "The title of " + path,
		Digest:  [32]byte([]byte(fmt.Sprintf("%032s", path))),
		Meaning: [16]byte{1, 2, 3},
		Sketch:  [24]byte{7, 8, 9},
		Size:    int64(len(path)), ModTime: at.Add(5 * time.Millisecond),
		FirstSeen: at, Published: at, Updated: at,
		Status: feed.Live, WasLive: true,
	}
}

// held returns a record that was never public.
func held(path string, hours int) ledger.Record {
	rec := record(path, hours)
	rec.Status, rec.Reason, rec.WasLive, rec.Address = feed.Held, "draft", false, ""
	return rec
}

// gone returns the record of a document that was deleted at an hour.
func gone(rec ledger.Record, hours int) ledger.Record {
	rec.Status, rec.Updated = feed.Gone, monday.Add(time.Duration(hours)*time.Hour)
	return rec
}

func put(tb testing.TB, l *ledger.Ledger, records ...ledger.Record) {
	tb.Helper()
	update(tb, l, func(tx *ledger.Tx) error { return putAll(tx, records) })
}

func putAll(tx *ledger.Tx, records []ledger.Record) error {
	for _, rec := range records {
		if err := tx.Put(rec); err != nil {
			return err
		}
	}
	return nil
}

// list returns the paths and statuses of what a filter chooses.
func list(t *testing.T, l *ledger.Ledger, f ledger.Filter) []string {
	t.Helper()
	var all []string
	for rec, err := range l.List(t.Context(), f) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, rec.Path+" "+string(rec.Status))
	}
	return all
}

func diff(t *testing.T, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s: (-want +got)\n%s", what, d)
	}
}

// must returns a value, or ends the test.
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestPutGivesBackWhatItGot(t *testing.T) {
	l := newLedger(t)
	baku := time.FixedZone("", 4*3600)
	want := record("world/baku.txt", 0)
	want.Published = time.Date(2026, 3, 2, 12, 0, 0, 0, baku)
	want.Until = monday.Add(time.Hour)
	want.Reason = `"quoted", o'clock, Баку, 100 %`
	want.DayOnly, want.Inferred, want.Pending = true, true, true
	zero := ledger.Record{ID: "urn:zero", Path: "zero.txt", Status: feed.Held}
	old := record("old.txt", 0)
	old.Published = time.Date(1914, 7, 28, 0, 0, 0, 0, time.UTC) // before 1970
	put(t, l, want, zero, old)
	for _, want := range []ledger.Record{want, zero, old} {
		got, ok, err := l.ByID(t.Context(), want.ID)
		if err != nil || !ok {
			t.Fatalf("ByID(%q) = %v, %v", want.ID, ok, err)
		}
		diff(t, want.Path, got, want)
	}
	got, _, err := l.ByID(t.Context(), zero.ID)
	if err != nil || !got.Published.IsZero() || !got.Until.IsZero() || !got.ModTime.IsZero() {
		t.Errorf("the zero times came back as %v, %v, %v (%v)", got.Published, got.Until, got.ModTime, err)
	}
}

func TestWhatIsNotThere(t *testing.T) {
	l, ctx := newLedger(t), t.Context()
	if _, ok, err := l.ByID(ctx, "urn:none"); ok || err != nil {
		t.Errorf("ByID = %v, %v", ok, err)
	}
	if _, ok, err := l.ByPath(ctx, "none.txt"); ok || err != nil {
		t.Errorf("ByPath = %v, %v", ok, err)
	}
	if _, taken, err := l.AddressTaken(ctx, ""); taken || err != nil {
		t.Errorf("AddressTaken = %v, %v", taken, err)
	}
	if _, _, ok, err := l.Snapshot(ctx, "urn:none"); ok || err != nil {
		t.Errorf("Snapshot = %v, %v", ok, err)
	}
	if at, err := l.LastChange(ctx, ""); !at.IsZero() || err != nil {
		t.Errorf("LastChange = %v, %v", at, err)
	}
	if at, err := l.NextDue(ctx, monday); !at.IsZero() || err != nil {
		t.Errorf("NextDue = %v, %v", at, err)
	}
	if v, err := l.Meta(ctx, "none"); v != "" || err != nil {
		t.Errorf("Meta = %q, %v", v, err)
	}
	if r, err := l.Latest(ctx, "", 10); r != nil || err != nil {
		t.Errorf("Latest = %v, %v", r, err)
	}
	update(t, l, func(tx *ledger.Tx) error {
		return errors.Join(tx.Drop("urn:none"), tx.Placed("urn:none"), tx.DropFile("none"), tx.SetMeta("none", ""), tx.KeepSnapshots(nil))
	})
}

func TestFolder(t *testing.T) {
	l := newLedger(t)
	b := record("news/b.txt", 1)
	b.Pending = true
	put(t, l, record("news/c.txt", 0), b, held("news/a.txt", 2),
		record("a.txt", 0), record("newsroom/a.txt", 0), record("news/world/a.txt", 0), gone(record("news/d.txt", 0), 1))
	states := must(l.Folder(t.Context(), "news"))(t)
	var got []string
	for _, s := range states {
		got = append(got, fmt.Sprintf("%s %s %v", s.Path, s.Status, s.Pending))
	}
	diff(t, "news", got, []string{"news/a.txt held false", "news/b.txt live true", "news/c.txt live false"})
	diff(t, "news/b.txt", states[1], ledger.State{
		ID: b.ID, Path: b.Path, Address: b.Address, Size: b.Size, ModTime: b.ModTime, Status: feed.Live, Pending: true,
	})
	if !states[1].Unchanged(b.Size, b.ModTime.Add(900*time.Microsecond)) {
		t.Error("a time that differs by less than the ledger keeps is a change")
	}
	if states[1].Unchanged(b.Size, b.ModTime.Add(time.Millisecond)) || states[1].Unchanged(b.Size+1, b.ModTime) {
		t.Error("another size or time is no change")
	}
	if top := must(l.Folder(t.Context(), ""))(t); len(top) != 1 || top[0].Path != "a.txt" {
		t.Errorf("at the top: %v", top)
	}
	diff(t, "folders", must(l.Folders(t.Context()))(t), []string{"", "news", "news/world", "newsroom"})
	put(t, l, gone(record("news/world/a.txt", 0), 5))
	diff(t, "folders after a deletion", must(l.Folders(t.Context()))(t), []string{"", "news", "newsroom"})
}

func TestByPathPrefersWhatIsThere(t *testing.T) {
	l := newLedger(t)
	first, second, third := record("a.txt", 0), record("a.txt", 1), held("a.txt", 2)
	first.ID, second.ID, third.ID = "urn:z", "urn:y", "urn:x"
	second.Address = "entries/2026/03/second.html"
	steps := []struct {
		put  []ledger.Record
		want string
	}{
		{[]ledger.Record{first}, "urn:z"},
		{[]ledger.Record{gone(first, 5), gone(second, 6)}, "urn:y"}, // went last
		{[]ledger.Record{third}, "urn:x"},
		{[]ledger.Record{gone(second, 9)}, "urn:x"},
	}
	for i, step := range steps {
		put(t, l, step.put...)
		rec, ok, err := l.ByPath(t.Context(), "a.txt")
		if err != nil || !ok || rec.ID != step.want {
			t.Errorf("step %d: ByPath = %q, %v, %v, want %q", i, rec.ID, ok, err, step.want)
		}
	}
}

func TestByDigestFindsCopiesAndOldPlaces(t *testing.T) {
	l := newLedger(t)
	a, b, c := record("b.txt", 0), record("news/a.txt", 1), record("c.txt", 2)
	b.Digest = a.Digest
	c.Digest = a.Digest
	c.Digest[31]++ // shares the part that the index holds
	put(t, l, a, gone(b, 3), c)
	var got []string
	for _, rec := range must(l.ByDigest(t.Context(), a.Digest))(t) {
		got = append(got, rec.Path+" "+string(rec.Status))
	}
	diff(t, "paths", got, []string{"b.txt live", "news/a.txt gone"})
}

func TestAddressesAreKeptForEver(t *testing.T) {
	l := newLedger(t)
	a := record("a.txt", 0)
	put(t, l, a)
	put(t, l, gone(a, 1))
	if id, taken, err := l.AddressTaken(t.Context(), a.Address); id != a.ID || !taken || err != nil {
		t.Errorf("AddressTaken = %q, %v, %v", id, taken, err)
	}
	thief := record("b.txt", 0)
	thief.Address = a.Address
	refused(t, l, fmt.Sprintf("the address %q of %q belongs to %q", a.Address, thief.ID, a.ID), putting(thief))
	moved := a
	moved.Address = "entries/2026/03/other.html"
	refused(t, l, fmt.Sprintf("%q is public at the address %q, which %q can not replace", a.ID, a.Address, moved.Address), putting(moved))
	// What is not public yet may get its address, and change it.
	draft := held("c.txt", 0)
	put(t, l, draft, held("d.txt", 0))
	draft.Address = "entries/2026/03/c.html"
	put(t, l, draft)
	draft.Address = "entries/2026/04/c.html"
	put(t, l, draft)
	if _, taken, err := l.AddressTaken(t.Context(), "entries/2026/03/c.html"); taken || err != nil {
		t.Errorf("the address that a draft has left is taken: %v, %v", taken, err)
	}
}

func TestPutRefuses(t *testing.T) {
	l := newLedger(t)
	good := record("a.txt", 0)
	with := func(change func(*ledger.Record)) func(*ledger.Tx) error {
		rec := good
		change(&rec)
		return putting(rec)
	}
	refused(t, l, `record of "a.txt" has no id`, with(func(r *ledger.Record) { r.ID = "" }))
	refused(t, l, fmt.Sprintf(`record %q: unknown status "published"`, good.ID), with(func(r *ledger.Record) { r.Status = "published" }))
	for _, path := range []string{"", ".", "/a.txt", "../a.txt", "..", "a//b.txt", "a/"} {
		refused(t, l, fmt.Sprintf("record %q: %q is no path of a document", good.ID, path), with(func(r *ledger.Record) { r.Path = path }))
	}
}

// putting returns an update that puts records.
func putting(records ...ledger.Record) func(*ledger.Tx) error {
	return func(tx *ledger.Tx) error { return putAll(tx, records) }
}

// refused checks that an update fails with a message, and that nothing is kept.
func refused(t *testing.T, l *ledger.Ledger, want string, fn func(*ledger.Tx) error) {
	t.Helper()
	before := list(t, l, ledger.Filter{})
	marker := record("zzz/marker.txt", 0)
	err := l.Update(t.Context(), func(tx *ledger.Tx) error {
		if err := tx.Put(marker); err != nil {
			return err
		}
		return fn(tx)
	})
	if err == nil || err.Error() != want {
		t.Errorf("error = %v, want %s", err, want)
	}
	diff(t, "after "+want, list(t, l, ledger.Filter{}), before)
}

func TestPathsMayBeSwapped(t *testing.T) {
	l := newLedger(t)
	a, b := record("a.txt", 0), record("news/b.txt", 1)
	put(t, l, a, b)
	a.Path, b.Path = b.Path, a.Path
	put(t, l, a, b)
	for _, want := range []ledger.Record{a, b} {
		rec, _, err := l.ByPath(t.Context(), want.Path)
		if err != nil || rec.ID != want.ID {
			t.Errorf("ByPath(%q) = %q, %v, want %q", want.Path, rec.ID, err, want.ID)
		}
	}
	// The new document first, the end of the old one after it.
	c := record("c.txt", 2)
	c.Path = "a.txt"
	put(t, l, c, gone(b, 3))
	rec, _, err := l.ByPath(t.Context(), "a.txt")
	if err != nil || rec.ID != c.ID {
		t.Errorf("ByPath = %q, %v, want %q", rec.ID, err, c.ID)
	}
	// Put back where it was before the other took its path.
	d := record("d.txt", 4)
	d.Path = "a.txt"
	refused(t, l, fmt.Sprintf("%q has the path %q, which another document has too", c.ID, "a.txt"), putting(d))
	update(t, l, func(tx *ledger.Tx) error {
		other := d
		other.Path = "elsewhere.txt"
		return putAll(tx, []ledger.Record{d, other, c})
	})
	diff(t, "records", list(t, l, ledger.Filter{}), []string{"a.txt live", "a.txt gone", "elsewhere.txt live", "news/b.txt live"})
}

func TestLiveIsRememberedForEver(t *testing.T) {
	l := newLedger(t)
	a := record("a.txt", 0)
	a.WasLive = false // not what a caller may say of what is live
	put(t, l, a)
	a.Status, a.Reason = feed.Held, "embargo"
	put(t, l, a)
	rec, _, err := l.ByID(t.Context(), a.ID)
	if err != nil || !rec.WasLive || rec.Status != feed.Held {
		t.Errorf("WasLive = %v, status %q, %v", rec.WasLive, rec.Status, err)
	}
	refused(t, l, fmt.Sprintf("%q was public, and can not be dropped", a.ID), func(tx *ledger.Tx) error { return tx.Drop(a.ID) })
	b := held("news/b.txt", 0)
	put(t, l, b)
	update(t, l, func(tx *ledger.Tx) error { return tx.Drop(b.ID) })
	if _, ok, err := l.ByID(t.Context(), b.ID); ok || err != nil {
		t.Errorf("after Drop: %v, %v", ok, err)
	}
	diff(t, "folders", must(l.Folders(t.Context()))(t), []string{""})
}

func TestPending(t *testing.T) {
	l := newLedger(t)
	var want []string
	for _, path := range []string{"b.txt", "news/a.txt", "c.txt"} {
		rec := record(path, 0)
		rec.Pending = true
		put(t, l, rec)
		want = append(want, rec.ID)
	}
	put(t, l, record("done.txt", 0))
	pending := must(l.Pending(t.Context()))(t)
	if len(pending) != 3 || pending[0].Path != "b.txt" || pending[1].Path != "c.txt" || pending[2].Path != "news/a.txt" {
		t.Errorf("Pending = %v", pending)
	}
	update(t, l, func(tx *ledger.Tx) error { return tx.Placed(want[:2]...) })
	if pending = must(l.Pending(t.Context()))(t); len(pending) != 1 || pending[0].ID != want[2] {
		t.Errorf("after Placed: %v", pending)
	}
}

func TestDue(t *testing.T) {
	l := newLedger(t)
	until := func(path string, hours int) ledger.Record {
		rec := held(path, 0)
		rec.Until = monday.Add(time.Duration(hours) * time.Hour)
		return rec
	}
	ended := until("ended.txt", 1)
	ended.Status = feed.Withdrawn
	put(t, l, until("third.txt", 3), until("second.txt", 2), until("first.txt", 1), held("unknown.txt", 0), ended)
	tests := []struct {
		now  time.Time
		due  []string
		next time.Time
	}{
		{monday, nil, monday.Add(time.Hour)},
		{monday.Add(2*time.Hour - time.Millisecond), []string{"first.txt"}, monday.Add(2 * time.Hour)},
		{monday.Add(2 * time.Hour), []string{"first.txt", "second.txt"}, monday.Add(3 * time.Hour)},
		{monday.Add(9 * time.Hour), []string{"first.txt", "second.txt", "third.txt"}, time.Time{}},
	}
	for _, tt := range tests {
		var due []string
		for _, rec := range must(l.Due(t.Context(), tt.now))(t) {
			due = append(due, rec.Path)
		}
		diff(t, "due at "+tt.now.String(), due, tt.due)
		if next := must(l.NextDue(t.Context(), tt.now))(t); !next.Equal(tt.next) {
			t.Errorf("NextDue(%v) = %v, want %v", tt.now, next, tt.next)
		}
	}
}

func TestList(t *testing.T) {
	l := newLedger(t)
	put(t, l, record("a.txt", 0), held("news/b.txt", 0), record("news/a.txt", 0), gone(record("news/world/a.txt", 0), 1), record("news-2/a.txt", 0))
	tests := []struct {
		filter ledger.Filter
		want   []string
	}{
		{ledger.Filter{}, []string{"a.txt live", "news/a.txt live", "news/b.txt held", "news-2/a.txt live", "news/world/a.txt gone"}},
		{ledger.Filter{Section: "news"}, []string{"news/a.txt live", "news/b.txt held", "news/world/a.txt gone"}},
		{ledger.Filter{Status: []feed.Status{feed.Held}}, []string{"news/b.txt held"}},
		{ledger.Filter{Section: "news", Status: []feed.Status{feed.Gone, feed.Live}}, []string{"news/a.txt live", "news/world/a.txt gone"}},
		{ledger.Filter{Status: []feed.Status{feed.Expired}}, nil},
	}
	for _, tt := range tests {
		diff(t, fmt.Sprint(tt.filter), list(t, l, tt.filter), tt.want)
	}
	for _, err := range l.List(t.Context(), ledger.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		break // leaves no connection behind: the next questions are answered
	}
	for range 20 {
		list(t, l, ledger.Filter{})
	}
}

func TestStatuses(t *testing.T) {
	l := newLedger(t)
	diff(t, "of none", must(l.Statuses(t.Context()))(t), map[feed.Status]int{})
	put(t, l, record("a.txt", 1), record("b.txt", 2), held("c.txt", 3), gone(record("d.txt", 4), 5))
	diff(t, "of four", must(l.Statuses(t.Context()))(t), map[feed.Status]int{feed.Live: 2, feed.Held: 1, feed.Gone: 1})
}
