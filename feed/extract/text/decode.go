package text

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"seedfeed/feed/internal/xmlchar"
)

// ErrBinary says that a file holds no text: a picture, an archive, a program.
var ErrBinary = errors.New("not text: a binary file")

// Decode returns the text of a plain file: valid UTF-8 without the characters
// that no feed may carry, its lines ended by LF whatever they were ended by (CR,
// CRLF, NEL, U+2028, U+2029, form feed).
//
// The encoding is told by a byte order mark, else by the bytes: UTF-16 and
// UTF-32 by their zeros, UTF-8 by its validity, the rest by statistics. Where
// UTF-8 and windows-1252 are mixed in one file, each line is read as what it is.
// The error is [ErrBinary] or nil.
func Decode(data []byte) (string, error) {
	s, err := DecodeRaw(data)
	return xmlchar.Clean(s), err
}

// DecodeRaw is like [Decode], but leaves the control characters in the text, by
// which a wire transmission (ANPA 1312, IPTC 7901) marks its parts: SOH, STX,
// ETX, US and the rest. Only NUL goes.
func DecodeRaw(data []byte) (string, error) {
	s, ok := decodeMarked(data)
	switch {
	case ok:
	case isBinary(data):
		return "", ErrBinary
	case shifts(data):
		s, _ = decodeAs(data, "iso-2022-jp")
	case utf8.Valid(data):
		s = string(data)
	default:
		s = decodeDetected(data)
	}
	return lines(s), nil
}

// DecodeHTML is like [Decode] for a page. The encoding that the page declares
// (meta charset, http-equiv, the XML declaration) comes right after the byte
// order mark, unless the page is valid UTF-8 all the same: then the declaration
// is wrong, for text in another encoding is hardly ever that by chance.
func DecodeHTML(data []byte) (string, error) {
	if s, ok := decodeMarked(data); ok {
		return xmlchar.Clean(lines(s)), nil
	}
	if utf8.Valid(data) || isBinary(data) {
		return Decode(data)
	}
	if !mixed(data) {
		if s, ok := decodeAs(data, declared(data)); ok {
			return xmlchar.Clean(lines(s)), nil
		}
	}
	return Decode(data)
}

// lines ends each line by LF, and drops NUL and byte order marks in the text.
func lines(s string) string {
	i := oddLine(s)
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	rest := s[i:]
	for i, r := range rest {
		switch r {
		case '\r':
			if i+1 == len(rest) || rest[i+1] != '\n' {
				b.WriteByte('\n')
			}
		case '\f', '\v', '\u0085', '\u2028', '\u2029':
			b.WriteByte('\n')
		case '\x00', '\ufeff':
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// oddLine returns where the first character stands that lines changes, or -1.
// Most texts have none, so it looks at bytes.
func oddLine(s string) int {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= ' ' && c < 0xc2, c == '\n', c == '\t':
		case c == '\r', c == '\f', c == '\v', c == 0:
			return i
		case c == 0xc2 && strings.HasPrefix(s[i:], "\u0085"),
			c == 0xe2 && (strings.HasPrefix(s[i:], "\u2028") || strings.HasPrefix(s[i:], "\u2029")),
			c == 0xef && strings.HasPrefix(s[i:], "\ufeff"):
			return i
		}
	}
	return -1
}

// isBinary reports whether data, which is not UTF-16 or UTF-32, is no text: it
// starts like a well-known binary format, or has more zeros and control bytes
// than a wire transmission has.
func isBinary(data []byte) bool {
	for _, magic := range [...]string{
		"%PDF-", "\x89PNG", "\x7fELF", "PK\x03\x04", "PK\x05\x06", "GIF87a", "GIF89a", "\xff\xd8\xff", "\x1f\x8b",
		"BZh", "\xfd7zXZ", "7z\xbc\xaf", "Rar!\x1a", "\xd0\xcf\x11\xe0", "SQLite format 3\x00", "\x00asm", "OggS",
		"ID3\x03", "ID3\x04", "\xca\xfe\xba\xbe", "\xcf\xfa\xed\xfe", "MZ\x90\x00", "\x00\x00\x01\x00", "wOFF", "wOF2",
		"\x28\xb5\x2f\xfd",
	} {
		if bytes.HasPrefix(data, []byte(magic)) {
			return true
		}
	}
	if bytes.HasPrefix(data, []byte("RIFF")) && len(data) > 12 && data[7] == 0 {
		return true
	}
	head := data[:min(len(data), sniffLength)]
	if bytes.IndexByte(head, 0) < 0 && utf8.Valid(data) {
		return false
	}
	var zeros, controls int
	for _, c := range head {
		switch {
		case c == 0:
			zeros++
		case c < ' ' && (c < '\t' || c > '\r'), c == 0x7f:
			controls++
		}
	}
	if len(head) < 64 {
		return zeros*2 > len(head)
	}
	// Of random bytes one in nine is a control character.
	return zeros*20 > len(head) || (zeros+controls)*12 > len(head) && !utf8.Valid(data)
}

// sniffLength is how much of a file is looked at to tell its encoding: enough for
// statistics, and few enough that a large file costs no more than a small one.
const sniffLength = 64 << 10
