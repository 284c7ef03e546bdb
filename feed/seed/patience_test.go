package seed_test

import (
	"errors"
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"seedfeed/feed/seed"
)

// A silentFS is the file system of a server that is gone: it answers for some
// names only when the server is back.
type silentFS struct {
	fstest.MapFS
	gone []string
	back chan struct{}
}

func (f *silentFS) wait(name string) {
	if slices.Contains(f.gone, name) {
		<-f.back
	}
}

func (f *silentFS) Open(name string) (fs.File, error) { f.wait(name); return f.MapFS.Open(name) }

func (f *silentFS) Stat(name string) (fs.FileInfo, error) { f.wait(name); return f.MapFS.Stat(name) }

func (f *silentFS) ReadDir(name string) ([]fs.DirEntry, error) {
	f.wait(name)
	return f.MapFS.ReadDir(name)
}

// withSilence runs a test on a folder of which some names do not answer, in a
// time of its own. back lets them answer.
func withSilence(t *testing.T, gone []string, test func(t *testing.T, folder *seed.Folder, back func())) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		fsys := &silentFS{gone: gone, back: make(chan struct{}), MapFS: fstest.MapFS{
			"a.md": {Data: []byte("a")}, "b.md": {Data: []byte("b")}, "news/c.md": {Data: []byte("c")}, "old/d.md": {Data: []byte("d")},
		}}
		test(t, seed.New(fsys, seed.Options{Patience: 30 * time.Second}), func() {
			close(fsys.back)
			synctest.Wait()
		})
	})
}

// walkOf lists the folders of a walk, those that could not be listed with "!".
func walkOf(t *testing.T, folder *seed.Folder) (dirs []string, err error) {
	t.Helper()
	err = folder.Walk(t.Context(), func(dir seed.Dir) error {
		name := "/" + dir.Path
		if dir.Err != nil {
			name += "!"
			if !errors.Is(dir.Err, seed.ErrSilent) {
				t.Errorf("%s: %v", dir.Path, dir.Err)
			}
		}
		dirs = append(dirs, name)
		return nil
	})
	return dirs, err
}

// A folder that does not answer is one that can not be listed: what lies in it
// is not gone.
func TestSilentFolder(t *testing.T) {
	withSilence(t, []string{"news"}, func(t *testing.T, folder *seed.Folder, back func()) {
		began := time.Now()
		dirs, err := walkOf(t, folder)
		if want := []string{"/", "/news!", "/old"}; err != nil || !slices.Equal(dirs, want) {
			t.Errorf("the walk comes by %v, %v; want %v", dirs, err, want)
		}
		if took := time.Since(began); took != 30*time.Second {
			t.Errorf("the walk took %v", took)
		}
		back()
		dirs, err = walkOf(t, folder)
		if want := []string{"/", "/news", "/old"}; err != nil || !slices.Equal(dirs, want) {
			t.Errorf("when it answers again the walk comes by %v, %v; want %v", dirs, err, want)
		}
	})
}

func TestSilentTop(t *testing.T) {
	withSilence(t, []string{"."}, func(t *testing.T, folder *seed.Folder, back func()) {
		dirs, err := walkOf(t, folder)
		const want = "the folder can not be listed: the file system does not answer within 30s"
		if err == nil || err.Error() != want || len(dirs) != 0 {
			t.Errorf("error = %v, want %s; folders = %v", err, want, dirs)
		}
		back()
	})
}

// Documents that do not answer are given up one by one, until so many hang that
// nothing more is asked; when they answer at last, all is as before.
func TestSilentDocument(t *testing.T) {
	withSilence(t, []string{"a.md"}, func(t *testing.T, folder *seed.Folder, back func()) {
		began := time.Now()
		for range 20 {
			if _, err := folder.Read(t.Context(), seed.File{Path: "a.md", Size: 1}); !errors.Is(err, seed.ErrSilent) {
				t.Fatalf("error = %v, want %v", err, seed.ErrSilent)
			}
		}
		if took := time.Since(began); took != 8*30*time.Second {
			t.Errorf("20 documents that do not answer took %v, want 8 times 30 s", took)
		}
		back()
		for _, name := range []string{"a.md", "b.md"} {
			if doc, err := folder.Read(t.Context(), seed.File{Path: name, Size: 1}); err != nil || string(doc.Data) != name[:1] {
				t.Errorf("%s: %q, %v", name, doc.Data, err)
			}
		}
	})
}

// What lies beside documents, and settings, are not waited for either.
func TestSilentBeside(t *testing.T) {
	const want = "the file system does not answer within 30s"
	withSilence(t, []string{"pier.jpg", "news/feed.yaml"}, func(t *testing.T, folder *seed.Folder, back func()) {
		began := time.Now()
		if _, err := folder.Beside(t.Context(), "a.md", "pier.jpg"); !errors.Is(err, seed.ErrSilent) || err.Error() != want {
			t.Errorf("Beside: error = %v, want %s", err, want)
		}
		if _, err := folder.Settings(t.Context(), "news"); !errors.Is(err, seed.ErrSilent) || err.Error() != "news/feed.yaml: "+want {
			t.Errorf("Settings: error = %v, want %s", err, want)
		}
		if took := time.Since(began); took != time.Minute {
			t.Errorf("it took %v", took)
		}
		back()
		if files, err := folder.Beside(t.Context(), "a.md", "pier.jpg"); err != nil || len(files) != 1 {
			t.Errorf("when it answers again: %v, %v", files, err)
		}
	})
}
