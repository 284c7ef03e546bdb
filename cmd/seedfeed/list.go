package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// listCommand lists what the ledger knows. It makes no run.
type listCommand struct {
	Live      bool `help:"What is public."`
	Held      bool `help:"What is held back, and why."`
	Withdrawn bool `help:"What was withdrawn."`
	Gone      bool `help:"What was public, and whose document is gone."`
	Expired   bool `help:"What was public until a day that is over."`
	JSON      bool `name:"json" help:"Print a JSON object a line."`
}

// A listed entry is one line of list --json.
type listed struct {
	Status    feed.Status `json:"status"`
	Path      string      `json:"path"`
	ID        string      `json:"id"`
	URL       string      `json:"url,omitempty"`
	Title     string      `json:"title"`
	Published string      `json:"published,omitempty"`
	Updated   string      `json:"updated,omitempty"`
	Reason    string      `json:"reason,omitempty"`
	Until     string      `json:"until,omitempty"`
}

// Run prints the entries, by folder and name.
func (c *listCommand) Run(env *environment, flags *siteFlags) (err error) {
	site, err := flags.remember(env)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, site.Ledger.Close()) }()
	for record, err := range site.Ledger.List(env.ctx, ledger.Filter{Status: c.statuses()}) {
		if err != nil {
			return err
		}
		if record.Status == feed.Withdrawn && record.Reason == "" {
			if record.Reason, err = killOf(env, site.Ledger, record.ID); err != nil {
				return err
			}
		}
		if err := c.print(env, record, site.BaseURL.String()); err != nil {
			return err
		}
	}
	return nil
}

// killOf returns the advisory that took an entry back, and what it says to editors,
// if one did.
func killOf(env *environment, memory *ledger.Ledger, id string) (string, error) {
	events, err := memory.Events(env.ctx, id)
	for _, e := range slices.Backward(events) {
		if e.Kind == ledger.Killed {
			return e.Why, err
		}
	}
	return "", err
}

// statuses are those that were asked for; none means all.
func (c *listCommand) statuses() []feed.Status {
	var statuses []feed.Status
	for status, wanted := range map[feed.Status]bool{feed.Live: c.Live, feed.Held: c.Held, feed.Withdrawn: c.Withdrawn, feed.Gone: c.Gone, feed.Expired: c.Expired} {
		if wanted {
			statuses = append(statuses, status)
		}
	}
	return statuses
}

func (c *listCommand) print(env *environment, record ledger.Record, base string) error {
	l := listed{
		Status: record.Status, Path: record.Path, ID: record.ID, Title: record.Title, Reason: record.Reason,
		Published: instant(record.Published), Updated: instant(record.Updated), Until: instant(record.Until),
	}
	if record.Address != "" {
		l.URL = base + record.Address
	}
	if c.JSON {
		encoder := json.NewEncoder(env.stdout)
		encoder.SetEscapeHTML(false)
		return encoder.Encode(l)
	}
	line := fmt.Sprintf("%-9s  %-10.10s  %s  %s", l.Status, l.Published, l.Path, l.Title)
	if l.Reason != "" {
		line += " (" + l.Reason + ")"
	}
	_, err := fmt.Fprintln(env.stdout, strings.TrimRight(line, " "))
	return err
}

// instant returns a time in UTC, or "" for none.
func instant(t time.Time) string {
	if t.Unix() <= 0 {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
