package text

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// decodeMarked decodes a file that starts with a byte order mark, or is UTF-16
// or UTF-32 without one.
func decodeMarked(data []byte) (string, bool) {
	little, big := binary.ByteOrder(binary.LittleEndian), binary.ByteOrder(binary.BigEndian)
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		if rest := data[3:]; utf8.Valid(rest) {
			return string(rest), true
		}
		return mend(data[3:], false), true
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")):
		return decode32(data[4:], little), true
	case bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")):
		return decode32(data[4:], big), true
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return decode16(data[2:], little), true
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decode16(data[2:], big), true
	}
	if !unmarkedWide(data) {
		return "", false
	}
	for _, order := range [...]binary.ByteOrder{little, big} {
		if s := decode32(data, order); plausible(s, len(data)/4) {
			return s, true
		}
	}
	for _, order := range [...]binary.ByteOrder{little, big} {
		if s := decode16(data, order); plausible(s, len(data)/2) {
			return s, true
		}
	}
	return "", false
}

// unmarkedWide reports whether data could be UTF-16 or UTF-32 without a mark. Of
// Latin text every other byte is zero, at least; of any text the blanks and line
// ends have zeros, and the bytes together do not look like ASCII.
func unmarkedWide(data []byte) bool {
	head := data[:min(len(data), sniffLength)]
	if bytes.IndexByte(head, 0) < 0 {
		return false
	}
	var zeros, letters int
	for _, c := range head {
		switch {
		case c == 0:
			zeros++
		case c == ' ', 'a' <= c|0x20 && c|0x20 <= 'z':
			letters++
		}
	}
	return len(head) >= 4 && zeros*3 >= len(head) || len(head) >= 16 && zeros > 0 && letters*2 < len(head)
}

// plausible reports whether s, decoded from units of two or four bytes, is text:
// of its characters nearly all are letters, marks, digits, punctuation or blanks.
func plausible(s string, units int) bool {
	var good, all int
	for _, r := range s {
		if all++; all > sniffLength {
			break
		}
		switch {
		case r == utf8.RuneError:
		case r == '\n', r == '\r', r == '\t', r == '\u2028', r == '\u2029', r == '\ufeff':
			good++
		case r < 0x250, 0x2000 <= r && r < 0x2100, 0x3000 <= r && r < 0x3100, 0xff00 <= r && r < 0xfff0:
			if unicode.IsGraphic(r) {
				good++
			}
		case unicode.IsLetter(r), unicode.IsMark(r), r >= 0x1f000 && unicode.IsGraphic(r):
			good++
		}
	}
	if units > sniffLength {
		units = sniffLength
	}
	return all > 0 && good*20 >= all*19 && all*2 >= units && common(s)
}

// common reports whether s has blanks or line ends as text has: a wrong byte
// order turns them into U+2000 and U+0A00.
func common(s string) bool {
	return strings.ContainsAny(s, " \n\r") || len(s) < 64 && !strings.ContainsAny(s, "\u2000\u0a00\u0d00")
}

func decode16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}

func decode32(data []byte, order binary.ByteOrder) string {
	var b strings.Builder
	b.Grow(len(data) / 4)
	for ; len(data) >= 4; data = data[4:] {
		r := order.Uint32(data)
		if r > unicode.MaxRune {
			r = utf8.RuneError
		}
		b.WriteRune(rune(r)) // which writes a surrogate as U+FFFD
	}
	return b.String()
}
