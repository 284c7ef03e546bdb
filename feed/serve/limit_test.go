package serve_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"seedfeed/feed/serve"
)

var ok200 = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })

// ask sends n requests from an address and counts those that are let through.
func ask(h http.Handler, from string, n int) (through int, last *http.Response) {
	for range n {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = from
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		last = w.Result()
		if last.StatusCode == http.StatusOK {
			through++
		}
	}
	return through, last
}

func TestLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := serve.Limit(ok200, nil)
		through, last := ask(h, "203.0.113.7:1", 3000)
		if through != 1000 {
			t.Errorf("%d of 3000 requests at once are let through, want 1000", through)
		}
		if last.StatusCode != 429 || last.Header.Get("Retry-After") != "20" || last.Header.Get("Cache-Control") != "no-store" || body(t, last) != "429 Too Many Requests\n" {
			t.Errorf("beyond that: %d %v", last.StatusCode, last.Header)
		}
		if through, _ := ask(h, "203.0.113.7:2", 1); through != 0 {
			t.Error("another port is another client")
		}
		if through, _ := ask(h, "203.0.113.8:1", 1000); through != 1000 {
			t.Errorf("another client: %d of 1000", through)
		}
		time.Sleep(time.Second)
		if through, _ := ask(h, "203.0.113.7:1", 100); through != 50 {
			t.Errorf("a second later: %d, want 50", through)
		}
		time.Sleep(20 * time.Second) // as Retry-After says
		if through, _ := ask(h, "203.0.113.7:1", 3000); through != 1000 {
			t.Errorf("after Retry-After: %d, want 1000", through)
		}
	})
}

// Those who share a network of IPv6 are one client; those on this machine and in
// private networks are not limited, but whom they ask for is, if they are believed.
func TestLimitClients(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := serve.Limit(ok200, nil)
		ask(h, "[2001:db8::1]:1", 1000)
		if through, _ := ask(h, "[2001:db8::2]:1", 1); through != 0 {
			t.Error("another address of the same /64 is another client")
		}
		if through, _ := ask(h, "[2001:db8:0:1::1]:1", 1); through != 1 {
			t.Error("another /64 is the same client")
		}
		for _, near := range []string{"127.0.0.1:1", "[::1]:1", "10.1.2.3:1", "192.168.0.1:1", "[fd00::1]:1", "[fe80::1%eth0]:1", "@"} {
			if through, _ := ask(h, near, 3000); through != 3000 {
				t.Errorf("%s: %d of 3000 are let through", near, through)
			}
		}
		proxies, err := serve.ParseProxies([]string{"127.0.0.1"})
		if err != nil {
			t.Fatal(err)
		}
		h = serve.Limit(ok200, proxies)
		forwarded := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r.Header.Set("X-Forwarded-For", "203.0.113.7")
			h.ServeHTTP(w, r)
		})
		if through, _ := ask(forwarded, "127.0.0.1:1", 3000); through != 1000 {
			t.Errorf("by a proxy: %d of 3000 are let through, want 1000", through)
		}
	})
}

// A reader that polls hundreds of feeds every few minutes, for days, from an
// address that it shares, is never hit.
func TestLimitSparesReaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := serve.Limit(ok200, nil)
		for range 2 * 24 * 12 {
			if through, _ := ask(h, "203.0.113.7:1", 900); through != 900 {
				t.Fatalf("%d of 900 are let through", through)
			}
			time.Sleep(5 * time.Minute)
		}
	})
}

func BenchmarkLimit(b *testing.B) {
	h := serve.Limit(ok200, nil)
	requests := make([]*http.Request, 4096)
	for i := range requests {
		requests[i] = httptest.NewRequest(http.MethodGet, "/", nil)
		requests[i].RemoteAddr = fmt.Sprintf("203.%d.%d.7:1234", i/256, i%256)
	}
	w := discard{http.Header{}}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		h.ServeHTTP(w, requests[i%len(requests)])
	}
}
