package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"seedfeed/feed/ledger"
)

// An audience is many subscribers on one server, of whom some take what they are
// told and some do not answer.
type audience struct {
	mu     sync.Mutex
	told   map[int]int      // how often each was sent the news
	silent func(i int) bool // who does not answer
	never  chan struct{}    // closed at the end
	news   chan int
}

func (a *audience) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		_, _ = io.WriteString(w, r.URL.Query().Get("hub.challenge"))
		return
	}
	i, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
	body, errBody := io.ReadAll(r.Body)
	if err != nil || errBody != nil || !strings.Contains(string(body), "Second wind") {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	a.mu.Lock()
	a.told[i]++
	silent := a.silent(i)
	a.mu.Unlock()
	a.news <- i
	if silent {
		select {
		case <-a.never:
		case <-r.Context().Done(): // the hub is gone
		}
	}
}

// TestKilledHub kills a server whose hub has told some of its subscribers, and is
// telling the rest: the next one tells those alone, and all of them.
func TestKilledHub(t *testing.T) {
	const subscribers = 24
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	first := startLone(t, f, "--hub-loopback")
	first.wait("run")
	a := &audience{
		told: map[int]int{}, silent: func(i int) bool { return i%2 == 0 },
		never: make(chan struct{}), news: make(chan int, 10*subscribers),
	}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(a.never) })
	for i := range subscribers {
		form := subscription(first.url+"rss.xml", fmt.Sprintf("%s/%d", server.URL, i))
		if status, reason := postForm(t, first.url+"hub", form); status != http.StatusAccepted {
			t.Fatalf("the hub answers %d: %s", status, reason)
		}
		first.wait("hub: confirmed")
	}
	f.write("two.md", story("Second wind", "2026-03-02", "The wind blows."))
	for range subscribers {
		receive(t, a.news)
	}
	awaitDelivered(t, f, subscribers/2)
	first.kill()

	a.mu.Lock()
	a.silent = func(int) bool { return false }
	a.mu.Unlock()
	second := startLone(t, f, "--hub-loopback", "--base-url", first.url)
	for range subscribers / 2 {
		receive(t, a.news)
	}
	awaitDelivered(t, f, subscribers)
	second.kill()
	for i := range subscribers {
		want := 1
		if i%2 == 0 {
			want = 2 // it never said that it has it
		}
		if a.told[i] != want {
			t.Errorf("subscriber %d was told %d times, want %d", i, a.told[i], want)
		}
	}
}

// awaitDelivered waits until the ledger knows of so many that they have the news.
func awaitDelivered(t *testing.T, f folder, want int) {
	t.Helper()
	l, err := ledger.Open(t.Context(), f.path(".seedfeed/ledger.db"))
	f.must(err)
	defer func() { f.must(l.Close()) }()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(patienceOfTests); ; <-tick.C {
		all, err := l.Subscriptions(t.Context())
		f.must(err)
		have := 0
		for _, s := range all {
			if s.Due.IsZero() && s.Delivered == s.Wanted {
				have++
			}
		}
		if have == want {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d of %d have what they were told, want %d", have, len(all), want)
		}
	}
}
