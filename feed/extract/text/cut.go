package text

import (
	"strings"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// nextCut returns where Unicode (UAX 29) cuts s next behind a cut, or its length.
//
// Between two cuts nothing counts but the mark that ends a sentence, the letter
// before it, and what follows: so the properties of most characters need not be
// looked up, which is what takes the time.
func nextCut(s string, cut int) int {
	mark := cut
	for mark < len(s) && !mayEnd(s, mark) {
		mark++
	}
	if mark == len(s) {
		return mark
	}
	word := cut + 1 + strings.LastIndexByte(s[cut:mark], ' ') // with the letter
	it := sentences.FromString(s[word:])
	it.Next()
	return word + len(it.Value())
}

// mayEnd reports whether a character that ends a sentence, or a paragraph, may
// start at i. It is sure of those that do not.
func mayEnd(s string, i int) bool {
	c := s[i]
	if c < 0xc0 { // ASCII, or the middle of a character
		return c == '.' || c == '!' || c == '?' || c == '\n' || c == '\r'
	}
	second, third := byteAt(s, i+1), byteAt(s, i+2)
	switch {
	case 0xc3 <= c && c <= 0xcc, 0xce <= c && c <= 0xd5: // Latin, Greek, Cyrillic, Armenian letters
		return false
	case c == 0xd8, c == 0xd9: // Arabic
		return c == 0xd8 && 0x9d <= second && second <= 0x9f
	case c == 0xe2 && second == 0x80: // dashes and quotation marks
		return third < 0x90 || third == 0xa4 || third > 0xa7
	case c == 0xe3: // kana, and the marks of East Asia
		return second == 0x80 && third == 0x82
	case 0xe4 <= c && c <= 0xe9, c == 0xeb, c == 0xec: // Han, Hangul
		return false
	}
	return true
}

func byteAt(s string, i int) byte {
	if i < len(s) {
		return s[i]
	}
	return 0
}
