//go:build unix

package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"seedfeed/feed/ledger"
)

const access = "give this user the right to write the file and the folder that it lies in"

func TestOpenBelowAFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "file")
	write(t, dir, nil)
	file := filepath.Join(dir, "ledger.db")
	_, err := ledger.Open(t.Context(), file)
	message(t, err, fmt.Sprintf("ledger %q: can not be read: not a directory", file), access)
}

// Root may write everywhere, so another process plays one who may not.
func TestOpenWithoutTheRight(t *testing.T) {
	top := t.TempDir()
	if err := os.Chmod(filepath.Dir(top), 0o755); err != nil { // so that the other may come as far as this
		t.Fatal(err)
	}
	dir := filepath.Join(top, "closed")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "ledger.db")
	for _, made := range []bool{false, true} {
		if made {
			filled(t, file)
			for _, name := range []string{file, file + ".lock"} {
				if err := os.Chmod(name, 0o444); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := os.Chmod(dir, 0o555); err != nil {
			t.Fatal(err)
		}
		p := start(t, "nobody", file)
		want := fmt.Sprintf("error: ledger %q: can not be locked: permission denied", file+".lock")
		if made {
			want = fmt.Sprintf("error: ledger %q: is not open to this user: attempt to write a readonly database (1544)", file)
		}
		p.expect(want)
		p.expect("hint: " + access)
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

// playNobody opens a ledger, and writes to it, as a user that owns nothing.
func playNobody(ctx context.Context, file string, _ []string) error {
	if os.Geteuid() == 0 {
		if err := syscall.Setuid(65534); err != nil {
			return err
		}
	}
	l, err := ledger.Open(ctx, file)
	if err == nil {
		err = l.Update(ctx, func(tx *ledger.Tx) error { return tx.SetMeta("a", "b") })
	}
	var e *ledger.Error
	if errors.As(err, &e) {
		fmt.Printf("error: %v\nhint: %s\n", e, e.Hint())
		return nil
	}
	return err
}
