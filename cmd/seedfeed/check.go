package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"seedfeed/feed/check"
	"seedfeed/feed/ledger"
)

// checkCommand tells what is wrong with the documents and with what is published.
type checkCommand struct {
	JSON  bool   `name:"json" help:"Print a JSON object a line."`
	Level string `enum:"info,warning,error" default:"info" help:"Leave out what matters less than this: info, warning or error (${default})."`
	Rules bool   `help:"List what can be found, and check nothing."`
}

// Run prints what is found. It fails if an error is among it.
func (c *checkCommand) Run(env *environment, flags *siteFlags) (err error) {
	if c.Rules {
		return listRules(env.stdout)
	}
	options, done, err := flags.checking(env)
	if err != nil {
		return err
	}
	report, err := check.Site(env.ctx, options)
	if err := errors.Join(err, done()); err != nil {
		return err
	}
	for _, finding := range report.Findings {
		if err := c.print(env.stdout, finding); err != nil {
			return err
		}
	}
	failures := report.Count(check.Error)
	summary := fmt.Sprintf("%s, %s in %s", number(failures, "error"), number(report.Count(check.Warning), "warning"), number(report.Files, "file"))
	if failures > 0 {
		return &failure{err: errors.New(summary), status: 1}
	}
	_, err = fmt.Fprintf(env.stderr, "seedfeed: %s\n", summary)
	return err
}

// print prints a finding, if it matters enough.
func (c *checkCommand) print(w io.Writer, finding check.Finding) error {
	least := map[string]check.Level{"warning": check.Warning, "error": check.Error}[c.Level]
	if finding.Level < least {
		return nil
	}
	if c.JSON {
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		return encoder.Encode(finding)
	}
	_, err := fmt.Fprintln(w, finding)
	return err
}

// checking opens what is checked, and returns what closes it. It makes no folder
// and no ledger: what is not there is not compared.
func (f *siteFlags) checking(env *environment) (options check.Options, done func() error, err error) {
	if f.BaseURL != "" {
		if options.Base, err = f.base(defaultListen); err != nil {
			return options, nil, err
		}
	}
	location, err := f.location()
	if err != nil {
		return options, nil, err
	}
	reading := *f
	reading.Settle = 0 // nothing is published: what is there is looked at
	seeds, closeSeeds, err := reading.openSeeds()
	if err != nil {
		return options, nil, err
	}
	options.Seeds, options.SeedsName = seeds, f.Seeds
	options.Out, options.OutName = os.DirFS(f.Out), f.Out
	options.Location, options.Now = location, time.Now()
	if _, err := os.Stat(f.Ledger); errors.Is(err, fs.ErrNotExist) {
		return options, closeSeeds, nil
	}
	memory, err := ledger.Open(env.ctx, f.Ledger)
	if err != nil {
		return options, nil, errors.Join(failed("name the ledger of this site with --ledger", "%w", err), closeSeeds())
	}
	options.Ledger = memory
	return options, func() error { return errors.Join(memory.Close(), closeSeeds()) }, nil
}

// listRules prints the rules, one a line: name, level, and what it is about.
func listRules(w io.Writer) error {
	for _, rule := range check.Rules() {
		if _, err := fmt.Fprintf(w, "%-16s %-8s %s\n", rule.Name, rule.Level, rule.About); err != nil {
			return err
		}
	}
	return nil
}

// number returns a number with its noun in the right form.
func number(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
