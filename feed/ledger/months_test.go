package ledger_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// inMonth returns the records of a month.
func inMonth(t *testing.T, l *ledger.Ledger, month string) []ledger.Record {
	t.Helper()
	var all []ledger.Record
	for rec, err := range l.InMonth(t.Context(), month) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, rec)
	}
	return all
}

// A month begins and ends in UTC.
func TestMonthsAreThoseOfUTC(t *testing.T) {
	l := newLedger(t)
	at := func(path, published string) ledger.Record {
		rec := record(path, 0)
		rec.Published = must(time.Parse(time.RFC3339, published))(t)
		return rec
	}
	first, last := at("first.txt", "2026-03-01T00:00:00Z"), at("last.txt", "2026-03-31T23:59:59.999Z")
	put(t, l, first, last,
		at("before.txt", "2026-03-01T03:59:59+04:00"), at("after.txt", "2026-03-31T20:00:00-04:00"), at("old.txt", "1914-07-28T12:00:00Z"))
	diff(t, "months", must(l.Months(t.Context()))(t), []ledger.MonthCount{
		{Month: "1914-07", Live: 1, Changed: monday}, {Month: "2026-02", Live: 1, Changed: monday},
		{Month: "2026-03", Live: 2, Changed: monday}, {Month: "2026-04", Live: 1, Changed: monday},
	})
	diff(t, "March", inMonth(t, l, "2026-03"), []ledger.Record{last, first})
	// An entry that gets another date moves; the month that it leaves falls back.
	last.Published, last.Updated = first.Published.AddDate(0, 1, 0), monday.Add(time.Hour)
	put(t, l, last)
	last.Published = first.Published
	put(t, l, gone(last, 3))
	diff(t, "months after it", must(l.Months(t.Context()))(t)[2:], []ledger.MonthCount{
		{Month: "2026-03", Live: 1, Changed: monday.Add(3 * time.Hour)}, {Month: "2026-04", Live: 1, Changed: monday},
	})
}

// Of two deletions at one instant, one that is taken back leaves the other.
func TestMonthsRememberEachEnd(t *testing.T) {
	l := newLedger(t)
	put(t, l, gone(record("a.txt", 0), 9), gone(record("b.txt", 1), 9), gone(record("c.txt", 2), 8))
	put(t, l, record("a.txt", 0))
	diff(t, "months", must(l.Months(t.Context()))(t), []ledger.MonthCount{{Month: "2026-03", Live: 1, Changed: monday.Add(9 * time.Hour)}})
	put(t, l, record("b.txt", 0))
	diff(t, "months", must(l.Months(t.Context()))(t), []ledger.MonthCount{{Month: "2026-03", Live: 2, Changed: monday.Add(8 * time.Hour)}})
}

func TestInMonthRefusesWhatIsNoMonth(t *testing.T) {
	l := newLedger(t)
	for _, month := range []string{"", "2026", "2026-13", "2026-3", "March"} {
		n, want := 0, fmt.Sprintf(`%q is no month of the form "2026-03"`, month)
		for _, err := range l.InMonth(t.Context(), month) {
			if n++; err == nil || err.Error() != want {
				t.Errorf("InMonth(%q): error = %v, want %s", month, err, want)
			}
		}
		if n != 1 {
			t.Errorf("InMonth(%q) yields %d times, want once", month, n)
		}
	}
}

// A file of the first version is brought up to date: nothing of it is lost, and
// its months are those of a new one.
func TestOpenBringsTheFirstVersionUp(t *testing.T) {
	var all []ledger.Record
	for i, published := range []string{
		"0001-01-01T00:00:00Z", "0400-02-29T23:59:59Z", "1900-02-28T00:00:00Z", "1900-03-01T00:00:00Z", "1914-07-28T12:00:00Z",
		"1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00Z", "2000-02-29T12:00:00Z", "2024-02-29T12:00:00Z", "2024-12-31T23:59:59Z",
		"2025-01-01T00:00:00Z", "2026-03-01T00:00:00Z", "2026-03-31T12:00:00Z", "2026-03-31T12:00:00Z", "2100-02-28T12:00:00Z", "9999-12-31T23:59:59Z",
	} {
		rec := record(fmt.Sprintf("news/%02d.txt", i), i)
		rec.Published = must(time.Parse(time.RFC3339, published))(t)
		all = append(all, rec)
	}
	for day := range 120 * 366 { // the ends of every month, over 2000 and 2100
		if at := time.Date(1990, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, day); at.Day() == 1 || at.AddDate(0, 0, 1).Day() == 1 {
			rec := record(fmt.Sprintf("month/%d.txt", day), day)
			rec.Published = at
			all = append(all, rec)
		}
	}
	draft := held("draft.txt", 0)
	draft.Published = monday.AddDate(0, 9, 0)
	withdrawn := gone(record("withdrawn.txt", 0), 99)
	withdrawn.Status = feed.Withdrawn
	all = append(all, draft, withdrawn, gone(record("gone.txt", 0), 98))

	file := filepath.Join(t.TempDir(), "ledger.db")
	firstVersion(t, file, all)
	old, fresh := open(t, file), newLedger(t)
	put(t, fresh, all...)
	diff(t, "records", list(t, old, ledger.Filter{}), list(t, fresh, ledger.Filter{}))
	diff(t, "months", must(old.Months(t.Context()))(t), must(fresh.Months(t.Context()))(t))
	diff(t, "lists", shown(t, old), none[string]())
	rec := all[12]
	got, _, err := old.ByID(t.Context(), rec.ID)
	if err != nil {
		t.Fatal(err)
	}
	rec.Sketch = [24]byte{} // there were none then
	diff(t, "a record", got, rec)
	put(t, old, gone(rec, 7))
	putLists(t, old, all[13], tag("grain"))
	diff(t, "lists after it", shown(t, old), []string{"tag/grain The tag grain 1 13"})
	for _, c := range must(old.Months(t.Context()))(t) {
		if c.Month == "2026-03" && c.Live != 4 {
			t.Errorf("%d entries in March, want 4", c.Live)
		}
	}
}

// firstVersion makes a file as the first version of the ledger made it.
func firstVersion(t *testing.T, file string, records []ledger.Record) {
	t.Helper()
	change(t, file, `PRAGMA application_id = 0x73656564;
		PRAGMA journal_mode = WAL;
		CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL,
			is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')));
		INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1), (1, 1);`+
		schema(t)["migrations/00001_ledger.sql"])
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	insert := `INSERT INTO entry VALUES (` + "?" + strings.Repeat(", ?", 18) + `)`
	for _, r := range records {
		_, err := tx.Exec(insert, r.ID, r.Section, filepath.Base(r.Path), r.Address, r.Title, r.Digest[:], append(r.Meaning[:], r.Digest[:16]...), r.Size,
			r.ModTime.UnixMilli(), r.FirstSeen.UnixMilli(), r.Published.UnixMilli(), r.Updated.UnixMilli(), nil,
			string(r.Status), r.Reason, r.DayOnly, r.Inferred, r.WasLive, r.Pending)
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(tx.Commit(), db.Close(), os.Chmod(file, 0o600)); err != nil {
		t.Fatal(err)
	}
}
