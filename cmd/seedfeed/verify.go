package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"seedfeed/feed/ledger"
	"seedfeed/feed/publish"
)

// verifyCommand compares what is published with what the documents and the ledger
// make now.
type verifyCommand struct {
	JSON bool `name:"json" help:"Print a JSON object a line."`
}

// Run prints in which files out/ differs. It fails if one of them is not as it
// should be.
func (c *verifyCommand) Run(env *environment, flags *siteFlags) (err error) {
	for what, name := range map[string]string{"out folder": flags.Out, "ledger": flags.Ledger} {
		if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
			return failed(`run "seedfeed build" first, or name another one with --out or --ledger`, "there is no %s %q", what, name)
		}
	}
	site, err := flags.verifying(env)
	if err != nil {
		return err
	}
	differences, files, err := site.publisher.Verify(env.ctx)
	if err := errors.Join(err, site.ledger.Close()); err != nil {
		return explainBrake(err)
	}
	wrong := 0
	for _, d := range differences {
		if d.Wrong() {
			wrong++
		}
		if err := c.print(env.stdout, flags.Out, d); err != nil {
			return err
		}
	}
	summary := fmt.Sprintf("%s of %d differ", number(wrong, "file"), files)
	if wrong > 0 {
		return failed(`delete what is changed and run "seedfeed build", which writes it anew`, "%s", summary)
	}
	_, err = fmt.Fprintf(env.stderr, "seedfeed: %s\n", summary)
	return err
}

func (c *verifyCommand) print(w io.Writer, out string, d publish.Difference) error {
	if c.JSON {
		return json.NewEncoder(w).Encode(d)
	}
	_, err := fmt.Fprintf(w, "%s/%s\n", out, d)
	return err
}

// verifying opens the site as its last run saw it. What lies in its folder now
// counts, however young it is.
func (f *siteFlags) verifying(env *environment) (*site, error) {
	reading := *f
	reading.Settle = 0
	base, err := f.base(defaultListen)
	if err != nil {
		return nil, err
	}
	location, err := f.location()
	if err != nil {
		return nil, err
	}
	memory, err := ledger.Open(env.ctx, f.Ledger)
	if err != nil {
		return nil, failed("name the ledger of this site with --ledger", "%w", err)
	}
	publisher := &publish.Publisher{
		Seeds: reading.openSeeds, Ledger: memory, Out: f.Out,
		BaseURL: base, Location: location, Version: buildVersion(), Brake: f.Brake, Theme: f.Theme,
	}
	recall := publisher.RecallHub
	if f.BaseURL == "" {
		recall = publisher.Recall
	}
	if err := recall(env.ctx); err != nil {
		return nil, errors.Join(err, memory.Close())
	}
	return &site{ledger: memory, publisher: publisher}, nil
}
