package extract

import (
	"mime"
	"net/mail"
	"strings"

	"seedfeed/feed/extract/text"
)

// maxHeader bounds a header block, in bytes: a message that came over many hosts
// has a few thousand.
const maxHeader = 32 << 10

// cutHeader cuts the header block off a message (RFC 5322, 2.2; RFC 5536) or off
// a text whose author wrote one by hand ("Title: ...", "Date: ..."), adds what it
// states, and returns what follows the blank line that ends it.
//
// A text may begin with a line that has a colon for other reasons, so there must
// be two fields that are known, and nothing but fields.
func cutHeader(s *source, body string) (rest string, ok bool) {
	fields, rest, ok := messageFields(strings.TrimLeft(body, "\n"))
	if !ok {
		return body, false
	}
	known := 0
	for _, f := range fields {
		if isMessageField(f.key) || isKnown(f.key) {
			known++
		}
	}
	if known < 2 {
		return body, false
	}
	s.stated = append(s.stated, headerStates(fields)...)
	return rest, true
}

// messageFields reads "Name: value" lines up to a blank line. A line that starts
// with white space continues the one above it.
func messageFields(body string) (fields []matterField, rest string, ok bool) {
	rest = body
	for len(body)-len(rest) < maxHeader {
		line, after, found := strings.Cut(rest, "\n")
		rest = after
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "":
			return fields, rest, len(fields) > 0
		case (line[0] == ' ' || line[0] == '\t') && len(fields) > 0:
			fields[len(fields)-1].text += " " + trimmed
		default:
			name, value, ok := strings.Cut(line, ":")
			if !ok || !isFieldName(name) {
				return nil, "", false
			}
			fields = append(fields, matterField{key: name, matterValue: matterValue{text: strings.TrimSpace(value)}})
		}
		if !found {
			return fields, "", len(fields) > 0
		}
	}
	return nil, "", false
}

// isFieldName reports whether a name could be that of a field: one word.
func isFieldName(name string) bool {
	if name == "" || len(name) > 40 {
		return false
	}
	for i := range len(name) {
		c := name[i]
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-' && c != '.' && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// isMessageField reports whether a field is one of mail or news.
func isMessageField(name string) bool {
	switch strings.ToLower(name) {
	case "from", "subject", "date", "to", "cc", "newsgroups", "path", "message-id", "organization", "sender",
		"reply-to", "references", "in-reply-to", "lines", "xref", "received", "return-path", "mime-version",
		"content-type", "followup-to", "distribution", "nntp-posting-host":
		return true
	}
	return false
}

// headerStates returns what a header block states. The fields of mail are put
// into the words of front matter, which knows the rest.
func headerStates(fields []matterField) []stated {
	const source = "header"
	var out []stated
	var others []matterField
	for _, f := range fields {
		switch strings.ToLower(f.key) {
		case "subject":
			if t := text.OneLine(f.text); t != "" {
				out = append(out, stated{ask: askTitle, value: decodeWords(t), source: source + " Subject"})
			}
		case "from":
			out = append(out, fromField(f.text)...)
		case "sender", "source", "path", "id", "url": // of a message, these are about its way
		default:
			others = append(others, f)
		}
	}
	for _, v := range statedBy(others) {
		v.source = source
		out = append(out, v)
	}
	return out
}

// decodeWords decodes the encoded words of a field (RFC 2047). A charset that is
// not known leaves the field as it is.
func decodeWords(s string) string {
	if !strings.Contains(s, "=?") {
		return s
	}
	var decoder mime.WordDecoder
	if t, err := decoder.DecodeHeader(s); err == nil {
		return text.OneLine(t)
	}
	return s
}

// fromField returns the author of a message: "Jane Doe <jane@example.org>", or
// in the way of the eighties "jane@example.org (Jane Doe)". The address itself
// was given to the recipients, not to the public: it is left out, and stands for
// the name, without its host, only where there is no other.
func fromField(s string) []stated {
	s = decodeWords(text.OneLine(s))
	name := s
	address, comment, _ := strings.Cut(s, "(")
	switch parsed, err := mail.ParseAddress(s); {
	case err == nil && parsed.Name != "":
		name = parsed.Name
	case strings.HasSuffix(comment, ")") && strings.Contains(address, "@"):
		name = strings.TrimSuffix(comment, ")")
	case strings.Contains(s, "<"):
		name, _, _ = strings.Cut(s, "<")
	case strings.Contains(s, "@"):
		name, _, _ = strings.Cut(s, "@")
	}
	if name = text.OneLine(strings.Trim(name, "\"'<> ")); name == "" {
		return nil
	}
	return []stated{{ask: askAuthor, value: name, source: "header From"}}
}
