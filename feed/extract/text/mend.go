package text

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// mixed reports whether data is UTF-8 with other bytes in it, and no other
// encoding: of the bytes beyond ASCII, two in five stand in sequences of UTF-8.
// In the encodings of East Asia, fewer than one in five do so by chance.
func mixed(data []byte) bool {
	var high, valid int
	head := data[:min(len(data), sniffLength)]
	for i := 0; i < len(head); {
		if head[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(head[i:])
		if r != utf8.RuneError {
			valid += size
		}
		high += size
		i += size
	}
	return valid > 0 && valid*5 >= high*2
}

// withoutTorn returns UTF-8 without the character that its end has cut through, as
// where a transfer broke off.
func withoutTorn(data []byte) []byte {
	for size := 1; size < utf8.UTFMax && size <= len(data); size++ {
		if tail := data[len(data)-size:]; utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				break
			}
			return data[:len(data)-size]
		}
	}
	return data
}

// mend decodes UTF-8 with other bytes in it, which are windows-1252. Lines that
// are UTF-8 stay. In the others, sequences of UTF-8 are kept, and so are pairs of
// surrogates that were encoded one by one (CESU-8); but with byLine, such a line
// is windows-1252 as a whole.
func mend(data []byte, byLine bool) string {
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for line := range bytes.Lines(data) {
		switch {
		case utf8.Valid(line):
			b.Write(line)
		case byLine:
			for _, c := range line {
				b.WriteRune(charmap.Windows1252.DecodeByte(c))
			}
		default:
			mendLine(&b, line)
		}
	}
	return b.String()
}

func mendLine(b *strings.Builder, line []byte) {
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRune(line[i:])
		if r == utf8.RuneError && size == 1 {
			if r, size = surrogates(line[i:]); size == 0 {
				r, size = charmap.Windows1252.DecodeByte(line[i]), 1
			}
		}
		if r != utf8.RuneError {
			b.WriteRune(r)
		}
		i += size
	}
}

// surrogates decodes a surrogate, or a pair of them, that was encoded as if it
// were a character. Half a pair is U+FFFD.
func surrogates(p []byte) (r rune, size int) {
	high, ok := surrogate(p)
	if !ok {
		return 0, 0
	}
	if low, ok := surrogate(p[3:]); ok && high < 0xdc00 && low >= 0xdc00 {
		return (high-0xd800)<<10 | (low - 0xdc00) + 0x10000, 6
	}
	return utf8.RuneError, 3
}

func surrogate(p []byte) (rune, bool) {
	if len(p) < 3 || p[0] != 0xed || p[1] < 0xa0 || p[1] > 0xbf || p[2]&0xc0 != 0x80 {
		return 0, false
	}
	return 0xd000 | rune(p[1]&0x3f)<<6 | rune(p[2]&0x3f), true
}
