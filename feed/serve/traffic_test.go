package serve_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"seedfeed/feed/serve"
)

// A visit is a request for a file of the site of a test.
type visit struct{ path, from, agent, etag string }

func (s *site) visit(h http.Handler, v visit) *http.Response {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodGet, v.path, nil)
	r.RemoteAddr = v.from
	r.Header.Set("User-Agent", v.agent)
	if v.etag != "" {
		r.Header.Set("If-None-Match", v.etag)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// readers returns the traffic of the only feed that was asked for.
func readers(t *testing.T, traffic *serve.Traffic) serve.FeedTraffic {
	t.Helper()
	feeds := traffic.Feeds()
	if len(feeds) != 1 {
		t.Fatalf("%d feeds were asked for: %v", len(feeds), feeds)
	}
	return feeds[0]
}

func TestTraffic(t *testing.T) {
	traffic := serve.NewTraffic(nil)
	s := newSite(t, serve.Options{Traffic: traffic})
	s.put("news/rss.xml", lines("feed"), old)
	s.put("index.html", lines("page"), old)
	h := traffic.Count(s.http)
	etag := s.visit(h, visit{path: "/news/rss.xml", from: "203.0.113.7:1", agent: "newsboat"}).Header.Get("ETag")
	for _, v := range []visit{
		{"/news/rss.xml", "203.0.113.7:2", "newsboat", etag}, // the same client at another port
		{"/news/rss.xml", "203.0.113.7:3", "sfeed", ""},      // another one at its address
		{"/news/rss.xml", "[2001:db8::1]:1", "newsboat", ""},
		{"/news/rss.xml", "[2001:db8::2]:1", "newsboat", etag}, // in the same house
		{"/news/rss.xml", "203.0.113.9:1", "Feedly/1.0 (+https://feedly.example; 120 subscribers; like FeedFetcher)", ""},
		{"/news/rss.xml", "203.0.113.8:1", "Feedly/1.0 (+https://feedly.example; 125 subscribers; like FeedFetcher)", etag},
		{"/news/rss.xml", "203.0.113.8:1", "Feedbin feed-id:7 - 4 subscribers", etag},
		{"/news/rss.xml", "", "", ""}, // from within
		{"/", "203.0.113.7:1", "Mozilla/5.0", ""},
		{"/nothing", "203.0.113.7:1", "Mozilla/5.0", ""},
	} {
		s.visit(h, v)
	}
	want := serve.FeedTraffic{Name: "news/rss.xml", Full: 4, NotModified: 4, Clients: 3, Subscribers: 129}
	if got := readers(t, traffic); got != want {
		t.Errorf("the feed has %+v, want %+v", got, want)
	}
	if got, want := traffic.Requests(), (map[int]int64{200: 6, 304: 4, 404: 1}); !maps.Equal(got, want) {
		t.Errorf("requests by status are %v, want %v", got, want)
	}
}

// Readers are those of a day: of today, or of yesterday as long as they are more.
func TestTrafficForgets(t *testing.T) {
	s := newSite(t, serve.Options{})
	s.put("rss.xml", lines("feed"), old)
	synctest.Test(t, func(t *testing.T) {
		traffic := serve.NewTraffic(nil)
		h := s.handler(serve.Options{Traffic: traffic})
		ask := func(n int) {
			for i := range n {
				s.visit(h, visit{path: "/rss.xml", from: fmt.Sprintf("203.0.113.%d:1", i), agent: "newsboat"})
			}
		}
		ask(5)
		s.visit(h, visit{path: "/rss.xml", from: "203.0.113.9:1", agent: "Feedly - 7 subscribers"})
		for day, want := range []struct{ clients, subscribers int }{{5, 7}, {5, 7}, {2, 0}, {2, 0}} {
			if day > 0 {
				time.Sleep(24 * time.Hour)
				ask(2)
			}
			if got := readers(t, traffic); got.Clients != want.clients || got.Subscribers != want.subscribers {
				t.Errorf("day %d: %d clients and %d subscribers, want %+v", day, got.Clients, got.Subscribers, want)
			}
		}
		time.Sleep(72 * time.Hour)
		if got := readers(t, traffic); got.Clients != 0 {
			t.Errorf("three days later: %d clients", got.Clients)
		}
	})
}

// What is kept does not grow without end, whatever is asked for and whoever asks.
func TestTrafficIsBounded(t *testing.T) {
	traffic := serve.NewTraffic(nil)
	s := newSite(t, serve.Options{Traffic: traffic})
	for i := range 1100 {
		name := fmt.Sprintf("tags/%d/rss.xml", i)
		s.put(name, "feed", old)
		s.visit(s.http, visit{path: "/" + name, from: "203.0.113.7:1", agent: "newsboat"})
		s.visit(s.http, visit{path: "/never/" + name, from: "203.0.113.7:1", agent: "newsboat"})
	}
	feeds := traffic.Feeds()
	if len(feeds) != 1001 || feeds[0].Name != serve.OtherFeeds || feeds[0].Full != 100 {
		t.Errorf("%d feeds are counted, the first of them %+v", len(feeds), feeds[0])
	}
	for i := range 1000 {
		s.visit(s.http, visit{path: "/tags/1/rss.xml", from: "203.0.113.7:1", agent: fmt.Sprintf("Service %d - 99999999999999999999 subscribers", i)})
	}
	for _, f := range traffic.Feeds() {
		if f.Name == "tags/1/rss.xml" && f.Subscribers != 64*10_000_000 {
			t.Errorf("of 1,000 services of which each tells too much there are %d subscribers", f.Subscribers)
		}
	}
}

// Counting, and the limit, cost no allocation more than they must.
func TestServeAllocations(t *testing.T) {
	traffic := serve.NewTraffic(nil)
	s := newSite(t, serve.Options{Traffic: traffic})
	s.put("atom.xml", feed200(), old)
	h := traffic.Count(serve.Limit(s.http, nil))
	etag := s.get("/atom.xml").Header.Get("ETag")
	for name, header := range map[string][2]string{
		"200": {"Accept-Encoding", "identity"}, "gzip": {"Accept-Encoding", "gzip"}, "304": {"If-None-Match", etag},
	} {
		r := httptest.NewRequest(http.MethodGet, "/atom.xml", nil)
		r.RemoteAddr = "203.0.113.7:1"
		r.Header.Set("User-Agent", "newsboat/2.36")
		r.Header.Set(header[0], header[1])
		w := discard{http.Header{}}
		if n := testing.AllocsPerRun(500, func() {
			clear(w.header)
			h.ServeHTTP(w, r)
		}); n > 5 {
			t.Errorf("%s: %v allocations, want at most 5", name, n)
		}
	}
	if n := traffic.Requests()[http.StatusTooManyRequests]; n == 0 {
		t.Log("the limit was not met") // and so was never in the way
	}
}
