package schedule_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/schedule"
)

// A clock that is set far forward is believed when it has kept the time for a
// while, or is set right; one that is set back, or by little, is at once.
func TestClockThatIsSet(t *testing.T) {
	const year = 365 * 24 * time.Hour
	type look struct {
		passed, set time.Duration // since the look before
		behind      time.Duration // how far what is believed lies before the clock
		says        string        // "" for nothing
	}
	const waits = "embargoes and expiries that end by that wait until the clock has kept this time; SIGHUP or a restart ends the wait"
	for name, looks := range map[string][]look{
		"right":                 {{time.Minute, 0, 0, ""}, {time.Hour, 0, 0, ""}, {100 * 24 * time.Hour, 0, 0, ""}},
		"slewed":                {{30 * 24 * time.Hour, 20 * time.Minute, 0, ""}, {time.Hour, -30 * time.Second, 0, ""}},
		"a little forward":      {{time.Minute, 5 * time.Minute, 0, "set forward, or the computer slept"}, {time.Minute, 0, 0, ""}},
		"back":                  {{time.Minute, -year, 0, "the clock was set back"}, {time.Minute, 0, 0, ""}},
		"forward":               {{time.Minute, year, year, waits}, {9 * time.Minute, 0, year, ""}, {time.Minute, 0, 0, "believed again"}, {time.Minute, 0, 0, ""}},
		"forward and right":     {{time.Minute, year, year, waits}, {time.Minute, -year, 0, "set back"}, {time.Minute, 0, 0, ""}},
		"forward in two steps":  {{time.Minute, year, year, waits}, {9 * time.Minute, year, 2 * year, waits}, {9 * time.Minute, 0, 2 * year, ""}, {time.Minute, 0, 0, "believed again"}},
		"forward and half back": {{time.Minute, year, year, waits}, {time.Minute, -year / 2, year / 2, "set back"}},
		"a year between looks":  {{year, 0, 0, ""}, {time.Minute, 0, 0, ""}},
	} {
		t.Run(name, func(t *testing.T) {
			wall, up := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC), time.Hour
			var log bytes.Buffer
			c := schedule.Clock{
				Now: func() time.Time { return wall }, Uptime: func() time.Duration { return up },
				Log: slog.New(slog.NewTextHandler(&log, nil)),
			}
			if got := c.Believed(); !got.Equal(wall) {
				t.Fatalf("at first %v is believed, want %v", got, wall)
			}
			for i, l := range looks {
				up, wall = up+l.passed, wall.Add(l.passed+l.set)
				if got := wall.Sub(c.Believed()); got != l.behind {
					t.Errorf("look %d: what is believed lies %v behind, want %v", i, got, l.behind)
				}
				if said := log.String(); !strings.Contains(said, l.says) || l.says == "" && said != "" {
					t.Errorf("look %d: log = %q, want %q", i, said, l.says)
				}
				log.Reset()
			}
			c.Believe()
			if got := c.Believed(); !got.Equal(wall) || log.Len() > 0 {
				t.Errorf("then %v is believed, want %v: %s", got, wall, log.String())
			}
		})
	}
}

// Where nobody sets the clock it is the one of package time.
func TestClockOfTheSystem(t *testing.T) {
	var c schedule.Clock
	before := time.Now()
	for range 2 {
		if got := c.Believed(); got.Before(before.Round(0)) || got.After(time.Now()) {
			t.Errorf("%v is believed", got)
		}
	}
}
