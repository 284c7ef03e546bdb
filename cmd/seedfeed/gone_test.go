package main

import (
	"testing"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
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
