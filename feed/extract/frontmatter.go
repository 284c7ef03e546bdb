package extract

import (
	"strings"
	"unicode"
)

// maxFrontMatter bounds the search for a closing fence, in bytes. Nobody writes
// more than that about a document, and a text that begins with a rule is not
// searched to its end.
const maxFrontMatter = 256 << 10

// A fence is a line that opens a block of front matter.
type fence struct {
	open   string
	closes []string
	parse  func(matter) ([]matterField, error)
	exact  func(matter) ([]matterField, error) // parse without mending anything
	name   string                              // of the language, for people
	strong bool                                // nothing but front matter begins with it
}

// A matter is a block of front matter as it stands in the file.
type matter struct {
	text string // the lines between the fences
	line int    // number of its first line in the file, from 1
	name string // of its language, for people
}

// fences lists the ways in which the tools of the field open front matter:
// YAML for nearly all of them, TOML for Hugo and Zola, the rest for gray-matter
// (Eleventy, Astro). JSON without a fence is cutJSON's.
var fences = []fence{
	{open: "---", closes: []string{"---", "..."}, parse: parseYAML, exact: readYAML, name: "YAML"},
	{open: "+++", closes: []string{"+++"}, parse: parseTOML, exact: parseTOML, name: "TOML"},
	{open: "---yaml", closes: []string{"---", "..."}, parse: parseYAML, name: "YAML", strong: true},
	{open: "---toml", closes: []string{"---"}, parse: parseTOML, name: "TOML", strong: true},
	{open: "---json", closes: []string{"---"}, parse: parseJSON, name: "JSON", strong: true},
	{open: ";;;", closes: []string{";;;"}, parse: parseJSON, name: "JSON", strong: true},
}

// cutFrontMatter takes the front matter off a document: it returns what the
// document states there, and the text that follows. A text that begins with a
// rule, or with a brace, is no front matter. The error is a [*SyntaxError].
func cutFrontMatter(text string) (values []stated, rest string, err error) {
	body, skipped := skipBlank(text)
	if body == "" {
		return nil, text, nil
	}
	if body[0] == '{' {
		fields, rest, err := cutJSON(body, skipped+1)
		if err != nil {
			return nil, text, err
		}
		if fields == nil {
			return nil, text, nil
		}
		return statedBy(fields), rest, nil
	}
	first, _, _ := strings.Cut(body, "\n")
	first = strings.ReplaceAll(strings.TrimSpace(first), " ", "")
	for _, f := range fences {
		if first != f.open {
			continue
		}
		fields, rest, err := f.cut(body, skipped+1)
		if err != nil {
			return nil, text, err
		}
		if rest == body {
			break
		}
		return statedBy(fields), rest, nil
	}
	return nil, text, nil
}

// skipBlank takes a byte order mark and blank lines off the head of a text, and
// tells how many lines that were.
func skipBlank(text string) (rest string, lines int) {
	rest = strings.TrimLeft(strings.TrimPrefix(text, "\ufeff"), " \t\r\n\ufeff")
	head := text[:len(text)-len(rest)]
	return rest, strings.Count(head, "\n")
}

// cut takes a fenced block off a text. It returns the whole text as the rest
// when the fence opens no front matter.
func (f fence) cut(text string, line int) (fields []matterField, rest string, err error) {
	_, inner, _ := strings.Cut(text, "\n")
	block, rest, closed := untilFence(inner, f.closes)
	if !closed {
		return f.cutUnclosed(text, inner, line)
	}
	m := matter{text: block, line: line + 1, name: f.name}
	switch {
	case strings.TrimSpace(block) == "":
		return nil, rest, nil
	case f.strong:
		fields, err = f.parse(m)
		return fields, rest, err
	case !looksLikeMapping(block):
		return nil, text, nil
	case hasKnownKey(block):
		fields, err = f.parse(m)
		return fields, rest, err
	}
	// What follows a rule may look like a mapping too ("Note: …"). Nobody
	// leaves a line blank after the fence, or writes only keys that no tool
	// knows and gets them wrong.
	blankFirst := strings.HasPrefix(strings.TrimLeft(block, " \t\r"), "\n")
	if fields, ok := f.readable(m); ok && !blankFirst {
		return fields, rest, nil
	}
	return nil, text, nil
}

// readable returns the fields of a block that is a mapping as it stands.
func (f fence) readable(m matter) (fields []matterField, ok bool) {
	fields, err := f.exact(m)
	return fields, err == nil
}

// cutUnclosed reads front matter whose closing fence was forgotten: the keys up
// to the first line that can not belong to them. To take them for text would
// print them, and publish a draft.
func (f fence) cutUnclosed(text, inner string, line int) (fields []matterField, rest string, err error) {
	end := 0
	for end < len(inner) {
		next := lineEnd(inner, end)
		if !isMatterLine(inner[end:next]) {
			break
		}
		end = next
	}
	block := inner[:end]
	if !hasKnownKey(block) || (!f.strong && !looksLikeMapping(block)) {
		return nil, text, nil
	}
	fields, err = f.parse(matter{text: block, line: line + 1, name: f.name})
	last := line + strings.Count(block, "\n")
	return append(fields, matterNote("it is never closed by %s, and was read up to line %d", f.closes[0], last)), inner[end:], err
}

// untilFence cuts a text at the first line that is one of the fences.
func untilFence(text string, fences []string) (block, rest string, found bool) {
	for start := 0; start < len(text) && start <= maxFrontMatter; {
		end := lineEnd(text, start)
		line := strings.TrimRight(text[start:end], " \t\r\n")
		for _, f := range fences {
			if line == f {
				return text[:start], text[end:], true
			}
		}
		start = end
	}
	return "", "", false
}

// lineEnd returns where the line ends that starts at an offset, after its line
// feed.
func lineEnd(text string, start int) int {
	if n := strings.IndexByte(text[start:], '\n'); n >= 0 {
		return start + n + 1
	}
	return len(text)
}

// looksLikeMapping reports whether the first line that says something is a key
// with its value.
func looksLikeMapping(block string) bool {
	for line := range strings.Lines(block) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		_, ok := keyOf(line)
		return ok || line[0] == '{'
	}
	return false
}

// hasKnownKey reports whether a block has a line with a key that a question
// asks for.
func hasKnownKey(block string) bool {
	for line := range strings.Lines(block) {
		if key, ok := keyOf(strings.TrimRight(line, " \t\r\n,")); ok && isKnown(key) {
			return true
		}
	}
	return false
}

// isMatterLine reports whether a line can stand between fences: a key, its
// continuation or an item of its list.
func isMatterLine(line string) bool {
	line = strings.TrimRight(line, " \t\r\n")
	if line == "" {
		return false
	}
	if line[0] == ' ' || line[0] == '\t' || line[0] == ']' || strings.HasPrefix(line, "- ") {
		return true
	}
	_, ok := keyOf(line)
	return ok
}

// keyOf returns the key of a line such as `title: Words`, `title = "Words"` or
// `"title": "Words"`.
func keyOf(line string) (key string, ok bool) {
	end := strings.IndexAny(line, ":=")
	if end <= 0 || end > 40 {
		return "", false
	}
	if after := line[end+1:]; line[end] == ':' && after != "" && after[0] != ' ' && after[0] != '\t' {
		return "", false // 12:30, http://
	}
	key = strings.Trim(line[:end], " \t\"'")
	for _, r := range key {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" _-.", r) {
			return "", false
		}
	}
	return key, key != "" && strings.Count(key, " ") <= 2
}
