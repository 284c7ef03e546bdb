package ledger

import (
	"context"
	"fmt"
	"time"

	"github.com/gofrs/flock"
)

// retry is how often a held lock is asked for again. A lock that comes free is
// seen after this long at most.
const retry = 50 * time.Millisecond

// Lock lets one run at a time go on, over all processes and within this one.
// It waits until the lock is free; when another holds it, waiting is called
// once first, unless it is nil. The context ends the wait with an error that
// names the lock file. Call unlock when the run is done; if the process dies
// before that, the lock is free all the same.
//
// The lock is the caller's affair: nothing else in this package asks for it
// but [Open], when it makes or migrates the file.
func (l *Ledger) Lock(ctx context.Context, waiting func()) (unlock func() error, err error) {
	return lock(ctx, l.file+".lock", waiting)
}

// lock takes the lock of a file that only serves for it. The file stays: to
// remove it would let two holders have a lock on two files of one name.
func lock(ctx context.Context, file string, waiting func()) (unlock func() error, err error) {
	held := flock.New(file)
	free, err := held.TryLock()
	if err == nil && !free {
		if waiting != nil {
			waiting()
		}
		_, err = held.TryLockContext(ctx, retry)
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, fmt.Errorf("lock %q is held by another run: %w", file, err)
	case err != nil:
		return nil, &Error{File: file, Problem: "can not be locked", Next: hintAccess, Err: withoutPath(err)}
	}
	return held.Unlock, nil
}
