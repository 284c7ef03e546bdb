package date

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// dayFirst reads "14 February 2026", "14.-15. Februar", "28 February to 1 March
// 2026" and "26-FEB-1987", from the day on.
func (g Grammar) dayFirst(s string, n number) (match, bool) {
	if n.digits > 2 {
		return g.yearFirst(s, n)
	}
	day, i := n, afterOrdinal(s, n.end)
	if name, ok := g.monthOf(s, i); ok {
		last, ok := g.dayMonth(s, day, name)
		if !ok {
			return match{}, false
		}
		if m, ok := g.toDayMonth(s, last); ok {
			return m, true
		}
		return match{last: last}, g.careful(s, name, last)
	}
	second, ok := linked(s, i)
	if !ok || second.val <= day.val {
		return match{}, false
	}
	name, ok := g.monthOf(s, afterOrdinal(s, second.end))
	if !ok {
		return match{}, false
	}
	last, ok := g.dayMonth(s, second, name)
	if !ok || !validDay(last.Year, last.Month, day.val) || !g.careful(s, name, last) {
		return match{}, false
	}
	first := last
	first.Day, first.Start, first.End = day.val, day.start, i
	return ranged(first, last), true
}

// dayMonth makes the date of a day and the month after it.
func (g Grammar) dayMonth(s string, day number, name named) (Date, bool) {
	d := Date{Month: name.month, Day: day.val, Weekday: -1, Start: day.start, End: name.end}
	after := yearMail
	if name.short {
		after |= yearStop
	}
	g.year(s, name.end, after, &d)
	if _, size := digitAt(s, name.end); size > 0 && d.Year == 0 {
		return d, false // 26APR199312432440
	}
	return d, day.digits <= 2 && validDay(d.Year, d.Month, d.Day)
}

// toDayMonth reads on behind a day and its month: "28 February to 1 March 2026".
func (g Grammar) toDayMonth(s string, first Date) (match, bool) {
	day, ok := linked(s, first.End)
	if !ok || lists(s, first) {
		return match{}, false
	}
	name, ok := g.monthOf(s, afterOrdinal(s, day.end))
	if !ok {
		return match{}, false
	}
	last, ok := g.dayMonth(s, day, name)
	if !ok || !giveYear(&first, last) || !g.careful(s, name, last) {
		return match{}, false
	}
	return ranged(first, last), true
}

// lists reports whether a date that has its year goes on with "and": then what
// follows is another date, not the end of a range.
func lists(s string, first Date) bool {
	i := skipBlank(s, first.End)
	k := fold(s[i:wordEnd(s, i)])
	return first.Year != 0 && adds(&k)
}

// giveYear gives the year of the last day of a range to the first day, and
// reports whether the two make a range.
func giveYear(first *Date, last Date) bool {
	if first.Year == 0 && last.Year != 0 {
		first.Year, first.Short = last.Year, last.Short
		if first.Month > last.Month {
			first.Year--
		}
	}
	if !validDay(first.Year, first.Month, first.Day) {
		return false
	}
	return first.Year == 0 || !first.Time().After(last.Time())
}

// yearFirst reads "2026 February 14", "2026. február 14." and "2026-Feb-14".
func (g Grammar) yearFirst(s string, n number) (match, bool) {
	if n.digits != 4 || !wordYear(n.val) {
		return match{}, false
	}
	i := n.end
	if is(s, i, '.') || is(s, i, '-') || is(s, i, ',') {
		i++
	}
	name, ok := monthAt(s, skipBlank(s, i))
	if !ok {
		return match{}, false
	}
	i = name.end
	if is(s, i, '.') || is(s, i, '-') {
		i++
	}
	day := numberAt(s, skipBlank(s, i))
	if day.digits == 0 || day.digits > 2 || trailed(s, day.end) || !validDay(n.val, name.month, day.val) {
		return match{}, false
	}
	if other, ok := g.monthOf(s, afterOrdinal(s, day.end)); ok && other.month != 0 {
		return match{}, false // "in 2025 February 14 March"
	}
	end := day.end
	if is(s, end, '.') && is(s, n.end, '.') {
		end++ // the Hungarian full stop
	}
	return match{last: Date{Year: n.val, Month: name.month, Day: day.val, Weekday: -1, Start: n.start, End: end}}, true
}

// monthFirst reads "February 14, 2026", "Feb. 13-14" and "February 2026", from
// the number on: the month stands before it.
func (g Grammar) monthFirst(s string, n number, floor int) (match, bool) {
	name, ok := monthBefore(s, n.start, floor)
	if !ok || name.start > 0 && joined(s, name.start) {
		return match{}, false
	}
	if n.digits == 4 {
		d := Date{Year: n.val, Month: name.month, Weekday: -1, Start: name.start, End: n.end}
		ok := 1800 <= n.val && n.val < 2100 && !trailed(s, n.end) && !dayBefore(s, name.start)
		return match{last: d}, ok && !name.doubtful() && s[name.start:name.end] != "Mars" // the planet
	}
	if n.digits > 2 || is(s, skipBlankBack(s, n.start)-1, ',') {
		return match{}, false
	}
	if m, ok := g.monthDays(s, name, n); ok {
		return m, true
	}
	last, ok := g.monthDay(s, name, n)
	if !ok {
		return match{}, false
	}
	if m, ok := g.toMonthDay(s, name, last); ok {
		return m, true
	}
	return match{last: last}, g.firm(s, name, last)
}

// dayBefore reports whether the month at i follows a number: then it is one of a
// date that is none, such as 29 February 2025.
func dayBefore(s string, i int) bool {
	i = skipBlankBack(s, i)
	if start := wordStart(s, i); start < i {
		k := fold(s[start:i])
		if !joins(&k) && !ordinal(&k) {
			return false
		}
		i = skipBlankBack(s, start)
	}
	if i > 0 && (s[i-1] == '.' || s[i-1] == '-') {
		i--
	}
	_, size := digitAt(s, i-1)
	return size > 0
}

// monthDays reads "February 13-14, 2026" and "May 3 and 4", from the first day on.
func (g Grammar) monthDays(s string, name named, day number) (match, bool) {
	second, ok := linked(s, afterOrdinal(s, day.end))
	if !ok || second.val <= day.val {
		return match{}, false
	}
	last, ok := g.monthDay(s, name, second)
	if !ok || !validDay(last.Year, last.Month, day.val) || !g.firm(s, name, last) {
		return match{}, false
	}
	if _, other := g.monthOf(s, afterOrdinal(s, second.end)); other {
		return match{}, false // "May 5 and 6 June"
	}
	if last.Year == 0 && setApart(s, day.end) && wordEnd(s, skipBlank(s, last.End)) > skipBlank(s, last.End) {
		return match{}, false // "March 19 - 26 weeks ended": the dash of a dateline
	}
	first := last
	first.Day, first.End = day.val, afterOrdinal(s, day.end)
	last.Start = second.start
	return ranged(first, last), true
}

// setApart reports whether a dash with a blank before it follows at i.
func setApart(s string, i int) bool {
	j := skipBlank(s, i)
	return j > i && dash(s, j) > 0
}

// monthDay makes the date of a month and the day after it.
func (g Grammar) monthDay(s string, name named, day number) (Date, bool) {
	end := afterOrdinal(s, day.end)
	d := Date{Month: name.month, Day: day.val, Weekday: -1, Start: name.start, End: end}
	g.year(s, end, 0, &d)
	if d.Year == 0 && trailed(s, day.end) {
		return Date{}, false
	}
	return d, day.digits <= 2 && validDay(d.Year, d.Month, d.Day)
}

// toMonthDay reads on behind a month and its day: "Feb. 28 - March 1, 2026".
func (g Grammar) toMonthDay(s string, name named, first Date) (match, bool) {
	i, ok := link(s, first.End)
	if !ok || lists(s, first) {
		return match{}, false
	}
	other, ok := monthAt(s, i)
	if !ok {
		return match{}, false
	}
	i = other.end
	if is(s, i, '.') {
		i++
	}
	day := numberAt(s, skipBlank(s, i))
	if day.digits == 0 || day.digits > 2 {
		return match{}, false
	}
	last, ok := g.monthDay(s, other, day)
	if !ok || !giveYear(&first, last) || !g.firm(s, name, last) {
		return match{}, false
	}
	return ranged(first, last), true
}

// What may stand between a month or a day and the year after it.
const (
	yearStop = 1 << iota // the full stop of a short form: "Feb. 2026"
	yearMail             // two digits, as in "14-FEB-26" and "14 Feb 26 10:15" (RFC 822)
)

// year reads the year that follows a month or a day that ends at i, if there is
// one, and moves the end of d.
func (g Grammar) year(s string, i, allowed int, d *Date) {
	sep := byte(' ')
	switch {
	case is(s, i, '-'), is(s, i, '/'):
		sep = s[i]
		i++
	case is(s, i, '.'):
		if allowed&yearStop == 0 {
			return
		}
		d.End = i + 1
		i = skipBlank(s, i+1)
	default:
		i = skipBlank(s, i)
	}
	switch {
	case is(s, i, ','), is(s, i, '('):
		i = skipBlank(s, i+1)
	case strings.HasPrefix(s[i:], "،"):
		i = skipBlank(s, i+len("،"))
	}
	if end := wordEnd(s, i); end > i {
		k := fold(s[i:end])
		if !joins(&k) {
			return
		}
		i = skipBlank(s, end)
	}
	n := numberAt(s, i)
	if trailed(s, n.end) && !(sep == '/' && is(s, n.end, ':')) { // 14/Feb/2026:10:15:00
		return
	}
	switch {
	case n.digits == 4 && wordYear(n.val):
		d.Year, d.End = n.val, n.end
	case n.digits == 2 && (sep == '-' && allowed&yearMail != 0 || sep == ' ' && (g.ShortYears || allowed&yearMail != 0 && mailTime(s, n.end))):
		d.Year, d.Short, d.End = shortYear(n.val), true, n.end
	}
}

// mailTime reports whether a time with a colon follows at i, as it does in mail.
func mailTime(s string, i int) bool {
	hour := numberAt(s, skipBlank(s, i))
	minute := numberAt(s, hour.end+1)
	return hour.digits == 2 && is(s, hour.end, ':') && minute.digits == 2
}

// careful reports whether what stands around a day and the month after it is
// enough to take the month's name for one.
func (g Grammar) careful(s string, name named, d Date) bool {
	if d.Year != 0 || !name.doubtful() {
		return true
	}
	return datelineEnds(s, d.End)
}

// firm is like careful for a month before its day. Only English writes that, and
// datelines: "en mars 3 000 personnes" has no date.
func (g Grammar) firm(s string, name named, d Date) bool {
	if d.Year != 0 {
		return true
	}
	if !name.english || name.lowerWord() {
		return datelineStarts(s, name.start) && datelineEnds(s, d.End)
	}
	i := skipBlank(s, d.End)
	if is(s, i, '%') {
		return false
	}
	k := fold(s[i:wordEnd(s, i)])
	return !countsThings(&k)
}

// datelineStarts reports whether what stands before i can precede the date of a
// dateline: nothing, or a place with its comma.
func datelineStarts(s string, i int) bool {
	i = skipBlankBack(s, i)
	return i == 0 || s[i-1] == ',' || s[i-1] == '-' || s[i-1] == '('
}

// datelineEnds reports whether what starts at i can follow the date of a
// dateline: its end, a dash, an agency in parentheses or between slashes.
func datelineEnds(s string, i int) bool {
	i = skipBlank(s, i)
	if is(s, i, '.') {
		i = skipBlank(s, i+1)
		if i == len(s) {
			return true
		}
	}
	if i == len(s) || s[i] == '/' || s[i] == '_' || dash(s, i) > 0 {
		return true
	}
	if s[i] != '(' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[i+1:])
	return unicode.IsUpper(r)
}

// link returns where the part begins that a dash or a word like "to" at i binds
// to what stands before it.
func link(s string, i int) (int, bool) {
	i = skipBlank(s, i)
	if size := dash(s, i); size > 0 {
		return skipBlank(s, i+size), true
	}
	end := wordEnd(s, i)
	if end == i {
		return i, false
	}
	k := fold(s[i:end])
	return skipBlank(s, end), linksRange(&k)
}

// linked returns the day that a link at i leads to.
func linked(s string, i int) (number, bool) {
	if is(s, i, '.') {
		i++ // "13.-14. Februar"
	}
	i, ok := link(s, i)
	if !ok {
		return number{}, false
	}
	if end := wordEnd(s, i); end > i {
		if k := fold(s[i:end]); string(k.bytes()) == "the" || string(k.bytes()) == "le" {
			i = skipBlank(s, end)
		}
	}
	n := numberAt(s, i)
	return n, n.digits > 0 && n.digits <= 2
}

// afterOrdinal returns where the ordinal of a number that ends at i ends: "14th",
// "1er", "1º", "14-го".
func afterOrdinal(s string, i int) int {
	if i >= len(s) {
		return i
	}
	j := i
	if s[j] == '-' || s[j] == '.' && strings.HasPrefix(s[j+1:], "º") {
		j++
	}
	end := wordEnd(s, j)
	if end == j {
		if len(s)-i >= 2 && s[i:i+2] == "°" {
			return i + 2
		}
		return i
	}
	if k := fold(s[j:end]); ordinal(&k) {
		return end
	}
	return i
}

// trailed reports whether the number that ends at i goes on in a way that no day
// or year does: "3,000", "3.5", "3:15", "3/4", "3%", "3bn".
func trailed(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	switch c := s[i]; {
	case c == ',':
		return numberAt(s, i+1).digits >= 3
	case c == '.', c == ':', c == '/', c == '-':
		return numberAt(s, i+1).digits > 0
	case c == '%', c == '$':
		return true
	case c < utf8.RuneSelf:
		return 'a' <= c|0x20 && c|0x20 <= 'z' && afterOrdinal(s, i) == i
	}
	return false
}

// joined reports whether the word at i is the later part of a longer one.
func joined(s string, i int) bool {
	if _, size := digitAt(s, i-1); size > 0 {
		return true
	}
	return s[i-1] == '_'
}

func ranged(first, last Date) match {
	first.Range, last.Range = true, true
	if first.End > last.Start {
		first.End = last.Start
	}
	return match{first: first, last: last, ranged: true}
}

// wordYear reports whether a number may be the year beside a month's name.
func wordYear(year int) bool { return 1000 <= year && year < 2200 }

// shortYear gives the century to a year of two digits, as mail does (RFC 5322,
// section 4.3).
func shortYear(year int) int {
	if year < 50 {
		return 2000 + year
	}
	return 1900 + year
}

// validDay reports whether a month has a day. In no year, February has 29.
func validDay(year int, month time.Month, day int) bool {
	if day < 1 || day > 31 || month < 1 || month > 12 {
		return false
	}
	switch month {
	case time.April, time.June, time.September, time.November:
		return day <= 30
	case time.February:
		leap := year == 0 || year%4 == 0 && (year%100 != 0 || year%400 == 0)
		return day <= 28 || leap && day == 29
	}
	return true
}
