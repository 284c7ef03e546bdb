package seed_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"seedfeed/feed/internal/needs"
	"seedfeed/feed/seed"
)

// soon is longer than anything here takes; nothing waits for it to pass.
const soon = 30 * time.Second

// watched returns a temporary folder that is watched, and its requests, after
// the first one.
func watched(t *testing.T) (string, <-chan struct{}) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "seeds")
	makeFolder(t, dir)
	return dir, watch(t, dir, 0)
}

func watch(t *testing.T, dir string, settle time.Duration) <-chan struct{} {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	requests, err := seed.Watch(ctx, dir, seed.WatchOptions{Settle: settle})
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		for range requests { // until it is closed
		}
	})
	wait(t, requests, "the first request, for what was dropped before")
	return requests
}

// wait waits for a request, and then for the end of those that follow on its
// heels: changes that take long, and folders that move, may lead to two.
func wait(t *testing.T, requests <-chan struct{}, what string) {
	t.Helper()
	select {
	case _, ok := <-requests:
		if !ok {
			t.Fatalf("closed, want %s", what)
		}
	case <-time.After(soon):
		t.Fatalf("no request within %v, want %s", soon, what)
	}
	for comes(requests) {
	}
}

// comes reports whether there is a request within the time that one takes.
func comes(requests <-chan struct{}) bool {
	select {
	case <-requests:
		return true
	case <-time.After(500 * time.Millisecond):
		return false
	}
}

func makeFolder(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, name string) {
	t.Helper()
	if err := os.WriteFile(name, []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
}

func rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

func TestWatchTellsChanges(t *testing.T) {
	t.Parallel()
	dir, requests := watched(t)
	story, other := filepath.Join(dir, "story.txt"), filepath.Join(dir, "other.txt")
	write(t, story)
	wait(t, requests, "one for a new file")
	write(t, story)
	wait(t, requests, "one for a changed file")
	rename(t, story, other)
	wait(t, requests, "one for a renamed file")
	if err := os.Remove(other); err != nil {
		t.Fatal(err)
	}
	wait(t, requests, "one for a deleted file")
	write(t, filepath.Join(dir, "feed.yaml"))
	wait(t, requests, "one for new settings")
}

func TestWatchIgnoresWhatIsAside(t *testing.T) {
	t.Parallel()
	dir, requests := watched(t)
	makeFolder(t, filepath.Join(dir, "_drafts"))
	makeFolder(t, filepath.Join(dir, ".git"))
	for _, name := range []string{".story.txt.swp", "story.txt~", "story.txt.part", "_drafts/story.txt", ".git/index"} {
		write(t, filepath.Join(dir, name))
	}
	if comes(requests) {
		t.Error("a request, want none for names that are aside")
	}
}

// Folders that come are watched, with what was made in them in the meantime.
func TestWatchFollowsFolders(t *testing.T) {
	t.Parallel()
	dir, requests := watched(t)
	deep := filepath.Join(dir, "news", "world", "asia")
	makeFolder(t, deep)
	wait(t, requests, "one for new folders")
	write(t, filepath.Join(deep, "story.txt"))
	wait(t, requests, "one for a file in a new folder")

	rename(t, filepath.Join(dir, "news"), filepath.Join(dir, "archive"))
	wait(t, requests, "one for a renamed folder")
	write(t, filepath.Join(dir, "archive", "here.txt"))
	wait(t, requests, "one for a file in the renamed folder")
	write(t, filepath.Join(dir, "archive", "world", "asia", "story.txt"))
	wait(t, requests, "one for a file below the renamed folder")

	rename(t, filepath.Join(dir, "archive"), filepath.Join(dir, "_archive"))
	wait(t, requests, "one for a folder that is aside now")
	write(t, filepath.Join(dir, "_archive", "world", "asia", "more.txt"))
	if comes(requests) {
		t.Error("a request, want none for a file below a folder that is aside now")
	}
}

// However fast folders and files are made, the runs that are asked for see all
// of them, settled.
func TestWatchMissesNoFileInFreshFolders(t *testing.T) {
	t.Parallel()
	const settle, files = 300 * time.Millisecond, 2000
	dir := t.TempDir()
	requests := watch(t, dir, settle)
	failed := make(chan error, 1)
	go func() { failed <- writeTree(dir, files) }()
	folder := seed.New(os.DirFS(dir), seed.Options{Settle: settle})
	for seen := 0; seen < files; {
		select {
		case err := <-failed:
			if err != nil {
				t.Fatal(err)
			}
		case <-requests:
			seen = 0
			if err := folder.Walk(t.Context(), func(d seed.Dir) error {
				seen += len(d.Files)
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		case <-time.After(soon):
			t.Fatalf("%d files seen, then no more requests; want all %d", seen, files)
		}
	}
}

// writeTree writes files into folders that it makes on the way.
func writeTree(dir string, files int) error {
	for i := range files {
		folder := filepath.Join(dir, fmt.Sprintf("a%d", i%10), fmt.Sprintf("b%d", i%50), fmt.Sprintf("c%d", i%200))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%d.txt", i)), nil, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func TestWatchFindsTheFolderAgain(t *testing.T) {
	t.Parallel()
	dir, requests := watched(t)
	makeFolder(t, filepath.Join(dir, "news"))
	wait(t, requests, "one for a new folder")
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	wait(t, requests, "one for what was deleted")
	makeFolder(t, filepath.Join(dir, "news"))
	wait(t, requests, "one for the folder that was made again")
	write(t, filepath.Join(dir, "news", "story.txt"))
	wait(t, requests, "one for a file in it")

	rename(t, dir, dir+".old")
	makeFolder(t, filepath.Join(dir, "news"))
	wait(t, requests, "one for the folder that was replaced")
	write(t, filepath.Join(dir, "news", "story.txt"))
	wait(t, requests, "one for a file in the new one")
	write(t, filepath.Join(dir+".old", "news", "story.txt"))
	if comes(requests) {
		t.Error("a request, want none for a file in the old one")
	}
}

func TestWatchWaitsForAFolderThatIsMissing(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "seeds")
	requests := watch(t, dir, 0)
	makeFolder(t, dir)
	wait(t, requests, "one for the folder that was made")
	write(t, filepath.Join(dir, "story.txt"))
	wait(t, requests, "one for a file in it")
}

// The folder may be a link, to a disk that is mounted elsewhere.
func TestWatchFollowsALinkToTheFolder(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	first, second, link := filepath.Join(base, "first"), filepath.Join(base, "second"), filepath.Join(base, "seeds")
	makeFolder(t, first)
	makeFolder(t, second)
	if err := os.Symlink(first, link); err != nil {
		needs.Missing(t, "no symbolic links here: "+err.Error())
	}
	requests := watch(t, link, 0)
	write(t, filepath.Join(first, "story.txt"))
	wait(t, requests, "one for a file behind the link")
	if err := os.Remove(link); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(second, link); err != nil {
		t.Fatal(err)
	}
	wait(t, requests, "one for a link that leads elsewhere")
	write(t, filepath.Join(second, "story.txt"))
	wait(t, requests, "one for a file behind the new link")
}

func TestWatchEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	requests, err := seed.Watch(ctx, t.TempDir(), seed.WatchOptions{Settle: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	select {
	case _, ok := <-requests:
		if ok {
			t.Error("a request, want none")
		}
	case <-time.After(soon):
		t.Error("not closed")
	}
}
