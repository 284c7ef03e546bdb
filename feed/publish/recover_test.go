package publish_test

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/publish"
)

// spoilLedger closes the ledger, changes its bytes, and opens it as the program
// does.
func (s *site) spoilLedger(change func([]byte) []byte) {
	s.t.Helper()
	s.must(s.publisher.Ledger.Close())
	data, err := os.ReadFile(s.path("ledger.db"))
	s.must(err)
	s.must(os.WriteFile(s.path("ledger.db"), change(data), 0o600))
	l, err := publish.OpenLedger(s.t.Context(), s.path("ledger.db"), slog.New(slog.NewTextHandler(&s.log, nil)))
	s.must(err)
	s.t.Cleanup(func() { _ = l.Close() })
	s.publisher.Ledger = l
}

// A ledger of which much is lost is kept, and made anew with the same ids; but
// nothing is published before people have said so.
func TestDamagedLedger(t *testing.T) {
	for name, change := range map[string]func([]byte) []byte{
		"cut":     func(data []byte) []byte { return data[:len(data)/2] },
		"garbage": func(data []byte) []byte { return append(data[:100], bytes.Repeat([]byte{0xa5}, len(data)-100)...) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			sample(s)
			s.run()
			before := s.out()
			s.spoilLedger(change)
			if copies, err := filepath.Glob(s.path("ledger.db.damaged-*")); err != nil || len(copies) == 0 {
				t.Errorf("no copy is kept: %v", err)
			}
			if !strings.Contains(s.log.String(), "the ledger was damaged, and is made anew") {
				t.Errorf("the log does not tell it: %s", &s.log)
			}
			s.now = s.now.Add(time.Hour)
			s.story("new.md", "New story", "2026-03-09")
			var braked *publish.Braked
			if _, err := s.publisher.Run(t.Context()); !errors.As(err, &braked) || !strings.Contains(err.Error(), "the ledger was damaged and only") {
				t.Fatalf("error = %v, want a *Braked that tells the loss", err)
			}
			if s.out()["rss.xml"] != before["rss.xml"] {
				t.Error("something was published")
			}
			if _, err := s.publisher.Approve(t.Context()); err != nil {
				t.Fatal(err)
			}
			s.run()
			if got, want := s.titles(""), "New story, Third time, Second wind, First light"; got != want {
				t.Errorf("feed = %s, want %s", got, want)
			}
			for name, data := range before {
				if strings.HasPrefix(name, "entries/2026/03/first") && s.out()[name] == "" {
					t.Errorf("%s has moved: %s", name, data)
				}
			}
			if report := s.later(time.Hour); report.Written+report.Removed != 0 {
				t.Errorf("the next run: %s", report)
			}
		})
	}
}

// A ledger that could be read to its end goes on without a word of people, and
// out/ stays as it is: ids, dates, withdrawals.
func TestDamagedLedgerReadToItsEnd(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.run()
	s.now = s.now.Add(time.Hour)
	if _, err := s.publisher.Withdraw(t.Context(), "one.md", "wrong"); err != nil {
		t.Fatal(err)
	}
	s.rename("news/two.md", "two.md")
	s.run()
	before := s.out()
	// A file that is one byte short of its last page is refused, though its
	// tables can be read.
	s.spoilLedger(func(data []byte) []byte { return append(data[:28:28], append([]byte{0, 0, 255, 255}, data[32:]...)...) })
	s.now = s.now.Add(time.Hour)
	report := s.run()
	if strings.Contains(s.titles(""), "First light") || !strings.Contains(s.log.String(), "whole=true") {
		t.Errorf("feed = %s; log: %s", s.titles(""), &s.log)
	}
	for name, data := range s.out() {
		if before[name] != data {
			t.Errorf("%s has changed: %s", name, report)
		}
	}
}

// A ledger that is empty over a site that is there is no silent matter.
func TestNewLedgerIsTold(t *testing.T) {
	const told = "the ledger is new, though out/ holds a site"
	s := newSite(t)
	sample(s)
	s.run()
	s.later(time.Hour)
	if strings.Contains(s.log.String(), told) {
		t.Errorf("told though nothing is lost: %s", &s.log)
	}
	s.spoilLedger(func([]byte) []byte { return nil })
	s.later(time.Hour)
	if !strings.Contains(s.log.String(), told) {
		t.Errorf("not told: %s", &s.log)
	}
}
