package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"seedfeed/feed/ledger"
	"seedfeed/feed/publish"
)

// withdrawCommand takes an entry back, and makes a run.
type withdrawCommand struct {
	Entry  string `arg:"" help:"Its id, the path of its document, or the URL of its page."`
	Reason string `placeholder:"TEXT" help:"Why: subscribers see it."`
}

// Run takes the entry out of feeds and pages.
func (c *withdrawCommand) Run(env *environment, flags *siteFlags) error {
	return flags.decide(env, "withdrew", func(ctx context.Context, p *publish.Publisher) (ledger.Record, error) {
		return p.Withdraw(ctx, flags.named(c.Entry), c.Reason)
	})
}

// restoreCommand undoes a withdrawal, and makes a run.
type restoreCommand struct {
	Entry string `arg:"" help:"Its id, the path of its document, or the URL of its page."`
}

// Run publishes the entry again.
func (c *restoreCommand) Run(env *environment, flags *siteFlags) error {
	return flags.decide(env, "restored", func(ctx context.Context, p *publish.Publisher) (ledger.Record, error) {
		return p.Restore(ctx, flags.named(c.Entry))
	})
}

// decide does something to an entry, and makes a run that shows it. A server
// on the same folders needs no restart: it serves what the run writes.
func (f *siteFlags) decide(env *environment, done string, do func(context.Context, *publish.Publisher) (ledger.Record, error)) error {
	site, err := f.open(env, defaultListen)
	if err != nil {
		return err
	}
	if f.BaseURL == "" {
		err = site.publisher.Recall(env.ctx)
	}
	var record ledger.Record
	if err == nil {
		record, err = do(env.ctx, site.publisher)
	}
	switch {
	case errors.Is(err, publish.ErrUnknown):
		err = failed(`"seedfeed list" names all entries`, "%w", err)
	case err == nil:
		var report publish.Report
		if report, err = site.publisher.Run(env.ctx); err == nil {
			_, err = fmt.Fprintf(env.stdout, "%s %s (%s)\n%s\n", done, record.Path, record.ID, report)
		}
	}
	return explainBrake(errors.Join(err, site.ledger.Close()))
}

// named turns the path of a document in the seeds folder into that below it.
func (f *siteFlags) named(entry string) string {
	if rel, err := filepath.Rel(f.Seeds, entry); err == nil && filepath.IsLocal(rel) && within(entry, f.Seeds) {
		return filepath.ToSlash(rel)
	}
	return entry
}
