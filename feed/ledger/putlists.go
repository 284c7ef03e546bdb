package ledger

import (
	"database/sql"
	"fmt"
	"time"

	"seedfeed/feed"
)

// lists are those that an update has met.
type lists struct {
	byKey    map[listKey]*listRow
	tallies  map[int64]*tally    // what has changed, by number
	departed map[int64]time.Time // the greatest updated with which an entry left, by number
}

// A listKey tells one list from another.
type listKey struct{ kind, key string }

// A listRow is a list as it was when the update first met it; its title is kept
// up.
type listRow struct {
	List
	number int64
	live   int
	public bool // something in it is, or was, public
}

func (r *listRow) key() listKey { return listKey{r.Kind, r.Key} }

// A membership is an entry with the lists that it is in.
type membership struct {
	number sql.Null[int64] // of the entry; null when it was never in a list
	rec    Record          // no more than what counts
	in     map[listKey]*listRow
}

// PutLists tells which lists an entry is in, in place of those that it was in.
// Its record must have been put before, and is what counts: put it first when
// it changes too.
//
// A list has the title that it got first. Another takes its place when no other
// public entry is in it, unless that is of an entry that is not public, and the
// list is or was. Of two lists with one kind and key the first stands.
func (tx *Tx) PutLists(id string, lists []List) error {
	m, err := tx.membership(id)
	switch {
	case err != nil:
		return err
	case m == nil && len(lists) == 0:
		return nil
	case m == nil:
		return fmt.Errorf("%q has no record, and can be in no list", id)
	}
	wanted := make(map[listKey]bool, len(lists))
	for _, list := range lists {
		if list.Kind == "" || list.Key == "" || list.Title == "" {
			return fmt.Errorf("list %q of kind %q and title %q of %q: none of them may be empty", list.Key, list.Kind, list.Title, id)
		}
		key := listKey{list.Kind, list.Key}
		if wanted[key] {
			continue
		}
		wanted[key] = true
		if err := tx.join(id, m, list); err != nil {
			return err
		}
	}
	for key, row := range m.in {
		if !wanted[key] {
			if err := tx.leave(m, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// membership returns that of an entry, or nil when it has no record.
func (tx *Tx) membership(id string) (*membership, error) {
	if m := tx.fresh.memberships[id]; m != nil {
		delete(tx.fresh.memberships, id) // from now on it may be in some
		return m, nil
	}
	var m *membership
	err := tx.each(tx.ctx, selectMember, []any{id}, func(rows *sql.Rows) error {
		if m == nil {
			m = &membership{in: map[listKey]*listRow{}}
		}
		var number, live, changed sql.Null[int64]
		var kind, key, title sql.Null[string]
		err := rows.Scan(&m.number, &m.rec.Status, &m.rec.WasLive, instant{&m.rec.Published}, instant{&m.rec.Updated},
			&number, &kind, &key, &title, &live, &changed)
		if err == nil && number.Valid {
			row := tx.met(&listRow{List{kind.V, key.V, title.V}, number.V, int(live.V), changed.Valid})
			m.in[row.key()] = row
		}
		return err
	})
	return m, err
}

// met returns a list as the update met it first.
func (tx *Tx) met(row *listRow) *listRow {
	if known := tx.lists.byKey[row.key()]; known != nil {
		return known
	}
	if tx.lists.byKey == nil {
		tx.lists = lists{map[listKey]*listRow{}, map[int64]*tally{}, map[int64]time.Time{}}
	}
	tx.lists.byKey[row.key()] = row
	return row
}

// list returns the list of a kind and key, and makes it if need be.
func (tx *Tx) list(list List) (*listRow, error) {
	if row := tx.lists.byKey[listKey{list.Kind, list.Key}]; row != nil {
		return row, nil
	}
	row := &listRow{}
	var changed sql.Null[int64]
	found, err := tx.one(tx.ctx, selectByKey, []any{list.Kind, list.Key},
		&row.number, &row.Kind, &row.Key, &row.Title, &row.live, &changed)
	row.public = changed.Valid
	if err == nil && !found {
		row.List = list
		_, err = tx.one(tx.ctx, insertList, []any{list.Kind, list.Key, list.Title}, &row.number)
	}
	if err != nil {
		return nil, err
	}
	return tx.met(row), nil
}

// join puts an entry into a list, unless it is there, and gives the list its
// title.
func (tx *Tx) join(id string, m *membership, list List) error {
	row, isIn := m.in[listKey{list.Kind, list.Key}]
	if !isIn {
		var err error
		if row, err = tx.list(list); err != nil {
			return err
		}
	}
	if row.Title != list.Title && tx.mayTitle(m, row, isIn) {
		if _, err := tx.exec(retitleList, list.Title, row.number); err != nil {
			return err
		}
		row.Title = list.Title
	}
	if isIn {
		return nil
	}
	if !m.number.Valid {
		if _, err := tx.one(tx.ctx, numberEntry, []any{id}, &m.number); err != nil {
			return err
		}
		tx.fresh.next = 0
	}
	_, err := tx.exec(insertMember, m.number.V, row.number, m.rec.Status == feed.Live, m.rec.Published.UnixMilli())
	tallyOf(tx.lists.tallies, row.number).add(m.rec, +1)
	return err
}

// mayTitle reports whether an entry may give a list another title.
func (tx *Tx) mayTitle(m *membership, row *listRow, isIn bool) bool {
	t := tallyOf(tx.lists.tallies, row.number)
	others := row.live + t.live
	isLive := m.rec.Status == feed.Live
	if isIn && isLive {
		others--
	}
	return others == 0 && (isLive || !row.public && t.raised.IsZero())
}

// leave takes an entry out of a list, which remembers the last change that the
// entry was to it.
func (tx *Tx) leave(m *membership, row *listRow) error {
	_, err := tx.exec(deleteMember, m.number.V, row.number)
	tallyOf(tx.lists.tallies, row.number).add(m.rec, -1)
	if m.rec.WasLive && m.rec.Updated.After(tx.lists.departed[row.number]) {
		tx.lists.departed[row.number] = m.rec.Updated
	}
	return err
}

// recountLists keeps up the lists of an entry when one record takes the place
// of another.
func (tx *Tx) recountLists(old, rec Record) error {
	same := old.Status == rec.Status && old.WasLive == rec.WasLive
	if same && old.Published.Equal(rec.Published) && old.Updated.Equal(rec.Updated) {
		return nil
	}
	m, err := tx.membership(rec.ID)
	if err != nil || len(m.in) == 0 {
		return err
	}
	for _, row := range m.in {
		t := tallyOf(tx.lists.tallies, row.number)
		t.add(rec, +1)
		t.add(old, -1)
		if rec.Updated.Before(old.Updated) {
			t.lower(old)
		}
	}
	_, err = tx.exec(updateMembers, rec.Status == feed.Live, rec.Published.UnixMilli(), m.number.V)
	return err
}

func (tx *Tx) settleList(number int64, t *tally) error {
	_, err := tx.exec(addToList, t.live, toNull(t.raised), toNull(tx.lists.departed[number]), number)
	if err == nil && t.falls() {
		err = tx.recountList(number, t.lowered.UnixMilli())
	}
	if err == nil {
		_, err = tx.exec(dropList, number)
	}
	return err
}

// recountList finds when a list last changed, if that which changed it last has
// gone. A list may be all that there is: it is asked a month at a time, those
// first that changed last. The months must be settled before.
func (tx *Tx) recountList(number, lowered int64) error {
	var changed, latest sql.Null[int64]
	_, err := tx.one(tx.ctx, selectListChanged, []any{number}, &changed, &latest)
	if err != nil || changed.V != lowered {
		return err
	}
	months, err := tx.monthsByChange()
	if err != nil {
		return err
	}
	for _, m := range months {
		if latest.Valid && latest.V >= m.changed {
			break
		}
		var found sql.Null[int64]
		start, end := startOf(m.number).UnixMilli(), startOf(m.number+1).UnixMilli()
		if _, err := tx.one(tx.ctx, selectChangedIn, []any{number, start, end}, &found); err != nil {
			return err
		}
		if found.Valid && (!latest.Valid || found.V > latest.V) {
			latest = found
		}
	}
	_, err = tx.exec(setListChanged, latest, number)
	return err
}
