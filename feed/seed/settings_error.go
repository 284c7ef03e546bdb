package seed

import (
	"fmt"
	"strings"
	"unicode"
)

// A SettingsError says what is wrong in a feed.yaml, and where.
type SettingsError struct {
	Path    string // of the file, relative to the top
	Line    int    // from 1
	Column  int    // from 1, in characters
	Problem string // `unknown key "titel"`
	Hint    string // what to write instead, or ""
	Excerpt string // the line with a mark under the place
}

// Error returns the place, the problem and the hint in one line, and the excerpt
// in the two lines after it:
//
//	news/feed.yaml:2:1: unknown key "titel"; did you mean "title"?
//	    2 | titel: The Harbour Post
//	        ^
func (e *SettingsError) Error() string {
	message := fmt.Sprintf("%s:%d:%d: %s", e.Path, e.Line, e.Column, e.Problem)
	if e.Hint != "" {
		message += "; " + e.Hint
	}
	return message + "\n" + e.Excerpt
}

const (
	excerptBefore = 60 // characters of a line that are shown before the place
	excerptAfter  = 40 // and from it on
)

// excerpt shows a line of a text with a mark under a column.
func excerpt(text string, line, column int) string {
	var runes []rune
	if lines := strings.Split(text, "\n"); line <= len(lines) {
		runes = []rune(lines[line-1])
	}
	at := min(column-1, len(runes))
	start := max(0, at-excerptBefore)
	shown := string(runes[start:min(len(runes), at+excerptAfter)])
	number := fmt.Sprintf("%5d | ", line)
	return number + strings.Map(harmless, shown) + "\n" + strings.Repeat(" ", len(number)+at-start) + "^"
}

// harmless keeps what would move the mark, or command a terminal, out of an
// excerpt.
func harmless(c rune) rune {
	switch {
	case c == '\t':
		return ' '
	case !unicode.IsPrint(c):
		return unicode.ReplacementChar
	}
	return c
}
