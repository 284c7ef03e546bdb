package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestKilledBuild kills builds at many points. After each, the feeds in out/
// are whole and name only pages that exist, and the next run makes of it what
// an undisturbed one makes.
func TestKilledBuild(t *testing.T) {
	const kills = 24
	program := binary(t)
	whole := newFolder(t)
	manyStories(whole)
	started := time.Now()
	build(t, program, whole)
	took := time.Since(started)
	want := readTree(t, whole.path("out"))

	killed := 0
	for i := range kills {
		f := newFolder(t)
		manyStories(f)
		if i%2 == 1 { // a site that is there already, and changes
			build(t, program, f)
			f.write("news/fresh.md", story("Fresh news", "2026-03-09", "It just came in."))
			f.remove("news/story-3.md")
		}
		if buildAndKill(t, program, f, took*time.Duration(i+1)/kills) {
			killed++
		}
		checkFeeds(t, f, 0)
		if i%2 == 1 {
			f.must(os.Remove(f.path("seeds/news/fresh.md")))
			f.write("news/story-3.md", storyOf(3))
		}
		build(t, program, f)
		got := readTree(t, f.path("out"))
		for name := range got {
			if strings.HasSuffix(name, ".tmp") {
				t.Errorf("kill %d: the temporary file %s stays", i, name)
			}
		}
		if i%2 == 0 {
			compareTrees(t, fmt.Sprintf("kill %d", i), want, got)
		}
		checkFeeds(t, f, 6)
	}
	if killed == 0 {
		t.Error("no build was killed: all ended before")
	}
	t.Logf("%d of %d builds were killed before they ended", killed, kills)
}

func manyStories(f folder) {
	f.t.Helper()
	for i := range 40 {
		f.write([]string{"", "news/"}[i%2]+fmt.Sprintf("story-%d.md", i), storyOf(i))
	}
}

func storyOf(i int) string {
	return story(fmt.Sprintf("Story number %d", i), fmt.Sprintf("2026-02-%02d", 1+i%28), strings.Repeat(fmt.Sprintf("Sentence of story %d. ", i), 40))
}

func buildCommandOf(ctx context.Context, program string, f folder) *exec.Cmd {
	return exec.CommandContext(ctx, program, f.args("build", "--settle", "0s", "--base-url", "https://news.example.org/")...)
}

// build makes a run that must succeed.
func build(t *testing.T, program string, f folder) {
	t.Helper()
	if out, err := buildCommandOf(t.Context(), program, f).CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
}

// buildAndKill starts a run and sends SIGKILL after a while. It reports whether
// that came before the end.
func buildAndKill(t *testing.T, program string, f folder, after time.Duration) bool {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), after)
	defer cancel()
	c := buildCommandOf(ctx, program, f) // its context kills it by SIGKILL
	c.Stdout, c.Stderr = io.Discard, io.Discard
	return c.Run() != nil
}

// readTree returns the bytes of each file below a folder.
func readTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == dir {
			return nil // killed before the folder was made
		}
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		files[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func compareTrees(t *testing.T, what string, want, got map[string]string) {
	t.Helper()
	for name, data := range want {
		if got[name] != data {
			t.Errorf("%s: %s is not what an undisturbed run writes", what, name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: %s is one file too many", what, name)
		}
	}
}

// Two builds at once do no harm: the second waits for the first.
func TestTwoBuildsAtOnce(t *testing.T) {
	program := binary(t)
	f := newFolder(t)
	manyStories(f)
	builds := make([]*exec.Cmd, 3)
	for i := range builds {
		builds[i] = buildCommandOf(t.Context(), program, f)
		f.must(builds[i].Start())
	}
	for _, b := range builds {
		if err := b.Wait(); err != nil {
			t.Errorf("build: %v", err)
		}
	}
	alone := newFolder(t)
	manyStories(alone)
	build(t, program, alone)
	compareTrees(t, "three builds at once", readTree(t, alone.path("out")), readTree(t, f.path("out")))
}
