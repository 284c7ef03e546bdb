package publish

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"time"
	"unicode"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// How far apart the versions of a story may be. Updates follow within hours, over
// midnight too; corrections within days; and the same title a day later may as
// well head the next story of a row, so that then the text must be the same too.
const (
	sameStory     = 36 * time.Hour
	laterVersion  = 4 * 24 * time.Hour
	laterAnything = 14 * 24 * time.Hour // of corrections, repeats and kills
)

// A candidate is an entry of which a document may be a version.
type candidate struct {
	record ledger.Record
	rank   int    // of the version that it shows
	why    string // it is taken for the story, if its name does not tell
}

// headOf finds the entry that a document is a version of: one of the two says that
// it is a later one, they have the same title or the same slug of AP, are in one
// section or of one agency, and close in time. A document that says so itself is
// also known by its text.
func (r *run) headOf(ctx context.Context, tx *ledger.Tx, rd *reading, id string) (head candidate, found bool, err error) {
	candidates, err := r.candidates(ctx, tx, rd, id)
	if err != nil {
		return head, false, err
	}
	best := time.Duration(-1)
	for _, c := range candidates {
		apart, fits := r.fits(ctx, rd, c)
		if fits && (best < 0 || apart < best) {
			head, best = c, apart
		}
	}
	if best >= 0 {
		return head, true, nil
	}
	return r.retitled(ctx, tx, rd, id)
}

// candidates returns the entries that have a name of a document.
func (r *run) candidates(ctx context.Context, tx *ledger.Tx, rd *reading, id string) ([]candidate, error) {
	entry := &rd.entry
	title := nameOf(entry.Title)
	slug := uint64(0)
	if strings.Contains(entry.Slug, "--") { // that of AP is a story's own; those of others name a subject
		slug = slugName(entry.Slug)
	}
	ids, err := r.named(ctx, tx, rd, id, title, slug)
	if err != nil {
		return nil, err
	}
	for _, name := range stems(entry.Revision) {
		record, found, err := tx.ByPath(ctx, name)
		if err != nil {
			return nil, err
		}
		if found && record.ID != id {
			ids = append(ids, record.ID)
		}
	}
	if !entry.Revision.IsZero() {
		from, to := r.around(rd)
		titles, err := tx.Titles(ctx, entry.Section, from, to)
		if err != nil {
			return nil, err
		}
		for _, t := range titles {
			if nameOf(t.Title) == title && t.ID != id {
				ids = append(ids, t.ID)
			}
		}
	}
	return candidatesOf(ctx, tx, ids)
}

// named returns the ids of the entries that show a version with a title or a slug,
// in the section of a document or of its agency.
func (r *run) named(ctx context.Context, tx *ledger.Tx, rd *reading, id string, title, slug uint64) ([]string, error) {
	versions, err := tx.VersionsNamed(ctx, title, slug)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, v := range versions {
		if v.Kill != "" || v.ID == id || v.Title == 0 {
			continue
		}
		record, found, err := tx.ByID(ctx, v.ID)
		if err != nil {
			return nil, err
		}
		if found && (record.Section == rd.entry.Section || v.Agency != "" && v.Agency == rd.entry.Agency) {
			ids = append(ids, cmp.Or(v.Head, v.ID))
		}
	}
	return ids, nil
}

// candidatesOf returns the entries of ids, each once.
func candidatesOf(ctx context.Context, tx *ledger.Tx, ids []string) ([]candidate, error) {
	var found []candidate
	seen := map[string]bool{}
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		record, ok, err := tx.ByID(ctx, id)
		if err != nil {
			return nil, err
		}
		if !ok || record.Status != feed.Live && record.Status != feed.Withdrawn {
			continue
		}
		rank, err := rankOf(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		found = append(found, candidate{record: record, rank: rank})
	}
	return found, nil
}

// around is the span of time in which versions of a document may have been
// published.
func (r *run) around(rd *reading) (from, to time.Time) {
	at := r.dated(rd)
	return at.Add(-laterAnything), at.Add(laterVersion)
}

// dated is when a document was published, as far as that is known.
func (r *run) dated(rd *reading) time.Time {
	if at := rd.entry.Published.Time; !at.IsZero() && !at.After(r.now) {
		return at
	}
	return r.now
}

// fits reports whether a document and the one of an entry, which have a name in
// common, are versions of one story, and how far apart they are in time.
func (r *run) fits(ctx context.Context, rd *reading, c candidate) (apart time.Duration, ok bool) {
	revision := rd.entry.Revision
	if revision.IsZero() && c.rank == 0 {
		return 0, false
	}
	apart = r.dated(rd).Sub(c.record.Published).Abs()
	most := laterVersion
	if revision.Kind != feed.Update && !revision.IsZero() {
		most = laterAnything
	}
	switch {
	case apart > most:
		return apart, false
	case revision.ByName || revision.IsZero() && isBesideStem(rd.file.Path, c.record.Path):
	case apart <= sameStory:
		return apart, true
	}
	return apart, r.compareText(ctx, rd, c.record).alike()
}

// nameOf returns the digest by which a title, or a slug, is found.
func nameOf(name string) uint64 {
	sum := sha256.Sum256([]byte(foldName(name)))
	return binary.BigEndian.Uint64(sum[:8])
}

// slugName is that of a slug, or 0 where there is none.
func slugName(slug string) uint64 {
	if foldName(slug) == "" {
		return 0
	}
	return nameOf("slug " + slug)
}

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }

// samePlace reports whether two datelines are of one place: "GENOA, Italy" and
// "Genoa".
func samePlace(a, b string) bool {
	a, _, _ = strings.Cut(a, ",")
	b, _, _ = strings.Cut(b, ",")
	return foldName(a) != "" && foldName(a) == foldName(b)
}
