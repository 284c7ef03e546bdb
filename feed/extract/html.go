package extract

import (
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
	s.dropTitle(content)
	if textLength(content) == 0 && first(content, isElement(atom.Img)) == nil {
		// What was marked as the article was its heading: the text stands beside it.
		if whole := s.wholePage(); whole != nil {
			content = whole
			s.dropTitle(content)
		}
	}
	if base != "" {
		rebase(content, base)
	}
	unescapeTwice(content)
	s.dropAside(content)
	s.dropDesk(content)
	s.blocks = blocksOf(content)
	s.dropEnds(content)
	s.content = render(content)
	return nil
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
