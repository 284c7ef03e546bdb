package atomicfile_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"seedfeed/feed/internal/atomicfile"
)

func flush(t *testing.T, b *atomicfile.Batch) {
	t.Helper()
	if err := b.Flush(); err != nil {
		t.Fatal(err)
	}
}

// What is new is there at once, what replaces a file only when all is on the
// disk: few files or many.
func TestBatch(t *testing.T) {
	for _, n := range []int{1, 40} {
		t.Run(fmt.Sprintf("%d files", n), func(t *testing.T) {
			root := openRoot(t)
			b := atomicfile.NewBatch(root)
			var want []string
			for i := range n {
				old, fresh := fmt.Sprintf("a/old-%02d.html", i), fmt.Sprintf("a/new-%02d.html", i)
				want = append(want, old, fresh)
				write(t, root, old, "before")
				for _, name := range []string{old, fresh} {
					if written, err := b.Write(name, []byte("after")); !written || err != nil {
						t.Fatalf("Write(%q) = %v, %v", name, written, err)
					}
				}
				expect(t, map[string]string{old: "before", fresh: "after"}, root.ReadFile)
			}
			flush(t, b)
			for _, name := range want {
				expect(t, map[string]string{name: "after"}, root.ReadFile)
				if written, err := b.Write(name, []byte("after")); written || err != nil {
					t.Errorf("Write(%q) of what is there = %v, %v", name, written, err)
				}
			}
			slices.Sort(want)
			if got := files(t, root); !slices.Equal(got, append([]string{"a"}, want...)) {
				t.Errorf("files = %v, want %v", got, want)
			}
		})
	}
}

func expect(t *testing.T, want map[string]string, read func(string) ([]byte, error)) {
	t.Helper()
	for name, data := range want {
		if got, err := read(name); string(got) != data {
			t.Errorf("%s = %q, %v; want %q", name, got, err, data)
		}
	}
}

func TestBatchRemove(t *testing.T) {
	root := openRoot(t)
	write(t, root, "a/b.html", "x")
	b := atomicfile.NewBatch(root)
	if err := b.Remove("a/b.html"); err != nil {
		t.Fatal(err)
	}
	flush(t, b)
	if got := files(t, root); len(got) > 0 {
		t.Errorf("files = %v, want none", got)
	}
}

// A batch may write into more folders than it keeps open, and into one that was
// removed meanwhile.
func TestBatchFolders(t *testing.T) {
	root := openRoot(t)
	b := atomicfile.NewBatch(root)
	want := map[string]string{}
	put := func(name, data string) {
		t.Helper()
		if _, err := b.Write(name, []byte(data)); err != nil {
			t.Fatal(err)
		}
		want[name] = data
	}
	for i := range 40 {
		put(fmt.Sprintf("a/%02d/one.html", i%20), "one")
		put(fmt.Sprintf("a/%02d/two-%02d.html", i%20, i), "two")
	}
	if err := root.RemoveAll("a/19"); err != nil {
		t.Fatal(err)
	}
	maps.DeleteFunc(want, func(name, _ string) bool { return strings.HasPrefix(name, "a/19/") })
	put("a/19/three.html", "three")
	if err := b.Remove("a/19/three.html"); err != nil {
		t.Fatal(err)
	}
	put("a/19/three.html", "four")
	flush(t, b)
	expect(t, want, root.ReadFile)
	if got := len(files(t, root)); got != len(want)+21 {
		t.Errorf("%d files and folders, want %d files in 21 folders", got, len(want))
	}
}

// BenchmarkBatch writes pages as a first run does.
func BenchmarkBatch(b *testing.B) {
	root, err := os.OpenRoot(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = root.Close() }()
	batch := atomicfile.NewBatch(root)
	defer func() { _ = batch.Close() }()
	page := make([]byte, 6000)
	i := 0
	for b.Loop() {
		if _, err := batch.Write(fmt.Sprintf("entries/2026/%02d/page-%d.html", i/1000, i), page); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

// A batch that can not write says so, and leaves nothing behind.
func TestBatchFails(t *testing.T) {
	root := openRoot(t)
	write(t, root, "taken", "x")
	b := atomicfile.NewBatch(root)
	if _, err := b.Write("taken/a.html", []byte("x")); err == nil {
		t.Error("a page below a file gave no error")
	}
	if want := []string{"taken"}; !slices.Equal(files(t, root), want) {
		t.Errorf("files = %v, want %v", files(t, root), want)
	}
}
