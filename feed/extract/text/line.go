package text

import (
	"strings"
	"unicode/utf8"

	"seedfeed/feed/internal/xmlchar"
)

// OneLine returns s on one line: white space collapsed, control characters gone.
func OneLine(s string) string { return strings.Join(strings.Fields(xmlchar.Clean(s)), " ") }

// Truncate returns s, or as many whole words of it as fit into limit characters
// together with the "…" that then ends it.
func Truncate(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	out := string([]rune(s)[:limit-1])
	if i := strings.LastIndexByte(out, ' '); i > 0 {
		out = out[:i]
	}
	return strings.TrimRight(out, " ,;:-–—") + "…"
}
