package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"seedfeed/feed"
)

// A Recovery is what was saved from a ledger that is damaged.
type Recovery struct {
	Copy    string // where the damaged file is kept, as it was
	Entries int    // records that could be read
	Whole   bool   // all tables could be read to their end
}

// Damaged reports whether an error says that the file of a ledger is damaged:
// that it was cut short, or that other bytes stand in it. [Recover] helps then.
func Damaged(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Next == hintDamaged
}

// markEnding is that of the file beside a ledger in which damage was met after it
// was opened.
const markEnding = ".is-damaged"

// MarkDamaged has [Open] refuse the file from now on. It is for whoever meets
// damage that Open did not see: that looks at the begin of the file alone.
func (l *Ledger) MarkDamaged() error { return os.WriteFile(l.file+markEnding, nil, 0o600) }

// Recover moves a damaged ledger aside, makes a new one in its place, and puts
// into it all records, values, files and subscriptions that can be read from the
// damaged one: ids, addresses, dates and withdrawals stay, as far as they are to
// be had. The time becomes part of the name of the copy, which is kept for ever.
//
// No run may be in progress, in this process or another: it waits for the lock.
func Recover(ctx context.Context, file string, at time.Time) (_ *Ledger, r Recovery, err error) {
	if r.Copy, err = setAside(ctx, file, at); err != nil {
		return nil, Recovery{}, err
	}
	l, err := Open(ctx, file)
	if err != nil {
		return nil, r, err
	}
	s, err := openSalvage(ctx, r.Copy)
	if err != nil {
		return l, r, nil //nolint:nilerr // nothing can be read: all that there is to say is said by r
	}
	r.Entries, err = s.refill(ctx, l)
	r.Whole = !s.lost
	return l, r, errors.Join(err, s.db.Close())
}

// setAside gives the files of a ledger names that nothing has yet.
func setAside(ctx context.Context, file string, at time.Time) (aside string, err error) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	unlock, err := lock(ctx, abs+".lock", nil)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	name := abs + ".damaged-" + at.UTC().Format("20060102T150405Z")
	for aside = name; exists(aside); {
		aside += "x"
	}
	for _, ending := range []string{"-wal", "-shm", ""} { // the file last: with it all is done
		err := os.Rename(abs+ending, aside+ending)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", &Error{File: file, Problem: "is damaged, and can not be moved aside", Next: hintAccess, Err: withoutPath(err)}
		}
	}
	if err := os.Remove(abs + markEnding); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return aside, nil
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// A salvage reads what can be read from a damaged file.
type salvage struct {
	db   *sql.DB
	lost bool // something could not be read
}

// openSalvage opens a damaged file without a change to it.
func openSalvage(ctx context.Context, file string) (*salvage, error) {
	// With a schema that may be written SQLite also reads a file that is shorter
	// than its header says; and nothing is written.
	db, err := sql.Open("sqlite", dsn(file, []string{"writable_schema(1)", "query_only(1)"})+"&mode=ro")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	var n int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&n); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &salvage{db: db}, nil
}

// each hands on what can be read of a table: from its begin to the first page
// that is damaged, and then from its end back to the last such page. This is for
// SQLite alone, as the damage is.
func (s *salvage) each(ctx context.Context, table, columns string, take func(row) error) {
	question := "SELECT rowid, " + columns + " FROM " + table + " NOT INDEXED WHERE rowid > $1 ORDER BY rowid"
	last, err := s.read(ctx, question, math.MinInt64, take)
	if err == nil {
		return
	}
	s.lost = true
	_, _ = s.read(ctx, question+" DESC", last, take) // ends at damage again
}

// read hands on rows until one can not be read. It returns the greatest number
// of those that could.
func (s *salvage) read(ctx context.Context, question string, after int64, take func(row) error) (last int64, err error) {
	last = after
	rows, err := s.db.QueryContext(ctx, question, after)
	if err != nil {
		return last, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		number := after
		if err := take(numbered{rows, &number}); err != nil {
			s.lost = true
		}
		last = max(last, number)
	}
	return last, rows.Err()
}

// A numbered row is read with its number, which stands before its columns.
type numbered struct {
	rows   *sql.Rows
	number *int64
}

// Scan reads the columns after the number.
func (n numbered) Scan(dest ...any) error { return n.rows.Scan(append([]any{n.number}, dest...)...) }

// plainTables are those whose rows are copied as they are, with their columns.
var plainTables = [...]struct{ name, columns, parameters string }{
	{"event", "number, entry, happened, kind, title, path, before, why, digest, public, change", "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11"},
	{"version", versionColumns, "$1, $2, $3, $4, $5, $6, $7"},
	{"meta", "key, value", "$1, $2"},
	{"file", "path, digest, size, mod_time", "$1, $2, $3, $4"},
	{"subscription", "topic, callback, secret, expires, delivered, wanted, due, tries", "$1, $2, $3, $4, $5, $6, $7, $8"},
	{"subscription_request", "number, mode, topic, callback, secret, lease", "$1, $2, $3, $4, $5, $6"},
}

// refill puts what can be read into a new ledger, and counts the records.
func (s *salvage) refill(ctx context.Context, l *Ledger) (entries int, err error) {
	return entries, l.Update(ctx, func(tx *Tx) error {
		s.each(ctx, "entry", columns, func(from row) error {
			var rec Record
			if err := rec.scan(from); err != nil {
				return err
			}
			if other, taken, err := tx.ByPath(ctx, rec.Path); err != nil || taken && rec.Status != feed.Gone {
				return errors.Join(err, fmt.Errorf("%q has the path of %q", rec.ID, other.ID))
			}
			if err := tx.Put(rec); err != nil {
				return err
			}
			entries++
			return nil
		})
		for _, table := range plainTables {
			insert := "INSERT INTO " + table.name + " (" + table.columns + ") VALUES (" + table.parameters + ") ON CONFLICT DO NOTHING"
			values := make([]any, strings.Count(table.columns, ",")+1)
			into := make([]any, len(values))
			for i := range values {
				into[i] = &values[i]
			}
			s.each(ctx, table.name, table.columns, func(from row) error {
				if err := from.Scan(into...); err != nil {
					return err
				}
				_, err := tx.exec(insert, values...)
				return err
			})
		}
		return nil
	})
}
