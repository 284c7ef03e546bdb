package schedule

import (
	"log/slog"
	"time"

	"github.com/robfig/cron/v3"
)

// watchdog is how long a timer is relied on at most. Timers count time that passes
// for the process: they know nothing of a clock that was set, or of a computer
// that slept.
const watchdog = time.Minute

// tick runs a schedule by cron. Something is received from the channel when a time
// of the schedule comes, and at least once a minute. stop ends it.
//
// All that cron runs is a send that never waits, so its jobs neither overlap nor
// take long to stop, and what it can not know (whether the clock was set meanwhile,
// whether a run is in progress) is decided by who receives.
func tick(s Schedule, log *slog.Logger) (ticks <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	runner := cron.New(
		cron.WithLocation(s.Location()),
		cron.WithLogger(cronLog{log}),
		// Recover comes last, next to the job: outside of SkipIfStillRunning it
		// would leave that locked after a panic, for ever.
		cron.WithChain(cron.SkipIfStillRunning(cronLog{log}), cron.Recover(cronLog{log})),
	)
	runner.Schedule(minutely{s}, cron.FuncJob(func() {
		select {
		case c <- struct{}{}:
		default: // one is waiting to be received
		}
	}))
	runner.Start()
	return c, func() { <-runner.Stop().Done() }
}

// minutely is a schedule that comes once a minute besides.
type minutely struct{ Schedule }

// Next returns the next time of the schedule, or that in a minute.
func (m minutely) Next(t time.Time) time.Time {
	return earlier(m.Schedule.Next(t), t.Round(0).Add(watchdog))
}

// cronLog is a log as cron wants it. What cron tells is for those who look for
// faults in it; panics alone are news.
type cronLog struct{ log *slog.Logger }

func (l cronLog) Info(message string, pairs ...any) {
	l.log.Debug("cron: "+message, pairs...)
}

func (l cronLog) Error(err error, message string, pairs ...any) {
	l.log.Error("cron: "+message, append(pairs, "error", err)...)
}
