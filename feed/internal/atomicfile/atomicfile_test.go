package atomicfile_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"seedfeed/feed/internal/atomicfile"
)

func openRoot(t *testing.T) *os.Root {
	t.Helper()
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return root
}

// files lists what lies below root.
func files(t *testing.T, root *os.Root) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(root.FS(), ".", func(name string, _ fs.DirEntry, err error) error {
		if err == nil && name != "." {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func write(t *testing.T, root *os.Root, name, data string) bool {
	t.Helper()
	written, err := atomicfile.Write(root, name, []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	return written
}

func TestWrite(t *testing.T) {
	root := openRoot(t)
	if !write(t, root, "a/b/c.txt", "one") {
		t.Error("a new file was not written")
	}
	if !write(t, root, "a/b/c.txt", "two") {
		t.Error("a changed file was not written")
	}
	got, err := root.ReadFile("a/b/c.txt")
	if err != nil || string(got) != "two" {
		t.Errorf("content = %q, %v; want two", got, err)
	}
	if want := []string{"a", "a/b", "a/b/c.txt"}; !slices.Equal(files(t, root), want) {
		t.Errorf("files = %v, want %v", files(t, root), want)
	}
}

func TestWriteLeavesEqualFileAlone(t *testing.T) {
	root := openRoot(t)
	write(t, root, "feed.xml", "same")
	old := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	if err := root.Chtimes("feed.xml", old, old); err != nil {
		t.Fatal(err)
	}
	if write(t, root, "feed.xml", "same") {
		t.Error("an equal file was written")
	}
	info, err := root.Stat("feed.xml")
	if err != nil || !info.ModTime().Equal(old) {
		t.Errorf("time = %v, %v; want %v", info.ModTime(), err, old)
	}
}

// A link that stands where a file is to be written is replaced, not followed.
func TestWriteReplacesLink(t *testing.T) {
	root := openRoot(t)
	outside := filepath.Join(t.TempDir(), "outside.txt")
	if err := os.WriteFile(outside, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(root.Name(), "feed.xml")); err != nil {
		t.Fatal(err)
	}
	write(t, root, "feed.xml", "feed")
	if got, err := os.ReadFile(outside); err != nil || string(got) != "mine" {
		t.Errorf("the file behind the link = %q, %v; want mine", got, err)
	}
	if info, err := root.Lstat("feed.xml"); err != nil || !info.Mode().IsRegular() {
		t.Errorf("mode = %v, %v; want a regular file", info.Mode(), err)
	}
}

func TestWriteLeavesNothingBehindWhenItFails(t *testing.T) {
	root := openRoot(t)
	if err := root.MkdirAll("feed.xml/taken", 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := atomicfile.Write(root, "feed.xml", []byte("x")); err == nil {
		t.Error("writing over a folder gave no error")
	}
	if want := []string{"feed.xml", "feed.xml/taken"}; !slices.Equal(files(t, root), want) {
		t.Errorf("files = %v, want %v", files(t, root), want)
	}
}

func TestRemove(t *testing.T) {
	root := openRoot(t)
	write(t, root, "a/b/c.txt", "x")
	write(t, root, "a/d.txt", "x")
	if err := atomicfile.Remove(root, "a/b/c.txt"); err != nil {
		t.Fatal(err)
	}
	if want := []string{"a", "a/d.txt"}; !slices.Equal(files(t, root), want) {
		t.Errorf("files = %v, want %v", files(t, root), want)
	}
	if err := atomicfile.Remove(root, "a/never.txt"); err != nil {
		t.Errorf("removing what is not there: %v", err)
	}
}

func TestSweep(t *testing.T) {
	root := openRoot(t)
	write(t, root, "a/keep.txt", "x")
	for _, name := range []string{"a/.seedfeed-keep.txt.tmp", ".seedfeed-feed.xml.tmp"} {
		if err := root.WriteFile(name, []byte("half"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := root.WriteFile(".gitignore", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := atomicfile.Sweep(root); err != nil {
		t.Fatal(err)
	}
	if want := []string{".gitignore", "a", "a/keep.txt"}; !slices.Equal(files(t, root), want) {
		t.Errorf("files = %v, want %v", files(t, root), want)
	}
}
