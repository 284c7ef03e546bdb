package schedule_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"seedfeed/feed/schedule"
)

// A made run, by the time since the start, and why.
type made struct {
	at     time.Duration
	reason string
}

// A recorder is what a runner runs in the tests.
type recorder struct {
	mu    sync.Mutex
	start time.Time
	made  []made
	now   int // runs in progress
	most  int

	takes time.Duration
	then  func(n int) (time.Time, error) // what run n (from 0) returns
}

func (r *recorder) run(_ context.Context, reason string) (time.Time, error) {
	r.mu.Lock()
	n := len(r.made)
	r.made = append(r.made, made{time.Since(r.start), reason})
	r.now++
	r.most = max(r.most, r.now)
	r.mu.Unlock()
	time.Sleep(r.takes)
	r.mu.Lock()
	r.now--
	r.mu.Unlock()
	if r.then == nil {
		return time.Time{}, nil
	}
	return r.then(n)
}

// check compares the runs made so far.
func (r *recorder) check(t *testing.T, want ...made) {
	t.Helper()
	synctest.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Equal(r.made, want) {
		t.Errorf("made runs\n%v\nwant\n%v", r.made, want)
	}
	if r.most > 1 {
		t.Errorf("%d runs at a time", r.most)
	}
}

// A bench is a runner in a bubble of fake time, which begins at midnight, UTC.
type bench struct {
	*schedule.Runner
	*recorder
	log  *bytes.Buffer
	stop func() error // ends the loop and returns what it returned
}

func start(t *testing.T, spec string, set func(*bench)) *bench {
	t.Helper()
	b := &bench{recorder: &recorder{start: time.Now()}, log: new(bytes.Buffer)}
	b.Runner = &schedule.Runner{Run: b.run, Log: slog.New(slog.NewTextHandler(b.log, nil))}
	if spec != "" {
		b.Schedule = mustParse(t, spec, time.UTC)
	}
	if set != nil {
		set(b)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- b.Loop(ctx) }()
	b.stop = sync.OnceValue(func() error {
		cancel()
		return <-done
	})
	t.Cleanup(func() { _ = b.stop() })
	synctest.Wait()
	return b
}

// after lets time pass.
func after(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func ExampleRunner() {
	ctx, stop := context.WithCancel(context.Background())
	runner := schedule.Runner{
		Run: func(_ context.Context, reason string) (next time.Time, err error) {
			fmt.Println("run because of", reason)
			stop() // enough for an example
			return time.Time{}, nil
		},
	}
	fmt.Println(runner.Loop(ctx))
	// Output:
	// run because of start
	// <nil>
}

func TestLoopRunsAtStartAndOnSchedule(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, "*/5 * * * *", nil)
		b.check(t, made{0, "start"})
		if got, want := b.NextRun(), b.start.Add(5*time.Minute); !got.Equal(want) {
			t.Errorf("NextRun = %v, want %v", got, want)
		}
		if got := b.NextReason(); got != schedule.Scheduled {
			t.Errorf("NextReason = %q", got)
		}
		after(11 * time.Minute)
		b.check(t, made{0, "start"}, made{5 * time.Minute, "schedule"}, made{10 * time.Minute, "schedule"})
		if err := b.stop(); err != nil {
			t.Errorf("Loop = %v, want nil", err)
		}
		after(time.Hour)
		b.check(t, made{0, "start"}, made{5 * time.Minute, "schedule"}, made{10 * time.Minute, "schedule"})
		if !strings.Contains(b.log.String(), `msg=schedule times="*/5 * * * *" zone=UTC next=2000-01-01T00:05:00`) {
			t.Errorf("the log does not tell the schedule:\n%s", b.log)
		}
	})
}

func TestLoopRunsOnChangeAndRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		changes, requests := make(chan struct{}), make(chan struct{})
		b := start(t, "@daily", func(b *bench) { b.Changes, b.Requests = changes, requests })
		after(time.Minute)
		changes <- struct{}{}
		after(time.Minute)
		requests <- struct{}{}
		b.check(t, made{0, "start"}, made{time.Minute, "change"}, made{2 * time.Minute, "request"})
		close(changes) // a watcher that ended asks no more
		after(time.Minute)
		requests <- struct{}{}
		close(requests)
		after(time.Minute)
		b.check(t, made{0, "start"}, made{time.Minute, "change"}, made{2 * time.Minute, "request"}, made{3 * time.Minute, "request"})
	})
}

// What asks during a run is answered by one run after it.
func TestLoopJoinsWhatAsksDuringARun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		changes, requests := make(chan struct{}), make(chan struct{})
		b := start(t, "* * * * *", func(b *bench) {
			b.Changes, b.Requests, b.takes = changes, requests, 150*time.Second
		})
		after(10 * time.Second)
		changes <- struct{}{} // unbuffered: received during the run, or the test hangs
		changes <- struct{}{}
		requests <- struct{}{}
		after(6 * time.Minute)
		b.check(t, made{0, "start"}, made{150 * time.Second, "change, request, schedule"}, made{300 * time.Second, "schedule"})
	})
}

// A clock that shows another time than the timers of the bubble know of.
type wall struct {
	mu  sync.Mutex
	off time.Duration
}

func (w *wall) set(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.off += d
}

func (w *wall) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Now().Add(w.off)
}

// A computer that slept, or whose clock was set forward, makes one run for all
// times that it missed, within a minute.
func TestLoopAfterSleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := new(wall)
		b := start(t, "0 */2 * * *", func(b *bench) { b.Now = clock.now })
		after(30 * time.Second)
		clock.set(9 * time.Hour) // over 2, 4, 6 and 8
		after(time.Minute)
		b.check(t, made{0, "start"}, made{time.Minute, "schedule"})
		if got, want := b.NextRun(), b.start.Add(10*time.Hour); !got.Equal(want) {
			t.Errorf("NextRun = %v, want %v", got, want)
		}
		after(2 * time.Hour) // 11:01:30 by the clock
		b.check(t, made{0, "start"}, made{time.Minute, "schedule"}, made{time.Hour, "schedule"})
	})
}

// A clock that is set back does not put off the next run.
func TestLoopAfterClockSetBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := &wall{off: 24 * 365 * time.Hour}
		b := start(t, "*/10 * * * *", func(b *bench) { b.Now = clock.now })
		after(time.Minute)
		clock.set(-24 * 365 * time.Hour)
		after(20 * time.Minute)
		b.check(t, made{0, "start"}, made{10 * time.Minute, "schedule"}, made{20 * time.Minute, "schedule"})
	})
}

func TestLoopRunsWhenSomethingIsDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, "@daily", func(b *bench) {
			b.then = func(n int) (time.Time, error) {
				if n > 0 {
					return b.start, nil // past: the run has dealt with it
				}
				return b.start.Add(90 * time.Second), nil
			}
		})
		if got, want := b.NextRun(), b.start.Add(90*time.Second); !got.Equal(want) {
			t.Errorf("NextRun = %v, want %v", got, want)
		}
		if got := b.NextReason(); got != schedule.Due {
			t.Errorf("NextReason = %q", got)
		}
		after(time.Hour)
		b.check(t, made{0, "start"}, made{90 * time.Second, "something is due"})
		if got, want := b.NextRun(), b.start.Add(24*time.Hour); !got.Equal(want) {
			t.Errorf("NextRun = %v, want %v", got, want)
		}
	})
}

// What becomes due during a run has a run of its own, but no run asks for the next
// without end.
func TestLoopDueDuringARun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, "", func(b *bench) {
			b.takes = 10 * time.Second
			b.then = func(int) (time.Time, error) { return time.Now(), nil }
		})
		after(25 * time.Second)
		b.check(t, made{0, "start"}, made{11 * time.Second, "something is due"}, made{22 * time.Second, "something is due"})
	})
}

// A run that fails loses neither the schedule nor what is due.
func TestLoopAfterFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("disk is full")
		b := start(t, "*/10 * * * *", func(b *bench) {
			b.then = func(n int) (time.Time, error) {
				if n == 0 {
					return b.start.Add(15 * time.Minute), nil
				}
				if n == 4 {
					return time.Time{}, nil
				}
				return time.Time{}, broken
			}
		})
		after(25 * time.Minute)
		b.check(t,
			made{0, "start"},
			made{10 * time.Minute, "schedule"},
			made{15 * time.Minute, "something is due"},
			made{16 * time.Minute, "something is due"},
			made{17 * time.Minute, "something is due"},
			made{20 * time.Minute, "schedule"},
		)
		if !strings.Contains(b.log.String(), `level=ERROR msg="run failed" because=schedule error="disk is full" next=2000-01-01T00:15:00`) {
			t.Errorf("the log does not tell of the failure:\n%s", b.log)
		}
	})
}

func TestLoopAfterPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, "*/10 * * * *", func(b *bench) {
			b.then = func(n int) (time.Time, error) {
				if n == 0 {
					explode()
				}
				return time.Time{}, nil
			}
		})
		after(25 * time.Minute)
		b.check(t, made{0, "start"}, made{10 * time.Minute, "schedule"}, made{20 * time.Minute, "schedule"})
		for _, want := range []string{`msg="panic in a run" because=start panic=boom`, "schedule_test.explode", `msg="run failed" because=start error="panic: boom"`} {
			if !strings.Contains(b.log.String(), want) {
				t.Errorf("the log does not have %s:\n%s", want, b.log)
			}
		}
	})
}

func explode() { panic("boom") }

// When the loop is to end, a run in progress may do so by itself for a while.
func TestLoopEndsWithTheRun(t *testing.T) {
	tests := []struct {
		name         string
		grace, takes time.Duration
		want         time.Duration // when the loop ends after it was told to
		err          error         // that the run saw
	}{
		{"in time", 0, 3 * time.Second, 2 * time.Second, nil},
		{"too long", 0, time.Hour, 5 * time.Second, context.Canceled},
		{"longer grace", time.Minute, time.Hour, time.Minute, context.Canceled},
		{"no grace", -1, time.Hour, 0, context.Canceled},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var saw error
				changes := make(chan struct{}, 1)
				b := start(t, "* * * * *", func(b *bench) {
					b.Grace, b.Changes = tt.grace, changes
					b.Run = func(ctx context.Context, reason string) (time.Time, error) {
						if reason != "start" {
							t.Errorf("run because of %q after the end", reason)
						}
						select {
						case <-ctx.Done():
							saw = ctx.Err()
						case <-time.After(tt.takes):
						}
						return time.Time{}, saw
					}
				})
				after(time.Second)
				changes <- struct{}{}
				told := time.Now()
				if err := b.stop(); err != nil {
					t.Errorf("Loop = %v, want nil", err)
				}
				if got := time.Since(told); got != tt.want {
					t.Errorf("ended after %v, want %v", got, tt.want)
				}
				if !errors.Is(saw, tt.err) {
					t.Errorf("the run saw %v, want %v", saw, tt.err)
				}
				if told := strings.Contains(b.log.String(), `msg="run stopped" error="context canceled"`); told != (tt.err != nil) {
					t.Errorf("log:\n%s", b.log)
				}
			})
		})
	}
}

func TestLoopWithoutNeed(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	runner := schedule.Runner{Run: func(context.Context, string) (time.Time, error) {
		t.Error("made a run though the context had ended")
		return time.Time{}, nil
	}}
	if err := runner.Loop(ctx); err != nil {
		t.Errorf("Loop = %v, want nil", err)
	}
	if got := runner.NextRun(); !got.IsZero() {
		t.Errorf("NextRun = %v, want the zero time", got)
	}
	if err := new(schedule.Runner).Loop(t.Context()); err == nil || err.Error() != "schedule: a runner wants a function to run" {
		t.Errorf("Loop = %v", err)
	}
}

// The schedule's own zone counts, over both clock changes of the year.
func TestLoopOverClockChanges(t *testing.T) {
	tests := []struct {
		from time.Time
		want []string
	}{
		{time.Date(2026, 3, 28, 0, 0, 0, 0, time.UTC), []string{"03-28T02:30+01:00", "03-29T03:00+02:00", "03-30T02:30+02:00"}},
		{time.Date(2026, 10, 24, 0, 0, 0, 0, time.UTC), []string{"10-24T02:30+02:00", "10-25T02:30+02:00", "10-26T02:30+01:00"}},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			berlin := zone(t, "Europe/Berlin")
			clock := &wall{off: time.Until(tt.from)}
			b := start(t, "", func(b *bench) {
				b.Schedule, b.Now = mustParse(t, "30 2 * * *", berlin), clock.now
			})
			after(72 * time.Hour)
			b.mu.Lock()
			defer b.mu.Unlock()
			var got []string
			for _, m := range b.made[1:] {
				got = append(got, tt.from.Add(m.at).In(berlin).Format("01-02T15:04Z07:00"))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("ran at %v, want %v", got, tt.want)
			}
		})
	}
}
