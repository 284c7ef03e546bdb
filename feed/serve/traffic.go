package serve

import (
	"hash/maphash"
	"maps"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// maxFeeds is how many feeds are counted apart. Those asked for after them
	// are counted together, as OtherFeeds.
	maxFeeds = 1000

	// maxServices is how many services are known that read one feed for many.
	maxServices = 64
)

// OtherFeeds stands for the feeds that are too many to be counted apart.
const OtherFeeds = "other"

// A Traffic counts what is answered, and estimates who reads. It takes about 3 KB
// for each feed that was asked for, and knows no address: of clients it keeps how
// many differ, in a form that none can be had back from. It may be used by many
// goroutines at once. The nil Traffic counts nothing.
type Traffic struct {
	proxies  Proxies
	seed     maphash.Seed // of this process alone
	requests [len(codes) + 1]atomic.Int64

	mu    sync.Mutex
	feeds map[string]*readership
}

// NewTraffic returns a Traffic that has counted nothing. Clients are told apart
// as proxies say.
func NewTraffic(proxies Proxies) *Traffic {
	return &Traffic{proxies: proxies, seed: maphash.MakeSeed(), feeds: map[string]*readership{}}
}

// codes are the statuses that are counted apart; the others are counted as 0.
var codes = [...]int{200, 202, 206, 301, 303, 304, 400, 404, 405, 410, 412, 416, 429, 503}

func codeIndex(code int) int {
	if i, ok := slices.BinarySearch(codes[:], code); ok {
		return i
	}
	return len(codes)
}

// Count returns a handler that counts the statuses of what another one answers.
func (t *Traffic) Count(next http.Handler) http.Handler {
	responses := sync.Pool{New: func() any { return new(countedResponse) }}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		counted := responses.Get().(*countedResponse)
		*counted = countedResponse{ResponseWriter: w}
		next.ServeHTTP(counted, r)
		t.requests[codeIndex(counted.sent())].Add(1)
		*counted = countedResponse{}
		responses.Put(counted) // not after a panic: who knows who still has it
	})
}

// Requests returns how many were answered, by status; those with a status that is
// not counted apart are under 0.
func (t *Traffic) Requests() map[int]int64 {
	counts := map[int]int64{}
	for i := range t.requests {
		code := 0
		if i < len(codes) {
			code = codes[i]
		}
		if n := t.requests[i].Load(); n > 0 {
			counts[code] = n
		}
	}
	return counts
}

// A FeedTraffic is what is known of the readers of one feed.
type FeedTraffic struct {
	Name        string // of its file, relative to the site: "news/rss.xml"; or OtherFeeds
	Full        int64  // that were sent the feed, by GET or HEAD
	NotModified int64  // that were told that it is as they have it

	// Clients is about how many clients asked in a day, of this day and the day
	// before the one on which there were more. A client is an address (of IPv6, a
	// network of 64 bits) and a program. Subscribers are those that services tell
	// they read for, as they said within a day; a service is no client.
	Clients, Subscribers int
}

// Feeds returns the feeds that were asked for, by name.
func (t *Traffic) Feeds() []FeedTraffic {
	t.mu.Lock()
	feeds := maps.Clone(t.feeds)
	t.mu.Unlock()
	now := time.Now()
	var all []FeedTraffic
	for _, name := range slices.Sorted(maps.Keys(feeds)) {
		f := feeds[name]
		all = append(all, FeedTraffic{
			Name: name, Full: f.full.Load(), NotModified: f.notModified.Load(),
			Clients: f.clients(now), Subscribers: f.subscribers(now),
		})
	}
	return all
}

// feed returns what counts a feed. It is asked once for each content of the feed.
func (t *Traffic) feed(name string) *readership {
	if t == nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if f, ok := t.feeds[name]; ok {
		return f
	}
	if len(t.feeds) >= maxFeeds {
		name = OtherFeeds
		if f, ok := t.feeds[name]; ok {
			return f
		}
	}
	f := &readership{traffic: t, services: map[string]service{}}
	t.feeds[name] = f
	return f
}

// A readership counts one feed.
type readership struct {
	traffic           *Traffic
	full, notModified atomic.Int64
	day               atomic.Int64 // of today, since 1970
	days              [2]sketch    // by day, of today and the one before or after

	mu       sync.Mutex
	services map[string]service // by their names
}

// A service reads a feed for many, and told how many.
type service struct {
	subscribers int
	told        time.Time
}

// note counts a response to a request for the feed. What asks from within, and
// not over a connection, is not counted.
func (f *readership) note(status int, r *http.Request, now time.Time) {
	if f == nil || r.RemoteAddr == "" {
		return
	}
	switch status {
	case http.StatusOK:
		f.full.Add(1)
	case http.StatusNotModified:
		f.notModified.Add(1)
	default:
		return
	}
	agent := r.UserAgent()
	if name, n, ok := subscribersOf(agent); ok {
		f.tell(name, n, now)
		return
	}
	f.turn(now)
	f.days[dayOf(now)&1].add(f.traffic.digest(r, agent))
}

// digest is a number for a client, which another process would not give it.
func (t *Traffic) digest(r *http.Request, agent string) uint64 {
	client := t.proxies.Client(r)
	if client.Is6() {
		client = netip.PrefixFrom(client, 64).Masked().Addr()
	}
	address := client.As16()
	var h maphash.Hash
	h.SetSeed(t.seed)
	_, _ = h.Write(address[:])
	_, _ = h.WriteString(agent)
	return h.Sum64()
}

func dayOf(now time.Time) int64 { return now.Unix() / (24 * 60 * 60) }

// turn makes place for today when a day is over.
func (f *readership) turn(now time.Time) {
	today := dayOf(now)
	before := f.day.Load()
	if before == today || !f.day.CompareAndSwap(before, today) {
		return
	}
	f.days[today&1].clear()
	if today != before+1 {
		f.days[(today+1)&1].clear()
	}
}

func (f *readership) clients(now time.Time) int {
	f.turn(now)
	return max(f.days[0].count(), f.days[1].count())
}

// tell takes down how many subscribers a service reads for.
func (f *readership) tell(name string, n int, now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, known := f.services[name]; !known && len(f.services) >= maxServices {
		f.forget(now)
		if len(f.services) >= maxServices {
			return
		}
	}
	f.services[strings.Clone(name)] = service{n, now}
}

// forget drops the services that have said nothing for a day. It has the lock.
func (f *readership) forget(now time.Time) {
	maps.DeleteFunc(f.services, func(_ string, s service) bool { return now.Sub(s.told) > 24*time.Hour })
}

func (f *readership) subscribers(now time.Time) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.forget(now)
	sum := 0
	for _, s := range f.services {
		sum += s.subscribers
	}
	return sum
}
