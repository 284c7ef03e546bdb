package main

import (
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/lmittmann/tint"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"
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
	mu      sync.Mutex
	w       io.Writer
	log     *slog.Logger
	now     func() time.Time
	started time.Time
	logged  time.Time
	bars    *mpb.Progress
	bar     *mpb.Bar
}

func newProgress(w io.Writer, log *slog.Logger) *progress {
	return &progress{w: w, log: log, now: time.Now}
}

// show tells that done of total documents are read.
func (p *progress) show(done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if p.started.IsZero() {
		p.started, p.logged = now, now
	}
	switch {
	case !isTerminal(p.w):
		if now.Sub(p.logged) >= logEvery {
			p.logged = now
			p.log.Info("reading documents", "done", done, "of", total)
		}
	case p.bar != nil:
		p.bar.SetCurrent(int64(done))
	case now.Sub(p.started) >= patience && done < total:
		p.bars = mpb.New(mpb.WithOutput(p.w), mpb.WithRefreshRate(barRefresh))
		p.bar = p.bars.AddBar(int64(total),
			mpb.BarRemoveOnComplete(),
			mpb.PrependDecorators(decor.Name("reading "), decor.CountersNoUnit("%d / %d")),
			mpb.AppendDecorators(decor.Percentage()))
		p.bar.SetCurrent(int64(done))
	}
}

// end takes the bar away, and makes ready for the next run.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		p.bar.Abort(true)
		p.bars.Wait()
	}
	p.bar, p.bars, p.started = nil, nil, time.Time{}
}
