package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"seedfeed/feed/internal/xmlchar"
)

// A cleaner makes a parsed document into content: it takes out what is not
// text, gives what remains the elements that readers know, and the addresses
// their absolute form.
type cleaner struct{ resolver resolver }

// clean cleans what an element holds, in two passes: what an element becomes
// depends on what those around it have become.
func (c cleaner) clean(root *html.Node) {
	c.children(root)
	settleAll(root)
}

// children takes out what is not allowed. The parser never nests deeper than 512
// elements, which bounds the recursion.
func (c cleaner) children(parent *html.Node) {
	for n := parent.FirstChild; n != nil; {
		next := n.NextSibling
		c.node(n)
		n = next
	}
}

func (c cleaner) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		n.Data = xmlchar.Clean(n.Data) // "&#1;" was no character before it was parsed
		return
	case html.ElementNode:
	default: // comments, doctypes
		remove(n)
		return
	}
	if words, ok := standIn(n); ok {
		replaceByText(n, words)
		return
	}
	if isDropped(n) {
		remove(n)
		return
	}
	if n.DataAtom == atom.Iframe {
		c.linkFrame(n)
		return
	}
	c.children(n)
	rename(n)
	allowed, ok := attributesOf(n.DataAtom)
	if !ok || n.Namespace != "" {
		lift(n)
		return
	}
	c.attributes(n, allowed)
	if n.DataAtom == atom.A && attr(n, "href") == "" || n.DataAtom == atom.Span && len(n.Attr) == 0 {
		lift(n)
	}
}

// standIn returns the text that takes the place of an element that readers do
// not show: a formula, the box of a task list.
func standIn(n *html.Node) (words string, ok bool) {
	switch n.DataAtom {
	case atom.Math:
		if words = attr(n, "alttext"); words == "" {
			words = formula(n)
		}
		return words, true
	case atom.Input:
		if strings.EqualFold(attr(n, "type"), "checkbox") {
			if hasAttr(n, "checked") {
				return "☑", true
			}
			return "☐", true
		}
	}
	return "", false
}

// formula returns the source of a formula where the page carries it (MathJax and
// KaTeX put TeX into an annotation), else its letters.
func formula(n *html.Node) string {
	if note := first(n, func(n *html.Node) bool { return n.Data == "annotation" }); note != nil {
		return strings.TrimSpace(textOf(note))
	}
	return strings.Join(strings.Fields(textOf(n)), " ")
}

// isDropped reports whether an element goes with all that it holds.
func isDropped(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Svg, atom.Canvas, atom.Head, atom.Title, atom.Meta, atom.Link, atom.Base,
		atom.Button, atom.Select, atom.Textarea, atom.Input, atom.Datalist, atom.Output, atom.Progress, atom.Meter,
		atom.Embed, atom.Applet, atom.Area, atom.Map, atom.Frame, atom.Frameset, atom.Param, atom.Track, atom.Dialog:
		return true
	}
	if hasAttr(n, "hidden") && n.DataAtom != atom.Details {
		return true
	}
	style := strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", "")
	return strings.Contains(style, "display:none")
}

// rename gives an element the name of one that readers know.
func rename(n *html.Node) {
	switch n.DataAtom {
	case atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Nav, atom.Address, atom.Center,
		atom.Hgroup, atom.Fieldset, atom.Form, atom.Noscript, atom.Object, atom.Legend, atom.Body, atom.Html:
		n.DataAtom = atom.Div
	case atom.Strike:
		n.DataAtom = atom.S
	case atom.Tt:
		n.DataAtom = atom.Code
	case atom.Acronym:
		n.DataAtom = atom.Abbr
	case atom.Menu, atom.Dir:
		n.DataAtom = atom.Ul
	case atom.Big:
		n.DataAtom = atom.Strong
	case atom.Listing, atom.Xmp, atom.Plaintext:
		n.DataAtom = atom.Pre
	default:
		return
	}
	n.Data = n.DataAtom.String()
}

// linkFrame puts a link in the place of a frame: most readers drop it.
func (c cleaner) linkFrame(n *html.Node) {
	src := attr(n, "src")
	if src == "" || src == "about:blank" {
		src = attr(n, "data-src")
	}
	address, ok := c.resolver.resolve(src)
	if !ok || isPixel(n) {
		remove(n)
		return
	}
	words := strings.Join(strings.Fields(attr(n, "title")), " ")
	if words == "" {
		_, words, _ = strings.Cut(address, "://")
		words, _, _ = strings.Cut(words, "?")
	}
	n.Parent.InsertBefore(newLink(address, words), n)
	remove(n)
}

func newLink(address, words string) *html.Node {
	a := &html.Node{Type: html.ElementNode, Data: "a", DataAtom: atom.A, Attr: []html.Attribute{{Key: "href", Val: address}}}
	a.AppendChild(&html.Node{Type: html.TextNode, Data: words})
	return a
}

// attributes keeps the attributes that an element may have, in the form in which
// they are safe. Each is kept once: the first counts.
func (c cleaner) attributes(n *html.Node, allowed []string) {
	if n.DataAtom == atom.Img || n.DataAtom == atom.Source {
		unlazy(n)
	}
	var kept []html.Attribute
	for _, a := range n.Attr {
		if a.Namespace != "" || a.Key != "lang" && a.Key != "dir" && !slices.Contains(allowed, a.Key) {
			continue
		}
		a.Val = xmlchar.Clean(a.Val)
		var ok bool
		if a.Val, ok = c.attribute(n, a); ok {
			kept = append(kept, a)
		}
	}
	n.Attr = kept
}

// attribute returns the value of an attribute as it may be published.
func (c cleaner) attribute(n *html.Node, a html.Attribute) (value string, ok bool) {
	value = strings.TrimSpace(a.Val)
	switch a.Key {
	case "src":
		if n.DataAtom == atom.Img && isDataImage(value) {
			return value, true
		}
		return c.resolver.resolve(value)
	case "href", "cite", "poster":
		return c.resolver.resolve(value)
	case "srcset":
		value = c.resolver.resolveSet(value)
		return value, value != ""
	case "width", "height":
		value = strings.TrimSuffix(value, "px")
		return value, isNumber(strings.TrimSuffix(value, "%"))
	case "colspan", "rowspan", "span", "start", "value":
		return value, isNumber(value)
	case "reversed", "open", "controls":
		return "", true
	case "dir":
		value = strings.ToLower(value)
		return value, value == "ltr" || value == "rtl" || value == "auto"
	case "lang", "hreflang":
		return value, isLanguageTag(value)
	case "alt":
		return strings.Join(strings.Fields(a.Val), " "), true
	}
	return value, value != ""
}

// unlazy gives a picture that a script would load the address it would get.
func unlazy(n *html.Node) {
	src := attr(n, "src")
	if src == "" || strings.HasPrefix(src, "data:") || strings.Contains(src, "placeholder") {
		for _, key := range []string{"data-src", "data-lazy-src", "data-original", "data-original-src", "data-url", "data-hi-res-src"} {
			if lazy := strings.TrimSpace(attr(n, key)); lazy != "" && !strings.HasPrefix(lazy, "data:") {
				setAttr(n, "src", lazy)
				break
			}
		}
	}
	if attr(n, "srcset") == "" || strings.HasPrefix(attr(n, "srcset"), "data:") {
		for _, key := range []string{"data-srcset", "data-lazy-srcset"} {
			if lazy := attr(n, key); lazy != "" {
				setAttr(n, "srcset", lazy)
				break
			}
		}
	}
}

// settleAll settles the elements below a node, the innermost first.
func settleAll(parent *html.Node) {
	for n := parent.FirstChild; n != nil; {
		next := n.NextSibling
		if n.Type == html.ElementNode {
			settleAll(n)
			settle(n)
		}
		n = next
	}
}

// settle decides what becomes of an element once all names and attributes are
// clean, and what it holds is settled.
func settle(n *html.Node) {
	switch n.DataAtom {
	case atom.Img:
		settleImage(n)
	case atom.Source:
		if p := n.Parent.DataAtom; p != atom.Picture && p != atom.Video && p != atom.Audio || attr(n, "src")+attr(n, "srcset") == "" {
			remove(n)
		}
	case atom.Picture:
		if first(n, isElement(atom.Img)) == nil {
			remove(n)
		}
	case atom.Video, atom.Audio:
		settleMedia(n)
	case atom.Div:
		settleDiv(n)
	case atom.Tr:
		if first(n, isSeen) == nil && strings.TrimSpace(textOf(n)) == "" {
			remove(n)
		}
	case atom.Br, atom.Hr, atom.Wbr, atom.Col, atom.Colgroup, atom.Td, atom.Th, atom.Rp, atom.Rt:
	default:
		if holdsText(n.DataAtom) && isBlockElement(n.DataAtom) {
			trimSpace(n)
		}
		if !isBlank(n) {
			return
		}
		if isBlockElement(n.DataAtom) {
			remove(n)
			return
		}
		lift(n) // <b> </b>: the space still parts two words
	}
}

// trimSpace takes the white space off both ends of a line of text, which old
// pages leave where they leave out </p>.
func trimSpace(n *html.Node) {
	const space = " \t\r\n"
	for c := n.FirstChild; c != nil && c.Type == html.TextNode; c = n.FirstChild {
		if c.Data = strings.TrimLeft(c.Data, space); c.Data != "" {
			break
		}
		remove(c)
	}
	for c := n.LastChild; c != nil && c.Type == html.TextNode; c = n.LastChild {
		if c.Data = strings.TrimRight(c.Data, space); c.Data != "" {
			break
		}
		remove(c)
	}
}

// isSeen reports whether an element shows something without any text.
func isSeen(n *html.Node) bool {
	return n.DataAtom == atom.Img || n.DataAtom == atom.Video || n.DataAtom == atom.Audio
}

// settleImage drops a picture that has no address, or that only counts readers.
func settleImage(n *html.Node) {
	src := attr(n, "src")
	isPlaceholder := strings.HasPrefix(src, "data:image/gif") && len(src) < 200 && attr(n, "alt") == ""
	switch {
	case src == "" && attr(n, "srcset") != "":
		address, _, _ := strings.Cut(attr(n, "srcset"), " ")
		setAttr(n, "src", strings.TrimSuffix(address, ","))
	case src == "", isPlaceholder, isPixel(n):
		remove(n)
	}
}

// isPixel reports whether an element is too small to be seen.
func isPixel(n *html.Node) bool {
	tiny := func(s string) bool { return s == "0" || s == "1" || s == "0px" || s == "1px" }
	return tiny(attr(n, "width")) && tiny(attr(n, "height"))
}

// settleMedia gives a film or a sound its controls, and a link for the readers
// that can not play it.
func settleMedia(n *html.Node) {
	address := attr(n, "src")
	if address == "" {
		if source := first(n, isElement(atom.Source)); source != nil {
			address = attr(source, "src")
		}
	}
	if address == "" {
		remove(n)
		return
	}
	if !hasAttr(n, "controls") {
		n.Attr = append(n.Attr, html.Attribute{Key: "controls"})
	}
	if first(n, isElement(atom.A)) == nil {
		_, words, _ := strings.Cut(address, "://")
		words, _, _ = strings.Cut(words, "?")
		n.AppendChild(newLink(address, words))
	}
}

// settleDiv takes away a division that says nothing: it holds only blocks, or it
// is a paragraph that was not called one.
func settleDiv(n *html.Node) {
	switch {
	case isBlank(n):
		remove(n)
	case len(n.Attr) > 0:
	case n.Parent.DataAtom == atom.Pre:
		n.AppendChild(&html.Node{Type: html.TextNode, Data: "\n"})
		lift(n)
	case !hasInline(n), n.Parent.Type == html.ElementNode && holdsText(n.Parent.DataAtom):
		lift(n)
	case !hasBlock(n):
		n.DataAtom, n.Data = atom.P, "p"
		trimSpace(n)
	}
}

// holdsText reports whether an element is a line of text, in which a division
// within is no paragraph.
func holdsText(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Summary, atom.Figcaption, atom.Caption, atom.Dt, atom.P:
		return true
	}
	_, allowed := attributesOf(a)
	return allowed && !isBlockElement(a)
}
