package publish

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// The brake holds when more than a share of the public entries would vanish or
// change their date or id in one run, and more than a few.
const (
	defaultBrake = 20 // percent of the public entries
	fewChanges   = 10
)

// A Braked is the error of a run that would change too much at once: most
// likely a folder was not mounted, or a program has touched all documents.
// Nothing is published, the feeds stay as they are, and each run says so again
// until the documents are back or [Publisher.Approve] lets the change pass.
type Braked struct {
	Live    int      // entries that are public
	Total   int      // that would change
	Changes []string // the first of them, a line each: "news/a.txt would vanish"

	// Loss tells what was lost of a damaged ledger, in which withdrawals may have
	// stood; "" for none. The numbers above are 0 then.
	Loss string
}

// Error tells how many entries would change, and the first of them.
func (b *Braked) Error() string {
	if b.Loss != "" {
		return b.Loss + ": what was withdrawn could come back, so nothing is published"
	}
	text := fmt.Sprintf("%d of %d public entries would change at once, so nothing is published: %s", b.Total, b.Live, strings.Join(b.Changes, "; "))
	if more := b.Total - len(b.Changes); more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	return text
}

// shownChanges is how many changes a message names.
const shownChanges = 5

// tooMany reports whether so many entries are more than a run may change.
func (r *run) tooMany(n, live int) bool {
	share := r.Brake
	if share == 0 {
		share = defaultBrake
	}
	switch {
	case share < 0 || n == 0:
		return false
	case n >= live:
		return true
	}
	return n > fewChanges && n*100 > live*share
}

// live is how many entries are public.
func (r *run) live(ctx context.Context) (int, error) {
	n := 0
	counts, err := r.Ledger.Sections(ctx)
	for _, c := range counts {
		n += c.Live
	}
	return n, err
}

// brakeChanges stops a run in which too many public entries would vanish, give
// their place to another story, be held, or get another date or id. It reads the
// documents for it, without a word to the ledger, if there are enough of them to
// matter.
func (r *run) brakeChanges(ctx context.Context) error {
	live, err := r.live(ctx)
	if err != nil {
		return err
	}
	changes, err := r.vanishing(ctx)
	if err != nil {
		return err
	}
	var known []work
	for _, item := range r.work {
		if item.known {
			known = append(known, item)
		}
	}
	if !r.tooMany(len(known)+len(changes), live) {
		return nil
	}
	for items := range slices.Chunk(known, batch) {
		readings, err := r.readAll(ctx, items)
		if err != nil {
			return err
		}
		for i := range readings {
			change, err := r.difference(ctx, &readings[i])
			if err != nil {
				return err
			}
			if change != "" {
				changes = append(changes, change)
			}
		}
	}
	return r.brake(ctx, changes, live)
}

// vanishing tells which public entries have no document any more.
func (r *run) vanishing(ctx context.Context) ([]string, error) {
	var changes []string
	for id, state := range r.missing {
		if !r.moved[id] && state.Status == feed.Live {
			changes = append(changes, state.Path+" would vanish")
		}
	}
	for id, reason := range r.displaced {
		record, _, err := r.Ledger.ByID(ctx, id)
		if err != nil {
			return nil, err
		}
		if record.Status == feed.Live {
			changes = append(changes, record.Path+" would vanish: "+reason)
		}
	}
	return changes, nil
}

// difference tells what a document would change of its public entry, or "".
func (r *run) difference(ctx context.Context, rd *reading) (string, error) {
	if rd.err != nil {
		return "", nil //nolint:nilerr // what can not be read changes nothing
	}
	record, found, err := r.recordOf(ctx, rd.file.Path)
	if err != nil || !found || record.Status != feed.Live {
		return "", err
	}
	if rd.entry.ID != "" && iri(r.authority(), rd.entry.ID) != record.ID {
		return record.Path + " would get another id", nil
	}
	if err := r.approve(ctx, r.Ledger.Reader, rd, record.ID); err != nil {
		return "", err
	}
	before := record.Published
	r.datePublished(&rd.entry, &record, rd.file.ModTime, false)
	switch {
	case rd.entry.Status != feed.Live:
		return record.Path + " would be held", nil
	case !record.Published.Equal(before):
		return fmt.Sprintf("%s would move from %s to %s", record.Path, before.Format("2006-01-02 15:04"), record.Published.Format("2006-01-02 15:04")), nil
	}
	return "", nil
}

// recordOf returns the record that a document will have.
func (r *run) recordOf(ctx context.Context, path string) (ledger.Record, bool, error) {
	if c, claimed := r.claims[path]; claimed {
		return r.Ledger.ByID(ctx, c.id)
	}
	return r.Ledger.ByPath(ctx, path)
}

// brake ends the run if the changes are too many and nobody has approved them.
func (r *run) brake(ctx context.Context, changes []string, live int) error {
	if !r.tooMany(len(changes), live) {
		return nil
	}
	slices.Sort(changes)
	braked := &Braked{Live: live, Total: len(changes), Changes: changes[:min(len(changes), shownChanges)]}
	return r.stop(ctx, braked, strings.Join(changes, "\n"))
}

// stop ends the run at a change, unless exactly that was approved.
func (r *run) stop(ctx context.Context, braked *Braked, change string) error {
	sum := sha256.Sum256([]byte(change))
	digest := hex.EncodeToString(sum[:])
	approved, err := r.Ledger.Meta(ctx, metaApproved)
	if err != nil || approved == digest {
		return err
	}
	note, err := json.Marshal(brakeNote{Digest: digest, Braked: braked})
	if err != nil {
		return err
	}
	if err := r.Ledger.Update(ctx, func(tx *ledger.Tx) error { return tx.SetMeta(metaBrake, string(note)) }); err != nil {
		return err
	}
	return braked
}

// A brakeNote is what the ledger keeps of a run that was stopped.
type brakeNote struct {
	Digest string
	Braked *Braked
}

// Approve lets exactly the change pass that the last run stopped at, and
// returns it. nil means that no run was stopped.
func (p *Publisher) Approve(ctx context.Context) (*Braked, error) {
	text, err := p.Ledger.Meta(ctx, metaBrake)
	if err != nil || text == "" {
		return nil, err
	}
	var note brakeNote
	if err := json.Unmarshal([]byte(text), &note); err != nil {
		return nil, err
	}
	return note.Braked, p.Ledger.Update(ctx, func(tx *ledger.Tx) error { return tx.SetMeta(metaApproved, note.Digest) })
}
