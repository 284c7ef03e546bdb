package websub

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// A delivery that fails is tried again after firstRetry, then after four times
// as long as before, up to maxRetry, each a quarter more or less by chance so
// that those who failed together do not come back together. After maxTries, which
// is some six hours, only newer content is tried.
const (
	firstRetry = 5 * time.Second
	maxRetry   = time.Hour
	maxTries   = 10
)

// current is the content of a topic.
type current struct {
	Content
	digest [32]byte // of what is news
}

// digest is that of what is news in a content.
func (c Content) digest() [32]byte {
	if c.News != nil {
		return sha256.Sum256(c.News)
	}
	return sha256.Sum256(c.Body)
}

// errEnded is that a subscriber wants nothing any more.
var errEnded = errors.New("answered 410 Gone")

// Announce tells the hub that the contents of topics may have changed; without
// any, those of all topics. It compares what is news in each with what it has
// announced before, so that to announce what has not changed does nothing. When it returns no
// error, what is to be delivered is in the store.
func (h *Hub) Announce(ctx context.Context, topics ...string) error {
	if len(topics) == 0 {
		h.mu.Lock()
		topics = slices.Sorted(maps.Keys(h.topics))
		h.mu.Unlock()
	}
	var errs []error
	for _, name := range topics {
		if _, err := h.refresh(ctx, name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
		}
	}
	signal(h.wake)
	errs = append(errs, h.flush(ctx))
	return errors.Join(errs...)
}

// refresh reads the content of a topic, unless nobody wants it, and lets all
// subscribers be told that do not have it.
func (h *Hub) refresh(ctx context.Context, name string) (*current, error) {
	h.reading.Lock()
	defer h.reading.Unlock()
	h.mu.Lock()
	wanted := h.topics[name] != nil
	h.mu.Unlock()
	if !wanted {
		return nil, nil
	}
	content, err := h.o.Content(ctx, name)
	if err != nil {
		return nil, err
	}
	c := &current{content, content.digest()}
	h.mu.Lock()
	defer h.mu.Unlock()
	if t := h.topics[name]; t != nil {
		h.want(t, c)
		if t.busy > 0 {
			t.content = c
		}
	}
	return c, nil
}

// want lets the subscribers of a topic be told a content that they were not to be
// told last. Those that were not reached lately come last.
func (h *Hub) want(t *topic, c *current) {
	now := time.Now().Round(0)
	var failing []*subscriber
	for s := range t.subscribers {
		if s.Wanted == c.digest {
			continue
		}
		late := s.Tries > 0
		s.Wanted, s.Tries = c.digest, 0
		h.setDue(s, now)
		if late {
			failing = append(failing, s)
		} else {
			h.enqueue(s)
		}
	}
	for _, s := range failing {
		h.enqueue(s)
	}
}

// enqueue lets a delivery wait for its turn.
func (h *Hub) enqueue(s *subscriber) {
	if s.busy {
		return
	}
	s.busy = true
	s.topic.busy++
	h.moved(s)
	h.lanes.add(job{
		host: s.host,
		run:  func(ctx context.Context) { h.deliver(ctx, s) },
		gone: func() bool { return h.needless(s) },
	})
}

// needless reports whether a delivery that waits for its turn is none any more.
func (h *Hub) needless(s *subscriber) bool {
	if s.index >= 0 && !s.Due.IsZero() && time.Now().Before(s.Expires) {
		return false
	}
	h.idle(s)
	return true
}

// idle takes note that nothing is going on with a subscriber.
func (h *Hub) idle(s *subscriber) {
	s.busy = false
	if s.topic.busy--; s.topic.busy == 0 {
		s.topic.content = nil
	}
	h.moved(s)
}

// deliver makes one attempt, and takes note of what came of it.
func (h *Hub) deliver(ctx context.Context, s *subscriber) {
	c, err := h.content(ctx, s)
	var after time.Duration
	sent := c != nil && !h.has(s, c) // it has it when the content has changed back
	if sent {
		after, err = h.post(ctx, s, c)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	defer h.idle(s)
	switch {
	case s.index < 0: // it has ended meanwhile
	case errors.Is(err, errEnded):
		h.o.Log.Info("hub: ended by its callback", "topic", s.Topic, "callback", s.Callback)
		h.remove(s)
	case c == nil && errors.Is(err, fs.ErrNotExist): // the feed has gone, and may come back as it was
		s.Wanted, s.Tries = s.Delivered, 0
		h.setDue(s, time.Time{})
	case err == nil:
		h.delivered(s, c, sent)
	case ctx.Err() == nil:
		h.failed(s, c, after, err)
	}
}

// content returns what a subscriber is to be sent.
func (h *Hub) content(ctx context.Context, s *subscriber) (*current, error) {
	h.mu.Lock()
	c := s.topic.content
	h.mu.Unlock()
	if c != nil {
		return c, nil
	}
	c, err := h.refresh(ctx, s.Topic)
	if c == nil && err == nil {
		err = fs.ErrNotExist // it has ended meanwhile
	}
	return c, err
}

// has reports whether a subscriber has a content.
func (h *Hub) has(s *subscriber, c *current) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return s.Delivered == c.digest
}

// delivered takes note that a subscriber has a content. It has the lock.
func (h *Hub) delivered(s *subscriber, c *current, sent bool) {
	if sent {
		h.counts.Delivered++
	}
	s.Delivered, s.Tries = c.digest, 0
	if s.Wanted == c.digest {
		h.setDue(s, time.Time{})
		return
	}
	h.setDue(s, time.Now().Round(0)) // something newer came meanwhile
}

// failed takes note that a subscriber could not be told, and when to try again:
// not before it has asked to be, if it did. It has the lock.
func (h *Hub) failed(s *subscriber, c *current, after time.Duration, err error) {
	h.counts.Failed++
	now := time.Now().Round(0)
	if c != nil && s.Wanted != c.digest { // something newer came meanwhile
		h.setDue(s, now)
		return
	}
	s.Tries++
	if s.Tries >= maxTries {
		h.counts.GivenUp++
		h.setDue(s, time.Time{})
		h.o.Log.Warn("hub: delivery given up", "topic", s.Topic, "callback", s.Callback, "tries", s.Tries, "error", err)
		return
	}
	h.setDue(s, now.Add(max(backOff(s.Tries), after)))
	h.o.Log.Debug("hub: not delivered", "topic", s.Topic, "callback", s.Callback, "tries", s.Tries, "again", s.Due, "error", err)
}

// backOff returns how long to wait after a number of tries.
func backOff(tries int) time.Duration {
	d := firstRetry
	for range tries - 1 {
		d = min(4*d, maxRetry)
	}
	return d*3/4 + rand.N(d/2)
}

// post sends a content to a callback (section 7). With an error it may return
// how long the callback wants to be left alone.
func (h *Hub) post(ctx context.Context, s *subscriber, c *current) (after time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.Callback, bytes.NewReader(c.Body))
	if err != nil {
		return 0, err
	}
	h.mu.Lock()
	secret := s.Secret
	h.mu.Unlock()
	req.Header.Set("Content-Type", c.Type)
	req.Header.Set("Link", fmt.Sprintf("<%s>; rel=\"hub\", <%s>; rel=\"self\"", h.o.Hub, s.Topic))
	req.Header.Set("User-Agent", h.userAgent())
	if secret != "" {
		req.Header.Set("X-Hub-Signature", sign(secret, c.Body))
	}
	resp, err := h.client.Do(req)
	if err != nil {
		return 0, withoutAddress(err)
	}
	_ = resp.Body.Close()
	switch {
	case resp.StatusCode/100 == 2:
		return 0, nil
	case resp.StatusCode == http.StatusGone:
		return 0, errEnded
	}
	return retryAfter(resp.Header), fmt.Errorf("answered %s", resp.Status)
}

// sign returns the signature of a body (section 7.1): HMAC (RFC 2104) with SHA-256.
func sign(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// retryAfter returns the seconds that Retry-After tells (RFC 9110, section
// 10.2.3), an hour at most; a date there is not read.
func retryAfter(header http.Header) time.Duration {
	n, err := strconv.ParseUint(header.Get("Retry-After"), 10, 32)
	if err != nil {
		return 0
	}
	return min(time.Duration(n)*time.Second, maxRetry)
}
