package publish

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
	"seedfeed/feed/seed"
)

// work is a document that the run must read.
type work struct {
	file  seed.File
	known bool // the ledger has a record of a document at this path
	stale bool // that record is of a file of another size or time
}

// survey compares the folder of documents with the ledger, folder by folder:
// what is new or changed is to be read, and what has a record but no document
// any more is missing.
func (r *run) survey(ctx context.Context) error {
	last, err := r.Ledger.Meta(ctx, metaFingerprint)
	if err != nil {
		return err
	}
	if err := r.walk(ctx); err != nil {
		return err
	}
	if err := r.prepare(); err != nil {
		return err
	}
	if last == "" && r.report.Documents == 0 && r.report.Waiting > 0 {
		// The very first run, and all documents are still settling: an empty
		// site would be the first that subscribers see.
		return errTooEarly
	}
	r.warnNew(last)
	if r.fingerprint != last || r.outIsEmpty() {
		// The settings or the program are others than those of the last run, or
		// out/ was deleted: everything is read again. That is rare enough to
		// look at the folder twice for it.
		r.changed, r.only = true, nil
		if err := r.walk(ctx); err != nil {
			return err
		}
	}
	if err := r.remember(ctx); err != nil {
		return err
	}
	return r.damage(ctx)
}

// errTooEarly ends a run that is not to write anything yet.
var errTooEarly = errors.New("all documents are still settling")

// walk looks at every folder once.
func (r *run) walk(ctx context.Context) error {
	r.report, r.skipped = Report{Unread: seed.Kinds{}, Steps: r.report.Steps}, map[string]bool{}
	r.work, r.settling, r.missing = nil, nil, map[string]ledger.State{}
	r.folders = map[string]bool{}
	r.seen = map[string]ledger.Seen{}
	r.settings = settings{of: map[string]seed.Settings{}, broken: map[string]bool{}}
	due, err := r.due(ctx)
	if err != nil {
		return err
	}
	if r.known, err = r.Ledger.SeenFolders(ctx); err != nil {
		return err
	}
	var unread []string // folders that could not be listed: nothing below them is gone
	err = r.look(ctx, func(dir seed.Dir, g glance) error {
		r.folders[dir.Path] = true
		if dir.Err != nil {
			unread = append(unread, dir.Path)
			r.skipFor(path.Join(dir.Path, "."), dir.Err, true)
			return ctx.Err()
		}
		if err := r.readSettings(ctx, dir.Path); err != nil {
			return err
		}
		return r.compare(ctx, dir, g, due[dir.Path])
	})
	if errors.Is(err, errLookAround) && ctx.Err() == nil {
		r.only = nil
		return r.walk(ctx)
	}
	if err != nil {
		return err
	}
	return r.vanishedFolders(ctx, unread)
}

// A due holds the documents that must be read although they have not changed:
// their names, by folder.
type due map[string]map[string]bool

func (d due) add(docPath string) {
	section := feed.SectionOf(docPath)
	if d[section] == nil {
		d[section] = map[string]bool{}
	}
	d[section][docPath] = true
}

// due finds the held documents whose time has come, those that a killed run did
// not come to the end of, and those whose page is missing.
func (r *run) due(ctx context.Context) (due, error) {
	due := due{}
	timed, err := r.Ledger.Due(ctx, r.reached)
	if err != nil {
		return nil, err
	}
	for _, record := range timed {
		due.add(record.Path)
	}
	if r.changed {
		return due, nil // then all are read
	}
	pending, err := r.Ledger.Pending(ctx)
	if err != nil {
		return nil, err
	}
	for _, record := range pending {
		due.add(record.Path)
	}
	return due, r.missingPages(ctx, due)
}

// compare sorts the documents of one folder into those to read and those that
// are missing. The records of a folder that looks as it did are not asked for.
func (r *run) compare(ctx context.Context, dir seed.Dir, g glance, due map[string]bool) error {
	known, ok := r.known[dir.Path]
	if ok && known.Listing == g.listing && len(g.skips) == 0 && len(due) == 0 && !r.changed {
		r.report.Unread.Add(g.unread)
		r.report.Documents += g.files
		r.report.Held += known.Held
		return nil
	}
	if len(dir.Files) != g.files || len(dir.Skips) != len(g.skips) { // it was not listed
		var err error
		if dir, err = r.seeds.List(ctx, dir.Path); err != nil || !slices.Equal(dir.Below, g.below) {
			return errors.Join(errLookAround, ctx.Err())
		}
		g = glanceAt(dir)
		r.glances[dir.Path] = g
	}
	return r.match(ctx, dir, g, due)
}

// match compares the documents of a folder with its records.
func (r *run) match(ctx context.Context, dir seed.Dir, g glance, due map[string]bool) error {
	r.report.Unread.Add(g.unread)
	records, err := r.Ledger.Folder(ctx, dir.Path)
	if err != nil {
		return err
	}
	held, before := 0, len(r.work)
	known := make(map[string]*ledger.State, len(records))
	for i := range records {
		known[records[i].Path] = &records[i]
		if records[i].Status == feed.Held {
			held++
		}
	}
	for _, file := range dir.Files {
		r.report.Documents++
		record := known[file.Path]
		delete(known, file.Path)
		if record == nil || due[file.Path] || r.stale(file, record) {
			stale := record != nil && !record.Unchanged(file.Size, file.ModTime)
			r.work = append(r.work, work{file: file, known: record != nil, stale: stale})
		}
	}
	r.report.Held += held
	if len(r.work) == before && len(known) == 0 && len(dir.Skips) == 0 && len(dir.Files) > 0 {
		r.seen[dir.Path] = ledger.Seen{Listing: g.listing, Held: held}
	}
	for _, skip := range dir.Skips {
		_, kept := known[skip.Path]
		delete(known, skip.Path) // it is there, if not to be read: not missing
		if skip.Waits {
			r.report.Waiting++
			if !kept {
				r.settling = append(r.settling, skip.Path)
			}
		} else {
			r.skip(skip.Path, skip.Reason, kept)
		}
	}
	for _, record := range known {
		r.missing[record.ID] = *record
	}
	return nil
}

// stale reports whether a document must be read although there is a record.
func (r *run) stale(file seed.File, record *ledger.State) bool {
	return r.changed || record.Pending || !record.Unchanged(file.Size, file.ModTime)
}

// vanishedFolders adds the records of folders that are not there any more to
// the missing ones, except where a folder above could not be listed.
func (r *run) vanishedFolders(ctx context.Context, unread []string) error {
	sections, err := r.Ledger.Folders(ctx)
	if err != nil {
		return err
	}
	for _, section := range sections {
		hidden := slices.ContainsFunc(unread, func(dir string) bool {
			return dir == "" || dir == section || strings.HasPrefix(section, dir+"/")
		})
		if r.folders[section] || hidden {
			continue
		}
		records, err := r.Ledger.Folder(ctx, section)
		if err != nil {
			return err
		}
		for _, record := range records {
			r.missing[record.ID] = record
			if record.Status == feed.Held {
				r.report.Held++
			}
		}
	}
	return nil
}

// damage marks what must be written although no document changed: files that
// somebody deleted or cut, and pages that a killed run did not come to remove.
func (r *run) damage(ctx context.Context) (err error) {
	if r.files, err = r.Ledger.Files(ctx); err != nil {
		return err
	}
	for name, file := range r.files {
		info, err := r.out.Lstat(name)
		if err != nil || !info.Mode().IsRegular() || info.Size() != file.Size {
			r.damaged(name)
		}
	}
	pending, err := r.Ledger.Pending(ctx)
	if err != nil {
		return err
	}
	for _, record := range pending {
		if record.Status != feed.Live {
			r.dropped = append(r.dropped, record.ID)
			r.touch(record.Section)
			r.months[record.Published.UTC().Format(monthForm)] = true
			r.shift(record)
		}
	}
	if err := r.aged(ctx); err != nil {
		return err
	}
	if r.changed {
		r.touch("")
	}
	return nil
}

// damaged marks what a file of ours belongs to.
func (r *run) damaged(name string) {
	dir, base := feed.SectionOf(name), strings.TrimSuffix(path.Base(name), path.Ext(name))
	r.dirty[dir], r.dirty[""], r.dirty[name] = true, true, true
	if dir == archiveDir || dir == sitemapsDir {
		r.months[base] = true
	}
}

// aged marks what changes by time alone: the feeds that an old tombstone leaves.
func (r *run) aged(ctx context.Context) error {
	crumbles, err := r.Ledger.Meta(ctx, metaCrumbles)
	if crumbles != "" && crumbles <= stamp(r.now) {
		r.healing = true
		r.touch("")
	}
	return err
}

// stamp writes an instant so that later ones sort after it.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
