package extract

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A SyntaxError tells where the front matter of a document is broken.
type SyntaxError struct {
	Line    int    // in the file, from 1
	Column  int    // in that line, in characters, from 1
	Excerpt string // the line and the one before it with their numbers, and a caret below the place
	Message string // what is wrong, for people: "front matter is not valid YAML: …"
}

// Error returns the place and the message in one line.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Message)
}

// excerptWidth is how many characters of a line an excerpt shows.
const excerptWidth = 72

// fail returns the error at a line and a column of the block, both from 1.
func (m matter) fail(line, column int, problem string) *SyntaxError {
	lines := strings.Split(strings.TrimRight(m.text, "\r\n"), "\n")
	line = min(max(line, 1), len(lines))
	at := strings.TrimRight(lines[line-1], "\r")
	column = min(max(column, 1), utf8.RuneCountInString(at)+1)

	var b strings.Builder
	if line > 1 {
		fmt.Fprintf(&b, "%4d | %s\n", m.line+line-2, clip(lines[line-2], 0))
	}
	from := max(0, column-excerptWidth+8)
	fmt.Fprintf(&b, "%4d | %s\n", m.line+line-1, clip(at, from))
	fmt.Fprintf(&b, "     | %s^", strings.Repeat(" ", column-1-from))
	return &SyntaxError{
		Line: m.line + line - 1, Column: column, Excerpt: b.String(),
		Message: "front matter is not valid " + m.name + ": " + problem,
	}
}

// clip returns the part of a line that an excerpt shows, on which a caret can be
// set by counting characters.
func clip(line string, from int) string {
	runes := []rune(strings.TrimRight(strings.ReplaceAll(line, "\t", " "), "\r"))
	from = min(from, len(runes))
	return string(runes[from:min(from+excerptWidth, len(runes))])
}

// failAt returns the error at a byte offset of the block.
func (m matter) failAt(offset int, problem string) *SyntaxError {
	before := m.text[:min(max(offset, 0), len(m.text))]
	start := strings.LastIndexByte(before, '\n') + 1
	return m.fail(strings.Count(before, "\n")+1, utf8.RuneCountInString(before[start:])+1, problem)
}
