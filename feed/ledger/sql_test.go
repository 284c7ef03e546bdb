package ledger_test

import (
	"database/sql"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"seedfeed/feed/ledger"
)

// statements returns the SQL of the package: the constants of the files of
// queries by their names, without those that are only parts of others.
func statements(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("queries*.go")
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	config := types.Config{Importer: importer.Default()}
	pkg, err := config.Check("ledger", fset, files, nil)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	verb := regexp.MustCompile(`^(SELECT|INSERT|UPDATE|DELETE) `)
	for _, name := range pkg.Scope().Names() {
		if c, ok := pkg.Scope().Lookup(name).(*types.Const); ok {
			if text := constant.StringVal(c.Val()); verb.MatchString(text) {
				found[name] = text
			}
		}
	}
	if len(found) < 20 {
		t.Fatalf("%d statements in the files of queries: are they elsewhere now?", len(found))
	}
	return found
}

// schema returns the files that make the tables.
func schema(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("migrations/*.sql")
	if err != nil || len(names) == 0 {
		t.Fatalf("no migrations (%v)", err)
	}
	found := map[string]string{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		found[name] = string(data)
	}
	return found
}

// local are words that one database has and the other has not.
var local = regexp.MustCompile(`(?i)AUTOINCREMENT|INSERT OR|REPLACE INTO|IFNULL|datetime\(|strftime|julianday|unixepoch|` +
	`group_concat|WITHOUT ROWID|STRICT|PRAGMA|rowid|\bGLOB\b|\bBLOB\b|SERIAL|IDENTITY|RETURNING \*|ANY\(|now\(\)|::|ILIKE|` +
	`greatest\(|least\(|\bmax\([^()]*,|\bmin\([^()]*,|\?|"|COLLATE|SKIP LOCKED|IF NOT EXISTS|json_|LATERAL`)

func TestSQLIsPortable(t *testing.T) {
	texts := statements(t)
	for name, text := range schema(t) {
		texts[name] = text
	}
	parameter := regexp.MustCompile(`\$(\d+)`)
	for name, text := range texts {
		if word := local.FindString(text); word != "" {
			t.Errorf("%s: %q is not understood everywhere", name, word)
		}
		last := 0
		for _, match := range parameter.FindAllStringSubmatch(text, -1) {
			n, err := strconv.Atoi(match[1])
			if err != nil || n > last+1 {
				t.Errorf("%s: $%s comes before $%d", name, match[1], last+1)
			}
			last = max(last, n)
		}
	}
}

func TestLocalWordsAreSeen(t *testing.T) {
	for _, text := range []string{"WHERE id = ?", "INSERT OR IGNORE", "max(a, b)", "x::text", `WHERE "a" = 1`} {
		if !local.MatchString(text) {
			t.Errorf("%q passes", text)
		}
	}
	if word := local.FindString("SELECT max(updated) FROM entry"); word != "" {
		t.Errorf("%q does not pass", word)
	}
}

// The cost of a question follows its answer: none reads all entries but the one
// that lists them.
func TestQuestionsUseAnIndex(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.db")
	filled(t, file)
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	scan := regexp.MustCompile(`SCAN (entry|snapshot|event|member|subscription|subscription_request)\b|TEMP B-TREE FOR ORDER BY`)
	whole := map[string]string{
		"selectList":           "it may list all",
		"selectListHidden":     "sorts the few that are not public",
		"selectStatuses":       "reads an index of those alone",
		"selectByDigest":       "sorts the few that share a digest",
		"selectGoneByPath":     "sorts the few that had one path",
		"selectNewest":         "sorts the sections",
		"selectListsOf":        "sorts the few of an entry",
		"selectMonthsByChange": "sorts the months",
		"selectPending":        "reads an index of those alone",
		"selectSnapshotIDs":    "asks for all",
		"selectSubscriptions":  "asks for all",
		"selectRequests":       "asks for all",
		"selectLatestSeen":     "people ask it, and now and then",
		"selectAnnounced":      "reads the end of an index",
		"pruneChanges":         "reads an index of the few that have one",
		"selectLatestEvents":   "reads the end of an index",
		"selectAnyEntry":       "reads one row",
		"selectAllEvents":      "an import asks for all",
	}
	for name, query := range statements(t) {
		if plan := explainPlan(t, db, query); whole[name] == "" && scan.MatchString(plan) {
			t.Errorf("%s: %s", name, plan)
		}
	}
}

// explainPlan returns how SQLite would run a statement, a step a line.
func explainPlan(t *testing.T, db *sql.DB, query string) string {
	t.Helper()
	parameters := map[string]bool{}
	for _, p := range regexp.MustCompile(`\$\d+`).FindAllString(query, -1) {
		parameters[p] = true
	}
	rows, err := db.Query("EXPLAIN QUERY PLAN "+query, make([]any, len(parameters))...)
	if err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	defer func() { _ = rows.Close() }()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(steps, "\n")
}

func TestRecordsAreSmall(t *testing.T) {
	for _, tt := range []struct {
		lists, most int // a record
	}{{0, 700}, {3, 900}} {
		const n = 10_000 // tables that are empty weigh little then
		file := filepath.Join(t.TempDir(), "ledger.db")
		l, err := ledger.Open(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		fill(t, l, n, 1000)
		fillLists(t, l, n, 1000, tt.lists)
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if each := int(info.Size() / n); each > tt.most {
			t.Errorf("%d bytes a record with %d lists, want %d at most", each, tt.lists, tt.most)
		}
	}
}
