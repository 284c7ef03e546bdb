package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"seedfeed/feed/ledger"
)

// ledgerCommand moves what the program remembers from one place to another.
type ledgerCommand struct {
	Export exportCommand `cmd:"" help:"Write all that the ledger knows to stdout, in JSON lines."`
	Import importCommand `cmd:"" help:"Put an export into a ledger: one that is empty, or has other entries."`
}

// exportCommand writes the ledger out.
type exportCommand struct {
	Subscriptions bool `help:"Also those to the hub, with the secrets of the subscribers: keep the export as safe as the ledger then."`
}

// Run writes the export to stdout.
func (c *exportCommand) Run(env *environment, flags *siteFlags) (err error) {
	site, err := flags.remember(env)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, site.Ledger.Close()) }()
	return site.Ledger.Export(env.ctx, env.stdout, c.Subscriptions)
}

// importCommand fills a ledger.
type importCommand struct {
	File string `arg:"" optional:"" help:"The export; stdin if none is named."`
}

// Run reads the export, all of it or nothing.
func (c *importCommand) Run(env *environment, flags *siteFlags) (err error) {
	var from io.Reader = os.Stdin
	if c.File != "" {
		file, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer func() { _ = file.Close() }()
		from = file
	}
	memory, err := ledger.Open(env.ctx, flags.Ledger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, memory.Close()) }()
	done, err := memory.Import(env.ctx, from)
	if conflict := (*ledger.ConflictError)(nil); errors.As(err, &conflict) {
		return failed("keep one of the two: to have the export, move this ledger away and import again", "%q: %w", flags.Ledger, err)
	}
	if err != nil {
		return err
	}
	known := ""
	if done.Known > 0 {
		known = fmt.Sprintf("; %d were here already", done.Known)
	}
	_, err = fmt.Fprintf(env.stdout, "imported %d entries%s\n", done.Entries, known)
	return err
}
