package websub

import (
	"container/heap"
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"code.dny.dev/ssrf"
)

// slowAfter is how long an attempt keeps others of its host from starting.
const slowAfter = time.Second

// grace is how long attempts in progress may go on when Run is to end.
const grace = 5 * time.Second

// lookAgain is when the clock is looked at in any case: it may have been set, or
// the machine may have slept.
const lookAgain = time.Minute

// saveAgain is when what could not be saved is tried again.
const saveAgain = 5 * time.Second

// A Hub is the handler of the requests to subscribe, and delivers what
// is announced. It may be used by many goroutines at once.
type Hub struct {
	o      Options
	store  Store
	guard  *ssrf.Guardian
	client *http.Client

	reading sync.Mutex // held while a content is read and announced: one that is older never follows

	saving sync.Mutex // held while changes are saved: they are saved in their order

	wake chan struct{} // there may be something to start
	save chan struct{} // there may be something to save

	workers sync.WaitGroup

	mu       sync.Mutex // guards what follows
	subs     map[Key]*subscriber
	topics   map[string]*topic // those that have subscribers
	hosts    map[string]int    // subscriptions
	agenda   agenda
	lanes    lanes
	requests requests
	unsaved  unsaved
	counts   Counts
}

// A subscriber is a subscription and what is going on with it.
type subscriber struct {
	Subscription
	host  string
	topic *topic
	index int  // in the agenda, or -1 when it has ended
	busy  bool // a delivery waits for its turn or is in progress
}

// A topic is a feed with subscribers.
type topic struct {
	subscribers map[*subscriber]struct{}
	busy        int      // of them
	content     *current // what they are sent; nil when none is busy
}

// Counts tell what a hub has, and what it did since it was opened.
type Counts struct {
	Subscriptions int // that last
	Requests      int // that are not answered yet
	Waiting       int // deliveries that are not done yet
	Active        int // attempts in progress

	Verified  int64 // requests that the callback confirmed
	Refused   int64 // requests that it did not
	Denied    int64 // requests that the hub did not grant
	Delivered int64 // contents that a subscriber took
	Failed    int64 // attempts that came to nothing
	GivenUp   int64 // deliveries that were tried often enough
	Expired   int64 // subscriptions whose lease ended
}

// Open returns a hub that goes on where the store says. Deliveries and
// verifications are made while [Hub.Run] runs.
func Open(ctx context.Context, store Store, o Options) (*Hub, error) {
	o, err := o.filled()
	if err != nil {
		return nil, err
	}
	subscriptions, err := store.Subscriptions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read subscriptions: %w", err)
	}
	asked, err := store.SubscriptionRequests(ctx)
	if err != nil {
		return nil, fmt.Errorf("read requests of subscribers: %w", err)
	}
	guard := newGuard(o.Loopback)
	h := &Hub{
		o: o, store: store, guard: guard, client: newClient(guard),
		wake: make(chan struct{}, 1), save: make(chan struct{}, 1),
		subs: map[Key]*subscriber{}, topics: map[string]*topic{}, hosts: map[string]int{},
		lanes:    lanes{byHost: map[string]*lane{}},
		requests: requests{byKey: map[Key][]*request{}, byHost: map[string]int{}},
		unsaved:  unsaved{keys: map[Key]struct{}{}},
	}
	for _, s := range subscriptions {
		h.add(s)
	}
	for _, q := range asked {
		h.requests.last = max(h.requests.last, q.Number)
		h.requests.count(hostOf(q.Callback), +1)
		h.enter(&request{Request: q, host: hostOf(q.Callback)})
	}
	return h, nil
}

// Counts returns the counts of this moment.
func (h *Hub) Counts() Counts {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := h.counts
	c.Subscriptions, c.Requests = len(h.subs), h.requests.total
	c.Active = h.lanes.active + h.lanes.slow
	return c
}

// Run verifies and delivers until ctx ends, and returns nil then. It begins with
// what was left undone: also contents that changed since the hub last ran are
// announced. Attempts in progress are given 5 seconds to end.
func (h *Hub) Run(ctx context.Context) error {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	saver := make(chan struct{})
	go func() {
		defer close(saver)
		h.keep(work)
	}()
	if err := h.Announce(ctx); err != nil && ctx.Err() == nil {
		h.o.Log.Error("hub: what has changed is not known", "error", err)
	}
	timer := time.NewTimer(0)
	defer timer.Stop()
	for ctx.Err() == nil {
		timer.Reset(h.start(work))
		select {
		case <-ctx.Done():
		case <-h.wake:
		case <-timer.C:
		}
	}
	late := time.AfterFunc(grace, cancel)
	h.workers.Wait()
	late.Stop()
	cancel()
	<-saver
	if err := h.flush(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("save subscriptions: %w", err)
	}
	return nil
}

// start takes note of what is due, starts what may start, and returns when to
// come again unless something happens before.
func (h *Hub) start(ctx context.Context) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	for len(h.agenda) > 0 && !h.agenda[0].next().After(now) {
		h.look(h.agenda[0], now)
	}
	for {
		j, p, ok := h.lanes.next()
		if !ok {
			break
		}
		h.workers.Go(func() { h.work(ctx, j, p) })
	}
	if len(h.agenda) == 0 {
		return lookAgain
	}
	return min(max(0, h.agenda[0].next().Sub(now)), lookAgain)
}

// work does a job in its place.
func (h *Hub) work(ctx context.Context, j job, p *place) {
	slow := time.AfterFunc(slowAfter, func() {
		h.mu.Lock()
		h.lanes.linger(p)
		h.mu.Unlock()
		signal(h.wake)
	})
	j.run(ctx)
	slow.Stop()
	h.mu.Lock()
	h.lanes.leave(p)
	h.mu.Unlock()
	signal(h.wake)
	signal(h.save)
}

// look does what is due for a subscriber.
func (h *Hub) look(s *subscriber, now time.Time) {
	if !now.Before(s.Expires) {
		h.counts.Expired++
		h.o.Log.Info("hub: lease ended", "topic", s.Topic, "callback", s.Callback)
		h.remove(s)
		signal(h.save)
		return
	}
	h.enqueue(s)
}

// add takes a subscription in. It has the lock, as all that follow.
func (h *Hub) add(sub Subscription) *subscriber {
	t := h.topics[sub.Topic]
	if t == nil {
		t = &topic{subscribers: map[*subscriber]struct{}{}}
		h.topics[sub.Topic] = t
	}
	s := &subscriber{Subscription: sub, host: hostOf(sub.Callback), topic: t}
	t.subscribers[s] = struct{}{}
	h.subs[s.Key] = s
	h.hosts[s.host]++
	if !s.Due.IsZero() {
		h.counts.Waiting++
	}
	heap.Push(&h.agenda, s)
	return s
}

// remove ends a subscription.
func (h *Hub) remove(s *subscriber) {
	h.setDue(s, time.Time{})
	heap.Remove(&h.agenda, s.index)
	s.index = -1
	delete(h.subs, s.Key)
	if delete(s.topic.subscribers, s); len(s.topic.subscribers) == 0 {
		delete(h.topics, s.Topic)
	}
	if h.hosts[s.host]--; h.hosts[s.host] == 0 {
		delete(h.hosts, s.host)
	}
	h.unsaved.keys[s.Key] = struct{}{}
}

// setDue says when the delivery to a subscriber is to be tried, if at all.
func (h *Hub) setDue(s *subscriber, due time.Time) {
	switch {
	case s.Due.IsZero() && !due.IsZero():
		h.counts.Waiting++
	case !s.Due.IsZero() && due.IsZero():
		h.counts.Waiting--
	}
	s.Due = due
	h.changed(s)
}

// changed takes note that a subscription is another than in the store.
func (h *Hub) changed(s *subscriber) {
	h.moved(s)
	h.unsaved.keys[s.Key] = struct{}{}
}

// moved takes note that the next thing to do for a subscriber is another one.
func (h *Hub) moved(s *subscriber) {
	if s.index >= 0 {
		heap.Fix(&h.agenda, s.index)
	}
}

// signal tells a goroutine to look, which need not be told twice.
func signal(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// An agenda is a heap of subscribers, that with the next thing to do first.
type agenda []*subscriber

// next is when there is something to do for a subscriber. It is not asked for
// what is being done already.
func (s *subscriber) next() time.Time {
	if s.busy || s.Due.IsZero() || s.Expires.Before(s.Due) {
		return s.Expires
	}
	return s.Due
}

func (a agenda) Len() int           { return len(a) }
func (a agenda) Less(i, j int) bool { return a[i].next().Before(a[j].next()) }
func (a agenda) Swap(i, j int) {
	a[i], a[j] = a[j], a[i]
	a[i].index, a[j].index = i, j
}

// Push is a part of heap.Interface.
func (a *agenda) Push(x any) {
	s := x.(*subscriber)
	s.index = len(*a)
	*a = append(*a, s)
}

// Pop is a part of heap.Interface.
func (a *agenda) Pop() any {
	old := *a
	s := old[len(old)-1]
	old[len(old)-1] = nil
	*a = old[:len(old)-1]
	return s
}
