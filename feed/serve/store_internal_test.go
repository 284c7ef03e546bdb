package serve

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What is held is what was asked for last, within the limit.
func TestStoreLimit(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = root.Close() }()
	const size = 1000 // of each, in two ways with overhead 2 KB or a little more
	s := newStore(root, 5*(size+overhead), 0, nil)
	get := func(i int) *held {
		name := fmt.Sprint(i)
		file := filepath.Join(dir, name)
		info, err := os.Stat(file)
		if err != nil {
			body := make([]byte, size)
			for j := range body {
				body[j] = byte(i + j*j*31) // short of what gzip can make smaller by much
			}
			if err := os.WriteFile(file, body, 0o644); err != nil {
				t.Fatal(err)
			}
			past := time.Now().Add(-time.Hour)
			if err := os.Chtimes(file, past, past); err != nil {
				t.Fatal(err)
			}
			if info, err = os.Stat(file); err != nil {
				t.Fatal(err)
			}
		}
		f, err := s.file(name, info, look{})
		if err != nil {
			t.Fatal(err)
		}
		for c := range identity {
			s.form(f, c)
		}
		if s.used > s.limit || len(s.slots) != s.order.Len() {
			t.Fatalf("%d bytes are held, limit %d; %d slots in order of %d", s.used, s.limit, len(s.slots), s.order.Len())
		}
		return f
	}
	first := get(0)
	for i := 1; i < 20; i++ {
		get(i)
		if get(0) != first {
			t.Fatalf("a file that is asked for all the time was dropped after %d others", i)
		}
	}
	if _, ok := s.slots["1"]; ok {
		t.Error("a file not asked for the longest is still held")
	}
	if _, ok := s.slots["19"]; !ok {
		t.Error("a file asked for last is not held")
	}
}

// A file that has grown over the limit since it was looked at is not read in part.
func TestReadGrown(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = root.Close() }()
	if err := os.WriteFile(filepath.Join(dir, "atom.xml"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(filepath.Join(dir, "atom.xml"), maxHeld+1); err != nil {
		t.Fatal(err)
	}
	_, err = read(root, "atom.xml")
	if want := "read atom.xml: the file changes while it is read"; err == nil || err.Error() != want {
		t.Errorf("read = %v, want %s", err, want)
	}
	if missing(err) {
		t.Error("a file that changes is told to be missing")
	}
}

// What is not there is missing; what could not be read must not be told to be.
func TestMissing(t *testing.T) {
	tests := []struct {
		err  error
		want bool
	}{
		{fs.ErrNotExist, true},
		{syscall.ENOENT, true},
		{syscall.ENOTDIR, true},
		{syscall.ELOOP, true},
		{syscall.ENAMETOOLONG, true},
		{syscall.EINVAL, true},
		{errors.New("path escapes from parent"), true},
		{fs.ErrClosed, false},
		{syscall.EMFILE, false},
		{syscall.ENFILE, false},
		{syscall.EIO, false},
		{syscall.EACCES, false},
	}
	for _, tt := range tests {
		if got := missing(&fs.PathError{Op: "open", Path: "x", Err: tt.err}); got != tt.want {
			t.Errorf("missing(%v) = %v, want %v", tt.err, got, tt.want)
		}
	}
}

// A form is made when it is asked for, once for a content, and counted then.
func TestForms(t *testing.T) {
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = root.Close() }()
	s := newStore(root, defaultMemory, 0, nil)
	at := time.Now().Add(-time.Hour)
	put := func(body string) *held {
		t.Helper()
		if err := root.WriteFile("rss.xml", []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
		at = at.Add(time.Second)
		if err := root.Chtimes("rss.xml", at, at); err != nil {
			t.Fatal(err)
		}
		info, err := root.Stat("rss.xml")
		if err != nil {
			t.Fatal(err)
		}
		f, err := s.file("rss.xml", info, look{})
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	body := strings.Repeat("<entry/>", 100)
	file, want := put(body), int64(len(body)+overhead)
	if s.used != want {
		t.Errorf("%d bytes are held before a form is asked for, want %d", s.used, want)
	}
	made := map[coding]*form{}
	for c := range identity {
		made[c] = s.form(file, c)
		want += int64(len(made[c].body))
		if s.used != want {
			t.Errorf("%d bytes are held with %s, want %d", s.used, codingNames[c], want)
		}
	}
	again := put(body) // touched
	for c, form := range made {
		if s.form(again, c) != form {
			t.Errorf("%s of the same content was made again", codingNames[c])
		}
	}
	if s.used != want {
		t.Errorf("%d bytes are held after the file was touched, want %d", s.used, want)
	}
	late := file
	other := put(body + body)
	late.forms = new(forms)
	s.form(late, gzipCoding) // for who still has the content before
	if want := int64(len(other.body) + overhead); s.used != want {
		t.Errorf("%d bytes are held of a new content, want %d", s.used, want)
	}
	if form := s.form(put("x"), brotliCoding); form != nil {
		t.Errorf("a form that is not smaller: %q", form.body)
	}
}
