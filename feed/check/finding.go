package check

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Level tells how much a finding matters.
type Level int

// The levels.
const (
	Info    Level = iota // worth knowing: nothing need be done
	Warning              // some readers, or some people, get it wrong
	Error                // a rule of the format is broken, or subscribers lose something
)

// String returns the level in lower case, as findings have it.
func (l Level) String() string {
	switch l {
	case Info:
		return "info"
	case Warning:
		return "warning"
	}
	return "error"
}

// MarshalText returns the level as JSON has it.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// add notes a finding at a line, 0 where there is none to tell.
func (p place) add(line int, r rule, format string, args ...any) {
	p.findings = append(p.findings, Finding{
		File: p.file, Line: line, Level: rules[r].Level, Rule: rules[r].Name,
		Message: oneLine(fmt.Sprintf(format, args...)),
	})
}

// check notes a finding unless all is well.
func (p place) check(ok bool, line int, r rule, format string, args ...any) {
	if !ok {
		p.add(line, r, format, args...)
	}
}

func sortFindings(findings []Finding) {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(b.Level, a.Level))
	})
}

// oneLine keeps a message on its line, and what commands a terminal out of it.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.Map(func(r rune) rune {
		if !strconv.IsPrint(r) {
			return -1
		}
		return r
	}, s)
}

// printable returns a path for people: file names may hold line breaks, control
// characters and what is no text at all.
func printable(name string) string {
	if quoted := strconv.Quote(name); quoted != `"`+name+`"` {
		return quoted
	}
	return name
}

// shown is how much of a value a message quotes, in characters.
const shown = 80

// quote returns a value for a message, cut where it is long.
func quote(s string) string {
	if runes := []rune(s); len(runes) > shown {
		s = string(runes[:shown-1]) + "…"
	}
	return strconv.Quote(s)
}
