package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// widest is the longest line, in columns, that anybody wraps by hand. Longer
// lines are whole paragraphs.
const widest = 100

// A line is a line of text, and what its looks tell.
type line struct {
	text    string // without white space at the end; "" for an empty line
	start   int    // in the whole text
	set     int    // the length of the white space it starts with, in bytes
	indent  int    // the same in columns
	width   int    // in columns, the indent included; widest+1 for any more
	marker  string // that an item of a list would start with, or ""
	item    bool   // it starts an item: other lines have such markers too
	columns bool   // it looks like a row of a table
}

// measure makes the line of a text that starts at a place in it.
func measure(raw string, start int) line {
	l := line{text: strings.TrimRightFunc(raw, unicode.IsSpace), start: start}
	for {
		r, size := utf8.DecodeRuneInString(l.text[l.set:])
		switch {
		case size == 0:
			return l
		case r == '\t':
			l.indent += 8
		case r == '\u3000':
			l.indent += 4
		case unicode.IsSpace(r):
			l.indent++
		default:
			l.width = min(l.indent+width(l.body()), widest+1)
			return l
		}
		l.set += size
	}
}

// body returns the line without its indent.
func (l *line) body() string { return l.text[l.set:] }

// look finds out what the line starts with, and whether it has columns.
func (l *line) look() {
	l.marker = markerOf(l.body())
	l.columns = l.marker == "" && columns(l.body())
}

// width returns how many columns s takes, up to a little more than the widest.
func width(s string) int {
	n := 0
	for i := 0; i < len(s) && n <= widest; n++ {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if eastAsian(r) {
			n++
		}
		i += size
	}
	return n
}

// markerOf returns the bullet or the number that a line starts with.
func markerOf(body string) string {
	if body == "" {
		return ""
	}
	end := 0
	switch r, size := utf8.DecodeRuneInString(body); r {
	case '-', '*', '•', '·', '‣', '◦', '▪', '■', '●', '○', '+':
		end = size
	default:
		for end < len(body) && '0' <= body[end] && body[end] <= '9' {
			end++
		}
		if end == 0 || end > 2 || end == len(body) || body[end] != '.' && body[end] != ')' {
			return ""
		}
		end++
	}
	if end == len(body) || body[end] != ' ' && body[end] != '\t' {
		return ""
	}
	return body[:end]
}

// columns reports whether a line has gaps that make columns: two of three blanks
// or more, a tab within, or two bars.
func columns(body string) bool {
	if strings.IndexByte(body, '\t') > 0 || strings.Count(body, "|") >= 2 {
		return true
	}
	gaps := 0
	for range 2 {
		i := strings.Index(body, "   ")
		if i < 0 {
			break
		}
		gaps++
		body = strings.TrimLeft(body[i:], " ")
	}
	return gaps == 2
}

// A shape is what the lines of a whole text tell about each of them.
type shape struct {
	width   int  // of the lines, where they are wrapped by hand
	wrapped bool // most lines are as short as lines that are wrapped
	setIn   bool // paragraphs are told by the indent of their first lines
}

// shapeOf looks at all lines of a text.
func shapeOf(s string) shape {
	var count [widest + 2]int
	var all, setIn, flush int
	before := line{}
	pos := 0
	for raw := range strings.Lines(s) {
		l := measure(raw, pos)
		pos += len(raw)
		if l.text != "" {
			all++
			count[l.width]++
			if l.indent == 0 {
				flush++
			}
			if before.text != "" && before.indent == 0 && l.indent >= 3 {
				setIn++
			}
		}
		before = l
	}
	short := all - count[widest+1]
	sh := shape{wrapped: all > 0 && count[widest+1]*4 <= all, setIn: setIn > 0 && flush*4 >= all}
	for seen := 0; sh.width < widest && seen*20 < short*19; sh.width++ {
		seen += count[sh.width]
	}
	return sh
}

// cut gives the paragraphs of a block, and reports whether to go on.
func (sh *shape) cut(block []line, yield func(Paragraph) bool) bool {
	wrap := sh.wrapOf(block)
	for start := 0; start < len(block); {
		end := sh.paragraphEnd(block, start, wrap)
		if !yield(makeParagraph(block[start:end])) {
			return false
		}
		start = end
	}
	return true
}

// paragraphEnd returns the end of the paragraph that starts at a line of a block.
func (sh *shape) paragraphEnd(block []line, start, wrap int) int {
	first := block[start]
	end := start + 1
	if first.columns {
		for end < len(block) && block[end].columns {
			end++
		}
		if end > start+1 {
			return end
		}
	}
	for end < len(block) && !sh.breaks(block[end-1], block[end], first, wrap) {
		end++
	}
	return end
}

// breaks reports whether a paragraph ends between two lines of a block.
func (sh *shape) breaks(before, after, first line, wrap int) bool {
	switch {
	case after.item:
		return true
	case first.item && after.indent > first.indent:
		return false
	case wrap == 0, after.columns:
		return true
	case sh.setIn && after.indent >= 3 && !first.item:
		return true
	case header(before.text) && header(after.text):
		return true
	}
	word, _, _ := strings.Cut(after.body(), " ")
	if r, _ := utf8.DecodeRuneInString(word); unicode.IsLower(r) && !stops(before.text) {
		return false // the middle of a sentence, wrapped by hand
	}
	room := wrap - before.width - 1 - width(word)
	if stops(before.text) {
		const ragged = 4 // by so much lines fall short that are not wrapped by a program
		return room >= ragged || before.indent == 0 && after.indent == 1
	}
	return room >= max(wrap/4, 12)
}

// narrowest is the least width to which text is wrapped: shorter lines are a
// list, an address, a poem.
const narrowest = 40

// wrapOf returns the width to which the lines of a block are wrapped, or 0 when
// each of them is a paragraph.
func (sh *shape) wrapOf(block []line) int {
	var most, second, full, lower, upper int
	for i, l := range block {
		switch {
		case l.width > most:
			most, second = l.width, most
		case l.width > second:
			second = l.width
		}
		if i == 0 {
			continue
		}
		if l.width*5 >= sh.width*3 {
			full++
		}
		switch r, _ := utf8.DecodeRuneInString(l.body()); {
		case unicode.IsLower(r):
			lower++
		case unicode.IsUpper(r):
			upper++
		}
	}
	switch {
	case second > widest, most < narrowest && sh.width < narrowest:
		return 0
	case lower == 0 && upper >= 3 && upper*2 > len(block):
		return 0 // no line goes on in the middle of a sentence
	case !sh.wrapped && (len(block) < 3 || most > widest || full+2 < len(block)):
		return 0
	case len(block) >= 4 && second*4 >= sh.width*3:
		return second
	}
	return sh.width
}

// markItems decides which lines of the two blocks start items of a list: those
// whose marker has a sibling before it or behind it.
func markItems(block, next []line) {
	var last *line
	for _, lines := range [...][]line{block, next} {
		for i := range lines {
			l := &lines[i]
			if l.marker == "" {
				continue
			}
			if last != nil && siblings(last.marker, l.marker) {
				last.item, l.item = true, true
			}
			last = l
		}
	}
}

// siblings reports whether two markers can follow each other in one list.
func siblings(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	if a[0] >= '0' && a[0] <= '9' && b[0] >= '0' && b[0] <= '9' {
		return number(b) == number(a)+1 && a[len(a)-1] == b[len(b)-1]
	}
	return a == b
}

func number(marker string) int {
	n := 0
	for i := 0; i < len(marker) && '0' <= marker[i] && marker[i] <= '9'; i++ {
		n = n*10 + int(marker[i]-'0')
	}
	return n
}

// stops reports whether a line ends like a sentence.
func stops(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)]")
	for _, mark := range [...]string{".", "!", "?", ":", "…", "。", "！", "？", "؟", "۔"} {
		if strings.HasSuffix(s, mark) {
			return true
		}
	}
	return false
}

// header reports whether a line looks like a field of a header: "Subject: ...".
func header(s string) bool {
	i := strings.IndexByte(s, ':')
	if i < 2 || i > 32 || i+1 < len(s) && s[i+1] != ' ' {
		return false
	}
	for j := range i {
		c := s[j]
		if (c|0x20 < 'a' || c|0x20 > 'z') && c != '-' {
			return false
		}
	}
	return 'A' <= s[0] && s[0] <= 'Z'
}
