package ledger

import (
	"io/fs"
	"regexp"
	"slices"
	"testing"
)

// A table that a migration makes is exported, or a secret.
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
		for _, match := range regexp.MustCompile(`CREATE TABLE (\w+)`).FindAllStringSubmatch(string(text), -1) {
			if table := match[1]; !slices.Contains(exported[:], table) && !slices.Contains(secret[:], table) {
				t.Errorf("table %q of %s is not exported", table, name)
			}
		}
	}
}
