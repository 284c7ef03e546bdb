package ledger_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"seedfeed/feed/ledger"
)

func TestVersions(t *testing.T) {
	l := open(t, filepath.Join(t.TempDir(), "ledger.db"))
	if has, err := l.HasVersions(t.Context()); has || err != nil {
		t.Fatalf("an empty ledger has versions: %t, %v", has, err)
	}
	first := ledger.Version{ID: "urn:a", Rank: 0, Head: "urn:b", Title: 1 << 63, Slug: 7, Agency: "Acme"}
	second := ledger.Version{ID: "urn:b", Rank: 8, Title: 5, Slug: 7}
	advisory := ledger.Version{ID: "urn:c", Title: 5, Kill: "because"}
	update(t, l, func(tx *ledger.Tx) error {
		for _, v := range []ledger.Version{first, {ID: "urn:b", Rank: 1}, second, advisory} {
			if err := tx.PutVersion(v); err != nil {
				return err
			}
		}
		return nil
	})
	named := func(title, slug uint64) []ledger.Version {
		t.Helper()
		found, err := l.VersionsNamed(t.Context(), title, slug)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	for _, tt := range []struct {
		name      string
		got, want []ledger.Version
	}{
		{"by title", named(1<<63, 0), []ledger.Version{first}},
		{"by slug", named(3, 7), []ledger.Version{first, second}},
		{"by either, each once", named(5, 7), []ledger.Version{first, second, advisory}},
		{"none has no slug", named(3, 0), nil},
	} {
		if !slices.Equal(tt.got, tt.want) {
			t.Errorf("%s: %+v, want %+v", tt.name, tt.got, tt.want)
		}
	}
	below, err := l.VersionsBelow(t.Context(), "urn:b")
	if err != nil || !slices.Equal(below, []ledger.Version{first}) {
		t.Errorf("below: %+v, %v", below, err)
	}
	if below, _ := l.VersionsBelow(t.Context(), ""); len(below) != 0 {
		t.Errorf("what has no head is below none: %+v", below)
	}
	update(t, l, func(tx *ledger.Tx) error { return tx.DropVersion("urn:a") })
	if _, found, err := l.VersionOf(t.Context(), "urn:a"); found || err != nil {
		t.Errorf("a dropped version: %t, %v", found, err)
	}
	if v, found, err := l.VersionOf(t.Context(), "urn:c"); !found || v != advisory || err != nil {
		t.Errorf("VersionOf = %+v, %t, %v", v, found, err)
	}
}

// Drop forgets the version with the record.
func TestDropForgetsTheVersion(t *testing.T) {
	l := open(t, filepath.Join(t.TempDir(), "ledger.db"))
	rec := record("news/a.txt", 1)
	rec.Status, rec.WasLive = "held", false
	update(t, l, func(tx *ledger.Tx) error {
		if err := tx.Put(rec); err != nil {
			return err
		}
		return tx.PutVersion(ledger.Version{ID: rec.ID, Head: "urn:b"})
	})
	update(t, l, func(tx *ledger.Tx) error { return tx.Drop(rec.ID) })
	if _, found, _ := l.VersionOf(t.Context(), rec.ID); found {
		t.Error("the version is still there")
	}
}

func TestTitles(t *testing.T) {
	l := open(t, filepath.Join(t.TempDir(), "ledger.db"))
	newer, older, other := record("news/a.txt", 5), record("news/b.txt", 1), record("news/x/c.txt", 2)
	hidden := record("news/d.txt", 3)
	hidden.Status, hidden.WasLive = "held", false
	update(t, l, func(tx *ledger.Tx) error {
		for _, rec := range []ledger.Record{older, newer, other, hidden} {
			if err := tx.Put(rec); err != nil {
				return err
			}
		}
		return nil
	})
	titles := func(from, to time.Time) []ledger.Titled {
		t.Helper()
		found, err := l.Titles(t.Context(), "news", from, to)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	all := []ledger.Titled{{newer.ID, newer.Title, newer.Sketch}, {older.ID, older.Title, older.Sketch}}
	if got := titles(older.Published, newer.Published); !slices.Equal(got, all) {
		t.Errorf("both ends: %+v, want %+v", got, all)
	}
	if got := titles(older.Published.Add(time.Second), newer.Published.Add(time.Hour)); !slices.Equal(got, all[:1]) {
		t.Errorf("after the older one: %+v", got)
	}
}
