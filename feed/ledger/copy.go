package ledger

import "context"

// CopyTo writes the ledger, as it is committed, into a file that must not be
// there. The statement is SQLite's own: another database is copied by its tools.
func (l *Ledger) CopyTo(ctx context.Context, file string) error {
	_, err := l.writer.ExecContext(ctx, "VACUUM INTO $1", file)
	return explain(l.file, err)
}
