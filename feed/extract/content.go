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
		if !st.published(i) || strings.TrimSpace(blk.text) == "" {
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
	case roleNote:
		return isPublicNote(st.blocks[i].text)
	case roleHeadline, roleByline, roleStamp, roleEnd:
		return false
	}
	return true
}

// escapeText escapes what is markup in a text; quotation marks are not.
var escapeText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func writeBlock(b *strings.Builder, blk block) {
	switch blk.kind {
	case blockVerbatim:
		// A line break behind the tag is none (HTML, 13.2.6.4.7).
		b.WriteString("<pre>" + escapeText.Replace(strings.TrimLeft(blk.text, "\n")) + "</pre>\n")
	case blockHeading:
		b.WriteString("<h2>" + escapeText.Replace(blk.text) + "</h2>\n")
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
			b.WriteString(escapeText.Replace(t))
			return
		case strings.HasSuffix(t[:i], "https"):
			start -= len("https")
		case strings.HasSuffix(t[:i], "http"):
			start -= len("http")
		}
		end := addressEnd(t, i+len("://"))
		if start == i || end == i+len("://") {
			b.WriteString(escapeText.Replace(t[:i+len("://")]))
			t = t[i+len("://"):]
			continue
		}
		href, ok := resolver{}.resolve(t[start:end])
		b.WriteString(escapeText.Replace(t[:start]))
		address := escapeText.Replace(t[start:end])
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
