package check

import "strings"

// headModel is what the head of an OPML document may have.
const headModel model = "title? dateCreated? dateModified? ownerName? ownerEmail? ownerId? docs? expansionState? vertScrollState? windowTop? windowLeft? windowBottom? windowRight?"

// opml checks a list of feeds, by OPML 2.0 (http://opml.org/spec2.opml).
func (p place) opml(root *node) {
	p.check(root.attrs["version"] == "2.0", root.line, badValue, "the version %s is not 2.0", quote(root.attrs["version"]))
	p.conform(root, "", "head body")
	if head := root.one("head"); head != nil {
		p.conform(head, "", headModel)
		for _, name := range []string{"dateCreated", "dateModified"} {
			if n := head.one(name); n != nil {
				p.rssDate(n.line, name, n.text)
			}
		}
	}
	if body := root.one("body"); body != nil {
		p.check(len(body.all("outline")) > 0, body.line, missingElement, "body has no outline")
		p.outlines(body)
	}
}

// outlines checks the outlines in an element, and those in them.
func (p place) outlines(n *node) {
	for _, o := range n.all("outline") {
		p.check(strings.TrimSpace(o.attrs["text"]) != "", o.line, missingElement, "outline has no text")
		p.plain(o.line, "text", o.attrs["text"])
		if strings.EqualFold(o.attrs["type"], "rss") {
			p.check(o.attrs["xmlUrl"] != "", o.line, missingElement, "outline of a feed has no xmlUrl")
		}
		for _, name := range []string{"xmlUrl", "htmlUrl"} {
			if address := o.attrs[name]; address != "" {
				p.link(o.line, name, address)
				p.lead(address)
			}
		}
		if tag := o.attrs["language"]; tag != "" {
			p.languageTag(o.line, tag)
		}
		p.outlines(o)
	}
}

// sitemap checks a list of pages, by https://www.sitemaps.org/protocol.html, or a
// list of such lists.
func (p place) sitemap(root *node) {
	for _, n := range root.children {
		loc := n.one("sitemap:loc")
		if loc == nil {
			p.add(n.line, missingElement, "%s has no loc", n.name)
			continue
		}
		p.link(loc.line, "loc", loc.text)
		if last := n.textOf("sitemap:lastmod"); len(last) > len("2006-01-02") {
			p.webDate(n.line, "lastmod", last)
		}
	}
}
