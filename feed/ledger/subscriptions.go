package ledger

import (
	"context"
	"database/sql"
	"time"

	"seedfeed/feed/internal/push"
)

// Subscriptions returns the subscriptions to feeds, sorted by topic and callback;
// those that have expired are among them until they are dropped.
func (r Reader) Subscriptions(ctx context.Context) ([]push.Subscription, error) {
	var all []push.Subscription
	err := r.each(ctx, selectSubscriptions, nil, func(rows *sql.Rows) error {
		var s push.Subscription
		var secret []byte
		var expires int64
		var due sql.Null[int64]
		err := rows.Scan(&s.Topic, &s.Callback, &secret, &expires, digest{s.Delivered[:]}, digest{s.Wanted[:]}, &due, &s.Tries)
		s.Secret, s.Expires, s.Due = string(secret), time.UnixMilli(expires).UTC(), fromNull(due)
		all = append(all, s)
		return err
	})
	return all, err
}

// SubscriptionRequests returns the requests that are not answered yet, in the
// order of their numbers.
func (r Reader) SubscriptionRequests(ctx context.Context) ([]push.Request, error) {
	var all []push.Request
	err := r.each(ctx, selectRequests, nil, func(rows *sql.Rows) error {
		var q push.Request
		var secret []byte
		var lease int64
		err := rows.Scan(&q.Number, &q.Mode, &q.Topic, &q.Callback, &secret, &lease)
		q.Secret, q.Lease = string(secret), time.Duration(lease)*time.Second
		all = append(all, q)
		return err
	})
	return all, err
}

// SaveSubscriptions keeps changes of subscriptions and requests, in one update.
// It is an error to use the number of a request that is there; to drop what is
// not, is none.
func (l *Ledger) SaveSubscriptions(ctx context.Context, c push.Changes) error {
	return l.Update(ctx, func(tx *Tx) error {
		for _, s := range c.Put {
			if _, err := tx.exec(upsertSubscription, s.Topic, s.Callback, []byte(s.Secret), s.Expires.UnixMilli(),
				s.Delivered[:], s.Wanted[:], toNull(s.Due), s.Tries); err != nil {
				return err
			}
		}
		for _, key := range c.Drop {
			if _, err := tx.exec(deleteSubscription, key.Topic, key.Callback); err != nil {
				return err
			}
		}
		for _, q := range c.Ask {
			if _, err := tx.exec(insertRequest, q.Number, q.Mode, q.Topic, q.Callback,
				[]byte(q.Secret), int64(q.Lease/time.Second)); err != nil {
				return err
			}
		}
		for _, number := range c.Done {
			if _, err := tx.exec(deleteRequest, number); err != nil {
				return err
			}
		}
		return nil
	})
}
