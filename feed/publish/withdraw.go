package publish

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// ErrUnknown says that nothing was published under an id, a path or an address.
var ErrUnknown = errors.New("nothing was published under this id, path or address")

// Withdraw takes an entry back: from the next run on it is in no feed and on no
// page, whatever becomes of its document, until it is restored. what is the
// entry's id, its document's path below seeds, or the URL of its page. The
// reason is for subscribers.
func (p *Publisher) Withdraw(ctx context.Context, what, reason string) (ledger.Record, error) {
	return p.decide(ctx, what, ledger.Withdrawn, func(record *ledger.Record, now time.Time) error {
		if record.Status == feed.Withdrawn {
			return fmt.Errorf("%s is withdrawn already", record.Path)
		}
		record.Status, record.Reason, record.Until = feed.Withdrawn, reason, time.Time{}
		record.Updated, record.Pending = now, record.WasLive
		return nil
	})
}

// Restore undoes [Publisher.Withdraw]: the next run publishes the document as
// it is then, with the id, the address and the date that it had.
func (p *Publisher) Restore(ctx context.Context, what string) (ledger.Record, error) {
	return p.decide(ctx, what, ledger.Restored, func(record *ledger.Record, now time.Time) error {
		if record.Status != feed.Withdrawn {
			return fmt.Errorf("%s is not withdrawn", record.Path)
		}
		// The run finds its document, or does not, as that of any entry that
		// was away.
		record.Status, record.Reason = feed.Gone, ""
		record.Updated, record.Pending = now, true
		return nil
	})
}

// Recall gives the publisher the address, the time zone and the hub that the last
// run had. Who withdraws an entry means that site, and should not have to name it.
func (p *Publisher) Recall(ctx context.Context) error {
	address, err := p.Ledger.Meta(ctx, metaBase)
	if err != nil || address == "" {
		return err
	}
	if p.BaseURL, err = url.Parse(address); err != nil {
		return err
	}
	zone, err := p.Ledger.Meta(ctx, metaZone)
	if err == nil {
		p.Location, err = time.LoadLocation(zone)
	}
	if err != nil {
		return err
	}
	return p.RecallHub(ctx)
}

// RecallHub gives the publisher the hub that the last run had, if that belongs
// to the site at its address. Whoever makes runs beside a server has no hub of
// its own, and should not take that of the server out of the feeds.
func (p *Publisher) RecallHub(ctx context.Context) error {
	hub, err := p.Ledger.Meta(ctx, metaHub)
	if err != nil {
		return err
	}
	p.Hub = ""
	if strings.HasPrefix(hub, p.BaseURL.String()) {
		p.Hub = hub
	}
	return nil
}

// decide changes the record of an entry by the word of the publisher, and keeps
// that as an event of a kind.
func (p *Publisher) decide(ctx context.Context, what string, kind ledger.EventKind, change func(*ledger.Record, time.Time) error) (record ledger.Record, err error) {
	unlock, err := p.Ledger.Lock(ctx, nil)
	if err != nil {
		return record, err
	}
	now := time.Now
	if p.Now != nil {
		now = p.Now
	}
	err = p.Ledger.Update(ctx, func(tx *ledger.Tx) error {
		if record, err = p.lookUp(ctx, tx.Reader, what); err != nil {
			return err
		}
		at := now().UTC().Truncate(time.Second)
		if err := change(&record, at); err != nil {
			return err
		}
		if err := tx.Put(record); err != nil {
			return err
		}
		return tx.PutEvent(ledger.Event{
			ID: record.ID, When: at, Kind: kind, Title: record.Title, Path: record.Path, Why: record.Reason,
		})
	})
	return record, errors.Join(err, unlock())
}

// Find returns the record of an entry: what is its id, its document's path below
// seeds, or the URL of its page. An error that is [ErrUnknown] says that there
// is none.
func (p *Publisher) Find(ctx context.Context, what string) (ledger.Record, error) {
	return p.lookUp(ctx, p.Ledger.Reader, what)
}

// lookUp finds the record that somebody names.
func (p *Publisher) lookUp(ctx context.Context, in ledger.Reader, what string) (ledger.Record, error) {
	if address, ok := strings.CutPrefix(what, p.BaseURL.String()); ok {
		if id, taken, err := in.AddressTaken(ctx, address); err != nil || taken {
			what = id
			if err != nil {
				return ledger.Record{}, err
			}
		}
	}
	record, found, err := in.ByID(ctx, what)
	if err == nil && !found {
		record, found, err = in.ByPath(ctx, what)
	}
	if err == nil && !found {
		err = fmt.Errorf("%q: %w", what, ErrUnknown)
	}
	return record, err
}
