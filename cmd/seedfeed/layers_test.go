package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// root is the top of the module, seen from this package.
const root = "../.."

// layers says which packages of ours each package may import: the flow of
// documents, one way. "feed/internal/*" stands for each package in that folder,
// "*" for all. Tests may import their own package and golden besides.
var layers = map[string][]string{
	"cmd/seedfeed":             {"*"},
	"feed":                     {},
	"feed/admin":               {},
	"feed/check":               {"feed", "feed/extract", "feed/ledger", "feed/seed"},
	"feed/extract":             {"feed", "feed/extract/date", "feed/extract/text", "feed/internal/*"},
	"feed/extract/date":        {},
	"feed/extract/text":        {"feed/internal/xmlchar"},
	"feed/internal/atomicfile": {},
	"feed/internal/golden":     {},
	"feed/internal/likeness":   {},
	"feed/internal/needs":      {},
	"feed/internal/push":       {},
	"feed/internal/xmlchar":    {},
	"feed/ledger":              {"feed", "feed/internal/*"},
	"feed/publish":             {"feed", "feed/extract", "feed/internal/*", "feed/ledger", "feed/render", "feed/seed"},
	"feed/render":              {"feed", "feed/internal/*"},
	"feed/schedule":            {"feed", "feed/internal/*"},
	"feed/seed":                {"feed", "feed/internal/*"},
	"feed/serve":               {"feed", "feed/internal/*"},
	"feed/websub":              {"feed", "feed/internal/*"},
}

func TestLayers(t *testing.T) {
	files := sources(t)
	for _, problem := range crossings(layers, files) {
		t.Error(problem)
	}
	for _, pkg := range slices.Sorted(maps.Keys(layers)) {
		if !slices.ContainsFunc(files, func(f source) bool { return f.pkg == pkg }) {
			t.Errorf("package %s is in the table and not in the tree", pkg)
		}
	}
}

// What the test above would say of a tree that breaks the flow.
func TestLayersFindsCrossings(t *testing.T) {
	table := map[string][]string{"a": {}, "a/b": {"a", "a/in/*"}, "a/in/x": {}}
	tests := []struct {
		file source
		want string // the problem, or "" for none
	}{
		{source{"a/b/b.go", "a/b", []string{"fmt", "seedfeed/a", "seedfeed/a/in/x"}}, ""},
		{source{"a/b/b_test.go", "a/b", []string{"seedfeed/a/b", "seedfeed/feed/internal/golden"}}, ""},
		{source{"a/a.go", "a", []string{"seedfeed/a/b"}}, "a/a.go: package a may not import a/b"},
		{source{"a/b/b.go", "a/b", []string{"seedfeed/feed/internal/golden"}}, "a/b/b.go: package a/b may not import feed/internal/golden"},
		{source{"a/b/b.go", "a/b", []string{"seedfeed/a/in/x/y"}}, "a/b/b.go: package a/b may not import a/in/x/y"},
		{source{"c/c.go", "c", nil}, "c/c.go: package c is not in the table of layers"},
	}
	for _, tt := range tests {
		if got := strings.Join(crossings(table, []source{tt.file}), "; "); got != tt.want {
			t.Errorf("crossings(%v) = %q, want %q", tt.file, got, tt.want)
		}
	}
}

// Package feed does no I/O, reads no clock and draws no lots, and stands on the
// standard library alone.
func TestFeedIsPure(t *testing.T) {
	impure := []string{"crypto/rand", "log", "log/slog", "math/rand", "math/rand/v2", "net", "net/http", "os", "os/exec", "os/signal", "runtime", "syscall"}
	for _, file := range sources(t) {
		if file.pkg != "feed" || file.isTest() {
			continue
		}
		for _, imp := range file.imports {
			if first, _, _ := strings.Cut(imp, "/"); strings.Contains(first, ".") {
				t.Errorf("%s: imports %s, which is not in the standard library", file.name, imp)
			}
			if slices.Contains(impure, imp) {
				t.Errorf("%s: imports %s", file.name, imp)
			}
		}
		for _, use := range clockUses(t, file.name) {
			t.Errorf("%s: reads the clock by time.%s", file.name, use)
		}
	}
}

// The top level is the user's: what else the project needs is hidden, or lies
// in the folders that are there.
func TestTopLevel(t *testing.T) {
	if _, err := os.Stat(filepath.Join(root, ".git")); err != nil {
		missing(t, "this is no git checkout")
	}
	git := exec.CommandContext(t.Context(), program(t, "git"), "ls-files", "-z")
	git.Dir = root
	out, err := git.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("%w: %s", err, exit.Stderr)
		}
		t.Fatalf("git ls-files: %v", err)
	}
	tops := map[string]bool{}
	for name := range strings.SplitSeq(strings.TrimRight(string(out), "\x00"), "\x00") {
		top, _, _ := strings.Cut(name, "/")
		tops[top] = true
	}
	if !tops["go.mod"] {
		t.Fatalf("git ls-files lists no go.mod, but %q", slices.Sorted(maps.Keys(tops)))
	}
	known := []string{"LICENSE", "README.md", "cmd", "feed", "go.mod", "go.sum", "out", "seeds"}
	for _, top := range slices.Sorted(maps.Keys(tops)) {
		if !strings.HasPrefix(top, ".") && !slices.Contains(known, top) {
			t.Errorf("%s stands at the top level, which holds only %q and hidden files", top, known)
		}
	}
}

// A source is a Go file of ours and what it imports.
type source struct {
	name    string // slash-separated, relative to the top of the module
	pkg     string // its folder
	imports []string
}

func (s source) isTest() bool { return strings.HasSuffix(s.name, "_test.go") }

// sources reads all Go files of the module. It parses them instead of asking
// go list, which sees only the files of one platform.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "_") || d.Name() == "testdata"):
			return fs.SkipDir // as the go command does
		case d.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		s := source{name: name, pkg: path.Dir(name)}
		for _, spec := range file.Imports {
			imp, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			s.imports = append(s.imports, imp)
		}
		all = append(all, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatalf("no Go file below %s", root)
	}
	return all
}

// crossings returns what in the files goes against a table of layers.
func crossings(table map[string][]string, files []source) []string {
	var problems []string
	for _, file := range files {
		allowed, known := table[file.pkg]
		if !known {
			problems = append(problems, fmt.Sprintf("%s: package %s is not in the table of layers", file.name, file.pkg))
			continue
		}
		if file.isTest() {
			allowed = append([]string{file.pkg, "feed/internal/golden", "feed/internal/needs"}, allowed...)
		}
		for _, imp := range file.imports {
			ours, ok := strings.CutPrefix(imp, "seedfeed/")
			if ok && !allows(allowed, ours) {
				problems = append(problems, fmt.Sprintf("%s: package %s may not import %s", file.name, file.pkg, ours))
			}
		}
	}
	return problems
}

func allows(allowed []string, pkg string) bool {
	return slices.ContainsFunc(allowed, func(pattern string) bool {
		dir, inDir := strings.CutSuffix(pattern, "/*")
		return pattern == "*" || pattern == pkg || inDir && path.Dir(pkg) == dir
	})
}

// clockUses returns the names of package time that read the clock or wait for
// it, as a file uses them.
func clockUses(t *testing.T, name string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	reading := []string{"After", "AfterFunc", "NewTicker", "NewTimer", "Now", "Since", "Sleep", "Tick", "Until"}
	var uses []string
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains(reading, sel.Sel.Name) {
				uses = append(uses, sel.Sel.Name)
			}
		}
		return true
	})
	return uses
}
