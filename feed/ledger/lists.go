package ledger

import (
	"context"
	"database/sql"
	"time"
)

// A List is a set of entries that has a feed beside those of the sections: what
// has one tag, is by one author, or in one language.
type List struct {
	Kind  string // "tag", "author", "language"
	Key   string // a name that is safe in a path: with Kind, the address of the list
	Title string // as people see it
}

// A ListCount tells how many public entries are in a list, and when that last
// changed.
type ListCount struct {
	List
	Live int // 0 when nothing in it is public any more

	// Changed is the latest Updated of the entries in it that are, or were,
	// public, and of those that left it, as it was when they did.
	Changed time.Time
}

// Lists returns the lists that something public is or was in, in the order of
// kind and key. A list of drafts alone does not show.
func (r Reader) Lists(ctx context.Context) ([]ListCount, error) {
	var counts []ListCount
	err := r.each(ctx, selectLists, nil, func(rows *sql.Rows) error {
		var c ListCount
		var changed sql.Null[int64]
		err := rows.Scan(&c.Kind, &c.Key, &c.Title, &c.Live, &changed)
		c.Changed = fromNull(changed)
		counts = append(counts, c)
		return err
	})
	return counts, err
}

// ListsOf returns the lists that an entry is in, public or not, in the order of
// kind and key.
func (r Reader) ListsOf(ctx context.Context, id string) ([]List, error) {
	var lists []List
	err := r.each(ctx, selectListsOf, []any{id}, func(rows *sql.Rows) error {
		var list List
		err := rows.Scan(&list.Kind, &list.Key, &list.Title)
		lists = append(lists, list)
		return err
	})
	return lists, err
}

// LatestIn returns the n public entries of a list that were published last, in
// the order of [feed.Newest].
func (r Reader) LatestIn(ctx context.Context, kind, key string, n int) ([]Record, error) {
	if n <= 0 {
		return nil, nil
	}
	return r.records(ctx, selectLatestIn, kind, key, n)
}
