// Package date finds dates in text, in the languages and styles that news,
// mail, file names and metadata use.
//
// It is a grammar and no more: it tells which dates stand in a text and what
// each of them says (a year or none, a weekday, a time, an offset), and never
// which of them is the date of the text. It guesses nothing: a date that cannot
// be read in one way only, such as 3/4/2026, is no date unless the caller tells
// the order. It reads no clock.
package date

import (
	"fmt"
	"time"
)

// A Date is a date as a text gives it.
type Date struct {
	Year    int        // 0 when no year is written
	Month   time.Month // never 0
	Day     int        // 0 when only a month and its year are written
	Weekday int        // a time.Weekday, or -1 when none is written beside the date
	Range   bool       // one end of a range, which gives two dates
	Numeric bool       // the month is written as a number
	Short   bool       // the year is written with two digits
	Clock   bool       // a time of day is written: Hour, Minute and Second hold
	Hour    int        // 0-23
	Minute  int        // 0-59
	Second  int        // 0-60
	Zone    bool       // an offset, or the name of a zone, is written: Offset holds
	Offset  int        // seconds east of UTC
	Start   int        // where the date starts in the text, in bytes
	End     int        // where it ends
}

// Full reports whether year, month and day are all written.
func (d Date) Full() bool { return d.Year != 0 && d.Day != 0 }

// Time returns the instant of a full date: midnight when no time is written,
// in UTC when no offset is. What is not written counts as the first: year 1,
// day 1.
func (d Date) Time() time.Time {
	loc := time.UTC
	if d.Zone && d.Offset != 0 {
		loc = time.FixedZone("", d.Offset)
	}
	return time.Date(max(d.Year, 1), d.Month, max(d.Day, 1), d.Hour, d.Minute, d.Second, 0, loc)
}

// WeekdayFits reports whether the date could fall on the weekday that is written
// beside it. Where no weekday or no full date is written, it could.
func (d Date) WeekdayFits() bool {
	if d.Weekday < 0 || !d.Full() {
		return true
	}
	return int(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()) == d.Weekday
}

// String returns what is known of the date in the form of ISO 8601:
// "2026-02-14T14:20:00+04:00", "2026-02-14", "2026-02", "--02-14".
func (d Date) String() string {
	var s string
	switch {
	case d.Year == 0:
		s = fmt.Sprintf("--%02d-%02d", d.Month, d.Day)
	case d.Day == 0:
		s = fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	default:
		s = fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
	}
	if !d.Clock {
		return s
	}
	s += fmt.Sprintf("T%02d:%02d:%02d", d.Hour, d.Minute, d.Second)
	switch {
	case !d.Zone:
		return s
	case d.Offset == 0:
		return s + "Z"
	case d.Offset < 0:
		return s + fmt.Sprintf("-%02d:%02d", -d.Offset/3600, -d.Offset/60%60)
	}
	return s + fmt.Sprintf("+%02d:%02d", d.Offset/3600, d.Offset/60%60)
}

// An Order says how to read a numeric date whose day and month could be either
// way round, such as 3/4/2026.
type Order int

// The orders. With Unknown, such a date is none.
const (
	Unknown Order = iota
	DayMonth
	MonthDay
)

// OrderOf returns the order that is usual in a language (BCP 47). English without
// a region is Unknown, as is "".
func OrderOf(lang string) Order { return orderOf(lang) }

// A Grammar holds what the reader of a text knows beyond the text. The zero
// Grammar knows nothing; the functions of this package use it.
type Grammar struct {
	Order      Order // of numeric dates
	ShortYears bool  // read years of two digits in numeric dates: 14.02.26
}

// Find returns every date in s, in reading order. They do not overlap.
func Find(s string) []Date { return Grammar{}.Find(s) }

// Prefix returns the date that s starts with.
func Prefix(s string) (Date, bool) { return Grammar{}.Prefix(s) }

// Parse returns the date that s is, in any usual form of front matter, page
// metadata and mail headers. White space around it does not count; anything else
// beside it makes s no date.
func Parse(s string) (Date, bool) { return Grammar{}.Parse(s) }
