package ledger

import (
	"context"
	"database/sql"
	"time"
)

// A Version is what is known of a document as one of the versions of a story. It
// says by which names the others find it.
type Version struct {
	ID     string // of the document's record
	Rank   int    // a greater one is later; 0 for a document that says nothing of a version
	Head   string // the id of the entry that shows a later version, or ""
	Title  uint64 // the first bytes of a digest of its words
	Slug   uint64 // likewise; 0 for none
	Agency string

	// Kill is set for an advisory that has not found yet what it takes back, the
	// story of its Title or Slug: the order, as the caller encoded it.
	Kill string
}

// VersionOf returns what is known of the versions of a record.
func (r Reader) VersionOf(ctx context.Context, id string) (Version, bool, error) {
	found, err := r.versions(ctx, selectVersionOf, id)
	if err != nil || len(found) == 0 {
		return Version{}, false, err
	}
	return found[0], true, nil
}

// VersionsNamed returns the versions that have a title, or a slug that is not 0,
// sorted by id.
func (r Reader) VersionsNamed(ctx context.Context, title, slug uint64) ([]Version, error) {
	return r.versions(ctx, selectVersionsNamed, int64(title), int64(slug))
}

// VersionsBelow returns the versions that an entry shows a later one of, sorted
// by id.
func (r Reader) VersionsBelow(ctx context.Context, head string) ([]Version, error) {
	return r.versions(ctx, selectVersionsBelow, head)
}

// HasVersions reports whether anything is known of versions at all.
func (r Reader) HasVersions(ctx context.Context) (bool, error) {
	var id string
	return r.one(ctx, selectAnyVersion, nil, &id)
}

func (r Reader) versions(ctx context.Context, query string, args ...any) ([]Version, error) {
	var all []Version
	err := r.each(ctx, query, args, func(rows *sql.Rows) error {
		var v Version
		var title, slug int64
		err := rows.Scan(&v.ID, &v.Rank, &v.Head, &title, &slug, &v.Agency, &v.Kill)
		v.Title, v.Slug = uint64(title), uint64(slug)
		all = append(all, v)
		return err
	})
	return all, err
}

// A Titled is the title of a public entry, with what its text is known by.
type Titled struct {
	ID, Title string
	Sketch    [24]byte // zero when it is not known
}

// Titles returns the titles of what is public in a section, those below it aside,
// and was published in a span of time, newest first.
func (r Reader) Titles(ctx context.Context, section string, from, to time.Time) ([]Titled, error) {
	var all []Titled
	err := r.each(ctx, selectTitles, []any{from.UnixMilli(), to.UnixMilli(), section}, func(rows *sql.Rows) error {
		var t Titled
		err := rows.Scan(&t.ID, &t.Title, sketch{t.Sketch[:]})
		all = append(all, t)
		return err
	})
	return all, err
}

// PutVersion keeps what is known of the versions of a record.
func (tx *Tx) PutVersion(v Version) error {
	_, err := tx.exec(upsertVersion, v.ID, v.Rank, v.Head, int64(v.Title), int64(v.Slug), v.Agency, v.Kill)
	return err
}

// DropVersion forgets it.
func (tx *Tx) DropVersion(id string) error {
	_, err := tx.exec(deleteVersion, id)
	return err
}
