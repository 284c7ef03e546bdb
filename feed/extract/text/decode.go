package text

import (
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"seedfeed/feed/internal/xmlchar"
)

// ErrBinary says that a file holds no text: a picture, an archive, a program.
var ErrBinary = errors.New("not text: a binary file")

// Decode returns the text of a plain file in UTF-8.
func Decode(data []byte) (string, error) {
	s, err := DecodeRaw(data)
	return xmlchar.Clean(s), err
}

// DecodeRaw is like Decode, but leaves the control characters of wire
// transmissions (SOH, STX, ETX, US ...) in the text.
func DecodeRaw(data []byte) (string, error) {
	if !utf8.Valid(data) {
		enc, _, _ := charset.DetermineEncoding(data, "text/plain")
		out, err := enc.NewDecoder().Bytes(data)
		if err != nil {
			return "", err
		}
		data = out
	}
	s := strings.TrimPrefix(string(data), "\ufeff")
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n").Replace(s), nil
}

// DecodeHTML is like Decode for a page, whose declared charset counts first.
func DecodeHTML(data []byte) (string, error) {
	if utf8.Valid(data) {
		return Decode(data)
	}
	enc, _, _ := charset.DetermineEncoding(data, "text/html")
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return "", err
	}
	return Decode(out)
}
