package render

import (
	"bytes"
	"encoding/json"
	"html/template"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// The escapers of html/template, by the names that they have in its trees. They
// can not be called from outside; what they do to plain strings is done again here.
const (
	escapeText      = "_html_template_htmlescaper"
	escapeTitle     = "_html_template_rcdataescaper"
	escapeAttribute = "_html_template_attrescaper"
	escapeJS        = "_html_template_jsvalescaper"
	filterName      = "_html_template_htmlnamefilter"
	filterURL       = "_html_template_urlfilter"
	normalizeURL    = "_html_template_urlnormalizer"
)

type writer func(*bytes.Buffer, reflect.Value) error

// writerOf returns what writes a value of a type after some escapers.
func writerOf(t reflect.Type, escapers []string) (writer, error) {
	marshals := t.Implements(reflect.TypeFor[json.Marshaler]())
	prints := t.NumMethod() > 0 || reflect.PointerTo(t).NumMethod() > 0 // perhaps as a text of its own
	plain := len(escapers) == 1 && slices.Contains([]string{escapeText, escapeTitle, escapeAttribute}, escapers[0])
	switch {
	case t == reflect.TypeFor[template.HTML]() && len(escapers) == 1 && escapers[0] == escapeText,
		t == reflect.TypeFor[template.HTMLAttr]() && len(escapers) == 1 && escapers[0] == filterName:
		return func(b *bytes.Buffer, v reflect.Value) error { b.WriteString(v.String()); return nil }, nil
	case t.PkgPath() == reflect.TypeFor[template.HTML]().PkgPath(), prints, marshals:
		return nil, errUnknown
	case t.Kind() == reflect.String && plain:
		return func(b *bytes.Buffer, v reflect.Value) error { escapeHTML(b, v.String()); return nil }, nil
	case t.Kind() == reflect.String && slices.Equal(escapers, []string{filterURL, normalizeURL, escapeAttribute}):
		return func(b *bytes.Buffer, v reflect.Value) error { escapeURL(b, v.String()); return nil }, nil
	case t.Kind() == reflect.Int && plain:
		return func(b *bytes.Buffer, v reflect.Value) error {
			b.WriteString(strconv.FormatInt(v.Int(), 10))
			return nil
		}, nil
	case t.Kind() == reflect.Struct && len(escapers) == 1 && escapers[0] == escapeJS:
		return writeJS, nil
	}
	return nil, errUnknown
}

// htmlEscapes are what html/template writes for the bytes that it escapes in text
// and in attributes.
var htmlEscapes = [...]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

func escapeHTML(b *bytes.Buffer, s string) {
	done := 0
	for i := range len(s) {
		if c := s[i]; int(c) < len(htmlEscapes) && htmlEscapes[c] != "" {
			b.WriteString(s[done:i])
			b.WriteString(htmlEscapes[c])
			done = i + 1
		}
	}
	b.WriteString(s[done:])
}

// escapeURL writes an address in an attribute.
func escapeURL(b *bytes.Buffer, s string) {
	if scheme, _, ok := strings.Cut(s, ":"); ok && !strings.Contains(scheme, "/") && !slices.ContainsFunc(
		[]string{"http", "https", "mailto"}, func(safe string) bool { return strings.EqualFold(scheme, safe) }) {
		s = "#ZgotmplZ" // which html/template writes too
	}
	const hex = "0123456789abcdef"
	for i := range len(s) {
		switch c := s[i]; {
		case c == '&' || c == '+':
			b.WriteString(htmlEscapes[c])
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("!#$*,/:;=?@[]-._~", c) >= 0,
			c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
}

// writeJS writes a struct as the script data that json.Marshal makes of it: that
// begins and ends with a brace, and has no bytes that would end a script.
func writeJS(b *bytes.Buffer, v reflect.Value) error {
	data, err := json.Marshal(v.Interface())
	if err != nil {
		return errUnlike
	}
	b.Write(data)
	return nil
}
