package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"seedfeed/feed/publish"
)

// buildCommand makes one run. It is what system cron calls.
type buildCommand struct{}

// Run makes the run and tells people what came of it.
func (buildCommand) Run(env *environment, flags *siteFlags) error {
	site, err := flags.open(env, defaultListen)
	if err != nil {
		return err
	}
	log := newLog(env.stderr)
	site.publisher.Log = log
	progress := newProgress(env.stderr, log)
	site.publisher.Progress = progress.show
	report, err := site.publisher.Run(env.ctx)
	if err == nil && report.Waiting > 0 && settles(env.ctx, flags.Settle) {
		// Whoever drops a document and calls build wants to see it published.
		first := report
		if report, err = site.publisher.Run(env.ctx); err == nil {
			report.Add(first)
		}
	}
	progress.end()
	err = errors.Join(err, site.ledger.Close())
	warn(env.stderr, report)
	if err != nil {
		return explainBrake(err)
	}
	_, err = fmt.Fprintln(env.stdout, report)
	return err
}

// settles waits until files that were written just now have settled. It reports
// false when the context ends before.
func settles(ctx context.Context, settle time.Duration) bool {
	timer := time.NewTimer(settle + 100*time.Millisecond)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// shownDecisions is how many of the documents that were known again are named.
const shownDecisions = 20

// warn names what was left out, and why, and which documents were known again.
func warn(w io.Writer, report publish.Report) {
	for _, skip := range report.Skips {
		_, _ = fmt.Fprintf(w, "seedfeed: warning: %s\n", skip)
		if skip.Excerpt != "" {
			_, _ = fmt.Fprintln(w, skip.Excerpt)
		}
	}
	for i, decision := range report.Decisions {
		if i == shownDecisions {
			_, _ = fmt.Fprintf(w, "seedfeed: note: and %s more\n", number(len(report.Decisions)-i, "document"))
			break
		}
		_, _ = fmt.Fprintf(w, "seedfeed: note: %s\n", decision)
	}
	if len(report.Unread) > 0 {
		_, _ = fmt.Fprintf(w, "seedfeed: note: left out %s\n", report.Unread)
	}
}
