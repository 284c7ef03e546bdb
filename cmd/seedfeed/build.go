package main

import (
	"errors"
	"fmt"
	"io"

	"seedfeed/feed/publish"
)

// buildCommand makes one run. It is what system cron calls.
type buildCommand struct{}

// Run makes the run and tells people what came of it.
func (buildCommand) Run(env *environment, flags *siteFlags) error {
	site, err := flags.open(env.ctx, defaultListen)
	if err != nil {
		return err
	}
	log := newLog(env.stderr)
	site.publisher.Log = log
	progress := newProgress(env.stderr, log)
	site.publisher.Progress = progress.show
	report, err := site.publisher.Run(env.ctx)
	progress.end()
	err = errors.Join(err, site.ledger.Close())
	warn(env.stderr, report)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(env.stdout, report)
	return err
}

// warn names what was left out, and why.
func warn(w io.Writer, report publish.Report) {
	for _, skip := range report.Skips {
		_, _ = fmt.Fprintf(w, "seedfeed: warning: %s\n", skip)
		if skip.Excerpt != "" {
			_, _ = fmt.Fprintln(w, skip.Excerpt)
		}
	}
	if len(report.Unread) > 0 {
		_, _ = fmt.Fprintf(w, "seedfeed: note: left out %s\n", report.Unread)
	}
}
