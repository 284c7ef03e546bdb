package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"seedfeed/feed/render"
	"seedfeed/feed/websub"
)

// hubName is the path of the site's hub, below its address. No section's page is
// there, whatever its name: that ends in a slash.
const hubName = "hub"

// hubOf is the address of the hub that a server of a site has.
func hubOf(base *url.URL) string { return base.JoinPath(hubName).String() }

// A crier tells subscribers at once what a run has written: by the site's hub,
// if its publisher has one, and by hubs elsewhere. It is the handler of the site
// with the hub.
type crier struct {
	http.Handler
	hub   *websub.Hub // nil for none
	pings *pings
	log   *slog.Logger
}

// newCrier returns the crier of a site, whose topics are the feeds that out
// answers with. loopback lets the hub deliver to this machine.
func newCrier(ctx context.Context, site *site, out http.Handler, loopback bool, log *slog.Logger) (*crier, error) {
	base := site.publisher.BaseURL
	content := contents(base, out)
	c := &crier{Handler: out, pings: newPings(site.publisher, content, log), log: log}
	if site.publisher.Hub == "" {
		return c, nil
	}
	hub, err := websub.Open(ctx, site.ledger, websub.Options{
		Hub: site.publisher.Hub, Site: base.String(), Content: content, Loopback: loopback, Log: log,
	})
	if err != nil {
		return nil, err
	}
	c.hub, c.Handler = hub, withHub(out, hub, base)
	return c, nil
}

// tell is called by one goroutine, after each run. What another process wrote
// is told too.
func (c *crier) tell(ctx context.Context) {
	if c.hub != nil {
		if err := c.hub.Announce(ctx); err != nil && ctx.Err() == nil {
			c.log.Error("hub: what has changed is not known", "error", err)
		}
	}
	c.pings.tell(ctx)
}

// run delivers until the context ends.
func (c *crier) run(ctx context.Context) error {
	if c.hub == nil {
		return nil
	}
	return c.hub.Run(ctx)
}

// close is called when nothing is told any more.
func (c *crier) close() { c.pings.wait() }

// withHub lets a hub answer what is posted to its address, with the path of the
// site's own address before it or without: a proxy may take it away.
func withHub(site http.Handler, hub http.Handler, base *url.URL) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && (r.URL.Path == "/"+hubName || r.URL.Path == base.Path+hubName) {
			hub.ServeHTTP(w, r)
			return
		}
		site.ServeHTTP(w, r)
	})
}

// contents returns what tells the content of a topic of a site: what its handler
// answers with to who asks for a feed. Nothing but a feed at its own address, as
// the feed writes it, is a topic.
func contents(base *url.URL, out http.Handler) func(context.Context, string) (websub.Content, error) {
	return func(ctx context.Context, topic string) (websub.Content, error) {
		name, ok := strings.CutPrefix(topic, base.String())
		if !ok {
			return websub.Content{}, fs.ErrNotExist
		}
		file, err := url.PathUnescape(name)
		if err != nil {
			return websub.Content{}, fs.ErrNotExist
		}
		address := *base
		address.Path, address.RawPath = base.Path+file, ""
		isFeed := slices.ContainsFunc(render.Formats(), func(f render.Format) bool { return f.File == path.Base(file) })
		if !isFeed || address.String() != topic {
			return websub.Content{}, fs.ErrNotExist
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, topic, nil)
		if err != nil {
			return websub.Content{}, err
		}
		answer := answer{header: http.Header{}}
		out.ServeHTTP(&answer, r)
		switch answer.status {
		case http.StatusOK:
			body := answer.body.Bytes()
			return websub.Content{Type: answer.header.Get("Content-Type"), Body: body, News: newsOf(file, body)}, nil
		case http.StatusNotFound, http.StatusGone:
			return websub.Content{}, fs.ErrNotExist
		}
		return websub.Content{}, fmt.Errorf("answered %d %s", answer.status, http.StatusText(answer.status))
	}
}

// An answer is a response that is kept.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(p)
}
