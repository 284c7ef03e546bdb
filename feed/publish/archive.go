package publish

import (
	"bytes"
	"context"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
	"seedfeed/feed/render"
)

// tombstoneLife is how long a feed tells that an entry was taken away.
const tombstoneLife = 90 * 24 * time.Hour

// monthForm is how a month is written in addresses and in the ledger.
const monthForm = "2006-01"

// listMonths finds the months that have live entries, oldest first, and marks
// what must be written since one has come or gone, or is over: a month is archived
// when it is over.
func (r *run) listMonths(ctx context.Context) error {
	months, err := r.Ledger.Months(ctx)
	if err != nil {
		return err
	}
	r.archive = slices.DeleteFunc(months, func(m ledger.MonthCount) bool { return m.Live == 0 })
	slices.SortFunc(r.archive, func(a, b ledger.MonthCount) int { return strings.Compare(a.Month, b.Month) })
	for i, m := range r.archive {
		_, shown := r.files[monthPage(m.Month)]
		_, written := r.files[archiveFile(m.Month)]
		if !shown || r.closed(m.Month) && !written {
			r.touchMonth(i)
		}
	}
	for name := range r.files {
		month := strings.TrimSuffix(strings.TrimPrefix(name, archiveDir+"/"), ".html")
		if monthPage(month) != name {
			continue
		}
		at, found := slices.BinarySearchFunc(r.archive, month, func(m ledger.MonthCount, month string) int { return strings.Compare(m.Month, month) })
		if !found { // its entries are gone: its neighbours are each other's now
			r.touchMonth(at)
			r.touchMonth(at - 1)
		}
	}
	return nil
}

// touchMonth marks a month of the archive, and those that link to it.
func (r *run) touchMonth(i int) {
	for _, n := range []int{i - 1, i, i + 1} {
		if n >= 0 && n < len(r.archive) {
			r.months[r.archive[n].Month] = true
		}
	}
	r.touch("")
}

// closed reports whether a month is over, so that its archive is complete.
func (r *run) closed(month string) bool { return month < r.now.Format(monthForm) }

// archiveFile and monthPage are the files of a month in out/.
func archiveFile(month string) string { return inDir(archiveDir, month+".xml") }
func monthPage(month string) string   { return inDir(archiveDir, month+".html") }

// newestArchive is the URL of the newest archive document, or "".
func (r *run) newestArchive() string { return r.archiveBefore(len(r.archive)) }

// archiveBefore is the URL of the newest archive document older than that of
// the month with a number, or "".
func (r *run) archiveBefore(i int) string {
	for i--; i >= 0; i-- {
		if month := r.archive[i].Month; r.closed(month) {
			return absolute(r.BaseURL, archiveFile(month))
		}
	}
	return ""
}

// atomFile is the feed of the site that leads to the archive.
const atomFile = "atom.xml"

// previousLink finds where a feed says that its archive begins.
var previousLink = regexp.MustCompile(`href="([^"]*)" rel="prev-archive"`)

// onlyArchive reports whether the feed of the site differs from the one in out/ in
// nothing but where its archive begins: old documents that arrive move that, and
// are no news.
func (r *run) onlyArchive(f feed.Feed) bool {
	before, err := r.out.ReadFile(atomFile)
	if err != nil {
		return false
	}
	f.Archive.Previous = ""
	if found := previousLink.FindSubmatch(before); found != nil {
		f.Archive.Previous = html.UnescapeString(string(found[1]))
	}
	formats := render.Formats()
	at := slices.IndexFunc(formats, func(format render.Format) bool { return format.File == atomFile })
	var same bytes.Buffer
	return formats[at].Write(&same, f) == nil && bytes.Equal(same.Bytes(), before)
}

// publishMonths writes the pages of months, and the archive documents of those
// that are over.
func (r *run) publishMonths(ctx context.Context) error {
	site, err := r.describe(ctx, channel{kind: sections})
	if err != nil {
		return err
	}
	var outputs []output
	held := 0
	for i, m := range r.archive {
		if !r.changed && !r.healing && !r.months[m.Month] {
			continue
		}
		f := site
		f.URL = absolute(r.BaseURL, archiveFile(m.Month))
		f.Updated = m.Changed.UTC()
		more, err := r.monthFiles(ctx, i, f)
		if err != nil {
			return err
		}
		outputs, held = append(outputs, more...), held+m.Live
		if held < monthsAtOnce {
			continue
		}
		if err := r.writeFiles(ctx, outputs...); err != nil {
			return err
		}
		outputs, held = nil, 0
	}
	return r.writeFiles(ctx, outputs...)
}

// monthsAtOnce is about how many entries are in memory while months are written:
// several months that have few, side by side, or one that has many.
const monthsAtOnce = 2048

// monthFiles returns the page of a month, and the archive document of one that is
// over.
func (r *run) monthFiles(ctx context.Context, i int, f feed.Feed) ([]output, error) {
	month := r.archive[i].Month
	f.Entries = make([]feed.Entry, 0, r.archive[i].Live)
	complete := true
	for record, err := range r.Ledger.InMonth(ctx, month) {
		if err != nil {
			return nil, err
		}
		entry := r.entryOf(ctx, record)
		if entry == nil {
			complete = false
			entry = &feed.Entry{Title: record.Title}
			r.restore(entry, record)
		}
		shown, err := r.linked(ctx, *entry)
		if err != nil {
			return nil, err
		}
		f.Entries = append(f.Entries, shown)
	}
	l := render.Listing{
		Site: r.site(), Feed: f, Kind: "month", Month: month, NoFeeds: true, Trail: r.trail(""),
		Older: r.monthLink(i - 1), Newer: r.monthLink(i + 1),
	}
	l.Feed.URL = absolute(r.BaseURL, monthPage(month))
	outputs := []output{{monthPage(month), func(w io.Writer) error { return r.theme.Index(w, l) }}}
	// A month whose documents can not all be read now keeps the archive that it
	// has: the next run reads them.
	if r.closed(month) && complete {
		f.Archive = feed.Archive{Current: absolute(r.BaseURL, atomFile), Previous: r.archiveBefore(i)}
		if i+1 < len(r.archive) && r.closed(r.archive[i+1].Month) {
			f.Archive.Next = absolute(r.BaseURL, archiveFile(r.archive[i+1].Month))
		}
		outputs = append(outputs, output{archiveFile(month), func(w io.Writer) error { return r.writeArchive(w, f) }})
	}
	return outputs, nil
}

// writeArchive writes an archive document that is not too large.
func (r *run) writeArchive(w io.Writer, f feed.Feed) error {
	contents, err := render.ArchiveWithin(w, f, maxArchive)
	if len(contents) > 0 {
		r.log.Warn("an archive would be too large; its largest entries have only their summary in it", "archive", f.URL, "summaries", len(contents))
	}
	return err
}

// monthLink is a link to the page of a month, or nil where there is none.
func (r *run) monthLink(i int) *render.Link {
	if i < 0 || i >= len(r.archive) {
		return nil
	}
	m := r.archive[i]
	return &render.Link{Title: m.Month, URL: absolute(r.BaseURL, monthPage(m.Month)), Count: m.Live}
}

// monthLinks are links to the pages of all months, newest first.
func (r *run) monthLinks() []render.Link {
	var links []render.Link
	for i := len(r.archive) - 1; i >= 0; i-- {
		links = append(links, *r.monthLink(i))
	}
	return links
}

// tombstones are the marks of entries that were taken away from a section a
// short while ago.
func (r *run) tombstones(ctx context.Context, section string) ([]feed.Tombstone, error) {
	records, err := r.Ledger.Tombstones(ctx, section, r.now.Add(-tombstoneLife))
	if err != nil {
		return nil, err
	}
	var stones []feed.Tombstone
	for _, record := range records {
		stones = append(stones, feed.Tombstone{ID: record.ID, When: record.Updated.UTC(), Reason: record.Reason})
	}
	if section == "" { // it has those of all sections
		r.sited, r.crumbles = true, ""
		if n := len(stones); n > 0 { // newest first
			r.crumbles = stamp(stones[n-1].When.Add(tombstoneLife + time.Second))
		}
	}
	return stones, nil
}
