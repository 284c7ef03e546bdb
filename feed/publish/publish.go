package publish

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"seedfeed/feed/ledger"
	"seedfeed/feed/seed"
)

// A Publisher makes runs. Its fields are set once, before the first run.
type Publisher struct {
	// Seeds opens the folder of documents for a run, and done closes it: the
	// folder may be another one each time, put in place by a rename.
	Seeds func() (folder *seed.Folder, done func() error, err error)

	Ledger *ledger.Ledger
	Out    string // the folder for feeds and pages; it is made where it is missing

	// Theme is a folder with templates and a style that replace the built-in
	// ones; "" for none. It is read in each run. See LoadTheme in
	// package render.
	Theme string

	// BaseURL is the address of the site as subscribers see it; see [CheckBase].
	BaseURL *url.URL

	// Location is the time zone of days and of clock times without an offset.
	// nil means UTC.
	Location *time.Location

	// Hub is the absolute URL of the site's own WebSub hub, or "" where none
	// runs. Feeds name it, unless a feed.yaml names another. See
	// [Publisher.RecallHub].
	Hub string

	// Version names the build of the program. Another version reads every
	// document again, since it may read better; it moves no date.
	Version string

	// Brake is how many of the public entries may vanish, or change their date
	// or id, in one run, in percent; ten may always. Zero means 20, less than
	// zero that all may. See [Braked].
	Brake int

	Now func() time.Time // nil means time.Now

	// Believed is the instant that is certainly reached where Now may be wrong: no
	// embargo and no expiry ends after it. nil means Now.
	Believed func() time.Time

	Log *slog.Logger // nil means that nothing is logged

	// Progress is called as documents are read, and again as their pages are
	// written. nil means that nobody wants to know.
	Progress func(step Step, done, total int)

	glances map[string]glance    // by folder, of the last run; nil before the first
	spared  map[string]time.Time // by id, since when: see spare
}

// A Step is a part of a run that takes time.
type Step string

// The steps that a run tells its progress of.
const (
	Reading Step = "reading"
	Writing Step = "writing"
)

// Run makes one run. Runs exclude each other, also those of other processes:
// a second one waits for the first, until its context ends.
//
// The error is about the run as a whole: settings that can not be read, a
// ledger or an out/ that can not be written. The feeds that are in out/ are
// whole then, and the next run goes on. Single documents that could not be
// published are in the report.
func (p *Publisher) Run(ctx context.Context) (Report, error) { return p.run(ctx, nil) }

func (p *Publisher) run(ctx context.Context, only map[string]bool) (Report, error) {
	log := p.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	unlock, err := p.Ledger.Lock(ctx, func() { log.Info("waiting for another run to end") })
	if err != nil {
		return Report{}, err
	}
	r := newRun(p, log, only)
	err = r.open()
	if err == nil {
		err = r.steps(ctx)
	}
	if ledger.Damaged(err) {
		err = errors.Join(err, p.Ledger.MarkDamaged()) // the next start recovers it
	}
	err = errors.Join(err, r.close(), unlock())
	r.report.Took = time.Since(r.started)
	return r.report, err
}

// steps makes the steps of a run in the order that the package promises.
func (r *run) steps(ctx context.Context) error {
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"heal", r.heal},
		{"look what the ledger has lost", r.brakeLoss},
		{"look at the documents", r.survey},
		{"know the documents again", r.resolve},
		{"know the versions again", r.recallVersions},
		{"spare what may be saved again", r.spare},
		{"look before much changes", r.brakeChanges},
		{"note what moved", r.relocate},
		{"read the documents", r.intake},
		{"note what is gone", r.retire},
		{"write the pages", r.pages},
		{"write the feeds", r.publish},
		{"remove what is gone", r.clean},
		{"note what was done", r.finish},
	} {
		began := time.Now()
		err := step.do(ctx)
		r.report.Steps = append(r.report.Steps, StepTime{Name: step.name, Took: time.Since(began)})
		if errors.Is(err, errTooEarly) {
			return nil
		}
		if ctx.Err() != nil {
			// Whatever went wrong went wrong since the run was to stop.
			return fmt.Errorf("%s: stopped: %w", step.name, context.Cause(ctx))
		}
		if braked := (*Braked)(nil); errors.As(err, &braked) {
			return err
		}
		if err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
	}
	return nil
}
