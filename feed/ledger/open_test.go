package ledger_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"seedfeed/feed/ledger"
)

func TestOpenMakesWhatIsNotThere(t *testing.T) {
	// A name that a URI would read otherwise.
	file := filepath.Join(t.TempDir(), "a b", "50%?x=1#é", "ledger.db")
	l := open(t, file)
	put(t, l, record("a.txt", 0))
	dir, err := os.Stat(filepath.Dir(file))
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && dir.Mode().Perm() != 0o700 {
		t.Errorf("the folder has the mode %v, want 0700", dir.Mode().Perm())
	}
	for _, name := range []string{file, file + "-wal"} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s has the mode %v, want 0600", filepath.Base(name), info.Mode().Perm())
		}
	}
	diff(t, "by another opening", list(t, open(t, file), ledger.Filter{}), []string{"a.txt live"})
}

func TestOpenTakesARelativeName(t *testing.T) {
	t.Chdir(t.TempDir())
	l := open(t, "ledger.db")
	t.Chdir(t.TempDir()) // connections are opened later than the ledger
	put(t, l, record("a.txt", 0))
	diff(t, "records", list(t, l, ledger.Filter{}), []string{"a.txt live"})
}

// An empty file, and one whose maker was killed before there were tables, are
// no reason to refuse.
func TestOpenFinishesWhatWasBegun(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.db")
	for _, begin := range []string{"", "PRAGMA application_id = 0x73656564; PRAGMA journal_mode = WAL"} {
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		change(t, file, begin)
		l, err := ledger.Open(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		put(t, l, record("a.txt", 0))
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// change runs SQL on a file behind the ledger's back.
func change(t *testing.T, file, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(query); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOpenRefuses(t *testing.T) {
	const (
		other   = "name another file for the ledger, or take this one away"
		damaged = "put back a copy of the file; or make a run, which keeps this one aside and makes a new ledger of what can be read from it"
	)
	tests := []struct {
		name       string
		spoil      func(t *testing.T, file string)
		want, hint string
	}{
		{"text", func(t *testing.T, file string) {
			write(t, file, bytes.Repeat([]byte("not a ledger\n"), 100))
		}, "is no ledger", other},
		{"short", func(t *testing.T, file string) { write(t, file, []byte("SQLite format 3\x00")) }, "is no ledger", other},
		{"folder", func(t *testing.T, file string) {
			if err := os.Mkdir(file, 0o700); err != nil {
				t.Fatal(err)
			}
		}, "is a folder, not a file", other},
		{"other", func(t *testing.T, file string) { change(t, file, "CREATE TABLE bookmarks (url TEXT)") },
			"is the database of another program, not a ledger", other},
		{"newer", func(t *testing.T, file string) {
			filled(t, file)
			change(t, file, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)")
		}, fmt.Sprintf("made by a newer seedfeed (version 99 of the ledger, this one knows %d)", len(schema(t))),
			"use the newer seedfeed, or name another file for the ledger"},
		{"cut", func(t *testing.T, file string) {
			data := filled(t, file)
			write(t, file, data[:len(data)/2])
		}, "is damaged: it was cut short", damaged},
		{"garbage", func(t *testing.T, file string) {
			data := filled(t, file)
			for i := 100; i < len(data); i++ {
				data[i] = byte(i * 7)
			}
			write(t, file, data)
		}, "is damaged: database disk image is malformed (11)", damaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "ledger.db")
			tt.spoil(t, file)
			before, _ := os.ReadFile(file) // not that of a folder
			_, err := ledger.Open(t.Context(), file)
			message(t, err, fmt.Sprintf("ledger %q: %s", file, tt.want), tt.hint)
			if after, _ := os.ReadFile(file); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

// message checks what people are told.
func message(t *testing.T, err error, want, hint string) {
	t.Helper()
	var e *ledger.Error
	if !errors.As(err, &e) {
		t.Fatalf("error = %v, want a *ledger.Error", err)
	}
	if err.Error() != want {
		t.Errorf("error = %s\nwant    %s", err, want)
	}
	if e.Hint() != hint {
		t.Errorf("hint = %s\nwant   %s", e.Hint(), hint)
	}
}

func write(t *testing.T, file string, data []byte) {
	t.Helper()
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// filled makes a ledger with some records, and returns the bytes of its file.
func filled(t *testing.T, file string) []byte {
	t.Helper()
	l, err := ledger.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, l, 200, 200)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Damage that shows only when it is read names the file and the next step.
func TestDamageInside(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.db")
	data := filled(t, file)
	for i := 40 * 4096; i < len(data); i++ {
		data[i] = 0xff
	}
	write(t, file, data)
	l := open(t, file)
	for _, err := range l.List(t.Context(), ledger.Filter{}) {
		if err != nil {
			message(t, err, fmt.Sprintf("ledger %q: is damaged: database disk image is malformed (11)", file),
				"put back a copy of the file; or make a run, which keeps this one aside and makes a new ledger of what can be read from it")
			return
		}
	}
	t.Error("the damage was not seen")
}

// A process that is killed while it moves the log into the file may leave a file
// that is shorter than its header says. The log has the rest.
func TestOpenReadsTheLog(t *testing.T) {
	const page = 4096
	file := filepath.Join(t.TempDir(), "ledger.db")
	filled(t, file)
	l, err := ledger.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	update(t, l, func(tx *ledger.Tx) error {
		for i := range 100 { // more than fits the file, less than what moves the log
			if err := tx.Put(record(fmt.Sprintf("new/%d.txt", i), i)); err != nil {
				return err
			}
		}
		return nil
	})
	read := func(name string) []byte {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	before, log := read(file), read(file+"-wal")
	if err := l.Close(); err != nil { // moves the log
		t.Fatal(err)
	}
	after := read(file)
	if len(after) <= len(before) {
		t.Fatal("the file has not grown: the test shows nothing")
	}
	torn := filepath.Join(t.TempDir(), "ledger.db")
	write(t, torn, append(after[:page:page], before[page:]...)) // the first page is moved, the others are not
	write(t, torn+"-wal", log)
	if n := len(list(t, open(t, torn), ledger.Filter{Section: "new"})); n != 100 {
		t.Errorf("%d records, want 100", n)
	}
	whole(t, torn)
}
