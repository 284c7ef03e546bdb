package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"seedfeed/feed/internal/xmlchar"
)

// sanitize returns the HTML of a document as it may be published: what readers
// show, balanced, with absolute addresses, without anything that runs, tracks,
// or needs a style sheet to make sense. What it returns it leaves as it is when
// it is given it again.
func (x *Extractor) sanitize(docPath, html string) string {
	return sanitizeWith(newResolver(x.options.Base, docPath), html)
}

// rounds bounds how often content is cleaned until a round leaves it as it was.
// Most needs two, one to clean it and one to see that it is clean; markup that is
// nested in ways that HTML forbids needs three, and none was seen to need more
// than six.
const rounds = 10

func sanitizeWith(r resolver, markup string) string {
	if strings.TrimSpace(markup) == "" {
		return ""
	}
	c := cleaner{resolver: r}
	out := xmlchar.Clean(markup)
	for range rounds {
		root := parseFragment(out)
		c.clean(root)
		before := out
		if out = balance(policy().Sanitize(render(root))); out == before {
			return out
		}
	}
	return textOnly(out)
}

// balance returns markup with every tag closed.
func balance(markup string) string {
	return strings.TrimSpace(render(parseFragment(markup)))
}

// depths are the limits to nesting that are tried one after the other. The
// parser refuses to open more than 512 elements within each other, and a
// document that does is rubbish or an attack.
var depths = [...]int{100, 20, 0}

// parseFragment parses content into an element that holds it. What is nested too
// deep loses tags and keeps its text.
func parseFragment(markup string) *html.Node {
	root := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := parseInto(root, markup)
	for i := 0; err != nil && i < len(depths); i++ {
		nodes, err = parseInto(root, flatten(markup, depths[i]))
	}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	return root
}

// parseInto parses without scripting: what stands in noscript is for readers.
func parseInto(context *html.Node, markup string) ([]*html.Node, error) {
	return html.ParseFragmentWithOptions(strings.NewReader(markup), context, html.ParseOptionEnableScripting(false))
}

// parsePage parses a whole page, with the limits of parseFragment. What stands in
// noscript stays text: readability looks for pictures in it.
func parsePage(markup string) (*html.Node, error) {
	doc, err := html.Parse(strings.NewReader(markup))
	for i := 0; err != nil && i < len(depths); i++ {
		doc, err = html.Parse(strings.NewReader(flatten(markup, depths[i])))
	}
	return doc, err
}

// flatten drops the tags of elements that are nested deeper than a limit.
// Elements whose end tag may be left out do not count: a page without a single
// </p> is not deep.
func flatten(markup string, limit int) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(markup))
	depth, dropped := 0, 0
	for {
		kind := z.Next()
		raw := string(z.Raw())
		switch kind {
		case html.ErrorToken:
			return b.String()
		case html.StartTagToken:
			name, _ := z.TagName()
			if a := atom.Lookup(name); !isVoid(a) && (limit == 0 || !endTagIsOptional(a)) {
				if depth >= limit {
					dropped++
					continue
				}
				depth++
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if a := atom.Lookup(name); limit == 0 || !endTagIsOptional(a) {
				if dropped > 0 {
					dropped--
					continue
				}
				depth = max(0, depth-1)
			}
		}
		b.WriteString(raw)
	}
}

func isVoid(a atom.Atom) bool {
	switch a {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input,
		atom.Link, atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}

func endTagIsOptional(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Li, atom.Dt, atom.Dd, atom.Td, atom.Th, atom.Tr, atom.Tbody, atom.Thead, atom.Tfoot,
		atom.Colgroup, atom.Option, atom.Optgroup, atom.Rp, atom.Rt, atom.Html, atom.Head, atom.Body:
		return true
	}
	return false
}

// render returns the markup of what an element holds.
func render(root *html.Node) string {
	var b strings.Builder
	for n := root.FirstChild; n != nil; n = n.NextSibling {
		// A strings.Builder never fails, and a parsed tree holds nothing
		// that can not be written.
		_ = html.Render(&b, n)
	}
	return plainQuotes(b.String())
}

// plainQuotes writes quotes in text as they are. Rendering escapes them there
// too, where nothing needs it, and people read feeds with their eyes at times.
func plainQuotes(markup string) string {
	if !strings.Contains(markup, "&#3") {
		return markup
	}
	var b strings.Builder
	b.Grow(len(markup))
	for markup != "" {
		tag := strings.IndexByte(markup, '<')
		if tag < 0 {
			tag = len(markup)
		}
		b.WriteString(strings.ReplaceAll(strings.ReplaceAll(markup[:tag], "&#34;", `"`), "&#39;", "'"))
		end := strings.IndexByte(markup[tag:], '>') + 1 // "<" and ">" in values are escaped
		if end == 0 {
			end = len(markup) - tag
		}
		b.WriteString(markup[tag : tag+end])
		markup = markup[tag+end:]
	}
	return b.String()
}

// textOnly returns the text of markup that does not come to rest: paragraphs,
// and nothing else.
func textOnly(markup string) string {
	var b strings.Builder
	for _, blk := range blocksOf(parseFragment(markup)) {
		b.WriteString("<p>" + html.EscapeString(blk.text) + "</p>")
	}
	return balance(b.String())
}
