package seed

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// openings returns when a gate opens for changes at the given times.
func openings(t *testing.T, settle time.Duration, changes ...time.Duration) []time.Duration {
	t.Helper()
	var opened []time.Duration
	synctest.Test(t, func(*testing.T) {
		start := time.Now()
		g := newGate(settle)
		end := time.After(time.Hour)
		next := func() <-chan time.Time {
			if len(changes) == 0 {
				return nil
			}
			return time.After(time.Until(start.Add(changes[0])))
		}
		for change := next(); ; {
			select {
			case <-change:
				g.touch()
				changes = changes[1:]
				change = next()
			case <-g.timer.C:
				opened = append(opened, time.Since(start))
				g.open()
			case <-end:
				return
			}
		}
	})
	return opened
}

func TestGate(t *testing.T) {
	const s, ms = time.Second, time.Millisecond
	var busy []time.Duration // until just before the gate loses its patience
	for i := range 21 {
		busy = append(busy, time.Duration(i)*s)
	}
	tests := []struct {
		name    string
		settle  time.Duration
		changes []time.Duration
		want    []time.Duration
	}{
		{"stays shut", 2 * s, nil, nil},
		{"one change settles", 2 * s, []time.Duration{5 * s}, []time.Duration{7*s + 100*ms}},
		{"many changes, one opening", 2 * s, []time.Duration{1 * s, 2 * s, 3 * s, 3 * s}, []time.Duration{5*s + 100*ms}},
		{"changes apart", 2 * s, []time.Duration{1 * s, 10 * s}, []time.Duration{3*s + 100*ms, 12*s + 100*ms}},
		{"out of patience, then settled", 2 * s, busy, []time.Duration{21 * s, 22*s + 100*ms}},
		{"no settle time", 0, []time.Duration{1 * s}, []time.Duration{1*s + 100*ms}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := openings(t, tt.settle, tt.changes...); !slices.Equal(got, tt.want) {
				t.Errorf("opened at %v, want %v", got, tt.want)
			}
		})
	}
}

// Somebody who writes every second must not keep all others from being
// published, and the last of the changes must be seen too.
func TestGateOpensWhileChangesNeverRest(t *testing.T) {
	var changes []time.Duration
	for i := range 60 {
		changes = append(changes, time.Duration(i)*time.Second)
	}
	last := changes[len(changes)-1]
	got := openings(t, 2*time.Second, changes...)
	if len(got) < 3 || got[0] > 25*time.Second {
		t.Fatalf("opened at %v, want first after about 20 s and then again", got)
	}
	if end := got[len(got)-1]; end != last+2100*time.Millisecond {
		t.Errorf("opened last at %v, want 2.1 s after the last change at %v", end, last)
	}
}
