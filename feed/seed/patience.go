package seed

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

// ErrSilent says that the file system did not answer within [Options.Patience],
// as that of a server that is gone.
var ErrSilent = errors.New("the file system does not answer")

// maxSilent is how many calls may hang at a time. Each holds a goroutine and a
// thread until the file system answers; when these many do, no more is asked.
const maxSilent = 8

// answer makes a call of the file system, which can not be called back, and
// waits for its end no longer than is asked for. What hangs is left behind: fn
// may use nothing that others write to.
func answer[T any](ctx context.Context, f *Folder, fn func() (T, error)) (T, error) {
	patience := f.options.Patience
	if patience <= 0 {
		return fn()
	}
	var zero T
	if f.silent.Load() >= maxSilent {
		return zero, ErrSilent
	}
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	var left atomic.Bool // by whichever of the two comes last
	go func() {
		value, err := fn()
		done <- result{value, err}
		if left.Swap(true) {
			f.silent.Add(-1)
		}
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	var err error
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		err = ctx.Err()
	case <-timer.C:
		err = fmt.Errorf("%w within %v", ErrSilent, patience)
	}
	f.silent.Add(1)
	if left.Swap(true) {
		f.silent.Add(-1) // it has answered just now
	}
	return zero, err
}
