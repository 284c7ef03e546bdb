package seed

import "time"

const (
	// slack is added to the settle time, since a file's time is as coarse as the
	// clock of its file system.
	slack = 100 * time.Millisecond

	// patience is how many times the quiet time a gate stays shut at the most.
	patience = 10
)

// A gate opens when changes have come to rest: once nothing was heard for the
// quiet time, so that many changes at once lead to one run, and that run finds
// the last of them settled. Where changes never rest it opens all the same after
// a while, and again after the last of them.
//
// It must be touched and opened by one goroutine.
type gate struct {
	quiet time.Duration
	timer *time.Timer // fires when it is time to call open
	first time.Time   // the first change since it opened, zero when there is none
	last  time.Time   // the last one
}

func newGate(settle time.Duration) *gate {
	g := &gate{quiet: settle + slack, timer: time.NewTimer(0)}
	g.timer.Stop()
	return g
}

// touch tells of a change.
func (g *gate) touch() {
	g.last = time.Now()
	if g.first.IsZero() {
		g.first = g.last
	}
	g.timer.Reset(min(g.quiet, time.Until(g.first.Add(patience*g.quiet))))
}

// open must be called when the timer has fired.
func (g *gate) open() {
	g.first = time.Time{}
	if rest := time.Until(g.last.Add(g.quiet)); rest > 0 {
		g.first = time.Now()
		g.timer.Reset(rest)
	}
}
