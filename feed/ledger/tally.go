package ledger

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"time"

	"seedfeed/feed"
)

// A tally is how a section, a list or a month has changed in an update. What
// the ledger keeps of each lets it count and date a million entries without
// reading them.
type tally struct {
	present, live int
	raised        time.Time // the greatest updated that came
	lowered       time.Time // the greatest updated that went, with none as great in its place
}

// tallyOf returns that of a key.
func tallyOf[K comparable](tallies map[K]*tally, key K) *tally {
	t := tallies[key]
	if t == nil {
		t = &tally{}
		tallies[key] = t
	}
	return t
}

// add adds a record, or takes it out.
func (t *tally) add(rec Record, by int) {
	if rec.Status != feed.Gone {
		t.present += by
	}
	if rec.Status == feed.Live {
		t.live += by
	}
	if by > 0 && rec.WasLive && rec.Updated.After(t.raised) {
		t.raised = rec.Updated
	}
}

// lower notes that the last change may have gone with a record.
func (t *tally) lower(rec Record) {
	if rec.WasLive && rec.Updated.After(t.lowered) {
		t.lowered = rec.Updated
	}
}

// falls reports whether the last change must be looked for.
func (t *tally) falls() bool {
	return !t.lowered.IsZero() && !t.lowered.Before(t.raised)
}

// count adds a record to its section and its month, or takes it out.
func (tx *Tx) count(rec Record, by int) {
	tallyOf(tx.sections, rec.Section).add(rec, by)
	if rec.Address != "" {
		tx.pages[path.Dir(rec.Address)] = true
	}
	if rec.WasLive {
		tallyOf(tx.months, monthOf(rec.Published)).add(rec, by)
	}
}

// lower notes where the last change may have gone when one record takes the
// place of another.
func (tx *Tx) lower(old, rec Record) {
	back := rec.Updated.Before(old.Updated)
	if back || rec.Section != old.Section {
		tallyOf(tx.sections, old.Section).lower(old)
	}
	if month := monthOf(old.Published); old.WasLive && (back || monthOf(rec.Published) != month) {
		tallyOf(tx.months, month).lower(old)
	}
}

// settle writes all tallies. Lists come after months, which they ask.
func (tx *Tx) settle() error {
	err := settleEach(tx.sections, tx.settleSection)
	if err == nil {
		err = settleEach(tx.months, tx.settleMonth)
	}
	if err == nil {
		err = settleEach(tx.lists.tallies, tx.settleList)
	}
	if err == nil {
		err = tx.settlePages()
	}
	return err
}

// settlePages notes that pages may be missing where a record has changed.
func (tx *Tx) settlePages() error {
	for _, dir := range slices.Sorted(maps.Keys(tx.pages)) {
		if _, err := tx.exec(upsertPageFolder, dir, 0); err != nil {
			return err
		}
	}
	return nil
}

// settleEach writes tallies in the order of their keys.
func settleEach[K cmp.Ordered](tallies map[K]*tally, settle func(K, *tally) error) error {
	for _, key := range slices.Sorted(maps.Keys(tallies)) {
		if err := settle(key, tallies[key]); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) settleSection(section string, t *tally) error {
	if err := tx.unsee(section); err != nil {
		return err
	}
	_, err := tx.exec(addToSection, section, t.present, t.live, toNull(t.raised))
	if err == nil && t.falls() {
		_, err = tx.exec(recountChanged, section, t.lowered.UnixMilli())
	}
	return err
}
