package extract

import (
	"html"
	"strings"
)

// contentOf makes the HTML of a text from the blocks that are for readers: the
// headline and the byline stand in the entry's title and authors, notes and end
// marks are for desks. It is escaped and balanced as it is made.
func contentOf(s *source, st *story) string {
	var b strings.Builder
	b.Grow(len(s.text) + len(s.text)/8)
	list := false
	for i, blk := range st.blocks {
		if !st.published(i) {
			continue
		}
		if item := blk.kind == blockList; item != list {
			b.WriteString(map[bool]string{true: "<ul>\n", false: "</ul>\n"}[item])
			list = item
		}
		writeBlock(&b, blk)
	}
	if list {
		b.WriteString("</ul>\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// published reports whether a block is for readers.
func (st *story) published(i int) bool {
	switch st.roles[i] {
	case roleHeadline, roleByline, roleNote, roleStamp, roleEnd:
		return false
	}
	return true
}

func writeBlock(b *strings.Builder, blk block) {
	switch blk.kind {
	case blockVerbatim:
		b.WriteString("<pre>" + html.EscapeString(blk.text) + "</pre>\n")
	case blockHeading:
		b.WriteString("<h2>" + html.EscapeString(blk.text) + "</h2>\n")
	case blockQuote:
		b.WriteString("<blockquote>")
		writeLinked(b, blk.text)
		b.WriteString("</blockquote>\n")
	case blockList:
		b.WriteString("<li>")
		writeLinked(b, blk.text)
		b.WriteString("</li>\n")
	default:
		b.WriteString("<p>")
		writeLinked(b, blk.text)
		b.WriteString("</p>\n")
	}
}

// writeLinked writes a text and makes links of the addresses in it.
func writeLinked(b *strings.Builder, t string) {
	for {
		i := strings.Index(t, "://")
		start := i
		switch {
		case i < 0:
			b.WriteString(html.EscapeString(t))
			return
		case strings.HasSuffix(t[:i], "https"):
			start -= len("https")
		case strings.HasSuffix(t[:i], "http"):
			start -= len("http")
		}
		end := addressEnd(t, i+len("://"))
		if start == i || end == i+len("://") {
			b.WriteString(html.EscapeString(t[:i+len("://")]))
			t = t[i+len("://"):]
			continue
		}
		href, ok := resolver{}.resolve(t[start:end])
		b.WriteString(html.EscapeString(t[:start]))
		address := html.EscapeString(t[start:end])
		if ok {
			b.WriteString(`<a href="` + html.EscapeString(href) + `">` + address + "</a>")
		} else {
			b.WriteString(address)
		}
		t = t[end:]
	}
}

// addressEnd returns where the address that goes on at i ends. A mark of
// punctuation at its end belongs to the sentence, and so does a bracket that was
// opened before it.
func addressEnd(t string, i int) int {
	end := i
	for end < len(t) && t[end] > ' ' && t[end] < 0x7f && !strings.ContainsRune("<>\"`{}|\\^", rune(t[end])) {
		end++
	}
	for end > i {
		switch t[end-1] {
		case '.', ',', ';', ':', '!', '?', '\'', '*', '_':
		case ')':
			if strings.Count(t[i:end], "(") >= strings.Count(t[i:end], ")") {
				return end
			}
		case ']':
			if strings.Contains(t[i:end], "[") {
				return end
			}
		default:
			return end
		}
		end--
	}
	return end
}
