package text

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Kind tells what the lines of a paragraph are.
type Kind int

// The kinds of paragraphs.
const (
	Prose Kind = iota // running text
	Item              // an item of a list; the bullet or number is its Marker
	Table             // columns made with blanks, tabs or bars: only Lines has the shape
)

// A Paragraph is a piece of a text between two breaks.
type Paragraph struct {
	Kind   Kind
	Text   string   // the lines joined to one, as by [OneLine], without the Marker
	Marker string   // of an Item: "-", "•", "2."
	Lines  []string // as written, without white space at their ends
	Start  int      // where the first line starts in the text, in bytes
	End    int      // where the last one ends
}

// Paragraphs returns the text of each paragraph of s, on one line each, with the
// marker of an item before it.
func Paragraphs(s string) []string {
	var out []string
	for p := range EachBlock(s) {
		if p.Kind == Item {
			p.Text = strings.TrimSpace(p.Marker + " " + p.Text)
		}
		if p.Text != "" {
			out = append(out, p.Text)
		}
	}
	return out
}

// Blocks cuts s into paragraphs. The lines of s end in LF, as [Decode] leaves
// them.
func Blocks(s string) []Paragraph {
	var out []Paragraph
	for p := range EachBlock(s) {
		out = append(out, p)
	}
	return out
}

// EachBlock gives the paragraphs of s one after the other.
//
// An empty line ends a paragraph. So does the start of an item of a list, of a
// table, and, in text that is wrapped by hand, a line that is set in by three
// blanks, a tab or U+3000, and the line after one that has room for its first
// word. In text whose paragraphs are one long line each, every line is one.
func EachBlock(s string) iter.Seq[Paragraph] {
	return func(yield func(Paragraph) bool) {
		shape := shapeOf(s)
		var waiting []line // for the next block, which may make its last line an item
		for block := range blocks(s) {
			markItems(waiting, block)
			if !shape.cut(waiting, yield) {
				return
			}
			waiting = block
		}
		shape.cut(waiting, yield)
	}
}

// blocks gives the runs of lines that have no empty line between them. A run may be
// used until the one after the next is asked for.
func blocks(s string) iter.Seq[[]line] {
	return func(yield func([]line) bool) {
		var block, last []line // the one that was given last is still in use
		pos := 0
		for raw := range strings.Lines(s) {
			l := measure(raw, pos)
			pos += len(raw)
			if l.text != "" {
				l.look()
				block = append(block, l)
				continue
			}
			if len(block) > 0 && !yield(block) {
				return
			}
			if len(block) > 0 {
				block, last = last[:0], block
			}
		}
		if len(block) > 0 {
			yield(block)
		}
	}
}

func makeParagraph(lines []line) Paragraph {
	first, last := lines[0], lines[len(lines)-1]
	p := Paragraph{Lines: make([]string, len(lines)), Start: first.start, End: last.start + len(last.text)}
	for i, l := range lines {
		p.Lines[i] = l.text
	}
	switch {
	case first.columns && len(lines) > 1:
		p.Kind = Table
		p.Text = OneLine(strings.Join(p.Lines, " "))
	case first.item:
		p.Kind, p.Marker = Item, first.marker
		p.Text = join(p.Lines, len(first.marker))
	default:
		p.Text = join(p.Lines, 0)
	}
	return p
}

// join makes one line of the lines of a paragraph, less the marker that the first
// one starts with.
func join(lines []string, marker int) string {
	first := strings.TrimLeftFunc(lines[0], unicode.IsSpace)[marker:]
	if len(lines) == 1 {
		return OneLine(first)
	}
	var b strings.Builder
	b.WriteString(first)
	before := first
	for _, l := range lines[1:] {
		l = strings.TrimLeftFunc(l, unicode.IsSpace)
		if !tight(before, l) {
			b.WriteByte(' ')
		}
		b.WriteString(l)
		before = l
	}
	return OneLine(b.String())
}

// tight reports whether two lines are joined without a blank: at a hyphen that
// divides or binds a word, and between East Asian characters.
func tight(before, after string) bool {
	last, size := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	if eastAsian(last) && eastAsian(next) {
		return true
	}
	if last != '-' && last != '‐' {
		return false
	}
	bound, _ := utf8.DecodeLastRuneInString(before[:len(before)-size])
	if !unicode.IsLetter(bound) && !unicode.IsDigit(bound) || !unicode.IsLetter(next) && !unicode.IsDigit(next) {
		return false
	}
	word, _, _ := strings.Cut(after, " ")
	switch word {
	case "and", "or", "to", "und", "oder", "bis", "et", "ou", "en", "of", "och", "og", "eller", "y", "e", "o":
		return false // "Haupt- und Nebensache"
	}
	return true
}
