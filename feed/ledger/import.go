package ledger

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// An Imported tells what an import has brought.
type Imported struct {
	Entries int // that are new here
	Known   int // that were here already, as they are
}

// Import puts an export into the ledger, all of it or nothing. One of an older
// version is brought up to date first. Errors name the line.
//
// A ledger that knows nothing becomes what was exported. To one that has entries those
// of the export are added, with their versions and their history, of which subscribers
// are told no more; what the export knows of files in out/, of runs and of
// subscriptions is left. An entry that is in both must be the same in both: see
// [ConflictError].
func (l *Ledger) Import(ctx context.Context, r io.Reader) (done Imported, err error) {
	lines := bufio.NewReader(r)
	version, err := exportVersion(lines)
	if err != nil {
		return done, fmt.Errorf("line 1: %w", err)
	}
	newest, err := newestMigration()
	if err != nil {
		return done, err
	}
	var known string
	filled, err := l.one(ctx, selectAnyEntry, nil, &known)
	switch {
	case err != nil:
		return done, err
	case version > newest:
		return done, fmt.Errorf("line 1: exported by a newer seedfeed (version %d of the ledger, this one knows %d)", version, newest)
	case version == newest && !filled:
		done.Entries, err = l.fill(ctx, lines)
		return done, err
	}
	dir, err := os.MkdirTemp(filepath.Dir(l.file), ".import-")
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	staged, err := stage(ctx, filepath.Join(dir, "ledger.db"), version, lines)
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, staged.Close()) }()
	if filled {
		return l.merge(ctx, staged)
	}
	done.Entries, err = l.fillFrom(ctx, staged)
	return done, err
}

// exportVersion reads the first line of an export: its version.
func exportVersion(lines *bufio.Reader) (int64, error) {
	text, err := lines.ReadBytes('\n')
	if len(bytes.TrimSpace(text)) == 0 {
		if err == nil || errors.Is(err, io.EOF) {
			err = errors.New("it is empty, and no export of a ledger")
		}
		return 0, err
	}
	var first line
	if err := json.Unmarshal(text, &first); err != nil {
		return 0, fmt.Errorf("no JSON object of an export: %w", err)
	}
	if first.Ledger <= 0 {
		return 0, errors.New("no export of a ledger: it does not begin with its version")
	}
	return first.Ledger, nil
}

// stage makes a ledger of its own of an export of some version, and brings it up to
// date.
func stage(ctx context.Context, file string, version int64, lines *bufio.Reader) (l *Ledger, err error) {
	if err := claim(file); err != nil {
		return nil, err
	}
	if l, _, err = connect(ctx, file, fmt.Sprintf("application_id(%d)", application)); err != nil {
		return nil, err
	}
	if err = l.migrateTo(ctx, version); err == nil {
		_, err = l.fill(ctx, lines)
	}
	if err == nil {
		err = l.migrate(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// fillFrom makes an empty ledger what another one is.
func (l *Ledger) fillFrom(ctx context.Context, other *Ledger) (entries int, err error) {
	in, out := io.Pipe()
	go func() { _ = out.CloseWithError(other.Export(ctx, out, true)) }()
	defer func() { _ = in.Close() }()
	lines := bufio.NewReader(in)
	if _, err := exportVersion(lines); err != nil {
		return 0, err
	}
	return l.fill(ctx, lines)
}

// fill puts the lines behind the first into a ledger that is empty.
func (l *Ledger) fill(ctx context.Context, lines *bufio.Reader) (entries int, err error) {
	return entries, l.Update(ctx, func(tx *Tx) error {
		if _, err := tx.exec("DELETE FROM meta"); err != nil {
			return err
		}
		in := importer{tx: tx, columns: map[string][]string{}}
		for number := 2; ; number++ {
			text, err := lines.ReadBytes('\n')
			if len(bytes.TrimSpace(text)) > 0 {
				if err := in.take(text); err != nil {
					return fmt.Errorf("line %d: %w", number, err)
				}
			}
			if errors.Is(err, io.EOF) {
				entries = in.entries
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

func (in *importer) take(text []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var l line
	if err := decoder.Decode(&l); err != nil {
		return fmt.Errorf("no JSON object of an export: %w", err)
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
