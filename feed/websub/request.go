package websub

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// The modes of requests and of questions to a callback.
const (
	subscribe   = "subscribe"
	unsubscribe = "unsubscribe"
	denied      = "denied"
)

// A refusal is a request that is not accepted, and why.
type refusal struct {
	status int
	reason string
}

func (r *refusal) Error() string { return r.reason }

func refuse(status int, format string, args ...any) error {
	return &refusal{status, fmt.Sprintf(format, args...)}
}

// ServeHTTP takes a request to subscribe or unsubscribe (section 5.1). When it
// answers 202, the request is in the store and its callback will be asked; any
// other status comes with a reason in plain text.
func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	q, err := h.accept(w, r)
	if err == nil {
		err = h.ask(r.Context(), q)
	}
	if err != nil {
		h.answerRefusal(w, r, err)
		return
	}
	w.WriteHeader(http.StatusAccepted)
	_, _ = fmt.Fprintln(w, "accepted: your callback will be asked to confirm it")
	// The subscriber has its answer before it is asked: some can not do both at once.
	_ = http.NewResponseController(w).Flush()
	h.mu.Lock()
	h.enter(q)
	h.mu.Unlock()
	signal(h.wake)
}

func (h *Hub) answerRefusal(w http.ResponseWriter, r *http.Request, err error) {
	var no *refusal
	if !errors.As(err, &no) {
		h.o.Log.Error("hub: request can not be saved", "error", err)
		no = &refusal{http.StatusServiceUnavailable, "the hub can not save the request now: try again in a minute"}
	}
	switch no.status {
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", http.MethodPost)
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "60")
	}
	w.WriteHeader(no.status)
	if r.Method != http.MethodHead {
		_, _ = fmt.Fprintln(w, no.reason)
	}
}

// accept reads a request and looks at all that can be seen without asking anybody.
func (h *Hub) accept(w http.ResponseWriter, r *http.Request) (*request, error) {
	if r.Method != http.MethodPost {
		return nil, refuse(http.StatusMethodNotAllowed, "this is a WebSub hub: POST hub.mode, hub.topic and hub.callback to subscribe")
	}
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "application/x-www-form-urlencoded" {
		return nil, refuse(http.StatusUnsupportedMediaType, "Content-Type %q is not application/x-www-form-urlencoded", r.Header.Get("Content-Type"))
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, refuse(http.StatusRequestEntityTooLarge, "the request is longer than %d bytes", maxForm)
		}
		return nil, refuse(http.StatusBadRequest, "the request is no form: %v", err)
	}
	q, err := h.parse(r.PostForm)
	if err != nil {
		return nil, err
	}
	return q, h.room(q)
}

// parse reads the parameters of a request. Those that it does not know it ignores.
func (h *Hub) parse(form url.Values) (*request, error) {
	for _, name := range []string{"hub.mode", "hub.topic", "hub.callback"} {
		if form.Get(name) == "" {
			return nil, refuse(http.StatusBadRequest, "%s is missing", name)
		}
	}
	q := &request{saved: make(chan error, 1)}
	q.Mode, q.Topic, q.Callback, q.Secret = form.Get("hub.mode"), form.Get("hub.topic"), form.Get("hub.callback"), form.Get("hub.secret")
	if q.Mode != subscribe && q.Mode != unsubscribe {
		return nil, refuse(http.StatusBadRequest, "hub.mode: %q is neither %q nor %q", q.Mode, subscribe, unsubscribe)
	}
	if !strings.HasPrefix(q.Topic, h.o.Site) || !printable(q.Topic) || len(q.Topic) > maxAddress {
		return nil, refuse(http.StatusBadRequest, "hub.topic: %q is no feed of %s", q.Topic, h.o.Site)
	}
	if err := checkCallback(q.Callback, h.guard, h.o.Loopback); err != nil {
		return nil, refuse(http.StatusBadRequest, "hub.callback: %v", err)
	}
	if len(q.Secret) > maxSecret {
		return nil, refuse(http.StatusBadRequest, "hub.secret: %d bytes, which is not less than 200", len(q.Secret))
	}
	lease, err := h.lease(form.Get("hub.lease_seconds"))
	if err != nil {
		return nil, err
	}
	q.Lease, q.host = lease, hostOf(q.Callback)
	return q, nil
}

// lease returns the lease that is granted to who asks for a number of seconds.
func (h *Hub) lease(seconds string) (time.Duration, error) {
	if seconds == "" {
		return h.o.Lease.Truncate(time.Second), nil
	}
	n, err := strconv.ParseUint(seconds, 10, 64)
	if errors.Is(err, strconv.ErrRange) || err == nil && n > uint64(h.o.MaxLease/time.Second) {
		return h.o.MaxLease.Truncate(time.Second), nil
	}
	if err != nil || n == 0 {
		return 0, refuse(http.StatusBadRequest, "hub.lease_seconds: %q is no positive number", seconds)
	}
	return time.Duration(n) * time.Second, nil
}

// room refuses what there is no room for.
func (h *Hub) room(q *request) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.requests.total >= maxRequests:
		return refuse(http.StatusServiceUnavailable, "too many requests wait: try again in a minute")
	case h.requests.byHost[q.host] >= maxRequestsPerHost:
		return refuse(http.StatusTooManyRequests, "too many requests for %s wait: try again in a minute", q.host)
	}
	return h.roomToSubscribe(q)
}

// roomToSubscribe refuses a subscription too many. It has the lock.
func (h *Hub) roomToSubscribe(q *request) error {
	switch {
	case q.Mode != subscribe || h.subs[q.Key] != nil:
		return nil
	case len(h.subs) >= h.o.MaxSubscriptions:
		return refuse(http.StatusServiceUnavailable, "the hub has all the subscribers that it can serve")
	case h.hosts[q.host] >= h.o.MaxPerHost:
		return refuse(http.StatusTooManyRequests, "%s has all the subscriptions that one host may have", q.host)
	}
	return nil
}

// ask puts a request into the store.
func (h *Hub) ask(ctx context.Context, q *request) error {
	h.mu.Lock()
	h.requests.last++
	q.Number = h.requests.last
	h.requests.count(q.host, +1)
	h.unsaved.ask = append(h.unsaved.ask, q)
	h.mu.Unlock()
	// It may have been saved with others before: the answer is in the channel.
	_ = h.flush(context.WithoutCancel(ctx))
	err := <-q.saved
	if err != nil {
		h.mu.Lock()
		h.requests.count(q.host, -1)
		h.mu.Unlock()
	}
	return err
}

// A request is one that is not answered yet.
type request struct {
	Request
	host  string
	saved chan error // what came of saving it
}

// requests are those that are not answered yet. They belong to who holds the
// lock of the hub.
type requests struct {
	last   int64              // number
	byKey  map[Key][]*request // in their order; the first is being answered
	total  int
	byHost map[string]int
}

func (r *requests) count(host string, n int) {
	r.total += n
	if r.byHost[host] += n; r.byHost[host] == 0 {
		delete(r.byHost, host)
	}
}

// enter lets a request be answered, after those that were there with its key.
// It has the lock.
func (h *Hub) enter(q *request) {
	h.requests.byKey[q.Key] = append(h.requests.byKey[q.Key], q)
	if len(h.requests.byKey[q.Key]) == 1 {
		h.lanes.add(h.verification(q))
	}
}

// answered takes a request away. It has the lock.
func (h *Hub) answered(q *request) {
	h.requests.count(q.host, -1)
	h.unsaved.done = append(h.unsaved.done, q.Number)
	waiting := h.requests.byKey[q.Key][1:]
	if len(waiting) == 0 {
		delete(h.requests.byKey, q.Key)
		return
	}
	h.requests.byKey[q.Key] = waiting
	h.lanes.add(h.verification(waiting[0]))
}
