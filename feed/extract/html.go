package extract

import (
	"strings"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readHTML reads a page: what its metadata state, and its main content without
// the frame of the site around it.
func readHTML(_ *Extractor, s *source) error {
	doc, err := parsePage(s.text)
	if err != nil {
		return err
	}
	s.stated = append(s.stated, pageMetadata(doc)...)
	base := pageBase(doc)
	content := s.mainContent(doc)
	if content == nil {
		return nil
	}
	if base != "" {
		rebase(content, base)
	}
	s.dropTitle(content)
	s.blocks = blocksOf(content)
	s.content = render(content)
	return nil
}

// minContent is the length in characters below which the main content of a page
// is not believed to be all of it, when the page has far more.
const minContent = 200

// mainContent returns the element that holds the article. Where none can be
// told, on a list or a home page, it is the page without its frame.
func (s *source) mainContent(doc *html.Node) *html.Node {
	prune(doc)
	parser := readability.NewParser()
	parser.DisableJSONLD = true // metadata.go reads it
	if article, err := parser.ParseAndMutate(doc, nil); err == nil && article.Node != nil {
		holder := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
		article.Node.Parent.RemoveChild(article.Node)
		holder.AppendChild(article.Node)
		if length := textLength(holder); length >= minContent || 3*length >= textLength(s.wholePage()) {
			return holder
		}
	}
	return s.wholePage()
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
func prune(root *html.Node) {
	for n := root.FirstChild; n != nil; {
		next := n.NextSibling
		if n.Type == html.ElementNode {
			if isFurniture(n) {
				remove(n)
			} else {
				prune(n)
			}
		}
		n = next
	}
}

// isFurniture reports whether an element belongs to the site and not to the
// article.
func isFurniture(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Dialog, atom.Button, atom.Select:
		return true
	}
	return false
}

// pageBase returns the address that the page's links are relative to, or "".
func pageBase(doc *html.Node) string {
	if base := first(doc, isElement(atom.Base)); base != nil {
		if href, ok := (resolver{}).resolve(attr(base, "href")); ok {
			return href
		}
	}
	return ""
}

// rebase makes the addresses in content absolute against a base that the page
// names.
func rebase(root *html.Node, base string) {
	r := resolver{}.rebase(base)
	for n := range root.Descendants() {
		for i, a := range n.Attr {
			switch a.Key {
			case "href", "src", "data-src", "cite", "poster":
				if address, ok := r.resolve(a.Val); ok {
					n.Attr[i].Val = address
				}
			case "srcset":
				if set := r.resolveSet(a.Val); set != "" {
					n.Attr[i].Val = set
				}
			}
		}
	}
}

// dropTitle takes the heading off the content that says the same as the title.
func (s *source) dropTitle(content *html.Node) {
	title, ok := s.find(askTitle)
	if !ok {
		return
	}
	h := first(content, func(n *html.Node) bool {
		return (n.DataAtom == atom.H1 || n.DataAtom == atom.H2) && sameWords(headingText(n), title.value)
	})
	if h != nil {
		remove(h)
	}
}
