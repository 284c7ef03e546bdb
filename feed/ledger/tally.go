package ledger

import (
	"time"

	"seedfeed/feed"
)

// A tally is how a section has changed in an update. What the ledger keeps of
// each section lets it count and date a million entries without reading them.
type tally struct {
	present, live int
	raised        time.Time // the greatest updated that came
	lowered       time.Time // the greatest updated that went, with none as great in its place
}

// tally returns that of a section.
func (tx *Tx) tally(section string) *tally {
	t := tx.tallies[section]
	if t == nil {
		t = &tally{}
		tx.tallies[section] = t
	}
	return t
}

// count adds a record to its section, or takes it out.
func (tx *Tx) count(rec Record, by int) {
	t := tx.tally(rec.Section)
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

// lower notes that the last change of a section may have gone with a record.
func (tx *Tx) lower(rec Record) {
	if t := tx.tally(rec.Section); rec.WasLive && rec.Updated.After(t.lowered) {
		t.lowered = rec.Updated
	}
}

// settle writes a tally.
func (tx *Tx) settle(section string, t *tally) error {
	_, err := tx.exec(addToSection, section, t.present, t.live, toNull(t.raised))
	if err != nil {
		return err
	}
	if !t.lowered.IsZero() && !t.lowered.Before(t.raised) {
		_, err = tx.exec(recountChanged, section, t.lowered.UnixMilli())
	}
	return err
}
