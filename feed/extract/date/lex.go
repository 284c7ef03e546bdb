package date

import (
	"unicode"
	"unicode/utf8"
)

// A number is a run of decimal digits in a text.
type number struct {
	val        int // never above tooLarge
	digits     int // how many; 0 for no number
	start, end int
}

const tooLarge = 1e8

// numberAt returns the number that starts at i.
func numberAt(s string, i int) number {
	n := number{start: i, end: i}
	for {
		v, size := digitAt(s, n.end)
		if size == 0 {
			return n
		}
		n.val = min(n.val*10+v, tooLarge)
		n.digits++
		n.end += size
	}
}

// digitAt returns the value and the length in bytes of the digit at i: ASCII,
// Arabic-Indic, Persian or full-width. The length is 0 when there is none.
func digitAt(s string, i int) (val, size int) {
	if uint(i) >= uint(len(s)) {
		return 0, 0
	}
	c := s[i]
	switch {
	case c <= '9':
		if c >= '0' {
			return int(c - '0'), 1
		}
	case c == 0xd9 && i+1 < len(s) && 0xa0 <= s[i+1] && s[i+1] <= 0xa9:
		return int(s[i+1] - 0xa0), 2
	case c == 0xdb && i+1 < len(s) && 0xb0 <= s[i+1] && s[i+1] <= 0xb9:
		return int(s[i+1] - 0xb0), 2
	case c == 0xef && i+2 < len(s) && s[i+1] == 0xbc && 0x90 <= s[i+2] && s[i+2] <= 0x99:
		return int(s[i+2] - 0x90), 3
	}
	return 0, 0
}

// farthest is how many blanks may stand between the parts of a date.
const farthest = 8

// skipBlank returns where the white space at i ends. A date may be wrapped over
// a line end, but an empty line ends it.
func skipBlank(s string, i int) int {
	lines, start := 0, i
	for n := 0; i < len(s) && n < farthest; n++ {
		c := s[i]
		switch {
		case c == ' ' || c == '\t' || c == '\r':
			i++
		case c == '\n':
			if lines++; lines > 1 {
				return start
			}
			i++
		case c < utf8.RuneSelf:
			return i
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if !blank(r) {
				return i
			}
			i += size
		}
	}
	return i
}

// skipBlankBack returns where the white space that ends at i starts.
func skipBlankBack(s string, i int) int {
	lines, end := 0, i
	for n := 0; i > 0 && n < farthest; n++ {
		c := s[i-1]
		switch {
		case c == ' ' || c == '\t' || c == '\r':
			i--
		case c == '\n':
			if lines++; lines > 1 {
				return end
			}
			i--
		case c < utf8.RuneSelf:
			return i
		default:
			r, size := utf8.DecodeLastRuneInString(s[:i])
			if !blank(r) {
				return i
			}
			i -= size
		}
	}
	return i
}

// blank reports whether r is white space beyond ASCII, or a mark of direction,
// which is not seen.
func blank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200e' || r == '\u200f' || r == '\u202f' || r == '\u061c'
}

// letter reports whether r is part of a word. The characters of East Asian
// scripts are not: there, words are not set apart.
func letter(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	case 0x2e80 <= r && r < 0xa000, 0xac00 <= r && r < 0xd7b0, 0xf900 <= r && r < 0xfb00, 0xff00 <= r:
		return false
	}
	return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)
}

// wordEnd returns where the word at i ends: i when there is none.
func wordEnd(s string, i int) int {
	start := i
	for i < len(s) && i-start <= longestWord {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !letter(r) {
			break
		}
		i += size
	}
	return i
}

// wordStart returns where the word that ends at i starts: i when there is none.
func wordStart(s string, i int) int {
	end := i
	for i > 0 && end-i <= longestWord {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if !letter(r) {
			break
		}
		i -= size
	}
	return i
}

// is reports whether s has the byte c at i.
func is(s string, i int, c byte) bool { return uint(i) < uint(len(s)) && s[i] == c }

// dash returns the length of the dash, tilde or slash at i that may stand
// between two dates, or 0.
func dash(s string, i int) int {
	if i >= len(s) {
		return 0
	}
	switch s[i] {
	case '-', '/', '~', '&', '+':
		return 1
	case 0xe2, 0xe3, 0xef, 0xe8:
	default:
		return 0
	}
	switch r, size := utf8.DecodeRuneInString(s[i:]); r {
	case '‐', '‑', '‒', '–', '—', '−', '〜', '～', '－', '至', '到':
		return size
	}
	return 0
}
