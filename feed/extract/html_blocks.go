package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"seedfeed/feed/extract/text"
)

// blocksOf returns the paragraphs, headings, list items and tables of parsed
// content in reading order, as the questions want them. Captions are left out:
// they speak of a picture and not of the story.
func blocksOf(root *html.Node) []block {
	var w blockWriter
	w.walk(root)
	w.end()
	return w.blocks
}

// A blockWriter gathers the text of a block until it ends.
type blockWriter struct {
	blocks []block
	line   strings.Builder
	breaks int       // line breaks since the last letter: two part paragraphs
	kind   blockKind // of the block that is being gathered
	level  int
}

// end closes the block that is being gathered.
func (w *blockWriter) end() {
	words := text.OneLine(w.line.String())
	w.line.Reset()
	w.breaks = 0
	if words != "" {
		w.blocks = append(w.blocks, block{text: words, kind: w.kind, level: w.level})
	}
}

func (w *blockWriter) walk(n *html.Node) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		switch child.Type {
		case html.TextNode:
			w.write(child.Data)
		case html.ElementNode:
			w.element(child)
		}
	}
}

func (w *blockWriter) write(s string) {
	if strings.TrimSpace(s) != "" {
		if w.breaks > 1 {
			w.end()
		}
		w.breaks = 0
	}
	w.line.WriteString(s)
}

func (w *blockWriter) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Br:
		w.line.WriteByte('\n')
		w.breaks++
	case atom.Sup:
		if !isNoteMark(n) {
			w.walk(n)
		}
	case atom.Figcaption, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Head, atom.Title, atom.Textarea, atom.Select, atom.Button:
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.enclosed(n, blockHeading, int(n.Data[1]-'0'))
	case atom.Li, atom.Dt, atom.Dd:
		w.enclosed(n, blockList, 0)
	case atom.Pre:
		w.end()
		w.verbatim(strings.Trim(textOf(n), "\n"))
	case atom.Table:
		w.end()
		w.verbatim(tableText(n))
	default:
		if isBlockElement(n.DataAtom) {
			w.enclosed(n, w.kind, w.level)
			return
		}
		w.walk(n)
	}
}

// enclosed gathers an element that is a block of its own.
func (w *blockWriter) enclosed(n *html.Node, kind blockKind, level int) {
	w.end()
	kind, w.kind = w.kind, kind
	level, w.level = w.level, level
	w.walk(n)
	w.end()
	w.kind, w.level = kind, level
}

func (w *blockWriter) verbatim(s string) {
	if strings.TrimSpace(s) != "" {
		w.blocks = append(w.blocks, block{text: s, kind: blockVerbatim})
	}
}

// isNoteMark reports whether a superscript only points to a note: "1", "[2]".
func isNoteMark(n *html.Node) bool {
	words := strings.Trim(strings.TrimSpace(textOf(n)), "[]()")
	return words == "*" || isNumber(words)
}

// tableText returns a table as lines of cells.
func tableText(table *html.Node) string {
	var lines []string
	for row := range table.Descendants() {
		if row.DataAtom != atom.Tr {
			continue
		}
		var cells []string
		for cell := row.FirstChild; cell != nil; cell = cell.NextSibling {
			if cell.DataAtom == atom.Td || cell.DataAtom == atom.Th {
				cells = append(cells, text.OneLine(textOf(cell)))
			}
		}
		lines = append(lines, strings.Join(cells, " | "))
	}
	return strings.Join(lines, "\n")
}
