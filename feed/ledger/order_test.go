package ledger_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"seedfeed/feed/ledger"
)

// A ledger whose indexes have the newest first gets those that have it last, and
// gives the same answers.
func TestIndexesTurnRound(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.db")
	l, err := ledger.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, l, 300, 100)
	fillLists(t, l, 300, 100, 2)
	update(t, l, func(tx *ledger.Tx) error {
		for _, n := range []int{250, 3, 120} {
			rec := story(n)
			rec.Pending = true
			if err := tx.Put(rec); err != nil {
				return err
			}
		}
		return nil
	})
	want := ordered(t, l)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	indexes := indexesOf(t, file)
	change(t, file, `DELETE FROM goose_db_version WHERE version_id >= 8; DROP INDEX entry_status;
		DROP INDEX entry_newest; DROP INDEX entry_order; DROP INDEX member_newest; DROP INDEX entry_pending;
		CREATE INDEX entry_newest ON entry (section, published DESC) WHERE status = 'live';
		CREATE INDEX entry_order ON entry (published DESC, substr(id, 1, 12)) WHERE status = 'live';
		CREATE INDEX member_newest ON member (list, live, issued DESC);
		CREATE INDEX entry_pending ON entry (section, name) WHERE pending;`)
	if indexesOf(t, file) == indexes {
		t.Fatal("the indexes are as they were: the test shows nothing")
	}
	old := open(t, file)
	diff(t, "answers", ordered(t, old), want)
	diff(t, "indexes", indexesOf(t, file), indexes)
}

// ordered are the answers that come in the order of an index.
func ordered(t *testing.T, l *ledger.Ledger) []string {
	t.Helper()
	var lines []string
	add := func(question string, records []ledger.Record) {
		for _, rec := range records {
			lines = append(lines, question+" "+rec.Path)
		}
	}
	ctx := t.Context()
	add("latest", must(l.Latest(ctx, "wire/0000", 50))(t))
	add("in a list", must(l.LatestIn(ctx, "language", "en", 50))(t))
	add("pending", must(l.Pending(ctx))(t))
	for rec, err := range l.InMonth(ctx, "2026-01") {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, "in a month "+rec.Path)
	}
	older, newer, _, _, err := l.Around(ctx, story(42))
	if err != nil || len(lines) < 104 {
		t.Fatalf("%d answers, %v", len(lines), err)
	}
	return append(lines, fmt.Sprint("around ", older.Path, newer.Path))
}

// indexesOf are the indexes of a file as they were made.
func indexesOf(t *testing.T, file string) string {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(t.Context(), "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var all []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		all = append(all, text)
	}
	if err := rows.Err(); err != nil || len(all) < 10 {
		t.Fatalf("%d indexes, %v", len(all), err)
	}
	return strings.Join(all, "\n")
}
