package schedule

import (
	"log/slog"
	"sync"
	"time"
)

const (
	// noticed is how far the clock on the wall may leave the other one unnoticed.
	noticed = time.Minute

	// drift is what the two may come apart, beside, in the time that passes: they
	// are slewed by no more than half of it.
	drift = 1. / 1000

	// doubted is how far the clock may be set forward and be believed at once:
	// farther than a clock is wrong that is looked after.
	doubted = 10 * time.Minute
)

// Proof is how long a clock must have been as it was set, until it is believed.
const Proof = 10 * time.Minute

// A Clock is the clock on the wall, watched by one that nobody can set. Where it
// is set forward far it is not believed for a while: what waits for an instant, as
// the end of an embargo, can not be taken back when the clock is set right again.
// A computer that slept looks the same. The zero Clock may be used.
type Clock struct {
	Now    func() time.Time     // nil means time.Now
	Uptime func() time.Duration // since any instant, by a clock that nobody sets; nil means that of package time
	Log    *slog.Logger         // nil means slog.Default()

	mu       sync.Mutex
	began    time.Time
	wall     time.Time // at the last look
	up       time.Duration
	ahead    time.Duration // of what is believed
	doubtful time.Duration // the uptime when it was set last
}

// Believed is the instant that is certainly reached: now, or an earlier one while
// the clock is not believed. It is to be asked at each run, at least.
func (c *Clock) Believed() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	wall, up := c.look()
	if !c.wall.IsZero() {
		c.compare(wall.Sub(c.wall), up-c.up, up)
	}
	c.wall, c.up = wall, up
	if c.ahead > 0 && up-c.doubtful >= Proof {
		c.log().Info("the clock is believed again", "now", wall)
		c.ahead = 0
	}
	return wall.Add(-c.ahead)
}

// Believe has the clock be believed from now on as it is.
func (c *Clock) Believe() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wall, c.up = c.look()
	c.ahead = 0
}

// compare notes by how much the clock was set since the last look.
func (c *Clock) compare(wall, passed, up time.Duration) {
	set := wall - passed
	if set.Abs() < noticed+time.Duration(drift*float64(passed)) {
		return
	}
	if set < 0 {
		c.log().Warn("the clock was set back: what is published keeps its dates, and what waits for an instant waits longer", "by", -set)
		c.ahead = max(0, c.ahead+set)
		if c.ahead < doubted {
			c.ahead = 0
		}
		return
	}
	if c.ahead += set; c.ahead < doubted {
		c.log().Warn("the clock was set forward, or the computer slept", "by", set)
		c.ahead = 0
		return
	}
	c.doubtful = up
	c.log().Warn("the clock was set forward, or the computer slept: embargoes and expiries that end by that wait until the clock has kept this time; "+
		"SIGHUP or a restart ends the wait", "by", set, "wait", Proof)
}

// look reads both clocks.
func (c *Clock) look() (wall time.Time, up time.Duration) {
	now := time.Now()
	if c.began.IsZero() {
		c.began = now
	}
	wall, up = now, now.Sub(c.began)
	if c.Now != nil {
		wall = c.Now()
	}
	if c.Uptime != nil {
		up = c.Uptime()
	}
	return wall.Round(0), up
}

func (c *Clock) log() *slog.Logger {
	if c.Log == nil {
		return slog.Default()
	}
	return c.Log
}
