package main

import (
	"errors"
	"testing"
	"time"

	"seedfeed/feed/publish"
	"seedfeed/feed/schedule"
)

// What a run leaves for those who ask: see schedule.Runner.Run on errors.
func TestPulse(t *testing.T) {
	p := &pulse{runner: new(schedule.Runner)}
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	bad := errors.New("bad")
	for _, tt := range []struct {
		name   string
		report publish.Report
		err    error
		ready  bool
		due    time.Time
	}{
		{"first run fails", publish.Report{}, bad, false, time.Time{}},
		{"all is still being written", publish.Report{Waiting: 2, Next: noon}, nil, false, noon},
		{"nothing is due", publish.Report{Documents: 2}, nil, true, time.Time{}},
		{"an embargo is to end", publish.Report{Documents: 2, Next: noon}, nil, true, noon},
		{"a run fails and names no time", publish.Report{}, bad, true, noon},
		{"a run fails and names one", publish.Report{Next: noon.Add(time.Hour)}, bad, true, noon.Add(time.Hour)},
		{"nothing is due any more", publish.Report{Documents: 2}, nil, true, time.Time{}},
	} {
		p.note(tt.report, tt.err)
		if p.ready.Load() != tt.ready || !p.transition().Equal(tt.due) {
			t.Errorf("%s: ready %v, due %v; want %v, %v", tt.name, p.ready.Load(), p.transition(), tt.ready, tt.due)
		}
	}
	if next := p.next(); !next.IsZero() {
		t.Errorf("with nothing planned the next run is at %v", next)
	}
	before := time.Now()
	p.running.Store(true)
	if next := p.next(); next.Before(before) || next.After(time.Now()) {
		t.Errorf("during a run the next one is at %v, want now", next)
	}
}
