package ledger

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
)

// What only the state of the machine brings about is brought about here on the
// connection itself, which is why this test stands inside the package.
func TestWhatPeopleAreTold(t *testing.T) {
	tests := []struct {
		name       string
		fail       func(ctx context.Context, l, other *Ledger) error
		want, hint string
	}{
		{"no room", func(ctx context.Context, l, _ *Ledger) error {
			if _, err := l.writer.ExecContext(ctx, "PRAGMA max_page_count = 1"); err != nil {
				return err
			}
			return l.Update(ctx, func(tx *Tx) error { return tx.SetMeta("k", string(make([]byte, 100_000))) })
		}, "has no room on the disk: database or disk is full (13)", "free some space on the disk of the ledger"},
		{"busy", func(ctx context.Context, l, other *Ledger) error {
			if _, err := l.writer.ExecContext(ctx, "PRAGMA busy_timeout = 1"); err != nil {
				return err
			}
			return other.Update(ctx, func(*Tx) error {
				return l.Update(ctx, func(tx *Tx) error { return tx.SetMeta("k", "v") })
			})
		}, "is being written by another process: database is locked (5) (SQLITE_BUSY)", "wait until the other seedfeed is done, and try again"},
		{"bad snapshot", func(ctx context.Context, l, _ *Ledger) error {
			err := l.Update(ctx, func(tx *Tx) error {
				return errors.Join(tx.Put(Record{ID: "urn:a", Path: "a.txt", Status: "live"}), tx.PutSnapshot("urn:a", [32]byte{}, []byte("text")))
			})
			if err != nil {
				return err
			}
			if _, err := l.writer.ExecContext(ctx, "UPDATE snapshot SET data = substr(data, 1, 3)"); err != nil {
				return err
			}
			_, _, _, err = l.Snapshot(ctx, "urn:a")
			return err
		}, `the snapshot of "urn:a" is damaged: unexpected EOF`, hintDamaged},
		{"other", func(ctx context.Context, l, _ *Ledger) error {
			if _, err := l.writer.ExecContext(ctx, "DROP TABLE meta"); err != nil {
				return err
			}
			_, err := l.Meta(ctx, "k")
			return err
		}, "the database refused: SQL logic error: no such table: meta (1)", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "ledger.db")
			l, other := openForTest(t, file), openForTest(t, file)
			err := tt.fail(t.Context(), l, other)
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("error = %v, want an *Error", err)
			}
			if want := fmt.Sprintf("ledger %q: %s", file, tt.want); e.Error() != want || e.Hint() != tt.hint {
				t.Errorf("error = %s\nhint  = %s\nwant    %s\nhint    %s", e.Error(), e.Hint(), want, tt.hint)
			}
		})
	}
}

func openForTest(t *testing.T, file string) *Ledger {
	t.Helper()
	l, err := Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}
