package check

import (
	"context"
	"maps"
	"path"
	"slices"
	"time"

	"seedfeed/feed/ledger"
)

// A Monitor checks feeds as they change. It remembers which ones it has seen, by
// the digests that the ledger keeps, so that a look costs one question and the
// reading of what is new. It is used by one goroutine.
type Monitor struct {
	options Options
	seen    map[string]ledger.File
	found   map[string][]Finding // by the file that they are about
}

// NewMonitor returns a Monitor of the feeds in out/, all of which are new to it.
// The options need a Ledger, the Base and Out, which is asked anew at each look: use
// [os.DirFS], which finds a folder that was deleted and made again. Seeds and
// Now are not used.
func NewMonitor(o Options) *Monitor {
	o.Seeds = nil
	return &Monitor{options: o, found: map[string][]Finding{}}
}

// Changed checks the feeds, and lists of feeds, that were written since the last
// call. Pages are not read: it asks only whether those that feeds name are there.
// now is the instant after which a date lies in the future.
func (m *Monitor) Changed(ctx context.Context, now time.Time) (Report, error) {
	o := m.options
	o.Now = now
	files, err := o.Ledger.Files(ctx)
	if err != nil {
		return Report{}, err
	}
	c := newChecker(o)
	for name := range m.seen {
		if _, still := files[name]; !still {
			delete(m.found, path.Join(o.outName(), name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Ext(name) == ".html" || !isChecked(name) || m.seen[name] == files[name] {
			continue
		}
		delete(m.found, path.Join(o.outName(), name))
		if !c.out.has(name) {
			c.missing(map[string]ledger.File{name: files[name]})
			continue
		}
		if err := c.file(ctx, name, files); err != nil {
			return Report{}, err
		}
	}
	m.seen = files
	report := c.report()
	for _, f := range report.Findings {
		m.found[f.File] = append(m.found[f.File], f)
	}
	return report, nil
}

// Findings returns what is wrong with all that the calls of Changed have seen, as
// each file was when it was looked at last.
func (m *Monitor) Findings() []Finding {
	all := slices.Concat(slices.Collect(maps.Values(m.found))...)
	sortFindings(all)
	return all
}
