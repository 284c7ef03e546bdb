package extract

import (
	"html"
	"strings"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"seedfeed/feed/internal/xmlchar"
)

// unescape reads the character references of a plain text that was taken out of a
// page or an XML file as it stood there: &#34;, &amp;, &mdash;. In such a text each
// "<" is one too. A text that has some as they are speaks of markup, and stays.
func unescape(s string) string {
	if start, _ := nextReference(s, 0); start < 0 || strings.Contains(s, "<") {
		return s
	}
	var b strings.Builder
	done := 0
	for start, end := nextReference(s, 0); start >= 0; start, end = nextReference(s, end) {
		b.WriteString(s[done:start])
		b.WriteString(html.UnescapeString(s[start:end]))
		done = end
	}
	b.WriteString(s[done:])
	return xmlchar.Clean(strings.ReplaceAll(b.String(), "\r", "\n"))
}

// unescapeTwice reads the references that a site has escaped again, so that its
// readers see "&#34;" in the middle of a sentence. Where code is shown it may be
// meant, and so are &lt; and &gt; alone, by which pages tell of markup.
func unescapeTwice(root *nethtml.Node) {
	for n := range root.Descendants() {
		if n.Type != nethtml.TextNode || !strings.Contains(n.Data, "&") || inside(n, atom.Pre) || inside(n, atom.Code) || inside(n, atom.Kbd) || inside(n, atom.Samp) {
			continue
		}
		if lower := strings.ToLower(n.Data); !strings.Contains(lower, "&lt;") && !strings.Contains(lower, "&gt;") {
			n.Data = unescape(n.Data)
		}
	}
}

// nextReference returns where the next character reference of a text starts and
// ends (HTML, 13.1.4): an ampersand, a name or a number, and a semicolon. The start
// is -1 where there is none.
func nextReference(s string, from int) (start, end int) {
	const longest = 10
	for {
		i := strings.IndexByte(s[from:], '&')
		if i < 0 {
			return -1, len(s)
		}
		start = from + i
		from = start + 1
		name, _, ok := strings.Cut(firstWords(s[from:], longest), ";")
		if ok && len(name) > 1 && strings.Trim(strings.ToLower(strings.TrimPrefix(name, "#")), "abcdefghijklmnopqrstuvwxyz0123456789") == "" {
			return start, from + len(name) + 1
		}
	}
}
