package ledger

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"path"
	"slices"
	"strings"
	"time"

	"seedfeed/feed"
)

// A Reader answers questions. That of a [Ledger] sees what is committed; that
// of a [Tx] sees the changes of its update too.
//
// A question that finds nothing is no error.
type Reader struct {
	file    string
	prepare func(ctx context.Context, query string) (*sql.Stmt, error)
}

// Folder returns the states of the documents that lie directly in a folder,
// sorted by path. Gone ones are left out.
func (r Reader) Folder(ctx context.Context, section string) ([]State, error) {
	prefix := ""
	if section != "" {
		prefix = section + "/"
	}
	var states []State
	// A run asks this for every folder, so each row is read into the same values.
	var s State
	var name, status string
	var modTime int64
	dest := []any{&s.ID, &name, &s.Address, &s.Size, &modTime, &status, &s.Pending}
	err := r.each(ctx, selectFolder, []any{section}, func(rows *sql.Rows) error {
		err := rows.Scan(dest...)
		s.Path, s.ModTime, s.Status = prefix+name, time.UnixMilli(modTime).UTC(), feed.Status(status)
		states = append(states, s)
		return err
	})
	return states, err
}

// Folders returns the sections that hold a document that is not gone, sorted.
func (r Reader) Folders(ctx context.Context) ([]string, error) {
	var folders []string
	err := r.each(ctx, selectFolders, nil, func(rows *sql.Rows) error {
		var section string
		err := rows.Scan(&section)
		folders = append(folders, section)
		return err
	})
	return folders, err
}

// ByPath returns the record of the document at a path, or, when there is none,
// that of the last one that was there.
func (r Reader) ByPath(ctx context.Context, docPath string) (Record, bool, error) {
	section, name := feed.SectionOf(docPath), path.Base(docPath)
	rec, ok, err := r.record(ctx, selectByPath, section, name)
	if ok || err != nil {
		return rec, ok, err
	}
	return r.record(ctx, selectGoneByPath, section, name)
}

// ByID returns the record with an id.
func (r Reader) ByID(ctx context.Context, id string) (Record, bool, error) {
	return r.record(ctx, selectByID, id)
}

// ByDigest returns the records whose documents have, or had, these bytes,
// sorted by section, name and id: a copy, or the old place of a renamed one.
func (r Reader) ByDigest(ctx context.Context, digest [32]byte) ([]Record, error) {
	return r.records(ctx, selectByDigest, digest[:8], digest[:])
}

// AddressTaken tells whose an address is. It stays so when the entry is gone.
func (r Reader) AddressTaken(ctx context.Context, address string) (id string, taken bool, err error) {
	taken, err = r.one(ctx, selectByAddress, []any{address}, &id)
	return id, taken, err
}

// Latest returns the n public entries that were published last, in a section
// or below it ("" is all), in the order of [feed.Newest]. It asks in several
// steps: outside an update, hold the lock where another process may write.
func (r Reader) Latest(ctx context.Context, section string, n int) ([]Record, error) {
	if n <= 0 {
		return nil, nil
	}
	type head struct {
		section string
		newest  int64
	}
	var heads []head
	err := r.each(ctx, selectNewest, tree(section), func(rows *sql.Rows) error {
		var h head
		err := rows.Scan(&h.section, &h.newest)
		heads = append(heads, h)
		return err
	})
	if err != nil {
		return nil, err
	}
	// The sections come by their newest entry. Once n entries are at least as
	// new as that of the next section, no other section has anything to add.
	var latest []Record
	least := time.Time{}.UnixMilli()
	for _, h := range heads {
		if len(latest) == n && h.newest < least {
			break
		}
		more, err := r.records(ctx, selectLatest, h.section, least, n)
		if err != nil {
			return nil, err
		}
		latest = append(latest, more...)
		slices.SortFunc(latest, newest)
		if len(latest) >= n {
			latest = slices.Delete(latest, n, len(latest))
			least = latest[n-1].Published.UnixMilli()
		}
	}
	return latest, nil
}

// newest is [feed.Newest] for records.
func newest(a, b Record) int {
	if c := b.Published.Compare(a.Published); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

// LastChange returns the latest Updated of the entries in a section or below it
// ("" is all) that are, or once were, public; the zero time when there are
// none. An entry that was never public does not count.
func (r Reader) LastChange(ctx context.Context, section string) (time.Time, error) {
	var changed sql.Null[int64]
	_, err := r.one(ctx, selectChanged, tree(section), &changed)
	return fromNull(changed), err
}

// Sections returns the sections that a public entry lies in, sorted.
func (r Reader) Sections(ctx context.Context) ([]SectionCount, error) {
	var counts []SectionCount
	err := r.each(ctx, selectSections, nil, func(rows *sql.Rows) error {
		var c SectionCount
		err := rows.Scan(&c.Section, &c.Live)
		counts = append(counts, c)
		return err
	})
	return counts, err
}

// Pending returns the records whose pages may not be in out/ as they should,
// sorted by section and name: what a run that was killed had begun.
func (r Reader) Pending(ctx context.Context) ([]Record, error) {
	return r.records(ctx, selectPending)
}

// List returns the records that a filter chooses, sorted by section and name.
// Within an update, change nothing while you range over it.
func (r Reader) List(ctx context.Context, f Filter) iter.Seq2[Record, error] {
	args := tree(f.Section)
	for i := range statuses {
		var status feed.Status
		if len(f.Status) > 0 {
			status = f.Status[min(i, len(f.Status)-1)]
		}
		args = append(args, string(status))
	}
	if len(f.Status) > 0 && !slices.Contains(f.Status, feed.Live) {
		return r.stream(ctx, selectListHidden, args...)
	}
	return r.stream(ctx, selectList, args...)
}

// Statuses returns how many entries have each status.
func (r Reader) Statuses(ctx context.Context) (map[feed.Status]int, error) {
	counts := map[feed.Status]int{}
	err := r.each(ctx, selectStatuses, nil, func(rows *sql.Rows) error {
		var status string
		var n int
		err := rows.Scan(&status, &n)
		counts[feed.Status(status)] = n
		return err
	})
	return counts, err
}

// Due returns the held records whose time has come, in the order of their
// times.
func (r Reader) Due(ctx context.Context, now time.Time) ([]Record, error) {
	return r.records(ctx, selectDue, now.UnixMilli())
}

// NextDue returns the first time after now at which a held record becomes due,
// or the zero time when there is none.
func (r Reader) NextDue(ctx context.Context, now time.Time) (time.Time, error) {
	var until sql.Null[int64]
	_, err := r.one(ctx, selectNextDue, []any{now.UnixMilli()}, &until)
	return fromNull(until), err
}

// Files returns the files in out/ that the program wrote, by path.
func (r Reader) Files(ctx context.Context) (map[string]File, error) {
	files := map[string]File{}
	err := r.each(ctx, selectFiles, nil, func(rows *sql.Rows) error {
		var name string
		var f File
		err := rows.Scan(&name, digest{f.Digest[:]}, &f.Size, instant{&f.ModTime})
		files[name] = f
		return err
	})
	return files, err
}

// Meta returns the value of a key, or "" when it has none.
func (r Reader) Meta(ctx context.Context, key string) (string, error) {
	var value string
	_, err := r.one(ctx, selectMeta, []any{key}, &value)
	return value, err
}

// tree returns the parameters that choose a section and what lies below it.
func tree(section string) []any {
	return []any{section, section + "/", section + "0"} // "0" follows "/"
}

// record asks for one record.
func (r Reader) record(ctx context.Context, query string, args ...any) (rec Record, ok bool, err error) {
	found, err := r.records(ctx, query, args...)
	if err != nil || len(found) == 0 {
		return Record{}, false, err
	}
	return found[0], true, nil
}

// records asks for all records at once.
func (r Reader) records(ctx context.Context, query string, args ...any) ([]Record, error) {
	var all []Record
	for rec, err := range r.stream(ctx, query, args...) {
		if err != nil {
			return nil, err
		}
		all = append(all, rec)
	}
	return all, nil
}

// stream asks for records one after another. An error is the last thing that
// it yields.
func (r Reader) stream(ctx context.Context, query string, args ...any) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		err := r.each(ctx, query, args, func(rows *sql.Rows) error {
			var rec Record
			if err := rec.scan(rows); err != nil {
				return err
			}
			if !yield(rec, nil) {
				return errStop
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(Record{}, err)
		}
	}
}

// errStop ends a range that its reader has left.
var errStop = errors.New("stop")

// one asks for a single row, and reports whether there is one.
func (r Reader) one(ctx context.Context, query string, args []any, dest ...any) (found bool, err error) {
	err = r.each(ctx, query, args, func(rows *sql.Rows) error {
		found = true
		return rows.Scan(dest...)
	})
	return found, err
}

// each calls a function for every row of an answer, until it returns an error.
func (r Reader) each(ctx context.Context, query string, args []any, fn func(*sql.Rows) error) (err error) {
	stmt, err := r.prepare(ctx, query)
	if err != nil {
		return explain(r.file, err)
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return explain(r.file, err)
	}
	defer func() {
		if closed := rows.Close(); err == nil {
			err = explain(r.file, closed)
		}
	}()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return explain(r.file, rows.Err())
}
