package ledger

import "testing"

func TestStatementsForMany(t *testing.T) {
	for got, want := range map[string]string{
		manyKeys("SELECT id FROM entry WHERE id IN ($1)", 1, 1):                  "SELECT id FROM entry WHERE id IN ($1)",
		manyKeys("SELECT name FROM e WHERE section = $1 AND name IN ($2)", 2, 3): "SELECT name FROM e WHERE section = $1 AND name IN ($2, $3, $4)",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
