package text

import "strings"

// A Kind tells what the lines of a paragraph are.
type Kind int

// The kinds of paragraphs.
const (
	Prose Kind = iota // running text: Text is the lines joined
	List              // each line, or some of them, starts with a bullet or a number
	Table             // columns made with blanks: only Lines has the shape
)

// A Paragraph is a piece of a text between two breaks.
type Paragraph struct {
	Text  string   // the lines joined to one
	Lines []string // as written, without white space at the end
	Kind  Kind
}

// Paragraphs returns the text of each paragraph of s, on one line each.
func Paragraphs(s string) []string {
	var out []string
	for _, p := range Blocks(s) {
		out = append(out, p.Text)
	}
	return out
}

// Blocks cuts s into paragraphs and keeps their lines.
func Blocks(s string) []Paragraph {
	var out []Paragraph
	var lines []string
	flush := func() {
		if len(lines) > 0 {
			out = append(out, Paragraph{Text: OneLine(strings.Join(lines, " ")), Lines: lines})
		}
		lines = nil
	}
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, " \t\n")
		if line == "" || len(lines) > 0 && strings.HasPrefix(line, "   ") {
			flush()
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	flush()
	return out
}
