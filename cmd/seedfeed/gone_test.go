package main

import (
	"errors"
	"testing"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
	"seedfeed/feed/serve"
)

// An address tells nothing of an entry that nobody has seen, whatever its status.
func TestFateByStatus(t *testing.T) {
	f := newFolder(t)
	book, err := ledger.Open(t.Context(), f.path("ledger.db"))
	f.must(err)
	defer func() { f.must(book.Close()) }()
	s := &site{ledger: book}
	for _, tt := range []struct {
		status  feed.Status
		wasLive bool
		gone    bool
	}{
		{feed.Withdrawn, true, true}, {feed.Gone, true, true}, {feed.Expired, true, true},
		{feed.Live, true, false}, {feed.Held, true, false},
		{feed.Withdrawn, false, false}, {feed.Expired, false, false}, {feed.Held, false, false},
	} {
		name := string(tt.status)
		if !tt.wasLive {
			name += "-unseen"
		}
		address := "entries/2026/03/" + name + ".html"
		f.must(book.Update(t.Context(), func(tx *ledger.Tx) error {
			return tx.Put(ledger.Record{ID: "urn:x:" + name, Path: name + ".md", Address: address, Status: tt.status, WasLive: tt.wasLive})
		}))
		if fate, err := s.fate(t.Context(), address); err != nil || fate.Gone != tt.gone || fate.To != "" {
			t.Errorf("%s: %+v, %v; want gone %v", name, fate, err, tt.gone)
		}
	}
}

// The page of an entry that was withdrawn tells what subscribers were told, and
// nothing of one that was a draft again before.
func TestFateTells(t *testing.T) {
	f := newFolder(t)
	book, err := ledger.Open(t.Context(), f.path("ledger.db"))
	f.must(err)
	defer func() { f.must(book.Close()) }()
	s := &site{ledger: book}
	when := time.Date(2026, time.March, 4, 9, 30, 0, 0, time.UTC)
	withdrawn := ledger.Event{Kind: ledger.Withdrawn, Title: "Pier closed", Why: "not true", When: when}
	deleted := ledger.Event{Kind: ledger.Gone, Title: "Pier closed", Why: "its document was deleted", When: when}
	for name, tt := range map[string]struct {
		events []ledger.Event
		want   serve.Fate
	}{
		"withdrawn": {[]ledger.Event{withdrawn}, serve.Fate{Gone: true, Title: "Pier closed", When: when, Reason: "not true"}},
		"deleted":   {[]ledger.Event{deleted}, serve.Fate{Gone: true, Title: "Pier closed", When: when}},
		"draft":     {[]ledger.Event{{Kind: ledger.Held, Title: "Secret", When: when}, withdrawn}, serve.Fate{Gone: true}},
		"old":       {nil, serve.Fate{Gone: true}},
	} {
		address := "entries/2026/03/" + name + ".html"
		f.must(book.Update(t.Context(), func(tx *ledger.Tx) error {
			record := ledger.Record{ID: "urn:x:" + name, Path: name + ".md", Address: address, Status: feed.Withdrawn, WasLive: true}
			err := tx.Put(record)
			for _, e := range tt.events {
				e.ID, e.Path = record.ID, record.Path
				err = errors.Join(err, tx.PutEvent(e))
			}
			return err
		}))
		if fate, err := s.fate(t.Context(), address); err != nil || fate != tt.want {
			t.Errorf("%s: %+v, %v; want %+v", name, fate, err, tt.want)
		}
	}
}
