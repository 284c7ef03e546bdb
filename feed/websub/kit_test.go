package websub_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"seedfeed/feed/websub"
)

const (
	siteURL = "https://news.example.org/"
	hubURL  = "https://news.example.org/hub"
	topic   = "https://news.example.org/atom.xml"
	reader  = "https://reader.example.com/callback"
)

// A site answers with the contents of topics.
type site struct {
	mu       sync.Mutex
	contents map[string]websub.Content
	fault    error
}

func newSite() *site {
	s := &site{contents: map[string]websub.Content{}}
	s.set(topic, "<feed>one</feed>")
	return s
}

func (s *site) set(topic, body string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.contents[topic] = websub.Content{Type: "application/atom+xml; charset=utf-8", Body: []byte(body)}
}

func (s *site) setNews(topic, body, news string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.contents[topic] = websub.Content{Type: "application/atom+xml; charset=utf-8", Body: []byte(body), News: []byte(news)}
}

func (s *site) take(topic string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.contents, topic)
}

func (s *site) content(_ context.Context, topic string) (websub.Content, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fault != nil {
		return websub.Content{}, s.fault
	}
	c, ok := s.contents[topic]
	if !ok {
		return c, fmt.Errorf("no feed: %w", fs.ErrNotExist)
	}
	return c, nil
}

// A memory is a store that forgets all when the test ends, and nothing before.
type memory struct {
	mu       sync.Mutex
	subs     map[websub.Key]websub.Subscription
	requests map[int64]websub.Request
	fault    error // of saving
}

var _ websub.Store = (*memory)(nil)

func newMemory() *memory {
	return &memory{subs: map[websub.Key]websub.Subscription{}, requests: map[int64]websub.Request{}}
}

func (m *memory) Subscriptions(context.Context) ([]websub.Subscription, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Collect(maps.Values(m.subs)), nil
}

func (m *memory) SubscriptionRequests(context.Context) ([]websub.Request, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := make([]websub.Request, 0, len(m.requests))
	for _, number := range slices.Sorted(maps.Keys(m.requests)) {
		all = append(all, m.requests[number])
	}
	return all, nil
}

func (m *memory) SaveSubscriptions(_ context.Context, c websub.Changes) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fault != nil {
		return m.fault
	}
	for _, s := range c.Put {
		m.subs[s.Key] = s
	}
	for _, key := range c.Drop {
		delete(m.subs, key)
	}
	for _, q := range c.Ask {
		if _, taken := m.requests[q.Number]; taken {
			return fmt.Errorf("number %d is taken", q.Number)
		}
		m.requests[q.Number] = q
	}
	for _, number := range c.Done {
		delete(m.requests, number)
	}
	return nil
}

func (m *memory) fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fault = err
}

// copied returns a store as it would be after the process was killed now.
func (m *memory) copied() *memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	return &memory{subs: maps.Clone(m.subs), requests: maps.Clone(m.requests)}
}

// A call is what a callback was asked or told.
type call struct {
	Method string
	URI    string // as on the request line
	Header http.Header
	Body   string
}

// A listener answers as subscribers do: it confirms what it is asked, and takes
// what it is sent, but for the paths that are to answer otherwise.
type listener struct {
	mu      sync.Mutex
	calls   []call
	answers map[string]http.HandlerFunc // by "GET /path" or "POST /path"
}

func newListener() *listener { return &listener{answers: map[string]http.HandlerFunc{}} }

func (l *listener) answer(pattern string, h http.HandlerFunc) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.answers[pattern] = h
}

func (l *listener) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(err)
	}
	l.mu.Lock()
	l.calls = append(l.calls, call{r.Method, r.URL.RequestURI(), r.Header.Clone(), string(body)})
	answer := l.answers[r.Method+" "+r.URL.Path]
	l.mu.Unlock()
	switch {
	case answer != nil:
		answer(w, r)
	case r.Method == http.MethodGet:
		_, _ = io.WriteString(w, r.URL.Query().Get("hub.challenge"))
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// posted returns what was delivered to a path, in order.
func (l *listener) posted(path string) []string {
	var bodies []string
	for _, c := range l.all(http.MethodPost) {
		if u, err := url.Parse(c.URI); err == nil && u.Path == path {
			bodies = append(bodies, c.Body)
		}
	}
	return bodies
}

// all returns the calls with a method, in order.
func (l *listener) all(method string) []call {
	l.mu.Lock()
	defer l.mu.Unlock()
	var some []call
	for _, c := range l.calls {
		if c.Method == method {
			some = append(some, c)
		}
	}
	return some
}

// questions returns the parameters of the questions that were asked.
func (l *listener) questions(t *testing.T) []url.Values {
	t.Helper()
	var all []url.Values
	for _, c := range l.all(http.MethodGet) {
		u, err := url.Parse(c.URI)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, u.Query())
	}
	return all
}

// RoundTrip lets the listener answer without a network, so that a test can have
// a clock of its own.
func (l *listener) RoundTrip(r *http.Request) (*http.Response, error) {
	body := io.Reader(http.NoBody)
	if r.Body != nil {
		body = r.Body
	}
	in := httptest.NewRequestWithContext(r.Context(), r.Method, r.URL.String(), body)
	in.Header = r.Header.Clone()
	w := httptest.NewRecorder()
	l.ServeHTTP(w, in)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return w.Result(), nil
}

// A world is a hub with a site, a store and subscribers, within a bubble of synctest.
type world struct {
	t         *testing.T
	site      *site
	store     *memory
	listener  *listener
	hub       *websub.Hub
	options   websub.Options
	stop      func()
	transport http.RoundTripper
}

// inWorld runs a story in which time passes only while all wait.
func inWorld(t *testing.T, o websub.Options, story func(t *testing.T, w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &world{t: t, site: newSite(), store: newMemory(), listener: newListener(), options: o}
		w.transport = w.listener
		w.start()
		story(t, w)
		w.stop()
	})
}

func options(s *site, o websub.Options) websub.Options {
	o.Hub, o.Site, o.Content = hubURL, siteURL, s.content
	o.Log = slog.New(slog.DiscardHandler)
	return o
}

// start starts a hub with what is in the store.
func (w *world) start() {
	w.t.Helper()
	hub, err := websub.Open(w.t.Context(), w.store, options(w.site, w.options))
	if err != nil {
		w.t.Fatal(err)
	}
	hub.SetTransport(w.transport)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- hub.Run(ctx) }()
	w.hub = hub
	w.stop = func() {
		cancel()
		if err := <-ended; err != nil {
			w.t.Error(err)
		}
	}
	synctest.Wait()
}

// post sends a request to the hub, and returns its answer.
func post(h http.Handler, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/hub", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// form returns a request, with more parameters as pairs.
func form(mode, topic, callback string, more ...string) url.Values {
	f := url.Values{"hub.mode": {mode}, "hub.topic": {topic}, "hub.callback": {callback}}
	for i := 0; i+1 < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return f
}

// ask sends a request that the hub is to accept, and waits until it is answered.
func (w *world) ask(mode, callback string, more ...string) {
	w.t.Helper()
	if got := post(w.hub, form(mode, topic, callback, more...)); got.Code != http.StatusAccepted {
		w.t.Fatalf("%s: %d %s, want 202", mode, got.Code, got.Body)
	}
	synctest.Wait()
}

// publish changes the content of the topic, and tells the hub.
func (w *world) publish(body string) {
	w.t.Helper()
	w.site.set(topic, body)
	if err := w.hub.Announce(w.t.Context(), topic); err != nil {
		w.t.Fatal(err)
	}
	synctest.Wait()
}

// pass lets time pass.
func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func wantPosted(t *testing.T, l *listener, path string, want ...string) {
	t.Helper()
	if got := l.posted(path); !slices.Equal(got, want) {
		t.Errorf("%s was sent %q, want %q", path, got, want)
	}
}

// status answers with a status.
func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

// hang answers when who asked has gone.
func hang(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
