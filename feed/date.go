package feed

import "time"

// A Date says when something was published or updated: a day, or an instant
// when the document tells the time of day too. The zero Date is no date.
type Date struct {
	// Time is the instant. It keeps the offset that the document gave.
	// For a day without a time it is noon in UTC, so that the day is the same
	// for readers from UTC-12 to UTC+11.
	Time time.Time `json:"time"`

	// DayOnly tells that only the day is known, and Time's clock says nothing.
	DayOnly bool `json:"day_only,omitempty"`
}

// Day returns the Date of a day whose time is not known.
func Day(year int, month time.Month, day int) Date {
	return Date{Time: time.Date(year, month, day, 12, 0, 0, 0, time.UTC), DayOnly: true}
}

// Instant returns the Date of an instant, to the second.
func Instant(t time.Time) Date { return Date{Time: t.Truncate(time.Second)} }

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d.Time.IsZero() }

// String returns the date as its document gave it: the bare day (2026-02-14),
// or the instant with its offset in the form of RFC 3339, or "" for no date.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.DayOnly:
		return d.Time.Format(time.DateOnly)
	}
	return d.Time.Format(time.RFC3339)
}
