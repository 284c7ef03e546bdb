package date

import (
	"unicode"
	"unicode/utf8"
)

// longestWord is the length in bytes of the longest word that is looked up. It
// bounds the work at each place of a text.
const longestWord = 40

// A key is a word as the tables have it: lower case, without accents, so that
// Février, FEVRIER and février are one.
type key struct {
	buf [longestWord + utf8.UTFMax]byte
	len int
}

func (k *key) bytes() []byte { return k.buf[:k.len] }

// fold makes the key of a word. A word that is too long has the empty key.
func fold(word string) (k key) {
	if len(word) > longestWord {
		return k
	}
	for _, r := range word {
		r = foldRune(r)
		if r == 0 {
			continue
		}
		if k.len >= longestWord {
			return key{}
		}
		k.len += utf8.EncodeRune(k.buf[k.len:], r)
	}
	return k
}

// foldRune returns the base letter of r in lower case, or 0 where r is only a
// mark upon another letter.
func foldRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	case r < 0xc0:
		return r
	case r < 0x180:
		return rune(latin[r-0xc0])
	case r < 0x300:
		return foldRomanian(r)
	case r < 0x370:
		return 0 // combining marks
	case r < 0x400:
		return foldGreek(unicode.ToLower(r))
	case r < 0x530:
		if r = unicode.ToLower(r); r == 'ё' {
			return 'е'
		}
		return r
	case 0x600 <= r && r < 0x700:
		return foldArabic(r)
	}
	return r
}

// latin holds the base letters of U+00C0 to U+017F.
const latin = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty" +
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll" +
	"lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"

func foldRomanian(r rune) rune {
	switch r {
	case 'Ș', 'ș':
		return 's'
	case 'Ț', 'ț':
		return 't'
	}
	return r
}

func foldGreek(r rune) rune {
	switch r {
	case 'ά':
		return 'α'
	case 'έ':
		return 'ε'
	case 'ή':
		return 'η'
	case 'ί', 'ϊ', 'ΐ':
		return 'ι'
	case 'ό':
		return 'ο'
	case 'ύ', 'ϋ', 'ΰ':
		return 'υ'
	case 'ώ':
		return 'ω'
	case 'ς':
		return 'σ'
	}
	return r
}

// foldArabic joins the spellings between which writers choose: with hamza or
// without, Arabic or Persian yeh.
func foldArabic(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ى', 'ی':
		return 'ي'
	case 'ة':
		return 'ه'
	case 'ک':
		return 'ك'
	case 'ـ':
		return 0
	}
	if 0x64b <= r && r <= 0x652 {
		return 0 // vowel marks
	}
	return r
}
