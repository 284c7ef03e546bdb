package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"seedfeed/feed/extract/text"
)

// A page is what an HTML page says about itself, gathered in one walk before
// the questions are asked of it.
type page struct {
	doc       *html.Node
	meta      map[string][]string // values of <meta>, by name, property, itemprop or http-equiv in lower case
	title     string              // of <title>, not of a drawing
	lang      string              // of <html>
	ownLang   string              // hreflang of the link to the page itself
	canonical string              // address of the page
	links     map[string]string   // rel=alternate by address, for ownLang
	objects   []ldObject          // of JSON-LD, in reading order
	brokenLD  bool                // some of it is no JSON
	article   ldObject            // the one that describes this page's article, or nil
	visible   []*html.Node        // elements below body that may hold a date, an author, a heading
	sites     []string            // names of the site, squeezed
}

// pageMetadata returns what a page states about itself, best first.
func pageMetadata(doc *html.Node) []stated {
	p := gather(doc)
	var out []stated
	out = append(out, p.titles()...)
	out = append(out, p.dates()...)
	out = append(out, p.descriptions()...)
	out = append(out, p.authors()...)
	out = append(out, p.languages()...)
	out = append(out, p.categories()...)
	if address := p.first("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"); address != "" {
		out = append(out, stated{ask: askImage, value: address, source: "og:image"})
	}
	if p.brokenLD {
		out = append(out, stated{ask: askNote, value: "JSON-LD: it is not valid JSON, and only its headline and its dates were read", source: "JSON-LD"})
	}
	if p.canonical != "" {
		out = append(out, stated{ask: askPath, value: p.canonical, source: "canonical address"})
	}
	return out
}

func gather(doc *html.Node) *page {
	p := &page{doc: doc, meta: map[string][]string{}, links: map[string]string{}}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Namespace == "" {
			p.see(n)
		}
	}
	for _, key := range []string{"og:url", "twitter:url"} {
		if p.canonical == "" {
			p.canonical = p.first(key)
		}
	}
	if !strings.Contains(p.canonical, "://") {
		p.canonical = ""
	}
	p.ownLang = p.links[p.canonical]
	p.article = p.chooseArticle()
	p.sites = p.siteNames()
	return p
}

// see keeps what an element says.
func (p *page) see(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		p.lang = strings.TrimSpace(attr(n, "lang"))
	case atom.Title:
		if p.title == "" {
			p.title = text.OneLine(textOf(n))
		}
	case atom.Meta:
		p.seeMeta(n)
	case atom.Link:
		p.seeLink(n)
	case atom.Script:
		if strings.Contains(strings.ToLower(attr(n, "type")), "ld+json") {
			objects, ok := parseLD(textOf(n))
			p.objects = append(p.objects, objects...)
			p.brokenLD = p.brokenLD || !ok
		}
	default:
		if mayMatter(n) {
			p.visible = append(p.visible, n)
		}
	}
}

func (p *page) seeMeta(n *html.Node) {
	content := text.OneLine(attr(n, "content"))
	if content == "" {
		return
	}
	for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
		for name := range strings.FieldsSeq(strings.ToLower(attr(n, key))) {
			if p.meta[name] = append(p.meta[name], content); key == "itemprop" && peripheral(n) {
				p.meta[name] = p.meta[name][:len(p.meta[name])-1] // of another article, in a list
			}
		}
	}
}

func (p *page) seeLink(n *html.Node) {
	href := strings.TrimSpace(attr(n, "href"))
	switch rel := strings.ToLower(attr(n, "rel")); {
	case rel == "canonical" && p.canonical == "":
		p.canonical = href
	case strings.Contains(rel, "alternate") && attr(n, "hreflang") != "" && p.links[href] == "":
		p.links[href] = attr(n, "hreflang")
	}
}

// first returns the first value of the metadata that goes by one of the names.
func (p *page) first(names ...string) string {
	for _, name := range names {
		for _, v := range p.meta[name] {
			if v != "" {
				return v
			}
		}
	}
	return ""
}

// mayMatter reports whether an element of the body is worth a look: a heading, a
// time, or one whose names say what it holds.
func mayMatter(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.Time, atom.Address, atom.Abbr:
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "class", "id", "itemprop", "rel", "pubdate", "datetime", "data-testid":
			return true
		}
	}
	return false
}

// peripheral reports whether an element stands beside the article: in the list
// of other articles, among the comments, in the foot of the page.
func peripheral(n *html.Node) bool {
	for ; n != nil && n.DataAtom != atom.Body; n = n.Parent {
		switch n.DataAtom {
		case atom.Aside, atom.Nav, atom.Footer:
			return true
		case atom.Main:
			return false
		}
		if beside(attr(n, "class")) || beside(attr(n, "id")) {
			return true
		}
	}
	return false
}

// beside reports whether the names of an element (its class, its id) say that
// it is not the article: "related-posts", "sidebar", "comment-list".
func beside(names string) bool {
	for name := range strings.FieldsSeq(strings.ToLower(names)) {
		found, before := false, ""
		for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == '-' || r == '_' || r == ':' }) {
			switch word {
			case "no", "has", "with", "without", "wrap", "wrapper", "content", "main", "container", "one", "two":
				found = false // "no-comments", "content-sidebar-wrap": the article is in it
			case "latest", "popular", "trending", "menu", "nav", "navigation", "promo", "carousel", "teasers", "copyright":
				found = true
			case "footer": // that of a post has its author
				found = found || before != "post" && before != "entry" && before != "article"
			default:
				found = found || besideWord(word)
			}
			before = word
			if word == "no" || word == "has" || word == "with" || word == "without" {
				break
			}
		}
		if found {
			return true
		}
	}
	return false
}

// besideWord reports whether a word of a name begins like one of those for what
// stands beside an article: "relatedArticles".
func besideWord(word string) bool {
	for _, w := range [...]string{"comment", "related", "sidebar", "recommend", "newsletter", "mostread", "readmore"} {
		if strings.HasPrefix(word, w) {
			return true
		}
	}
	return false
}

// plainValue returns a value of metadata as one line of plain text. Many pages escape
// it once too often, and some put tags into it.
func plainValue(s string) string {
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	if strings.ContainsAny(s, "<&") {
		if strings.Contains(s, "&") {
			s = html.UnescapeString(s)
		}
		s = stripTags(s)
	}
	return text.OneLine(s)
}

// stripTags takes the tags of HTML out of a text, and leaves alone what only
// looks like one: "Map<K, V>", "<NOVA>", "a < b".
func stripTags(s string) string {
	var b strings.Builder
	for s != "" {
		open := strings.IndexByte(s, '<')
		if open < 0 {
			break
		}
		end := strings.IndexByte(s[open:], '>')
		if end < 0 || !isTagName(s[open+1:open+end]) {
			b.WriteString(s[:open+1])
			s = s[open+1:]
			continue
		}
		b.WriteString(s[:open])
		s = s[open+end+1:]
	}
	return b.String() + s
}

// isTagName reports whether what stands between "<" and ">" begins with the name
// of an element.
func isTagName(inner string) bool {
	inner = strings.TrimPrefix(inner, "/")
	name := strings.ToLower(inner)
	if i := strings.IndexAny(inner, " /\t"); i >= 0 {
		name = name[:i]
	}
	a := atom.Lookup([]byte(name))
	_, allowed := attributesOf(a)
	return allowed || a == atom.Font || a == atom.Script || a == atom.Style || a == atom.Center || a == atom.Section || a == atom.Article
}

// foldWords returns the words of a text in lower case, for comparison.
func foldWords(s string) string { return strings.ToLower(strings.Join(splitWords(s), " ")) }
