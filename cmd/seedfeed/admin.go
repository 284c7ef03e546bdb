package main

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"seedfeed/feed/admin"
	"seedfeed/feed/render"
)

// defaultAdmin is where the operator's side is, unless it is said.
const defaultAdmin = "127.0.0.1:8081"

// The limits of the operator's server: a profile takes as long as it is asked to.
const (
	adminReadTimeout  = 10 * time.Second
	adminWriteTimeout = 5 * time.Minute
)

// listenAdmin opens the operator's side at the address that was asked for, which
// is nil for none: then a port that another program has, such as another site's
// server, is no reason not to serve. It returns nil for no operator's side.
func listenAdmin(asked *string, log *slog.Logger) (net.Listener, error) {
	address := defaultAdmin
	if asked != nil {
		address = *asked
	}
	if address == "" || address == "off" {
		return nil, nil
	}
	listener, err := net.Listen("tcp", address)
	switch {
	case err != nil && asked == nil:
		log.Warn("there is no status page and there are no metrics: their port is taken, perhaps by another site",
			"error", err, "hint", "choose another one, as with --admin-listen 127.0.0.1:8082, or off")
		return nil, nil
	case err != nil:
		return nil, failed("another program may listen there; choose another address with --admin-listen, or off", "operator's side: %w", err)
	}
	if at, ok := listener.Addr().(*net.TCPAddr); ok && !at.IP.IsLoopback() {
		log.Warn("the status page has no password; whoever reaches its address sees what is held back", "admin", listener.Addr().String())
	}
	return listener, nil
}

// serveAdmin serves the operator's side until the context ends.
func serveAdmin(ctx context.Context, listener net.Listener, o *operator, asked *string, log *slog.Logger) error {
	var names []string
	if name, err := os.Hostname(); err == nil {
		names = append(names, name)
	}
	if asked != nil {
		if host, _, err := net.SplitHostPort(*asked); err == nil {
			names = append(names, host)
		}
	}
	handler := admin.New(admin.Options{
		Status: o.status, Ready: o.ready, Alive: o.alive, Metrics: o.metrics,
		Style: render.Style(), Names: names, Log: log,
	})
	return serveUntil(ctx, listener, &http.Server{
		Handler: handler, ReadTimeout: adminReadTimeout, WriteTimeout: adminWriteTimeout,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	})
}
