package websub_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"seedfeed/feed/websub"
)

// Section 7: the whole content goes by POST to the exact callback, with the
// topic's media type and the links of hub and topic in one header.
func TestDeliveryGoesToTheExactCallback(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.ask("subscribe", "https://reader.example.com/a%2Fb/callback?b=%41+x&a&")
		w.publish("<feed>zwei ü</feed>")
		calls := w.listener.all(http.MethodPost)
		if len(calls) != 1 {
			t.Fatalf("%d deliveries, want 1", len(calls))
		}
		got := calls[0]
		if want := "/a%2Fb/callback?b=%41+x&a&"; got.URI != want {
			t.Errorf("sent to %s, want %s", got.URI, want)
		}
		if got.Body != "<feed>zwei ü</feed>" {
			t.Errorf("sent %q", got.Body)
		}
		if kind := got.Header.Get("Content-Type"); kind != "application/atom+xml; charset=utf-8" {
			t.Errorf("Content-Type %q", kind)
		}
		links := got.Header.Values("Link")
		if want := `<https://news.example.org/hub>; rel="hub", <https://news.example.org/atom.xml>; rel="self"`; len(links) != 1 || links[0] != want {
			t.Errorf("Link %q, want %q", links, want)
		}
		if signed := got.Header.Values("X-Hub-Signature"); len(signed) != 0 {
			t.Errorf("signed %q without a secret", signed)
		}
	})
}

// Section 7.1: the signature is method=hex of the HMAC of the body, when there is
// a secret, which may be any bytes.
func TestDeliveryIsSigned(t *testing.T) {
	for _, secret := range []string{"geheim", "\x00\xff &=ü", strings.Repeat("long", 49)} {
		inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
			w.ask("subscribe", reader, "hub.secret", secret)
			w.publish("<feed>two</feed>")
			got := w.listener.all(http.MethodPost)[0]
			mac := hmac.New(sha256.New, []byte(secret))
			_, _ = io.WriteString(mac, got.Body)
			if want := fmt.Sprintf("sha256=%x", mac.Sum(nil)); got.Header.Get("X-Hub-Signature") != want {
				t.Errorf("%q: signature %q, want %q", secret, got.Header.Get("X-Hub-Signature"), want)
			}
		})
	}
	// The value of RFC 4231, section 4.3, by way of the hub.
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.ask("subscribe", reader, "hub.secret", "Jefe")
		w.publish("what do ya want for nothing?")
		const want = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
		if got := w.listener.all(http.MethodPost)[0].Header.Get("X-Hub-Signature"); got != want {
			t.Errorf("signature %q, want %q", got, want)
		}
	})
}

// Section 7: only 2xx is success; redirects are failures, and are not followed.
func TestOnly2xxIsSuccess(t *testing.T) {
	for _, code := range []int{200, 201, 202, 204, 299} {
		inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
			w.ask("subscribe", reader)
			w.listener.answer("POST /callback", status(code))
			w.publish("two")
			pass(24 * time.Hour)
			wantPosted(t, w.listener, "/callback", "two")
		})
	}
	for _, code := range []int{301, 302, 303, 307, 308, 400, 404, 429, 500, 503} {
		inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
			w.ask("subscribe", reader)
			w.listener.answer("POST /callback", func(rw http.ResponseWriter, _ *http.Request) {
				rw.Header().Set("Location", "/elsewhere")
				rw.WriteHeader(code)
			})
			w.publish("two")
			if c := w.hub.Counts(); c.Delivered != 0 || c.Failed != 1 || c.Waiting != 1 {
				t.Errorf("%d: counts %+v, want one failure that waits", code, c)
			}
			w.listener.answer("POST /callback", status(200))
			pass(10 * time.Second)
			wantPosted(t, w.listener, "/callback", "two", "two")
			if n := len(w.listener.posted("/elsewhere")); n != 0 {
				t.Errorf("%d: the redirect was followed", code)
			}
		})
	}
}

// A callback that is gone (410) ends its subscription.
func TestGoneEndsTheSubscription(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.ask("subscribe", reader)
		w.ask("subscribe", reader+"2")
		w.listener.answer("POST /callback", status(http.StatusGone))
		w.publish("two")
		w.publish("three")
		wantPosted(t, w.listener, "/callback", "two")
		wantPosted(t, w.listener, "/callback2", "two", "three")
		if left := w.store.copied().subs; len(left) != 1 {
			t.Errorf("the store has %v, want one", left)
		}
	})
}

// Section 7: who can not be reached is tried again, ever more rarely, and not for ever.
func TestDeliveryIsTriedAgainEverMoreRarely(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		var at []time.Time
		w.ask("subscribe", reader)
		w.listener.answer("POST /callback", func(rw http.ResponseWriter, _ *http.Request) {
			at = append(at, time.Now())
			rw.WriteHeader(500)
		})
		w.publish("two")
		pass(48 * time.Hour)
		if len(at) != 10 {
			t.Fatalf("tried %d times, want 10", len(at))
		}
		between := 5 * time.Second
		for i := range len(at) - 1 {
			if d := at[i+1].Sub(at[i]); d < between*3/4 || d > between*5/4 {
				t.Errorf("try %d came after %v, want %v and a quarter more or less", i+2, d, between)
			}
			between = min(4*between, time.Hour)
		}
		if c := w.hub.Counts(); c.GivenUp != 1 || c.Waiting != 0 || c.Subscriptions != 1 {
			t.Errorf("counts %+v, want one given up and still subscribed", c)
		}
		// To announce the same again, or to start again, changes nothing.
		w.publish("two")
		w.stop()
		w.start()
		if len(at) != 10 {
			t.Errorf("tried %d times, want no more", len(at))
		}
	})
}

// Those that fail together do not come back together.
func TestTriesAreSpread(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		times := map[time.Time]int{}
		var total atomic.Int64
		for i := range 20 {
			w.ask("subscribe", fmt.Sprintf("https://reader.example.com/%d", i))
			w.listener.answer(fmt.Sprintf("POST /%d", i), func(rw http.ResponseWriter, _ *http.Request) {
				if total.Add(1) > 20 {
					w.site.mu.Lock()
					times[time.Now()]++
					w.site.mu.Unlock()
					return
				}
				rw.WriteHeader(500)
			})
		}
		w.publish("two")
		pass(time.Minute)
		if len(times) < 15 {
			t.Errorf("20 tries came at %d instants", len(times))
		}
	})
}

// A callback that asks for patience (Retry-After) is left alone that long.
func TestRetryAfterIsHonoured(t *testing.T) {
	tests := []struct {
		header string
		wait   time.Duration // at least, and a second before it nothing comes
	}{{"600", 10 * time.Minute}, {"999999", time.Hour}, {"99999999999999", 3 * time.Second}, {"Fri, 31 Dec 1999 23:59:59 GMT", 3 * time.Second}}
	for _, tt := range tests {
		inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
			w.ask("subscribe", reader)
			w.listener.answer("POST /callback", func(rw http.ResponseWriter, _ *http.Request) {
				rw.Header().Set("Retry-After", tt.header)
				rw.WriteHeader(503)
			})
			w.publish("two")
			pass(tt.wait - time.Second)
			wantPosted(t, w.listener, "/callback", "two")
			pass(5 * time.Second)
			wantPosted(t, w.listener, "/callback", "two", "two")
		})
	}
}

// Section 7: a subscription lasts until its lease ends, whatever failed, and is
// tried with the next content.
func TestNextContentIsTriedAgain(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.ask("subscribe", reader)
		w.listener.answer("POST /callback", status(500))
		w.publish("two")
		pass(48 * time.Hour) // it is given up
		w.listener.answer("POST /callback", status(200))
		w.publish("three")
		bodies := w.listener.posted("/callback")
		if got := bodies[len(bodies)-1]; got != "three" || len(bodies) != 11 {
			t.Errorf("sent %q, want three at last", bodies)
		}
	})
}

// Section 5.1: leases are enforced, and never without an end.
func TestLeasesAreEnforced(t *testing.T) {
	const day = 24 * time.Hour
	tests := []struct {
		asked  string
		lease  time.Duration
		stated string
	}{
		{"", 10 * day, "864000"},
		{"60", time.Minute, "60"},
		{"1", time.Second, "1"},
		{"2592000", 30 * day, "2592000"},
		{"2592001", 30 * day, "2592000"},
		{"99999999999999999999999", 30 * day, "2592000"},
	}
	for _, tt := range tests {
		inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
			w.ask("subscribe", reader, "hub.lease_seconds", tt.asked)
			if got := w.listener.questions(t)[0].Get("hub.lease_seconds"); got != tt.stated {
				t.Errorf("asked for %q: told %q, want %q", tt.asked, got, tt.stated)
			}
			pass(tt.lease - time.Millisecond)
			w.publish("two")
			pass(time.Millisecond)
			w.publish("three")
			wantPosted(t, w.listener, "/callback", "two")
			if c := w.hub.Counts(); c.Subscriptions != 0 || c.Expired != 1 {
				t.Errorf("counts %+v, want one expired", c)
			}
			if left := w.store.copied().subs; len(left) != 0 {
				t.Errorf("the store has %v", left)
			}
		})
	}
}

// A delivery that waits ends with the lease, and so does what expired while no
// hub was running.
func TestLeaseEndsWhatWaits(t *testing.T) {
	inWorld(t, websub.Options{Lease: time.Hour}, func(t *testing.T, w *world) {
		w.ask("subscribe", reader)
		w.ask("subscribe", reader+"2", "hub.lease_seconds", "7200")
		w.listener.answer("POST /callback", status(500))
		w.publish("two")
		pass(90 * time.Minute)
		tries := len(w.listener.posted("/callback"))
		if c := w.hub.Counts(); c.Waiting != 0 || c.Subscriptions != 1 {
			t.Errorf("counts %+v, want nothing that waits", c)
		}
		w.stop()
		pass(time.Hour)
		w.site.set(topic, "three")
		w.start()
		if n := len(w.listener.posted("/callback")); n != tries {
			t.Errorf("sent %d times, want %d", n, tries)
		}
		wantPosted(t, w.listener, "/callback2", "two")
		if left := w.store.copied().subs; len(left) != 0 {
			t.Errorf("the store has %v", left)
		}
	})
}

// A subscriber is told each content once, however often it is announced.
func TestOnlyWhatChangedIsSent(t *testing.T) {
	const other = siteURL + "rss.xml"
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.site.set(other, "other")
		w.ask("subscribe", reader)
		if got := post(w.hub, form("subscribe", other, reader+"2")); got.Code != http.StatusAccepted {
			t.Fatal(got.Code)
		}
		synctest.Wait()
		for range 3 {
			w.publish("two")
			if err := w.hub.Announce(t.Context()); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		w.publish("one again")
		wantPosted(t, w.listener, "/callback", "two", "one again")
		wantPosted(t, w.listener, "/callback2")
	})
}

// What is no news is not sent by itself: it comes with the next that is.
func TestOnlyNewsIsSent(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.site.setNews(topic, "of Sunday: one", "one")
		w.ask("subscribe", reader)
		publish := func(body, news string) {
			w.site.setNews(topic, body, news)
			if err := w.hub.Announce(t.Context()); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		publish("of Monday: two", "two")
		publish("of Tuesday: two", "two")
		publish("of Wednesday: two", "two")
		publish("of Thursday: three", "three")
		wantPosted(t, w.listener, "/callback", "of Monday: two", "of Thursday: three")
	})
}

// Of the contents that came while a subscriber could not be reached it is sent
// the newest only, and none when it has that already.
func TestNewestContentWins(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.ask("subscribe", reader)
		ready := make(chan struct{})
		w.listener.answer("POST /callback", func(http.ResponseWriter, *http.Request) { <-ready })
		w.publish("two")
		w.publish("three")
		w.publish("four")
		wantPosted(t, w.listener, "/callback", "two")
		close(ready)
		synctest.Wait()
		wantPosted(t, w.listener, "/callback", "two", "four")

		w.listener.answer("POST /callback", status(500))
		w.publish("five")
		w.listener.answer("POST /callback", status(200))
		w.publish("four") // as it was
		pass(24 * time.Hour)
		wantPosted(t, w.listener, "/callback", "two", "four", "five")
	})
}

// When a delivery fails and something newer is there, that is sent at once.
func TestNewerContentFollowsAFailureAtOnce(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.ask("subscribe", reader)
		fail := make(chan struct{})
		w.listener.answer("POST /callback", func(rw http.ResponseWriter, _ *http.Request) {
			<-fail
			rw.WriteHeader(500)
		})
		w.publish("two")
		w.publish("three")
		w.listener.answer("POST /callback", status(200))
		close(fail)
		synctest.Wait()
		wantPosted(t, w.listener, "/callback", "two", "three")
	})
}

// What changes while a callback is asked is not lost.
func TestContentThatChangesDuringVerificationIsSent(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.listener.answer("GET /callback", func(rw http.ResponseWriter, r *http.Request) {
			w.site.set(topic, "two")
			_, _ = io.WriteString(rw, r.URL.Query().Get("hub.challenge"))
		})
		w.ask("subscribe", reader)
		wantPosted(t, w.listener, "/callback", "two")
	})
}

// A subscriber that leaves while a delivery waits or is in progress is left alone.
func TestUnsubscribeEndsWhatWaits(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.ask("subscribe", reader)
		w.listener.answer("POST /callback", hang)
		w.publish("two")
		w.ask("unsubscribe", reader)
		pass(24 * time.Hour)
		wantPosted(t, w.listener, "/callback", "two")
		if c := w.hub.Counts(); c.Waiting != 0 || c.Subscriptions != 0 || c.Active != 0 {
			t.Errorf("counts %+v, want nothing", c)
		}
	})
}

// A feed that goes has nothing to deliver; when it comes back, it has.
func TestFeedThatGoesAndComesBack(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.ask("subscribe", reader)
		w.listener.answer("POST /callback", status(500))
		w.publish("two")
		w.site.take(topic)
		if err := w.hub.Announce(t.Context()); err != nil {
			t.Errorf("announce a feed that has gone: %v", err)
		}
		pass(time.Hour)
		if c := w.hub.Counts(); c.Waiting != 0 || c.Subscriptions != 1 {
			t.Errorf("counts %+v, want nothing that waits", c)
		}
		w.listener.answer("POST /callback", status(200))
		w.publish("two")
		wantPosted(t, w.listener, "/callback", "two", "two")
	})
}

// A feed that can not be read is an error, and tried again.
func TestAnnounceTellsFaults(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.ask("subscribe", reader)
		w.site.fault = errors.New("disk")
		err := w.hub.Announce(t.Context(), topic, siteURL+"nobody-asked.xml")
		if err == nil || err.Error() != "https://news.example.org/atom.xml: disk" {
			t.Errorf("announce: %v", err)
		}
		w.site.fault = nil
		w.store.fail(errors.New("disk full"))
		w.site.set(topic, "two")
		if err := w.hub.Announce(t.Context()); err == nil || err.Error() != "disk full" {
			t.Errorf("announce: %v", err)
		}
		// It is delivered all the same, and kept when that is possible again.
		synctest.Wait()
		wantPosted(t, w.listener, "/callback", "two")
		w.store.fail(nil)
		pass(10 * time.Second)
		for _, s := range w.store.copied().subs {
			if s.Delivered != sha256.Sum256([]byte("two")) || !s.Due.IsZero() {
				t.Errorf("the store has %+v", s)
			}
		}
	})
}

// Callbacks of one host that hang delay others for a moment only.
func TestThoseThatHangDelayNobody(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		const n = 1000
		for i := range n {
			path := fmt.Sprintf("/%d", i)
			w.ask("subscribe", "https://reader.example.com"+path)
			switch i % 10 {
			case 1:
				w.listener.answer("POST "+path, hang)
			case 2:
				w.listener.answer("POST "+path, status(500))
			case 3:
				w.listener.answer("POST "+path, status(302))
			}
		}
		w.publish("two")
		pass(5 * time.Second)
		if c := w.hub.Counts(); c.Delivered != n*7/10 {
			t.Errorf("after 5 seconds %d have it, want %d", c.Delivered, n*7/10)
		}
		// The next time those come last. Each was tried once and waits now.
		pass(13500 * time.Millisecond)
		w.publish("three")
		if c := w.hub.Counts(); c.Delivered != 2*n*7/10 {
			t.Errorf("at once %d have it, want %d", c.Delivered-n*7/10, n*7/10)
		}
		for i := range n {
			w.listener.answer(fmt.Sprintf("POST /%d", i), status(200))
		}
		pass(2 * time.Minute)
		c := w.hub.Counts()
		if c.Waiting != 0 || c.Active != 0 {
			t.Errorf("counts %+v, want nothing that waits", c)
		}
		for i := range n {
			path := fmt.Sprintf("/%d", i)
			if bodies := w.listener.posted(path); bodies[len(bodies)-1] != "three" {
				t.Fatalf("%s was sent %q", path, bodies)
			}
		}
	})
}

// A host is not overrun, and neither is this one.
func TestAttemptsAtOnceAreLimited(t *testing.T) {
	tests := []struct{ hosts, want int }{{1, 32}, {3, 96}, {10, 128}}
	for _, tt := range tests {
		inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
			var now, most atomic.Int64
			for i := range 200 {
				w.ask("subscribe", fmt.Sprintf("https://reader%d.example.com/%d", i%tt.hosts, i))
				w.listener.answer(fmt.Sprintf("POST /%d", i), func(http.ResponseWriter, *http.Request) {
					n := now.Add(1)
					for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
						continue
					}
					time.Sleep(time.Second / 2)
					now.Add(-1)
				})
			}
			w.publish("two")
			pass(time.Minute)
			if int(most.Load()) != tt.want {
				t.Errorf("%d hosts: %d attempts at once, want %d", tt.hosts, most.Load(), tt.want)
			}
			if c := w.hub.Counts(); c.Delivered != 200 || c.Active != 0 {
				t.Errorf("counts %+v, want 200 delivered", c)
			}
		})
	}
}
