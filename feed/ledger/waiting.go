package ledger

import (
	"regexp"
	"strconv"
	"strings"
)

// waiting are rows that an update keeps back, since many of them go into a table
// by one statement for less than they do one by one. They are written before a
// statement that could tell.
type waiting struct {
	entries [][]any           // rows of table entry
	members [][]any           // rows of table member
	fresh   map[string]Record // the records of those entries that are in no list yet, by id
	numbers map[string]int64  // their numbers
	next    int64             // the number of the next entry that gets one; 0 when it is not known
}

// manyRows is how many rows such a statement has.
const manyRows = 16

// tells finds the statements that need what waits: those on the tables that it is
// for, and on tables that refer to them.
var tells = regexp.MustCompile(`\b(entry|member|event|snapshot)\b`)

// add keeps a record of which nothing is in the ledger. It has a number from the
// beginning if it is to be in lists.
func (tx *Tx) add(rec Record) error {
	row := append(rec.args(), nil)
	if rec.WasLive {
		if tx.wait.next == 0 {
			if _, err := tx.one(tx.ctx, selectNextNumber, nil, &tx.wait.next); err != nil {
				return err
			}
		}
		row[len(row)-1] = tx.wait.next
		tx.wait.numbers[rec.ID] = tx.wait.next
		tx.wait.next++
	}
	tx.wait.entries = append(tx.wait.entries, row)
	tx.wait.fresh[rec.ID] = rec
	tx.absent.forget(rec)
	tx.count(rec, +1)
	return nil
}

// flush writes what waits.
func (tx *Tx) flush() error {
	entries, members := tx.wait.entries, tx.wait.members
	tx.wait.entries, tx.wait.members = nil, nil
	if err := tx.insertMany(insertNew, entries); err != nil {
		return err
	}
	return tx.insertMany(insertMember, members)
}

// insertMany runs a statement that inserts one row for many.
func (tx *Tx) insertMany(query string, rows [][]any) error {
	for len(rows) > 0 {
		n := 1
		if len(rows) >= manyRows {
			n = manyRows
		}
		args := make([]any, 0, n*len(rows[0]))
		for _, row := range rows[:n] {
			args = append(args, row...)
		}
		if _, err := tx.exec(manyValues(query, len(rows[0]), n), args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// manyValues makes a statement that inserts one row of some columns insert n.
func manyValues(query string, columns, n int) string {
	if n == 1 {
		return query
	}
	var b strings.Builder
	b.WriteString(query)
	for parameter := columns; parameter < n*columns; {
		lead := ", ("
		for range columns {
			parameter++
			b.WriteString(lead + "$" + strconv.Itoa(parameter))
			lead = ", "
		}
		b.WriteString(")")
	}
	return b.String()
}
