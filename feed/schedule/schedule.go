package schedule

import (
	"time"

	"github.com/robfig/cron/v3"
)

// A Schedule is a series of instants, without end. The zero Schedule has none.
//
// Where clocks change, a schedule that names every hour ("*/5 * * * *") keeps to
// real time, and any other is taken to name times of the day: each comes once. One
// that the clock skips comes at the end of the gap, and one that the clock
// repeats comes the first time.
type Schedule struct {
	spec      string
	times     cron.Schedule // readings of a clock, as times in UTC: see Next
	fixed     bool          // a fixed time apart: instants, not readings
	everyHour bool
	location  *time.Location
}

var _ cron.Schedule = Schedule{}

// String returns the expression, as it was written.
func (s Schedule) String() string { return s.spec }

// Location is the time zone that the expression is read in.
func (s Schedule) Location() *time.Location {
	if s.location == nil {
		return time.UTC
	}
	return s.location
}

// Next returns the first instant after t, in whole seconds and in the time zone
// of the schedule, or the zero time if there is none within five years.
//
// It asks cron only for readings of a clock that never changes, and finds the
// instants that have them: cron's own way over clock changes skips the times in
// a gap, makes repeated ones twice, and loses some where a clock changes at
// midnight or by half an hour.
func (s Schedule) Next(t time.Time) time.Time {
	t = t.In(s.Location()) // of the clock on the wall alone, from here on
	switch {
	case s.times == nil:
		return time.Time{}
	case s.fixed:
		return s.times.Next(t)
	}
	// The search goes from one stretch of constant offset to the next.
	stretch := t
	for {
		start, end := stretch.ZoneBounds()
		_, offset := stretch.Zone()
		reading := s.times.Next(readingAt(t, offset))
		next := instantOf(reading, offset).In(s.Location())
		switch {
		case reading.IsZero():
			return time.Time{}
		case end.IsZero() || next.Before(end):
			if s.everyHour || !repeated(reading, start) {
				return next
			}
			t = next
		case !s.everyHour && skipped(reading, end):
			return end
		default:
			t, stretch = end.Add(-time.Second), end
		}
	}
}

// readingAt is what a clock shows at an instant, as a time in UTC.
func readingAt(t time.Time, offset int) time.Time {
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// instantOf is when a clock shows a reading.
func instantOf(reading time.Time, offset int) time.Time {
	return reading.Add(-time.Duration(offset) * time.Second)
}

// repeated reports whether a reading after a clock change was had before it: the
// clock went back.
func repeated(reading, change time.Time) bool {
	if change.IsZero() {
		return false
	}
	_, before := change.Add(-1).Zone()
	return instantOf(reading, before).Before(change)
}

// skipped reports whether a reading after a clock change is never had: the clock
// went forward over it.
func skipped(reading, change time.Time) bool {
	_, after := change.Zone()
	return instantOf(reading, after).Before(change)
}
