package check

import (
	"slices"
	"strings"
)

// The elements of Atom (RFC 4287, 4.1).
const (
	atomFeedModel   model = "atom:id atom:title atom:updated atom:subtitle? atom:rights? atom:generator? atom:icon? atom:logo? atom:link* atom:author* atom:contributor* atom:category* atom:entry*"
	atomEntryModel  model = "atom:id atom:title atom:updated atom:published? atom:summary? atom:content? atom:rights? atom:source? atom:link* atom:author* atom:contributor* atom:category*"
	atomPersonModel model = "atom:name atom:uri? atom:email?"
)

// atom checks a feed in Atom 1.0, by RFC 4287, its schema's order, and what
// readers do.
func (p place) atom(name string, root *node) publication {
	f := publication{name: name, archive: root.one("fh:archive") != nil}
	p.conform(root, "atom:", atomFeedModel)
	p.last(root, "atom:entry")
	p.atomCommon(root)
	if n := root.one("atom:id"); n != nil {
		f.id, f.idLine = strings.TrimSpace(n.text), n.line
	}
	for _, link := range root.all("atom:link") {
		if link.attrs["rel"] == "self" {
			f.self, f.selfLine = link.attrs["href"], link.line
		}
	}
	updated := root.textOf("atom:updated")
	for _, entry := range root.all("atom:entry") {
		f.items = append(f.items, p.atomEntry(entry))
		p.check(root.one("atom:author") != nil || entry.one("atom:author") != nil || entry.one("atom:source") != nil,
			entry.line, missingElement, "neither the entry nor the feed has an author")
		if own := entry.textOf("atom:updated"); own > updated && len(own) == len(updated) {
			p.add(entry.line, badOrder, "the entry is updated %s, after its feed, %s: some readers hide it", own, updated)
		}
	}
	p.tombstones(root, &f)
	return f
}

func (p place) atomEntry(n *node) item {
	it := item{line: n.line, url: alternate(n)}
	p.conform(n, "atom:", atomEntryModel)
	p.atomCommon(n)
	if c := n.one("atom:id"); c != nil {
		it.id, it.idLine = strings.TrimSpace(c.text), c.line
	}
	if c := n.one("atom:updated"); c != nil {
		it.updated = p.webDate(c.line, "updated", c.text)
	}
	if c := n.one("atom:published"); c != nil {
		it.published = p.webDate(c.line, "published", c.text)
		p.check(it.updated.IsZero() || !it.published.After(it.updated), c.line, badOrder, "published %s is after updated", c.text)
	}
	p.media(n)
	p.check(n.one("atom:content") != nil || it.url != "", n.line, missingElement, "the entry has neither content nor a link to its page")
	return it
}

// alternate returns the address of an element's page, or "".
func alternate(n *node) string {
	for _, link := range n.all("atom:link") {
		if rel := link.attrs["rel"]; rel == "alternate" || rel == "" {
			return link.attrs["href"]
		}
	}
	return ""
}

// atomCommon checks what feeds and entries have both.
func (p place) atomCommon(n *node) {
	alternates := map[string]bool{}
	for _, c := range n.children {
		switch c.name {
		case "atom:id":
			p.check(strings.Contains(c.text, ":"), c.line, badURL, "id %s is no absolute IRI", quote(c.text))
			p.check(strings.TrimSpace(c.text) == c.text, c.line, badValue, "id %s has white space around it", quote(c.text))
		case "atom:updated":
			if n.name == "atom:feed" {
				p.webDate(c.line, "updated", c.text)
			}
		case "atom:title", "atom:subtitle", "atom:rights", "atom:summary", "atom:content":
			p.atomText(c)
		case "atom:link":
			p.atomLink(c, alternates)
		case "atom:category":
			p.check(c.attrs["term"] != "", c.line, missingElement, "category has no term")
			p.plain(c.line, "category", c.attrs["term"])
		case "atom:icon", "atom:logo":
			p.link(c.line, c.name, c.text)
		case "atom:author", "atom:contributor":
			p.atomPerson(c)
		}
	}
}

// atomText checks a text construct (RFC 4287, 3.1) or a content (4.1.3).
func (p place) atomText(n *node) {
	kind := n.attrs["type"]
	name := strings.TrimPrefix(n.name, "atom:")
	switch kind {
	case "xhtml":
		p.check(len(n.children) == 1, n.line, badValue, "%s of type xhtml is to have one div", name)
		return
	case "html":
		p.content(n.line, n.text)
	case "", "text":
		p.check(len(n.children) == 0, n.line, badValue, "%s of type text has elements in it", name)
		if n.name != "atom:content" {
			p.plain(n.line, name, n.text)
		}
	default:
		p.check(n.name == "atom:content", n.line, badValue, "%s: the type %s is none of text, html and xhtml", name, quote(kind))
	}
	p.check(strings.TrimSpace(n.text) != "" || n.attrs["src"] != "", n.line, missingElement, "%s is empty", name)
}

func (p place) atomLink(n *node, alternates map[string]bool) {
	rel := n.attrs["rel"]
	if rel == "" {
		rel = "alternate"
	}
	if rel == "self" || rel == "hub" { // the one is compared with the right one elsewhere, the other no file
		p.absolute(n.line, rel, n.attrs["href"])
		return
	}
	p.link(n.line, rel, n.attrs["href"])
	if n.attrs["type"] != "" {
		p.mediaType(n.line, "link", n.attrs["type"])
	}
	if key := n.attrs["type"] + " " + n.attrs["hreflang"]; rel == "alternate" {
		p.check(!alternates[key], n.line, repeatedElement, "there are two alternate links of type %s", quote(n.attrs["type"]))
		alternates[key] = true
	}
}

func (p place) atomPerson(n *node) {
	p.conform(n, "atom:", atomPersonModel)
	p.blank(n, "atom:name")
	if c := n.one("atom:name"); c != nil {
		p.plain(c.line, "name", c.text)
	}
	if c := n.one("atom:uri"); c != nil {
		p.absolute(c.line, "uri", c.text)
	}
	if c := n.one("atom:email"); c != nil {
		p.mail(c.line, "email", c.text)
	}
}

// tombstones checks the entries that a feed says are withdrawn (RFC 6721, 3).
func (p place) tombstones(root *node, f *publication) {
	seen := map[string]bool{}
	for _, n := range root.all("at:deleted-entry") {
		ref, when := n.attrs["ref"], n.attrs["when"]
		p.check(ref != "", n.line, badTombstone, "deleted-entry has no ref")
		at := p.webDate(n.line, "when", when)
		p.check(!seen[ref+when], n.line, badTombstone, "the entry %s is deleted twice at %s", quote(ref), when)
		seen[ref+when] = true
		if i := slices.IndexFunc(f.items, func(it item) bool { return it.id == ref }); i >= 0 && !f.items[i].updated.After(at) {
			p.add(n.line, badTombstone, "the entry %s is deleted, and is in the feed too", quote(ref))
		}
		f.deleted = append(f.deleted, item{id: ref, idLine: n.line})
	}
}
