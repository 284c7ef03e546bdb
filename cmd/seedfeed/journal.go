package main

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"seedfeed/feed/admin"
	"seedfeed/feed/publish"
	"seedfeed/feed/schedule"
)

const (
	keptRuns = 30 // that the status page shows

	// overdueAfter is how long after the second time of the schedule that brought
	// no good run the server is not ready any more.
	overdueAfter = time.Minute
)

// A journal keeps what came of the last runs, for the operator.
type journal struct {
	times schedule.Schedule

	mu      sync.Mutex
	running string // why a run is being made; "" for none
	began   time.Time
	runs    []admin.Run // the newest first
	last    publish.Report
	lastErr error
	good    time.Time     // when the last run ended that did not fail
	took    time.Duration // by that run
}

// begin notes that a run is being made.
func (j *journal) begin(reason string, now time.Time) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.running, j.began = reason, now
}

// end notes what came of it. Runs with nothing to write are kept as one.
func (j *journal) end(report publish.Report, err error, now time.Time) {
	j.mu.Lock()
	defer j.mu.Unlock()
	run := admin.Run{Began: j.began, Took: now.Sub(j.began), Reason: j.running, Report: report.String(), Skipped: len(report.Skips), Steps: stepsOf(report)}
	if err != nil {
		run.Report, run.Failed = err.Error(), true
	} else {
		j.last, j.good, j.took = report, now, run.Took
	}
	j.running, j.lastErr = "", err
	if len(j.runs) > 0 && j.runs[0].Report == run.Report && j.runs[0].Failed == run.Failed && report.Written+report.Removed == 0 {
		run.Again = j.runs[0].Again + 1
		j.runs[0] = run
		return
	}
	j.runs = append([]admin.Run{run}, j.runs[:min(len(j.runs), keptRuns-1)]...)
}

func stepsOf(report publish.Report) []admin.Step {
	var steps []admin.Step
	for _, s := range report.Steps {
		steps = append(steps, admin.Step(s))
	}
	return steps
}

// fill puts what it knows into a status.
func (j *journal) fill(s *admin.Status) {
	j.mu.Lock()
	defer j.mu.Unlock()
	s.Running = j.running
	s.Runs = append([]admin.Run(nil), j.runs...)
	s.LeftKinds = j.last.Unread.String()
	for _, skip := range j.last.Skips {
		s.Left = append(s.Left, admin.Document{Path: skip.Path, Reason: skip.Reason, Kept: skip.Kept})
	}
	if braked := (*publish.Braked)(nil); errors.As(j.lastErr, &braked) {
		s.Brake = &admin.Brake{Live: braked.Live, Total: braked.Total, Changes: braked.Changes}
	}
}

// report returns what the last good run found, and when it ended.
func (j *journal) report() (publish.Report, time.Time) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.last, j.good
}

// ready tells why the last good run is too old, or nil: two times of the schedule
// have come since, and the time that a run takes, twice.
func (j *journal) ready(now time.Time) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.good.IsZero() {
		if j.lastErr != nil {
			return fmt.Errorf("no run was good yet, and the last one failed: %w", j.lastErr)
		}
		return errors.New("no run has ended yet")
	}
	second := j.times.Next(j.times.Next(j.good))
	if second.IsZero() || !now.After(second.Add(overdueAfter+2*j.took)) {
		return nil
	}
	since := now.Sub(j.good).Round(time.Second)
	if j.lastErr != nil {
		return fmt.Errorf("the last good run ended %v ago, and the last one failed: %w", since, j.lastErr)
	}
	return fmt.Errorf("the last good run ended %v ago, and none has ended since", since)
}

// resultOf is what metrics call what came of a run.
func resultOf(err error) string {
	braked := (*publish.Braked)(nil)
	switch {
	case err == nil:
		return admin.Good
	case errors.As(err, &braked):
		return admin.Braked
	}
	return admin.Failed
}
