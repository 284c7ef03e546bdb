package ledger_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"seedfeed/feed/ledger"
)

func TestUpdateIsAllOrNothing(t *testing.T) {
	l := newLedger(t)
	put(t, l, record("a.txt", 0))
	errMine := errors.New("mine")
	changes := func(tx *ledger.Tx) error {
		rec := record("a.txt", 0)
		rec.Title = "Another"
		b := record("b/b.txt", 9)
		return errors.Join(tx.Put(rec), tx.Put(b), tx.SetMeta("k", "v"),
			tx.PutFile("index.html", ledger.File{}), tx.PutSnapshot(b.ID, [32]byte{}, []byte("text")))
	}
	unchanged := func(how string) {
		t.Helper()
		diff(t, how+": records", list(t, l, ledger.Filter{}), []string{"a.txt live"})
		if rec, _, err := l.ByPath(t.Context(), "a.txt"); err != nil || rec.Title != record("a.txt", 0).Title {
			t.Errorf("%s: title = %q, %v", how, rec.Title, err)
		}
		if v := must(l.Meta(t.Context(), "k"))(t); v != "" {
			t.Errorf("%s: meta = %q", how, v)
		}
		if files := must(l.Files(t.Context()))(t); len(files) != 0 {
			t.Errorf("%s: files = %v", how, files)
		}
		diff(t, how+": sections", must(l.Sections(t.Context()))(t), []ledger.SectionCount{{Section: "", Live: 1}})
	}

	err := l.Update(t.Context(), func(tx *ledger.Tx) error { return errors.Join(changes(tx), errMine) })
	if !errors.Is(err, errMine) {
		t.Errorf("error = %v, want that of the function", err)
	}
	unchanged("an error")

	ctx, cancel := context.WithCancel(t.Context())
	err = l.Update(ctx, func(tx *ledger.Tx) error { defer cancel(); return changes(tx) })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want that of the context", err)
	}
	unchanged("a context that ended")

	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic is lost")
			}
		}()
		_ = l.Update(t.Context(), func(tx *ledger.Tx) error {
			if err := changes(tx); err != nil {
				return err
			}
			panic("mine")
		})
	}()
	unchanged("a panic")
	update(t, l, changes)
	diff(t, "sections", must(l.Sections(t.Context()))(t), []ledger.SectionCount{{Section: "", Live: 1}, {Section: "b", Live: 1}})
}

// Inside an update its changes are seen, outside they are not until it is done;
// and nobody waits.
func TestReadersDoNotWait(t *testing.T) {
	l, ctx := newLedger(t), t.Context()
	a, b := record("a.txt", 0), record("b.txt", 1)
	put(t, l, a)
	update(t, l, func(tx *ledger.Tx) error {
		if err := tx.Put(b); err != nil {
			return err
		}
		if _, ok, err := tx.ByPath(ctx, "b.txt"); err != nil || !ok {
			t.Errorf("inside: ByPath = %v, %v", ok, err)
		}
		if got := must(tx.Folder(ctx, ""))(t); len(got) != 2 {
			t.Errorf("inside: %d documents, want 2", len(got))
		}
		if _, ok, err := l.ByPath(ctx, "b.txt"); err != nil || ok {
			t.Errorf("outside: ByPath = %v, %v", ok, err)
		}
		return nil
	})
	if _, ok, err := l.ByPath(ctx, "b.txt"); err != nil || !ok {
		t.Errorf("after it: ByPath = %v, %v", ok, err)
	}
	// An update while a list is read: the list goes on as it began.
	n := 0
	for _, err := range l.List(ctx, ledger.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		put(t, l, record(fmt.Sprintf("c%d.txt", n), 2))
		n++
	}
	if n != 2 {
		t.Errorf("the list had %d records, want 2", n)
	}
}

// Whoever asks within the range over a list is answered, however deep.
func TestQuestionsWithinQuestions(t *testing.T) {
	l := newLedger(t)
	put(t, l, record("a.txt", 0), record("b.txt", 1))
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	answers := 0
	var ask func(depth int)
	ask = func(depth int) {
		for _, err := range l.List(ctx, ledger.Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			if depth > 1 {
				ask(depth - 1)
			} else if _, ok, err := l.ByPath(ctx, "b.txt"); ok && err == nil {
				answers++
			}
		}
	}
	const depth = 10
	ask(depth)
	if answers != 1<<depth {
		t.Errorf("%d answers, want %d", answers, 1<<depth)
	}
}

// An update has its place among the writers from its beginning: what it reads
// is still so when it writes.
func TestUpdatesOfTwoProcessesDoNotMix(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.db")
	first, second := open(t, file), open(t, file)
	update(t, first, func(tx *ledger.Tx) error {
		if _, err := tx.Meta(t.Context(), "k"); err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		err := second.Update(ctx, func(*ledger.Tx) error {
			t.Error("two updates at once")
			return nil
		})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error = %v, want that of the context", err)
		}
		return tx.SetMeta("k", "v")
	})
}

func TestManyGoroutines(t *testing.T) {
	l := newLedger(t)
	var wait sync.WaitGroup
	for g := range 8 {
		wait.Go(func() {
			for i := range 10 {
				path := fmt.Sprintf("%d/%d.txt", g, i)
				if err := l.Update(t.Context(), putting(record(path, i))); err != nil {
					t.Error(err)
				}
				if _, ok, err := l.ByPath(t.Context(), path); err != nil || !ok {
					t.Errorf("%s: %v, %v", path, ok, err)
				}
			}
		})
	}
	wait.Wait()
	if n := len(list(t, l, ledger.Filter{})); n != 80 {
		t.Errorf("%d records, want 80", n)
	}
}

func TestSnapshots(t *testing.T) {
	l := newLedger(t)
	noise := make([]byte, 5000) // gains nothing by compression
	rng := rand.NewChaCha8([32]byte{})
	if _, err := rng.Read(noise); err != nil {
		t.Fatal(err)
	}
	texts := map[string][]byte{"a.txt": bytes.Repeat([]byte("A long story. "), 2000), "b.txt": noise, "c.txt": {}, "d.txt": []byte("short")}
	ids := map[string]bool{}
	update(t, l, func(tx *ledger.Tx) error {
		for path, text := range texts {
			rec := record(path, 0)
			ids[rec.ID] = true
			if err := errors.Join(tx.Put(rec), tx.PutSnapshot(rec.ID, [32]byte{1}, []byte("older")), tx.PutSnapshot(rec.ID, rec.Digest, text)); err != nil {
				return err
			}
		}
		return nil
	})
	for path, want := range texts {
		rec := record(path, 0)
		sum, data, ok, err := l.Snapshot(t.Context(), rec.ID)
		if err != nil || !ok || sum != rec.Digest || !bytes.Equal(data, want) {
			t.Errorf("%s: snapshot of %d bytes, %v, %v; want %d bytes", path, len(data), ok, err, len(want))
		}
	}
	keep := map[string]bool{record("b.txt", 0).ID: true, record("a.txt", 0).ID: false, "urn:none": true}
	update(t, l, func(tx *ledger.Tx) error { return tx.KeepSnapshots(keep) })
	for id := range ids {
		if _, _, ok, err := l.Snapshot(t.Context(), id); err != nil || ok != keep[id] {
			t.Errorf("%s: kept %v, %v, want %v", id, ok, err, keep[id])
		}
	}
	err := l.Update(t.Context(), func(tx *ledger.Tx) error { return tx.PutSnapshot("urn:none", [32]byte{}, nil) })
	if err == nil {
		t.Error("a snapshot of an entry that is not there was kept")
	}
}

func TestFilesAndMeta(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.db")
	l, err := ledger.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	index := ledger.File{Digest: [32]byte{1, 2}, Size: 10, ModTime: monday}
	changed := ledger.File{Digest: [32]byte{3}, Size: 11, ModTime: monday.AddDate(0, 0, 1)}
	update(t, l, func(tx *ledger.Tx) error {
		return errors.Join(tx.PutFile("index.html", index), tx.PutFile("rss.xml", index), tx.PutFile("style.css", index),
			tx.PutFile("rss.xml", changed), tx.DropFile("style.css"), tx.SetMeta("a", "1"), tx.SetMeta("b", "2"), tx.SetMeta("a", "3"), tx.SetMeta("b", ""))
	})
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l = open(t, file) // all of it is on the disk
	diff(t, "files", must(l.Files(t.Context()))(t), map[string]ledger.File{"index.html": index, "rss.xml": changed})
	if a, b := must(l.Meta(t.Context(), "a"))(t), must(l.Meta(t.Context(), "b"))(t); a != "3" || b != "" {
		t.Errorf("meta = %q, %q", a, b)
	}
}
