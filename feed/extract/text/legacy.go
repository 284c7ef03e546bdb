package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// The encodings of the Macintosh and of MS-DOS are none that the detector knows.
// Files in them still come from archives and from old systems.

// isMacintosh reports whether data, text of mostly ASCII letters, makes less
// nonsense as Mac OS Roman than as windows-1252.
func isMacintosh(data []byte) bool {
	windows := nonsense(data, charmap.Windows1252)
	return windows > 0 && nonsense(data, charmap.Macintosh)*3 < windows
}

// nonsense counts the characters beyond ASCII that stand where none of their kind
// would: a capital or a sign within a word, a letter on its own.
func nonsense(data []byte, enc *charmap.Charmap) int {
	bad := 0
	for i, c := range data {
		if c < 0x80 {
			continue
		}
		before, after := byte(' '), byte(' ')
		if i > 0 {
			before = data[i-1]
		}
		if i+1 < len(data) {
			after = data[i+1]
		}
		if misplaced(enc.DecodeByte(c), before, after) {
			bad++
		}
	}
	return bad
}

// misplaced reports whether r makes no sense between two bytes.
func misplaced(r rune, before, after byte) bool {
	inWord := asciiLetter(before) && asciiLetter(after)
	switch {
	case r < 0xa0 || r == unicode.ReplacementChar:
		return true
	case r == '–' || r == '—':
		return asciiLetter(before) && after == ' ' // ó and ñ of the Macintosh end words
	case !unicode.IsLetter(r):
		return inWord && !strings.ContainsRune("’‘\u00ad·…", r)
	case asciiDigit(before) && asciiDigit(after):
		return true
	case before <= ' ' && after <= ' ':
		return !strings.ContainsRune("àéèóòáåöøœÀÉÈÓÅØ", r)
	case unicode.IsUpper(r):
		return 'a' <= before && before <= 'z'
	}
	if before <= ' ' || before == '(' {
		return 'A' <= after && after <= 'Z' // “We, read as ìWe
	}
	return before == '.' || before == ',' || before == '?' || before == '!'
}

func asciiDigit(c byte) bool { return '0' <= c && c <= '9' }

func asciiLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// isDOSCyrillic reports whether data, text of few ASCII letters, has its letters
// where code page 866 has those of Russian, and mostly the small ones.
func isDOSCyrillic(data []byte) bool {
	var high, small, capital int
	for _, c := range data {
		switch {
		case c < 0x80:
			continue
		case 0xa0 <= c && c < 0xb0, 0xe0 <= c && c < 0xf0, c == 0xf1:
			small++
		case c < 0xa0, c == 0xf0:
			capital++
		}
		high++
	}
	return high > 0 && (small+capital)*20 >= high*19 && small > 2*capital
}

// isWestern reports whether the letters of data beyond ASCII are, as windows-1252,
// all of one of the great languages of the West, and make sense where they stand.
// Most wires are so, and need no statistics, which cost fifteen times as much.
func isWestern(data []byte) bool {
	languages := byAll
	for _, c := range data {
		if c >= 0x80 {
			languages &= languagesOf(charmap.Windows1252.DecodeByte(c))
		}
	}
	return languages != 0 && nonsense(data, charmap.Windows1252) == 0
}

// The languages that a letter is written by.
const (
	byFrench = 1 << iota
	byGerman
	bySpanish
	byItalian

	byAll = byFrench | byGerman | bySpanish | byItalian
)

// languagesOf returns the languages that r is a letter of, or all of them for
// punctuation.
func languagesOf(r rune) int {
	switch r {
	case '“', '”', '‘', '’', '–', '—', '…', '„', '‚', '€', '£', '§', '©', '®', '™', '°', '«', '»', '‹', '›', '\u00a0', '½':
		return byAll
	case 'é', 'É':
		return byAll
	case 'ü', 'Ü':
		return byFrench | byGerman | bySpanish
	case 'à', 'è', 'ù', 'À', 'È', 'Ù':
		return byFrench | byItalian
	case 'â', 'ç', 'ê', 'ë', 'î', 'ï', 'ô', 'û', 'œ', 'Â', 'Ç', 'Ê', 'Ë', 'Î', 'Ï', 'Ô', 'Û', 'Œ':
		return byFrench
	case 'ä', 'ö', 'ß', 'Ä', 'Ö':
		return byGerman
	case 'á', 'í', 'ó', 'ú', 'ñ', 'Á', 'Í', 'Ó', 'Ú', 'Ñ', '¿', '¡', 'º', 'ª':
		return bySpanish
	case 'ì', 'ò', 'Ì', 'Ò':
		return byItalian
	}
	return 0
}
