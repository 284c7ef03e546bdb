package main

import (
	"context"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"seedfeed/feed/check"
)

// findings tell in the log what is wrong with the feeds that a run has written.
// Its looks are begun and ended by one goroutine.
type findings struct {
	monitor *check.Monitor
	log     *slog.Logger
	stop    func()                          // ends the look that is under way, if one was begun
	all     atomic.Pointer[[]check.Finding] // of all feeds, as they were looked at last; nil before
}

func newFindings(site *site, out string, log *slog.Logger) *findings {
	return &findings{log: log, monitor: check.NewMonitor(check.Options{
		Out: os.DirFS(out), OutName: out, Ledger: site.ledger, Base: site.publisher.BaseURL,
	})}
}

// begin looks at the feeds beside what goes on: a large site takes its time, and
// the next run must not wait for it.
func (f *findings) begin(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		f.tell(ctx)
	}()
	f.stop = func() { cancel(); <-done }
}

// end ends the look that is under way: while a run writes, feeds and pages do not
// fit each other. What it did not come to is looked at the next time.
func (f *findings) end() {
	if f.stop != nil {
		f.stop()
		f.stop = nil
	}
}

// tell looks at what has changed since it was called last.
func (f *findings) tell(ctx context.Context) {
	report, err := f.monitor.Changed(ctx, time.Now())
	if err != nil {
		if ctx.Err() == nil {
			f.log.Warn("the feeds can not be checked", "error", err)
		}
		return
	}
	all := f.monitor.Findings()
	f.all.Store(&all)
	for _, found := range report.Findings {
		level := slog.LevelInfo
		switch found.Level {
		case check.Warning:
			level = slog.LevelWarn
		case check.Error:
			level = slog.LevelError
		}
		f.log.Log(ctx, level, "finding", "file", found.File, "line", found.Line, "rule", found.Rule, "message", found.Message)
	}
}

// list returns what is wrong with the feeds now.
func (f *findings) list() []check.Finding {
	if all := f.all.Load(); all != nil {
		return *all
	}
	return nil
}
