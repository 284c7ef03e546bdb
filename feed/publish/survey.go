package publish

import (
	"context"
	"errors"
	"io/fs"
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
		r.changed = true
		if err := r.walk(ctx); err != nil {
			return err
		}
	}
	return r.damage(ctx)
}

// errTooEarly ends a run that is not to write anything yet.
var errTooEarly = errors.New("all documents are still settling")

// walk looks at every folder once.
func (r *run) walk(ctx context.Context) error {
	r.report, r.skipped = Report{Unread: seed.Kinds{}, Steps: r.report.Steps}, map[string]bool{}
	r.work, r.missing = nil, map[string]ledger.State{}
	r.folders = map[string]bool{}
	r.listed = map[string]map[string]bool{}
	r.settings = settings{of: map[string]seed.Settings{}, broken: map[string]bool{}}
	due, err := r.due(ctx)
	if err != nil {
		return err
	}
	var unread []string // folders that could not be listed: nothing below them is gone
	err = r.seeds.Walk(ctx, func(dir seed.Dir) error {
		r.folders[dir.Path] = true
		if dir.Err != nil {
			unread = append(unread, dir.Path)
			r.skipFor(path.Join(dir.Path, "."), dir.Err, true)
			return ctx.Err()
		}
		if err := r.readSettings(dir.Path); err != nil {
			return err
		}
		return r.compare(ctx, dir, due)
	})
	if err != nil {
		return err
	}
	return r.vanishedFolders(ctx, unread)
}

// due returns the paths of held documents whose time has come.
func (r *run) due(ctx context.Context) (map[string]bool, error) {
	records, err := r.Ledger.Due(ctx, r.now)
	if err != nil {
		return nil, err
	}
	due := map[string]bool{}
	for _, record := range records {
		due[record.Path] = true
	}
	return due, nil
}

// compare sorts the documents of one folder into those to read and those that
// are missing.
func (r *run) compare(ctx context.Context, dir seed.Dir, due map[string]bool) error {
	records, err := r.Ledger.Folder(ctx, dir.Path)
	if err != nil {
		return err
	}
	known := make(map[string]*ledger.State, len(records))
	for i := range records {
		known[records[i].Path] = &records[i]
	}
	for _, file := range dir.Files {
		r.report.Documents++
		record := known[file.Path]
		delete(known, file.Path)
		if record != nil && record.Status == feed.Held {
			r.report.Held++
		}
		if record == nil || due[file.Path] || r.stale(file, record) {
			stale := record != nil && !record.Unchanged(file.Size, file.ModTime)
			r.work = append(r.work, work{file: file, known: record != nil, stale: stale})
		}
	}
	r.report.Unread.Add(dir.Unread)
	for _, skip := range dir.Skips {
		_, kept := known[skip.Path]
		delete(known, skip.Path) // it is there, if not to be read: not missing
		if skip.Waits {
			r.report.Waiting++
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
	switch {
	case r.changed, record.Pending, !record.Unchanged(file.Size, file.ModTime):
		return true
	}
	return record.Status == feed.Live && !r.inOut(record.Address)
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
		}
	}
	return nil
}

// outIsEmpty reports whether the file that every site has is not there.
func (r *run) outIsEmpty() bool { return !r.inOut(styleFile) }

// inOut reports whether there is a file at a path in out/. Each folder is
// listed once in a run, which is cheaper than asking for each page.
func (r *run) inOut(name string) bool {
	dir := path.Dir(name)
	names, ok := r.listed[dir]
	if !ok {
		names = map[string]bool{}
		entries, err := fs.ReadDir(r.out.FS(), dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			r.log.Warn("a folder of out/ can not be listed", "folder", dir, "error", err)
		}
		for _, entry := range entries {
			names[entry.Name()] = entry.Type().IsRegular()
		}
		r.listed[dir] = names
	}
	return names[path.Base(name)]
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
