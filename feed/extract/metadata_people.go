package extract

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"seedfeed/feed/extract/text"
)

// authors returns the people who wrote a page: those that its metadata name,
// else those of its byline.
func (p *page) authors() []stated {
	a := authorFinder{page: p}
	a.add(p.names(p.article.list("author")), "JSON-LD author")
	a.addAgency()
	for _, name := range [...]string{"author", "article:author", "dc.creator", "dcterms.creator", "dc.creator.name", "parsely-author", "sailthru.author", "byl", "citation_author", "rbauthors", "article.author"} {
		a.add(p.meta[name], name)
	}
	if isWrittenBy(p.first("twitter:label1")) {
		a.add(p.meta["twitter:data1"], "twitter:data1")
	}
	for _, n := range p.visible {
		if len(a.found) > 0 {
			break
		}
		if peripheral(n) {
			continue
		}
		names := strings.ToLower(attr(n, "rel") + " " + attr(n, "itemprop"))
		switch {
		case strings.Contains(names, "author") && n.DataAtom != atom.Link:
			a.add([]string{spacedText(authorName(n))}, "rel author")
		case isBylineElement(n):
			if words := text.OneLine(spacedText(n)); utf8.RuneCountInString(words) <= 80 {
				a.byline(words)
			}
		}
	}
	return slices.Concat(a.found, a.agency, a.notes)
}

// names puts the names of the objects in the place of references to them.
func (p *page) names(values []string) []string {
	for i, v := range values {
		for _, o := range p.objects {
			if name, ok := o["name"].(string); ok && strings.Contains(v, "://") && o["@id"] == v {
				values[i] = name
			}
		}
	}
	return values
}

// isWrittenBy reports whether a label for readers says that an author follows.
func isWrittenBy(label string) bool {
	switch strings.ToLower(label) {
	case "written by", "verfasst von", "geschrieben von", "écrit par", "escrito por", "scritto da", "geschreven door", "napisane przez", "автор":
		return true
	}
	return false
}

// An authorFinder gathers authors from the first place that names any.
type authorFinder struct {
	page   *page
	found  []stated
	agency []stated
	notes  []stated
}

func (a *authorFinder) add(values []string, source string) {
	if len(a.found) > 0 {
		return
	}
	seen := map[string]bool{}
	for _, v := range values {
		for _, name := range authorWords(plainValue(v)) {
			name = trimByline(name)
			switch {
			case seen[foldWords(name)]:
				continue
			case !a.isPerson(name):
				a.reject(name, source)
				continue
			}
			seen[foldWords(name)] = true
			a.found = append(a.found, statedAuthor(name, source)...)
		}
	}
}

// reject notes a value that is no name.
func (a *authorFinder) reject(name, source string) {
	if name != "" && len(name) < 80 {
		a.notes = append(a.notes, stated{ask: askNote, value: fmt.Sprintf("%s: %q is not the name of an author", source, name), source: source})
	}
}

// addAgency keeps who sent the story. The publisher is the site itself.
func (a *authorFinder) addAgency() {
	for _, key := range [...]string{"sourceOrganization", "provider"} {
		if name := a.page.article.text(key); name != "" && !a.page.isSite(name) && !strings.Contains(name, "://") {
			a.agency = append(a.agency, stated{ask: askAgency, value: name, source: "JSON-LD " + key})
			return
		}
	}
}

// byline reads a line such as "By Jane Doe and John Roe".
func (a *authorFinder) byline(words string) {
	name := trimByline(words)
	if name == words && strings.ContainsAny(words, "0123456789:|") {
		return
	}
	a.add([]string{name}, "byline")
}

// isPerson reports whether a value can be somebody's name. Publishing systems
// fill the field with their own accounts, with addresses and with the site.
func (a *authorFinder) isPerson(name string) bool {
	if n := utf8.RuneCountInString(name); n < 2 || n > 60 {
		return false
	}
	if strings.Contains(name, "://") || strings.Contains(name, "@") || strings.HasPrefix(name, "/") || strings.ContainsAny(name, "{}<>|") {
		return false
	}
	letters := 0
	for _, r := range name {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	first, _, _ := strings.Cut(name, " ")
	if strings.EqualFold(first, "posted") || strings.EqualFold(first, "published") {
		return false
	}
	switch strings.ToLower(name) {
	case "admin", "administrator", "editor", "webmaster", "root", "user", "author", "unknown", "none", "null", "anonymous", "redaktion", "staff", "guest", "posted", "published", "updated":
		return false
	}
	return letters >= 2 && !a.page.isSite(name)
}

// trimByline takes "By" and its like off a name.
func trimByline(name string) string {
	name = strings.Trim(text.OneLine(name), " ,;:·•–—-|")
	for _, by := range [...]string{"by ", "by: ", "written by ", "posted by ", "von ", "par ", "por ", "автор: ", "author: ", "autor: ", "autorin: ", "text: ", "di ", "door ", "veröffentlicht von ", "geschrieben von ", "posted on"} {
		if len(name) > len(by) && strings.EqualFold(name[:len(by)], by) {
			return strings.TrimSpace(name[len(by):])
		}
	}
	return name
}

func isBylineElement(n *html.Node) bool {
	names := strings.ToLower(attr(n, "class") + " " + attr(n, "id") + " " + attr(n, "data-testid"))
	return strings.Contains(names, "byline") || strings.Contains(names, "author")
}

// authorName returns the element with the name in an element that describes an
// author: microdata put a picture and a link beside it.
func authorName(n *html.Node) *html.Node {
	if name := first(n, func(n *html.Node) bool { return strings.EqualFold(attr(n, "itemprop"), "name") }); name != nil {
		return name
	}
	return n
}

// descriptions returns what the page says about itself in a sentence: those that
// are whole before those that a program has cut off.
func (p *page) descriptions() []stated {
	var whole, cut []stated
	add := func(words, source string) {
		words = plainValue(words)
		v := stated{ask: askSummary, value: words, source: source}
		switch {
		case utf8.RuneCountInString(words) <= 20, foldWords(words) == foldWords(p.title), p.isSite(words):
		case endsSentence(words):
			whole = append(whole, v)
		default:
			cut = append(cut, v)
		}
	}
	add(p.first("description"), "meta description")
	add(p.first("og:description"), "og:description")
	add(p.article.text("description"), "JSON-LD description")
	add(p.first("twitter:description", "dc.description", "dcterms.description", "sailthru.description"), "meta description")
	return append(whole, cut...)
}

// languages returns the language of a page, as its markup gives it.
func (p *page) languages() []stated {
	var out []stated
	for _, v := range [...]struct{ value, source string }{
		{p.lang, "html lang"},
		{p.first("content-language"), "content-language"},
		{p.article.text("inLanguage"), "JSON-LD inLanguage"},
		{p.first("dc.language", "dcterms.language", "language"), "meta language"},
		{p.first("og:locale"), "og:locale"},
		{p.ownLang, "hreflang"},
	} {
		tag, _, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(v.value), "_", "-"), ",")
		if isLanguageTag(tag) && len(tag) != 4 {
			out = append(out, stated{ask: askLanguage, value: tag, source: v.source})
		}
	}
	return out
}

// maxKeywords is how many tags of a list for search engines are kept. A longer
// list is not about the page.
const maxKeywords = 10

// categories returns the tags of a page, from the first list that has any.
func (p *page) categories() []stated {
	lists := [...]struct {
		values []string
		source string
	}{
		{p.meta["article:tag"], "article:tag"},
		{p.article.list("keywords"), "JSON-LD keywords"},
		{p.meta["news_keywords"], "news_keywords"},
		{p.meta["parsely-tags"], "parsely-tags"},
		{p.meta["keywords"], "keywords"},
	}
	var out []stated
	seen := map[string]bool{}
	for _, list := range lists {
		for _, v := range list.values {
			for _, tag := range categoryWords(v) {
				tag = plainValue(tag)
				if tag == "" || utf8.RuneCountInString(tag) > 40 || seen[foldWords(tag)] || p.isSite(tag) || strings.Contains(tag, ":") {
					continue
				}
				seen[foldWords(tag)] = true
				out = append(out, stated{ask: askCategory, value: tag, source: list.source})
			}
		}
		if len(out) > 0 {
			return out[:min(len(out), maxKeywords)]
		}
	}
	return nil
}
