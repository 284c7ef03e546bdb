package admin

import (
	"bytes"
	"context"
	_ "embed" // the page and its style
	"fmt"
	"log/slog"
	"net/http"
	"net/http/pprof"
	"time"
)

// patience is how long a question to the server may take.
const patience = 10 * time.Second

// Options say what is shown. Status, Ready, Alive and Metrics must be given; all
// may be called by many goroutines at once.
type Options struct {
	Status func(context.Context) Status

	// Ready tells why readers should not be sent here now, as that the last good
	// run is too old, or nil. Alive tells why the program should be started anew,
	// as that it answers nothing, or nil.
	Ready func() error
	Alive func(context.Context) error

	Metrics *Metrics

	Style []byte   // the style sheet of the site's pages
	Names []string // host names of this machine, besides localhost

	Log *slog.Logger // nil means slog.Default()
}

// New returns the handler of the operator's side:
//
//	/               the status page
//	/metrics        in the text format of Prometheus
//	/healthz        200, or 503 and why not
//	/readyz         200, or 503 and why not
//	/debug/pprof/   profiles
func New(o Options) http.Handler {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", o.page)
	mux.Handle("GET /metrics", o.Metrics.handler(o.Log))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		verdict(w, o.Alive(ctx))
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) { verdict(w, o.Ready()) })
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	mux.HandleFunc("GET /style.css", sheet(o.Style))
	mux.HandleFunc("GET /status.css", sheet(statusStyle))
	return guard(mux, o.Names)
}

// verdict answers a question of health.
func verdict(w http.ResponseWriter, problem error) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if problem != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = fmt.Fprintln(w, problem)
		return
	}
	_, _ = fmt.Fprintln(w, "ok")
}

//go:embed status.css
var statusStyle []byte

func sheet(style []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		_, _ = w.Write(style)
	}
}

// page answers with the status page, whole or not at all.
func (o Options) page(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	var page bytes.Buffer
	if err := statusPage().Execute(&page, o.Status(ctx)); err != nil {
		o.Log.Error("the status page can not be written", "error", err)
		http.Error(w, "the status page can not be written; the log tells why", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(page.Bytes())
}
