package websub

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"seedfeed/feed/internal/push"
)

// A Key tells subscriptions apart: the topic and the callback.
type Key = push.Key

// A Subscription is what a hub remembers of a subscriber.
type Subscription = push.Subscription

// A Request is one that is accepted, and not verified yet.
type Request = push.Request

// Changes are what a hub has to remember anew; they are kept together.
type Changes = push.Changes

// A Store keeps subscriptions and requests between two starts. One hub at a time
// uses it. SaveSubscriptions keeps all of the changes or, when it returns an
// error, none, and returns when they are kept for good.
type Store interface {
	Subscriptions(ctx context.Context) ([]Subscription, error)
	SubscriptionRequests(ctx context.Context) ([]Request, error) // in the order of their numbers
	SaveSubscriptions(ctx context.Context, c Changes) error
}

// Content is what a topic's address answers with.
type Content struct {
	Type string // media type, as in Content-Type
	Body []byte // whole, and not compressed; it is not changed by anybody

	// News is what of the body is news to subscribers: who was sent a content is
	// not sent another one with the same. Nil means the whole body.
	News []byte
}

// Options say what a hub serves, and how much. Hub, Site and Content must be given.
type Options struct {
	// Hub is the public address of the hub, as feeds advertise it with rel="hub".
	Hub string

	// Site is what the addresses of all topics begin with, as
	// "https://news.example.org/". Others are refused.
	Site string

	// Content returns what a topic's address answers with now, or an error that
	// is fs.ErrNotExist when there is no feed. It may be called by many
	// goroutines at once; to return the same bytes to each of them saves memory.
	Content func(ctx context.Context, topic string) (Content, error)

	// Lease is how long a subscription lasts that asks for no time of its own,
	// and MaxLease, how long one may last. Zero means 10 days and 30 days. A
	// shorter lease is granted as it is asked for: it costs only who asks.
	Lease, MaxLease time.Duration

	// MaxSubscriptions limits the number of subscriptions and MaxPerHost those
	// whose callbacks have one host; a subscriber to all feeds of a large site
	// has some thousand. Zero means 50,000 and 10,000.
	MaxSubscriptions, MaxPerHost int

	// Loopback allows callbacks on this machine. It is meant for tests.
	Loopback bool

	Log *slog.Logger // nil means slog.Default()
}

// The limits that nobody needs to change.
const (
	defaultLease            = 10 * 24 * time.Hour // what section 5.1 suggests
	defaultMaxLease         = 30 * 24 * time.Hour
	defaultMaxSubscriptions = 50_000
	defaultMaxPerHost       = 10_000

	maxForm    = 16 << 10 // bytes of a request
	maxAddress = 2048     // bytes of a callback or topic
	maxSecret  = 199      // section 5.1: less than 200 bytes

	// Requests that wait to be verified: in all, and for callbacks of one host.
	maxRequests        = 10_000
	maxRequestsPerHost = 2_000
)

func (o Options) filled() (Options, error) {
	o.Lease = cmp.Or(o.Lease, defaultLease)
	o.MaxLease = max(cmp.Or(o.MaxLease, defaultMaxLease), time.Second)
	o.Lease = min(max(o.Lease, time.Second), o.MaxLease)
	o.MaxSubscriptions = cmp.Or(o.MaxSubscriptions, defaultMaxSubscriptions)
	o.MaxPerHost = cmp.Or(o.MaxPerHost, defaultMaxPerHost)
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Content == nil {
		return o, errors.New("websub: a hub wants a function that returns contents")
	}
	for _, address := range []string{o.Hub, o.Site} {
		if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return o, fmt.Errorf("websub: %q is no absolute address of the web", address)
		}
	}
	if !strings.HasSuffix(o.Site, "/") {
		return o, fmt.Errorf("websub: the address %q of the site has no slash at its end", o.Site)
	}
	return o, nil
}
