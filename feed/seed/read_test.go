package seed_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"seedfeed/feed/seed"
)

func TestRead(t *testing.T) {
	large := bytes.Repeat([]byte("0123456789abcdef"), 200_000) // more than is read at once
	for name, data := range map[string][]byte{"empty": nil, "small": []byte("text\x00\xff"), "large": large} {
		files := fstest.MapFS{"news/a.txt": {Data: data, ModTime: old}}
		folder := seed.New(files, seed.Options{})
		doc, err := folder.Read(t.Context(), seed.File{Path: "news/a.txt", Size: int64(len(data)), ModTime: old})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if doc.Path != "news/a.txt" || !doc.ModTime.Equal(old) || !bytes.Equal(doc.Data, data) {
			t.Errorf("%s: Read = %q, %v, %d bytes, want the file as it is", name, doc.Path, doc.ModTime, len(doc.Data))
		}
	}
}

// File systems keep nanoseconds, and callers milliseconds.
func TestReadComparesMilliseconds(t *testing.T) {
	at := time.Date(2026, 3, 1, 12, 0, 0, 123_456_789, time.UTC)
	folder := seed.New(fstest.MapFS{"a.txt": {Data: []byte("text"), ModTime: at}}, seed.Options{})
	kept := seed.File{Path: "a.txt", Size: 4, ModTime: time.UnixMilli(at.UnixMilli())}
	if _, err := folder.Read(t.Context(), kept); err != nil {
		t.Errorf("Read = %v, want the file", err)
	}
	kept.ModTime = kept.ModTime.Add(time.Millisecond)
	if _, err := folder.Read(t.Context(), kept); !errors.Is(err, seed.ErrChanging) {
		t.Errorf("Read = %v, want ErrChanging", err)
	}
}

// A trickFS gives a file that does what the test says when it is read.
type trickFS struct {
	fstest.MapFS
	name    string
	openErr error
	read    func(*trickFile, []byte) (int, error)
}

func (f trickFS) Open(name string) (fs.File, error) {
	if name == f.name && f.openErr != nil {
		return nil, &fs.PathError{Op: "openat", Path: name, Err: f.openErr}
	}
	file, err := f.MapFS.Open(name)
	if err != nil || name != f.name || f.read == nil {
		return file, err
	}
	return &trickFile{File: file, fsys: f.MapFS, name: name, trick: f.read}, nil
}

type trickFile struct {
	fs.File
	fsys  fstest.MapFS
	name  string
	trick func(*trickFile, []byte) (int, error)
}

func (f *trickFile) Read(p []byte) (int, error) { return f.trick(f, p) }

// Stat tells of the file as it is now.
func (f *trickFile) Stat() (fs.FileInfo, error) { return fs.Stat(f.fsys, f.name) }

func TestReadRefuses(t *testing.T) {
	const name = "a.txt"
	listed := seed.File{Path: name, Size: 4, ModTime: old}
	replace := func(data string, modified time.Time) func(*trickFile, []byte) (int, error) {
		return func(f *trickFile, p []byte) (int, error) {
			f.fsys[name] = &fstest.MapFile{Data: []byte(data), ModTime: modified}
			return f.File.Read(p)
		}
	}
	tests := []struct {
		name string
		fsys trickFS
		file *fstest.MapFile
		want error  // nil: any
		text string // the error in full
	}{
		{"other size than listed", trickFS{openErr: errors.New("opened")}, text("longer"), seed.ErrChanging, "the file is being written to"},
		{"other time than listed", trickFS{openErr: errors.New("opened")}, &fstest.MapFile{Data: []byte("text"), ModTime: old.Add(time.Second)}, seed.ErrChanging, "the file is being written to"},
		{"deleted since", trickFS{}, nil, fs.ErrNotExist, "file does not exist"},
		{"a named pipe since", trickFS{openErr: errors.New("opened")}, &fstest.MapFile{Mode: fs.ModeNamedPipe}, nil, "a named pipe and not a file"},
		{"a folder since", trickFS{openErr: errors.New("opened")}, &fstest.MapFile{Mode: fs.ModeDir}, nil, "not a regular file"},
		{"too large", trickFS{openErr: errors.New("opened")}, text(string(make([]byte, 1001))), seed.ErrTooLarge, "1 kB, larger than the limit of 1 kB"},
		{"not ours to read", trickFS{openErr: fs.ErrPermission}, text("text"), fs.ErrPermission, "permission denied"},
		{"grows while it is read", trickFS{read: replace("text and more", old)}, text("text"), seed.ErrChanging, "the file is being written to"},
		{"is overwritten while it is read", trickFS{read: replace("TEXT", now)}, text("text"), seed.ErrChanging, "the file is being written to"},
		{"shorter than it says", trickFS{read: func(*trickFile, []byte) (int, error) { return 0, io.EOF }}, text("text"), seed.ErrChanging, "the file is being written to"},
		{"longer than it says", trickFS{read: func(_ *trickFile, p []byte) (int, error) { return len(p), nil }}, text("text"), seed.ErrChanging, "the file is being written to"},
		{"a disk that fails", trickFS{read: func(*trickFile, []byte) (int, error) {
			return 0, &fs.PathError{Op: "read", Path: name, Err: errors.New("input/output error")}
		}}, text("text"), nil, "input/output error"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.fsys.MapFS, tt.fsys.name = fstest.MapFS{}, name
			if tt.file != nil {
				tt.fsys.MapFS[name] = tt.file
			}
			doc, err := seed.New(tt.fsys, options()).Read(t.Context(), listed)
			if err == nil {
				t.Fatalf("Read = %q, want an error", doc.Data)
			}
			if err.Error() != tt.text || tt.want != nil && !errors.Is(err, tt.want) {
				t.Errorf("Read = %q, want %q", err, tt.text)
			}
		})
	}
}

// A slow read ends with the context.
func TestReadStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	reads := 0
	fsys := trickFS{MapFS: fstest.MapFS{"a.txt": text("text")}, name: "a.txt", read: func(*trickFile, []byte) (int, error) {
		reads++
		cancel()
		return 1, nil
	}}
	_, err := seed.New(fsys, options()).Read(ctx, seed.File{Path: "a.txt", Size: 4, ModTime: old})
	if !errors.Is(err, context.Canceled) || reads != 1 {
		t.Errorf("Read = %v after %d reads, want that of the context after 1", err, reads)
	}
}
