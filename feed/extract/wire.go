package extract

import (
	"strings"

	"seedfeed/feed/extract/text"
	"seedfeed/feed/internal/xmlchar"
)

// The control characters by which a transmission marks its parts (ANPA 1312,
// IPTC 7901).
const (
	startOfHeading = '\x01'
	startOfText    = '\x02'
	endOfText      = "\x03"
	endOfMessage   = "\x04"
	tableLine      = '\x08' // ANPA: a line of a table
)

// isTransmission reports whether a text is a raw transmission of a wire: a
// heading and a text between control characters.
func isTransmission(s string) bool {
	const reach = 700
	head := firstWords(s, reach)
	heading := strings.IndexByte(head, startOfHeading)
	return heading >= 0 && heading < 80 && strings.IndexByte(head[heading:], startOfText) > 0
}

// readTransmission takes a transmission apart. Its headline is stated; what is for
// desks (slugs, picture numbers, corrections) is left out; the line that closes
// it, which has the only full date, becomes the last block.
func readTransmission(s *source) {
	_, message, _ := strings.Cut(s.text, string(startOfHeading))
	heading, message, _ := strings.Cut(message, string(startOfText))
	body, tail, _ := strings.Cut(message, endOfText)
	tail, _, _ = strings.Cut(tail, endOfMessage)
	w := wire{s: s}
	if strings.HasPrefix(strings.TrimLeft(body, " \n"), "^") {
		w.anpa(body)
	} else {
		w.iptc(heading, body)
	}
	if w.title != "" {
		s.stated = append(s.stated, stated{ask: askTitle, value: w.title, source: w.titleFrom})
	}
	s.blocks = w.blocks
	for line := range strings.Lines(tail) {
		line = text.OneLine(strings.Trim(line, "\n <^"))
		if line == "" {
			continue
		}
		s.blocks = append(s.blocks, block{text: line})
		if service, _, ok := strings.Cut(line, "-"); ok && w.agency == "" {
			w.agency = service // AP-WF-11-13-13 1509GMT
		}
	}
	if name, ok := knownAgency(w.agency); ok {
		s.stated = append(s.stated, stated{ask: askAgency, value: name, source: "wire heading"})
	}
	if id := wireID(heading, s.blocks); id != "" {
		s.stated = append(s.stated, stated{ask: askID, value: id, source: "wire heading and end line"})
	}
}

// wireID returns what no other transmission has: the number of the message, which
// begins anew each day, and the line that closes it, which has the time. One that
// is sent again to another file is the same story.
func wireID(heading string, blocks []block) string {
	number, _, _ := strings.Cut(strings.Fields(heading + " -")[0], "\x1f")
	number = text.OneLine(xmlchar.Clean(number))
	if len(blocks) == 0 || !isEndLine(blocks[len(blocks)-1].text) || strings.Trim(number, "-") == "" {
		return ""
	}
	return "wire " + number + " " + blocks[len(blocks)-1].text
}

// A wire collects the parts of a transmission.
type wire struct {
	s      *source
	blocks []block

	title, titleFrom string
	slug             string
	agency           string
	open             bool // the last block is a paragraph that goes on
	rows             []string
}

// anpa reads the text of ANPA 1312. A line that begins with "^" stands for itself:
// one that ends in "<" is a slug or the headline, one that ends in "=" a byline or
// a heading, others are items. A tab begins a paragraph.
func (w *wire) anpa(body string) {
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, " \n")
		switch {
		case line != "" && line[0] == tableLine:
			w.rows = append(w.rows, line[1:])
			continue
		case strings.TrimSpace(line) == "":
			w.open = false
			continue
		}
		w.table()
		switch {
		case line[0] == '^':
			for part := range strings.SplitSeq(line[1:], " ^") {
				w.special(strings.TrimSpace(part))
			}
		case line[0] == '\t' || !w.open:
			w.paragraph(line)
		default:
			w.blocks[len(w.blocks)-1].text += " " + wireText(line)
		}
	}
	w.table()
	if w.title == "" && w.slug != "" {
		w.title, w.titleFrom = w.slug, "wire slug"
	}
	for i := range w.blocks { // a heading that says the title again
		if w.blocks[i].kind == blockHeading && sameWords(w.blocks[i].text, w.title) {
			w.blocks = append(w.blocks[:i], w.blocks[i+1:]...)
			break
		}
	}
}

// paragraph opens a paragraph. Three underscores stand between the parts of a
// story, which need no more than that.
func (w *wire) paragraph(line string) {
	t := wireText(line)
	if w.open = strings.Trim(t, "_ =") != ""; w.open {
		w.blocks = append(w.blocks, block{text: t})
	}
}

// special reads a line of its own, without the mark at its beginning.
func (w *wire) special(line string) {
	w.open = false
	bare := wireText(strings.TrimRight(line, "<= "))
	switch {
	case bare == "" || strings.Trim(bare, "_ ") == "":
	case strings.HasSuffix(line, "<") && w.slug == "" && (isSlug(line) || strings.HasPrefix(line, "*")):
		if !strings.HasPrefix(line, "*") { // *9006: a number for machines
			w.slug = slugWords(bare)
			w.s.desk = append(w.s.desk, bare+"<")
		}
	case isPublicNote(bare):
		w.blocks = append(w.blocks, block{text: bare})
	case hasNoteLabel(bare) || isTakeLine(bare):
		w.s.desk = append(w.s.desk, bare)
	case isByline(bare):
		w.blocks = append(w.blocks, block{text: bare})
	case strings.HasSuffix(line, "=") && isTitleOfWriter(bare):
		if name, ok := knownAgency(bare); ok {
			w.agency = name
		}
	case strings.HasSuffix(line, "<") && w.title == "":
		w.title, w.titleFrom = bare, "wire headline"
	case strings.HasSuffix(line, "=") || strings.HasSuffix(line, "<"):
		w.blocks = append(w.blocks, block{text: bare, kind: blockHeading, level: 2})
	default:
		w.blocks = append(w.blocks, block{text: bare, kind: blockList})
	}
}

// slugWords returns the words of a slug: "BC-BBO--Wild Card Glance,1140" is about
// the wild card glance.
func slugWords(slug string) string {
	if _, words, ok := strings.Cut(slug, "--"); ok {
		slug = words
	}
	slug, _, _ = strings.Cut(slug, ",")
	return text.OneLine(slug)
}

// table ends a table and sets its columns with blanks.
func (w *wire) table() {
	if len(w.rows) == 0 {
		return
	}
	var cells [][]string
	var widths []int
	for _, row := range w.rows {
		var line []string
		for i, cell := range splitCells(row) {
			cell = wireText(cell)
			line = append(line, cell)
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], len([]rune(cell)))
		}
		cells = append(cells, line)
	}
	var b strings.Builder
	for i, line := range cells {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(setRow(line, widths))
	}
	w.blocks = append(w.blocks, block{text: b.String(), kind: blockVerbatim})
	w.rows, w.open = nil, false
}

// setRow sets the cells of a row: the first to the left, the others, which are
// numbers, to the right.
func setRow(cells []string, widths []int) string {
	var b strings.Builder
	for i, cell := range cells {
		pad := strings.Repeat(" ", widths[i]-len([]rune(cell)))
		if i == 0 {
			b.WriteString(cell + pad)
			continue
		}
		b.WriteString("  " + pad + cell)
	}
	return strings.TrimRight(b.String(), " ")
}

// splitCells splits a row at the separators of columns: semicolons, or the unit
// and record separators, which also fill the space between.
func splitCells(row string) []string {
	row = strings.TrimSpace(strings.TrimPrefix(row, "^"))
	if strings.Contains(row, ";") {
		return strings.Split(row, ";")
	}
	first, rest, ok := strings.Cut(row, "\x1f")
	if !ok {
		return []string{row}
	}
	cells := []string{strings.TrimPrefix(first, "^")}
	for cell := range strings.SplitSeq(rest, "\x1e") {
		if cell = strings.TrimSpace(cell); cell != "" {
			cells = append(cells, cell)
		}
	}
	return cells
}

// wireText returns a line of ANPA 1312 in the characters of today: its set has
// neither dashes nor quotation marks, and a brace for one half.
func wireText(line string) string {
	t := text.OneLine(xmlchar.Clean(strings.ReplaceAll(line, "\x10", "")))
	if strings.ContainsAny(t, "`'_{") {
		t = wireMarks.Replace(t)
	}
	if t == "_" {
		return "–"
	}
	return t
}

var wireMarks = strings.NewReplacer("``", "“", "''", "”", " _ ", " — ", "{", "½")

// iptc reads the text of IPTC 7901: lines of key words and the headline, a byline,
// and after an empty line the story, wrapped.
func (w *wire) iptc(heading, body string) {
	w.agency = headingAgency(heading)
	body = xmlchar.Clean(body)
	body = strings.TrimLeft(body, "\n ")
	top, story, ok := strings.Cut(body, "\n\n")
	if d, _ := readDateline(strings.TrimSpace(top)); !ok || d.end > 0 || len(top) > 800 {
		top, story = "", body
	}
	var headline []string
	closed := false
	for line := range strings.Lines(top) {
		bare := text.OneLine(strings.TrimRight(line, "=+ \n"))
		switch {
		case bare == "":
		case isTakeLine(bare) || isSlug(bare):
			w.s.desk = append(w.s.desk, bare)
		case isByline(bare):
			w.blocks = append(w.blocks, block{text: bare})
			closed = true
		case isNote(bare) || holds(bare):
			w.blocks = append(w.blocks, block{text: bare})
		case !closed:
			headline = append(headline, bare)
			closed = strings.HasSuffix(strings.TrimRight(line, " \n"), "=") || strings.HasSuffix(strings.TrimRight(line, " \n"), "+")
		}
	}
	if len(headline) > 0 {
		w.title, w.titleFrom = strings.Join(headline, " "), "wire headline"
	}
	w.blocks = append(w.blocks, paragraphBlocks(story)...)
}

// headingAgency returns the agency in the heading of IPTC 7901: "eca0003 3 i 380
// dpa 0045".
func headingAgency(heading string) string {
	for _, f := range strings.Fields(firstWords(heading, 120)) {
		if isAgency(f) {
			return f
		}
	}
	return ""
}
