package ledger_test

import (
	"path"
	"path/filepath"
	"testing"
	"time"

	"seedfeed/feed/ledger"
)

// What was seen is forgotten when a record changes that it holds for, and only then.
func TestSeenIsForgotten(t *testing.T) {
	l, err := ledger.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	fill(t, l, 1500, 500)
	one, other := story(3), story(1200)
	at := time.Date(2026, 5, 1, 10, 0, 0, 123456789, time.UTC)
	update(t, l, func(tx *ledger.Tx) error {
		for _, rec := range []ledger.Record{one, other} {
			if err := tx.SetSeen(path.Dir(rec.Path), ledger.Seen{Listing: [32]byte{1}, Held: 2}); err != nil {
				return err
			}
		}
		return tx.SetPageFolder(path.Dir(one.Address), at)
	})
	expect := func(sections int, modified time.Time) {
		t.Helper()
		seen, err := l.SeenFolders(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want := ledger.Seen{Listing: [32]byte{1}, Held: 2}
		if len(seen) != sections || seen[path.Dir(other.Path)] != want {
			t.Errorf("seen = %v, want %d sections", seen, sections)
		}
		pages, err := l.PageFolders(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := pages[path.Dir(one.Address)]; !got.Equal(modified) {
			t.Errorf("time of %q = %v, want %v", path.Dir(one.Address), got, modified)
		}
	}
	expect(2, at)
	update(t, l, func(tx *ledger.Tx) error { return tx.Placed(one.ID) })
	expect(2, at)
	one.Size++
	update(t, l, func(tx *ledger.Tx) error { return tx.Put(one) })
	expect(1, time.Time{})
}

func TestEachPage(t *testing.T) {
	l, err := ledger.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	fill(t, l, 200, 200)
	want := map[string]string{} // paths of documents by address
	dir := path.Dir(story(7).Address)
	for i := range 200 {
		if rec := story(i); path.Dir(rec.Address) == dir {
			want[rec.Address] = rec.Path
		}
	}
	last, n := "", 0
	err = l.EachPage(t.Context(), dir, func(p ledger.Page) error {
		if p.Address <= last || want[p.Address] != p.Path {
			t.Errorf("%q of %q after %q", p.Address, p.Path, last)
		}
		last, n = p.Address, n+1
		return nil
	})
	if err != nil || n != len(want) || n < 2 {
		t.Errorf("%d pages, %v, want %d", n, err, len(want))
	}
}
