//go:build unix

package main

import (
	"bytes"
	"context"
	bytesof "encoding/binary"
	"fmt"
	"hash/crc32"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// bombMemory is the most that a run may hold for one document, in bytes.
const bombMemory = 500 << 20

// bombs are documents that are small and ask for much. Each stands beside a
// story, which is published whatever becomes of the bomb.
var bombs = map[string]func() (name, text string){
	"aliases in front matter": func() (string, string) { return "a.md", "---\n" + aliasBomb() + "title: *i\n---\nText.\n" },
	"aliases in settings":     func() (string, string) { return "feed.yaml", aliasBomb() + "title: *i\n" },
	"entities": func() (string, string) {
		var b strings.Builder
		b.WriteString(`<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "boom">`)
		for c := 'b'; c <= 'k'; c++ {
			fmt.Fprintf(&b, `<!ENTITY %c "%s">`, c, strings.Repeat(fmt.Sprintf("&%c;", c-1), 10))
		}
		return "a.html", b.String() + `]><html><head><title>&k;</title></head><body><p>&k;</p></body></html>`
	},
	"nested divs":        func() (string, string) { return "a.html", strings.Repeat("<div>", 100_000) + "Text." },
	"nested lists":       func() (string, string) { return "a.html", strings.Repeat("<ul><li>", 100_000) + "Text." },
	"nested formatting":  func() (string, string) { return "a.html", strings.Repeat("<b><i><u>", 30_000) + "Text." },
	"nested tables":      func() (string, string) { return "a.html", strings.Repeat("<table><tr><td>", 30_000) + "Text." },
	"many attributes":    func() (string, string) { return "a.html", "<p" + manyOf(50_000, " a%d=b") + ">Text.</p>" },
	"lists in Markdown":  func() (string, string) { return "a.md", strings.Repeat("- ", 100_000) + "Text.\n" },
	"quotes in Markdown": func() (string, string) { return "a.md", strings.Repeat("> ", 100_000) + "Text.\n" },
	"brackets":           func() (string, string) { return "a.md", strings.Repeat("[", 100_000) + strings.Repeat("](", 50_000) },
	"stars":              func() (string, string) { return "a.md", strings.Repeat("*a **b ", 50_000) },
	"backticks":          func() (string, string) { return "a.md", manyTicks() },
	"references": func() (string, string) {
		return "a.md", manyOf(20_000, "[a%d]: /x\n") + strings.Repeat("[a1][a2]", 20_000)
	},
	"footnotes": func() (string, string) {
		return "a.md", manyOf(5000, "[^%d]: note\n\n") + strings.Repeat("[^1]", 20_000)
	},
	"a table": func() (string, string) {
		return "a.md", strings.Repeat("|a", 5000) + "\n" + strings.Repeat("|-", 5000) + "\n" + strings.Repeat("|x\n", 500)
	},
	"one line": func() (string, string) { return "a.txt", strings.Repeat("The lamp was lit. ", 500_000) },
	"encoded words": func() (string, string) {
		return "a.txt", "Subject: " + strings.Repeat("=?utf-8?q?=61?= ", 50_000) + "\n\nText.\n"
	},
	"datelines": func() (string, string) { return "a.txt", strings.Repeat("BAKU, Azerbaijan, February 14. - ", 50_000) },
}

func aliasBomb() string {
	var b strings.Builder
	b.WriteString("a: &a [x, x, x, x, x, x, x, x, x, x]\n")
	for c := 'b'; c <= 'i'; c++ {
		fmt.Fprintf(&b, "%c: &%c [%s]\n", c, c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c, ", c-1), 10), ", "))
	}
	return b.String()
}

func manyOf(n int, form string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, form, i)
	}
	return b.String()
}

func manyTicks() string {
	var b strings.Builder
	for i := range 600 {
		b.WriteString(strings.Repeat("`", i+1) + " ")
	}
	return b.String()
}

// TestBombs publishes a story beside all bombs, and where SEEDFEED_FAULTS is set
// beside each of them: the run ends, and holds no more than it should.
func TestBombs(t *testing.T) {
	program := binary(t)
	t.Run("all", func(t *testing.T) { testBombs(t, program, slices.Sorted(maps.Keys(bombs))...) })
	if os.Getenv("SEEDFEED_FAULTS") == "" {
		return
	}
	for name := range bombs {
		t.Run(name, func(t *testing.T) { testBombs(t, program, name) })
	}
}

func testBombs(t *testing.T, program string, names ...string) {
	t.Helper()
	f := newFolder(t)
	f.write("news/one.md", story("First light", "2026-03-01", "The lamp is lit."))
	for i, name := range names {
		path, text := bombs[name]()
		f.write(fmt.Sprintf("news/bomb-%d/%s", i, path), text)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*patienceOfTests)
	defer cancel()
	c := buildCommandOf(ctx, program, f)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, firstLines(string(out), 10))
	}
	if held := memoryOf(c); held > bombMemory {
		t.Errorf("the run held %d MB", held>>20)
	}
	says(t, readTree(t, f.path("out"))["rss.xml"], "First light")
	checkFeeds(t, f, 6)
}

// memoryOf is the most that a process held, in bytes; 0 where that is not told, as
// of one that held no more than this process: Linux counts what a process had
// before it became another program (getrusage(2), RUSAGE_CHILDREN).
func memoryOf(c *exec.Cmd) int64 {
	usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	var own syscall.Rusage
	if !ok || raced || runtime.GOOS != "linux" || syscall.Getrusage(syscall.RUSAGE_SELF, &own) != nil || usage.Maxrss <= own.Maxrss {
		return 0
	}
	return usage.Maxrss << 10
}

// hugePicture is a PNG file of a few bytes that says it is 60,000 pixels wide.
func hugePicture() string {
	var b bytes.Buffer
	b.WriteString("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d")
	header := []byte("IHDR\x00\x00\xea\x60\x00\x00\xea\x60\x08\x06\x00\x00\x00")
	b.Write(header)
	return string(bytesof.BigEndian.AppendUint32(b.Bytes(), crc32.ChecksumIEEE(header)))
}

// TestHostileFiles publishes a folder full of files that are none, that lead
// elsewhere, or whose names mean something: only documents in it are published,
// and nothing is written but below out/.
func TestHostileFiles(t *testing.T) {
	const secret = "the secret of the house"
	f := newFolder(t)
	f.must(os.WriteFile(f.path("secret.md"), []byte("# Secret\n\n"+secret+"\n"), 0o644))
	f.must(os.Mkdir(f.path("private"), 0o755))
	f.must(os.WriteFile(f.path("private/secret.jpg"), []byte(secret), 0o644))
	f.write("one.md", story("First light", "2026-03-01", "![x](huge.png) ![a](out.jpg) ![b](folder/secret.jpg) ![c](../private/secret.jpg) ![d](/private/secret.jpg) ![e](large.jpg) [f](..%2fsecret.md) [g](loop.pdf)"))
	f.write("huge.png", hugePicture())
	f.must(os.Truncate(f.path("seeds/huge.png"), int64(len(hugePicture()))))
	for name, target := range map[string]string{
		"link.md": "../secret.md", "absolute.md": f.path("secret.md"), "folder": "../private", "out.jpg": "../private/secret.jpg",
		"loop.md": "loop.md", "loop.pdf": "loop.pdf", "ring-a.md": "ring-b.md", "ring-b.md": "ring-a.md", "self": ".", "proc.md": "/proc/self/environ", "feed.yml": "../secret.md",
	} {
		f.must(os.Symlink(target, f.path("seeds/"+name)))
	}
	sparse := func(name string) {
		file, err := os.Create(f.path("seeds/" + name))
		f.must(err)
		f.must(file.Truncate(1 << 30))
		f.must(file.Close())
	}
	sparse("large.txt")
	sparse("large.jpg")
	var published []string
	for i, name := range []string{
		"con.md", "nul.txt", "AUX.md", "Case.md", "case.md", "CASE.MD", "..two dots.md", "a..b.md", "line\nbreak.md", "trailing .md", "-rf.md", "$(id).md",
		strings.Repeat("l", 252) + ".md", "%2e%2e%2fup.md", "back\\slash.md", "<script>.md", "semi;colon.md", "é.md", "e\u0301.md",
	} {
		title := fmt.Sprintf("Named story %d", i)
		f.must(os.WriteFile(f.path("seeds/"+name), []byte(story(title, "2026-03-02", "The text of "+title+".")), 0o644))
		if !strings.HasPrefix(name, ".") {
			published = append(published, title)
		}
	}
	f.must(os.WriteFile(f.path("seeds")+"/bytes\xff\xfe.md", []byte(story("Not to be named", "2026-03-02", "Text.")), 0o644))
	before := timesOf(t, f.dir)

	ctx, cancel := context.WithTimeout(t.Context(), patienceOfTests)
	defer cancel()
	c := buildCommandOf(ctx, binary(t), f)
	said, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	if held := memoryOf(c); held > bombMemory {
		t.Errorf("the run held %d MB", held>>20)
	}
	says(t, string(said), `link.md`, `absolute.md`, `loop.md`, `large.txt`, "1.1 GB, larger than the limit of 32 MB", `"bytes\xff\xfe.md"`, "warning: folder: ", "warning: self: ")
	files := readTree(t, f.path("out"))
	var titles strings.Builder
	for name, data := range files {
		if strings.Contains(data, secret) || strings.Contains(name, "secret") || strings.Contains(data, "Not to be named") {
			t.Errorf("%q holds what is not among the documents", name)
		}
		if strings.HasPrefix(name, "entries/") && !siteFile.MatchString(name) {
			t.Errorf("a page has the name %q", name)
		}
		titles.WriteString(data)
	}
	for _, title := range published {
		if !strings.Contains(titles.String(), title+"<") {
			t.Errorf("%q is not published", title)
		}
	}
	for name, now := range timesOf(t, f.dir) {
		top, _, _ := strings.Cut(filepath.ToSlash(name), "/")
		if was, ok := before[name]; !slices.Contains([]string{"out", ".seedfeed", "."}, top) && (!ok || was != now) {
			t.Errorf("%q was written", name)
		}
	}
	checkFeeds(t, f, 3)
}

// timesOf returns when each file and folder was changed, by its path.
func timesOf(t *testing.T, dir string) map[string]time.Time {
	t.Helper()
	times := map[string]time.Time{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		times[rel] = info.ModTime()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return times
}
