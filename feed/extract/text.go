package extract

import (
	"strings"

	"seedfeed/feed/extract/text"
	"seedfeed/feed/internal/xmlchar"
)

// decodeText decodes a text. A wire transmission keeps its control characters:
// they mark its parts.
func decodeText(data []byte) (string, error) {
	raw, err := text.DecodeRaw(data)
	if err != nil || isTransmission(raw) {
		return raw, err
	}
	return xmlchar.Clean(raw), nil
}

// decodeHTML decodes a page.
func decodeHTML(data []byte) (string, error) { return text.DecodeHTML(data) }

// readText takes a plain text apart: a raw transmission of a wire, a message
// with a header block, or a text and no more.
func readText(_ *Extractor, s *source) error {
	if isTransmission(s.text) {
		readTransmission(s)
		return nil
	}
	body := s.text
	if rest, ok := cutHeader(s, body); ok {
		body = rest
	}
	s.blocks = paragraphBlocks(body)
	return nil
}

// paragraphBlocks cuts a text into blocks.
func paragraphBlocks(s string) []block {
	var blocks []block
	n := 0
	for p := range text.EachBlock(s) {
		n++
		switch {
		case p.Kind == text.Table:
			blocks = append(blocks, block{text: strings.Join(p.Lines, "\n"), kind: blockVerbatim})
		case p.Kind == text.Item:
			blocks = append(blocks, block{text: itemText(p), kind: blockList})
		case p.Text == "":
		case n <= headBlocks && len(p.Lines) > 1:
			blocks = append(blocks, headLines(p)...)
		default:
			blocks = append(blocks, block{text: p.Text})
		}
	}
	return blocks
}

// itemText returns the text of an item. Its number stays: the text may refer to
// it, and it need not count from one.
func itemText(p text.Paragraph) string {
	if strings.ContainsAny(p.Marker, "0123456789") {
		return p.Marker + " " + p.Text
	}
	return p.Text
}

// headLines parts the lines of a paragraph in the head of a text, where a byline,
// a slug or a dateline begins a line of its own without a blank line before it,
// however well the line above it is filled.
func headLines(p text.Paragraph) []block {
	var out []block
	start := 0
	for i := 1; i < len(p.Lines); i++ {
		if !partsHead(p.Lines[i-1], p.Lines[i]) {
			continue
		}
		out = append(out, block{text: text.OneLine(strings.Join(p.Lines[start:i], " "))})
		start = i
	}
	if start == 0 {
		return []block{{text: p.Text}}
	}
	return append(out, block{text: text.OneLine(strings.Join(p.Lines[start:], " "))})
}

// partsHead reports whether a paragraph ends between two lines.
func partsHead(line, next string) bool {
	if isByline(line) || isByline(next) || isNote(line) || isNote(next) {
		return true
	}
	if _, ok := readStamp(line); ok {
		return true
	}
	d, ok := readDateline(next)
	return ok && !d.weak
}
