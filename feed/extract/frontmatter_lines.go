package extract

import (
	"strings"
)

// cutHeaderLines takes off the head of a Markdown document what Pelican,
// MultiMarkdown, MkDocs and Pandoc write there without any fence:
//
//	Title: The lamp is lit
//	Date: 2026-02-14
//
// or
//
//	% The lamp is lit
//	% Jane Doe; John Roe
//	% February 14, 2026
func cutHeaderLines(text string) (values []stated, rest string) {
	body, _ := skipBlank(text)
	if strings.HasPrefix(body, "% ") {
		return cutTitleBlock(body)
	}
	fields, rest := headerFields(body)
	for _, f := range fields {
		// One such line could be a paragraph that begins with a word and a
		// colon. A title or a date is what such a header is there for.
		if key := foldKey(f.key); key == "title" || key == "date" {
			return restate(statedBy(fields), "header"), rest
		}
	}
	return nil, text
}

// headerFields reads lines of "Key: words" up to a blank line. It returns no
// fields when another line is among them, or a key that no question asks for
// comes first.
func headerFields(body string) (fields []matterField, rest string) {
	for end := 0; end < len(body) && end < maxFrontMatter; {
		next := lineEnd(body, end)
		line := strings.TrimRight(body[end:next], " \t\r\n")
		switch {
		case line == "":
			return fields, body[next:]
		case (line[0] == ' ' || line[0] == '\t') && len(fields) > 0:
			last := &fields[len(fields)-1]
			last.text += " " + strings.TrimSpace(line)
		default:
			key, ok := keyOf(line)
			words, isHeader := strings.CutPrefix(line, key+":")
			if !ok || !isHeader || len(fields) == 0 && !isKnown(key) {
				return nil, body
			}
			fields = append(fields, matterField{key, matterValue{text: strings.TrimSpace(words)}})
		}
		end = next
	}
	return fields, ""
}

// cutTitleBlock reads the title block of Pandoc.
func cutTitleBlock(body string) (values []stated, rest string) {
	keys := [...]string{"title", "author", "date"}
	var fields []matterField
	rest = body
	for len(fields) < len(keys) && strings.HasPrefix(rest, "%") {
		end := lineEnd(rest, 0)
		fields = append(fields, matterField{keys[len(fields)], matterValue{text: strings.TrimSpace(rest[1:end])}})
		rest = rest[end:]
	}
	return restate(statedBy(fields), "title block"), rest
}

// restate gives statements another source.
func restate(values []stated, source string) []stated {
	for i := range values {
		values[i].source = source
	}
	return values
}
