package serve

import (
	"fmt"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"
)

// What a client may ask for: a reader that follows each of several hundred feeds
// asks for all of them at once, and many readers may share one address. It is for
// who asks without end.
const (
	burst   = 1000                  // requests at once
	perTurn = 20 * time.Millisecond // and one more in this time, 50 a second
	window  = burst * perTurn       // after which all is forgotten

	// maxClients is how many clients of a window are known. When there are more,
	// those not seen for the longest begin anew: about 10 MB in all.
	maxClients = 1 << 16
)

// Limit returns a handler that lets each client ask 1,000 times at once and 50
// times a second on end, and answers with 429 and Retry-After beyond that. A
// client is an IPv4 address or an IPv6 network of 64 bits.
//
// Peers on this machine and in private networks are not limited: they are proxies
// that are not named, and stand for all readers, or the house itself.
func Limit(next http.Handler, proxies Proxies) http.Handler {
	l := &limiter{began: time.Now(), current: map[netip.Addr]time.Duration{}, previous: map[netip.Addr]time.Duration{}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if l.allow(proxies.Client(r)) {
			next.ServeHTTP(w, r)
			return
		}
		head := w.Header()
		head["X-Content-Type-Options"] = noSniff
		head.Set("Cache-Control", "no-store") // RFC 6585 section 4
		head.Set("Content-Type", "text/plain; charset=utf-8")
		head.Set("Retry-After", strconv.Itoa(int(window.Seconds())))
		w.WriteHeader(http.StatusTooManyRequests)
		if r.Method != http.MethodHead {
			_, _ = fmt.Fprintf(w, "%d %s\n", http.StatusTooManyRequests, http.StatusText(http.StatusTooManyRequests))
		}
	})
}

// A limiter is a token bucket for each client, kept as one instant: when the
// bucket will be full again, since the limiter began. A client that was not seen
// for a whole window has a full one, and need not be known.
type limiter struct {
	began time.Time

	mu                sync.Mutex
	turned            time.Duration // when previous was what current is now
	current, previous map[netip.Addr]time.Duration
}

// allow takes a token from the bucket of a client, and reports whether there was one.
func (l *limiter) allow(client netip.Addr) bool {
	if !client.IsValid() || client.IsLoopback() || client.IsPrivate() || client.IsLinkLocalUnicast() {
		return true
	}
	if client.Is6() {
		client = netip.PrefixFrom(client, 64).Masked().Addr()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Since(l.began)
	full, known := l.current[client]
	if !known {
		full = l.previous[client]
	}
	full = max(full, now) + perTurn
	if full > now+window {
		return false
	}
	if !known && (now-l.turned >= window || len(l.current) >= maxClients) {
		l.turned = now
		l.current, l.previous = l.previous, l.current
		clear(l.current)
	}
	l.current[client] = full
	return true
}
