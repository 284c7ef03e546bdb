package serve

import (
	"net/netip"
	"testing"
	"testing/synctest"
	"time"
)

// However many clients there are, few are known, and who is limited stays so as
// long as fewer come than are known.
func TestLimiterIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &limiter{began: time.Now(), current: map[netip.Addr]time.Duration{}, previous: map[netip.Addr]time.Duration{}}
		flood := netip.MustParseAddr("203.0.113.7")
		for range burst {
			l.allow(flood)
		}
		client := netip.MustParseAddr("1.0.0.0")
		for i := range 5 * maxClients {
			client = client.Next()
			if !l.allow(client) {
				t.Fatalf("client %s is limited", client)
			}
			if i == maxClients && l.allow(flood) {
				t.Errorf("who is limited is let through after %d others", i)
			}
			if known := len(l.current) + len(l.previous); known > 2*maxClients {
				t.Fatalf("%d clients are known", known)
			}
		}
		time.Sleep(2 * window)
		l.allow(client.Next())
		time.Sleep(window)
		l.allow(client)
		if known := len(l.current) + len(l.previous); known != 2 {
			t.Errorf("%d clients are known when they are long gone, want 2", known)
		}
	})
}
