package ledger

import (
	"context"
	"database/sql"
	"path"
	"time"
)

// A Seen is how a folder of documents looked when every document in it was as
// its record says, and every record had its document.
type Seen struct {
	Listing [32]byte // a digest that its maker chooses
	Held    int      // entries that are held
}

// A Page is where a public entry stands in out/, and the path of its document.
type Page struct{ Address, Path string }

// SeenFolders returns what [Tx.SetSeen] has kept, by section. What was kept of a
// section is forgotten when a record in it changes.
func (r Reader) SeenFolders(ctx context.Context) (map[string]Seen, error) {
	seen := map[string]Seen{}
	err := r.each(ctx, selectSeen, nil, func(rows *sql.Rows) error {
		var section string
		var s Seen
		err := rows.Scan(&section, digest{s.Listing[:]}, &s.Held)
		seen[section] = s
		return err
	})
	return seen, err
}

// PageFolders returns the folders of all addresses, with the times that
// [Tx.SetPageFolder] has kept: the zero time for a folder in which an entry got
// its address, or changed, since then.
func (r Reader) PageFolders(ctx context.Context) (map[string]time.Time, error) {
	folders := map[string]time.Time{}
	err := r.each(ctx, selectPageFolders, nil, func(rows *sql.Rows) error {
		var dir string
		var nanoseconds int64
		err := rows.Scan(&dir, &nanoseconds)
		folders[dir] = time.Time{}
		if nanoseconds != 0 {
			folders[dir] = time.Unix(0, nanoseconds).UTC()
		}
		return err
	})
	return folders, err
}

// EachPage calls a function for the page of every public entry whose address
// lies below a folder of out/, in the order of the addresses.
func (r Reader) EachPage(ctx context.Context, dir string, fn func(Page) error) error {
	return r.each(ctx, selectPages, []any{dir + "/", dir + "0"}, func(rows *sql.Rows) error {
		var p Page
		var section, name string
		if err := rows.Scan(&p.Address, &section, &name); err != nil {
			return err
		}
		p.Path = path.Join(section, name)
		return fn(p)
	})
}

// SetSeen keeps how a section looked.
func (tx *Tx) SetSeen(section string, s Seen) error {
	_, err := tx.exec(upsertSeen, section, s.Listing[:], s.Held)
	return err
}

// SetPageFolder keeps the time that a folder of out/ had when no page was
// missing in it.
func (tx *Tx) SetPageFolder(dir string, modified time.Time) error {
	_, err := tx.exec(upsertPageFolder, dir, modified.UnixNano())
	return err
}

// unsee forgets how a section looked.
func (tx *Tx) unsee(section string) error {
	_, err := tx.exec(deleteSeen, section)
	return err
}
