package ledger

import "testing"

func TestStatementsForMany(t *testing.T) {
	for got, want := range map[string]string{
		manyKeys("SELECT id FROM entry WHERE id IN ($1)", 1, 1):                  "SELECT id FROM entry WHERE id IN ($1)",
		manyKeys("SELECT name FROM e WHERE section = $1 AND name IN ($2)", 2, 3): "SELECT name FROM e WHERE section = $1 AND name IN ($2, $3, $4)",
		manyValues("INSERT INTO m (a, b) VALUES ($1, $2)", 2, 1):                 "INSERT INTO m (a, b) VALUES ($1, $2)",
		manyValues("INSERT INTO m (a, b) VALUES ($1, $2)", 2, 3):                 "INSERT INTO m (a, b) VALUES ($1, $2), ($3, $4), ($5, $6)",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A statement that what waits makes a difference to must see it.
func TestWhatWaitsIsWrittenInTime(t *testing.T) {
	for query, want := range map[string]bool{
		selectByID: true, selectListsOf: true, upsertSnapshot: true, insertEvent: true, selectTitles: true, selectLatestIn: true,
		insertMember: true, selectMeta: false, upsertVersion: false, selectByKey: false, upsertPageFolder: false, addToList: false,
	} {
		if got := tells.MatchString(query); got != want {
			t.Errorf("%t, want %t: %s", got, want, query)
		}
	}
}
