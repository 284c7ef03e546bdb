package publish

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// A match tells which record a document belongs to.
type match struct {
	record  ledger.Record // with its id; the rest is empty when it is fresh
	fresh   bool          // nothing was known of the document
	renamed bool          // it was known at another path
	from    string        // that path, if it was renamed
	waits   bool          // it has changed since the run began: the next one takes it
	refused string        // why it is not to be published, or ""
	revised bool          // it takes the place of another version of its story
	head    string        // the id of the entry that shows a later version, or ""
}

// identify finds the record of a document: the id that the document states, then
// what was found out for all documents together (see resolve), then the record at
// its path. A document that fits none of them gets a new id, unless its bytes, or
// its path, are those of one that is gone.
func (r *run) identify(ctx context.Context, tx *ledger.Tx, rd *reading) (match, error) {
	c, claimed := r.claims[rd.file.Path]
	switch {
	case claimed && c.digest != rd.digest:
		return match{waits: true}, nil
	case c.refused != "":
		return match{refused: c.refused}, nil
	case rd.entry.ID != "":
		return r.byStatedID(ctx, tx, rd, iri(r.authority(), rd.entry.ID))
	case c.id != "":
		record, _, err := tx.ByID(ctx, c.id)
		return match{record: record, renamed: true, from: c.from}, err
	case claimed:
		return r.renewed(ctx, tx, rd, c)
	}
	record, found, err := tx.ByPath(ctx, rd.file.Path)
	if err != nil {
		return match{}, err
	}
	if found && record.Status != feed.Gone {
		return match{record: record}, nil
	}
	return r.byGone(ctx, tx, rd, record, found)
}

// byGone finds the record of a document that is new to its path: one that was
// deleted and is back. last is the record that was last at its path, if any was.
func (r *run) byGone(ctx context.Context, tx *ledger.Tx, rd *reading, last ledger.Record, found bool) (match, error) {
	same, err := tx.ByDigest(ctx, rd.digest)
	if err != nil {
		return match{}, err
	}
	for _, other := range same {
		if other.Status != feed.Gone {
			return match{refused: copyOf(other.Path)}, nil
		}
	}
	if len(same) > 0 {
		return returned(same, rd.file.Path), nil
	}
	if found && !r.compareText(ctx, rd, last).other() {
		return match{record: last, fresh: true}, nil
	}
	if record, found, err := r.byPastText(ctx, tx, rd); err != nil || found {
		return match{record: record, fresh: true}, err
	}
	return r.mint(ctx, tx, rd.file.Path)
}

// renewed returns the match of a document that is another one than was at its
// path: one that is back, or a new one.
func (r *run) renewed(ctx context.Context, tx *ledger.Tx, rd *reading, c claim) (match, error) {
	same, err := tx.ByDigest(ctx, rd.digest)
	if err != nil {
		return match{}, err
	}
	same = slices.DeleteFunc(same, func(other ledger.Record) bool { return other.Status != feed.Gone })
	if len(same) > 0 && !c.barred {
		return returned(same, rd.file.Path), nil
	}
	m, err := r.mint(ctx, tx, rd.file.Path)
	if c.barred {
		m.record.Status, m.record.Reason = feed.Withdrawn, c.why
	}
	return m, err
}

// returned returns the match of a document that is back, with its bytes: that
// which was at its path, if one of them was.
func returned(same []ledger.Record, path string) match {
	at := max(0, slices.IndexFunc(same, func(other ledger.Record) bool { return other.Path == path }))
	return match{record: same[at], fresh: true}
}

func copyOf(path string) string {
	return "is a copy of " + path + ", which is published already; delete one of the two"
}

// byStatedID finds the record of a document that states its id. Two documents
// can not have one id: the one that came first has it.
func (r *run) byStatedID(ctx context.Context, tx *ledger.Tx, rd *reading, id string) (match, error) {
	record, found, err := tx.ByID(ctx, id)
	if err != nil {
		return match{}, err
	}
	from, moves := record.Path, false
	if c := r.claims[rd.file.Path]; found && c.id == id {
		from, moves = c.from, true
	}
	moved := found && record.Path != rd.file.Path
	switch {
	case moved && record.Status != feed.Gone && !r.without(id):
		return match{refused: "states the id of " + record.Path + "; give it another one"}, nil
	case moved && record.Status != feed.Gone:
		moves = true
		r.moved[id] = true
	}
	if err := r.endOther(ctx, tx, rd, id); err != nil {
		return match{}, err
	}
	if !found {
		record.ID = id
	}
	return match{record: record, fresh: !found || record.Status == feed.Gone, renamed: moves, from: from}, nil
}

// endOther ends the entry that had the path of a document before the document
// stated another id.
func (r *run) endOther(ctx context.Context, tx *ledger.Tx, rd *reading, id string) error {
	other, found, err := tx.ByPath(ctx, rd.file.Path)
	if err != nil || !found || other.ID == id || other.Status == feed.Gone {
		return err
	}
	return r.end(ctx, tx, other, "its document states another id")
}

// iri makes an IRI of an id that a document states: one that is absolute stays
// as it is, any other is a name below the publisher's authority.
func iri(authority, stated string) string {
	const forbidden = " \t\r\n<>\"{}|\\^`" // in an IRI (RFC 3987, 2.2)
	u, err := url.Parse(stated)
	if err == nil && u.IsAbs() && u.Opaque+u.Host+u.Path != "" && !strings.ContainsAny(stated, forbidden) {
		return stated
	}
	return feed.NewID(authority, "id:"+stated)
}

// mint gives a document a new id. Where the id of its path belongs to an entry
// that has moved on to another path, the path's next one is taken.
func (r *run) mint(ctx context.Context, tx *ledger.Tx, path string) (match, error) {
	for name := path; ; name += "#" {
		id := feed.NewID(r.authority(), name)
		_, taken, err := tx.ByID(ctx, id)
		if err != nil {
			return match{}, err
		}
		if !taken {
			return match{record: ledger.Record{ID: id}, fresh: true}, nil
		}
	}
}

// isMissing reports whether the document of a record was not found in this run,
// nor at another path yet.
func (r *run) isMissing(id string) bool {
	_, missing := r.missing[id]
	return missing && !r.moved[id]
}

// without reports whether the document of a record was not found at its path.
func (r *run) without(id string) bool {
	_, missing := r.missing[id]
	return missing
}
