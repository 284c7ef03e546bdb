package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"
)

// What asked for a run. When several did, the reasons are joined by ", ".
const (
	Start     = "start"            // the runner started
	Scheduled = "schedule"         // a time of the schedule came
	Changed   = "change"           // see Runner.Changes
	Requested = "request"          // see Runner.Requests
	Due       = "something is due" // an instant that the last run had named
)

const (
	// retry is when a run that something was due for, and that failed, is made again.
	retry = time.Minute

	// breath lies between a run and another one that it has asked for itself.
	breath = time.Second

	defaultGrace = 5 * time.Second
)

// A Runner makes runs, one at a time. Its fields must not change once Loop is called.
type Runner struct {
	// Schedule says when runs are made. With the zero Schedule they are made for
	// the other reasons only.
	Schedule Schedule

	// Run makes one run, because of reason (as "start" or "change, schedule"). It
	// returns when something becomes due by itself and another run is wanted, or
	// the zero time. With an error the zero time leaves what was due before as it
	// was; the error is logged. A panic is logged with its stack and counts as
	// an error.
	Run func(ctx context.Context, reason string) (next time.Time, err error)

	// Changes asks for a run because a file changed, Requests because somebody
	// wants one now. Nil channels never ask, and neither do closed ones. Both are
	// received from during runs too.
	Changes  <-chan struct{}
	Requests <-chan struct{}

	// Grace is how long a run in progress may go on when Loop is to end, before
	// its context is cancelled. Zero means 5 seconds; less than zero, no time.
	Grace time.Duration

	Log *slog.Logger     // nil means slog.Default()
	Now func() time.Time // nil means time.Now

	mu  sync.Mutex
	due time.Time // the next time of the schedule
	own time.Time // the next time named by a run
}

// NextRun is when the next run is made unless something else asks for one before,
// or the zero time when none is planned.
func (r *Runner) NextRun() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return earlier(r.due, r.own)
}

// NextReason is why the next run is made then: Scheduled or Due.
func (r *Runner) NextReason() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if earlier(r.due, r.own).Equal(r.due) {
		return Scheduled
	}
	return Due
}

// Loop makes a run at once, and one whenever something asks for it, until ctx ends.
//
// What asks for a run during another one is answered by one run after it, and
// times that were missed, by one run now. When ctx ends while a run is in
// progress, its context is left alone for the time of Grace so that it can end
// by itself, and is cancelled then; Loop waits for the run in any case, and
// makes none of those still asked for. It returns nil when ctx has ended.
func (r *Runner) Loop(ctx context.Context) error {
	if r.Run == nil {
		return errors.New("schedule: a runner wants a function to run")
	}
	if ctx.Err() != nil {
		return nil
	}
	l := loop{Runner: r, changes: r.Changes, requests: r.Requests, done: make(chan outcome, 1)}
	r.set(r.Schedule.Next(r.now()), time.Time{})
	ticks, stop := tick(r.Schedule, r.log())
	defer stop()
	if next := r.NextRun(); !next.IsZero() {
		r.log().Info("schedule", "times", r.Schedule.String(), "zone", r.Schedule.Location().String(), "next", next)
	}

	runs, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	l.ask(Start)
	for ctx.Err() == nil {
		l.begin(runs)
		l.wait(ctx, ticks)
	}
	l.finish(cancel)
	return nil
}

// A loop is the state of one call of Loop. All of it belongs to its goroutine.
type loop struct {
	*Runner
	changes, requests <-chan struct{}

	asked   []string // why the next run is made
	running bool     // and since when, and why
	started time.Time
	reason  string
	done    chan outcome
}

// An outcome is what came of a run.
type outcome struct {
	next time.Time
	err  error
}

// ask notes that a run is wanted.
func (l *loop) ask(reason string) {
	if !slices.Contains(l.asked, reason) {
		l.asked = append(l.asked, reason)
	}
}

// begin starts the run that is asked for, unless one is in progress.
func (l *loop) begin(ctx context.Context) {
	if l.running || len(l.asked) == 0 {
		return
	}
	l.running, l.started, l.reason = true, l.now(), strings.Join(l.asked, ", ")
	l.asked = nil
	go func(reason string) { l.done <- guard(ctx, l.log(), l.Run, reason) }(l.reason)
}

// guard makes a run, and makes an error of a panic in it.
func guard(ctx context.Context, log *slog.Logger, run func(context.Context, string) (time.Time, error), reason string) (o outcome) {
	defer func() {
		if p := recover(); p != nil {
			log.Error("panic in a run", "because", reason, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			o = outcome{err: fmt.Errorf("panic: %v", p)}
		}
	}()
	o.next, o.err = run(ctx, reason)
	return o
}

// wait waits until something happens, and takes note of it.
func (l *loop) wait(ctx context.Context, ticks <-chan struct{}) {
	var due <-chan time.Time
	if !l.own.IsZero() && !l.running {
		// This may be long, but every tick begins it anew.
		timer := time.NewTimer(l.own.Sub(l.now()))
		defer timer.Stop()
		due = timer.C
	}
	select {
	case <-ctx.Done():
	case o := <-l.done:
		l.end(o)
	case _, open := <-l.changes:
		l.changes = l.heard(l.changes, open, Changed)
	case _, open := <-l.requests:
		l.requests = l.heard(l.requests, open, Requested)
	case <-ticks:
		l.look()
	case <-due:
		l.look()
	}
}

// heard notes what a channel asked for, and returns the channel to listen to.
func (l *loop) heard(c <-chan struct{}, open bool, reason string) <-chan struct{} {
	if !open {
		return nil
	}
	l.ask(reason)
	return c
}

// look asks for a run if the clock says that one is due.
func (l *loop) look() {
	now := l.now()
	// The earlier of the two: after the clock was set back, what was the next
	// time may be far away.
	next := l.Schedule.Next(now)
	due, own := earlier(l.due, next), l.own
	if !due.IsZero() && !now.Before(due) {
		l.ask(Scheduled)
		due = next
	}
	if !own.IsZero() && !now.Before(own) && !l.running {
		l.ask(Due)
	}
	l.set(due, own)
}

// end takes note of what came of a run.
func (l *loop) end(o outcome) {
	l.running = false
	now := l.now()
	own := o.next
	switch {
	case o.err != nil && own.IsZero() && !l.own.IsZero():
		own = l.own
		if !now.Before(own) {
			own = now.Add(retry)
		}
	case !own.After(l.started):
		own = time.Time{} // the run has dealt with it
	case own.Before(now.Add(breath)):
		own = now.Add(breath)
	}
	l.set(l.due, own)
	if o.err != nil {
		l.log().Error("run failed", "because", l.reason, "error", o.err, "next", l.NextRun())
	}
}

// finish lets the run in progress end.
func (l *loop) finish(cancel context.CancelFunc) {
	if !l.running {
		return
	}
	grace := l.Grace
	if grace == 0 {
		grace = defaultGrace
	}
	timer := time.AfterFunc(grace, cancel)
	defer timer.Stop()
	if o := <-l.done; o.err != nil {
		l.log().Warn("run stopped", "error", o.err)
	}
}

func (r *Runner) set(due, own time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.due, r.own = due, own
}

// now is the time on the wall.
func (r *Runner) now() time.Time {
	if r.Now == nil {
		return time.Now().Round(0)
	}
	return r.Now().Round(0)
}

func (r *Runner) log() *slog.Logger {
	if r.Log == nil {
		return slog.Default()
	}
	return r.Log
}

// earlier returns the earlier of two times, of which the zero time is none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
