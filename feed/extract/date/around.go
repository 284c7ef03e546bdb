package date

import (
	"strings"
	"time"
)

// around adds to a match what stands beside it: the weekday and the time of day,
// before it or behind it.
func (g Grammar) around(s string, m match, floor int) match {
	head, tail := &m.last, &m.last
	if m.ranged {
		head = &m.first
	}
	weekdayBefore(s, head, floor)
	if head.Weekday < 0 {
		clockBefore(s, head, floor)
	}
	if tail.Weekday < 0 || m.ranged {
		weekdayAfter(s, tail)
	}
	if !tail.Clock {
		clockAfter(s, tail)
	}
	if !head.Clock {
		clockBefore(s, head, floor)
	}
	return m
}

// weekdayBefore reads "Saturday, ", "Samstag, den " before a date.
func weekdayBefore(s string, d *Date, floor int) {
	i := d.Start
	for range 3 {
		end := skipBlankBack(s, i)
		switch {
		case end > floor && (s[end-1] == ',' || s[end-1] == '('):
			end--
		case end >= floor+2 && strings.HasSuffix(s[:end], "،"):
			end -= len("،")
		case end > floor && s[end-1] == '.' && end-wordStart(s, end-1) <= 6:
			end-- // "Sat., Feb. 14"
		}
		start := wordStart(s, end)
		if start == end || start < floor {
			if start == end && end < i {
				i = end
				continue
			}
			return
		}
		k := fold(s[start:end])
		if day, ok := weekday(&k); ok {
			if is(s, start-1, '\'') {
				start = max(floor, wordStart(s, start-1)) // п'ятниця
			}
			d.Weekday, d.Start = int(day), start
			return
		}
		if !article(&k) {
			return
		}
		if i = start; is(s, start-1, '-') {
			i-- // segunda-feira
		}
	}
}

// article reports whether a word may stand between a weekday and its date.
func article(k *key) bool {
	switch string(k.bytes()) {
	case "the", "den", "dem", "der", "le", "el", "il", "dia", "de", "d", "feira", "dnia", "on", "am", "an", "a", "fecha":
		return true
	}
	return false
}

// weekdayAfter reads ", Saturday", " (Saturday)" and "（星期六）" behind a date.
func weekdayAfter(s string, d *Date) {
	i := skipBlank(s, d.End)
	if i == len(s) {
		return
	}
	open := ""
	for _, mark := range [...]string{"(", "（", ",", "，"} {
		if strings.HasPrefix(s[i:], mark) {
			open = mark
			i = skipBlank(s, i+len(mark))
			break
		}
	}
	day, end, ok := easternWeekday(s, i, open)
	if !ok {
		end = wordEnd(s, i)
		k := fold(s[i:end])
		if day, ok = weekday(&k); !ok || open == "" && !(d.Full() && turkish(&k)) {
			return
		}
		if is(s, end, '.') && open != "," {
			end++
		}
	}
	switch open {
	case "(":
		if !is(s, end, ')') {
			return
		}
		end++
	case "（":
		if !strings.HasPrefix(s[end:], "）") {
			return
		}
		end += len("）")
	}
	d.Weekday, d.End = int(day), end
}

// turkish reports whether a weekday is one of Turkish, which sets it behind the
// year with nothing between.
func turkish(k *key) bool {
	switch string(k.bytes()) {
	case "pazartesi", "sali", "carsamba", "persembe", "cuma", "cumartesi", "pazar":
		return true
	}
	return false
}

// easternWeekday reads 星期六, 周六, 土曜日, 토요일 at i and, in parentheses, 土 and 토.
func easternWeekday(s string, i int, open string) (time.Weekday, int, bool) {
	if i >= len(s) || s[i] < 0xe3 {
		return 0, 0, false
	}
	for _, before := range [...]string{"星期", "周", "週", "礼拜", "禮拜"} {
		if rest, ok := strings.CutPrefix(s[i:], before); ok {
			day, size := easternDay(rest, "日一二三四五六")
			if size == 0 && strings.HasPrefix(rest, "天") {
				size = len("天")
			}
			return day, i + len(before) + size, size > 0
		}
	}
	day, size := easternDay(s[i:], "日月火水木金土")
	if size == 0 {
		day, size = easternDay(s[i:], "일월화수목금토")
	}
	if size == 0 {
		return 0, 0, false
	}
	end := i + size
	for _, after := range [...]string{"曜日", "曜", "요일"} {
		if strings.HasPrefix(s[end:], after) {
			return day, end + len(after), true
		}
	}
	return day, end, open == "(" || open == "（"
}

// easternDay returns the day whose sign in days, which begin with Sunday, s
// starts with, and the length of the sign.
func easternDay(s, days string) (time.Weekday, int) {
	day := time.Sunday
	for _, sign := range days {
		if strings.HasPrefix(s, string(sign)) {
			return day, len(string(sign))
		}
		day++
	}
	return 0, 0
}

// clockAfter reads a time of day behind a date.
func clockAfter(s string, d *Date) {
	i, joined := afterDate(s, d.End)
	if i == len(s) {
		return
	}
	c, ok := clockAt(s, i)
	if !ok {
		return
	}
	if joined && !c.zone.known {
		c.zone, c.end = zoneAt(s, c.end, true) // RFC 3339
	}
	c.set(d)
	d.End = c.end
	if d.Year == 0 && !d.Numeric {
		yearAfterClock(s, d, &c)
	}
}

// yearAfterClock reads the year of "Sat Feb 14 10:15:00 2026" (C, and git with an
// offset behind it) and "Sat Feb 14 10:15:00 MST 2026" (Unix).
func yearAfterClock(s string, d *Date, c *clock) {
	n := numberAt(s, skipBlank(s, d.End))
	if n.digits != 4 || !wordYear(n.val) || trailed(s, n.end) || d.Weekday < 0 || !validDay(n.val, d.Month, d.Day) {
		return
	}
	d.Year, d.End = n.val, n.end
	if !c.zone.known {
		c.zone, d.End = zoneAt(s, d.End, false)
	}
	c.set(d)
}

// afterDate returns where a time may start behind a date that ends at i, and
// whether only a T stands between them.
func afterDate(s string, i int) (int, bool) {
	if is(s, i, 'T') || is(s, i, 't') {
		if _, size := digitAt(s, i+1); size > 0 {
			return i + 1, true
		}
		return len(s), false
	}
	if is(s, i, ':') {
		return i + 1, false // 14/Feb/2026:10:15:00
	}
	i = skipBlank(s, i)
	for range 2 {
		switch {
		case i == len(s):
			return i, false
		case s[i] == ',' || s[i] == '|' || s[i] == '-' || s[i] == ';':
			i = skipBlank(s, i+1)
		case strings.HasPrefix(s[i:], "–"), strings.HasPrefix(s[i:], "—"):
			i = skipBlank(s, i+len("–"))
		default:
			end := wordEnd(s, i)
			if end == i {
				return i, false
			}
			k := fold(s[i:end])
			if !beforeTime(&k) {
				return i, false
			}
			i = skipBlank(s, end)
			if is(s, i, '.') {
				i = skipBlank(s, i+1) // "14 февраля 2026 г., 14:20"
			}
		}
	}
	return i, false
}

// beforeTime reports whether a word may stand between a date and a time.
func beforeTime(k *key) bool {
	switch string(k.bytes()) {
	case "at", "um", "om", "a", "as", "alle", "las", "saat", "o", "в", "о", "г", "года", "року", "р", "год", "الساعه",
		"et", "ob", "gegen":
		return true
	}
	return false
}

// clockBefore reads a time of day that stands right before a date.
func clockBefore(s string, d *Date, floor int) {
	const window = 28 // "10:15:00 p.m. (UTC+04:00), "
	from := max(floor, d.Start-window)
	for i := from; i < d.Start; i++ {
		if _, size := digitAt(s, i); size == 0 {
			continue
		}
		c, ok := clockAt(s, i)
		if !ok || glued(s, number{start: i}) || c.end > d.Start {
			i = numberAt(s, i).end
			continue
		}
		if afterTime(s, c.end) == d.Start {
			c.set(d)
			d.Start = i
			return
		}
		i = c.end
	}
}

// afterTime returns where a date may start behind a time that ends at i.
func afterTime(s string, i int) int {
	i = skipBlank(s, i)
	if is(s, i, ',') || is(s, i, '-') || is(s, i, '|') || is(s, i, '/') {
		i = skipBlank(s, i+1)
	}
	end := wordEnd(s, i)
	k := fold(s[i:end])
	switch string(k.bytes()) {
	case "on", "am", "le", "el", "den", "the", "del", "de", "du", "vom":
		return skipBlank(s, end)
	}
	return i
}
