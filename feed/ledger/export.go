package ledger

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"
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
