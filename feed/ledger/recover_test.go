package ledger_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// forRecovery makes a ledger with a record of each status among many, a value, a
// file and no log beside it. It returns the bytes, and the records.
func forRecovery(t *testing.T, file string) ([]byte, []ledger.Record) {
	t.Helper()
	filled(t, file)
	l, err := ledger.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	update(t, l, func(tx *ledger.Tx) error {
		for i, status := range []feed.Status{feed.Withdrawn, feed.Gone, feed.Held} {
			rec := record(fmt.Sprintf("of/%s.txt", status), i)
			rec.Status, rec.WasLive = status, status != feed.Held
			if err := tx.Put(rec); err != nil {
				return err
			}
		}
		if err := tx.SetMeta("key", "value"); err != nil {
			return err
		}
		if err := tx.PutVersion(recoveredVersion); err != nil {
			return err
		}
		return tx.PutFile("rss.xml", ledger.File{Size: 7})
	})
	records := recordsOf(t, l)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data, records
}

// recoveredVersion is in the ledger that is to be recovered.
var recoveredVersion = ledger.Version{ID: "urn:replaced", Rank: 4, Head: "urn:head", Title: 1 << 63, Slug: 7, Agency: "Acme", Kill: "because"}

func recordsOf(t *testing.T, l *ledger.Ledger) (records []ledger.Record) {
	t.Helper()
	for rec, err := range l.List(t.Context(), ledger.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, rec)
	}
	return records
}

// Whatever is damaged, the file is kept as it is, and all that can be read of it
// is in the new one.
func TestRecover(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(data []byte) []byte
		least int // per cent of the records
		whole bool
	}{
		{"nothing", func(data []byte) []byte { return data }, 100, true},
		{"pages", func(data []byte) []byte {
			copy(data[len(data)/2/4096*4096:], bytes.Repeat([]byte{0xff}, 12*4096))
			return data
		}, 50, false},
		{"cut", func(data []byte) []byte { return data[:len(data)*9/10] }, 50, false},
		{"all but the header", func(data []byte) []byte { return append(data[:100], bytes.Repeat([]byte{7}, len(data)-100)...) }, 0, false},
		{"the header", func(data []byte) []byte { return bytes.Repeat([]byte{7}, len(data)) }, 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "ledger.db")
			data, want := forRecovery(t, file)
			data = tt.spoil(data)
			write(t, file, data)
			l, got, err := ledger.Recover(t.Context(), file, time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC))
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = l.Close() }()
			if v, found, err := l.VersionOf(t.Context(), recoveredVersion.ID); tt.whole && (!found || v != recoveredVersion || err != nil) {
				t.Errorf("the version is %+v, %t, %v", v, found, err)
			}
			if got.Copy != file+".damaged-20260310T120000Z" {
				t.Errorf("the copy is %q", got.Copy)
			}
			if kept, err := os.ReadFile(got.Copy); err != nil || !bytes.Equal(kept, data) {
				t.Errorf("the copy is not the file that was: %v", err)
			}
			records := recordsOf(t, l)
			if got.Entries != len(records) || len(records)*100 < len(want)*tt.least || got.Whole != tt.whole {
				t.Errorf("recovered %+v, %d records of %d", got, len(records), len(want))
			}
			if tt.whole {
				diff(t, "records", records, want)
				if value, err := l.Meta(t.Context(), "key"); err != nil || value != "value" {
					t.Errorf("value = %q, %v", value, err)
				}
				if files, err := l.Files(t.Context()); err != nil || files["rss.xml"].Size != 7 {
					t.Errorf("files = %v, %v", files, err)
				}
			}
			byID := map[string]ledger.Record{}
			for _, rec := range want {
				byID[rec.ID] = rec
			}
			for _, rec := range records {
				diff(t, "record", rec, byID[rec.ID])
			}
			whole(t, file)
		})
	}
}

// A copy never takes the place of another.
func TestRecoverTwice(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.db")
	at := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	for _, want := range []string{file + ".damaged-20260310T120000Z", file + ".damaged-20260310T120000Zx"} {
		filled(t, file)
		l, got, err := ledger.Recover(t.Context(), file, at)
		if err != nil || got.Copy != want {
			t.Fatalf("copy = %q, %v; want %q", got.Copy, err, want)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDamaged(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.db")
	data := filled(t, file)
	write(t, file, data[:len(data)/2])
	if _, err := ledger.Open(t.Context(), file); !ledger.Damaged(err) {
		t.Errorf("%v is not told as damage", err)
	}
	write(t, file, []byte("# Notes\n"))
	if _, err := ledger.Open(t.Context(), file); ledger.Damaged(err) {
		t.Errorf("%v is told as damage of a ledger", err)
	}
}

// Damage that is met later is remembered for the next start.
func TestMarkDamaged(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.db")
	filled(t, file)
	l, err := ledger.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.MarkDamaged(); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.Open(t.Context(), file); !ledger.Damaged(err) {
		t.Errorf("error = %v, want that the ledger is damaged", err)
	}
	l, got, err := ledger.Recover(t.Context(), file, time.Now())
	if err != nil || !got.Whole {
		t.Fatalf("recovered %+v, %v", got, err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l, err = ledger.Open(t.Context(), file)
	if err != nil {
		t.Fatalf("after that: %v", err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}
