package ledger

import (
	"io/fs"
	"regexp"
	"slices"
	"testing"
)

// passing are the tables that no export holds: what a run has seen of folders
// saves the next one some work, and says nothing on another machine.
var passing = [...]string{"seen_folder", "page_folder"}

// A table that a migration makes is exported, a secret, or left out on purpose.
func TestEveryTableIsExported(t *testing.T) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || len(names) == 0 {
		t.Fatalf("no migrations (%v)", err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(migrations, name)
		if err != nil {
			t.Fatal(err)
		}
		known := slices.Concat(exported[:], secret[:], passing[:])
		for _, match := range regexp.MustCompile(`CREATE TABLE (\w+)`).FindAllStringSubmatch(string(text), -1) {
			if table := match[1]; !slices.Contains(known, table) {
				t.Errorf("table %q of %s is not exported", table, name)
			}
		}
	}
}
