package main

import (
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/lmittmann/tint"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"seedfeed/feed/publish"
)

// newLog returns a log for people on a terminal, and one for programs, a JSON
// object a line, elsewhere.
func newLog(w io.Writer) *slog.Logger {
	if isTerminal(w) {
		return slog.New(tint.NewTextHandler(w, &tint.Options{TimeFormat: time.TimeOnly}))
	}
	return slog.New(slog.NewJSONHandler(w, nil))
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// Most runs are over before anybody looks: only a longer one shows how far it is.
const (
	patience   = time.Second      // before a bar is shown
	logEvery   = 10 * time.Second // off a terminal
	barRefresh = 100 * time.Millisecond
)

// A progress shows how far a run is: a bar on a terminal, a line in the log now
// and then elsewhere.
type progress struct {
	w       io.Writer
	log     *slog.Logger
	started time.Time // of the run's first step
	logged  time.Time
	step    publish.Step
	bars    *mpb.Progress
	bar     *mpb.Bar
}

func newProgress(w io.Writer, log *slog.Logger) *progress { return &progress{w: w, log: log} }

// show tells that done of total documents are through a step.
func (p *progress) show(step publish.Step, done, total int) {
	now := time.Now()
	if p.started.IsZero() {
		p.started, p.logged = now, now
	}
	if step != p.step {
		p.take()
		p.step = step
	}
	switch {
	case !isTerminal(p.w):
		if now.Sub(p.logged) >= logEvery {
			p.logged = now
			p.log.Info(string(step), "done", done, "of", total)
		}
	case p.bar != nil:
		p.bar.SetCurrent(int64(done))
	case now.Sub(p.started) >= patience && done < total:
		p.bars = mpb.New(mpb.WithOutput(p.w), mpb.WithRefreshRate(barRefresh))
		p.bar = p.bars.AddBar(int64(total),
			mpb.BarRemoveOnComplete(),
			mpb.PrependDecorators(decor.Name(string(step)+" "), decor.CountersNoUnit("%d / %d")),
			mpb.AppendDecorators(decor.Percentage()))
		p.bar.SetCurrent(int64(done))
	}
}

// end takes the bar away, and makes ready for the next run.
func (p *progress) end() {
	p.take()
	p.started, p.step = time.Time{}, ""
}

// take takes the bar away.
func (p *progress) take() {
	if p.bar != nil {
		p.bar.Abort(true)
		p.bars.Wait()
	}
	p.bar, p.bars = nil, nil
}
