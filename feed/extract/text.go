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
	body := unescape(s.text)
	if rest, ok := cutHeader(s, body); ok {
		body = rest
	}
	s.blocks = paragraphBlocks(body)
	return nil
}

// paragraphBlocks cuts a text into blocks.
func paragraphBlocks(s string) []block {
	blocks := make([]block, 0, 16)
	n, end := 0, -1
	for p := range text.EachBlock(s) {
		n++
		below := p.Start == end+1
		end = p.End
		switch {
		case below && underlines(p.Text, blocks):
			last := &blocks[len(blocks)-1]
			last.kind, last.level = blockHeading, 2
			if p.Text[0] == '=' {
				last.level = 1
			}
		case p.Kind == text.Table:
			blocks = append(blocks, block{text: strings.Join(p.Lines, "\n"), kind: blockVerbatim})
		case p.Kind == text.Item:
			blocks = append(blocks, block{text: itemText(p), kind: blockList})
		case p.Text == "":
		case len(p.Lines) == 1 && isQuoted(p.Lines[0]):
			blocks = append(blocks, proseBlock(p.Lines))
		case len(p.Lines) > 1:
			blocks = append(blocks, proseBlocks(p, n <= headBlocks)...)
		default:
			blocks = append(blocks, block{text: p.Text})
		}
	}
	return blocks
}

// underlines reports whether a line of nothing but = or - stands below a short
// line, which it makes a heading.
func underlines(line string, blocks []block) bool {
	if len(line) < 3 || strings.Trim(line, "=") != "" && strings.Trim(line, "-") != "" || len(blocks) == 0 {
		return false
	}
	last := blocks[len(blocks)-1]
	return last.kind == blockParagraph && len(last.text) <= maxHeadline && !endsSentence(last.text)
}

// itemText returns the text of an item. Its number stays: the text may refer to
// it, and it need not count from one.
func itemText(p text.Paragraph) string {
	if strings.ContainsAny(p.Marker, "0123456789") {
		return p.Marker + " " + p.Text
	}
	return p.Text
}

// proseBlocks parts the lines of a paragraph where one begins that stands for
// itself without a blank line before it: in the head of a text a byline, a slug or
// a dateline, however well the line above it is filled; anywhere an end mark, or
// what is quoted from another message.
func proseBlocks(p text.Paragraph, head bool) []block {
	var out []block
	start := 0
	for i := 1; i <= len(p.Lines); i++ {
		if i < len(p.Lines) && !partsProse(p.Lines[i-1], p.Lines[i], head) {
			continue
		}
		if start == 0 && i == len(p.Lines) && !isQuoted(p.Lines[0]) {
			return []block{{text: p.Text}}
		}
		out = append(out, proseBlock(p.Lines[start:i]))
		start = i
	}
	return out
}

// proseBlock joins lines to a paragraph, or to a quotation when they are marked
// as one.
func proseBlock(lines []string) block {
	if !isQuoted(lines[0]) {
		return block{text: text.OneLine(strings.Join(lines, " "))}
	}
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(strings.TrimLeft(line, "> \t"))
		b.WriteByte(' ')
	}
	return block{text: text.OneLine(b.String()), kind: blockQuote}
}

// isQuoted reports whether a line is quoted from another message (RFC 3676, 4.5).
func isQuoted(line string) bool {
	return strings.HasPrefix(line, ">") && !strings.HasPrefix(line, ">>>")
}

func partsProse(line, next string, head bool) bool {
	if isQuoted(line) != isQuoted(next) {
		return true
	}
	if len(next) <= maxEndMark && (isEndMark(next) || isEndLine(next)) {
		return true
	}
	return head && partsHead(line, next)
}

// partsHead reports whether a paragraph ends between two lines.
func partsHead(line, next string) bool {
	if isByline(line) || isByline(next) || isNote(line) || isNote(next) {
		return true
	}
	for _, l := range [...]string{line, next} {
		if _, ok := readStamp(l); ok {
			return true
		}
	}
	d, ok := readDateline(next)
	return ok && !d.weak
}
