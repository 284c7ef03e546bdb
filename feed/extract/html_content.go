package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"seedfeed/feed/extract/text"
)

// minContent is the length in characters below which the main content of a page
// is not believed to be all of it, when the page has far more.
const minContent = 200

// noArticle is said of a page of which everything is published.
var noArticle = stated{ask: askNote, value: "no article stands out on the page, so all of it but its frame is the content", source: "page"}

// mainContent returns the element that holds the article. Where none can be
// told, on a list or a home page, it is the page without its frame.
func (s *source) mainContent(doc *html.Node) *html.Node {
	prune(doc)
	lead := leadOf(doc)
	marked := markedText(doc)
	parser := readability.NewParser()
	parser.DisableJSONLD = true // metadata.go reads it
	article, err := parser.ParseAndMutate(doc, nil)
	if err != nil || article.Node == nil {
		s.stated = append(s.stated, noArticle)
		return s.wholePage()
	}
	article.Node.Parent.RemoveChild(article.Node)
	content := holder(article.Node)
	if len(marked.squeezed) >= minContent && !marked.holds(content) {
		content = s.markedBody()
	} else if length := textLength(content); length < minContent {
		if whole := s.wholePage(); whole != nil && 3*length < textLength(whole) {
			s.stated = append(s.stated, noArticle)
			return whole
		}
	}
	if lead != "" && !strings.Contains(squeeze(textOf(content)), squeeze(lead)) {
		p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
		p.AppendChild(&html.Node{Type: html.TextNode, Data: lead})
		content.InsertBefore(p, content.FirstChild)
	}
	return content
}

// holder returns an element that holds a node, so that it can be cleaned away.
// Readability makes elements without their atoms, which are set here.
func holder(n *html.Node) *html.Node {
	n.DataAtom = atom.Lookup([]byte(n.Data))
	for below := range elements(n) {
		below.DataAtom = atom.Lookup([]byte(below.Data))
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	body.AppendChild(n)
	return body
}

// markedBody returns the element that the page marks as its article: by
// microdata, or by the one <article> that holds the heading. It returns nil when
// there is no such element, or several.
func markedBody(doc *html.Node) *html.Node {
	var bodies, articles []*html.Node
	for n := range doc.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case strings.EqualFold(attr(n, "itemprop"), "articleBody"):
			bodies = append(bodies, n)
		case n.DataAtom == atom.Article && !inside(n, atom.Article):
			articles = append(articles, n)
		}
	}
	if len(bodies) == 1 {
		return bodies[0]
	}
	if len(articles) > 1 {
		articles = slices.DeleteFunc(articles, func(n *html.Node) bool { return first(n, isElement(atom.H1)) == nil })
	}
	if len(articles) == 1 {
		return articles[0]
	}
	return nil
}

// A markedUp is the text of the element that a page marks as its article.
type markedUp struct {
	squeezed string
	share    int // content that is less than one part in share of it is too little
}

// markedText returns the text that a page marks as its article. Microdata mark
// the text itself; an <article> may hold more than that.
func markedText(doc *html.Node) markedUp {
	body := markedBody(doc)
	switch {
	case body == nil:
		return markedUp{}
	case body.DataAtom == atom.Article:
		return markedUp{squeeze(textOf(body)), 3}
	}
	return markedUp{squeeze(textOf(body)), 2}
}

// holds reports whether content is what the page marks as its article: most of
// its paragraphs stand there, and it is a good part of it. Readability judges by
// commas and lengths, and may fall for a form, or leave paragraphs out.
func (m markedUp) holds(content *html.Node) bool {
	within, all := 0, 0
	for _, b := range blocksOf(content) {
		words := squeeze(b.text)
		all += len(words)
		if strings.Contains(m.squeezed, words) {
			within += len(words)
		}
	}
	return len(m.squeezed) < all || 2*within >= all && m.share*within >= len(m.squeezed)
}

// markedBody parses the page again and returns the marked element.
func (s *source) markedBody() *html.Node {
	doc, err := parsePage(s.text)
	if err != nil {
		return nil
	}
	prune(doc)
	body := markedBody(doc)
	remove(body)
	return holder(body)
}

// leadOf returns the paragraph between the heading and the text, if the page
// marks it: it stands outside the text on many pages, and belongs to it.
func leadOf(doc *html.Node) string {
	heading := false
	for n := range doc.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.DataAtom == atom.H1:
			heading = true
		case heading && isLead(n) && !peripheral(n):
			words := text.OneLine(spacedText(n))
			if length := utf8.RuneCountInString(words); length >= 60 && length <= 700 {
				return words
			}
		}
	}
	return ""
}

// isLead reports whether an element is marked as the lead of an article.
func isLead(n *html.Node) bool {
	if strings.EqualFold(attr(n, "itemprop"), "description") && n.DataAtom != atom.Meta {
		return true
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(attr(n, "class")), func(r rune) bool { return r == '-' || r == '_' || r == ' ' }) {
		switch word {
		case "lead", "lede", "intro", "standfirst", "dek", "vorspann", "chapo", "sapo":
			return true
		}
	}
	return false
}

// wholePage parses the page again, since readability has taken it apart, and
// returns its body without the frame of the site.
func (s *source) wholePage() *html.Node {
	doc, err := parsePage(s.text)
	if err != nil {
		return nil
	}
	body := first(doc, isElement(atom.Body))
	if body == nil {
		return nil // a frameset
	}
	for n := body.FirstChild; n != nil; {
		next := n.NextSibling
		switch n.DataAtom {
		case atom.Nav, atom.Footer, atom.Aside, atom.Header, atom.Script, atom.Style, atom.Noscript:
			remove(n)
		}
		n = next
	}
	for _, n := range slices.Collect(elements(body)) {
		if isHidden(n) && n.Parent != nil {
			remove(n)
		}
	}
	prune(body)
	return body
}

func textLength(root *html.Node) int {
	length := 0
	for n := range root.Descendants() {
		if n.Type == html.TextNode && !isUnread(n.Parent) {
			length += utf8.RuneCountInString(strings.TrimSpace(n.Data))
		}
	}
	return length
}

// prune takes out of a page what is never part of an article.
func prune(root *html.Node) { pruneBelow(root, textLength(root)) }

func pruneBelow(parent *html.Node, all int) {
	for n := parent.FirstChild; n != nil; {
		next := n.NextSibling
		if n.Type == html.ElementNode {
			if isFurniture(n, all) {
				remove(n)
			} else {
				pruneBelow(n, all)
			}
		}
		n = next
	}
}

// isFurniture reports whether an element belongs to the site and not to the
// article: by what it is, or by its names unless it holds the heading or a large
// part of the text (themes give names like "sidebar-left" to the whole page).
func isFurniture(n *html.Node, all int) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Dialog, atom.Button, atom.Select:
		return true
	case atom.Html, atom.Body, atom.Article, atom.Main, atom.Head:
		return false
	}
	names := attr(n, "class") + " " + attr(n, "id")
	if !isBlockElement(n.DataAtom) || n.DataAtom != atom.Form && !beside(names) && !isWidget(names) {
		return false
	}
	return first(n, isElement(atom.H1)) == nil && 3*textLength(n) < all
}

// isWidget reports whether the names of an element say that it is there for
// readers to do something, and not to read it.
func isWidget(names string) bool {
	for word := range strings.FieldsFuncSeq(strings.ToLower(names), func(r rune) bool { return r == '-' || r == '_' || r == ' ' }) {
		for _, w := range [...]string{"postmeta", "tooltip", "popup", "breadcrumb", "social", "outbrain", "taboola", "subscri", "cookie", "noprint", "authorbio", "rating"} {
			if strings.HasPrefix(word, w) {
				return true
			}
		}
	}
	return false
}
