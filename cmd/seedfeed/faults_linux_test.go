package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// mount puts a file system in memory at a folder until the end of the test, which
// needs that it is allowed: it is not to others than root, nor in most containers.
func mount(t *testing.T, folder, options string) {
	t.Helper()
	err := syscall.Mount("tmpfs", folder, "tmpfs", 0, options)
	if errors.Is(err, syscall.EPERM) {
		missing(t, "file systems can not be mounted here")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
}

// failing makes a run that must fail, and returns what it says.
func failing(t *testing.T, c *exec.Cmd) string {
	t.Helper()
	out, err := c.CombinedOutput()
	if err == nil {
		t.Fatalf("the run did not fail:\n%s", out)
	}
	return string(out)
}

// TestDiskFull fills a true file system under out/, and then under the ledger:
// the run says so, the feeds stay whole, and with more room all is published.
func TestDiskFull(t *testing.T) {
	program := binary(t)
	for _, name := range []string{"out", ".seedfeed"} {
		t.Run(name, func(t *testing.T) {
			f := newFolder(t)
			small := f.path(name)
			f.must(os.Mkdir(small, 0o700))
			mount(t, small, "size=600k")
			f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
			build(t, program, f)
			before := readTree(t, f.path("out"))["rss.xml"]
			for i := range 120 {
				f.write(fmt.Sprintf("more/story-%d.md", i), story(fmt.Sprintf("Story number %d", i), "2026-03-02", strings.Repeat("A sentence of some length for the disk. ", 100)))
			}
			says(t, failing(t, buildCommandOf(t.Context(), program, f)), "seedfeed: error: ", map[string]string{"out": "no space left on device", ".seedfeed": "disk"}[name])
			checkFeeds(t, f, 3)
			if name == "out" && readTree(t, f.path("out"))["rss.xml"] != before {
				t.Error("the feed names what is not there")
			}
			f.must(syscall.Mount("tmpfs", small, "tmpfs", syscall.MS_REMOUNT, "size=64m"))
			build(t, program, f)
			checkFeeds(t, f, 6)
			for file := range readTree(t, f.path("out")) {
				if strings.HasSuffix(file, ".tmp") {
					t.Errorf("the temporary file %s stays", file)
				}
			}
		})
	}
}

// TestReadOnlyOut mounts out/ read-only: the run says so, and changes nothing.
func TestReadOnlyOut(t *testing.T) {
	program := binary(t)
	f := newFolder(t)
	f.must(os.Mkdir(f.path("out"), 0o755))
	mount(t, f.path("out"), "")
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	build(t, program, f)
	before := readTree(t, f.path("out"))
	f.must(syscall.Mount("tmpfs", f.path("out"), "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
	f.write("two.md", story("Second wind", "2026-03-02", "The wind blows."))
	says(t, failing(t, buildCommandOf(t.Context(), program, f)), "seedfeed: error: ", "read-only file system")
	compareTrees(t, "read-only", before, readTree(t, f.path("out")))
	f.must(syscall.Mount("tmpfs", f.path("out"), "tmpfs", syscall.MS_REMOUNT, ""))
	build(t, program, f)
	says(t, readTree(t, f.path("out"))["rss.xml"], "First light", "Second wind")
}

// TestNoPermission runs as a user who may not write into out/.
func TestNoPermission(t *testing.T) {
	if os.Geteuid() != 0 {
		missing(t, "only root can become another user")
	}
	program := binary(t)
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	f.must(os.Mkdir(f.path("out"), 0o755))
	for dir := f.dir; len(dir) > len(os.TempDir()); dir = dir[:strings.LastIndexByte(dir, '/')] {
		f.must(os.Chmod(dir, 0o755)) // so that the other user may come as far as this
	}
	f.must(os.Mkdir(f.path(".seedfeed"), 0o777))
	f.must(os.Chmod(f.path(".seedfeed"), 0o777))
	f.must(os.Chmod(program[:strings.LastIndexByte(program, '/')], 0o755))
	self, err := os.ReadFile(program)
	f.must(err)
	program = f.path("seedfeed") // the test's own binary may lie where only root may look
	f.must(os.WriteFile(program, self, 0o755))
	c := buildCommandOf(t.Context(), program, f)
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	says(t, failing(t, c), "seedfeed: error: ", "permission denied")
	if files := readTree(t, f.path("out")); len(files) != 0 {
		t.Errorf("written: %d files", len(files))
	}
}

// TestFewFileDescriptors makes runs with hardly any: they fail with a message,
// or do all; nothing is lost for the next one.
func TestFewFileDescriptors(t *testing.T) {
	program := binary(t)
	want := newFolder(t)
	manyStories(want)
	build(t, program, want)
	failed := 0
	for _, limit := range []int{8, 12, 20} {
		f := newFolder(t)
		manyStories(f)
		c := buildCommandOf(t.Context(), program, f)
		few := exec.CommandContext(t.Context(), "/bin/sh", append([]string{"-c", fmt.Sprintf(`ulimit -n %d; exec "$0" "$@"`, limit), program}, c.Args[1:]...)...)
		if out, err := few.CombinedOutput(); err != nil {
			failed++
			if text := string(out); !strings.Contains(text, "error: ") {
				t.Errorf("with %d descriptors: %s", limit, text)
			}
		}
		checkFeeds(t, f, 0)
		build(t, program, f)
		compareTrees(t, fmt.Sprintf("%d descriptors", limit), readTree(t, want.path("out")), readTree(t, f.path("out")))
	}
	if failed == 0 {
		t.Error("no run was short of descriptors: the test shows nothing")
	}
}

// TestOutTakenAway removes out/, or puts a link in its place, while it is served
// and written: nothing is written behind the link, and the next run is whole.
func TestOutTakenAway(t *testing.T) {
	for name, take := range map[string]func(f folder) (elsewhere string){
		"removed": func(f folder) string {
			for os.RemoveAll(f.path("out")) != nil { // it is being written
				continue
			}
			return ""
		},
		"moved": func(f folder) string {
			f.must(os.Rename(f.path("out"), f.path("elsewhere")))
			return ""
		},
		"a link inside": func(f folder) string {
			f.must(os.RemoveAll(f.path("out/entries")))
			f.must(os.Mkdir(f.path("victim"), 0o755))
			f.must(os.Symlink(f.path("victim"), f.path("out/entries")))
			return f.path("victim")
		},
		"a link in place of a file": func(f folder) string {
			f.must(os.Mkdir(f.path("victim"), 0o755))
			f.must(os.WriteFile(f.path("victim/file"), []byte("mine"), 0o644))
			f.must(os.Remove(f.path("out/rss.xml")))
			f.must(os.Symlink(f.path("victim/file"), f.path("out/rss.xml")))
			return f.path("victim")
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFolder(t)
			f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
			s := serveFolder(f)
			elsewhere := take(f)
			f.write("two.md", story("Second wind", "2026-03-02", "The wind blows."))
			if name == "a link inside" {
				said := s.log.wait(t, "run failed")
				says(t, fmt.Sprint(said), "path escapes from parent")
				says(t, s.get("rss.xml"), "First light") // the last good feed stays
				f.must(os.Remove(f.path("out/entries")))
				f.write("three.md", story("Third time", "2026-03-03", "It is the charm."))
			}
			s.published()
			for _, body := s.ask("rss.xml"); !strings.Contains(body, "Second wind"); _, body = s.ask("rss.xml") {
				s.published() // the run before began while out/ was being taken away
			}
			says(t, s.get("rss.xml"), "First light", "Second wind")
			says(t, s.get("entries/2026/03/first-light.html"), "The lamp is lit.")
			if elsewhere != "" {
				for file, data := range readTree(t, elsewhere) {
					if file != "file" || data != "mine" {
						t.Errorf("behind the link %s holds %q", file, data)
					}
				}
			}
		})
	}
}

// TestPipeAmongSeeds reads a folder with a pipe that nobody writes to, and one
// that takes the place of a document: nothing waits for them, or the runs would
// never end.
func TestPipeAmongSeeds(t *testing.T) {
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	f.write("two.md", story("Second wind", "2026-03-02", "The wind blows."))
	program := binary(t)
	build(t, program, f)
	f.remove("two.md")
	f.must(syscall.Mkfifo(f.path("seeds/two.md"), 0o644))
	f.must(syscall.Mkfifo(f.path("seeds/feed.yaml"), 0o644))
	said := failing(t, buildCommandOf(t.Context(), program, f))
	says(t, said, "feed.yaml", "named pipe")
	f.remove("feed.yaml")
	build(t, program, f)
	says(t, readTree(t, f.path("out"))["rss.xml"], "First light", "Second wind") // it is there, if not to be read
	if info, err := os.Lstat(f.path("seeds/two.md")); err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		t.Errorf("the pipe: %v, %v", info, err)
	}
}
