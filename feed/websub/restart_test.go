package websub_test

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"seedfeed/feed/websub"
)

// What was accepted is asked after a restart, what was announced is delivered,
// and what changed while no hub was running is, too.
func TestRestartLosesNothing(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.ask("subscribe", reader, "hub.secret", "s")
		w.stop()
		if got := post(w.hub, form("subscribe", topic, reader+"2")); got.Code != http.StatusAccepted {
			t.Fatal(got.Code)
		}
		w.site.set(topic, "two")
		w.start()
		wantPosted(t, w.listener, "/callback", "two")
		w.publish("three")
		wantPosted(t, w.listener, "/callback", "two", "three")
		wantPosted(t, w.listener, "/callback2", "three")
		if signed := w.listener.all(http.MethodPost)[0].Header.Get("X-Hub-Signature"); signed == "" {
			t.Error("the secret did not outlive the restart")
		}
	})
}

// Tries and their times are kept.
func TestRestartKeepsTheBackOff(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.ask("subscribe", reader)
		w.listener.answer("POST /callback", status(500))
		w.publish("two")
		pass(150 * time.Second) // 4 tries; the fifth comes two minutes later or more
		tries := len(w.listener.posted("/callback"))
		for range 5 {
			w.stop()
			w.start()
			pass(time.Second)
		}
		if n := len(w.listener.posted("/callback")); n != tries {
			t.Errorf("tried %d times, want %d", n, tries)
		}
		pass(48 * time.Hour)
		if n := len(w.listener.posted("/callback")); n != 10 {
			t.Errorf("tried %d times in all, want 10", n)
		}
	})
}

// A process that is killed in the middle of deliveries loses none, and doubles
// at most those that were in progress.
func TestKillLosesNothing(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		const n = 100
		for i := range n {
			w.ask("subscribe", fmt.Sprintf("https://reader%d.example.com/%d", i%7, i))
		}
		// Half of them take it before the process is killed, the rest when it would
		// be too late.
		killed := make(chan struct{})
		for i := range n / 2 {
			w.listener.answer(fmt.Sprintf("POST /%d", i), func(http.ResponseWriter, *http.Request) { <-killed })
		}
		w.publish("two")
		left := w.store.copied()
		dead := w.stop
		for i := range n / 2 {
			w.listener.answer(fmt.Sprintf("POST /%d", i), status(200))
		}
		w.store = left
		w.start()
		close(killed)
		synctest.Wait()
		dead()
		for i := range n {
			got, want := len(w.listener.posted(fmt.Sprintf("/%d", i))), 1
			if i < n/2 {
				want = 2
			}
			if got != want {
				t.Errorf("%d was sent %d times, want %d", i, got, want)
			}
		}
	})
}

// Attempts in progress may end when the hub is to, for a while.
func TestRunEndsInTime(t *testing.T) {
	inWorld(t, websub.Options{}, func(t *testing.T, w *world) {
		w.ask("subscribe", reader)
		w.ask("subscribe", reader+"2")
		w.listener.answer("POST /callback", func(http.ResponseWriter, *http.Request) { time.Sleep(3 * time.Second) })
		w.listener.answer("POST /callback2", hang)
		w.publish("two")
		begin := time.Now()
		w.stop()
		if d := time.Since(begin); d != 5*time.Second {
			t.Errorf("ended after %v, want 5 s", d)
		}
		kept := w.store.copied().subs
		if s := kept[websub.Key{Topic: topic, Callback: reader}]; !s.Due.IsZero() {
			t.Errorf("what was taken waits: %+v", s)
		}
		if s := kept[websub.Key{Topic: topic, Callback: reader + "2"}]; s.Due.IsZero() || s.Tries != 0 {
			t.Errorf("what was cut waits no more: %+v", s)
		}
		w.stop = func() {}
	})
}
