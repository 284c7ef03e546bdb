package main

import (
	"context"
	"errors"
	"fmt"

	"seedfeed/feed/ledger"
	"seedfeed/feed/publish"
)

// approveCommand lets the change pass that the brake stopped, or makes a document
// public that is held, and makes a run.
type approveCommand struct {
	Entry string `arg:"" optional:"" help:"The id or the path of a document that is held: exactly this text becomes public."`
}

// Run says what it lets pass, and what came of it.
func (c *approveCommand) Run(env *environment, flags *siteFlags) error {
	if c.Entry != "" {
		return flags.decide(env, "approved", func(ctx context.Context, p *publish.Publisher) (ledger.Record, error) {
			return p.Release(ctx, flags.named(c.Entry))
		})
	}
	site, err := flags.open(env, defaultListen)
	if err != nil {
		return err
	}
	err = errors.Join(approve(env, flags, site), site.ledger.Close())
	return explainBrake(err)
}

func approve(env *environment, flags *siteFlags, site *site) error {
	if flags.BaseURL == "" {
		if err := site.publisher.Recall(env.ctx); err != nil {
			return err
		}
	}
	braked, err := site.publisher.Approve(env.ctx)
	switch {
	case err != nil:
		return err
	case braked == nil:
		return errors.New("no run was stopped: there is nothing to approve")
	}
	report, err := site.publisher.Run(env.ctx)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("%d changes", braked.Total)
	if braked.Loss != "" {
		what = "the new ledger"
	}
	_, err = fmt.Fprintf(env.stdout, "approved %s\n%s\n", what, report)
	return err
}

// explainBrake adds the next step to the error of a run that was stopped.
func explainBrake(err error) error {
	braked := (*publish.Braked)(nil)
	switch {
	case errors.As(err, &braked) && braked.Loss != "":
		return failed(`put back a copy of the ledger, or look at "seedfeed list --withdrawn"; "seedfeed approve" publishes`, "%w", err)
	case braked != nil:
		return failed(`is the seeds folder whole? If the change is meant, "seedfeed approve" lets exactly it pass`, "%w", err)
	}
	return err
}
