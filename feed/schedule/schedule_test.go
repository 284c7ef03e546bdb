package schedule_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/robfig/cron/v3"

	"seedfeed/feed/schedule"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func mustParse(t testing.TB, spec string, loc *time.Location) schedule.Schedule {
	t.Helper()
	s, err := schedule.Parse(spec, loc)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ExampleParse() {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := schedule.Parse("30 6 * * MON-FRI", berlin)
	if err != nil {
		fmt.Println(err)
		return
	}
	friday := time.Date(2026, 2, 13, 12, 0, 0, 0, time.UTC)
	fmt.Println(s.Next(friday))

	_, err = schedule.Parse("*/90 * * * *", berlin)
	fmt.Println(err)
	// Output:
	// 2026-02-16 06:30:00 +0100 CET
	// "*/90 * * * *": minute: "*/90" comes once only, since the step is larger than what it divides (0-59); write "@every 90m"
}

func TestNext(t *testing.T) {
	tests := []struct {
		spec, after, next string // RFC 3339
	}{
		{"*/5 * * * *", "2026-02-14T10:00:00Z", "2026-02-14T10:05:00Z"},
		{"*/5 * * * *", "2026-02-14T10:04:59.999Z", "2026-02-14T10:05:00Z"},
		{"  */5  *\t* * *  ", "2026-02-14T23:59:59Z", "2026-02-15T00:00:00Z"},
		{"@hourly", "2026-02-14T10:30:00Z", "2026-02-14T11:00:00Z"},
		{"@Daily", "2026-02-14T10:30:00Z", "2026-02-15T00:00:00Z"},
		{"@MIDNIGHT", "2026-02-14T10:30:00Z", "2026-02-15T00:00:00Z"},
		{"@weekly", "2026-02-14T10:30:00Z", "2026-02-15T00:00:00Z"}, // a Sunday
		{"@monthly", "2026-02-14T10:30:00Z", "2026-03-01T00:00:00Z"},
		{"@yearly", "2026-02-14T10:30:00Z", "2027-01-01T00:00:00Z"},
		{"@annually", "2026-02-14T10:30:00Z", "2027-01-01T00:00:00Z"},
		{"@every 10m", "2026-02-14T10:30:00.5Z", "2026-02-14T10:40:00Z"},
		{"@Every 1h30m", "2026-02-14T10:30:00Z", "2026-02-14T12:00:00Z"},
		{"@every 1s", "2026-02-14T10:30:00Z", "2026-02-14T10:30:01Z"},
		{"0 0 * * 0", "2026-02-14T10:30:00Z", "2026-02-15T00:00:00Z"},
		{"0 0 * * 7", "2026-02-14T10:30:00Z", "2026-02-15T00:00:00Z"},
		{"0 0 * * sun", "2026-02-14T10:30:00Z", "2026-02-15T00:00:00Z"},
		{"0 0 * * 5-7", "2026-02-14T10:30:00Z", "2026-02-15T00:00:00Z"},
		{"0 0 * * 5-7", "2026-02-15T10:30:00Z", "2026-02-20T00:00:00Z"},
		{"0 0 * * FRI-7", "2026-02-15T10:30:00Z", "2026-02-20T00:00:00Z"},
		{"0 0 * * 1,7", "2026-02-14T10:30:00Z", "2026-02-15T00:00:00Z"},
		{"0 0 29 2 *", "2026-02-14T10:30:00Z", "2028-02-29T00:00:00Z"},
		{"0 0 1 jan ?", "2026-02-14T10:30:00Z", "2027-01-01T00:00:00Z"},
		{"0 0 31 2 1", "2026-01-14T10:30:00Z", "2026-02-02T00:00:00Z"}, // a Monday: day or weekday
		{"50/5 8 * * *", "2026-02-14T08:50:00Z", "2026-02-14T08:55:00Z"},
		{"CRON_TZ=Asia/Tokyo 0 6 * * *", "2026-02-14T10:30:00Z", "2026-02-14T21:00:00Z"},
		{"TZ=Asia/Tokyo @daily", "2026-02-14T10:30:00Z", "2026-02-14T15:00:00Z"},
		{"TZ=Asia/Kolkata\t0 * * * *", "2026-02-14T10:00:00Z", "2026-02-14T10:30:00Z"},
	}
	for _, tt := range tests {
		s := mustParse(t, tt.spec, nil)
		after, err := time.Parse(time.RFC3339, tt.after)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Next(after).UTC().Format(time.RFC3339Nano); got != tt.next {
			t.Errorf("%q: Next(%s) = %s, want %s", tt.spec, tt.after, got, tt.next)
		}
		if got, want := s.String(), strings.TrimSpace(tt.spec); got != want {
			t.Errorf("String() = %q, want %q", got, want)
		}
	}
}

// Both clock changes of the year, in zones that change at night, at midnight and
// by half an hour, and in one that left out a day.
func TestClockChanges(t *testing.T) {
	tests := []struct {
		name, zone, spec, after string
		want                    string // the times that follow, with their offsets
	}{
		{"a skipped time comes at the end of the gap", "Europe/Berlin", "30 2 * * *", "2026-03-28T12:00:00+01:00",
			"03-29T03:00+02:00 03-30T02:30+02:00"},
		{"several skipped times are one", "Europe/Berlin", "*/20 2 * * *", "2026-03-28T12:00:00+01:00",
			"03-29T03:00+02:00 03-30T02:00+02:00"},
		{"a time at the end of the gap comes once", "Europe/Berlin", "0 2,3 * * *", "2026-03-28T12:00:00+01:00",
			"03-29T03:00+02:00 03-30T02:00+02:00"},
		{"times after the gap are as ever", "Europe/Berlin", "30 3 * * *", "2026-03-28T12:00:00+01:00",
			"03-29T03:30+02:00 03-30T03:30+02:00"},
		{"a repeated time comes the first time", "Europe/Berlin", "30 2 * * *", "2026-10-24T12:00:00+02:00",
			"10-25T02:30+02:00 10-26T02:30+01:00"},
		{"asked between the two", "Europe/Berlin", "30 2 * * *", "2026-10-25T02:10:00+01:00",
			"10-26T02:30+01:00"},
		{"the hour after the repeated one", "Europe/Berlin", "0 3 * * *", "2026-10-24T12:00:00+02:00",
			"10-25T03:00+01:00 10-26T03:00+01:00"},
		{"every half hour runs through the gap", "Europe/Berlin", "*/30 * * * *", "2026-03-29T01:00:00+01:00",
			"03-29T01:30+01:00 03-29T03:00+02:00 03-29T03:30+02:00 03-29T04:00+02:00"},
		{"every hour at 7 past runs through the gap", "Europe/Berlin", "7 * * * *", "2026-03-29T01:00:00+01:00",
			"03-29T01:07+01:00 03-29T03:07+02:00 03-29T04:07+02:00"},
		{"every half hour runs through the repeated hour", "Europe/Berlin", "*/30 * * * *", "2026-10-25T02:00:00+02:00",
			"10-25T02:30+02:00 10-25T02:00+01:00 10-25T02:30+01:00 10-25T03:00+01:00"},
		{"all hours by a range", "Europe/Berlin", "0 0-23 * * *", "2026-10-25T01:30:00+02:00",
			"10-25T02:00+02:00 10-25T02:00+01:00 10-25T03:00+01:00"},
		{"a duration is real time", "Europe/Berlin", "@every 30m", "2026-03-29T01:00:00+01:00",
			"03-29T01:30+01:00 03-29T03:00+02:00"},
		{"New York in spring", "America/New_York", "30 2 * * *", "2026-03-07T12:00:00-05:00",
			"03-08T03:00-04:00 03-09T02:30-04:00"},
		{"New York in autumn", "America/New_York", "30 1 * * *", "2026-10-31T12:00:00-04:00",
			"11-01T01:30-04:00 11-02T01:30-05:00"},
		{"New York in autumn, every quarter of an hour", "America/New_York", "*/15 * * * *", "2026-11-01T01:30:00-04:00",
			"11-01T01:45-04:00 11-01T01:00-05:00 11-01T01:15-05:00"},
		{"midnight that is not", "America/Sao_Paulo", "0 0 * * *", "2018-11-03T12:00:00-03:00",
			"11-04T01:00-02:00 11-05T00:00-02:00"},
		{"midnight that is not, on a day of the month", "America/Sao_Paulo", "0 0 4 * *", "2018-11-03T12:00:00-03:00",
			"11-04T01:00-02:00 12-04T00:00-02:00"},
		{"the hour before midnight twice", "America/Sao_Paulo", "30 23 * * *", "2018-02-17T12:00:00-02:00",
			"02-17T23:30-02:00 02-18T23:30-03:00"},
		{"midnight after the repeated hour", "America/Sao_Paulo", "0 0 * * *", "2018-02-17T12:00:00-02:00",
			"02-18T00:00-03:00 02-19T00:00-03:00"},
		{"half an hour skipped", "Australia/Lord_Howe", "15 2 * * *", "2026-10-03T12:00:00+10:30",
			"10-04T02:30+11:00 10-05T02:15+11:00"},
		{"half an hour repeated", "Australia/Lord_Howe", "45 1 * * *", "2026-04-04T12:00:00+11:00",
			"04-05T01:45+11:00 04-06T01:45+10:30"},
		{"the hour after half an hour repeated", "Australia/Lord_Howe", "0 2 * * *", "2026-04-04T12:00:00+11:00",
			"04-05T02:00+10:30 04-06T02:00+10:30"},
		{"a day that is not", "Pacific/Apia", "0 9 * * *", "2011-12-29T08:00:00-10:00",
			"12-29T09:00-10:00 12-31T00:00+14:00 12-31T09:00+14:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := mustParse(t, tt.spec, zone(t, tt.zone))
			at, err := time.Parse(time.RFC3339, tt.after)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for range strings.Fields(tt.want) {
				at = s.Next(at)
				got = append(got, at.Format("01-02T15:04Z07:00"))
			}
			if got := strings.Join(got, " "); got != tt.want {
				t.Errorf("%q in %s after %s:\ngot  %s\nwant %s", tt.spec, tt.zone, tt.after, got, tt.want)
			}
		})
	}
}

// A schedule that keeps to real time has the same distance between all its times,
// over a whole year of both clock changes.
func TestRealTime(t *testing.T) {
	for _, name := range []string{"America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe"} {
		s := mustParse(t, "*/5 * * * *", zone(t, name))
		at := time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC)
		for range 366 * 24 * 12 {
			next := s.Next(at)
			if d := next.Sub(at); d != 5*time.Minute {
				t.Fatalf("%s: %v after %v is %v, want 5m", name, next, at, d)
			}
			at = next
		}
	}
}

// Where no clock changes, times are cron's own.
func TestNextIsCrons(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, spec := range []string{"*/5 * * * *", "7 3 * * *", "0 0 1 * *", "15,45 8-18/2 * * MON-FRI", "0 12 13 * 5", "0 0 29 2 *", "@weekly"} {
		s := mustParse(t, spec, nil)
		want, err := cron.ParseStandard("CRON_TZ=UTC " + spec)
		if err != nil {
			t.Fatal(err)
		}
		for range 500 {
			at := time.Unix(random.Int64N(4e9), random.Int64N(1e9)).UTC()
			if got, want := s.Next(at), want.Next(at); !got.Equal(want) {
				t.Errorf("%q: Next(%v) = %v, want %v", spec, at, got, want)
			}
		}
	}
}

// A time of the clock on the wall carries no reading of another one, which would
// be what it is compared by.
func TestNextIsOnTheWall(t *testing.T) {
	for _, spec := range []string{"@every 10m", "*/5 * * * *"} {
		if next := mustParse(t, spec, nil).Next(time.Now()); next != next.Round(0) {
			t.Errorf("%s: Next = %v", spec, next)
		}
	}
}

func TestZeroSchedule(t *testing.T) {
	if got := (schedule.Schedule{}).Next(time.Unix(0, 0)); !got.IsZero() {
		t.Errorf("Next = %v, want the zero time", got)
	}
}
