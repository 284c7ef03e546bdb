package seed_test

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"seedfeed/feed/internal/needs"
	"seedfeed/feed/seed"
)

// onDisk returns the file system of a temporary folder, as the program opens
// it, and its path.
func onDisk(t *testing.T) (fs.FS, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "seeds")
	makeFolder(t, dir)
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := root.Close(); err != nil {
			t.Error(err)
		}
	})
	return root.FS(), dir
}

// put writes an old file below a folder.
func put(t *testing.T, dir, name string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	makeFolder(t, filepath.Dir(file))
	write(t, file)
	if err := os.Chtimes(file, old, old); err != nil {
		t.Fatal(err)
	}
}

func TestLinks(t *testing.T) {
	fsys, dir := onDisk(t)
	put(t, dir, "story.txt")
	put(t, dir, "news/other.txt")
	put(t, dir, "report.pdf")
	put(t, filepath.Dir(dir), "secret.txt")
	if err := makePipe(filepath.Join(dir, ".pipe")); err != nil {
		needs.Missing(t, "no named pipes here: "+err.Error())
	}
	for link, target := range map[string]string{
		"same.txt":        "story.txt",
		"below.txt":       "news/other.txt",
		"news/above.txt":  "../story.txt",
		"chain.txt":       "same.txt",
		"kind.pdf":        "story.txt",
		"folder.txt":      "news",
		"news/loop":       "..",
		"itself.txt":      "itself.txt",
		"nowhere.txt":     "no such file.txt",
		"out.txt":         "../secret.txt",
		"news/out.txt":    "../../secret.txt",
		"out and in.txt":  "../seeds/story.txt",
		"absolute.txt":    filepath.Join(dir, "story.txt"),
		"out by link.txt": "out.txt",
		"pipe.txt":        ".pipe",
		".aside.txt":      "../secret.txt",
		"feed.yaml":       "story.txt",
	} {
		if err := os.Symlink(filepath.FromSlash(target), filepath.Join(dir, filepath.FromSlash(link))); err != nil {
			needs.Missing(t, "no symbolic links here: "+err.Error())
		}
	}
	want := []string{
		"below.txt", "chain.txt", "same.txt", "story.txt",
		`"absolute.txt": a symbolic link to the absolute path "` + filepath.Join(dir, "story.txt") + `", which is not followed: copy the file here, or make the link relative`,
		`"folder.txt": a symbolic link to a folder, which is not followed: move the folder here`,
		`"itself.txt": a symbolic link to "itself.txt" that can not be followed: too many levels of symbolic links`,
		`"nowhere.txt": a symbolic link to "no such file.txt", where nothing is`,
		`"out and in.txt": a symbolic link that leads out of the folder of documents, to "../seeds/story.txt": copy the file here`,
		`"out by link.txt": a symbolic link to "out.txt" that can not be followed: path escapes from parent`,
		`"out.txt": a symbolic link that leads out of the folder of documents, to "../secret.txt": copy the file here`,
		`"pipe.txt": a symbolic link to what is a named pipe and not a file`,
		"/: 2 files of a kind that seedfeed does not read (.pdf 2)",
		"news/above.txt", "news/other.txt",
		`"news/loop": a symbolic link to a folder, which is not followed: move the folder here`,
		`"news/out.txt": a symbolic link that leads out of the folder of documents, to "../../secret.txt": copy the file here`,
	}
	if diff := cmp.Diff(want, look(t, fsys)); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}

	folder := seed.New(fsys, options())
	doc, err := folder.Read(t.Context(), seed.File{Path: "chain.txt", Size: 4, ModTime: old})
	if err != nil || string(doc.Data) != "text" || doc.Path != "chain.txt" {
		t.Errorf("Read of a link = %+v, %v, want what it leads to", doc, err)
	}
	if doc, err := folder.Read(t.Context(), seed.File{Path: "out.txt", Size: 4, ModTime: old}); err == nil {
		t.Errorf("Read of a link that leads out = %q, want an error", doc.Data)
	}
}

// Whoever opens a named pipe waits for its other end: a run would never end.
func TestSpecialFiles(t *testing.T) {
	fsys, dir := onDisk(t)
	if err := makePipe(filepath.Join(dir, "pipe.txt")); err != nil {
		needs.Missing(t, "no named pipes here: "+err.Error())
	}
	if err := makePipe(filepath.Join(dir, "feed.yaml")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir) // the path of a socket must be short
	socket, err := net.Listen("unix", "socket.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := socket.Close(); err != nil {
			t.Error(err)
		}
	}()
	want := []string{`"pipe.txt": a named pipe and not a file`, `"socket.txt": a socket and not a file`}
	if diff := cmp.Diff(want, look(t, fsys)); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}
	folder := seed.New(fsys, options())
	if _, err := folder.Read(t.Context(), seed.File{Path: "pipe.txt"}); err == nil || err.Error() != "a named pipe and not a file" {
		t.Errorf("Read = %v, want that it is a named pipe", err)
	}
	if _, err := folder.Settings(t.Context(), ""); err == nil || err.Error() != "feed.yaml: a named pipe and not a file" {
		t.Errorf("Settings = %v, want that it is a named pipe", err)
	}
}

func TestHugeFileIsNotRead(t *testing.T) {
	fsys, dir := onDisk(t)
	name := filepath.Join(dir, "huge.txt")
	put(t, dir, "huge.txt")
	if err := os.Truncate(name, 3_000_000_000); err != nil {
		needs.Missing(t, "no sparse files here: "+err.Error())
	}
	if err := os.Chtimes(name, old, old); err != nil {
		t.Fatal(err)
	}
	o := options()
	o.MaxSize = 32_000_000
	dirs := walk(t, fsys, o)
	want := []seed.Skip{{Path: "huge.txt", Reason: "3 GB, larger than the limit of 32 MB"}}
	if diff := cmp.Diff(want, dirs[0].Skips); diff != "" {
		t.Errorf("Skips (-want +got):\n%s", diff)
	}
	_, err := seed.New(fsys, o).Read(t.Context(), seed.File{Path: "huge.txt", Size: 3_000_000_000, ModTime: old})
	if !errors.Is(err, seed.ErrTooLarge) {
		t.Errorf("Read = %v, want ErrTooLarge", err)
	}
}

func TestPermissions(t *testing.T) {
	if os.Geteuid() == 0 { // who may read everything
		asNobody(t)
		return
	}
	fsys, dir := onDisk(t)
	put(t, dir, "closed/a.txt")
	put(t, dir, "secret.txt")
	for name, mode := range map[string]fs.FileMode{"closed": 0, "secret.txt": 0} {
		if err := os.Chmod(filepath.Join(dir, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		if err := os.Chmod(filepath.Join(dir, "closed"), 0o755); err != nil {
			t.Error(err)
		}
	})
	want := []string{"secret.txt", "closed/: the folder can not be listed: permission denied"}
	if diff := cmp.Diff(want, look(t, fsys)); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}
	_, err := seed.New(fsys, options()).Read(t.Context(), seed.File{Path: "secret.txt", Size: 4, ModTime: old})
	if !errors.Is(err, fs.ErrPermission) {
		t.Errorf("Read = %v, want that permission is missing", err)
	}
}

// The settle time holds on a real clock too.
func TestFreshFileWaits(t *testing.T) {
	fsys, dir := onDisk(t)
	write(t, filepath.Join(dir, "fresh.txt"))
	o := options()
	o.Now, o.Settle = nil, time.Hour
	dirs := walk(t, fsys, o)
	want := []seed.Skip{{Path: "fresh.txt", Reason: "written less than 1h0m0s ago", Waits: true}}
	if diff := cmp.Diff(want, dirs[0].Skips); diff != "" {
		t.Errorf("Skips (-want +got):\n%s", diff)
	}
}

// A root stays with the folder that it was opened on: when that is gone, the
// listing must fail, and not be empty.
func TestDeletedTop(t *testing.T) {
	fsys, dir := onDisk(t)
	put(t, dir, "a.txt")
	if err := os.RemoveAll(dir); err != nil {
		needs.Missing(t, "an open folder can not be deleted here: "+err.Error())
	}
	makeFolder(t, dir)
	err := seed.New(fsys, options()).Walk(t.Context(), func(d seed.Dir) error {
		t.Errorf("visited %+v, want nothing", d)
		return nil
	})
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Walk = %v, want that the folder does not exist", err)
	}
}
