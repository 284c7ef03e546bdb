package websub_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"seedfeed/feed/websub"
)

// Section 5.1: a hub accepts callback, mode and topic, and a secret.
func TestHubAcceptsCallbackModeTopicAndSecret(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		got := post(w.hub, form("subscribe", topic, reader, "hub.secret", strings.Repeat("s", 199)))
		if got.Code != http.StatusAccepted {
			t.Fatalf("answered %d %s, want 202", got.Code, got.Body)
		}
		synctest.Wait()
		if c := w.hub.Counts(); c.Subscriptions != 1 || c.Requests != 0 || c.Verified != 1 {
			t.Errorf("counts %+v, want one subscription, verified, and no request", c)
		}
		w.publish("<feed>two</feed>")
		wantPosted(t, w.listener, "/callback", "<feed>two</feed>")
	})
}

// Section 5.1: parameters that a hub does not understand are ignored.
func TestHubIgnoresUnknownParameters(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.ask("subscribe", reader, "hub.verify", "sync", "hub.verify_token", "x", "colour", "blue", "hub.lease_seconds", "")
		if c := w.hub.Counts(); c.Subscriptions != 1 {
			t.Errorf("%d subscriptions, want 1", c.Subscriptions)
		}
	})
}

// Section 5.1.2: 202 comes before, and whatever, the callback answers.
func TestHubAnswers202BeforeVerification(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		answered := make(chan struct{})
		w.listener.answer("GET /callback", func(rw http.ResponseWriter, _ *http.Request) {
			<-answered // a subscriber that does one thing after another
			rw.WriteHeader(http.StatusNotFound)
		})
		got := &flushed{httptest.NewRecorder(), func(code int) {
			synctest.Wait()
			if calls := w.listener.all(http.MethodGet); code != http.StatusAccepted || len(calls) != 0 {
				t.Errorf("answered %d and asked %v", code, calls)
			}
			close(answered)
		}}
		r := httptest.NewRequest(http.MethodPost, "/hub", strings.NewReader(form("subscribe", topic, reader).Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w.hub.ServeHTTP(got, r)
		synctest.Wait()
		if c := w.hub.Counts(); c.Subscriptions != 0 || c.Refused != 1 {
			t.Errorf("counts %+v, want no subscription", c)
		}
	})
}

// A flushed tells when an answer goes out.
type flushed struct {
	*httptest.ResponseRecorder
	out func(code int)
}

func (f *flushed) Flush() { f.out(f.Code) }

// Section 5.1.2: bad requests get 4xx, and the reason in plain text.
func TestHubRefusesBadRequestsWithAReason(t *testing.T) {
	hub, err := websub.Open(t.Context(), newMemory(), options(newSite(), websub.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	long := "https://reader.example.com/" + strings.Repeat("x", 2048)
	tests := []struct {
		form url.Values
		want string
	}{
		{url.Values{}, "hub.mode is missing"},
		{form("subscribe", "", reader), "hub.topic is missing"},
		{form("subscribe", topic, ""), "hub.callback is missing"},
		{form("publish", topic, reader), `hub.mode: "publish" is neither "subscribe" nor "unsubscribe"`},
		{form("subscribe", "https://other.example.org/atom.xml", reader), `hub.topic: "https://other.example.org/atom.xml" is no feed of https://news.example.org/`},
		{form("subscribe", siteURL+"\n", reader), `hub.topic: "https://news.example.org/\n" is no feed of https://news.example.org/`},
		{form("subscribe", topic, "/callback"), `hub.callback: "/callback" is no absolute address with http or https`},
		{form("subscribe", topic, "ftp://reader.example.com/"), `hub.callback: "ftp://reader.example.com/" is no absolute address with http or https`},
		{form("subscribe", topic, "http://:80/"), `hub.callback: "http://:80/" is no absolute address with http or https`},
		{form("subscribe", topic, "https://me:secret@reader.example.com/"), `hub.callback: "https://me:secret@reader.example.com/" holds the name of a user`},
		{form("subscribe", topic, reader+"#a"), `hub.callback: "https://reader.example.com/callback#a" has a fragment`},
		{form("subscribe", topic, reader+"\r\nHost: x"), `hub.callback: "https://reader.example.com/callback\r\nHost: x" holds characters that have to be escaped (RFC 3986, section 2.1)`},
		{form("subscribe", topic, reader+"/é"), `hub.callback: "https://reader.example.com/callback/é" holds characters that have to be escaped (RFC 3986, section 2.1)`},
		{form("subscribe", topic, long), "hub.callback: longer than 2048 bytes"},
		{form("subscribe", topic, "http://reader.example.com:25/"), `hub.callback: port "25" is not 80, 443 or between 1024 and 65535`},
		{form("subscribe", topic, "http://reader.example.com:70000/"), `hub.callback: port "70000" is not 80, 443 or between 1024 and 65535`},
		{form("subscribe", topic, reader, "hub.secret", strings.Repeat("s", 200)), "hub.secret: 200 bytes, which is not less than 200"},
		{form("subscribe", topic, reader, "hub.lease_seconds", "0"), `hub.lease_seconds: "0" is no positive number`},
		{form("subscribe", topic, reader, "hub.lease_seconds", "-5"), `hub.lease_seconds: "-5" is no positive number`},
		{form("subscribe", topic, reader, "hub.lease_seconds", "ten"), `hub.lease_seconds: "ten" is no positive number`},
	}
	for _, tt := range tests {
		got := post(hub, tt.form)
		if got.Code != http.StatusBadRequest || got.Body.String() != tt.want+"\n" {
			t.Errorf("%v: %d %q, want 400 %q", tt.form, got.Code, got.Body, tt.want)
		}
		if kind := got.Header().Get("Content-Type"); kind != "text/plain; charset=utf-8" {
			t.Errorf("%v: Content-Type %q, want text/plain", tt.form, kind)
		}
	}
	if c := hub.Counts(); c.Requests != 0 {
		t.Errorf("%d requests wait, want none", c.Requests)
	}
}

func TestHubRefusesWhatIsNoForm(t *testing.T) {
	hub, err := websub.Open(t.Context(), newMemory(), options(newSite(), websub.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	const kind = "application/x-www-form-urlencoded"
	tests := []struct {
		method, kind, body string
		status             int
		want               string
	}{
		{http.MethodGet, "", "", 405, "this is a WebSub hub: POST hub.mode, hub.topic and hub.callback to subscribe"},
		{http.MethodPut, kind, "", 405, "this is a WebSub hub: POST hub.mode, hub.topic and hub.callback to subscribe"},
		{http.MethodPost, "", "hub.mode=subscribe", 415, `Content-Type "" is not application/x-www-form-urlencoded`},
		{http.MethodPost, "application/json", "{}", 415, `Content-Type "application/json" is not application/x-www-form-urlencoded`},
		{http.MethodPost, kind, "hub.mode=%zz", 400, `the request is no form: invalid URL escape "%zz"`},
		{http.MethodPost, kind, "x=" + strings.Repeat("y", 16<<10), 413, "the request is longer than 16384 bytes"},
		{http.MethodPost, kind + "; charset=UTF-8", "", 400, "hub.mode is missing"},
	}
	for _, tt := range tests {
		r := httptest.NewRequest(tt.method, "/hub?hub.mode=subscribe", strings.NewReader(tt.body))
		r.Header.Set("Content-Type", tt.kind)
		w := httptest.NewRecorder()
		hub.ServeHTTP(w, r)
		if w.Code != tt.status || w.Body.String() != tt.want+"\n" {
			t.Errorf("%s %q %.20q: %d %q, want %d %q", tt.method, tt.kind, tt.body, w.Code, w.Body, tt.status, tt.want)
		}
		if allow := w.Header().Get("Allow"); (allow == "POST") != (tt.status == 405) {
			t.Errorf("%s: Allow %q", tt.method, allow)
		}
	}
}

// Section 5.3: the parameters follow the callback's own query, which stays as it
// is, and tell what is asked.
func TestHubVerifiesByGet(t *testing.T) {
	tests := []struct{ callback, prefix string }{
		{"https://reader.example.com/callback", "/callback?hub.challenge="},
		{"https://reader.example.com", "/?hub.challenge="},
		{"https://reader.example.com/callback?", "/callback?hub.challenge="},
		{"https://reader.example.com/callback?b=%41+x&a&hub.mode=mine", "/callback?b=%41+x&a&hub.mode=mine&hub.challenge="},
		{"https://reader.example.com/a%2Fb/~c?d=1&", "/a%2Fb/~c?d=1&hub.challenge="},
	}
	for _, tt := range tests {
		inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
			w.ask("subscribe", tt.callback, "hub.lease_seconds", "3600")
			calls := w.listener.all(http.MethodGet)
			if len(calls) != 1 || !strings.HasPrefix(calls[0].URI, tt.prefix) {
				t.Fatalf("%s: asked %v, want one that begins with %q", tt.callback, calls, tt.prefix)
			}
			asked := w.listener.questions(t)[0]
			if mode := asked["hub.mode"]; mode[len(mode)-1] != "subscribe" || asked.Get("hub.topic") != topic || asked.Get("hub.lease_seconds") != "3600" {
				t.Errorf("%s: asked %v", tt.callback, asked)
			}
		})
	}
}

// Section 5.3: only 2xx with exactly the challenge is a yes.
func TestOnlyTheExactChallengeCounts(t *testing.T) {
	echo := func(status int, before, after string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", r.URL.RequestURI()+"&again")
			w.WriteHeader(status)
			_, _ = io.WriteString(w, before+r.URL.Query().Get("hub.challenge")+after)
		}
	}
	tests := []struct {
		name   string
		answer http.HandlerFunc
		want   int
	}{
		{"exact", echo(200, "", ""), 1},
		{"other success", echo(203, "", ""), 1},
		{"line break", echo(200, "", "\n"), 0},
		{"in quotes", echo(200, `"`, `"`), 0},
		{"more", echo(200, "", strings.Repeat("x", 1<<20)), 0},
		{"empty", status(200), 0},
		{"no content", status(204), 0},
		{"moved", echo(301, "", ""), 0},
		{"moved for now", echo(307, "", ""), 0},
		{"not found", echo(404, "", ""), 0},
		{"fault", echo(500, "", ""), 0},
		{"hangs", hang, 0},
	}
	for _, tt := range tests {
		inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
			w.listener.answer("GET /callback", tt.answer)
			w.ask("subscribe", reader)
			pass(time.Minute)
			if c := w.hub.Counts(); c.Subscriptions != tt.want || c.Requests != 0 || c.Active != 0 {
				t.Errorf("%s: counts %+v, want %d subscriptions and nothing that waits", tt.name, c, tt.want)
			}
			if n := len(w.listener.all(http.MethodGet)); n != 1 {
				t.Errorf("%s: asked %d times, want once", tt.name, n)
			}
		})
	}
}

// Section 5.3: a verification that fails changes nothing.
func TestFailedVerificationLeavesTheStateAsItWas(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.ask("subscribe", reader, "hub.secret", "first")
		before := w.store.copied().subs
		w.listener.answer("GET /callback", status(http.StatusNotFound))
		w.ask("subscribe", reader, "hub.secret", "second", "hub.lease_seconds", "5")
		w.ask("unsubscribe", reader)
		after := w.store.copied().subs
		if len(after) != 1 || after[websub.Key{Topic: topic, Callback: reader}] != before[websub.Key{Topic: topic, Callback: reader}] {
			t.Errorf("subscriptions %v, want %v", after, before)
		}
	})
}

// Section 5.1: topic and callback are the key; a new request with both replaces
// the old when it is verified, and another callback is another subscription.
func TestNewRequestReplacesTheOldAfterVerification(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.ask("subscribe", reader, "hub.secret", "first", "hub.lease_seconds", "60")
		w.ask("subscribe", reader, "hub.secret", "second", "hub.lease_seconds", "600")
		w.ask("subscribe", reader+"?other")
		if c := w.hub.Counts(); c.Subscriptions != 2 {
			t.Errorf("%d subscriptions, want 2", c.Subscriptions)
		}
		pass(2 * time.Minute) // past the first lease
		got := w.store.copied().subs[websub.Key{Topic: topic, Callback: reader}]
		if got.Secret != "second" {
			t.Errorf("the secret is %q, want %q", got.Secret, "second")
		}
	})
}

// Requests for one subscription are answered in the order in which they came, also
// when the callback is slow.
func TestRequestsAreAnsweredInTheirOrder(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.listener.answer("GET /callback", func(rw http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Get("hub.mode") == "subscribe" {
				time.Sleep(5 * time.Second)
			}
			_, _ = io.WriteString(rw, r.URL.Query().Get("hub.challenge"))
		})
		for _, mode := range []string{"subscribe", "unsubscribe", "subscribe", "unsubscribe"} {
			w.ask(mode, reader)
		}
		pass(time.Minute)
		var modes []string
		for _, q := range w.listener.questions(t) {
			modes = append(modes, q.Get("hub.mode"))
		}
		if got := strings.Join(modes, " "); got != "subscribe unsubscribe subscribe unsubscribe" {
			t.Errorf("asked for %s", got)
		}
		if c := w.hub.Counts(); c.Subscriptions != 0 || c.Verified != 4 {
			t.Errorf("counts %+v, want none of 4 left", c)
		}
	})
}

// Section 5.1: a subscriber can unsubscribe, after it was asked, also from what it
// was never subscribed to and from a feed that has gone.
func TestUnsubscribe(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.ask("subscribe", reader)
		w.site.take(topic)
		w.ask("unsubscribe", reader)
		asked := w.listener.questions(t)[1]
		if asked.Get("hub.mode") != "unsubscribe" || asked.Get("hub.topic") != topic || asked.Has("hub.lease_seconds") {
			t.Errorf("asked %v", asked)
		}
		w.ask("unsubscribe", reader)
		w.publish("<feed>two</feed>")
		wantPosted(t, w.listener, "/callback")
		if left := w.store.copied(); len(left.subs)+len(left.requests) != 0 {
			t.Errorf("%v and %v are left in the store", left.subs, left.requests)
		}
	})
}

// Section 5.3: challenges are random, and used once.
func TestChallengesAreRandomAndUsedOnce(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		seen := map[string]bool{}
		for range 50 {
			w.ask("subscribe", reader)
		}
		for _, q := range w.listener.questions(t) {
			seen[q.Get("hub.challenge")] = true
			if n := len(q.Get("hub.challenge")); n < 22 {
				t.Errorf("a challenge of %d characters has less than 128 bits", n)
			}
		}
		if len(seen) != 50 {
			t.Errorf("%d challenges for 50 questions", len(seen))
		}
	})
}

// Section 5.2: who is denied is told, with the reason, and never asked.
func TestDenialIsTold(t *testing.T) {
	tests := []struct {
		name   string
		o      websub.Options
		spoil  func(w *world)
		reason string
	}{
		{"no feed", websub.Options{}, func(w *world) { w.site.take(topic) }, "no feed has this address"},
		{"fault", websub.Options{}, func(w *world) { w.site.fault = errors.New("disk") }, "the feed can not be read now"},
	}
	for _, tt := range tests {
		inWorld(t, tt.o, func(t *testing.T, w *world) {
			tt.spoil(w)
			w.ask("subscribe", reader+"?id=7")
			calls := w.listener.all(http.MethodGet)
			if len(calls) != 1 || !strings.HasPrefix(calls[0].URI, "/callback?id=7&hub.mode=denied&") {
				t.Fatalf("%s: told %v", tt.name, calls)
			}
			told := w.listener.questions(t)[0]
			if told.Get("hub.topic") != topic || told.Get("hub.reason") != tt.reason || told.Has("hub.challenge") {
				t.Errorf("%s: told %v, want the reason %q", tt.name, told, tt.reason)
			}
			if c := w.hub.Counts(); c.Denied != 1 || c.Subscriptions != 0 || c.Requests != 0 {
				t.Errorf("%s: counts %+v", tt.name, c)
			}
		})
	}
}

// Requests that are accepted while there is room may be more than there is room
// for. None of them gets in when all of it is taken.
func TestDenialWhenTheRoomIsTaken(t *testing.T) {
	inWorld(t, websub.Options{MaxSubscriptions: 1}, func(t *testing.T, w *world) {
		w.stop()
		for _, callback := range []string{reader + "1", reader + "2"} {
			if got := post(w.hub, form("subscribe", topic, callback)); got.Code != http.StatusAccepted {
				t.Fatal(got.Code)
			}
		}
		w.start()
		var reasons []string
		for _, q := range w.listener.questions(t) {
			if q.Get("hub.mode") == "denied" {
				reasons = append(reasons, q.Get("hub.reason"))
			}
		}
		if len(reasons) != 1 || reasons[0] != "the hub has all the subscribers that it can serve" {
			t.Errorf("told the reasons %q, want one", reasons)
		}
		if c := w.hub.Counts(); c.Subscriptions != 1 || c.Denied != 1 || c.Requests != 0 {
			t.Errorf("counts %+v, want one subscription and one denial", c)
		}
	})
}

func TestLimitsOfSubscriptions(t *testing.T) {
	inWorld(t, websub.Options{MaxPerHost: 2, MaxSubscriptions: 3}, func(t *testing.T, w *world) {
		w.ask("subscribe", reader+"1")
		w.ask("subscribe", reader+"2")
		refused := func(callback string, status int, want string) {
			t.Helper()
			got := post(w.hub, form("subscribe", topic, callback))
			if got.Code != status || got.Body.String() != want+"\n" || got.Header().Get("Retry-After") != "60" {
				t.Errorf("%s: %d %q, want %d %q", callback, got.Code, got.Body, status, want)
			}
		}
		refused("https://READER.example.com:8443/3", 429, "reader.example.com has all the subscriptions that one host may have")
		w.ask("subscribe", reader+"1") // a renewal needs no room
		w.ask("subscribe", "https://other.example.com/")
		refused("https://third.example.com/", 503, "the hub has all the subscribers that it can serve")
		w.ask("unsubscribe", reader+"1")
		w.ask("subscribe", reader+"3")
	})
}

// Requests that wait take memory and room in the store: not without a limit.
func TestLimitsOfRequests(t *testing.T) {
	hub, err := websub.Open(t.Context(), newMemory(), options(newSite(), websub.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 10_001 {
		callback := fmt.Sprintf("https://reader%d.example.com/%d", i/2000, i)
		want, reason := http.StatusAccepted, ""
		if i == 10_000 {
			want, reason = http.StatusServiceUnavailable, "too many requests wait: try again in a minute\n"
		}
		got := post(hub, form("unsubscribe", topic, callback))
		if got.Code != want || reason != "" && got.Body.String() != reason {
			t.Fatalf("%d: %d %s, want %d %s", i, got.Code, got.Body, want, reason)
		}
		if i == 1999 {
			got := post(hub, form("unsubscribe", topic, callback))
			if want := "too many requests for reader0.example.com wait: try again in a minute\n"; got.Code != http.StatusTooManyRequests || got.Body.String() != want {
				t.Errorf("%d %s, want 429 %s", got.Code, got.Body, want)
			}
		}
	}
}

// A hub that can not keep a request does not say that it accepts it.
func TestRequestThatCanNotBeSaved(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.store.fail(errors.New("disk full"))
		got := post(w.hub, form("subscribe", topic, reader))
		if want := "the hub can not save the request now: try again in a minute\n"; got.Code != 503 || got.Body.String() != want {
			t.Errorf("%d %q, want 503 %q", got.Code, got.Body, want)
		}
		w.store.fail(nil)
		pass(time.Hour)
		if calls := w.listener.all(http.MethodGet); len(calls) != 0 {
			t.Errorf("asked %v", calls)
		}
		w.ask("subscribe", reader)
		if c := w.hub.Counts(); c.Subscriptions != 1 || c.Requests != 0 {
			t.Errorf("counts %+v, want one subscription", c)
		}
	})
}

func TestOpenRefusesOptions(t *testing.T) {
	good := options(newSite(), websub.Options{})
	tests := []struct {
		name   string
		change func(o *websub.Options)
		want   string
	}{
		{"content", func(o *websub.Options) { o.Content = nil }, "websub: a hub wants a function that returns contents"},
		{"hub", func(o *websub.Options) { o.Hub = "/hub" }, `websub: "/hub" is no absolute address of the web`},
		{"site", func(o *websub.Options) { o.Site = "" }, `websub: "" is no absolute address of the web`},
		{"slash", func(o *websub.Options) { o.Site = "https://a.example" }, `websub: the address "https://a.example" of the site has no slash at its end`},
	}
	for _, tt := range tests {
		o := good
		tt.change(&o)
		if _, err := websub.Open(t.Context(), newMemory(), o); err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}

// A broken is a store that can not be read, at first or at all.
type broken struct {
	*memory
	subs, requests error
}

func (b broken) Subscriptions(context.Context) ([]websub.Subscription, error) { return nil, b.subs }

func (b broken) SubscriptionRequests(context.Context) ([]websub.Request, error) {
	return nil, b.requests
}

func TestOpenTellsWhatCanNotBeRead(t *testing.T) {
	fault := errors.New("disk")
	for want, store := range map[string]websub.Store{
		"read subscriptions: disk":           broken{newMemory(), fault, nil},
		"read requests of subscribers: disk": broken{newMemory(), nil, fault},
	} {
		if _, err := websub.Open(t.Context(), store, options(newSite(), websub.Options{})); err == nil || err.Error() != want || !errors.Is(err, fault) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
