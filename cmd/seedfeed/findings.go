package main

import (
	"context"
	"log/slog"
	"os"
	"time"

	"seedfeed/feed/check"
)

// findings tell in the log what is wrong with the feeds that a run has written.
type findings struct {
	monitor *check.Monitor
	log     *slog.Logger
}

func newFindings(site *site, out string, log *slog.Logger) *findings {
	return &findings{log: log, monitor: check.NewMonitor(check.Options{
		Out: os.DirFS(out), OutName: out, Ledger: site.ledger, Base: site.publisher.BaseURL,
	})}
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
