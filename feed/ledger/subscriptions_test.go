package ledger_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/internal/push"
	"seedfeed/feed/ledger"
)

func subscription(topic, callback string) push.Subscription {
	return push.Subscription{
		Key:     push.Key{Topic: "https://news.example.org/" + topic, Callback: "https://reader.example.com/" + callback},
		Secret:  "\x00\xff " + callback,
		Expires: monday.Add(240*time.Hour + 7*time.Millisecond), Due: monday.Add(3 * time.Millisecond),
		Delivered: [32]byte{1, 31: 2}, Wanted: [32]byte{3, 31: 4}, Tries: 5,
	}
}

func subscriptionRequest(number int64, mode, callback string) push.Request {
	return push.Request{
		Key:    push.Key{Topic: "https://news.example.org/atom.xml", Callback: "https://reader.example.com/" + callback},
		Number: number, Mode: mode, Secret: "\xff" + callback, Lease: 864000 * time.Second,
	}
}

func saveSubscriptions(t *testing.T, l *ledger.Ledger, c push.Changes) {
	t.Helper()
	if err := l.SaveSubscriptions(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

func wantSubscriptions(t *testing.T, l *ledger.Ledger, subs []push.Subscription, requests []push.Request) {
	t.Helper()
	diff(t, "subscriptions", must(l.Subscriptions(t.Context()))(t), subs)
	diff(t, "requests", must(l.SubscriptionRequests(t.Context()))(t), requests)
}

// What a hub has to remember comes back as it was, also from another opening.
func TestSubscriptionsAreKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.db")
	l := open(t, file)
	wantSubscriptions(t, l, nil, nil)
	a, b, c := subscription("atom.xml", "a"), subscription("atom.xml", "b"), subscription("rss.xml", "a")
	b.Secret, b.Due, b.Tries = "", time.Time{}, 0
	first, second := subscriptionRequest(9, "unsubscribe", "a"), subscriptionRequest(10, "subscribe", "x")
	second.Secret = ""
	saveSubscriptions(t, l, push.Changes{Put: []push.Subscription{c, b, a}, Ask: []push.Request{second, first}})
	wantSubscriptions(t, open(t, file), []push.Subscription{a, b, c}, []push.Request{first, second})
}

func TestSubscriptionsChange(t *testing.T) {
	l := newLedger(t)
	a, b := subscription("atom.xml", "a"), subscription("atom.xml", "b")
	saveSubscriptions(t, l, push.Changes{Put: []push.Subscription{a, b}, Ask: []push.Request{subscriptionRequest(1, "subscribe", "a")}})
	a = push.Subscription{Key: a.Key, Secret: "other", Expires: monday, Delivered: [32]byte{9}, Wanted: [32]byte{8}}
	second := subscriptionRequest(2, "unsubscribe", "b")
	saveSubscriptions(t, l, push.Changes{
		Put: []push.Subscription{a}, Drop: []push.Key{b.Key, {Topic: "none", Callback: "none"}},
		Ask: []push.Request{second}, Done: []int64{1, 77},
	})
	wantSubscriptions(t, l, []push.Subscription{a}, []push.Request{second})
}

// Changes are kept together or not at all.
func TestSubscriptionsChangeTogether(t *testing.T) {
	l := newLedger(t)
	a, first := subscription("atom.xml", "a"), subscriptionRequest(1, "subscribe", "a")
	saveSubscriptions(t, l, push.Changes{Put: []push.Subscription{a}, Ask: []push.Request{first}})
	err := l.SaveSubscriptions(t.Context(), push.Changes{
		Put: []push.Subscription{subscription("atom.xml", "b")}, Drop: []push.Key{a.Key},
		Ask: []push.Request{subscriptionRequest(1, "subscribe", "other")},
	})
	if err == nil || !strings.Contains(err.Error(), "UNIQUE constraint failed: subscription_request.number") {
		t.Errorf("a number that is taken: %v", err)
	}
	wantSubscriptions(t, l, []push.Subscription{a}, []push.Request{first})
}
