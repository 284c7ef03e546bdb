package date

import "iter"

// Find returns every date in s, in reading order. They do not overlap.
func (g Grammar) Find(s string) []Date {
	var out []Date
	for d := range g.All(s) {
		out = append(out, d)
	}
	return out
}

// All gives the dates of s one after the other, as Find does.
func (g Grammar) All(s string) iter.Seq[Date] {
	return func(yield func(Date) bool) {
		for i := 0; ; {
			m, ok := g.next(s, i)
			if !ok {
				return
			}
			if m.ranged && !yield(m.first) || !yield(m.last) {
				return
			}
			i = m.last.End
		}
	}
}

// Prefix returns the date that s starts with, white space aside. Of a range it
// is the last day, with the extent of the whole.
func (g Grammar) Prefix(s string) (Date, bool) {
	start := skipBlank(s, 0)
	const headLength = 64 // no weekday and time before a date are longer
	head := s
	if len(s) > start+4*headLength {
		head = s[:start+4*headLength]
	}
	if !mayStart(head, start) {
		return Date{}, false
	}
	m, ok := g.next(head, start)
	if !ok || m.start() != start {
		return Date{}, false
	}
	m.last.Start = start
	return m.last, true
}

// mayStart reports whether a date can start at i: not with a word that is neither
// a month nor a weekday. Most lines of a text start with one, and are done.
func mayStart(s string, i int) bool {
	end := wordEnd(s, i)
	if end == i || is(s, end, '\'') {
		return i < len(s)
	}
	k := fold(s[i:end])
	if _, ok := weekday(&k); ok {
		return true
	}
	_, ok := nameOf(s, i, end)
	return ok
}

// A match is a date, or the two ends of a range.
type match struct {
	first  Date // when ranged
	last   Date
	ranged bool
}

func (m *match) start() int {
	if m.ranged {
		return m.first.Start
	}
	return m.last.Start
}

// next returns the first date that lies in s from floor on. Every date has a
// digit, so the search looks at digits only, and reads both ways from there.
func (g Grammar) next(s string, floor int) (match, bool) {
	for i := floor; i < len(s); {
		c := s[i]
		if c < '0' || c > '9' && c < 0xd9 {
			i++
			continue
		}
		n := numberAt(s, i)
		if n.digits == 0 {
			if han, ok := hanNumberAt(s, i); ok {
				if m, ok := g.eastern(s, han, floor); ok {
					return g.around(s, m, floor), true
				}
				i = han.end
				continue
			}
			i++
			continue
		}
		if m, ok := g.at(s, n, floor); ok {
			return g.around(s, m, floor), true
		}
		i = n.end
	}
	return match{}, false
}

// at returns the date that has the number n as its first.
func (g Grammar) at(s string, n number, floor int) (match, bool) {
	if n.digits == 6 && !glued(s, n) {
		return dateTimeGroup(s, n)
	}
	if n.digits > 4 || glued(s, n) {
		return match{}, false
	}
	if m, ok := g.numeric(s, n, floor); ok {
		return m, true
	}
	if m, ok := g.eastern(s, n, floor); ok {
		return m, true
	}
	after, okAfter := g.dayFirst(s, n)
	before, okBefore := g.monthFirst(s, n, floor)
	switch {
	case okAfter && okBefore:
		if after.tail(s, n) {
			return before, true
		}
		return after, true
	case okBefore:
		return before, true
	}
	return after, okAfter
}

// tail reports whether a date that starts with the number n, and whose month
// could also belong to what comes after it, only looks like one: "Jan 5 Feb 6",
// or the month stands on the next line.
func (m *match) tail(s string, n number) bool {
	d := m.last
	if m.ranged || d.Year != 0 {
		return false
	}
	if is(s, n.end, '.') {
		return true // "on January 5. April was cold."
	}
	i := skipBlank(s, n.end)
	for j := n.end; j < i; j++ {
		if s[j] == '\n' {
			return true
		}
	}
	next := numberAt(s, skipBlank(s, d.End))
	return next.digits > 0 && next.digits <= 2
}

// glued reports whether a number is part of something longer: a decimal, a
// price, a time, a version, a telephone number.
func glued(s string, n number) bool {
	if n.start == 0 {
		return false
	}
	c := s[n.start-1]
	switch {
	case c == '$' || c == '#' || c == '_' && n.start > 1 || c == '%' || c == '=':
		return c != '_'
	case c >= 0x80:
		return moneyBefore(s, n.start)
	case 'a' <= c|0x20 && c|0x20 <= 'z':
		return true
	}
	if c == '.' || c == ',' || c == ':' || c == '/' || c == '-' || c == '+' || c == '\'' {
		return n.start > 1 && (s[n.start-2] >= '0' && s[n.start-2] <= '9') || c == '+' || c == '\''
	}
	return false
}

func moneyBefore(s string, i int) bool {
	const euro, pound, yen = "€", "£", "¥"
	for _, sign := range [...]string{euro, pound, yen} {
		if i >= len(sign) && s[i-len(sign):i] == sign {
			return true
		}
	}
	return false
}
