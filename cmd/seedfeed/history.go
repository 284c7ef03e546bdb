package main

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"seedfeed/feed/ledger"
	"seedfeed/feed/publish"
)

// logCommand tells what happened to entries. It makes no run.
type logCommand struct {
	Entry  string `arg:"" optional:"" help:"Its id, the path of its document, or the URL of its page; all entries if none is named."`
	Number int    `short:"n" default:"50" placeholder:"N" help:"How many events, the last ones; 0 for all of one entry."`
	JSON   bool   `name:"json" help:"Print a JSON object a line."`
}

// A logged event is one line of log --json.
type logged struct {
	Time   string           `json:"time"`
	Kind   ledger.EventKind `json:"kind"`
	ID     string           `json:"id"`
	Title  string           `json:"title"`
	Path   string           `json:"path"`
	Before string           `json:"path_before,omitempty"`
	Why    string           `json:"why,omitempty"`
	Digest string           `json:"digest,omitempty"` // SHA-256 of the document, in hexadecimal digits
}

// Run prints the events, the newest last.
func (c *logCommand) Run(env *environment, flags *siteFlags) (err error) {
	site, err := flags.remember(env)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, site.Ledger.Close()) }()
	events, err := c.events(env, flags, site)
	if err != nil {
		return err
	}
	for _, e := range events {
		if err := c.print(env, e); err != nil {
			return err
		}
	}
	return nil
}

// events asks for those that are to be printed.
func (c *logCommand) events(env *environment, flags *siteFlags, site *publish.Publisher) ([]ledger.Event, error) {
	if c.Entry == "" {
		return site.Ledger.LatestEvents(env.ctx, c.Number)
	}
	record, err := site.Find(env.ctx, flags.named(c.Entry))
	if errors.Is(err, publish.ErrUnknown) {
		return nil, failed(`"seedfeed list" names all entries`, "%w", err)
	}
	if err != nil {
		return nil, err
	}
	events, err := site.Ledger.Events(env.ctx, record.ID)
	if c.Number > 0 {
		events = events[max(0, len(events)-c.Number):]
	}
	return events, err
}

func (c *logCommand) print(env *environment, e ledger.Event) error {
	if c.JSON {
		l := logged{
			Time: instant(e.When), Kind: e.Kind, ID: e.ID, Title: e.Title, Path: e.Path, Before: e.Before, Why: e.Why,
		}
		if e.Digest != [32]byte{} {
			l.Digest = hex.EncodeToString(e.Digest[:])
		}
		encoder := json.NewEncoder(env.stdout)
		encoder.SetEscapeHTML(false)
		return encoder.Encode(l)
	}
	path := e.Path
	if e.Before != "" {
		path = e.Before + " -> " + e.Path
	}
	line := fmt.Sprintf("%s  %-9s  %s  %s", instant(e.When), e.Kind, path, e.Title)
	if e.Why != "" {
		line += " (" + e.Why + ")"
	}
	_, err := fmt.Fprintln(env.stdout, strings.TrimRight(line, " "))
	return err
}

// remember opens the ledger to be asked, with the address that the site had in
// the last run unless the flags name one. It is an error that there is none.
func (f *siteFlags) remember(env *environment) (*publish.Publisher, error) {
	if _, err := os.Stat(f.Ledger); errors.Is(err, fs.ErrNotExist) {
		return nil, failed(`run "seedfeed build" first, or name another ledger with --ledger`, "there is no ledger %q", f.Ledger)
	}
	base, err := f.base(defaultListen)
	if err != nil {
		return nil, err
	}
	memory, err := ledger.Open(env.ctx, f.Ledger)
	if err != nil {
		return nil, err
	}
	site := &publish.Publisher{Ledger: memory, BaseURL: base}
	if f.BaseURL == "" {
		if err := site.Recall(env.ctx); err != nil {
			return nil, errors.Join(err, memory.Close())
		}
	}
	return site, nil
}
