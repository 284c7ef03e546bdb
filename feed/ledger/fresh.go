package ledger

import "database/sql"

// fresh are the entries that an update has added. What the ledger knows of them
// need not be asked for.
type fresh struct {
	memberships map[string]*membership // by id, of those that have been in no list yet
	next        int64                  // the number of the next entry that gets one; 0 when it is not known
}

// add keeps a record of which nothing is in the ledger. It has a number from the
// beginning if it is to be in lists.
//
// One row goes in at a time: SQLite keeps a journal for a statement that inserts
// several, which costs more than their statements.
func (tx *Tx) add(rec Record) error {
	m := &membership{rec: rec, in: map[listKey]*listRow{}}
	if rec.WasLive {
		if tx.fresh.next == 0 {
			if _, err := tx.one(tx.ctx, selectNextNumber, nil, &tx.fresh.next); err != nil {
				return err
			}
		}
		m.number = sql.Null[int64]{V: tx.fresh.next, Valid: true}
		tx.fresh.next++
	}
	if _, err := tx.exec(insertNew, append(rec.args(), m.number)...); err != nil {
		return err
	}
	tx.fresh.memberships[rec.ID] = m
	tx.absent.forget(rec)
	tx.count(rec, +1)
	return nil
}
