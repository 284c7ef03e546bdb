package websub

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// userAgent names the hub to callbacks.
func (h *Hub) userAgent() string { return "seedfeed WebSub hub (+" + h.o.Hub + ")" }

// verification returns the job that answers a request.
func (h *Hub) verification(q *request) job {
	return job{
		host: q.host,
		run:  func(ctx context.Context) { h.verify(ctx, q) },
		gone: func() bool { return false },
	}
}

// verify answers a request: it is denied, or its callback is asked.
func (h *Hub) verify(ctx context.Context, q *request) {
	content, reason := h.validate(ctx, q)
	if reason != "" {
		h.deny(ctx, q, reason)
		return
	}
	err := h.confirm(ctx, q)
	if ctx.Err() != nil {
		return // the process ends: the next one asks again
	}
	added, err := h.settle(q, err, content.digest())
	if err != nil {
		h.deny(ctx, q, err.Error())
	}
	if !added {
		return
	}
	// What came while the callback was asked was told to nobody yet.
	if err := h.Announce(ctx, q.Topic); err != nil && ctx.Err() == nil {
		h.o.Log.Error("hub: what has changed is not known", "error", err)
	}
}

// validate returns the content that a subscriber has seen when it subscribes, or
// why it may not (section 5.2).
func (h *Hub) validate(ctx context.Context, q *request) (c Content, reason string) {
	if q.Mode != subscribe {
		return Content{}, ""
	}
	c, err := h.o.Content(ctx, q.Topic)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Content{}, "no feed has this address"
	case err != nil:
		h.o.Log.Error("hub: feed can not be read", "topic", q.Topic, "error", err)
		return Content{}, "the feed can not be read now"
	}
	return c, ""
}

// confirm asks a callback whether it wants what was asked for (section 5.3).
func (h *Hub) confirm(ctx context.Context, q *request) error {
	challenge := rand.Text()
	parameters := url.Values{"hub.mode": {q.Mode}, "hub.topic": {q.Topic}, "hub.challenge": {challenge}}
	if q.Mode == subscribe {
		parameters.Set("hub.lease_seconds", strconv.FormatInt(int64(q.Lease/time.Second), 10))
	}
	resp, err := h.get(ctx, withQuery(q.Callback, parameters))
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("answered %s", resp.Status)
	}
	echo, err := io.ReadAll(io.LimitReader(resp.Body, int64(len(challenge))+1))
	if err != nil {
		return err
	}
	if string(echo) != challenge {
		return errors.New("did not answer with the challenge")
	}
	return nil
}

// settle does what a callback has confirmed, or leaves all as it was, and
// reports whether there is a new subscription. Its error is that there is no room
// for it any more.
func (h *Hub) settle(q *request, unconfirmed error, seen [32]byte) (added bool, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if unconfirmed != nil {
		h.answered(q)
		h.counts.Refused++
		h.o.Log.Info("hub: not confirmed", "mode", q.Mode, "topic", q.Topic, "callback", q.Callback, "error", unconfirmed)
		return false, nil
	}
	if err := h.roomToSubscribe(q); err != nil {
		return false, err
	}
	h.answered(q)
	h.counts.Verified++
	h.o.Log.Info("hub: confirmed", "mode", q.Mode, "topic", q.Topic, "callback", q.Callback, "lease", q.Lease)
	s := h.subs[q.Key]
	expires := time.Now().Add(q.Lease).Round(0)
	switch {
	case q.Mode == unsubscribe && s != nil:
		h.remove(s)
	case q.Mode == unsubscribe:
	case s != nil:
		s.Secret, s.Expires = q.Secret, expires
		h.changed(s)
	default:
		s := h.add(Subscription{Key: q.Key, Secret: q.Secret, Expires: expires, Delivered: seen, Wanted: seen})
		h.changed(s)
		return true, nil
	}
	return false, nil
}

// deny tells a subscriber that it will not be told anything (section 5.2). What
// it answers does not matter.
func (h *Hub) deny(ctx context.Context, q *request, reason string) {
	parameters := url.Values{"hub.mode": {denied}, "hub.topic": {q.Topic}, "hub.reason": {reason}}
	resp, err := h.get(ctx, withQuery(q.Callback, parameters))
	if ctx.Err() != nil {
		return
	}
	if err == nil {
		_ = resp.Body.Close()
	}
	h.o.Log.Info("hub: denied", "topic", q.Topic, "callback", q.Callback, "reason", reason)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.counts.Denied++
	h.answered(q)
}

func (h *Hub) get(ctx context.Context, address string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", h.userAgent())
	resp, err := h.client.Do(req)
	return resp, withoutAddress(err)
}

// withoutAddress returns the cause of an error of a client: the address in it
// holds the challenge.
func withoutAddress(err error) error {
	var cause *url.Error
	if errors.As(err, &cause) {
		return cause.Err
	}
	return err
}
