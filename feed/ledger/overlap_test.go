package ledger_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"seedfeed/feed/ledger"
)

// A ledger that is closed by one command while another opens it is not taken
// for damaged: its log goes into the file in that moment.
func TestOpenWhileAnotherCloses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.db")
	var group sync.WaitGroup
	for worker := range 2 {
		group.Go(func() {
			for i := range 200 {
				if err := openAndGrow(t.Context(), file, fmt.Sprintf("%d-%d", worker, i)); err != nil {
					t.Errorf("worker %d, opening %d: %v", worker, i, err)
					return
				}
			}
		})
	}
	group.Wait()
}

// openAndGrow opens a ledger, adds some pages to it, and closes it.
func openAndGrow(ctx context.Context, file, key string) error {
	l, err := ledger.Open(ctx, file)
	if err != nil {
		return err
	}
	err = l.Update(ctx, func(tx *ledger.Tx) error { return tx.SetMeta(key, string(make([]byte, 20_000))) })
	if closeErr := l.Close(); err == nil {
		err = closeErr
	}
	return err
}

// Commands that start at once on a folder without a ledger make one together.
func TestOpenAtOnce(t *testing.T) {
	for range 8 {
		file := filepath.Join(t.TempDir(), "ledger.db")
		var group sync.WaitGroup
		for worker := range 4 {
			group.Go(func() {
				if err := openAndGrow(t.Context(), file, fmt.Sprint(worker)); err != nil {
					t.Errorf("worker %d: %v", worker, err)
				}
			})
		}
		group.Wait()
	}
}
