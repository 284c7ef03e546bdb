package extract

import (
	"cmp"
	"net/url"
	"slices"
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
	d := dateFinder{page: p, listed: p.listed(), grammar: date.Grammar{Order: date.OrderOf(p.lang)}}
	d.object(p.article, "datePublished", askPublished)
	d.names(date.Grammar{}, publishedNames, askPublished)
	d.marked()
	for _, o := range p.objects {
		if o.isPage() {
			d.object(o, "datePublished", askPublished)
		}
	}
	d.object(p.article, "dateCreated", askPublished)
	d.address()
	d.shown()
	if len(d.published) == 0 && len(d.updated) > 0 {
		// The one date that a page shows is its date, even where its theme
		// gives it the class "updated" (hAtom 0.1, 5.10).
		only := d.updated[0]
		only.ask = askPublished
		d.published = append(d.published, only)
	}
	d.object(p.article, "dateModified", askUpdated)
	d.names(date.Grammar{}, updatedNames, askUpdated)
	if len(d.published) == 0 {
		d.names(d.grammar, publishedNames, askPublished)
	}
	return append(d.published, d.updated...)
}

// A dateFinder gathers days, best first.
type dateFinder struct {
	page      *page
	listed    map[*html.Node]bool // articles that the page only lists
	grammar   date.Grammar
	published []stated
	updated   []stated
}

// add keeps a value that is a day, or has one in it.
func (d *dateFinder) add(ask question, words, source string) bool {
	return d.addAs(d.grammar, ask, words, source)
}

func (d *dateFinder) addAs(g date.Grammar, ask question, words, source string) bool {
	words = text.OneLine(words)
	if words == "" || len(words) > 80 {
		return false
	}
	v := stated{ask: ask, value: words, source: source}
	at, ok := date.Parse(words)
	if !ok {
		// What is stated must be readable without the page around it.
		if at, ok = g.Parse(words); !ok {
			found := g.Find(words)
			if len(found) == 0 {
				return false
			}
			at = found[0]
		}
		v.value, v.raw = at.String(), words
	}
	// No page is older than the web; years before it are those of an empty
	// field (1970) or of an event.
	if !at.Full() || at.Year < 1990 || at.Year > 2100 {
		return false
	}
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

// names reads metadata in the order that a grammar knows. A program writes
// 11/01/2023 there in its own order, whatever the language of the page is.
func (d *dateFinder) names(g date.Grammar, names []string, ask question) {
	for _, name := range names {
		for _, words := range d.page.meta[name] {
			if d.addAs(g, ask, words, name) {
				break
			}
		}
	}
}

// marked reads elements that are marked as the time of publication: microdata,
// the old pubdate, the classes of hAtom.
func (d *dateFinder) marked() {
	for _, n := range d.page.visible {
		ask, source, ok := markedDate(n)
		if ok && !d.elsewhere(n) {
			d.element(n, ask, source)
		}
	}
}

// markedDate returns what an element is marked as, if it is.
func markedDate(n *html.Node) (ask question, source string, ok bool) {
	prop := strings.ToLower(attr(n, "itemprop"))
	switch {
	case strings.Contains(prop, "datepublished"):
		return askPublished, "itemprop datePublished", true
	case strings.Contains(prop, "datemodified"):
		return askUpdated, "itemprop dateModified", true
	case n.DataAtom != atom.Time && n.DataAtom != atom.Abbr:
		return 0, "", false
	case hasAttr(n, "pubdate"):
		return askPublished, "time pubdate", true
	}
	class := " " + strings.ToLower(attr(n, "class")) + " "
	switch {
	case strings.Contains(class, " published "):
		return askPublished, "time published", true
	case strings.Contains(class, " updated "):
		return askUpdated, "time updated", true
	}
	return 0, "", false
}

// element reads the day that an element gives, to machines or to people.
func (d *dateFinder) element(n *html.Node, ask question, source string) {
	for _, key := range [...]string{"datetime", "content", "title", "data-datetime", "data-timestamp"} {
		if words := attr(n, key); words != "" && d.add(ask, words, source) {
			return
		}
	}
	if words := text.OneLine(textOf(n)); len(words) <= maxShown {
		d.add(ask, words, source)
	}
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
		if n.DataAtom == atom.Time && !d.elsewhere(n) {
			d.element(n, d.meaning(n), "time")
		}
	}
	for _, n := range d.page.visible {
		if isDateElement(n) && !d.elsewhere(n) {
			if words := text.OneLine(spacedText(n)); len(words) <= maxShown {
				d.line(words, d.meaning(n), "date on the page")
			}
		}
	}
	if len(d.published) == 0 {
		d.nearHeading()
	}
	if len(d.published) == 0 {
		d.state()
	}
}

// listed returns the articles that a page only lists: several that show a time,
// none of which has the heading of the page. Their days are those of other pages.
func (p *page) listed() map[*html.Node]bool {
	dated := map[*html.Node]bool{}
	for _, n := range p.visible {
		if n.DataAtom != atom.Time || peripheral(n) {
			continue
		}
		if article := ancestor(n, atom.Article); article != nil && first(article, isElement(atom.H1)) == nil {
			dated[article] = true
		}
	}
	if len(dated) < 3 {
		return nil
	}
	return dated
}

// elsewhere reports whether an element speaks of another page.
func (d *dateFinder) elsewhere(n *html.Node) bool {
	return d.listed[ancestor(n, atom.Article)] || peripheral(n)
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
		for _, word := range [...]string{"date", "time", "publish", "posted", "datum", "fecha", "byline", "stamp", "dateline", "meta", "info", "created", "submitted", "data", "pubb"} {
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

// nearHeading looks for a day in the short lines of a page, and takes the one
// that stands nearest to the heading. A headline or a sentence with a day in it
// speaks of something else.
func (d *dateFinder) nearHeading() {
	type candidate struct {
		at     date.Date
		offset int // in the text of the page
	}
	var found []candidate
	offset, heading := 0, -1
	for n := range d.page.doc.Descendants() {
		if n.DataAtom == atom.H1 && heading < 0 {
			heading = offset
		}
		if n.Type != html.TextNode || isUnread(n.Parent) {
			continue
		}
		words := text.OneLine(n.Data)
		offset += len(words)
		if len(words) < 6 || len(words) > maxShown || n.Parent.DataAtom == atom.A || saysUpdated(words) {
			continue
		}
		for _, at := range d.grammar.Find(words) {
			if at.Full() && !at.Range && isDateLine(words, at) && !d.elsewhere(n.Parent) && d.meaning(n.Parent) == askPublished {
				found = append(found, candidate{at, offset})
				break
			}
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(distance(a.offset, heading), distance(b.offset, heading)) })
	for _, c := range found {
		if d.add(askPublished, c.at.String(), "date on the page") {
			return
		}
	}
}

// isDateLine reports whether a line is there for its day: at least a third of it
// is the day, or the day is the first of its parts ("14 February 2026 | Notes").
func isDateLine(words string, at date.Date) bool {
	if 3*(at.End-at.Start) >= utf8.RuneCountInString(words) {
		return true
	}
	after := strings.TrimLeft(words[at.End:], " ")
	return at.Start == 0 && len(words) <= 80 && strings.IndexAny(after, "|/·•–—-") == 0
}

func distance(a, b int) int { return max(a-b, b-a) }

// state reads the day in the data that a page hands to its scripts, which is all
// there is on a page that they build.
func (d *dateFinder) state() {
	for n := range d.page.doc.Descendants() {
		if n.Type != html.TextNode || n.Parent.DataAtom != atom.Script || strings.Contains(attr(n.Parent, "type"), "ld+json") {
			continue
		}
		for _, key := range [...]string{`"datePublished"`, `"publishedDate"`, `"published_at"`, `"publishedAt"`, `"publishDate"`, `"firstPublished"`} {
			_, rest, _ := strings.Cut(n.Data, key)
			rest, ok := strings.CutPrefix(strings.TrimSpace(rest), ":")
			if !ok {
				continue
			}
			words, _, _ := strings.Cut(strings.TrimLeft(rest, ` "`), `"`)
			if d.add(askPublished, words, "data of the page") {
				return
			}
		}
	}
}

// isUnread reports whether the text of an element is not for people.
func isUnread(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Title, atom.Noscript, atom.Template, atom.Option, atom.Textarea:
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
