package main

import (
	"context"
	"strings"

	"seedfeed/feed"
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
		return serve.Fate{Gone: true}, nil
	}
	return serve.Fate{}, nil
}
