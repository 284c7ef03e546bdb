package date

import (
	"strings"
	"time"
	"unicode/utf8"
)

// A triple is three numbers with one separator between them.
type triple struct {
	parts [3]number
	sep   rune
}

// numeric reads a date of three numbers that starts with n: 2026-02-14,
// 14.02.2026, 2/14/2026, 2026. 2. 14, and the ranges 13.-14.2.2026 and
// 28.2.-1.3.2026.
func (g Grammar) numeric(s string, n number, floor int) (match, bool) {
	if n.digits == 3 || !startsNumeric(s, n.start, floor) {
		return match{}, false
	}
	t, ok := tripleAt(s, n)
	if !ok {
		return g.numericRange(s, n)
	}
	d, ok := g.fromTriple(t)
	if !ok || !endsNumeric(s, d.End) || numbersVersion(s, n.start) {
		return match{}, false
	}
	if is(s, d.End, '.') && d.Start == n.start && n.digits == 4 && t.sep == '.' && is(s, n.end+1, ' ') {
		d.End++ // 2026. 2. 14.
	}
	return match{last: d}, true
}

// tripleAt reads n, and two more numbers behind the same separator.
func tripleAt(s string, n number) (triple, bool) {
	sep, size := separator(s, n.end)
	if size == 0 {
		return triple{}, false
	}
	second := numberAt(s, afterSeparator(s, n, n.end+size))
	if second.digits == 0 || second.digits > 2 {
		return triple{}, false
	}
	again, size := separator(s, second.end)
	if again != sep {
		return triple{}, false
	}
	third := numberAt(s, afterSeparator(s, n, second.end+size))
	return triple{[3]number{n, second, third}, sep}, third.digits > 0
}

// afterSeparator skips the blank that Korean and Hungarian put behind the full
// stops of a date that starts with its year.
func afterSeparator(s string, first number, i int) int {
	if first.digits == 4 && is(s, i-1, '.') && is(s, i, ' ') {
		return i + 1
	}
	return i
}

// separator returns the separator of a numeric date at i, as its ASCII sibling.
func separator(s string, i int) (sep rune, size int) {
	r, size := utf8.DecodeRuneInString(s[min(i, len(s)):])
	switch r {
	case '-', '.', '/':
		return r, size
	case '‐', '‑', '－':
		return '-', size
	case '．':
		return '.', size
	case '／':
		return '/', size
	}
	return 0, 0
}

// fromTriple makes the date of three numbers, if they are one in one way only.
func (g Grammar) fromTriple(t triple) (Date, bool) {
	a, b, c := t.parts[0], t.parts[1], t.parts[2]
	d := Date{Weekday: -1, Numeric: true, Start: a.start, End: c.end}
	if a.digits == 4 {
		d.Year, d.Month, d.Day = a.val, time.Month(b.val), c.val
		return d, c.digits <= 2 && numericYear(d.Year) && validDay(d.Year, d.Month, d.Day)
	}
	switch {
	case c.digits == 4 && numericYear(c.val):
		d.Year = c.val
	case c.digits == 2 && a.digits <= 2 && g.ShortYears:
		d.Year, d.Short = shortYear(c.val), true
	default:
		return Date{}, false
	}
	dayMonth := validDay(d.Year, time.Month(b.val), a.val)
	monthDay := validDay(d.Year, time.Month(a.val), b.val) && t.sep != '.'
	switch {
	case dayMonth && monthDay && a.val != b.val && g.Order == Unknown:
		return Date{}, false
	case dayMonth && (!monthDay || g.Order != MonthDay):
		d.Month, d.Day = time.Month(b.val), a.val
	default:
		d.Month, d.Day = time.Month(a.val), b.val
	}
	return d, dayMonth || monthDay
}

// numericRange reads the two forms of German, Czech and Finnish ranges, from
// their first day on.
func (g Grammar) numericRange(s string, n number) (match, bool) {
	if n.digits > 2 || !is(s, n.end, '.') {
		return match{}, false
	}
	first := Date{Day: n.val, Weekday: -1, Numeric: true, Start: n.start, End: n.end + 1}
	i := n.end + 1
	if month := numberAt(s, i); month.digits > 0 && month.digits <= 2 && is(s, month.end, '.') {
		first.Month, first.End = time.Month(month.val), month.end+1
		i = month.end + 1
	}
	i, ok := link(s, i)
	if !ok {
		return match{}, false
	}
	day := numberAt(s, i)
	if day.digits == 0 || day.digits > 2 {
		return match{}, false
	}
	t, ok := tripleAt(s, day)
	if !ok || t.sep != '.' {
		return match{}, false
	}
	last, ok := g.fromTriple(t)
	if !ok || !endsNumeric(s, last.End) {
		return match{}, false
	}
	if first.Month == 0 {
		first.Month = last.Month
	}
	if !giveYear(&first, last) {
		return match{}, false
	}
	return ranged(first, last), true
}

// numericYear reports whether a number may be the year of a date that has
// nothing but numbers. It is narrow: a year like 1436 is one of another calendar.
func numericYear(year int) bool { return 1900 <= year && year < 2100 }

// startsNumeric reports whether a date may start at i, with regard to what
// stands right before it.
func startsNumeric(s string, i, floor int) bool {
	if i <= floor {
		return i == floor && floor == 0 || !is(s, i-1, '.') && !is(s, i-1, '-')
	}
	switch s[i-1] {
	case '.', '-', '/', '+', '#', '$', '_', '=', '&':
		return false
	}
	return true
}

// endsNumeric reports whether a date may end at i, with regard to what follows:
// no digit, no letter but those of a time or of "г.", no more of the same.
func endsNumeric(s string, i int) bool {
	if i == len(s) {
		return true
	}
	switch c := s[i]; {
	case c == '.' || c == '-' || c == '/':
		_, size := digitAt(s, i+1)
		return size == 0 && c != '/' && !(c == '-' && wordEnd(s, i+1) > i+1)
	case c == 'T' || c == 't':
		_, size := digitAt(s, i+1)
		return size > 0
	case c == '_' || c == '%':
		return false
	case c < utf8.RuneSelf:
		return c|0x20 < 'a' || c|0x20 > 'z'
	}
	return true
}

// numbersVersion reports whether the word before i says that the number is no
// date: "version 1.2.2024", "v. 1.2.2024", "No. 1.2.2024".
func numbersVersion(s string, i int) bool {
	end := skipBlankBack(s, i)
	if end > 0 && s[end-1] == '.' {
		end--
	}
	start := wordStart(s, end)
	if start == end {
		return strings.HasSuffix(s[:end], "№") || strings.HasSuffix(s[:end], "§")
	}
	k := fold(s[start:end])
	switch string(k.bytes()) {
	case "v", "ver", "vers", "version", "versio", "versione", "versao", "wersja", "versi", "версия", "release", "rev",
		"revision", "build", "no", "nr", "isbn", "issn", "art", "tel", "fax", "phone", "ip":
		return true
	}
	return false
}
