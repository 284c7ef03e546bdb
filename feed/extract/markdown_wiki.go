package extract

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"
)

// wikiLinks reads the links of Obsidian and of wikis. [[Page]] and [[Page|words]]
// become words, since only the note-taker's program knows where the page is;
// ![[lamp.png]] becomes the picture.
type wikiLinks struct{}

// Trigger implements [parser.InlineParser].
func (wikiLinks) Trigger() []byte { return []byte{'[', '!'} }

// maxWikiLink is how far the end of a link is looked for, in bytes.
const maxWikiLink = 1000

// Parse implements [parser.InlineParser].
func (wikiLinks) Parse(_ ast.Node, r gmtext.Reader, _ parser.Context) ast.Node {
	line, segment := r.PeekLine()
	inner, embed := bytes.CutPrefix(line, []byte("!"))
	inner, ok := bytes.CutPrefix(inner, []byte("[["))
	if !ok {
		return nil
	}
	end := bytes.Index(inner[:min(len(inner), maxWikiLink)], []byte("]]"))
	if end <= 0 || inner[0] == ' ' || bytes.ContainsAny(inner[:end], "[]") || bytes.HasPrefix(inner[end+2:], []byte("(")) {
		return nil
	}
	start := len(line) - len(inner)
	r.Advance(start + end + 2)
	target, words, named := bytes.Cut(inner[:end], []byte("|"))
	if embed && isPictureName(target) {
		image := ast.NewImage(ast.NewLink())
		image.Destination = bytes.ReplaceAll(target, []byte(" "), []byte("%20"))
		return image
	}
	from := segment.Start + start
	to := from + len(target)
	if named && len(bytes.TrimSpace(words)) > 0 {
		from, to = to+1, from+end
	}
	return ast.NewTextSegment(gmtext.NewSegment(from, to))
}

// isPictureName reports whether a file is a picture, by its extension.
func isPictureName(name []byte) bool {
	switch string(bytes.ToLower(name[bytes.LastIndexByte(name, '.')+1:])) {
	case "png", "jpg", "jpeg", "gif", "webp", "avif":
		return true
	}
	return false
}
