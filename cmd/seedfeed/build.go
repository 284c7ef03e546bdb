package main

import (
	"errors"
	"fmt"
	"log/slog"
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
	for _, skip := range report.Skips {
		log.Warn("skipped", slog.String("path", skip.Path), slog.String("reason", skip.Reason))
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(env.stdout, report)
	return err
}
