package date

import (
	"strings"
	"time"
)

// A clock is a time of day in a text.
type clock struct {
	hour, minute, second int
	zone                 zone
	end                  int
}

// A minuteStyle tells how the minutes of a time are set apart from its hour.
type minuteStyle int

const (
	bare   minuteStyle = iota // none: "2", which takes a "p.m."
	dotted                    // "14.20", which could be a price
	sure                      // "14:20", "14h20", "14时20分"
)

// clockAt reads a time of day, and its zone, at i: 14:20, 14:20:05.123+04:00,
// 2:20 p.m. EST, 2 PM, 14h20, 14.20 Uhr, kl. 14.20, 0423GMT, 午後2時20分.
func clockAt(s string, i int) (clock, bool) {
	i, half, marked := clockMark(s, i)
	n := numberAt(s, i)
	if n.digits == 4 {
		return militaryTime(s, n)
	}
	if n.digits == 0 || n.digits > 2 {
		return clock{}, false
	}
	c := clock{hour: n.val, end: n.end}
	style := c.readMinutes(s)
	if half == noHalf {
		half, c.end = halfAt(s, c.end)
	}
	if end := hourWord(s, c.end, style == bare); end > c.end {
		marked, c.end = true, end
		if style == bare {
			style = sure // "14 Uhr"
		}
	}
	c.zone, c.end = zoneAt(s, c.end, false)
	marked = marked || c.zone.named // 14.20 GMT
	switch {
	case half == noHalf && (style == bare || style == dotted && !marked):
		return clock{}, false
	case style == bare && c.hour > 12:
		return clock{}, false
	}
	return c, c.apply(half)
}

// militaryTime reads the time of wire transmissions, which must have a zone.
func militaryTime(s string, n number) (clock, bool) {
	c := clock{hour: n.val / 100, minute: n.val % 100, end: n.end}
	if !c.apply(noHalf) {
		return clock{}, false
	}
	c.zone, c.end = zoneAt(s, n.end, false)
	return c, c.zone.known && c.zone.named
}

// apply moves the hour to its half of the day and reports whether the time is one.
func (c *clock) apply(half half) bool {
	if half != noHalf && c.hour <= 12 {
		c.hour %= 12
		if half == afternoon {
			c.hour += 12
		}
	}
	return c.hour <= 23 && c.minute <= 59 && c.second <= 60
}

// readMinutes reads what follows the hour that ends at c.end.
func (c *clock) readMinutes(s string) minuteStyle {
	i := c.end
	switch {
	case is(s, i, ':'), is(s, i, '.'):
		m := numberAt(s, i+1)
		if m.digits != 2 {
			return bare
		}
		c.minute, c.end = m.val, m.end
		if s[i] == '.' {
			return dotted
		}
		c.readSeconds(s)
		return sure
	case is(s, i, 'h'), is(s, i, 'H'), is(s, i, ' ') && is(s, i+1, 'h'):
		if s[i] == ' ' {
			i++
		}
		m := numberAt(s, skipBlank(s, i+1))
		if m.digits == 2 {
			c.minute, c.end = m.val, m.end
			return sure
		}
		if wordEnd(s, i) == i+1 {
			c.end = i + 1
			return sure
		}
		return bare
	}
	return c.readEasternMinutes(s)
}

// readSeconds reads ":05" and ":05.123" behind the minutes.
func (c *clock) readSeconds(s string) {
	sec := numberAt(s, c.end+1)
	if !is(s, c.end, ':') || sec.digits != 2 {
		return
	}
	c.second, c.end = sec.val, sec.end
	if is(s, c.end, '.') || is(s, c.end, ',') {
		if fraction := numberAt(s, c.end+1); fraction.digits > 0 {
			c.end = fraction.end
		}
	}
}

// readEasternMinutes reads 时20分, 시 20분 and 点 behind the hour.
func (c *clock) readEasternMinutes(s string) minuteStyle {
	i := skipBlank(s, c.end)
	if i == len(s) || s[i] < 0xe3 {
		return bare
	}
	for _, mark := range [...]string{"时", "時", "点", "點", "시"} {
		if !strings.HasPrefix(s[i:], mark) {
			continue
		}
		c.end = i + len(mark)
		m := easternNumber(s, skipBlank(s, c.end))
		if end, ok := easternMark(s, m, "分", "분"); ok {
			c.minute, c.end = m.val, end
		}
		return sure
	}
	return bare
}

// A half is a half of the day.
type half int

const (
	noHalf half = iota
	morning
	afternoon
)

// clockMark reads what may stand before a time: the half of the day, or a word
// for "o'clock".
func clockMark(s string, i int) (end int, h half, marked bool) {
	if i == len(s) || s[i] < 'A' {
		return i, noHalf, false
	}
	for _, mark := range [...]struct {
		word string
		half half
	}{{"午前", morning}, {"上午", morning}, {"凌晨", morning}, {"早上", morning}, {"오전", morning},
		{"午後", afternoon}, {"下午", afternoon}, {"晚上", afternoon}, {"오후", afternoon}} {
		if strings.HasPrefix(s[i:], mark.word) {
			return skipBlank(s, i+len(mark.word)), mark.half, true
		}
	}
	end = wordEnd(s, i)
	k := fold(s[i:end])
	switch string(k.bytes()) {
	case "kl", "klo", "godz", "ora", "ore", "hod":
		if is(s, end, '.') {
			end++
		}
		return skipBlank(s, end), noHalf, true
	}
	return i, noHalf, false
}

// halfAt reads "p.m.", "PM", "م" at i, and returns where it ends.
func halfAt(s string, i int) (half, int) {
	j := skipBlank(s, i)
	end := wordEnd(s, j)
	k := fold(s[j:end])
	switch string(k.bytes()) {
	case "am", "ص":
		return morning, end
	case "pm", "م":
		return afternoon, end
	case "a", "p":
		if is(s, end, '.') && (is(s, end+1, 'm') || is(s, end+1, 'M')) {
			h := morning
			if k.buf[0] == 'p' {
				h = afternoon
			}
			end += 2
			if is(s, end, '.') {
				end++
			}
			return h, end
		}
	}
	return noHalf, i
}

// hourWord returns where a word for "o'clock" behind a time ends, or i. Behind an
// hour alone, most of them would also count hours.
func hourWord(s string, i int, alone bool) int {
	j := skipBlank(s, i)
	end := wordEnd(s, j)
	k := fold(s[j:end])
	switch string(k.bytes()) {
	case "uhr":
		return end
	case "hrs", "hours", "h", "uur", "hod", "hodin", "ч":
		if !alone {
			return end
		}
	}
	return i
}

// A zone is what a text says of the offset of a time.
type zone struct {
	known   bool
	named   bool // by a name, not by numbers alone
	offset  int  // seconds east of UTC
	savings bool // the offset is the standard one: America's summer time may be on
}

// zoneAt reads a zone at i: Z, GMT, +04:00, UTC+4, (ET), MSK. With tight, an
// offset with a colon may follow a dash at once, as in RFC 3339; else 10:00-12:00
// is a span of time.
func zoneAt(s string, i int, tight bool) (zone, int) {
	j := skipBlank(s, i)
	open := is(s, j, '(')
	if open {
		j++
	}
	z, end := zoneName(s, j)
	if tight && is(s, j, 'z') && wordEnd(s, j) == j+1 {
		z, end = zone{known: true, named: true}, j+1
	}
	if z.known && z.offset == 0 || !z.known {
		if offset, e, ok := offsetAt(s, skipBlank(s, end), tight || j > i, z.known); ok && (z.known || end == j) {
			z.known, z.offset, end = true, offset, e
		}
	}
	if !z.known {
		return zone{}, i
	}
	if open {
		if !is(s, end, ')') {
			return zone{}, i
		}
		end++
	}
	return z, end
}

// offsetAt reads +04:00, +0400, +4 or -05:00 at i. A colon and an hour alone behind
// a dash count only where it cannot be a span of time: apart from the time or,
// named, behind the name of a zone.
func offsetAt(s string, i int, colon, named bool) (offset, end int, ok bool) {
	sign := 1
	colon = colon || named
	switch {
	case is(s, i, '+'):
		colon = true
		i++
	case is(s, i, '-'):
		sign = -1
		i++
	case strings.HasPrefix(s[min(i, len(s)):], "−"):
		sign = -1
		i += len("−")
	default:
		return 0, i, false
	}
	h := numberAt(s, i)
	minutes := 0
	switch {
	case h.digits == 4:
		h.val, minutes = h.val/100, h.val%100
	case h.digits == 0 || h.digits > 2:
		return 0, i, false
	case is(s, h.end, ':'):
		m := numberAt(s, h.end+1)
		if m.digits != 2 || !colon {
			return 0, i, false
		}
		minutes, h.end = m.val, m.end
	case !colon || h.digits == 1 && sign < 0 && !named:
		return 0, i, false
	}
	return sign * (h.val*3600 + minutes*60), h.end, h.val <= 14 && minutes <= 59
}

// zoneName reads the name of a zone at i. Names that mean several zones (IST,
// CST) are left out, for a wrong hour can move the day.
func zoneName(s string, i int) (zone, int) {
	if i >= len(s) || !('A' <= s[i] && s[i] <= 'Z' || s[i] >= 0xd0) {
		return zone{}, i
	}
	end := wordEnd(s, i)
	if end < len(s) && s[end] >= '0' && s[end] <= '9' {
		return zone{}, i
	}
	hours, summer := 0, false
	switch s[i:end] {
	case "GMT", "UTC", "UT", "TU", "Z", "WET", "TUC":
	case "CET", "MEZ", "BST", "WEST", "WAT":
		hours = 1
	case "CEST", "MESZ", "EET", "SAST", "CAT":
		hours = 2
	case "EEST", "MSK", "МСК", "мск", "TRT", "EAT":
		hours = 3
	case "GST", "AZT", "SAMT":
		hours = 4
	case "PKT", "UZT":
		hours = 5
	case "WIB", "ICT":
		hours = 7
	case "HKT", "SGT", "PHT", "AWST":
		hours = 8
	case "JST", "KST":
		hours = 9
	case "AEST":
		hours = 10
	case "AEDT":
		hours = 11
	case "NZST":
		hours = 12
	case "NZDT":
		hours = 13
	case "BRT":
		hours = -3
	case "AST", "EDT":
		hours = -4
	case "EST", "CDT":
		hours = -5
	case "MDT":
		hours = -6
	case "MST", "PDT":
		hours = -7
	case "PST", "AKDT":
		hours = -8
	case "ET":
		hours, summer = -5, true
	case "CT":
		hours, summer = -6, true
	case "MT":
		hours, summer = -7, true
	case "PT":
		hours, summer = -8, true
	default:
		return arabicUTC(s, i)
	}
	return zone{known: true, named: true, offset: hours * 3600, savings: summer}, end
}

// arabicUTC reads "ت غ" and "ت م", by which Arabic agencies mark UTC.
func arabicUTC(s string, i int) (zone, int) {
	for _, name := range [...]string{"ت غ", "ت م", "بتوقيت غرينتش", "جمت"} {
		if strings.HasPrefix(s[i:], name) {
			if end := i + len(name); wordEnd(s, end) == end {
				return zone{known: true, named: true}, end
			}
		}
	}
	return zone{}, i
}

// set puts a time of day into a date.
func (c *clock) set(d *Date) {
	d.Clock, d.Hour, d.Minute, d.Second = true, c.hour, c.minute, c.second
	d.Zone, d.Offset = c.zone.known, c.zone.offset
	if c.zone.savings {
		d.Zone = d.Full()
		if d.Full() && americanSummer(*d) {
			d.Offset += 3600
		}
	}
}

// americanSummer reports whether summer time is on in most of the United States:
// since 2007 from the second Sunday of March to the first of November, at two.
func americanSummer(d Date) bool {
	start, end := sunday(d.Year, time.March, 8), sunday(d.Year, time.November, 1)
	switch {
	case d.Month == time.March && d.Day == start:
		return d.Hour >= 2
	case d.Month == time.November && d.Day == end:
		return d.Hour < 2
	case d.Month == time.March:
		return d.Day > start
	case d.Month == time.November:
		return d.Day < end
	}
	return time.March < d.Month && d.Month < time.November
}

// sunday returns the first Sunday of a month that is not before a day.
func sunday(year int, month time.Month, day int) int {
	return day + (7-int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Weekday()))%7
}
