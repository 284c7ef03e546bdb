package ledger

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// exported are the tables that an export holds, those first that others name.
var exported = [...]string{"entry", "version", "section", "list", "member", "month", "snapshot", "event", "file", "meta"}

// secret are those that it holds when it is asked to: the secrets of subscribers
// stand in them.
var secret = [...]string{"subscription", "subscription_request"}

// A line is one line of an export: the first tells what it is, each other one is
// a row of a table.
type line struct {
	Ledger int64          `json:"ledger,omitempty"` // version of the tables
	Table  string         `json:"table,omitempty"`
	Row    map[string]any `json:"row,omitempty"`
}

// A hexed value is one of bytes.
type hexed struct {
	Hex string `json:"hex"`
}

// Export writes all that the ledger knows, in JSON lines, from which
// [Ledger.Import] makes it again. Subscriptions, which hold the secrets of
// subscribers, are left out unless they are asked for.
func (l *Ledger) Export(ctx context.Context, w io.Writer, subscriptions bool) error {
	version, err := newestMigration()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(line{Ledger: version}); err != nil {
		return err
	}
	tables := exported[:]
	if subscriptions {
		tables = slices.Concat(tables, secret[:])
	}
	for _, table := range tables {
		err := l.each(ctx, "SELECT * FROM "+table+" ORDER BY 1, 2", nil, func(rows *sql.Rows) error {
			row, err := valuesOf(rows)
			if err != nil {
				return err
			}
			return encoder.Encode(line{Table: table, Row: row})
		})
		if err != nil {
			return err
		}
	}
	return out.Flush()
}

// valuesOf returns a row by the names of its columns.
func valuesOf(rows *sql.Rows) (map[string]any, error) {
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	into, found := make([]any, len(names)), make([]any, len(names))
	for i := range into {
		into[i] = &found[i]
	}
	if err := rows.Scan(into...); err != nil {
		return nil, err
	}
	row := make(map[string]any, len(names))
	for i, name := range names {
		row[name] = found[i]
		if b, ok := found[i].([]byte); ok {
			row[name] = hexed{hex.EncodeToString(b)}
		}
	}
	return row, nil
}

// ErrNotEmpty says that a ledger knows something already.
var ErrNotEmpty = errors.New("the ledger is not empty")

// Import puts an export into a ledger that is empty, all of it or nothing. Its
// errors name the line.
func (l *Ledger) Import(ctx context.Context, r io.Reader) (entries int, err error) {
	return entries, l.Update(ctx, func(tx *Tx) error {
		known := 0
		if _, err := tx.one(ctx, "SELECT count(*) FROM (SELECT id FROM entry LIMIT 1) AS a", nil, &known); err != nil {
			return err
		}
		if known > 0 {
			return ErrNotEmpty
		}
		if _, err := tx.exec("DELETE FROM meta"); err != nil {
			return err
		}
		in := importer{tx: tx, columns: map[string][]string{}}
		lines := bufio.NewReader(r)
		for number := 1; ; number++ {
			text, err := lines.ReadBytes('\n')
			if len(bytes.TrimSpace(text)) > 0 {
				if err := in.take(number, text); err != nil {
					return fmt.Errorf("line %d: %w", number, err)
				}
			}
			if errors.Is(err, io.EOF) {
				entries = in.entries
				if number == 1 && len(bytes.TrimSpace(text)) == 0 {
					return errors.New("line 1: it is empty, and no export of a ledger")
				}
				return nil
			}
			if err != nil {
				return err
			}
		}
	})
}

// An importer puts lines into tables.
type importer struct {
	tx      *Tx
	columns map[string][]string // of each table
	entries int
}

func (in *importer) take(number int, text []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var l line
	if err := decoder.Decode(&l); err != nil {
		return fmt.Errorf("no JSON object of an export: %w", err)
	}
	if number == 1 {
		newest, err := newestMigration()
		switch {
		case err != nil:
			return err
		case l.Ledger == 0:
			return errors.New("no export of a ledger: it does not begin with its version")
		case l.Ledger != newest:
			return fmt.Errorf("exported by a seedfeed of version %d of the ledger, and this one has %d", l.Ledger, newest)
		}
		return nil
	}
	if !slices.Contains(exported[:], l.Table) && !slices.Contains(secret[:], l.Table) {
		return fmt.Errorf("unknown table %q", l.Table)
	}
	return in.insert(l)
}

func (in *importer) insert(l line) error {
	columns, err := in.columnsOf(l.Table)
	if err != nil {
		return err
	}
	args := make([]any, len(columns))
	var parameters strings.Builder
	for i, name := range columns {
		value, there := l.Row[name]
		if !there {
			return fmt.Errorf("the row of table %q has no %q", l.Table, name)
		}
		if args[i], err = imported(value); err != nil {
			return fmt.Errorf("%q of table %q: %w", name, l.Table, err)
		}
		fmt.Fprintf(&parameters, ", $%d", i+1)
	}
	if len(l.Row) != len(columns) {
		return fmt.Errorf("the row of table %q has %d values, want %d", l.Table, len(l.Row), len(columns))
	}
	if l.Table == "entry" {
		in.entries++
	}
	_, err = in.tx.exec("INSERT INTO "+l.Table+" ("+strings.Join(columns, ", ")+") VALUES ("+parameters.String()[2:]+")", args...)
	return err
}

// columnsOf returns the columns of a table.
func (in *importer) columnsOf(table string) (columns []string, err error) {
	if columns := in.columns[table]; columns != nil {
		return columns, nil
	}
	stmt, err := in.tx.prepare(in.tx.ctx, "SELECT * FROM "+table+" LIMIT 0")
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(in.tx.ctx)
	if err != nil {
		return nil, err
	}
	columns, err = rows.Columns()
	in.columns[table] = columns
	return columns, errors.Join(err, rows.Close(), rows.Err())
}

// imported returns a value as the database takes it.
func imported(value any) (any, error) {
	switch v := value.(type) {
	case nil, bool, string:
		return v, nil
	case json.Number:
		return v.Int64()
	case map[string]any:
		if text, ok := v["hex"].(string); ok && len(v) == 1 {
			return hex.DecodeString(text)
		}
	}
	return nil, fmt.Errorf("%T is no value of an export", value)
}
