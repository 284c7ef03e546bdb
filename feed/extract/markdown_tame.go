package extract

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Some things cost the parser of Markdown the square of their number: marks of
// nesting at the head of a line, marks of emphasis in one paragraph, definitions
// of links in a row, cells that the rows of a table lack. No author writes that
// many of them; a document that has them is rubbish, and must not hold up the
// others.
const (
	maxMarkers     = 100
	maxEmphasis    = 1000
	maxDefinitions = 200
	maxLackedCells = 100_000
)

// tame returns Markdown with fewer marks of nesting, with the definitions of
// links in paragraphs of their own, and with an end to tables that lack too many
// cells.
func tame(body string) string {
	var b strings.Builder
	copied, definitions := 0, 0
	var table cells
	for start := 0; start < len(body); {
		end := lineEnd(body, start)
		line := body[start:end]
		if surplus := surplusMarkers(line); surplus > 0 {
			b.WriteString(body[copied:start])
			copied = start + surplus
		}
		if definitions++; line[0] != '[' || !strings.Contains(line, "]:") {
			definitions = 0
		}
		if definitions == maxDefinitions {
			b.WriteString(body[copied:start] + "\n")
			copied, definitions = start, 0
		}
		if table.lacks(line) {
			b.WriteString(body[copied:start] + "\n")
			copied = start
		}
		start = end
	}
	if copied == 0 {
		return body
	}
	b.WriteString(body[copied:])
	return b.String()
}

// cells counts what the tables of a document lack: the parser fills up each row
// to the columns of its table.
type cells struct {
	columns int // of the table that is being read, or 0
	lacked  int // in all tables
}

// lacks reports whether a line would be in a table after there was enough of it.
func (c *cells) lacks(line string) bool {
	line = strings.TrimSpace(line)
	switch {
	case line == "":
		c.columns = 0
		return false
	case strings.Trim(line, "|-: \t") == "" && strings.Contains(line, "-"):
		c.columns = strings.Count(line, "|") + 1
	case c.columns == 0:
		return false
	}
	c.lacked += max(0, c.columns-strings.Count(line, "|"))
	if c.lacked <= maxLackedCells {
		return false
	}
	c.columns = 0
	return true
}

// surplusMarkers returns the length of the marks at the head of a line that are
// more than the limit: "> > > ", "- - ", "1. 1. ".
func surplusMarkers(line string) int {
	var ends []int // of each mark and the space behind it
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '>' || c == '-' || c == '+' || c == '*' || c == '.' || c == ')':
			ends = append(ends, i+1)
		case c == ' ' || c == '\t':
			if len(ends) > 0 {
				ends[len(ends)-1] = i + 1
			}
		case '0' <= c && c <= '9':
		default:
			if len(ends) > maxMarkers {
				return ends[len(ends)-maxMarkers-1]
			}
			return 0
		}
	}
	return 0 // nothing but marks: a rule
}

// tameParser is the usual parser, with a limit on emphasis, and with the links of
// wikis, which come before those of Markdown.
func tameParser() parser.Parser {
	inline := append(parser.DefaultInlineParsers(), util.Prioritized(wikiLinks{}, 150))
	for i, p := range inline {
		inner, ok := p.Value.(parser.InlineParser)
		if ok && strings.ContainsRune(string(inner.Trigger()), '*') {
			inline[i] = util.Prioritized(tameEmphasis{inner}, p.Priority)
		}
	}
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(inline...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	)
}

// tameEmphasis reads emphasis until a block has had enough of it. The marks
// that follow are letters.
type tameEmphasis struct{ parser.InlineParser }

var emphasisCount = parser.NewContextKey()

// marksIn counts the marks of emphasis in the block that is being read.
type marksIn struct {
	block ast.Node
	count int
}

// Parse implements [parser.InlineParser].
func (t tameEmphasis) Parse(block ast.Node, r gmtext.Reader, pc parser.Context) ast.Node {
	marks, _ := pc.Get(emphasisCount).(*marksIn)
	if marks == nil || marks.block != block {
		marks = &marksIn{block: block}
		pc.Set(emphasisCount, marks)
	}
	if marks.count++; marks.count > maxEmphasis {
		return nil
	}
	return t.InlineParser.Parse(block, r, pc)
}
