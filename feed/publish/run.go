package publish

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/extract"
	"seedfeed/feed/internal/atomicfile"
	"seedfeed/feed/ledger"
	"seedfeed/feed/render"
	"seedfeed/feed/seed"
)

// The keys of the ledger's facts.
const (
	metaFingerprint = "fingerprint" // of all that pages and feeds depend on beside documents
	metaUnfinished  = "unfinished"  // set while out/ is being written
	metaBase        = "base url"    // of the site in the last run
	metaZone        = "time zone"   // likewise
	metaHub         = "hub"         // likewise
	metaBrake       = "brake"       // what the last run was stopped at
	metaApproved    = "approved"    // the change that is to pass
	metaLoss        = "loss"        // what could not be read of a damaged ledger
	metaCrumbles    = "crumbles"    // when the first tombstone leaves the feeds
	metaCorrections = "corrections" // set since there is a feed of corrections
	metaFeedID      = "feed id "    // and the channel: the id of its feed
)

// A run is the state of one run.
type run struct {
	*Publisher
	looks
	seeds   *seed.Folder
	done    func() error // closes seeds
	out     *os.Root
	batch   *atomicfile.Batch // of the pages in out/
	theme   *render.Theme     // nil for the built-in one
	press   *render.Press     // of the pages of entries, in the theme
	log     *slog.Logger
	started time.Time // by the wall clock, for the duration
	now     time.Time // the run's instant, in UTC and whole seconds
	reached time.Time // now, or before it where the clock may be wrong: see Believed
	report  Report

	settings    settings
	extractors  map[string]*extract.Extractor // by the language that is assumed
	fingerprint string
	changed     bool // the fingerprint differs from the last run's: all is read and written anew
	healing     bool // the last run did not end: all feeds are written anew
	unfinished  bool // out/ is being written, and the ledger says so

	work      []work                  // documents to read, in the order of the walk
	missing   map[string]ledger.State // by id: records whose document is not there
	settling  []string                // paths of documents that no record is of, and that are being written
	moved     map[string]bool         // ids of missing records whose document was found elsewhere
	claims    map[string]claim        // by path: documents that do not belong to the record at their path
	displaced map[string]string       // ids of records whose file holds something else now, and what
	past      []ledger.Record         // entries that ended since a while, if pastKnown
	pastKnown bool
	copies    map[int64]copying // by minute: new documents that are dated by their files
	vacant    map[string]string // by id of a missing entry: the path of the version before it
	recalled  []reading         // versions that take the place of a later one, which is held
	called    int               // how many of them are taken in
	late      []latecomer       // versions that wait for the documents before them
	punctual  bool              // their time has come
	versions  bool              // the ledger knows of versions of stories
	unwritten map[string]bool   // ids of entries that were taken back since they were read
	folders   map[string]bool   // sections that are folders now
	dirty     map[string]bool   // folders in out/ of channels whose feeds must be written
	months    map[string]bool   // that must be written
	shifted   []position        // where entries came, went or changed
	settled   []string          // paths of documents that came, moved or went, unless all pages are written
	spool     spool             // entries whose pages are to be written
	pagesDone int               // entries of the spool whose pages are written
	placed    []string          // ids whose page is written, or removed, since the ledger was last told
	dropped   []string          // ids of entries whose page is to be removed
	reach     reach

	files     map[string]ledger.File // in out/ that are ours, beside the pages of entries
	copied    map[string]bool        // files that entries name, and that stand in out/
	channels  []channel              // that have a feed, the site's first
	corrected []feed.Entry           // of the feed of corrections, newest first
	archive   []ledger.MonthCount    // that have live entries, oldest first
	crumbles  string                 // when the first tombstone leaves the feeds, if sited
	sited     bool                   // the site's feed was written
	skipped   map[string]bool        // paths of the report's skips
}

func newRun(p *Publisher, log *slog.Logger, only map[string]bool) *run {
	now := time.Now
	if p.Now != nil {
		now = p.Now
	}
	instant := now().UTC().Truncate(time.Second)
	reached := instant
	if p.Believed != nil {
		if believed := p.Believed().UTC().Truncate(time.Second); believed.Before(instant) {
			reached = believed
		}
	}
	return &run{
		Publisher: p,
		log:       log,
		looks:     looks{only: only},
		started:   time.Now(),
		now:       instant,
		reached:   reached,
		dirty:     map[string]bool{},
		months:    map[string]bool{},
		copied:    map[string]bool{},
		moved:     map[string]bool{},
		claims:    map[string]claim{},
		displaced: map[string]string{},
		unwritten: map[string]bool{},
		copies:    map[int64]copying{},
	}
}

// open opens the folders that the run reads and writes.
func (r *run) open() (err error) {
	if r.seeds, r.done, err = r.Seeds(); err != nil {
		return err
	}
	if r.Theme != "" {
		if r.theme, err = render.LoadTheme(os.DirFS(r.Theme)); err != nil {
			return err
		}
	}
	r.press = r.theme.Press()
	if err := os.MkdirAll(r.Out, 0o755); err != nil {
		return err
	}
	if r.out, err = os.OpenRoot(r.Out); err != nil {
		return err
	}
	r.spool.root, r.batch = r.out, atomicfile.NewBatch(r.out)
	return nil
}

func (r *run) close() error {
	var errs []error
	if r.done != nil {
		errs = append(errs, r.done())
	}
	if r.out != nil {
		errs = append(errs, r.batch.Close(), r.spool.close())
		errs = append(errs, r.out.Close())
	}
	return errors.Join(errs...)
}

func (r *run) progress(step Step, done, total int) {
	if r.Progress != nil {
		r.Progress(step, done, total)
	}
}

func (r *run) location() *time.Location {
	if r.Location == nil {
		return time.UTC
	}
	return r.Location
}

// touch marks the feeds that show what lies in a section: its own and those of
// the folders above it.
func (r *run) touch(section string) {
	for ; section != ""; section = feed.SectionOf(section) {
		r.dirty[sectionDir(section)] = true
	}
	r.dirty[""] = true
}

// skip notes a document that could not be published.
func (r *run) skip(path, reason string, kept bool) {
	r.note(Skip{Path: path, Reason: reason, Kept: kept})
}

// note puts a skip into the report, once for each path.
func (r *run) note(skip Skip) {
	if !r.skipped[skip.Path] {
		r.skipped[skip.Path] = true
		r.report.Skips = append(r.report.Skips, skip)
	}
}

// skipFor notes a document that could not be published because of an error,
// with the lines that are wrong in it where the error knows them.
func (r *run) skipFor(path string, err error, kept bool) {
	skip := Skip{Path: path, Reason: err.Error(), Kept: kept}
	if syntax := (*extract.SyntaxError)(nil); errors.As(err, &syntax) {
		skip.Excerpt = syntax.Excerpt
	}
	r.note(skip)
}

// begin notes in the ledger, before the first byte goes to out/, that out/ is
// being written. A run that finds this note heals what a killed one left.
func (r *run) begin(ctx context.Context) error {
	if r.unfinished {
		return nil
	}
	r.unfinished = true
	return r.Ledger.Update(ctx, func(tx *ledger.Tx) error { return tx.SetMeta(metaUnfinished, "yes") })
}

// heal clears up after a run that did not end.
func (r *run) heal(ctx context.Context) error {
	before, err := r.Ledger.Meta(ctx, metaUnfinished)
	if err != nil || before == "" {
		return err
	}
	r.log.Info("the last run did not end; its work is done again")
	r.healing, r.unfinished = true, true
	r.touch("")
	return atomicfile.Sweep(r.out)
}

// finish notes that out/ is written, and what it was made of.
func (r *run) finish(ctx context.Context) error {
	next, err := r.Ledger.NextDue(ctx, r.reached)
	if err != nil {
		return err
	}
	if r.report.Next = next; !next.IsZero() && !next.After(r.now) {
		r.report.Next = r.now.Add(time.Minute) // it waits until the clock is believed
	}
	if err := r.keepUntold(ctx); err != nil {
		return err
	}
	brake, err := r.Ledger.Meta(ctx, metaBrake)
	if err != nil || !r.unfinished && brake == "" {
		return err
	}
	return r.Ledger.Update(ctx, func(tx *ledger.Tx) error {
		for key, value := range map[string]string{
			metaFingerprint: r.fingerprint, metaBase: r.BaseURL.String(), metaZone: r.location().String(), metaHub: r.Hub,
			metaBrake: "", metaApproved: "", metaLoss: "",
		} {
			if err := tx.SetMeta(key, value); err != nil {
				return err
			}
		}
		if r.sited {
			if err := tx.SetMeta(metaCrumbles, r.crumbles); err != nil {
				return err
			}
		}
		return tx.SetMeta(metaUnfinished, "")
	})
}
