package ledger

import (
	"database/sql"
	"fmt"
	"path"
	"time"

	"seedfeed/feed"
)

// A Record is what the ledger knows of an entry.
type Record struct {
	ID      string // the key: an absolute IRI, kept for ever
	Path    string // of the document; the last one when it is gone
	Section string // the folder of Path; set when read, taken from Path when put
	Address string // of the page; kept for ever; "" for a held entry that has none yet
	Title   string

	Digest  [32]byte  // SHA-256 of the document's bytes
	Meaning [16]byte  // of a digest of the visible text, title and links: when it moves, Updated does
	Size    int64     // of the file as last read, in bytes
	ModTime time.Time // of the file as last read
	Sketch  [24]byte  // of the text, to know it again when it was edited; zero when it is not known

	FirstSeen time.Time // when the document was first read
	Published time.Time
	Updated   time.Time
	DayOnly   bool // only the day of Published is known
	Inferred  bool // the day or the year of Published is a guess

	Status  feed.Status
	Reason  string    // why it is not live, for people
	Until   time.Time // when a held entry becomes live; zero when that is not known
	WasLive bool      // it is, or has been, public; once true, it stays
	Pending bool      // its page may not be in out/ as it should
}

// A State is the part of a record that tells whether a file has changed.
type State struct {
	ID      string
	Path    string
	Address string    // of the page, "" when it has none yet
	Size    int64     // in bytes
	ModTime time.Time // to the millisecond
	Status  feed.Status
	Pending bool
}

// Unchanged reports whether a file of this size and time is still the file
// that was read, as far as the precision of the ledger goes.
func (s State) Unchanged(size int64, modTime time.Time) bool {
	return s.Size == size && s.ModTime.UnixMilli() == modTime.UnixMilli()
}

// A SectionCount tells how many public entries lie in a section, those in the
// sections below it aside.
type SectionCount struct {
	Section string
	Live    int // never 0
}

// A File is a file in out/ that the program wrote.
type File struct {
	Digest  [32]byte // SHA-256
	Size    int64    // in bytes
	ModTime time.Time
}

// A Filter chooses records. The zero Filter chooses all.
type Filter struct {
	Section string        // in this section or below it; "" for all
	Status  []feed.Status // of one of these; none for all
}

// statuses are those that a record may have.
var statuses = [...]feed.Status{feed.Live, feed.Held, feed.Expired, feed.Withdrawn, feed.Gone}

// row is what *sql.Row and *sql.Rows share.
type row interface{ Scan(dest ...any) error }

// scan reads the columns of a record.
func (r *Record) scan(from row) error {
	var name string
	var until sql.Null[int64]
	err := from.Scan(&r.ID, &r.Section, &name, &r.Address, &r.Title,
		digest{r.Digest[:]}, beginning{r.Meaning[:]},
		&r.Size, instant{&r.ModTime}, instant{&r.FirstSeen}, instant{&r.Published}, instant{&r.Updated}, &until,
		&r.Status, &r.Reason, &r.DayOnly, &r.Inferred, &r.WasLive, &r.Pending, sketch{r.Sketch[:]})
	if err != nil {
		return err
	}
	r.Path = path.Join(r.Section, name)
	r.Until = fromNull(until)
	return nil
}

// args returns the values of a record's columns.
func (r *Record) args() []any {
	return []any{r.ID, r.Section, path.Base(r.Path), r.Address, r.Title, r.Digest[:], r.Meaning[:],
		r.Size, r.ModTime.UnixMilli(), r.FirstSeen.UnixMilli(), r.Published.UnixMilli(), r.Updated.UnixMilli(), toNull(r.Until),
		string(r.Status), r.Reason, r.DayOnly, r.Inferred, r.WasLive, r.Pending, sketched(r.Sketch)}
}

// kept returns the record as the ledger will give it back.
func (r Record) kept() Record {
	r.Section = feed.SectionOf(r.Path)
	for _, t := range []*time.Time{&r.ModTime, &r.FirstSeen, &r.Published, &r.Updated, &r.Until} {
		*t = time.UnixMilli(t.UnixMilli()).UTC()
	}
	return r
}

// A digest scans bytes into an array of the same length.
type digest struct{ into []byte }

func (d digest) Scan(src any) error {
	b, ok := src.([]byte)
	if !ok || len(b) != len(d.into) {
		return fmt.Errorf("%d bytes for a digest of %d", len(b), len(d.into))
	}
	copy(d.into, b)
	return nil
}

// A beginning scans the first bytes of a digest, of which older versions of the
// ledger keep all.
type beginning struct{ into []byte }

func (b beginning) Scan(src any) error {
	whole, ok := src.([]byte)
	if !ok || len(whole) < len(b.into) {
		return fmt.Errorf("%d bytes for the first %d of a digest", len(whole), len(b.into))
	}
	copy(b.into, whole)
	return nil
}

// A sketch scans bytes into an array of the same length, and leaves it as it is
// where there are none: a ledger of an older version has no sketches yet.
type sketch struct{ into []byte }

func (s sketch) Scan(src any) error {
	if src == nil {
		return nil
	}
	return digest(s).Scan(src)
}

// sketched returns the bytes of a sketch, or null for the zero one.
func sketched(s [24]byte) any {
	if s == [24]byte{} {
		return nil
	}
	return s[:]
}

// An instant scans milliseconds into a time. The zero time is the first
// instant of the year 1 there and here, and needs no care.
type instant struct{ into *time.Time }

func (i instant) Scan(src any) error {
	ms, ok := src.(int64)
	if !ok {
		return fmt.Errorf("%T for a time", src)
	}
	*i.into = time.UnixMilli(ms).UTC()
	return nil
}

// toNull returns the milliseconds of a time, or null for the zero time.
func toNull(t time.Time) sql.Null[int64] {
	return sql.Null[int64]{V: t.UnixMilli(), Valid: !t.IsZero()}
}

func fromNull(ms sql.Null[int64]) time.Time {
	if !ms.Valid {
		return time.Time{}
	}
	return time.UnixMilli(ms.V).UTC()
}
