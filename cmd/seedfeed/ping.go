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
// those answer at their public addresses. A feed that changes again meanwhile is
// told of when it has its newest content.
type pings struct {
	content func(ctx context.Context, topic string) (websub.Content, error)
	client  *http.Client
	log     *slog.Logger

	stop  context.CancelFunc // ends the round in progress
	round sync.WaitGroup

	mu   sync.Mutex
	left map[string]map[string]bool // topics, by the hub that is to be told of them
}

func newPings(content func(context.Context, string) (websub.Content, error), log *slog.Logger) *pings {
	return &pings{
		content: content, client: &http.Client{Timeout: pingTimeout}, log: log,
		left: map[string]map[string]bool{}, stop: func() {},
	}
}

// tell begins to tell hubs of topics, and of those that they were not told of
// yet. It is called by one goroutine.
func (p *pings) tell(ctx context.Context, topics map[string][]string) {
	if len(topics) == 0 {
		return
	}
	p.wait() // left is ours until the next round
	for hub, list := range topics {
		if p.left[hub] == nil {
			p.left[hub] = map[string]bool{}
		}
		for _, topic := range list {
			p.left[hub][topic] = true
		}
	}
	ctx, p.stop = context.WithCancel(ctx)
	p.mu.Lock()
	defer p.mu.Unlock()
	for hub, list := range p.left {
		topics := slices.Sorted(maps.Keys(list))
		p.round.Go(func() { p.tellHub(ctx, hub, topics) })
	}
}

// wait ends the round in progress, and returns when it has.
func (p *pings) wait() {
	p.stop()
	p.round.Wait()
}

// tellHub tells a hub of topics. When the context ends before, they are left to
// the next round.
func (p *pings) tellHub(ctx context.Context, hub string, topics []string) {
	public := p.await(ctx, topics)
	var err error
	if len(public) > 0 {
		err = websub.Ping(ctx, p.client, hub, public...)
	}
	switch {
	case ctx.Err() != nil:
		return
	case err != nil:
		p.log.Error("a hub can not be told", "hub", hub, "error", err)
	case len(public) > 0:
		p.log.Info("a hub was told", "hub", hub, "feeds", len(public))
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
