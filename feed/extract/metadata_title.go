package extract

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"seedfeed/feed/extract/text"
)

// titles returns the title of a page. The heading that people see is the best
// one where the page's metadata agree with it: they often carry the name of the
// site, or a title made for search engines.
func (p *page) titles() []stated {
	var found []stated
	add := func(words, source string) {
		if words = plainValue(words); words != "" && !p.isSite(words) {
			found = append(found, stated{ask: askTitle, value: words, source: source})
		}
	}
	add(p.article.text("headline"), "JSON-LD headline")
	add(p.withoutSite(p.first("og:title")), "og:title")
	add(p.withoutSite(p.first("twitter:title", "title", "dc.title", "dcterms.title", "headline", "parsely-title", "sailthru.title")), "meta title")
	add(p.withoutSite(p.title), "title")

	headings := p.headings()
	if h := p.confirmed(headings); h != nil {
		return append([]stated{{ask: askTitle, value: headingText(h), source: h.Data}}, found...)
	}
	if len(found) == 0 && len(headings) > 0 {
		add(headingText(headings[0]), headings[0].Data)
	}
	if words := plainValue(p.title); len(found) == 0 && words != "" {
		found = append(found, stated{ask: askTitle, value: words, source: "title"})
	}
	return found
}

// headings returns the headings that may be the title, best first: h1 inside the
// article, any other h1, and where there is none, one that is named a title.
func (p *page) headings() []*html.Node {
	var within, other, named []*html.Node
	for _, n := range p.visible {
		if !isHeadingElement(n.DataAtom) || headingText(n) == "" || isHidden(n) || linksHome(n) {
			continue
		}
		switch {
		case n.DataAtom == atom.H1 && (inside(n, atom.Article) || inside(n, atom.Main)):
			within = append(within, n)
		case n.DataAtom == atom.H1:
			other = append(other, n)
		case isNamedTitle(n) && !peripheral(n):
			named = append(named, n)
		}
	}
	if found := slices.Concat(within, other); len(found) > 0 {
		return found
	}
	return named
}

// isNamedTitle reports whether the names of a heading say that it is a title:
// "entry-title", "post-title".
func isNamedTitle(n *html.Node) bool {
	names := strings.ToLower(attr(n, "class") + " " + attr(n, "itemprop"))
	return strings.Contains(names, "title") || strings.Contains(names, "headline")
}

// linksHome reports whether a heading is a link to the site: it is its name.
func linksHome(n *html.Node) bool {
	a := n.Parent
	if a.DataAtom != atom.A {
		if a = first(n, isElement(atom.A)); a == nil || textOf(a) != textOf(n) {
			return false
		}
	}
	u, err := url.Parse(strings.TrimSpace(attr(a, "href")))
	return err == nil && u.RawQuery == "" && u.Fragment == "" && (u.Path == "/" || u.Path == "" && u.Host != "" || u.Path == "." || u.Path == "./" || u.Path == "/index.html")
}

func isHidden(n *html.Node) bool {
	return hasAttr(n, "hidden") || strings.Contains(strings.ReplaceAll(attr(n, "style"), " ", ""), "display:none")
}

// confirmed returns the heading that the metadata of a page name as its title,
// or nil: the one that stands in a title made for sharing or in the title of the
// page, else the only one, if it has half of its words in common with them.
func (p *page) confirmed(headings []*html.Node) *html.Node {
	shared := []string{foldWords(plainValue(p.article.text("headline"))), foldWords(plainValue(p.first("og:title"))), foldWords(plainValue(p.first("twitter:title")))}
	title := foldWords(p.title)
	for _, given := range [...][]string{shared, {title}} {
		for _, h := range headings {
			words := headingText(h)
			folded := foldWords(words)
			if p.isSite(words) || p.isLastPart(words) || utf8.RuneCountInString(folded) < 4 || !strings.Contains(folded, " ") && len(headings) > 1 {
				continue
			}
			if slices.ContainsFunc(given, func(g string) bool { return strings.Contains(g, folded) }) {
				return h
			}
		}
	}
	if len(headings) == 1 && !p.isLastPart(headingText(headings[0])) {
		words := headingText(headings[0])
		if n := utf8.RuneCountInString(words); n >= 15 && n <= 200 && slices.ContainsFunc(append(shared, title), func(g string) bool { return similar(foldWords(words), g) }) {
			return headings[0]
		}
	}
	return nil
}

// isLastPart reports whether words are what the title of the page ends in, behind
// the title of the article: the name of the site, which blogs put into a heading
// above everything.
func (p *page) isLastPart(words string) bool {
	for _, sep := range separators {
		if i := strings.LastIndex(p.title, sep); i > len(words) && squeeze(p.title[i:]) == squeeze(words) {
			return true
		}
	}
	return false
}

// similar reports whether half of the words of a folded text stand in another.
func similar(a, b string) bool {
	words := strings.Fields(a)
	common := 0
	for _, w := range words {
		if strings.Contains(" "+b+" ", " "+w+" ") {
			common++
		}
	}
	return 2*common >= len(words) && common > 0
}

// siteNames returns what the site is called, squeezed.
func (p *page) siteNames() []string {
	names := []string{p.first("og:site_name"), p.first("application-name"), p.first("al:android:app_name"), p.first("twitter:site"), p.article.text("publisher")}
	for _, o := range p.objects {
		for _, kind := range o.list("@type") {
			if kind == "WebSite" || kind == "NewsMediaOrganization" || kind == "Organization" {
				names = append(names, o.text("name"))
			}
		}
	}
	for _, n := range p.visible {
		if n.DataAtom == atom.H1 && linksHome(n) {
			names = append(names, headingText(n))
		}
	}
	if u, err := url.Parse(p.canonical); err == nil {
		host := strings.TrimPrefix(u.Hostname(), "www.")
		label, _, _ := strings.Cut(host, ".")
		names = append(names, host, label)
	}
	for i := range names {
		names[i] = squeeze(names[i])
	}
	return names
}

// isSite reports whether words are a name of the site.
func (p *page) isSite(words string) bool {
	squeezed := squeeze(words)
	return squeezed == "" || slices.Contains(p.sites, squeezed)
}

// squeeze returns the letters and digits of a text in lower case.
func squeeze(s string) string { return strings.ReplaceAll(foldWords(s), " ", "") }

// separators part the title of a page from the name of its site.
var separators = []string{" | ", " │ ", " - ", " – ", " — ", " » ", " « ", " · ", " • ", " :: ", " ~ ", " / ", " ‹ ", " › ", "｜", "_", ": "}

// withoutSite takes the name of the site, and of a department of it, off a title.
func (p *page) withoutSite(title string) string {
	title = text.OneLine(title)
	for range 3 {
		shorter := p.cutSite(title)
		if shorter == title {
			break
		}
		title = shorter
	}
	return title
}

// cutSite takes one part off a title. A part that is known to be the site goes
// from either end; at the end, a short part behind a mark that sentences do not
// have is one too.
func (p *page) cutSite(title string) string {
	for _, sep := range separators {
		i := strings.LastIndex(title, sep)
		if i < 0 {
			continue
		}
		head, tail := strings.TrimSpace(title[:i]), strings.TrimSpace(title[i+len(sep):])
		if head != "" && p.isSite(tail) {
			return head
		}
		if before, after, _ := strings.Cut(title, sep); p.isSite(before) && strings.TrimSpace(after) != "" {
			return strings.TrimSpace(after)
		}
		if isBar(sep) && head != "" && len(strings.Fields(tail)) <= 4 && utf8.RuneCountInString(tail) < utf8.RuneCountInString(head) {
			return head
		}
	}
	return title
}

// isBar reports whether a separator is one that only parts titles from sites.
func isBar(sep string) bool {
	switch strings.TrimSpace(sep) {
	case "|", "│", "»", "«", "::", "‹", "›", "｜", "•":
		return true
	}
	return false
}
