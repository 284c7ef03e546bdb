// Package xmlchar keeps out of strings what no feed may carry.
//
// Wire transmissions are full of control bytes, and encoding/xml writes CDATA
// unfiltered: one such byte makes a feed that no reader can parse.
package xmlchar

import (
	"strings"
	"unicode/utf8"
)

// Clean returns s as valid UTF-8 without the characters that XML 1.0 forbids
// (Char, section 2.2), without the C1 controls and without U+FFFD, all of which
// feed validators report. Tab, line feed and carriage return stay. A string
// that is clean is returned as it is.
func Clean(s string) string {
	start := 0 // most of most texts is ASCII, which needs no decoding
	for start < len(s) && s[start] < 0x7f && allowed(rune(s[start])) {
		start++
	}
	for i, r := range s[start:] {
		i += start
		if !allowed(r) {
			return s[:i] + strings.Map(keep, s[i:])
		}
	}
	return s
}

func keep(r rune) rune {
	if allowed(r) {
		return r
	}
	return -1
}

// allowed reports whether r may stand in a feed. Bad UTF-8 comes as RuneError.
func allowed(r rune) bool {
	switch {
	case r < 0x20:
		return r == '\t' || r == '\n' || r == '\r'
	case r < 0x7f:
		return true
	case r < 0xa0:
		return false // DEL and the C1 controls
	case r == utf8.RuneError, r == 0xfffe, r == 0xffff:
		return false
	}
	return true
}
