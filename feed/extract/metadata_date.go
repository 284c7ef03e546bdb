package extract

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"seedfeed/feed/extract/date"
	"seedfeed/feed/extract/text"
)

// publishedNames are the names of metadata that give the day of publication,
// those that mean nothing else first: Open Graph, schema.org, the services that
// count readers (Parse.ly, Sailthru), Dublin Core, the systems of newspapers.
var publishedNames = []string{
	"article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished", "rnews:datepublished",
	"parsely-pub-date", "sailthru.date", "bt:pubdate", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
	"article:publicationdate", "article.published", "publishdate", "publish-date", "publish_date", "pubdate", "pub_date", "publication_date",
	"publication-date", "originalpublicationdate", "published_time", "published-date", "publisheddate", "publish_time", "publishtime", "date_published", "displaydate",
	"article_date_original", "citation_publication_date", "citation_online_date", "citation_date", "prism.publicationdate",
	"dc.date.issued", "dcterms.issued", "dc.issued", "dcterms.date", "dc.date", "dcterms.created", "dc.date.created", "dc.created",
	"datecreated", "article.created", "article:created_time", "created", "dateposted", "posted", "release_date", "gentime", "date",
}

// updatedNames are the names that give the day of the last change.
var updatedNames = []string{
	"article:modified_time", "og:article:modified_time", "og:updated_time", "article:modified", "datemodified", "article.updated", "lastmod",
	"last-modified", "last_modified", "lastmodified", "modified", "revised", "updated", "dcterms.modified", "dc.date.modified", "eomportal-lastupdate",
}

// dates returns the days that a page gives, those that it states for machines
// before those that it shows to people.
func (p *page) dates() []stated {
	d := dateFinder{page: p, grammar: date.Grammar{Order: date.OrderOf(p.lang)}}
	d.object(p.article, "datePublished", askPublished)
	d.names(publishedNames, askPublished)
	d.marked()
	for _, o := range p.objects {
		if o.isPage() {
			d.object(o, "datePublished", askPublished)
		}
	}
	d.object(p.article, "dateCreated", askPublished)
	d.address()
	d.shown()
	d.object(p.article, "dateModified", askUpdated)
	d.names(updatedNames, askUpdated)
	return append(d.published, d.updated...)
}

// A dateFinder gathers days, best first.
type dateFinder struct {
	page      *page
	grammar   date.Grammar
	published []stated
	updated   []stated
}

// add keeps a value that is a day.
func (d *dateFinder) add(ask question, words, source string) bool {
	words = text.OneLine(words)
	if words == "" || len(words) > 80 {
		return false
	}
	at, ok := d.grammar.Parse(words)
	if !ok {
		found := d.grammar.Find(words)
		if len(found) == 0 {
			return false
		}
		at, words = found[0], found[0].String()
	}
	// No page is older than the web; years before it are those of an empty
	// field (1970) or of an event.
	if !at.Full() || at.Year < 1990 || at.Year > 2100 {
		return false
	}
	v := stated{ask: ask, value: words, source: source}
	if ask == askUpdated {
		d.updated = append(d.updated, v)
	} else {
		d.published = append(d.published, v)
	}
	return true
}

func (d *dateFinder) object(o ldObject, key string, ask question) {
	if words := o.text(key); words != "" {
		d.add(ask, words, "JSON-LD "+key)
	}
}

func (d *dateFinder) names(names []string, ask question) {
	for _, name := range names {
		for _, words := range d.page.meta[name] {
			if d.add(ask, words, name) {
				break
			}
		}
	}
}

// marked reads elements that are marked as the time of publication: microdata,
// the old pubdate, the classes of hAtom.
func (d *dateFinder) marked() {
	for _, n := range d.page.visible {
		prop := strings.ToLower(attr(n, "itemprop"))
		class := " " + strings.ToLower(attr(n, "class")) + " "
		switch {
		case peripheral(n):
		case strings.Contains(prop, "datepublished"):
			d.element(n, askPublished, "itemprop datePublished")
		case strings.Contains(prop, "datemodified"):
			d.element(n, askUpdated, "itemprop dateModified")
		case n.DataAtom == atom.Time && hasAttr(n, "pubdate"):
			d.element(n, askPublished, "time pubdate")
		case (n.DataAtom == atom.Time || n.DataAtom == atom.Abbr) && strings.Contains(class, " published "):
			d.element(n, askPublished, "time published")
		case (n.DataAtom == atom.Time || n.DataAtom == atom.Abbr) && strings.Contains(class, " updated "):
			d.element(n, askUpdated, "time updated")
		}
	}
}

// element reads the day that an element gives, to machines or to people.
func (d *dateFinder) element(n *html.Node, ask question, source string) bool {
	for _, key := range [...]string{"datetime", "content", "title", "data-datetime", "data-timestamp"} {
		if words := attr(n, key); words != "" && d.add(ask, words, source) {
			return true
		}
	}
	words := text.OneLine(textOf(n))
	return len(words) <= maxShown && d.add(ask, words, source)
}

// address reads the day in the address of the page: "/2026/02/14/lamp.html".
func (d *dateFinder) address() {
	u, err := url.Parse(d.page.canonical)
	if err != nil {
		return
	}
	if at, ok := date.InName(u.Path); ok && at.Full() {
		d.add(askPublished, at.String(), "address of the page")
	}
}

// maxShown is the length of the longest text in which a day is looked for that
// is shown to people: "By Jane Doe, BBC News, published on 14 February 2026".
const maxShown = 160

// shown reads the days that a page shows: times first, then elements that are
// named for what they hold, then short lines that are little else than a day.
func (d *dateFinder) shown() {
	for _, n := range d.page.visible {
		if n.DataAtom == atom.Time && !peripheral(n) {
			d.element(n, d.meaning(n), "time")
		}
	}
	for _, n := range d.page.visible {
		if isDateElement(n) && !peripheral(n) {
			if words := text.OneLine(spacedText(n)); len(words) <= maxShown {
				d.line(words, d.meaning(n), "date on the page")
			}
		}
	}
	if len(d.published) == 0 {
		d.lines()
	}
}

// meaning tells whether an element gives the day of publication or of a change.
func (d *dateFinder) meaning(n *html.Node) question {
	if saysUpdated(attr(n, "class") + " " + attr(n, "id") + " " + attr(n, "itemprop")) {
		return askUpdated
	}
	if before := n.PrevSibling; before != nil && before.Type == html.TextNode && saysUpdated(before.Data) {
		return askUpdated
	}
	return askPublished
}

func saysUpdated(words string) bool {
	words = strings.ToLower(words)
	for _, w := range [...]string{"updat", "modif", "aktualis", "geändert", "mis à jour", "actualiz", "aggiorn", "bijgewerkt", "обновл", "更新"} {
		if strings.Contains(words, w) {
			return true
		}
	}
	return false
}

// isDateElement reports whether the names of an element say that it holds a day.
func isDateElement(n *html.Node) bool {
	for _, key := range [...]string{"class", "id", "itemprop", "data-testid"} {
		names := strings.ToLower(attr(n, key))
		for _, word := range [...]string{"date", "time", "publish", "posted", "datum", "fecha", "byline", "stamp", "dateline", "meta", "info", "created", "data", "pubb", "kuupaev", "datetime"} {
			if i := strings.Index(names, word); i >= 0 {
				return true
			}
		}
	}
	return false
}

// line reads the days of a line that is shown. The words before a day tell what
// it is: "Published 14 February 2026, updated 15 February".
func (d *dateFinder) line(words string, ask question, source string) bool {
	found := false
	end := 0
	for _, at := range d.grammar.Find(words) {
		if !at.Full() || at.Range {
			continue
		}
		meant := ask
		if saysUpdated(words[end:at.Start]) {
			meant = askUpdated
		}
		end = at.End
		found = d.add(meant, at.String(), source) && meant == askPublished || found
	}
	return found
}

// lines looks for a day in the short lines of the page, from its heading on. At
// least a third of such a line is the day itself: a headline or a sentence with
// a day in it speaks of something else.
func (d *dateFinder) lines() {
	started := first(d.page.doc, isElement(atom.H1)) == nil
	for n := range d.page.doc.Descendants() {
		if n.Type == html.ElementNode {
			started = started || n.DataAtom == atom.H1
			continue
		}
		if n.Type != html.TextNode || !started || len(n.Data) < 6 || len(n.Data) > 4*maxShown || isUnread(n.Parent) {
			continue
		}
		words := text.OneLine(n.Data)
		for _, at := range d.grammar.Find(words) {
			if !at.Full() || at.Range || 3*(at.End-at.Start) < utf8.RuneCountInString(words) || peripheral(n.Parent) {
				continue
			}
			if ask := d.meaning(n.Parent); !saysUpdated(words) && ask == askPublished && d.add(ask, at.String(), "date on the page") {
				return
			}
		}
	}
}

// isUnread reports whether the text of an element is not for people.
func isUnread(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Title, atom.Noscript, atom.Template, atom.Option, atom.Textarea, atom.A:
		return true
	}
	return false
}

// spacedText returns the text below an element with a space between its parts.
func spacedText(root *html.Node) string {
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode && !isUnread(n.Parent) {
			b.WriteString(n.Data)
			b.WriteByte(' ')
			if b.Len() > 8*maxShown {
				break
			}
		}
	}
	return b.String()
}
