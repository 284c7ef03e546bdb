package serve

import (
	"net/http"
	"net/url"
	"path"
	"strings"
)

// A browser shows a feed as source, or saves it. Who follows a link to one with a
// browser is sent to its page, by 303 and not to be stored: a cache that pays no
// heed to Vary, as most of those of CDNs, would else give the page to readers,
// while a feed given to a browser does no harm.

// toPage answers a browser that asks for a feed, and reports whether it did.
func (h *Handler) toPage(w http.ResponseWriter, r *http.Request, name string, kind media) bool {
	if !kind.feed || !asksForPage(r.Header["Accept"]) {
		return false
	}
	page := pageOf(name)
	if info, err := h.out.Stat(page); err != nil || !info.Mode().IsRegular() {
		return false
	}
	to := "./"
	if base := path.Base(page); base != index {
		to += (&url.URL{Path: base}).EscapedPath()
	}
	head := w.Header()
	guard(head)
	head["Vary"] = varyFeed
	head.Set("Cache-Control", "private, no-store")
	head.Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
	return true
}

// pageOf names the page of a feed: that of its folder, or the one of its month
// in the archive.
func pageOf(name string) string {
	if _, ok := feedTypes[path.Base(name)]; ok {
		return path.Join(path.Dir(name), index)
	}
	return strings.TrimSuffix(name, path.Ext(name)) + path.Ext(index)
}

// asksForPage reports whether the values of Accept (RFC 9110 section 12.5.1) are
// those of a browser that follows a link: text/html comes first, and no type of a
// feed is wanted as much. All browsers name application/xml, but with a lower
// weight. Who takes anything, and does not name XHTML as browsers do, is a
// program: that is the default of Java's.
func asksForPage(values []string) bool {
	const first = "text/html"
	if len(values) == 0 {
		return false
	}
	if v := strings.TrimLeft(values[0], " \t"); len(v) < len(first) || !strings.EqualFold(v[:len(first)], first) {
		return false // most are done here
	}
	var html float64
	var xhtml, anything bool
	for i, item := range strings.Split(strings.Join(values, ","), ",") {
		name, parameters, _ := strings.Cut(item, ";")
		name, q := strings.ToLower(strings.TrimSpace(name)), weight(parameters)
		switch {
		case i == 0:
			if html = q; name != first || html == 0 {
				return false
			}
		case name == "application/xhtml+xml":
			xhtml = true
		case name == "application/xml" && q >= html, isFeedType(name) && q > 0:
			return false
		case strings.HasPrefix(name, "*"):
			anything = true
		}
	}
	return xhtml || !anything
}

// isFeedType reports whether only who reads feeds asks for a type.
func isFeedType(name string) bool {
	_, subtype, _ := strings.Cut(name, "/")
	return name == "text/xml" || strings.HasSuffix(subtype, "json") ||
		strings.Contains(subtype, "rss") || strings.Contains(subtype, "atom") || strings.Contains(subtype, "rdf")
}
