package seed_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"seedfeed/feed/seed"
)

// benchTree makes 10,000 files in 100 folders, two levels deep.
func benchTree(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	for i := range 100 {
		folder := filepath.Join(dir, fmt.Sprintf("s%d", i/10), fmt.Sprintf("t%d", i%10))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			b.Fatal(err)
		}
		for j := range 100 {
			file := filepath.Join(folder, fmt.Sprintf("story-%d.txt", j))
			if err := os.WriteFile(file, nil, 0o644); err != nil {
				b.Fatal(err)
			}
			if err := os.Chtimes(file, old, old); err != nil {
				b.Fatal(err)
			}
		}
	}
	return dir
}

func BenchmarkWalk(b *testing.B) {
	dir := benchTree(b)
	root, err := os.OpenRoot(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := root.Close(); err != nil {
			b.Error(err)
		}
	}()
	folder := seed.New(root.FS(), options())
	b.ReportAllocs()
	for b.Loop() {
		files := 0
		err := folder.Walk(context.Background(), func(d seed.Dir) error {
			files += len(d.Files)
			return nil
		})
		if err != nil || files != 10_000 {
			b.Fatalf("%d files, %v", files, err)
		}
	}
}

// BenchmarkPlain is what Walk is measured by: to list each folder, and to look
// at each file.
func BenchmarkPlain(b *testing.B) {
	dir := benchTree(b)
	b.ReportAllocs()
	for b.Loop() {
		if files, err := plain(dir); err != nil || files != 10_000 {
			b.Fatalf("%d files, %v", files, err)
		}
	}
}

func plain(dir string) (files int, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return 0, err
	}
	for _, entry := range entries {
		if !entry.IsDir() {
			if _, err := entry.Info(); err != nil {
				return 0, err
			}
			files++
			continue
		}
		n, err := plain(filepath.Join(dir, entry.Name()))
		if err != nil {
			return 0, err
		}
		files += n
	}
	return files, nil
}
