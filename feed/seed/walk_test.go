package seed_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"seedfeed/feed/seed"
)

var (
	now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	old = now.Add(-time.Hour)
)

// text returns an old file with a text.
func text(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s), ModTime: old} }

// options are those of the command, with a clock that stands.
func options() seed.Options {
	return seed.Options{
		Readable: func(name string) bool { return strings.EqualFold(path.Ext(name), ".txt") },
		Settle:   2 * time.Second,
		MaxSize:  1000,
		Now:      func() time.Time { return now },
	}
}

// walk returns what a walk visits.
func walk(t *testing.T, fsys fs.FS, o seed.Options) []seed.Dir {
	t.Helper()
	var dirs []seed.Dir
	err := seed.New(fsys, o).Walk(t.Context(), func(d seed.Dir) error {
		dirs = append(dirs, d)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return dirs
}

// look returns what a walk finds in one line for each thing, in order.
func look(t *testing.T, fsys fs.FS) []string {
	t.Helper()
	var found []string
	for _, d := range walk(t, fsys, options()) {
		if d.Err != nil {
			found = append(found, fmt.Sprintf("%s/: %v", d.Path, d.Err))
		}
		for _, f := range d.Files {
			found = append(found, f.Path)
		}
		for _, s := range d.Skips {
			line := fmt.Sprintf("%q: %s", s.Path, s.Reason)
			if s.Waits {
				line += " (waits)"
			}
			found = append(found, line)
		}
		if len(d.Unread) > 0 {
			found = append(found, fmt.Sprintf("%s/: %v", d.Path, d.Unread))
		}
	}
	return found
}

func TestWalk(t *testing.T) {
	tests := []struct {
		name string
		in   fstest.MapFS
		want []string
	}{
		{"an empty folder", fstest.MapFS{}, nil},
		{
			"top first, then by name, each before what lies below",
			fstest.MapFS{
				"z.txt": text(""), "b/z.txt": text(""), "b/a/1.txt": text(""), "b/a.txt": text(""),
				"b-c/1.txt": text(""), "a.txt": text(""), "a/1.txt": text(""),
			},
			[]string{"a.txt", "z.txt", "a/1.txt", "b/a.txt", "b/z.txt", "b/a/1.txt", "b-c/1.txt"},
		},
		{
			"what is aside",
			fstest.MapFS{
				".hidden.txt": text(""), "_draft.txt": text(""), ".git/a.txt": text(""), "_drafts/a.txt": text(""),
				"feed.yaml": text(""), "news/feed.yaml": text(""), "a.txt~": text(""), ".a.txt.swp": text(""), "a.swp": text(""),
				"#a.txt#": text(""), "a.txt.part": text(""), "a.txt.crdownload": text(""), "a.txt.TMP": text(""),
				"~$a.txt": text(""), "Thumbs.db": text(""), "#recycle/a.txt": text(""), "news/a.txt": text(""),
			},
			[]string{"news/a.txt"},
		},
		{
			"names that look aside and are not",
			fstest.MapFS{"a_.txt": text(""), "#a.txt": text(""), "#": text(""), "~a.txt": text(""), "a..b.txt": text(""), "part.txt": text("")},
			[]string{"#a.txt", "a..b.txt", "a_.txt", "part.txt", "~a.txt", "/: 1 file of a kind that seedfeed does not read (no extension 1)"},
		},
		{
			"names in all their variety",
			fstest.MapFS{
				"two words.txt": text(""), `"quoted" it's.txt`: text(""), "нефть-名前.txt": text(""), "line\nbreak.txt": text(""),
				"STORY.TXT": text(""), "story.txt": text(""), "hash#frag?.txt": text(""), `back\slash.txt`: text(""), "100%.txt": text(""),
				strings.Repeat("x", 251) + ".txt": text(""),
			},
			[]string{
				`"quoted" it's.txt`, "100%.txt", "STORY.TXT", `back\slash.txt`, "hash#frag?.txt", "line\nbreak.txt",
				"story.txt", "two words.txt", strings.Repeat("x", 251) + ".txt", "нефть-名前.txt",
			},
		},
		{
			"names that are not UTF-8",
			fstest.MapFS{"caf\xe9.txt": text(""), "d\xe9p/a.txt": text(""), "_caf\xe9.txt": text("")},
			[]string{
				`"caf\xe9.txt": its name is not valid UTF-8: rename it`,
				`"d\xe9p": its name is not valid UTF-8: rename it`,
			},
		},
		{
			"kinds without a reader are counted",
			fstest.MapFS{"a.docx": text(""), "b.DOCX": text(""), "c.pdf": text(""), "README": text(""), "news/d.pdf": text(""), "e.txt": text("")},
			[]string{
				"e.txt",
				"/: 4 files of kinds that seedfeed does not read (.docx 2, .pdf 1, no extension 1)",
				"news/: 1 file of a kind that seedfeed does not read (.pdf 1)",
			},
		},
		{
			"an empty file is a document",
			fstest.MapFS{"empty.txt": text("")},
			[]string{"empty.txt"},
		},
		{
			"settings under a wrong name",
			fstest.MapFS{"feed.yml": text(""), "news/Feed.yaml": text("")},
			[]string{
				`"feed.yml": settings are read from "feed.yaml" only: rename it`,
				`"news/Feed.yaml": settings are read from "feed.yaml" only: rename it`,
			},
		},
		{
			"files that were just written",
			fstest.MapFS{
				"now.txt":           {ModTime: now},
				"a second ago.txt":  {ModTime: now.Add(-time.Second)},
				"two ago.txt":       {ModTime: now.Add(-2 * time.Second)},
				"clock ahead.txt":   {ModTime: now.Add(time.Second)},
				"set to future.txt": {ModTime: now.AddDate(1, 0, 0)},
				"no time.txt":       {},
			},
			[]string{
				"no time.txt", "set to future.txt", "two ago.txt",
				`"a second ago.txt": written less than 2s ago (waits)`,
				`"clock ahead.txt": written less than 2s ago (waits)`,
				`"now.txt": written less than 2s ago (waits)`,
			},
		},
		{
			"too large",
			fstest.MapFS{"large.txt": text(strings.Repeat("x", 1001)), "just so.txt": text(strings.Repeat("x", 1000))},
			[]string{"just so.txt", `"large.txt": 1 kB, larger than the limit of 1 kB`},
		},
		{
			"what is not a file",
			fstest.MapFS{
				"pipe.txt":   {Mode: fs.ModeNamedPipe},
				"socket.txt": {Mode: fs.ModeSocket},
				"device.txt": {Mode: fs.ModeDevice},
				"tty.txt":    {Mode: fs.ModeDevice | fs.ModeCharDevice},
				"other.txt":  {Mode: fs.ModeIrregular},
				".pipe":      {Mode: fs.ModeNamedPipe},
			},
			[]string{
				`"device.txt": a device and not a file`,
				`"other.txt": not a regular file`,
				`"pipe.txt": a named pipe and not a file`,
				`"socket.txt": a socket and not a file`,
				`"tty.txt": a device and not a file`,
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, look(t, tt.in)); diff != "" {
				t.Errorf("found (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWalkTellsSizeAndTime(t *testing.T) {
	got := walk(t, fstest.MapFS{"news/a.txt": text("twelve bytes")}, options())
	want := []seed.Dir{{Below: []string{"news"}}, {Path: "news", Files: []seed.File{{Path: "news/a.txt", Size: 12, ModTime: old}}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Walk (-want +got):\n%s", diff)
	}
}

// The zero Options take every file, however young and large.
func TestWalkZeroOptions(t *testing.T) {
	got := walk(t, fstest.MapFS{"a.docx": {ModTime: time.Now(), Data: make([]byte, 1<<20)}}, seed.Options{})
	if len(got) != 1 || len(got[0].Files) != 1 {
		t.Errorf("Walk = %+v, want one file", got)
	}
}

// A brokenFS fails to list one folder, and to tell about one file.
type brokenFS struct {
	fstest.MapFS
	folder, file string
	err          error
}

func (b brokenFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == b.folder {
		return nil, &fs.PathError{Op: "openat", Path: name, Err: b.err}
	}
	entries, err := b.MapFS.ReadDir(name)
	for i, entry := range entries {
		if path.Join(name, entry.Name()) == b.file {
			entries[i] = brokenEntry{entry, b.err}
		}
	}
	return entries, err
}

type brokenEntry struct {
	fs.DirEntry
	err error
}

func (e brokenEntry) Info() (fs.FileInfo, error) {
	return nil, &fs.PathError{Op: "lstat", Path: e.Name(), Err: e.err}
}

// A folder that can not be listed must not look like one whose files were
// deleted, and must not stop the others.
func TestWalkFolderThatCanNotBeListed(t *testing.T) {
	files := fstest.MapFS{"a/1.txt": text(""), "b/1.txt": text(""), "b/c/1.txt": text(""), "d/1.txt": text("")}
	dirs := walk(t, brokenFS{MapFS: files, folder: "b", err: fs.ErrPermission}, options())
	var visited []string
	for _, d := range dirs {
		visited = append(visited, d.Path)
		if broken := d.Path == "b"; (d.Err != nil) != broken {
			t.Errorf("%q: Err = %v", d.Path, d.Err)
		} else if broken {
			if !errors.Is(d.Err, fs.ErrPermission) || d.Err.Error() != "the folder can not be listed: permission denied" {
				t.Errorf("Err = %q, want the reason for people, and permission as its cause", d.Err)
			}
		}
	}
	if diff := cmp.Diff([]string{"", "a", "b", "d"}, visited); diff != "" {
		t.Errorf("visited (-want +got):\n%s", diff)
	}
}

func TestWalkTopThatCanNotBeListed(t *testing.T) {
	err := seed.New(brokenFS{folder: ".", err: fs.ErrNotExist}, options()).Walk(t.Context(), func(d seed.Dir) error {
		t.Errorf("visited %+v, want nothing", d)
		return nil
	})
	if !errors.Is(err, fs.ErrNotExist) || err.Error() != "the folder can not be listed: file does not exist" {
		t.Errorf("Walk = %v, want that the folder does not exist", err)
	}
}

func TestWalkFileThatCanNotBeLookedAt(t *testing.T) {
	files := fstest.MapFS{"a.txt": text(""), "b.txt": text("")}
	for cause, want := range map[error]string{
		fs.ErrNotExist:             `"a.txt": deleted while the folder was listed (waits)`,
		errors.New("stale handle"): `"a.txt": stale handle`,
	} {
		got := look(t, brokenFS{MapFS: files, file: "a.txt", err: cause})
		if diff := cmp.Diff([]string{"b.txt", want}, got); diff != "" {
			t.Errorf("found (-want +got):\n%s", diff)
		}
	}
}

func TestWalkStops(t *testing.T) {
	files := fstest.MapFS{"a/1.txt": text(""), "b/1.txt": text("")}
	enough := errors.New("enough")
	visits := 0
	err := seed.New(files, options()).Walk(t.Context(), func(d seed.Dir) error {
		visits++
		if d.Path == "a" {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) || visits != 2 {
		t.Errorf("Walk = %v after %d visits, want that of visit after 2", err, visits)
	}

	ctx, cancel := context.WithCancel(t.Context())
	visits = 0
	err = seed.New(files, options()).Walk(ctx, func(seed.Dir) error {
		visits++
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) || visits != 1 {
		t.Errorf("Walk = %v after %d visits, want that of the context after 1", err, visits)
	}
}

// What is not told apart may be of any kind.
func TestKindsHas(t *testing.T) {
	kinds := seed.Kinds{".mp3": 1}
	if !kinds.Has(".mp3") || kinds.Has(".pdf") || seed.Kinds(nil).Has(".mp3") {
		t.Errorf("%v has .mp3: %v, .pdf: %v", kinds, kinds.Has(".mp3"), kinds.Has(".pdf"))
	}
	for i := range 200 {
		kinds.Add(seed.Kinds{fmt.Sprintf(".k%03d", i): 1})
	}
	if !kinds.Has(".pdf") {
		t.Error("a kind beyond those that are told apart is said not to be there")
	}
}

func TestKinds(t *testing.T) {
	many := seed.Kinds{}
	for i := range 1000 {
		many.Add(seed.Kinds{fmt.Sprintf(".k%03d", i): 1})
	}
	tests := []struct {
		in   seed.Kinds
		want string
	}{
		{nil, ""},
		{seed.Kinds{".pdf": 1}, "1 file of a kind that seedfeed does not read (.pdf 1)"},
		{seed.Kinds{".pdf": 3}, "3 files of a kind that seedfeed does not read (.pdf 3)"},
		{seed.Kinds{".pdf": 2, ".docx": 10}, "12 files of kinds that seedfeed does not read (.docx 10, .pdf 2)"},
		{
			seed.Kinds{".a": 1, ".b": 1, ".c": 1, ".d": 1, ".e": 1, ".f": 1, ".g": 9},
			"15 files of kinds that seedfeed does not read (.g 9, .a 1, .b 1, .c 1, .d 1, 2 more)",
		},
		{many, "1000 files of kinds that seedfeed does not read (others 900, .k000 1, .k001 1, .k002 1, .k003 1, 96 more)"},
	}
	for _, tt := range tests {
		if got := tt.in.String(); got != tt.want {
			t.Errorf("String() = %q, want %q", got, tt.want)
		}
	}
}

// Names end in anything: only what looks like an extension counts as a kind.
func TestKindOfNames(t *testing.T) {
	files := fstest.MapFS{
		"a.JPEG": text(""), "story.2026-02-14": text(""), "a.": text(""), "vol. 1 (final version)": text(""), "a.tar.gz": text(""),
		"a.mp3": text(""), "a.verylongextension": text(""), "x.é": text(""),
	}
	want := seed.Kinds{".jpeg": 1, ".gz": 1, ".mp3": 1, "no extension": 5}
	if diff := cmp.Diff(want, walk(t, files, options())[0].Unread); diff != "" {
		t.Errorf("Unread (-want +got):\n%s", diff)
	}
}
