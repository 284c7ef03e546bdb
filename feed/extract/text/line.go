package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// OneLine returns s as one clean line: white space collapsed to single blanks
// and cut at the ends; no control characters, no bidirectional controls, and none
// of the characters of no width that copying leaves behind. Joiners stay where
// they shape letters or emoji.
func OneLine(s string) string {
	if tidy(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	before := ' '
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			gap = b.Len() > 0
			continue
		case unseen(r), joiner(r) && !shapes(before):
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// tidy reports whether s is one clean line of ASCII already.
func tidy(s string) bool {
	if s == "" {
		return true
	}
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= 0x7f || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return last != ' '
}

// unseen reports whether r takes no place on a line: controls and formats.
func unseen(r rune) bool {
	switch {
	case r < ' ', 0x7f <= r && r < 0xa0: // controls
		return true
	case r < 0xad:
		return false
	}
	switch r {
	case '\u00ad', '\u061c', '\u180e', '\u200b', '\u200e', '\u200f', '\u2060', '\ufeff', utf8.RuneError, '\ufffe', '\uffff':
		return true
	}
	return 0x202a <= r && r <= 0x202e || 0x2061 <= r && r <= 0x206f || 0xfff9 <= r && r <= 0xfffb
}

func joiner(r rune) bool { return r == '\u200c' || r == '\u200d' }

// shapes reports whether a joiner after r has a use: r is of a script whose
// letters join, or an emoji.
func shapes(r rune) bool {
	return 0x590 <= r && r < 0x1100 || 0x1780 <= r && r < 0x18b0 || r == '\ufe0f' || r >= 0x1f000 || 0x2600 <= r && r < 0x2800
}

// ellipsis ends what was cut.
const ellipsis = "…"

// Truncate returns s, or as many whole words of it as fit into limit characters
// together with the "…" that then ends it. No opening bracket, comma or dash is
// left dangling before it. A word that alone is too long is cut, and so is text
// in a script that has no blanks. A limit below 1 leaves nothing.
func Truncate(s string, limit int) string {
	if limit < 1 {
		return ""
	}
	cut, blank, n := len(s), 0, 0
	for i, r := range s {
		if n++; n == limit {
			cut = i // the "…" takes this place
		}
		if n <= limit && unicode.IsSpace(r) {
			blank = i
		}
		if n > limit {
			return trimTail(s, cut, blank) + ellipsis
		}
	}
	return s
}

// trimTail returns the head of s that ends before cut, at a blank if there is one
// that leaves a good part.
func trimTail(s string, cut, blank int) string {
	head := s[:cut]
	if next, _ := utf8.DecodeRuneInString(s[cut:]); !unicode.IsSpace(next) && blank > 0 && blank <= cut && wordy(s[blank:cut]) {
		head = s[:blank]
	}
	if trimmed := strings.TrimRightFunc(head, dangling); trimmed != "" {
		return trimmed
	}
	return strings.TrimSpace(head)
}

// wordy reports whether s, which starts at a blank, belongs to a script that
// sets its words apart: text in others has a blank only here and there.
func wordy(s string) bool {
	for _, r := range s {
		if eastAsian(r) {
			return false
		}
	}
	return true
}

// dangling reports whether r must not stand before the "…".
func dangling(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsPunct(r) && !strings.ContainsRune(")]}”’»\"'%!?", r) || r == '…' || joiner(r)
}

// eastAsian reports whether r is of a script that is written without blanks
// between words and whose characters take two columns.
func eastAsian(r rune) bool {
	return 0x2e80 <= r && r < 0xa4d0 || 0xf900 <= r && r < 0xfb00 || 0xfe30 <= r && r < 0xfe50 || 0xff00 <= r && r < 0xff61 || 0x20000 <= r && r < 0x3fffe
}
