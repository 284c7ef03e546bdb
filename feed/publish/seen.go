package publish

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"time"

	"seedfeed/feed/ledger"
	"seedfeed/feed/seed"
)

// The cost of a run is to follow what has changed. So the ledger keeps how each
// folder of documents looked when it had all of it, and the times that the
// folders of out/ had when no page was missing in them: what still looks so is
// not compared again, file by file.

// looks are what a run knows of that.
type looks struct {
	only  map[string]bool        // folders of documents in which something has changed; nil if that may be anywhere
	known map[string]ledger.Seen // how folders looked when the ledger had all of them
	seen  map[string]ledger.Seen // those that it has all of now
	whole map[string]time.Time   // folders of out/ in which no page is missing, with their times
}

// unsure is for how long after its change a folder may change again without a
// sign: file systems keep times as coarse as this.
const unsure = 2 * time.Second

// listingOf returns a digest of what is compared of the files in a folder. Times
// are to the millisecond, as the ledger keeps them.
func listingOf(files []seed.File) (sum [sha256.Size]byte) {
	hash := sha256.New()
	var line []byte
	for _, file := range files {
		line = append(line[:0], path.Base(file.Path)...)
		line = append(line, 0) // in no name
		line = binary.BigEndian.AppendUint64(line, uint64(file.Size))
		line = binary.BigEndian.AppendUint64(line, uint64(file.ModTime.UnixMilli()))
		_, _ = hash.Write(line) // a hash never fails
	}
	hash.Sum(sum[:0])
	return sum
}

// missingPages adds the documents of public entries whose page is not in out/.
// A folder is listed only if its time is not the one that is known: whatever
// takes a page away moves it.
func (r *run) missingPages(ctx context.Context, due due) error {
	folders, err := r.Ledger.PageFolders(ctx)
	if err != nil {
		return err
	}
	r.whole = map[string]time.Time{}
	for _, dir := range slices.Sorted(maps.Keys(folders)) {
		modified := r.modified(dir)
		if !modified.IsZero() && modified.Equal(folders[dir]) {
			continue
		}
		names := r.pagesIn(dir)
		missing := false
		err := r.Ledger.EachPage(ctx, dir, func(page ledger.Page) error {
			if !names[path.Base(page.Address)] {
				due.add(page.Path)
				missing = true
			}
			return nil
		})
		if err != nil {
			return err
		}
		// The time is from before the folder was listed: what is taken away
		// after that moves it again.
		if !missing && !modified.IsZero() && r.started.Sub(modified) > unsure {
			r.whole[dir] = modified
		}
	}
	return nil
}

// modified returns the time of a folder in out/, or the zero time if it is none.
func (r *run) modified(dir string) time.Time {
	info, err := r.out.Lstat(dir)
	if err != nil || !info.IsDir() {
		return time.Time{}
	}
	return info.ModTime()
}

// pagesIn returns the names of the regular files in a folder of out/.
func (r *run) pagesIn(dir string) map[string]bool {
	names := map[string]bool{}
	entries, err := fs.ReadDir(r.out.FS(), dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		r.log.Warn("a folder of out/ can not be listed", "folder", dir, "error", err)
	}
	for _, entry := range entries {
		if entry.Type().IsRegular() {
			names[entry.Name()] = true
		}
	}
	return names
}

// outIsEmpty reports whether the file that every site has is not there.
func (r *run) outIsEmpty() bool { return !r.inOut(styleFile) }

// inOut reports whether there is a file at a path in out/.
func (r *run) inOut(name string) bool {
	info, err := r.out.Lstat(name)
	return err == nil && info.Mode().IsRegular()
}

// remember tells the ledger what looks as it should, so that the next run need
// not compare it.
func (r *run) remember(ctx context.Context) error {
	if len(r.seen)+len(r.whole) == 0 {
		return nil
	}
	return r.Ledger.Update(ctx, func(tx *ledger.Tx) error {
		for _, section := range slices.Sorted(maps.Keys(r.seen)) {
			if err := tx.SetSeen(section, r.seen[section]); err != nil {
				return err
			}
		}
		for _, dir := range slices.Sorted(maps.Keys(r.whole)) {
			if err := tx.SetPageFolder(dir, r.whole[dir]); err != nil {
				return err
			}
		}
		return nil
	})
}
