package websub_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"seedfeed/feed/websub"
)

// openReal runs a hub that may reach this machine, behind a server of its own.
func openReal(t *testing.T, s *site, store websub.Store) (*websub.Hub, *httptest.Server) {
	t.Helper()
	hub, err := websub.Open(t.Context(), store, options(s, websub.Options{Loopback: true}))
	if err != nil {
		t.Fatal(err)
	}
	run(t, hub)
	server := httptest.NewServer(hub)
	t.Cleanup(server.Close)
	return hub, server
}

// run runs a hub until the test ends.
func run(t *testing.T, hub *websub.Hub) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- hub.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// subscriber serves a subscriber on this machine; each call that it has answered
// is told.
func subscriber(t *testing.T, h http.Handler) (server *httptest.Server, answered <-chan string) {
	t.Helper()
	calls := make(chan string, 10_000)
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() { calls <- r.Method + " " + r.URL.Path }()
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server, calls
}

func sendForm(t *testing.T, server *httptest.Server, mode, callback string, more ...string) {
	t.Helper()
	resp, err := server.Client().PostForm(server.URL+"/hub", form(mode, topic, callback, more...))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusAccepted {
		t.Fatalf("%s %s: %s, want 202", mode, callback, resp.Status)
	}
}

func TestSubscriptionOverTheNetwork(t *testing.T) {
	l, s := newListener(), newSite()
	hub, server := openReal(t, s, newMemory())
	callbacks, answered := subscriber(t, l)
	sendForm(t, server, "subscribe", callbacks.URL+"/callback?id=7", "hub.secret", "s")
	if got := <-answered; got != "GET /callback" {
		t.Fatal(got)
	}
	waitFor(t, hub, func(c websub.Counts) bool { return c.Subscriptions == 1 })
	s.set(topic, "two")
	if err := hub.Announce(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := <-answered; got != "POST /callback" {
		t.Fatal(got)
	}
	got := l.all(http.MethodPost)[0]
	if got.URI != "/callback?id=7" || got.Body != "two" || !strings.HasPrefix(got.Header.Get("X-Hub-Signature"), "sha256=") {
		t.Errorf("delivered %+v", got)
	}
	if agent := got.Header.Get("User-Agent"); agent != "seedfeed WebSub hub (+https://news.example.org/hub)" {
		t.Errorf("User-Agent %q", agent)
	}
	sendForm(t, server, "unsubscribe", callbacks.URL+"/callback?id=7")
	<-answered
	waitFor(t, hub, func(c websub.Counts) bool { return c.Subscriptions == 0 })
}

// waitFor waits until the counts are as they should be.
func waitFor(t *testing.T, hub *websub.Hub, want func(websub.Counts) bool) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for !want(hub.Counts()) {
		select {
		case <-ctx.Done():
			t.Fatalf("the counts stay %+v", hub.Counts())
		case <-tick.C:
		}
	}
}

// Of 1,000 subscribers some hang, refuse, redirect, or are not there at all; all
// others are told, once.
func TestThousandSubscribersOverTheNetwork(t *testing.T) {
	const n = 1000
	l, s := newListener(), newSite()
	hub, server := openReal(t, s, newMemory())
	leave := make(chan struct{})
	defer close(leave)
	callbacks, _ := subscriber(t, l)
	closed := deaf(t)
	want := int64(0)
	for i := range n {
		path := fmt.Sprintf("/%d", i)
		switch i % 25 {
		case 3:
			l.answer("POST "+path, func(_ http.ResponseWriter, r *http.Request) {
				select {
				case <-leave:
				case <-r.Context().Done():
				}
			})
		case 7:
			l.answer("POST "+path, status(http.StatusForbidden))
		case 11:
			l.answer("POST "+path, http.RedirectHandler("/elsewhere", http.StatusTemporaryRedirect).ServeHTTP)
		default:
			want++
		}
		sendForm(t, server, "subscribe", callbacks.URL+path)
	}
	sendForm(t, server, "subscribe", closed+"/")
	waitFor(t, hub, func(c websub.Counts) bool { return c.Verified == n && c.Refused == 1 })
	s.set(topic, strings.Repeat("<entry/>", 25_000))
	if err := hub.Announce(t.Context()); err != nil {
		t.Fatal(err)
	}
	waitFor(t, hub, func(c websub.Counts) bool { return c.Delivered == want })
	for i := range n {
		path := fmt.Sprintf("/%d", i)
		if bodies := l.posted(path); i%25 != 3 && i%25 != 7 && i%25 != 11 && (len(bodies) != 1 || len(bodies[0]) != 200_000) {
			t.Errorf("%s was sent %d contents, want 1", path, len(bodies))
		}
	}
	if got := l.posted("/elsewhere"); len(got) != 0 {
		t.Errorf("a redirect was followed %d times", len(got))
	}
}

// deaf returns an address at which nobody listens.
func deaf(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return "http://" + l.Addr().String()
}

// Callbacks that are not public are refused with the request.
func TestCallbacksThatAreNotPublicAreRefused(t *testing.T) {
	hub, err := websub.Open(t.Context(), newMemory(), options(newSite(), websub.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{
		"127.0.0.1", "127.1.2.3:8080", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
		"224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]", "[::ffff:127.0.0.1]",
		"[::ffff:10.0.0.1]", "[2002:7f00:1::]", "[2001:db8::1]", "[ff02::1]", "localhost", "LocalHost.", "a.localhost:8080",
	} {
		got := post(hub, form("subscribe", topic, "http://"+host+"/"))
		if got.Code != http.StatusBadRequest || !strings.HasSuffix(got.Body.String(), "is no public host\n") {
			t.Errorf("%s: %d %s", host, got.Code, got.Body)
		}
	}
	for _, host := range []string{"reader.example.com", "8.8.8.8", "[2606:4700::1111]", "localhost.example.com", "9.9.9.9:8443"} {
		if got := post(hub, form("subscribe", topic, "http://"+host+"/")); got.Code != http.StatusAccepted {
			t.Errorf("%s: %d %s, want 202", host, got.Code, got.Body)
		}
	}
}

// A name may stand for anything: what it leads to is looked at when it is
// dialled. Here the store says what no request could.
func TestHubDialsPublicAddressesOnly(t *testing.T) {
	var reached atomic.Int32
	callbacks := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer callbacks.Close()
	_, port, err := net.SplitHostPort(callbacks.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	store, s := newMemory(), newSite()
	hosts := []string{"127.0.0.1:" + port, "[::ffff:127.0.0.1]:" + port, "localhost:" + port}
	for i, host := range hosts {
		store.requests[int64(i)] = websub.Request{Number: int64(i), Mode: "subscribe",
			Key: websub.Key{Topic: topic, Callback: "http://" + host + "/a"}, Lease: time.Hour}
		key := websub.Key{Topic: topic, Callback: "http://" + host + "/b"}
		store.subs[key] = websub.Subscription{Key: key, Expires: time.Now().Add(time.Hour)}
	}
	hub, err := websub.Open(t.Context(), store, options(s, websub.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	run(t, hub)
	waitFor(t, hub, func(c websub.Counts) bool { return c.Refused == int64(len(hosts)) && c.Failed >= int64(len(hosts)) })
	if n := reached.Load(); n != 0 {
		t.Errorf("a server of this machine was reached %d times", n)
	}
}

// A callback that answers without end is cut off.
func TestEndlessAnswersAreCutOff(t *testing.T) {
	hub, server := openReal(t, newSite(), newMemory())
	cut := make(chan struct{})
	callbacks := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		defer close(cut)
		for {
			if _, err := w.Write(make([]byte, 64<<10)); err != nil {
				return
			}
		}
	}))
	defer callbacks.Close()
	sendForm(t, server, "subscribe", callbacks.URL+"/")
	<-cut
	waitFor(t, hub, func(c websub.Counts) bool { return c.Refused == 1 && c.Requests == 0 })
}
