// Package serve answers HTTP requests with the files of a folder, out/.
//
// It is made for feeds, which many programs ask for again and again: a feed is
// read and digested once for each content, and compressed once in each coding
// that is asked for (br, zstd, gzip); both validators (ETag and Last-Modified, RFC
// 9110 section 8.8) are sent and each is honoured alone. Readers are told to come
// back when there may be news. What another process wrote is seen by the next request.
// A browser that asks for a feed is sent to the page of it. The WebSub hubs that a
// feed names, and its address, are in the header Link of it too.
//
// Only GET and HEAD are answered, and only regular files below the folder: no
// name with a leading dot, no listing, nothing that a symbolic link leads out to.
// A response is whole: its body and its validators come from the same bytes of
// one file, also while files are replaced, which is to be done by a rename: none
// mixes two builds. Two responses may come from two builds; that whatever a feed
// names is there is up to the order in which the publisher writes. Options.Trust
// lets many requests a moment share one look at the file.
// It never writes a file, never compresses what was not asked for compressed, and
// takes media types from its own table, not from the system's.
package serve

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"time"
)

// DefaultMaxAge is how long readers need not ask again, unless Options tell.
const DefaultMaxAge = 5 * time.Minute

// Options say how a folder is served. The zero value is useful.
type Options struct {
	// Prefix is the path of the site's address, as "/news/": what is asked for
	// below it is looked up without it. What is asked for elsewhere is looked up
	// as it is, so that a proxy may take the prefix away or leave it. Where it
	// takes it away, no section of the site can have the name of the prefix.
	Prefix string

	// MaxAge is how long readers and caches may use a response without asking
	// again, when Next tells nothing. Zero means DefaultMaxAge; less than zero,
	// that they always ask, whatever Next tells.
	MaxAge time.Duration

	// Next reports when the next run is planned: until then, but no less than a
	// minute and no more than an hour, readers need not ask again. Due reports
	// when something published is to change by itself, as the end of an embargo:
	// nothing is used beyond that. Both are called for each request. Nil, and the
	// zero time, mean that nothing is planned.
	Next, Due func() time.Time

	// Ready reports whether the first run is done. As long as it is not, a file
	// that is missing is answered with 503 and Retry-After: a reader that is told
	// 404 may not come back for days. Nil means that it is done.
	Ready func() bool

	// Fate reports what became of a path that no file has, relative to the site
	// and without a slash before it. It is asked when the first run is done. An
	// error is logged, and answered with 503. Nil means that nothing is known.
	Fate func(ctx context.Context, path string) (Fate, error)

	// Memory limits the bytes of files held in memory, compressed ones included.
	// Zero means 32 MB.
	Memory int64

	// Trust is for how long a file that is held in memory is taken to be as it was
	// when it was last looked at: until then, what another process wrote may not be
	// seen. What Changed is called after is seen. Zero means that each request looks.
	Trust time.Duration

	// Traffic counts who asks for which feed. Nil means that nothing is counted.
	Traffic *Traffic

	Log *slog.Logger // of faults while reading files; nil means slog.Default()
}

// New returns a handler that serves the files below out, which must stay open as
// long as the handler is in use.
func New(out *os.Root, o Options) *Handler {
	h := &Handler{
		out:    out,
		prefix: strings.Trim(o.Prefix, "/"),
		fresh:  freshness{fixed: cmp.Or(o.MaxAge, DefaultMaxAge), next: o.Next, due: o.Due},
		ready:  o.Ready,
		fate:   o.Fate,
		log:    o.Log,
		store:  newStore(out, cmp.Or(o.Memory, defaultMemory), o.Trust, o.Traffic),
	}
	nothing := func() time.Time { return time.Time{} }
	if h.fresh.next == nil {
		h.fresh.next = nothing
	}
	if h.fresh.due == nil {
		h.fresh.due = nothing
	}
	if h.ready == nil {
		h.ready = func() bool { return true }
	}
	if h.log == nil {
		h.log = slog.Default()
	}
	return h
}

// A Handler serves the files of a folder. It may be used by many goroutines at once.
type Handler struct {
	out    *os.Root
	prefix string // without slashes at the ends
	fresh  freshness
	ready  func() bool
	fate   func(context.Context, string) (Fate, error) // may be nil
	log    *slog.Logger
	store  *store
}

// Changed tells that files were written: each is looked at again when it is asked for.
func (h *Handler) Changed() { h.store.era.Add(1) }

// Headers that are the same in all responses. net/http only reads them.
var (
	noSniff   = []string{"nosniff"}
	referrer  = []string{"strict-origin-when-cross-origin"}
	vary      = []string{"Accept-Encoding"}
	varyFeed  = []string{"Accept, Accept-Encoding"}
	pageRules = []string{"default-src 'none'; style-src 'self'; img-src https: http: data:; media-src https: http:; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'self'"}
)

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	asked, inside := h.site(r.URL.Path)
	readOnly := r.Method == http.MethodGet || r.Method == http.MethodHead
	now := time.Now()
	if readOnly && inside {
		if file := h.store.recent(asked, now); file != nil {
			h.serveHeld(w, r, file, now)
			return
		}
	}
	guard(w.Header())
	if !readOnly {
		w.Header().Set("Allow", "GET, HEAD")
		h.refuse(w, r, http.StatusMethodNotAllowed)
		return
	}
	if !inside {
		h.redirect(w, r)
		return
	}
	name, ok := fileName(asked)
	if !ok {
		h.refuse(w, r, http.StatusNotFound)
		return
	}
	h.serveFile(w, r, asked, name, now)
}

// guard sets what tells browsers to be careful.
func guard(head http.Header) {
	head["X-Content-Type-Options"] = noSniff
	head["Referrer-Policy"] = referrer
}

// site takes the prefix of the site away from a path. It reports false if the path
// is the prefix without its final slash.
func (h *Handler) site(asked string) (string, bool) {
	if h.prefix == "" || !strings.HasPrefix(asked, "/"+h.prefix) {
		return asked, true
	}
	switch rest := asked[1+len(h.prefix):]; {
	case rest == "":
		return "", false
	case rest[0] == '/':
		return rest, true
	}
	return asked, true
}

// serveFile answers with the file of a name, which is valid, and that of the path
// that was asked for.
func (h *Handler) serveFile(w http.ResponseWriter, r *http.Request, asked, name string, now time.Time) {
	era := h.store.era.Load()
	info, err := h.out.Stat(name)
	switch {
	case err != nil && missing(err):
		h.absent(w, r, asked)
		return
	case err != nil:
		h.fault(w, r, err)
		return
	case info.IsDir():
		if page, err := h.out.Stat(path.Join(name, index)); err == nil && page.Mode().IsRegular() {
			h.redirect(w, r)
			return
		}
	}
	if !info.Mode().IsRegular() {
		h.absent(w, r, asked)
		return
	}
	kind := mediaType(name)
	if !kind.text || info.Size() > maxHeld {
		if !h.toPage(w, r, name, kind) {
			h.stream(w, r, name, kind)
		}
		return
	}
	file, err := h.store.file(name, info, look{at: now, era: era})
	if err != nil {
		h.fault(w, r, err)
		return
	}
	h.serveHeld(w, r, file, now)
}

// serveHeld answers with a file that is held in memory.
func (h *Handler) serveHeld(w http.ResponseWriter, r *http.Request, file *held, now time.Time) {
	head := w.Header()
	if h.toPage(w, r, file.name, file.kind) {
		return
	}
	h.fresh.set(head, now)
	head["Vary"] = vary
	if file.kind.feed {
		head["Vary"] = varyFeed
	}
	head["Etag"] = file.etagHeader
	if !file.modified.After(now) {
		head["Last-Modified"] = file.modifiedHeader
	}
	status := condition(r.Header, file.etag, file.modified)
	if status == 0 {
		status = http.StatusOK
	}
	file.readers.note(status, r, now)
	if status == http.StatusNotModified {
		// What browsers are told stands with what they have (RFC 9111 section 3.2).
		delete(head, "X-Content-Type-Options")
		delete(head, "Referrer-Policy")
		w.WriteHeader(status)
		return
	}
	guard(head)
	if status != http.StatusOK {
		w.WriteHeader(status)
		return
	}
	head["Content-Type"] = file.kind.header
	if file.kind.page {
		head["Content-Security-Policy"] = pageRules
	}
	if file.links != nil {
		head["Link"] = file.links
	}
	body := file.body
	head["Content-Length"] = file.bodyLength
	if c := accepted(r.Header["Accept-Encoding"]); c != identity {
		if form := h.store.form(file, c); form != nil {
			body = form.body
			head["Content-Encoding"], head["Content-Length"] = form.encoding, form.length
		}
	}
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		follows(r, len(body))
		_, _ = w.Write(body) // who asked has gone: there is nobody to tell
	}
}

// redirect sends who asked for a folder without its final slash to the folder.
func (h *Handler) redirect(w http.ResponseWriter, r *http.Request) {
	to := url.URL{Path: "./" + path.Base(r.URL.Path) + "/"}
	h.moved(w, to.EscapedPath(), r.URL.RawQuery)
}

// refuse answers with a status and its short text.
func (h *Handler) refuse(w http.ResponseWriter, r *http.Request, status int) {
	if status == http.StatusNotFound && !h.ready() {
		h.unavailable(w, r)
		return
	}
	head := w.Header()
	head.Set("Cache-Control", "no-cache")
	head.Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = fmt.Fprintf(w, "%d %s\n", status, http.StatusText(status))
	}
}

// unavailable asks to come again in a moment.
func (h *Handler) unavailable(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Retry-After", "10")
	h.refuse(w, r, http.StatusServiceUnavailable)
}

// fault answers when a file could not be had.
func (h *Handler) fault(w http.ResponseWriter, r *http.Request, err error) {
	if missing(err) {
		h.refuse(w, r, http.StatusNotFound)
		return
	}
	h.log.Error("file can not be read", "path", r.URL.Path, "error", err)
	h.unavailable(w, r)
}
