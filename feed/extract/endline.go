package extract

import (
	"strings"
	"time"
	"unicode"

	"seedfeed/feed"
	"seedfeed/feed/extract/date"
)

// isEndLine reports whether a line closes the transmission of a wire.
func isEndLine(line string) bool {
	_, ok := readEndLine(line)
	return ok
}

// readEndLine reads the date in the line that closes a transmission:
//
//	AP-WF-02-10-16 0423GMT   month-day-year of ANPA 1312
//	212322 GMT Nov 18        day, hour, minute, month, year of IPTC 7901
//	KWS-21:37-09-12-18       hour, minute, day-month-year of Kyodo
//	091223 dec 18            that of the Swiss agency
//
// The years have two digits. Agencies send in this century; from 70 on it is the
// last one.
func readEndLine(line string) (feed.Date, bool) {
	line = strings.TrimSpace(strings.Trim(strings.TrimSpace(line), "^<="))
	if len(line) < 12 || len(line) > 40 {
		return feed.Date{}, false
	}
	for _, form := range [...]func(string) (feed.Date, bool){anpaEnd, iptcEnd, kyodoEnd} {
		if d, ok := form(line); ok {
			return d, true
		}
	}
	return feed.Date{}, false
}

// digits returns the number that a field of n digits is.
func digits(s string, n int) (int, bool) {
	if len(s) != n {
		return 0, false
	}
	return smallNumberAt(s)
}

func century(y int) int {
	if y >= 70 {
		return 1900 + y
	}
	return 2000 + y
}

// endDate checks the parts of a date and puts them together.
func endDate(y, month, day, hour, minute int, loc *time.Location) (feed.Date, bool) {
	t := time.Date(century(y), time.Month(month), day, hour, minute, 0, 0, loc)
	if int(t.Month()) != month || t.Day() != day || hour > 23 || minute > 59 {
		return feed.Date{}, false
	}
	return feed.Instant(t), true
}

// anpaEnd reads AP-WF-02-10-16 0423GMT.
func anpaEnd(line string) (feed.Date, bool) {
	head, clock, ok := strings.Cut(line, " ")
	parts := strings.Split(head, "-")
	clock, gmt := strings.CutSuffix(strings.TrimSpace(clock), "GMT")
	if n := len(parts); !ok || !gmt || n < 5 || !startsLetter(parts[0]) {
		return feed.Date{}, false
	}
	parts = parts[len(parts)-3:]
	month, ok1 := digits(parts[0], 2)
	day, ok2 := digits(parts[1], 2)
	y, ok3 := digits(parts[2], 2)
	at, ok4 := digits(strings.TrimSpace(clock), 4)
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return feed.Date{}, false
	}
	return endDate(y, month, day, at/100, at%100, time.UTC)
}

// iptcEnd reads 212322 GMT Nov 18 (IPTC 7901, 3.5): the year has two digits, and
// the month is in the service's language, or the head office's.
func iptcEnd(line string) (feed.Date, bool) {
	fields := strings.Fields(line)
	if len(fields) < 3 || len(fields) > 4 {
		return feed.Date{}, false
	}
	at, ok := digits(fields[0], 6)
	if !ok || len(fields) == 4 && strings.ContainsFunc(fields[1], unicode.IsDigit) {
		return feed.Date{}, false
	}
	month, ok := date.Prefix(fields[len(fields)-2] + " 1")
	y, ok2 := digits(fields[len(fields)-1], 2)
	if !ok || !ok2 {
		return feed.Date{}, false
	}
	return endDate(y, int(month.Month), at/10000, at/100%100, at%100, time.UTC)
}

// kyodoEnd reads KWS-21:37-09-12-18, whose clock is that of Tokyo.
func kyodoEnd(line string) (feed.Date, bool) {
	parts := strings.Split(line, "-")
	if len(parts) != 5 || len(parts[1]) != 5 || parts[1][2] != ':' || !isCapitals(parts[0]) {
		return feed.Date{}, false
	}
	hour, ok1 := digits(parts[1][:2], 2)
	minute, ok2 := digits(parts[1][3:], 2)
	day, ok3 := digits(parts[2], 2)
	month, ok4 := digits(parts[3], 2)
	y, ok5 := digits(parts[4], 2)
	if !ok1 || !ok2 || !ok3 || !ok4 || !ok5 {
		return feed.Date{}, false
	}
	return endDate(y, month, day, hour, minute, time.FixedZone("", 9*60*60))
}
