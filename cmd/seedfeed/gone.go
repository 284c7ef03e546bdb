package main

import (
	"context"
	"strings"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
	"seedfeed/feed/serve"
)

// fate tells which pages are gone, by the ledger: it keeps the addresses of
// entries for ever. Of an entry that was never public it tells nothing, and
// neither of one that is held again, since that is to come back.
func (s *site) fate(ctx context.Context, path string) (serve.Fate, error) {
	if !strings.HasPrefix(path, "entries/") {
		return serve.Fate{}, nil
	}
	id, taken, err := s.ledger.AddressTaken(ctx, path)
	if err != nil || !taken {
		return serve.Fate{}, err
	}
	record, known, err := s.ledger.ByID(ctx, id)
	if err != nil || !known || !record.WasLive {
		return serve.Fate{}, err
	}
	switch record.Status {
	case feed.Withdrawn, feed.Gone, feed.Expired:
		return s.told(ctx, record)
	}
	return serve.Fate{}, nil
}

// told adds what subscribers were told of the end of an entry. Of one that was
// held before its end they were told nothing: its title may be that of a draft.
func (s *site) told(ctx context.Context, record ledger.Record) (serve.Fate, error) {
	fate := serve.Fate{Gone: true}
	events, err := s.ledger.Events(ctx, record.ID)
	if err != nil || len(events) == 0 {
		return fate, err
	}
	last := events[len(events)-1]
	if !last.Public {
		return fate, nil
	}
	fate.Title, fate.When = last.Title, last.When
	if last.Kind == ledger.Withdrawn {
		fate.Reason = last.Why
	}
	return fate, nil
}
