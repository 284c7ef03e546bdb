package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// hugoModule is the newest Hugo that builds with the Go of this module.
const hugoModule = "github.com/gohugoio/hugo@v0.165.0"

// TestBesideHugo compares a first build with one of Hugo: of the same stories,
// which it gets as Markdown with front matter, and with the least of templates. It
// prints what each round took by the clock and of the processors, and the medians.
// The variable says how many stories there are, and how many rounds. Without it
// there is no Hugo, and one small round shows that the builds do what they are
// measured for.
//
//	SEEDFEED_HUGO="20000 5" go test ./cmd/seedfeed -run TestBesideHugo -v -timeout 2h
//
// Seedfeed builds the stories as agencies send them, and the Markdown too. The
// sites lie in the folder for temporary files. Hugo is built there, unless
// SEEDFEED_HUGO_PROGRAM names one.
func TestBesideHugo(t *testing.T) {
	n, rounds, asked := 100, 1, os.Getenv("SEEDFEED_HUGO")
	if asked != "" {
		if _, err := fmt.Sscan(asked, &n, &rounds); err != nil {
			t.Fatalf("SEEDFEED_HUGO: %v", err)
		}
	}
	program := binary(t)
	wires, markdown := newFolder(t), newFolder(t)
	wires.must(manyWires(wires.path("seeds"), n))
	markdown.must(manyMarkdown(markdown.path("seeds"), n))
	markdown.must(hugoSite(markdown.dir))
	var builders []builder
	if asked != "" {
		hugo := hugoProgram(t)
		builders = append(builders, builder{"hugo, Markdown", markdown, []string{"public", "cache"}, func(ctx context.Context) *exec.Cmd {
			return exec.CommandContext(ctx, hugo, "--source", markdown.dir, "--contentDir", "seeds", "--cacheDir", markdown.path("cache"), "--quiet")
		}})
	}
	builders = append(builders,
		builder{"seedfeed, Markdown", markdown, []string{"out", ".seedfeed"}, func(ctx context.Context) *exec.Cmd { return buildCommandOf(ctx, program, markdown) }},
		builder{"seedfeed, wires", wires, []string{"out", ".seedfeed"}, func(ctx context.Context) *exec.Cmd { return buildCommandOf(ctx, program, wires) }},
	)
	took, spent := make([][]time.Duration, len(builders)), make([][]time.Duration, len(builders))
	for range rounds {
		for i, b := range builders {
			clock, cpu, peak := b.build(t, n)
			took[i], spent[i] = append(took[i], clock), append(spent[i], cpu)
			t.Logf("%-20s %8.2f s  %8.2f s of the processors  %6.0f MB", b.name, clock.Seconds(), cpu.Seconds(), peak)
		}
	}
	for i, b := range builders {
		clock, cpu := median(took[i]), median(spent[i])
		t.Logf("%-20s median %.2f s, %.2f s of the processors; %s takes %.2f times as long, and %.2f times of the processors",
			b.name, clock.Seconds(), cpu.Seconds(), builders[0].name, median(took[0]).Seconds()/clock.Seconds(), median(spent[0]).Seconds()/cpu.Seconds())
	}
}

// A builder makes a site in a folder anew.
type builder struct {
	name    string
	f       folder
	makes   []string // folders that it makes
	command func(context.Context) *exec.Cmd
}

// build makes the site, looks whether all pages are there, and removes it.
func (b builder) build(t *testing.T, n int) (clock, cpu time.Duration, peak float64) {
	t.Helper()
	c := b.command(t.Context())
	var out []byte
	var err error
	clock = timed(func() { out, err = c.CombinedOutput() })
	if err != nil {
		t.Fatalf("%s: %v\n%s", b.name, err, out)
	}
	pages, _ := pagesBelow(t, b.f.path(b.makes[0]))
	if pages < n {
		t.Fatalf("%s made %d files of %d stories", b.name, pages, n)
	}
	for _, dir := range b.makes {
		b.f.must(os.RemoveAll(b.f.path(dir)))
	}
	return clock, c.ProcessState.UserTime() + c.ProcessState.SystemTime(), peakMemory(c.ProcessState)
}

func median(list []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[len(sorted)/2]
}

// hugoProgram returns the path of Hugo, which it builds where none is named.
func hugoProgram(t *testing.T) string {
	t.Helper()
	if name := os.Getenv("SEEDFEED_HUGO_PROGRAM"); name != "" {
		return name
	}
	dir := t.TempDir()
	c := exec.CommandContext(t.Context(), "go", "install", hugoModule)
	c.Dir = dir // the module of this project is none of its business
	c.Env = append(os.Environ(), "GOBIN="+dir)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("go install %s: %v\n%s", hugoModule, err, out)
	}
	return filepath.Join(dir, "hugo")
}

// hugoSite writes the settings and templates of a site: a page for each story,
// the latest of a section, and the feeds that Hugo makes by itself.
func hugoSite(dir string) error {
	const list = `{{range first 30 .RegularPages.ByDate.Reverse}}<h2><a href="{{.RelPermalink}}">{{.Title}}</a></h2><p>{{.Summary}}</p>{{end}}`
	for name, text := range map[string]string{
		"hugo.toml":                    "baseURL = \"https://news.example.org/\"\ntitle = \"News\"\ndisableKinds = [\"taxonomy\", \"term\"]\n[services.rss]\nlimit = 30\n",
		"layouts/_default/baseof.html": "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{.Title}}</title></head>\n<body>{{block \"main\" .}}{{end}}</body></html>\n",
		"layouts/_default/single.html": "{{define \"main\"}}<h1>{{.Title}}</h1><time>{{.Date.Format \"2006-01-02\"}}</time>{{.Content}}{{end}}\n",
		"layouts/_default/list.html":   "{{define \"main\"}}<h1>{{.Title}}</h1>" + list + "{{end}}\n",
		"layouts/index.html":           "{{define \"main\"}}<h1>{{.Title}}</h1>" + strings.ReplaceAll(list, ".RegularPages", ".Site.RegularPages") + "{{end}}\n",
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// manyMarkdown writes the stories of manyWires as Markdown with front matter.
func manyMarkdown(dir string, n int) error {
	for i := range n {
		name := filepath.Join(dir, fmt.Sprintf("f%03d", i/1000), fmt.Sprintf("wire-%03d.md", i%1000))
		if i%1000 == 0 {
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				return err
			}
		}
		_, text, _ := strings.Cut(wire(i), " - ")
		title, _, _ := strings.Cut(text, " of ")
		text = fmt.Sprintf("---\ntitle: %q\ndate: %s\n---\n\n%s", title, wireTime(i).Format(time.RFC3339), text)
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return err
		}
		if err := os.Chtimes(name, wireTime(i), wireTime(i)); err != nil {
			return err
		}
	}
	return nil
}
