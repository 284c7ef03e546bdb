package check

import (
	"bytes"
	"context"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
)

// eachElement calls a function for each start tag in HTML, with the line that it
// begins in, counted from first.
func eachElement(data []byte, first int, fn func(t html.Token, line int)) {
	z := html.NewTokenizer(bytes.NewReader(data))
	line := first
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		breaks := bytes.Count(z.Raw(), []byte("\n"))
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			fn(z.Token(), line)
		}
		line += breaks
	}
}

func attr(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// references returns the addresses that an element names.
func references(t html.Token) []string {
	var refs []string
	for _, a := range t.Attr {
		switch a.Key {
		case "href", "src", "poster", "cite", "data", "action", "formaction", "longdesc", "background":
			refs = append(refs, strings.TrimSpace(a.Val))
		case "srcset":
			refs = append(refs, candidates(a.Val)...)
		}
	}
	return refs
}

// candidates returns the addresses of a srcset.
func candidates(srcset string) []string {
	var refs []string
	for rest := srcset; ; {
		rest = strings.TrimLeft(rest, " \t\r\n\f,")
		if rest == "" {
			return refs
		}
		end := strings.IndexAny(rest, " \t\r\n\f")
		if end < 0 {
			end = len(rest)
		}
		ref := rest[:end]
		rest = rest[end:]
		if bare := strings.TrimRight(ref, ","); bare != ref {
			ref = bare // there is no descriptor
		} else if _, after, more := strings.Cut(rest, ","); more {
			rest = after
		} else {
			rest = ""
		}
		refs = append(refs, ref)
	}
}

// content checks the HTML of an entry in a feed. Its links within the site are
// those of the entry's page, and are followed there.
func (p place) content(line int, s string) {
	seen := map[string]bool{}
	eachElement([]byte(s), line, func(t html.Token, at int) {
		switch t.Data {
		case "script", "style", "iframe", "object", "embed", "form", "base", "link", "meta":
			p.add(at, unsafeHTML, "the content has an element <%s>", t.Data)
			return
		}
		for _, a := range t.Attr {
			if strings.HasPrefix(a.Key, "on") {
				p.add(at, unsafeHTML, "the content has an attribute %s", a.Key)
			}
		}
		for _, ref := range references(t) {
			u, err := url.Parse(ref)
			switch {
			case seen[ref]:
			case err != nil:
				p.add(at, badURL, "the address %s in the content can not be parsed", quote(ref))
			case u.Scheme == "javascript" || u.Scheme == "vbscript":
				p.add(at, unsafeHTML, "the content has a link that is a script, %s", quote(ref))
			case !u.IsAbs():
				p.add(at, relativeURL, "the address %s in the content is relative", quote(ref))
			}
			seen[ref] = true
		}
	})
}

// A page is an HTML page while it is checked.
type page struct {
	place
	name   string
	self   *url.URL
	ids    map[string]bool
	places map[string]int    // on the page itself that links lead to, with their lines
	feeds  map[string]string // that it names, by their titles
	titled bool
	seen   map[string]bool // references that were followed

	instead func(target string) string // a hint at what else to link to
}

// page checks a page: what it names, and what readers look for in its head.
func (p place) page(ctx context.Context, name string, data []byte) {
	g := page{
		place: p, instead: func(target string) string { return p.instead(ctx, target) }, name: name, self: p.out.url(name),
		ids: map[string]bool{}, places: map[string]int{}, feeds: map[string]string{}, seen: map[string]bool{},
	}
	p.characters(data)
	eachElement(data, 1, g.element)
	for id, line := range g.places {
		p.check(g.ids[id], line, deadLink, "the link #%s leads to no place on the page", id)
	}
	p.check(g.titled, 0, badPage, "the page has no title")
	p.check(len(g.feeds) > 0, 0, badPage, "the page names no feed, and readers do not find one")
}

func (g *page) element(t html.Token, line int) {
	g.ids[attr(t, "id")] = true
	switch t.Data {
	case "html":
		if attr(t, "lang") == "" {
			g.add(line, badPage, "the page does not tell its language")
		}
	case "title":
		g.titled = true
	case "link":
		g.head(t, line)
	}
	for _, ref := range references(t) {
		g.follow(t.Data, ref, line)
	}
}

// head checks a link in the head of a page.
func (g *page) head(t html.Token, line int) {
	switch attr(t, "rel") {
	case "canonical":
		if href := attr(t, "href"); href != g.self.String() {
			g.add(line, wrongSelf, "the canonical address %s is not the page's, %s; %s", quote(href), g.self, hintBase)
		}
	case "alternate":
		switch attr(t, "type") {
		case "application/rss+xml", "application/atom+xml", "application/feed+json":
			title, href := attr(t, "title"), attr(t, "href")
			if other, there := g.feeds[title]; there && other != href {
				g.add(line, badPage, "two feeds of the page have the title %s, and readers offer both by it", quote(title))
			}
			g.feeds[title] = href
		}
	}
}

// follow follows a link within the site.
func (g *page) follow(element, ref string, line int) {
	if id, here := strings.CutPrefix(ref, "#"); here {
		if id != "" && id != "top" {
			g.places[id] = line
		}
		return
	}
	if g.seen[ref] && element != "a" {
		return
	}
	u, err := url.Parse(ref)
	if err != nil {
		g.add(line, badURL, "the address %s can not be parsed", quote(ref))
		return
	}
	name, within := g.out.file(g.self.ResolveReference(u))
	switch {
	case !within:
	case !g.out.has(name):
		// The templates link by relative addresses, but for the head of a page;
		// those of a content are absolute, and its author's to mend.
		r := deadLink
		if u.IsAbs() && element != "link" {
			r = contentLink
		}
		if !g.seen[ref] {
			g.add(line, r, "the link %s leads nowhere: there is no %s%s", quote(ref), printable(path.Join(g.outName(), name)), g.instead(name))
		}
	case name != g.name && element == "a":
		g.out.led[name] = true
	}
	g.seen[ref] = true
}
