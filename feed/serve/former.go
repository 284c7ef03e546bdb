package serve

import (
	"bytes"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"
)

// A Fate is what became of a page that is not there.
type Fate struct {
	// Gone tells that it was there, and was withdrawn: that is 410 and a page
	// that says so, instead of 404.
	Gone bool

	// To is the path where it is now, relative to the site, or "": that is 301.
	To string

	// What the page of 410 tells of what was there: its title, when it went, and
	// why; the zero values for what is not to be told.
	Title  string
	When   time.Time
	Reason string
}

// gonePage is shown in place of a page that was withdrawn, in the markup and
// with the style of the pages that are there.
var gonePage = template.Must(template.New("gone").Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Withdrawn</title>
<link rel="stylesheet" href="{{.Top}}style.css">
</head>
<body>
<header class="masthead">
<p class="nameplate"><a href="{{.Top}}">Front page</a></p>
</header>
<main id="main">
<article class="story">
<header>
<h1>This entry was withdrawn</h1>
</header>
<div class="text">
<p>{{if .Title}}“<span dir="auto">{{.Title}}</span>”{{else}}It{{end}} was published at this address, and its publisher has taken it back
{{- if not .When.IsZero}} on <time datetime="{{.When.UTC.Format "2006-01-02T15:04:05Z07:00"}}">{{.When.UTC.Format "2 January 2006"}}</time>{{end}}.</p>
{{- if .Reason}}
<p>Why: <span dir="auto">{{.Reason}}</span></p>
{{- end}}
</div>
</article>
</main>
</body>
</html>
`))

// absent answers for a path that no file has.
func (h *Handler) absent(w http.ResponseWriter, r *http.Request, asked string) {
	if h.fate == nil || !h.ready() {
		h.refuse(w, r, http.StatusNotFound)
		return
	}
	fate, err := h.fate(r.Context(), strings.TrimPrefix(asked, "/"))
	switch {
	case err != nil:
		h.log.Error("what became of a page is not known", "path", r.URL.Path, "error", err)
		h.unavailable(w, r)
	case fate.To != "":
		h.moved(w, top(asked)+(&url.URL{Path: fate.To}).EscapedPath(), r.URL.RawQuery)
	case fate.Gone:
		h.gone(w, r, top(asked), fate)
	default:
		h.refuse(w, r, http.StatusNotFound)
	}
}

// top is the relative address of the top of the site from a page of it. It is
// never empty, which would be the page itself.
func top(asked string) string {
	depth := strings.Count(asked, "/") - 1
	if depth == 0 {
		return "./"
	}
	return strings.Repeat("../", depth)
}

// gone tells that a page was withdrawn. It may come back, so that the answer is
// good for as long as the pages are.
func (h *Handler) gone(w http.ResponseWriter, r *http.Request, top string, fate Fate) {
	var body bytes.Buffer
	if err := gonePage.Execute(&body, struct {
		Fate
		Top string
	}{fate, top}); err != nil {
		h.log.Error("the page of a withdrawn entry can not be made", "path", r.URL.Path, "error", err)
		h.unavailable(w, r)
		return
	}
	head := w.Header()
	h.fresh.set(head, time.Now())
	head["Content-Type"] = mediaTypes[path.Ext(index)].header
	head["Content-Security-Policy"] = pageRules
	head.Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(http.StatusGone)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body.Bytes())
	}
}

// moved sends who asked to another address, for good. It is relative, since a
// proxy may have taken a prefix away.
func (h *Handler) moved(w http.ResponseWriter, to, query string) {
	if query != "" {
		to += "?" + query
	}
	w.Header().Set("Location", to)
	h.fresh.set(w.Header(), time.Now())
	w.WriteHeader(http.StatusMovedPermanently)
}
