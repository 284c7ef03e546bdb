package date

import "strings"

// Parse returns the date that s is.
func (g Grammar) Parse(s string) (Date, bool) {
	trimmed := strings.TrimSpace(s)
	d, ok := g.Prefix(trimmed)
	if !ok || d.End != len(trimmed) {
		return Date{}, false
	}
	return d, true
}
