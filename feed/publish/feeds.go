package publish

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"slices"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
	"seedfeed/feed/render"
	"seedfeed/feed/seed"
)

// The files of the site beside its feeds and pages.
const (
	styleFile   = "style.css"
	indexFile   = "index.html"
	outlineFile = "feeds.opml"
	sitemapFile = "sitemap.xml"
	robotsFile  = "robots.txt"
)

// maxFeed is the size of the largest feed, in bytes: more than one reader
// stands still on a larger one.
const maxFeed = 1_000_000

// maxArchive is the size of the largest document of the archive, in bytes. Nobody
// subscribes to one: it is fetched once, by a program that reads them all, and
// such take 15 MB at least.
const maxArchive = 10_000_000

// never is when a feed was updated that never had an entry: Atom demands an
// instant, and it may not be that of a build. It is the day of RFC 4287.
var never = time.Date(2005, time.December, 1, 0, 0, 0, 0, time.UTC)

// publish writes the feeds that changed, with their pages. The site's own
// files go first: pages name them.
func (r *run) publish(ctx context.Context) error {
	if err := r.listChannels(ctx); err != nil {
		return err
	}
	if err := r.listMonths(ctx); err != nil {
		return err
	}
	if len(r.dirty) == 0 {
		return nil
	}
	style := func(w io.Writer) error { _, err := w.Write(r.theme.Style()); return err }
	if err := r.writeFiles(ctx, output{styleFile, style}); err != nil {
		return err
	}
	if err := r.publishMonths(ctx); err != nil {
		return err
	}
	feeds := make([]feed.Feed, 0, len(r.channels))
	for _, c := range r.channels {
		f, err := r.describe(ctx, c)
		if err != nil {
			return err
		}
		feeds = append(feeds, f)
		if !r.isDirty(c) || c.kind == sections && r.settings.broken[c.key] {
			continue
		}
		if err := r.publishChannel(ctx, c, f); err != nil {
			return err
		}
	}
	outline := func(w io.Writer) error { return render.OPML(w, r.siteTitle(), feeds) }
	if err := r.writeFiles(ctx, output{outlineFile, outline}); err != nil {
		return err
	}
	if err := r.publishSitemap(ctx, feeds); err != nil {
		return err
	}
	return r.dropSnapshots(ctx)
}

// isDirty reports whether the files of a channel must be written. Those of
// corrections are, whenever those of the site are.
func (r *run) isDirty(c channel) bool {
	return r.changed || r.healing || r.dirty[c.dir()] || c.kind == corrections
}

// describe returns the feed of a channel without its entries.
func (r *run) describe(ctx context.Context, c channel) (feed.Feed, error) {
	id, err := r.feedID(ctx, c)
	if err != nil {
		return feed.Feed{}, err
	}
	updated, err := r.lastChange(ctx, c)
	if err != nil {
		return feed.Feed{}, err
	}
	if updated.IsZero() {
		updated = never
	}
	site := r.settings.of[""]
	f := feed.Feed{
		ID:          id,
		Section:     c.dir(),
		URL:         dirURL(r.BaseURL, c.dir()),
		Title:       c.heading + " – " + r.siteTitle(),
		Description: "All that is new under " + c.heading + " at " + r.siteTitle(),
		Language:    site.Language,
		Authors:     site.Authors,
		Copyright:   site.Copyright,
		Icon:        r.picture(site.Icon),
		Image:       r.picture(site.Image),
		Updates:     site.Updates,
		Updated:     updated.UTC(),
	}
	if hub := cmp.Or(site.Hub, r.Hub); hub != "" {
		f.Hubs = []string{hub}
	}
	switch c.kind {
	case languages:
		f.Language = c.key
	case authors:
		f.Description = "All that is new by " + c.heading + " at " + r.siteTitle()
	case corrections:
		w := r.correctionWords()
		f.Language, f.Description = w.Language, w.About
	case sections:
		r.describeSection(c, &f)
	}
	return f, nil
}

// describeSection adds what the section's settings say.
func (r *run) describeSection(c channel, f *feed.Feed) {
	s := r.settings.of[c.key]
	f.Language = r.settings.language(c.key)
	f.Copyright = cmp.Or(s.Copyright, f.Copyright)
	f.Icon = cmp.Or(r.picture(s.Icon), f.Icon)
	f.Image = cmp.Or(r.picture(s.Image), f.Image)
	f.Updates = cmp.Or(s.Updates, f.Updates)
	if len(s.Authors) > 0 {
		f.Authors = s.Authors
	}
	if s.Hub != "" {
		f.Hubs = []string{s.Hub}
	}
	if c.key == "" {
		f.Title = r.siteTitle()
		f.Description = "All that is new at " + r.siteTitle()
	}
	f.Description = cmp.Or(s.Description, f.Description)
}

// feedID returns the id of a channel's feed. It is minted once and kept: the
// address of the site may change, the id may not.
func (r *run) feedID(ctx context.Context, c channel) (string, error) {
	name := c.key + "/" // no document's path ends in a slash
	if c.kind != sections {
		name = c.kind + ":" + name
	}
	id, err := r.Ledger.Meta(ctx, metaFeedID+name)
	if err != nil || id != "" {
		return id, err
	}
	id = feed.NewID(r.authority(), name)
	if err := r.begin(ctx); err != nil {
		return "", err
	}
	return id, r.Ledger.Update(ctx, func(tx *ledger.Tx) error { return tx.SetMeta(metaFeedID+name, id) })
}

// entriesOf is how many entries the feed of a channel has.
func (r *run) entriesOf(c channel) int {
	if c.kind == sections {
		return r.settings.entries(c.key)
	}
	return r.settings.entries("")
}

// publishChannel writes a feed in each format, and its page.
func (r *run) publishChannel(ctx context.Context, c channel, f feed.Feed) error {
	records, err := r.latest(ctx, c, r.entriesOf(c))
	if err != nil {
		return err
	}
	for _, record := range records {
		entry, err := r.published(ctx, record)
		if err != nil {
			return err
		}
		if entry == nil {
			continue
		}
		shown, err := r.linked(ctx, *entry)
		if err != nil {
			return err
		}
		f.Entries = append(f.Entries, shown)
	}
	if c.kind == corrections {
		f.Entries = r.corrected
	}
	if c.kind == sections {
		if f.Tombstones, err = r.tombstones(ctx, c.key); err != nil {
			return err
		}
	}
	if c.dir() == "" {
		f.Archive.Previous = r.newestArchive()
	}
	fitted, cut := render.Fit(f, maxFeed)
	if !cut.IsZero() {
		r.log.Warn("a feed would be too large; its largest entries have only their summary in it, and the oldest may be left out",
			"feed", f.URL, "summaries", len(cut.Contents), "left_out", cut.Entries, "tombstones", cut.Tombstones)
	}
	index := func(w io.Writer) error { return r.theme.Index(w, r.listing(c, f)) }
	outputs := []output{{inDir(c.dir(), indexFile), index}}
	for _, format := range render.Formats() {
		write := func(w io.Writer) error { return format.Write(w, fitted) }
		outputs = append(outputs, output{inDir(c.dir(), format.File), write})
	}
	quiet := c.dir() == "" && r.onlyArchive(fitted)
	changed, err := r.replaceFiles(ctx, outputs...)
	if quiet {
		changed = slices.DeleteFunc(changed, func(name string) bool { return name == atomFile })
	}
	r.ping(f, c.dir(), changed)
	return err
}

// published returns an entry as it was last published. It comes from the
// ledger, or, where a longer feed or a deletion brings an old entry back into
// reach, from its document. nil means that neither has it.
func (r *run) published(ctx context.Context, record ledger.Record) (*feed.Entry, error) {
	if entry := r.snapshotOf(ctx, record); entry != nil {
		return entry, nil
	}
	entry := r.taken(record)
	if entry == nil {
		entry = r.reread(ctx, record)
	}
	if entry == nil {
		return nil, nil
	}
	data, err := json.Marshal(entry)
	if err != nil {
		return nil, err
	}
	if err := r.begin(ctx); err != nil {
		return nil, err
	}
	return entry, r.Ledger.Update(ctx, func(tx *ledger.Tx) error { return tx.PutSnapshot(record.ID, record.Digest, data) })
}

// entryOf is published for an entry that need not stay in the ledger. One that
// was taken in by this run is at hand.
func (r *run) entryOf(ctx context.Context, record ledger.Record) *feed.Entry {
	if entry := r.taken(record); entry != nil {
		return entry
	}
	if entry := r.snapshotOf(ctx, record); entry != nil {
		return entry
	}
	return r.reread(ctx, record)
}

// taken returns an entry that this run has taken in, or nil.
func (r *run) taken(record ledger.Record) *feed.Entry {
	entry, err := r.spool.find(record.ID)
	if err != nil || entry == nil || entry.Path != record.Path || r.unwritten[record.ID] {
		return nil
	}
	return entry
}

// snapshotOf returns an entry as the ledger has it, or nil if it has it not, or
// not as the record says. What the ledger can not give, the document can.
func (r *run) snapshotOf(ctx context.Context, record ledger.Record) *feed.Entry {
	digest, data, ok, err := r.Ledger.Snapshot(ctx, record.ID)
	if err != nil || !ok || digest != record.Digest {
		return nil
	}
	entry := new(feed.Entry)
	if json.Unmarshal(data, entry) != nil {
		return nil
	}
	return entry
}

// reread reads the document of a record again, and notes why if that can not be
// done.
func (r *run) reread(ctx context.Context, record ledger.Record) *feed.Entry {
	file := seed.File{Path: record.Path, Size: record.Size, ModTime: record.ModTime}
	rd := r.read(ctx, work{file: file, known: true})
	if rd.err == nil && rd.digest != record.Digest {
		rd.err = seed.ErrChanging
	}
	if rd.err != nil {
		r.refuse(&rd)
		return nil
	}
	r.restore(&rd.entry, record)
	r.attach(ctx, &rd.entry, named(r.BaseURL, &rd.entry))
	return &rd.entry
}

// restore gives an entry that was read again what the ledger keeps of it.
func (r *run) restore(entry *feed.Entry, record ledger.Record) {
	entry.ID, entry.Address = record.ID, record.Address
	entry.URL = absolute(r.BaseURL, record.Address)
	entry.Inferred = record.Inferred
	stated := entry.Published
	entry.Published = feed.Date{Time: record.Published.UTC(), DayOnly: record.DayOnly}
	if record.DayOnly && stated.DayOnly {
		entry.Published = onDay(record.Published, stated)
	}
	entry.Updated = feed.Instant(record.Updated.UTC())
}

// dropSnapshots forgets the texts of entries that are out of the feeds' reach.
func (r *run) dropSnapshots(ctx context.Context) error {
	if !r.unfinished {
		return nil
	}
	keep := map[string]bool{}
	for _, c := range r.channels {
		records, err := r.latest(ctx, c, r.entriesOf(c))
		if err != nil {
			return err
		}
		for _, record := range records {
			keep[record.ID] = true
		}
	}
	return r.Ledger.Update(ctx, func(tx *ledger.Tx) error { return tx.KeepSnapshots(keep) })
}
