package check

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// A node is an element of an XML document.
type node struct {
	name     string // with the usual prefix of its name space: "atom:link", and none for names in no name space
	line     int
	attrs    map[string]string // by their names, those of XML with their prefix: "xml:lang"
	text     string            // directly in it
	raw      string            // the same, as it is written
	children []*node

	style     string // of the root: what the instruction xml-stylesheet before it says
	styleLine int
}

// prefixes are the usual ones of the name spaces whose elements are checked.
func prefixOf(space string) string {
	switch space {
	case "":
		return ""
	case "http://www.w3.org/2005/Atom":
		return "atom:"
	case "http://purl.org/rss/1.0/modules/content/":
		return "content:"
	case "http://purl.org/dc/elements/1.1/":
		return "dc:"
	case "http://purl.org/syndication/history/1.0":
		return "fh:"
	case "http://purl.org/atompub/tombstones/1.0":
		return "at:"
	case "http://search.yahoo.com/mrss/":
		return "media:"
	case "http://purl.org/rss/1.0/modules/syndication/":
		return "sy:"
	case "http://www.sitemaps.org/schemas/sitemap/0.9":
		return "sitemap:"
	}
	return "other:"
}

// A parseError tells where a file can not be parsed.
type parseError struct {
	line    int
	problem string
}

func (e *parseError) Error() string { return e.problem }

// parseXML reads a document strictly, as XML 1.0 and Namespaces in XML want it.
func parseXML(data []byte) (*node, error) {
	p := xmlParser{data: data, decoder: xml.NewDecoder(bytes.NewReader(data))}
	p.decoder.CharsetReader = func(charset string, _ io.Reader) (io.Reader, error) {
		return nil, &parseError{1, fmt.Sprintf("it declares the encoding %q, which is not UTF-8", charset)}
	}
	p.stack = []*node{&p.top}
	for {
		p.start = p.decoder.InputOffset()
		p.line, _ = p.decoder.InputPos()
		token, err := p.decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, p.explain(err)
		}
		if err := p.take(token); err != nil {
			return nil, err
		}
	}
	if len(p.top.children) == 0 {
		return nil, &parseError{p.line, "there is no element"}
	}
	root := p.top.children[0]
	root.style, root.styleLine = p.top.style, p.top.styleLine
	return root, nil
}

type xmlParser struct {
	data    []byte
	decoder *xml.Decoder
	top     node
	stack   []*node
	start   int64 // of the token
	line    int   // that the token begins in
}

// explain gives an error its line, and says in short what is wrong.
func (p *xmlParser) explain(err error) error {
	wrong := (*xml.SyntaxError)(nil)
	if errors.As(err, &wrong) {
		return &parseError{wrong.Line, wrong.Msg}
	}
	if charset := (*parseError)(nil); errors.As(err, &charset) {
		return charset
	}
	return &parseError{p.line, err.Error()}
}

func (p *xmlParser) take(token xml.Token) error {
	top := p.stack[len(p.stack)-1]
	switch token := token.(type) {
	case xml.StartElement:
		if top == &p.top && len(top.children) > 0 {
			return &parseError{p.line, "there is a second element after the end of the first"}
		}
		n, err := p.element(token)
		if err != nil {
			return err
		}
		top.children = append(top.children, n)
		p.stack = append(p.stack, n)
	case xml.EndElement:
		p.stack = p.stack[:len(p.stack)-1]
	case xml.CharData:
		if top == &p.top && len(bytes.TrimSpace(token)) > 0 {
			return &parseError{p.line, "there is text outside of the element"}
		}
		top.text += string(token)
		top.raw += string(p.data[p.start:p.decoder.InputOffset()])
	case xml.ProcInst:
		if token.Target == "xml-stylesheet" {
			p.top.style, p.top.styleLine = string(token.Inst), p.line
		}
	case xml.Directive:
		return &parseError{p.line, "there is a document type, which readers refuse for safety"}
	}
	return nil
}

func (p *xmlParser) element(token xml.StartElement) (*node, error) {
	prefix := prefixOf(token.Name.Space)
	// A prefix that was not declared comes as the name space itself.
	if prefix == "other:" && !strings.ContainsAny(token.Name.Space, ":/") {
		return nil, &parseError{p.line, fmt.Sprintf("the prefix %q is not declared", token.Name.Space)}
	}
	n := &node{name: prefix + token.Name.Local, line: p.line, attrs: map[string]string{}}
	for _, a := range token.Attr {
		name := a.Name.Local
		if a.Name.Space != "" {
			name = a.Name.Space + ":" + name
		}
		if _, twice := n.attrs[name]; twice {
			return nil, &parseError{p.line, fmt.Sprintf("the attribute %q is there twice", name)}
		}
		n.attrs[name] = a.Value
	}
	return n, nil
}

// all returns the children of a name.
func (n *node) all(name string) []*node {
	var out []*node
	for _, c := range n.children {
		if c.name == name {
			out = append(out, c)
		}
	}
	return out
}

// one returns the first child of a name, or nil.
func (n *node) one(name string) *node {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// textOf returns the text of the first child of a name, without white space
// around it, or "".
func (n *node) textOf(name string) string {
	if c := n.one(name); c != nil {
		return strings.TrimSpace(c.text)
	}
	return ""
}

// characters checks a file for what no text should hold: what is not UTF-8, what
// XML forbids, and what W3C's validator reports besides.
func (p place) characters(data []byte) {
	line := 1
	for i := 0; i < len(data); {
		c, size := utf8.DecodeRune(data[i:])
		i += size
		switch {
		case c == '\n':
			line++
		case c == utf8.RuneError && size == 1:
			p.add(line, encoding, "not UTF-8")
			return
		case isBad(c):
			p.add(line, badCharacter, "the character %U should not be in a text; take it out of the document", c)
			return // one is enough to find the place
		}
	}
}

// isBad reports whether a character should be in no text.
func isBad(c rune) bool {
	return c < ' ' && c != '\n' && c != '\t' && c != '\r' || c >= 0x7f && c < 0xa0 || c == utf8.RuneError || c == 0xfffe || c == 0xffff
}
