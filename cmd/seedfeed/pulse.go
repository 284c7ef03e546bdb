package main

import (
	"sync/atomic"
	"time"

	"seedfeed/feed/publish"
	"seedfeed/feed/schedule"
)

// A pulse is what those who ask for feeds are to know of the runs. The zero
// value, with a runner, is that of a program that has made none.
type pulse struct {
	runner  *schedule.Runner
	ready   atomic.Bool // a run has published something
	running atomic.Bool
	due     atomic.Int64 // when the last run said that something changes by itself; Unix milliseconds, 0 is never
}

// next is when news may come: now, while a run is in progress.
func (p *pulse) next() time.Time {
	if p.running.Load() {
		return time.Now()
	}
	return p.runner.NextRun()
}

// transition is when something published changes by itself.
func (p *pulse) transition() time.Time {
	if due := p.due.Load(); due != 0 {
		return time.UnixMilli(due)
	}
	return time.Time{}
}

// note takes down what came of a run. One that failed and names no time leaves
// what was due before as it was. A folder of which every document is still being
// written is not published yet.
func (p *pulse) note(report publish.Report, err error) {
	if settling := report.Documents == 0 && report.Waiting > 0; err == nil && !settling {
		p.ready.Store(true)
	}
	switch {
	case !report.Next.IsZero():
		p.due.Store(report.Next.UnixMilli())
	case err == nil:
		p.due.Store(0)
	}
}
