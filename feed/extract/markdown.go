package extract

import (
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	dialect "github.com/yuin/goldmark/extension"
	goldmarkhtml "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"seedfeed/feed/extract/text"
)

// markdown is the dialect of Markdown that is read: GitHub's, with footnotes and
// definition lists. Raw HTML passes here, and is cleaned with the rest.
var markdown = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithParser(tameParser()),
		goldmark.WithExtensions(dialect.GFM, dialect.Footnote, dialect.DefinitionList),
		goldmark.WithRendererOptions(goldmarkhtml.WithUnsafe()),
	)
})

// readMarkdown reads a document in Markdown: its title is the heading above it,
// unless front matter gives one.
func readMarkdown(_ *Extractor, s *source) error {
	body := s.text
	if len(s.stated) == 0 {
		s.stated, body = cutHeaderLines(body)
	}
	var b strings.Builder
	if err := markdown().Convert([]byte(tame(body)), &b); err != nil {
		return err
	}
	root := parseFragment(b.String())
	tidyMarkdown(root)
	s.takeHeading(root)
	s.dropDesk(root)
	s.blocks = blocksOf(root)
	s.dropEnds(root)
	s.content = render(root)
	return nil
}

// takeHeading makes the heading of a document its title, and takes it off the
// content, where readers would show it a second time.
func (s *source) takeHeading(root *html.Node) {
	h := titleHeading(root)
	if h == nil {
		return
	}
	title := headingText(h)
	if given, ok := s.find(askTitle); ok && !sameWords(given.value, title) {
		return // a heading of the text
	}
	s.stated = append(s.stated, stated{ask: askTitle, value: title, source: h.Data})
	remove(h)
}

// titleHeading returns the heading that stands for the whole document, or nil.
// That is the first h1, unless the document has several and text comes before
// it: then they are the headings of its parts. A heading of a lower level counts
// when the document begins with it and has none beside it.
func titleHeading(root *html.Node) *html.Node {
	var h1, top *html.Node
	count := map[atom.Atom]int{}
	paragraphs, before := 0, 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3:
			if headingText(n) == "" || inside(n, atom.Blockquote) {
				continue
			}
			count[n.DataAtom]++
			if h1 == nil && n.DataAtom == atom.H1 {
				h1, before = n, paragraphs
			}
			if top == nil && paragraphs == 0 {
				top = n
			}
		case atom.P, atom.Li, atom.Pre, atom.Td:
			if strings.TrimSpace(visibleText(n)) != "" {
				paragraphs++
			}
		}
	}
	switch {
	case h1 != nil && (count[atom.H1] == 1 || before <= 1):
		return h1
	case h1 == nil && top != nil && count[top.DataAtom] == 1 && (top.DataAtom == atom.H2 || count[atom.H2] == 0):
		return top
	}
	return nil
}

// headingText returns the words of a heading: without badges and pictures,
// marks of notes, and the anchors that some dialects write behind it
// ("{#lamp}", "¶"). A heading that is a picture has its words in the alt text.
func headingText(h *html.Node) string {
	words := strings.TrimRight(text.OneLine(visibleText(h)), " #¶§")
	if strings.HasSuffix(words, "}") {
		if i := strings.LastIndexByte(words, '{'); i >= 0 && (strings.HasPrefix(words[i:], "{#") || strings.HasPrefix(words[i:], "{.")) {
			words = strings.TrimSpace(words[:i])
		}
	}
	if words == "" {
		if img := first(h, isElement(atom.Img)); img != nil {
			words = text.OneLine(attr(img, "alt"))
		}
	}
	return words
}

// visibleText returns the text of an element without the marks of notes.
func visibleText(root *html.Node) string {
	var b strings.Builder
	for n := range root.Descendants() {
		switch {
		case n.Type == html.TextNode && !(n.Parent.DataAtom == atom.A && n.Parent.Parent.DataAtom == atom.Sup) && n.Parent.DataAtom != atom.Svg:
			b.WriteString(n.Data)
		case n.DataAtom == atom.Br:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// sameWords reports whether two titles are the same for a reader.
func sameWords(a, b string) bool {
	return strings.EqualFold(strings.Join(splitWords(a), " "), strings.Join(splitWords(b), " "))
}

// splitWords returns the words of a text without the marks around and between them.
func splitWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !isWordRune(r) })
}
