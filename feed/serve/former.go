package serve

import (
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
)

// A Fate is what became of a page that is not there.
type Fate struct {
	// Gone tells that it was there, and was withdrawn: that is 410 and a page
	// that says so, instead of 404.
	Gone bool

	// To is the path where it is now, relative to the site, or "": that is 301.
	To string
}

// gonePage is shown in place of a page that was withdrawn, in the markup and
// with the style of the pages that are there. It has no word of what it was. %[1]s
// leads to the top of the site.
const gonePage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Withdrawn</title>
<link rel="stylesheet" href="%[1]sstyle.css">
</head>
<body>
<header class="masthead">
<p class="nameplate"><a href="%[1]s">Front page</a></p>
</header>
<main id="main">
<article class="story">
<header>
<h1>This entry was withdrawn</h1>
</header>
<div class="text">
<p>It was published at this address, and its publisher has taken it back.</p>
</div>
</article>
</main>
</body>
</html>
`

// absent answers for a path that no file has.
func (h *handler) absent(w http.ResponseWriter, r *http.Request, asked string) {
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
		h.gone(w, r, top(asked))
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
func (h *handler) gone(w http.ResponseWriter, r *http.Request, top string) {
	body := fmt.Sprintf(gonePage, top)
	head := w.Header()
	h.fresh.set(head)
	head["Content-Type"] = mediaTypes[path.Ext(index)].header
	head["Content-Security-Policy"] = pageRules
	head.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusGone)
	if r.Method != http.MethodHead {
		_, _ = w.Write([]byte(body))
	}
}

// moved sends who asked to another address, for good. It is relative, since a
// proxy may have taken a prefix away.
func (h *handler) moved(w http.ResponseWriter, to, query string) {
	if query != "" {
		to += "?" + query
	}
	w.Header().Set("Location", to)
	h.fresh.set(w.Header())
	w.WriteHeader(http.StatusMovedPermanently)
}
