package main

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"seedfeed/feed/admin"
	"seedfeed/feed/publish"
	"seedfeed/feed/websub"
)

const (
	// publicWithin is how long a feed may take to be at its public address: that of
	// most caches in between.
	publicWithin = 15 * time.Minute

	// pingTimeout is how long a hub, or the site, may take to answer.
	pingTimeout = 30 * time.Second

	// looksAtOnce is how many feeds are looked for at a time.
	looksAtOnce = 4
)

// pings tell hubs elsewhere which feeds have changed, in the background, once
// those answer at their public addresses. What is to be told is in the ledger
// until it is told, so that it is told after a restart too.
type pings struct {
	site    *publish.Publisher
	content func(ctx context.Context, topic string) (websub.Content, error)
	client  *http.Client
	log     *slog.Logger

	stop  context.CancelFunc // ends the round in progress
	round sync.WaitGroup

	mu   sync.Mutex
	left publish.Untold // of the round in progress: what is still to be told
}

func newPings(site *publish.Publisher, content func(context.Context, string) (websub.Content, error), log *slog.Logger) *pings {
	return &pings{site: site, content: content, client: &http.Client{Timeout: pingTimeout}, log: log, stop: func() {}}
}

// tell begins to tell hubs what the ledger says is to be told. A round in
// progress goes on, unless a feed has changed again. It is called by one goroutine.
func (p *pings) tell(ctx context.Context) {
	untold, err := p.site.Untold(ctx)
	if err != nil {
		if ctx.Err() == nil {
			p.log.Error("what hubs are to be told is not known", "error", err)
		}
		return
	}
	if p.tells(untold) {
		return
	}
	p.wait()
	ctx, p.stop = context.WithCancel(ctx)
	p.mu.Lock()
	p.left = maps.Clone(untold)
	p.mu.Unlock()
	for hub, topics := range untold {
		p.round.Go(func() { p.tellHub(ctx, hub, topics) })
	}
}

// tells reports whether the round in progress tells all of that.
func (p *pings) tells(untold publish.Untold) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for hub, topics := range untold {
		if !maps.Equal(p.left[hub], topics) {
			return false
		}
	}
	return true
}

// wait ends the round in progress, and returns when it has.
func (p *pings) wait() {
	p.stop()
	p.round.Wait()
}

// waiting tells which hubs are still to be told, and of how many feeds.
func (p *pings) waiting() []admin.Delivery {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []admin.Delivery
	for _, hub := range slices.Sorted(maps.Keys(p.left)) {
		all = append(all, admin.Delivery{Hub: hub, Topics: len(p.left[hub])})
	}
	return all
}

// tellHub tells a hub of topics. One that can not be told is tried again after the
// next run, and a feed that is not public in time is given up.
func (p *pings) tellHub(ctx context.Context, hub string, topics map[string]int64) {
	public := p.await(ctx, slices.Sorted(maps.Keys(topics)))
	var err error
	if len(public) > 0 {
		err = websub.Ping(ctx, p.client, hub, public...)
	}
	if ctx.Err() != nil {
		return // what is left is for the next round, or the next start
	}
	switch {
	case err != nil:
		p.log.Error("a hub can not be told; it is tried again after the next run", "hub", hub, "error", err)
	case len(public) > 0:
		p.log.Info("a hub was told", "hub", hub, "feeds", len(public))
	}
	if err == nil {
		if err := p.site.Told(ctx, hub, topics); err != nil && ctx.Err() == nil {
			p.log.Error("that a hub was told is not kept", "hub", hub, "error", err)
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.left, hub)
}

// await returns those of the topics that answer with their newest content at
// their public addresses: when all of them do, or after publicWithin.
func (p *pings) await(ctx context.Context, topics []string) []string {
	limited, cancel := context.WithTimeout(ctx, publicWithin)
	defer cancel()
	var mu sync.Mutex
	var public []string
	var group errgroup.Group
	group.SetLimit(looksAtOnce)
	for _, topic := range topics {
		group.Go(func() error {
			content, err := p.content(limited, topic)
			if err == nil {
				err = websub.AwaitPublic(limited, p.client, topic, content.Body)
			}
			switch {
			case err == nil:
				mu.Lock()
				defer mu.Unlock()
				public = append(public, topic)
			case ctx.Err() == nil:
				p.log.Error("a feed is not at its public address, and no hub is told of it", "feed", topic, "error", err)
			}
			return nil
		})
	}
	_ = group.Wait() // none returns an error
	slices.Sort(public)
	return public
}
