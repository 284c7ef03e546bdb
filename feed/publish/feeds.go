package publish

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
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
)

// never is when a feed was updated that never had an entry: Atom demands an
// instant, and it may not be that of a build. It is the day of RFC 4287.
var never = time.Date(2005, time.December, 1, 0, 0, 0, 0, time.UTC)

// publish writes the feeds that changed, with their pages. The site's own
// files go first: pages name them.
func (r *run) publish(ctx context.Context) error {
	if err := r.listSections(ctx); err != nil {
		return err
	}
	if len(r.dirty) == 0 {
		return nil
	}
	style := func(w io.Writer) error { _, err := w.Write(render.Style()); return err }
	if err := r.writeFiles(ctx, output{styleFile, style}); err != nil {
		return err
	}
	feeds := make([]feed.Feed, 0, len(r.sections))
	for _, section := range r.sections {
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		f, err := r.describe(ctx, section)
		if err != nil {
			return err
		}
		feeds = append(feeds, f)
		if stands := !r.changed && !r.healing && !r.dirty[section]; stands || r.settings.broken[section] {
			continue
		}
		if err := r.publishFeed(ctx, f); err != nil {
			return err
		}
	}
	outline := func(w io.Writer) error { return render.OPML(w, r.siteTitle(), feeds) }
	if err := r.writeFiles(ctx, output{outlineFile, outline}); err != nil {
		return err
	}
	return r.dropSnapshots(ctx)
}

// listSections finds the sections that have a feed: those with a live entry in
// or below them, and folders that had one. The site is the first.
func (r *run) listSections(ctx context.Context) error {
	var err error
	if r.files, err = r.Ledger.Files(ctx); err != nil {
		return err
	}
	counts, err := r.Ledger.Sections(ctx)
	if err != nil {
		return err
	}
	r.counts = map[string]int{"": 0}
	for _, c := range counts {
		for section := c.Section; ; section = feed.SectionOf(section) {
			r.counts[section] += c.Live
			if section == "" {
				break
			}
		}
	}
	// A section whose entries are all gone keeps its feed while the folder is
	// there: its subscribers wait for the next entry.
	for name := range r.files {
		section := feed.SectionOf(name)
		if _, ok := r.counts[section]; !ok && r.folders[section] && strings.HasSuffix(name, indexFile) {
			r.counts[section] = 0
		}
	}
	for section := range r.counts {
		r.sections = append(r.sections, section)
	}
	slices.Sort(r.sections)
	return nil
}

// describe returns the feed of a section without its entries.
func (r *run) describe(ctx context.Context, section string) (feed.Feed, error) {
	id, err := r.feedID(ctx, section)
	if err != nil {
		return feed.Feed{}, err
	}
	updated, err := r.Ledger.LastChange(ctx, section)
	if err != nil {
		return feed.Feed{}, err
	}
	if updated.IsZero() {
		updated = never
	}
	s, site := r.settings.of[section], r.settings.of[""]
	f := feed.Feed{
		ID:          id,
		Section:     section,
		URL:         sectionURL(r.BaseURL, section),
		Title:       r.siteTitle(),
		Description: cmp.Or(s.Description, "All that is new at "+r.siteTitle()),
		Language:    r.settings.language(section),
		Authors:     s.Authors,
		Copyright:   cmp.Or(s.Copyright, site.Copyright),
		Icon:        cmp.Or(s.Icon, site.Icon),
		Updated:     updated.UTC(),
	}
	if len(f.Authors) == 0 {
		f.Authors = site.Authors
	}
	if section != "" {
		f.Title = r.sectionTitle(section) + " – " + r.siteTitle()
		f.Description = cmp.Or(s.Description, "All that is new in "+r.sectionTitle(section)+" at "+r.siteTitle())
	}
	return f, nil
}

// feedID returns the id of a section's feed. It is minted once and kept: the
// address of the site may change, the id may not.
func (r *run) feedID(ctx context.Context, section string) (string, error) {
	id, err := r.Ledger.Meta(ctx, metaFeedID+section)
	if err != nil || id != "" {
		return id, err
	}
	id = feed.NewID(r.authority(), section+"/")
	if err := r.begin(ctx); err != nil {
		return "", err
	}
	return id, r.Ledger.Update(ctx, func(tx *ledger.Tx) error { return tx.SetMeta(metaFeedID+section, id) })
}

// publishFeed writes a feed in each format, and its page.
func (r *run) publishFeed(ctx context.Context, f feed.Feed) error {
	records, err := r.Ledger.Latest(ctx, f.Section, r.settings.entries(f.Section))
	if err != nil {
		return err
	}
	for _, record := range records {
		entry, err := r.published(ctx, record)
		if err != nil {
			return err
		}
		if entry != nil {
			f.Entries = append(f.Entries, *entry)
		}
	}
	list := render.Listing{Site: r.site(), Feed: f, Sections: r.subsections(f.Section)}
	if f.Section != "" {
		list.Kind, list.Heading, list.Trail = "section", r.sectionTitle(f.Section), r.trail(feed.SectionOf(f.Section))
	}
	index := func(w io.Writer) error { return render.Index(w, list) }
	outputs := []output{{inSection(f.Section, indexFile), index}}
	for _, format := range render.Formats() {
		write := func(w io.Writer) error { return format.Write(w, f) }
		outputs = append(outputs, output{inSection(f.Section, format.File), write})
	}
	return r.writeFiles(ctx, outputs...)
}

// published returns an entry as it was last published. It comes from the
// ledger, or, where a longer feed or a deletion brings an old entry back into
// reach, from its document. nil means that neither has it.
func (r *run) published(ctx context.Context, record ledger.Record) (*feed.Entry, error) {
	digest, data, ok, err := r.Ledger.Snapshot(ctx, record.ID)
	if err != nil {
		return nil, err
	}
	entry := new(feed.Entry)
	if ok && digest == record.Digest && json.Unmarshal(data, entry) == nil {
		return entry, nil
	}
	if entry = r.reread(ctx, record); entry == nil {
		return nil, nil
	}
	if data, err = json.Marshal(entry); err != nil {
		return nil, err
	}
	if err := r.begin(ctx); err != nil {
		return nil, err
	}
	return entry, r.Ledger.Update(ctx, func(tx *ledger.Tx) error { return tx.PutSnapshot(record.ID, record.Digest, data) })
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
	for _, section := range r.sections {
		records, err := r.Ledger.Latest(ctx, section, r.settings.entries(section))
		if err != nil {
			return err
		}
		for _, record := range records {
			keep[record.ID] = true
		}
	}
	return r.Ledger.Update(ctx, func(tx *ledger.Tx) error { return tx.KeepSnapshots(keep) })
}

// site is what all pages share.
func (r *run) site() render.Site {
	s := r.settings.of[""]
	return render.Site{
		Title: r.siteTitle(), URL: r.BaseURL.String(), Language: s.Language,
		Description: s.Description, Copyright: s.Copyright, Icon: s.Icon,
	}
}

// trail leads from the site's page to a section's.
func (r *run) trail(section string) []render.Link {
	trail := []render.Link{{Title: r.siteTitle(), URL: r.BaseURL.String()}}
	parts := strings.Split(section, "/")
	for i := range parts {
		if section == "" {
			break
		}
		above := strings.Join(parts[:i+1], "/")
		trail = append(trail, render.Link{Title: r.sectionTitle(above), URL: sectionURL(r.BaseURL, above)})
	}
	return trail
}

// subsections are the sections directly below one.
func (r *run) subsections(section string) []render.Link {
	var links []render.Link
	for _, s := range r.sections {
		if s != "" && feed.SectionOf(s) == section {
			links = append(links, render.Link{Title: r.sectionTitle(s), URL: sectionURL(r.BaseURL, s), Count: r.counts[s]})
		}
	}
	return links
}

// sectionFiles are the names of the files that each section has.
func sectionFiles() []string {
	names := []string{indexFile}
	for _, format := range render.Formats() {
		names = append(names, format.File)
	}
	return names
}

// inSection returns the path in out/ of a section's file.
func inSection(section, name string) string {
	if section == "" {
		return name
	}
	return fmt.Sprintf("%s/%s", section, name)
}
