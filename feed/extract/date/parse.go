package date

import (
	"strings"
	"time"
)

// Parse returns the date that s is. To what [Grammar.Find] knows it adds the
// forms that only metadata has, in which a text would rather have other numbers:
// 20260214, 20260214T101500Z, 2026-02, 2026-W07-6 and 2026-045 (ISO 8601), and the
// decoration that programs add: "+0000 UTC m=+0.01" (Go), "(Central European
// Standard Time)" (JavaScript).
func (g Grammar) Parse(s string) (Date, bool) {
	start := len(s) - len(strings.TrimLeft(s, white))
	end := len(strings.TrimRight(s, white))
	if end <= start || end-start > longestDate {
		return Date{}, false
	}
	body := s[start:end]
	d, ok := isoDate(body)
	if !ok {
		if d, ok = g.Prefix(body); ok {
			d.End = afterDecoration(body, d)
			ok = d.End == len(body)
		}
	}
	if !ok {
		return Date{}, false
	}
	d.Start += start
	d.End += start
	return d, true
}

const (
	white       = " \t\r\n\u00a0"
	longestDate = 200 // no form is longer; a text is not looked through
)

// afterDecoration returns where what follows a date, and belongs to it without
// saying more, ends.
func afterDecoration(s string, d Date) int {
	i := d.End
	if d.Zone {
		if j := skipBlank(s, i); j > i {
			if z, end := zoneAt(s, j, false); z.known {
				i = end // +0400 (MSK)
			}
		}
		if j := skipBlank(s, i); strings.HasPrefix(s[j:], "m=") {
			i = len(s)
		}
	}
	j := skipBlank(s, i)
	if is(s, j, '(') && d.Clock {
		if end := strings.IndexByte(s[j:], ')'); end >= 0 && !strings.ContainsAny(s[j:j+end], "0123456789") {
			return j + end + 1
		}
	}
	end := wordEnd(s, j)
	k := fold(s[j:end])
	switch string(k.bytes()) {
	case "г", "года", "року", "р", "m", "م", "ev": // "of the year"
		j = end
	case "":
		j = i
	default:
		return i
	}
	if is(s, j, '.') {
		j++
	}
	return j
}

// isoDate reads the forms of ISO 8601 that consist of numbers alone.
func isoDate(s string) (Date, bool) {
	year := numberAt(s, 0)
	d := Date{Weekday: -1, Numeric: true, Start: 0, End: len(s)}
	switch {
	case year.digits == 8 || year.digits == 12 || year.digits == 14:
		return compactDate(s, year)
	case year.digits != 4 || !numericYear(year.val) || !is(s, 4, '-'):
		return Date{}, false
	case is(s, 5, 'W') || is(s, 5, 'w'):
		return weekDate(s, year.val)
	}
	n := numberAt(s, 5)
	if n.end != len(s) {
		return Date{}, false
	}
	d.Year = year.val
	switch n.digits {
	case 2:
		d.Month = time.Month(n.val)
		return d, validDay(d.Year, d.Month, 1)
	case 3:
		if n.val < 1 || n.val > 366 {
			return Date{}, false
		}
		return d.on(time.Date(d.Year, time.January, n.val, 0, 0, 0, 0, time.UTC), d.Year)
	}
	return Date{}, false
}

// on puts the day of t into d. It is not ok when t lies in another year.
func (d Date) on(t time.Time, year int) (Date, bool) {
	d.Year, d.Month, d.Day = t.Date()
	return d, d.Year == year
}

// weekDate reads 2026-W07-6 and 2026W076.
func weekDate(s string, year int) (Date, bool) {
	week := numberAt(s, 6)
	if week.digits != 2 || week.val < 1 || week.val > 53 || !is(s, week.end, '-') {
		return Date{}, false
	}
	day := numberAt(s, week.end+1)
	if day.digits != 1 || day.val < 1 || day.val > 7 || day.end != len(s) {
		return Date{}, false
	}
	// January 4 lies in the first week, whatever its weekday.
	fourth := time.Date(year, time.January, 4, 0, 0, 0, 0, time.UTC)
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7)
	t := monday.AddDate(0, 0, 7*(week.val-1)+day.val-1)
	if y, w := t.ISOWeek(); y != year || w != week.val {
		return Date{}, false
	}
	d := Date{Weekday: -1, Numeric: true, Start: 0, End: len(s)}
	return d.on(t, t.Year())
}

// compactDate reads 20260214, 20260214T101500Z, 202602141015 and 20260214101500,
// which start with the number n.
func compactDate(s string, n number) (Date, bool) {
	if n.end-n.start != n.digits {
		return Date{}, false // digits of other scripts: not by a program
	}
	digits := func(i, j int) int { return numberAt(s[:n.start+j], n.start+i).val }
	d := Date{Year: digits(0, 4), Month: time.Month(digits(4, 6)), Day: digits(6, 8), Weekday: -1, Numeric: true, Start: n.start, End: n.end}
	if !numericYear(d.Year) || !validDay(d.Year, d.Month, d.Day) {
		return Date{}, false
	}
	clockDigits, i := n, n.start+8
	if n.digits == 8 {
		if n.end == len(s) {
			return d, true
		}
		if !is(s, n.end, 'T') && !is(s, n.end, 't') {
			return Date{}, false
		}
		i = n.end + 1
		clockDigits = numberAt(s, i)
	}
	c, ok := compactClock(s[i:clockDigits.end])
	if !ok {
		return Date{}, false
	}
	c.end = clockDigits.end
	c.zone, c.end = zoneAt(s, c.end, true)
	c.set(&d)
	d.End = c.end
	return d, d.End == len(s)
}

// compactClock reads 1015 and 101500.
func compactClock(s string) (clock, bool) {
	if len(s) != 4 && len(s) != 6 {
		return clock{}, false
	}
	c := clock{hour: numberAt(s[:2], 0).val, minute: numberAt(s[:4], 2).val}
	if len(s) == 6 {
		c.second = numberAt(s, 4).val
	}
	return c, c.apply(noHalf)
}
