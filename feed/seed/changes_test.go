package seed_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"seedfeed/feed/seed"
)

func TestChangesTellTheFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "seeds")
	makeFolder(t, filepath.Join(dir, "news", "sport"))
	ctx, cancel := context.WithCancel(context.Background())
	changes := new(seed.Changes)
	requests, err := seed.Watch(ctx, dir, seed.WatchOptions{Changes: changes})
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		for range requests { // until it is closed
		}
	})
	wait(t, requests, "the first request")
	if _, all := changes.Take(); !all {
		t.Error("the first changes are not all")
	}
	tests := []struct {
		name   string
		change func() error
		want   []string
		all    bool
	}{
		{"a file below", func() error { return os.WriteFile(filepath.Join(dir, "news/sport/a.txt"), []byte("a"), 0o644) }, []string{"news/sport"}, false},
		{"a file at the top", func() error { return os.WriteFile(filepath.Join(dir, "a.txt"), []byte("a"), 0o644) }, []string{""}, false},
		{"a move", func() error { return os.Rename(filepath.Join(dir, "a.txt"), filepath.Join(dir, "news/a.txt")) }, []string{"", "news"}, false},
		{"a folder", func() error { return os.Mkdir(filepath.Join(dir, "art"), 0o755) }, nil, true},
	}
	for _, tt := range tests {
		if err := tt.change(); err != nil {
			t.Fatal(err)
		}
		wait(t, requests, tt.name)
		folders, all := changes.Take()
		if all != tt.all || !all && !slices.Equal(folders, tt.want) {
			t.Errorf("%s: %q, %v; want %q, %v", tt.name, folders, all, tt.want, tt.all)
		}
	}
	changes.All()
	if _, all := changes.Take(); !all {
		t.Error("All is forgotten")
	}
	if folders, all := changes.Take(); all || len(folders) != 0 {
		t.Errorf("taken twice: %q, %v", folders, all)
	}
}

func TestList(t *testing.T) {
	dir := t.TempDir()
	makeFolder(t, filepath.Join(dir, "b"))
	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte("a"), 0o644); err != nil {
		t.Fatal(err)
	}
	folder := seed.New(os.DirFS(dir), seed.Options{Now: func() time.Time { return time.Now().Add(time.Hour) }})
	got, err := folder.List(t.Context(), "")
	if err != nil || len(got.Files) != 1 || got.Files[0].Path != "a.txt" || !slices.Equal(got.Below, []string{"b"}) {
		t.Errorf("List = %+v, %v", got, err)
	}
	got, err = folder.List(t.Context(), "c")
	if want := "the folder can not be listed: no such file or directory"; err == nil || err.Error() != want || got.Err == nil {
		t.Errorf("error = %v, want %s", err, want)
	}
}
