package render

import (
	"html"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"seedfeed/feed/internal/xmlchar"
)

// plain returns s as one line of plain text that no reader takes for markup.
//
// Half of the readers strip what looks like a tag even where the format says
// plain text, and some decode an entity twice: "Why <div> matters" becomes "Why
// matters". No escaping helps, so the brackets of a would-be tag become ‹ and ›,
// and the ampersand of a would-be entity becomes ＆.
func plain(s string) string {
	s = line(s)
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	var b strings.Builder
	inTag := false
	for i, r := range s {
		switch {
		case r == '<' && opensTag(s[i+1:]):
			inTag = true
			r = '‹'
		case r == '>' && inTag:
			inTag = false
			r = '›'
		case r == '&' && opensEntity(s[i+1:]):
			r = '＆'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// line returns s as one clean line.
func line(s string) string {
	if isLine(s) {
		return s
	}
	return strings.Join(strings.Fields(xmlchar.Clean(s)), " ")
}

// isLine reports whether s is one clean line in ASCII, as most are. Of others it
// knows nothing.
func isLine(s string) bool {
	space := true // a line begins and ends with none
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= 0x7f || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return s == "" || !space
}

// opensTag reports whether rest may follow the "<" of a tag or a comment.
func opensTag(rest string) bool {
	if rest == "" {
		return false
	}
	c := rest[0]
	return c == '/' || c == '!' || c == '?' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// opensEntity reports whether rest may follow the "&" of a character reference.
// Validators report those without a semicolon too, and any with a digit.
func opensEntity(rest string) bool {
	if strings.HasPrefix(rest, "#") {
		return true
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	if end < 0 {
		end = len(rest)
	}
	word := rest[:end]
	if strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return true
	}
	entity := "&" + word + ";"
	return html.UnescapeString(entity) != entity
}

// distinct returns the text of each string that has any, once, as clean makes it.
func distinct(list []string, clean func(string) string) []string {
	var out []string
	for _, s := range list {
		if s = clean(s); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// textEscaper turns plain text into the HTML of it.
var textEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// textHTML returns the HTML of plain text.
func textHTML(s string) string { return textEscaper.Replace(line(s)) }

// uri returns an address in the characters that a URI may have (RFC 3986): the
// others, as an IRI has them, are percent-encoded, and so is a percent sign that
// begins no code. "" stays "".
func uri(s string) string {
	s = strings.TrimSpace(xmlchar.Clean(s))
	const hex = "0123456789ABCDEF"
	foreign := func(i int) bool {
		c := s[i]
		stray := c == '%' && (i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]))
		return stray || c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0
	}
	first := 0
	for first < len(s) && !foreign(first) {
		first++
	}
	if first == len(s) {
		return s
	}
	var b strings.Builder
	b.WriteString(s[:first])
	for i := first; i < len(s); i++ {
		c := s[i]
		if foreign(i) {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// webURL returns an absolute http or https address as a URI, and "" for
// anything else.
func webURL(s string) string {
	s = uri(s)
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return s
}

// address returns an e-mail address without a name, and "" for anything else.
func address(s string) string {
	s = line(s)
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '"' }) {
		return ""
	}
	return s
}
