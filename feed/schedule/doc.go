// Package schedule says when runs are made, and makes them one at a time.
//
// A [Schedule] is a cron expression, read and kept by robfig/cron, that says what
// it means: one that would never come, or come at other times than its writer
// must think, is refused by [Parse] with the reason and what to write instead.
// A [Runner] makes a run at the start, at each time of its schedule, when a file
// changes, when somebody asks, and when something becomes due by itself.
//
// Two runs never overlap, what asks for a run during one is answered by one run
// after it, and a run that fails or panics does not stop those that follow. Times
// are those of the clock on the wall: a clock that is set, a computer that slept
// and the two clock changes of the year lose no run.
//
// The package knows nothing of what a run does.
package schedule
