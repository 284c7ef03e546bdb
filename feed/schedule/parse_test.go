package schedule_test

import (
	"testing"
	"time"

	"seedfeed/feed/schedule"
)

func TestParseRefuses(t *testing.T) {
	const (
		noZone       = `; use a name like Europe/Berlin or UTC`
		noTimes      = `no times; write five fields as in "*/5 * * * *", or "@every 10m"`
		noDescriptor = `not a descriptor; there are @hourly, @daily, @weekly, @monthly, @yearly, and @every with a duration`
		noDay        = `there is no such day, so it would never come`
		minute       = ` is not understood; want 0-59, *, a range a-b, a step */n, or a list of these`
		weekday      = ` is not understood; want 0-6 (0 is Sunday) or SUN-SAT, *, a range a-b, a step */n, or a list of these`
		tooLong      = ` comes once only, since the step is larger than what it divides`
	)
	tests := []struct{ spec, want string }{
		{"", noTimes},
		{" ", noTimes},
		{"TZ=UTC", noTimes}, // panics in cron's parser
		{"CRON_TZ=UTC", noTimes},
		{"TZ=0", `time zone "0" is not known` + noZone},
		{"TZ=", `time zone "" is not known` + noZone},
		{"TZ= 0 6 * * *", `time zone "" is not known` + noZone},
		{"CRON_TZ=Mars/Olympus 0 6 * * *", `time zone "Mars/Olympus" is not known` + noZone},
		{"CRON_TZ=../../etc/passwd 0 6 * * *", `time zone "../../etc/passwd" is not known` + noZone},
		{"*/5 * * *", "want five fields, found 4: minute, hour, day of the month, month, weekday"},
		{"0 */5 * * * *", "six fields, want five: minute, hour, day of the month, month, weekday; there is none for seconds"},
		{"60 * * * *", `minute: "60"` + minute},
		{"a * * * *", `minute: "a"` + minute},
		{"-1 * * * *", `minute: "-1"` + minute},
		{"1,,2 * * * *", `minute: ""` + minute}, // cron drops the gap
		{", * * * *", `minute: ""` + minute},
		{"*-5 * * * *", `minute: "*-5"` + minute}, // cron takes it for a star
		{"5-1 * * * *", `minute: "5-1"` + minute},
		{"1-2-3 * * * *", `minute: "1-2-3"` + minute},
		{"*/0 * * * *", `minute: "*/0"` + minute},
		{"*/-5 * * * *", `minute: "*/-5"` + minute},
		{"*/5/5 * * * *", `minute: "*/5/5"` + minute},
		{"99999999999999999999 * * * *", `minute: "99999999999999999999"` + minute},
		{"0 24 * * *", `hour: "24" is not understood; want 0-23, *, a range a-b, a step */n, or a list of these`},
		{"0 0 0 * *", `day of the month: "0" is not understood; want 1-31, *, a range a-b, a step */n, or a list of these`},
		{"0 0 1 13 *", `month: "13" is not understood; want 1-12 or JAN-DEC, *, a range a-b, a step */n, or a list of these`},
		{"0 0 * * 8", `weekday: "8"` + weekday},
		{"0 0 * * monday", `weekday: "monday"` + weekday},
		{"0 0 * * 1-7/2", `weekday: "1-7/2"` + weekday},
		{"*/90 * * * *", `minute: "*/90"` + tooLong + ` (0-59); write "@every 90m"`},
		{"*/60 * * * *", `minute: "*/60"` + tooLong + ` (0-59); write "@every 60m"`},
		{"0,30/45 * * * *", `minute: "30/45"` + tooLong + ` (0-59); write "@every 45m"`},
		{"*/9223372036854775807 * * * *", `minute: "*/9223372036854775807"` + tooLong + ` (0-59); write "@every 9223372036854775807m"`},
		{"0 */36 * * *", `hour: "*/36"` + tooLong + ` (0-23); write "@every 36h"`},
		{"0 0 */40 * *", `day of the month: "*/40"` + tooLong + ` (1-31)`},
		{"0 0 31 2 *", noDay},
		{"0 0 30 FEB *", noDay},
		{"0 0 31 4,6,9,11 *", noDay},
		{"@fortnightly", noDescriptor},
		{"@daily 5", noDescriptor},
		{"@", noDescriptor},
		{"@reboot", `a run is made at every start anyway; write when the others are, as in "@hourly"`},
		{"@every", `"@every" wants one duration, as in "@every 10m"`},
		{"@every 5 m", `"@every" wants one duration, as in "@every 10m"`},
		{"@every 1d", `"1d" is not a duration; write hours, minutes and seconds as in "@every 1h30m"`},
		{"@every 5", `"5" is not a duration; write hours, minutes and seconds as in "@every 1h30m"`},
		{"@every -5m", `"-5m" is less than a second, which is the shortest time between runs`},
		{"@every 0s", `"0s" is less than a second, which is the shortest time between runs`},
		{"@every 500ms", `"500ms" is less than a second, which is the shortest time between runs`},
		{"@every 1500ms", `"1500ms" is not a number of whole seconds`},
	}
	for _, tt := range tests {
		want := `"` + tt.spec + `": ` + tt.want
		if s, err := schedule.Parse(tt.spec, time.UTC); err == nil || err.Error() != want {
			t.Errorf("Parse(%q) = %v, %v, want error %s", tt.spec, s, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, spec := range []string{"*/5 * * * *", "@every 10m", "@Daily", "TZ=0", "CRON_TZ=Europe/Berlin 30 2 * * 5-7", "0 0 31 2 *", "*/90 * * * *", "1,,2 ? jan 1-7 *-5"} {
		f.Add(spec, int64(1_761_350_400))
	}
	berlin := zone(f, "Europe/Berlin")
	f.Fuzz(func(t *testing.T, spec string, unix int64) {
		s, err := schedule.Parse(spec, berlin)
		if err != nil {
			return
		}
		if again, err := schedule.Parse(s.String(), berlin); err != nil || again.String() != s.String() {
			t.Errorf("%q is accepted, but then it is %q, %v", spec, s, err)
		}
		at := time.Unix(unix%4e9, 0)
		for range 3 {
			next := s.Next(at)
			if next.IsZero() {
				return // further away than five years
			}
			if !next.After(at) || next.Nanosecond() != 0 {
				t.Fatalf("%q: Next(%v) = %v", spec, at, next)
			}
			at = next
		}
	})
}
