package ledger

import (
	"context"
	"database/sql"
	"iter"
	"math"
	"time"
)

// A Heading is what a link to an entry is made of.
type Heading struct {
	ID        string
	Title     string
	Address   string
	Published time.Time
}

// headingsAtOnce is how many rows of [Reader.Headings] are read in one step.
const headingsAtOnce = 1024

// Headings returns the public entries of the whole site in the order of
// [feed.Newest]: the neighbours of each are those before and after it. Where all
// are wanted it is far cheaper than [Reader.Around]. It asks in several steps, and
// the ledger may be written between: outside an update, hold the lock where
// another process may do so.
func (r Reader) Headings(ctx context.Context) iter.Seq2[Heading, error] {
	return func(yield func(Heading, error) bool) {
		published, id := int64(math.MaxInt64), ""
		for {
			step := make([]Heading, 0, headingsAtOnce)
			err := r.each(ctx, selectHeadings, []any{published, id, headingsAtOnce}, func(rows *sql.Rows) error {
				var h Heading
				err := rows.Scan(&h.ID, &h.Title, &h.Address, &published)
				h.Published = time.UnixMilli(published).UTC()
				step, id = append(step, h), h.ID
				return err
			})
			if err != nil {
				yield(Heading{}, err)
				return
			}
			for _, h := range step {
				if !yield(h, nil) {
					return
				}
			}
			if len(step) < headingsAtOnce {
				return
			}
		}
	}
}

// Around returns the neighbours of a record among the public entries of the
// whole site, in the order of [feed.Newest]: the one that follows it there, and
// the one that it follows. The record need not be public: its place is given by
// its Published and ID.
func (r Reader) Around(ctx context.Context, rec Record) (older, newer Record, hasOlder, hasNewer bool, err error) {
	near, err := r.records(ctx, selectAround, rec.Published.UnixMilli(), rec.ID)
	if err != nil {
		return Record{}, Record{}, false, false, err
	}
	// As the ledger keeps it, so that what it gives can be compared with it.
	rec.Published = time.UnixMilli(rec.Published.UnixMilli())
	for _, n := range near {
		switch order := newest(rec, n); {
		case order < 0 && (!hasOlder || newest(n, older) < 0):
			older, hasOlder = n, true
		case order > 0 && (!hasNewer || newest(n, newer) > 0):
			newer, hasNewer = n, true
		}
	}
	return older, newer, hasOlder, hasNewer, nil
}

// Tombstones returns the records of a section, or below it ("" is all), that
// were public and are withdrawn or gone, and whose Updated, which is when that
// happened, is not before since; the latest first, and those of one instant by
// id.
func (r Reader) Tombstones(ctx context.Context, section string, since time.Time) ([]Record, error) {
	return r.records(ctx, selectTombstones, append(tree(section), since.UnixMilli())...)
}
