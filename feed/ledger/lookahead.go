package ledger

import (
	"context"
	"database/sql"
	"path"
	"slices"
	"strconv"
	"strings"

	"seedfeed/feed"
)

// Keys are what an update will ask for, each by one question if it must.
type Keys struct {
	IDs       []string
	Paths     []string
	Addresses []string
	Digests   [][32]byte
}

// An absence is what is known not to be in the ledger. Of most of what is new
// nothing is there, and each question that need not be asked is a good part of
// what it costs to keep a record.
type absence struct {
	ids, paths, addresses map[string]bool
	digests               map[[32]byte]bool
}

// LookAhead asks for many keys at once. What of them is not there is remembered,
// so that neither [Tx.ByID], [Tx.ByPath], [Tx.ByDigest] and [Tx.AddressTaken] nor
// [Tx.Put] ask for it again. It changes no answer.
func (tx *Tx) LookAhead(keys Keys) error {
	a := absence{ids: setOf(keys.IDs), paths: setOf(keys.Paths), addresses: setOf(keys.Addresses), digests: setOf(keys.Digests)}
	delete(a.ids, "")
	delete(a.addresses, "")
	if err := withoutKnown(tx, a.ids, selectIDsAmong, nil); err != nil {
		return err
	}
	if err := withoutKnown(tx, a.addresses, selectAddressesAmong, nil); err != nil {
		return err
	}
	if err := tx.absentDigests(a.digests); err != nil {
		return err
	}
	if err := tx.absentPaths(a.paths); err != nil {
		return err
	}
	tx.absent = a
	return nil
}

func setOf[K comparable](keys []K) map[K]bool {
	set := make(map[K]bool, len(keys))
	for _, key := range keys {
		set[key] = true
	}
	return set
}

// withoutKnown takes out of a set what a question finds of it. args come before
// the keys.
func withoutKnown(tx *Tx, set map[string]bool, query string, args []any) error {
	keys := make([]any, 0, len(set))
	for key := range set {
		keys = append(keys, key)
	}
	return tx.among(query, args, keys, func(rows *sql.Rows) error {
		var key string
		err := rows.Scan(&key)
		delete(set, key)
		return err
	})
}

func (tx *Tx) absentDigests(digests map[[32]byte]bool) error {
	keys := make([]any, 0, len(digests))
	for sum := range digests {
		keys = append(keys, sum[:8:8])
	}
	return tx.among(selectDigestsAmong, nil, keys, func(rows *sql.Rows) error {
		var sum [32]byte
		err := rows.Scan(digest{sum[:]})
		delete(digests, sum)
		return err
	})
}

// absentPaths asks for the paths of each section: those of documents that are
// there, and of those that are gone.
func (tx *Tx) absentPaths(paths map[string]bool) error {
	bySection := map[string]map[string]bool{}
	for p := range paths {
		section := feed.SectionOf(p)
		if bySection[section] == nil {
			bySection[section] = map[string]bool{}
		}
		bySection[section][path.Base(p)] = true
	}
	for section, names := range bySection {
		for _, query := range []string{selectNamesAmong, selectGoneNamesAmong} {
			if err := withoutKnown(tx, names, query, []any{section}); err != nil {
				return err
			}
		}
	}
	for p := range paths {
		if !bySection[feed.SectionOf(p)][path.Base(p)] {
			delete(paths, p)
		}
	}
	return nil
}

// among asks for many keys. The question names the first of them, after the
// parameters that come before.
func (tx *Tx) among(query string, args, keys []any, each func(*sql.Rows) error) error {
	for len(keys) > 0 {
		n := sizeFor(len(keys))
		some := slices.Concat(args, keys[:min(n, len(keys))])
		for len(some) < len(args)+n {
			some = append(some, keys[len(keys)-1])
		}
		if err := tx.each(tx.ctx, manyKeys(query, len(args)+1, n), some, each); err != nil {
			return err
		}
		keys = keys[min(n, len(keys)):]
	}
	return nil
}

// sizeFor is how many keys, or rows, a statement has for up to n of them: of a few
// sizes, so that few statements are prepared.
func sizeFor(n int) int {
	switch {
	case n == 1:
		return 1
	case n <= 8:
		return 8
	}
	return 64
}

// manyKeys makes a statement that ends in IN ($first) one of n keys.
func manyKeys(query string, first, n int) string {
	var b strings.Builder
	b.WriteString(strings.TrimSuffix(query, ")"))
	for i := first + 1; i < first+n; i++ {
		b.WriteString(", $" + strconv.Itoa(i))
	}
	return b.String() + ")"
}

// The questions of an update about what LookAhead has found not to be there are
// answered without asking.

// ByID is [Reader.ByID].
func (tx *Tx) ByID(ctx context.Context, id string) (Record, bool, error) {
	if tx.absent.ids[id] {
		return Record{}, false, nil
	}
	return tx.Reader.ByID(ctx, id)
}

// ByPath is [Reader.ByPath].
func (tx *Tx) ByPath(ctx context.Context, docPath string) (Record, bool, error) {
	if tx.absent.paths[docPath] {
		return Record{}, false, nil
	}
	return tx.Reader.ByPath(ctx, docPath)
}

// ByDigest is [Reader.ByDigest].
func (tx *Tx) ByDigest(ctx context.Context, digest [32]byte) ([]Record, error) {
	if tx.absent.digests[digest] {
		return nil, nil
	}
	return tx.Reader.ByDigest(ctx, digest)
}

// AddressTaken is [Reader.AddressTaken].
func (tx *Tx) AddressTaken(ctx context.Context, address string) (id string, taken bool, err error) {
	if tx.absent.addresses[address] {
		return "", false, nil
	}
	return tx.Reader.AddressTaken(ctx, address)
}

// VersionOf is [Reader.VersionOf]. What is no record is no version.
func (tx *Tx) VersionOf(ctx context.Context, id string) (Version, bool, error) {
	if tx.absent.ids[id] {
		return Version{}, false, nil
	}
	return tx.Reader.VersionOf(ctx, id)
}

// lacks reports whether nothing stands in the way of a new record.
func (a *absence) lacks(rec Record) bool {
	return a.ids[rec.ID] && a.paths[rec.Path] && (rec.Address == "" || a.addresses[rec.Address])
}

// forget takes what a record has out of what is not there.
func (a *absence) forget(rec Record) {
	delete(a.ids, rec.ID)
	delete(a.paths, rec.Path)
	delete(a.addresses, rec.Address)
	delete(a.digests, rec.Digest)
}
