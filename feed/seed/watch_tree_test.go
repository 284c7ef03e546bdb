package seed

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"

	"seedfeed/feed/internal/needs"
)

// A fakeNotifier watches what it is told to, up to a limit, and never any
// folder of the name "refused".
type fakeNotifier struct {
	watched  []string
	removed  []string
	limit    int
	refusal  error
	closeErr error
}

func (n *fakeNotifier) Add(dir string) error {
	if _, err := os.Stat(dir); err != nil {
		return err
	}
	switch {
	case filepath.Base(dir) == "refused":
		return n.refusal
	case slices.Contains(n.watched, dir):
	case len(n.watched) >= n.limit:
		return syscall.ENOSPC
	default:
		n.watched = append(n.watched, dir)
	}
	return nil
}

func (n *fakeNotifier) Remove(dir string) error {
	i := slices.Index(n.watched, dir)
	if i < 0 {
		return fsnotify.ErrNonExistentWatch
	}
	n.watched = slices.Delete(n.watched, i, i+1)
	n.removed = append(n.removed, dir)
	return nil
}

func (n *fakeNotifier) WatchList() []string { return slices.Clone(n.watched) }
func (n *fakeNotifier) Close() error        { return n.closeErr }

// treeOf returns a tree over a temporary folder with these folders in it, and
// its log.
func treeOf(t *testing.T, n *fakeNotifier, folders ...string) (*tree, *bytes.Buffer) {
	t.Helper()
	root := t.TempDir()
	for _, name := range folders {
		if err := os.MkdirAll(filepath.Join(root, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	var log bytes.Buffer
	return newTree(root, n, WatchOptions{Log: slog.New(slog.NewTextHandler(&log, nil))}), &log
}

func TestWatchLimitIsTold(t *testing.T) {
	n := &fakeNotifier{limit: 3}
	tree, log := treeOf(t, n, "a", "b", "c", "d")
	tree.find()
	if len(n.watched) != 3 {
		t.Errorf("%d folders watched, want as many as can be, 3", len(n.watched))
	}
	if got := strings.Count(log.String(), "\n"); got != 1 {
		t.Errorf("%d lines in the log, want one for all folders:\n%s", got, log)
	}
	for _, want := range []string{"level=WARN", "some folders are not watched; changes in them wait for the schedule", "raise fs.inotify.max_user_watches", tree.root} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("log = %s, want %q in it", log, want)
		}
	}
	n.limit = 10
	log.Reset()
	tree.event(fsnotify.Event{Name: filepath.Join(tree.root, "c"), Op: fsnotify.Create})
	tree.request()
	if len(n.watched) != 5 || log.Len() > 0 {
		t.Errorf("%d folders watched, log %q, want all 5 once the limit is raised", len(n.watched), log)
	}
}

func TestWatchTellsOnlyWhatNobodyElseTells(t *testing.T) {
	for refusal, told := range map[error]bool{
		fs.ErrPermission:           false,
		fs.ErrNotExist:             false,
		errors.New("no such call"): true,
	} {
		tree, log := treeOf(t, &fakeNotifier{limit: 10, refusal: refusal}, "refused", "news")
		tree.find()
		if got := strings.Contains(log.String(), "some folders are not watched"); got != told {
			t.Errorf("%v: told = %v, want %v", refusal, got, told)
		}
		if strings.Contains(log.String(), "raise") {
			t.Errorf("%v: log = %s, want no hint at a limit", refusal, log)
		}
	}
}

// When the system drops events, nobody knows what came: all is looked at again.
func TestWatchLooksAgainWhenEventsAreLost(t *testing.T) {
	n := &fakeNotifier{limit: 10}
	tree, log := treeOf(t, n)
	tree.find()
	if err := os.Mkdir(filepath.Join(tree.root, "unheard"), 0o755); err != nil {
		t.Fatal(err)
	}
	tree.lost(fsnotify.ErrEventOverflow)
	if tree.gate.first.IsZero() {
		t.Error("no request is due, want one")
	}
	tree.request()
	if len(n.watched) != 2 {
		t.Errorf("watched = %q, want the unheard folder too", n.watched)
	}
	if log.Len() > 0 {
		t.Errorf("log = %s, want nothing about what does no harm", log)
	}
	tree.lost(errors.New("short read"))
	if !strings.Contains(log.String(), "watching the documents: short read") {
		t.Errorf("log = %s, want the error", log)
	}
}

// Also without any event the root is looked at, and the end comes when asked for.
func TestWatchWithoutEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := &fakeNotifier{limit: 10}
		tree, log := treeOf(t, n)
		events, lost := make(chan fsnotify.Event), make(chan error)
		tree.events, tree.errors = events, lost
		ctx, cancel := context.WithCancel(t.Context())
		requests := tree.start(ctx)
		<-requests

		lost <- fsnotify.ErrEventOverflow
		<-requests
		close(events)
		close(lost)

		if err := os.Rename(tree.root, tree.root+".old"); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(tree.root, 0o755); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		<-requests
		if took := time.Since(start); took > 2*revisit {
			t.Errorf("the new root was found after %v, want about %v", took, revisit)
		}
		n.closeErr = errors.New("bad descriptor")
		cancel()
		for range requests {
			t.Error("a request after the end")
		}
		if want := "watching did not end well"; !strings.Contains(log.String(), want) {
			t.Errorf("log = %s, want %q", log, want)
		}
	})
}

// A root that vanishes between two looks is not taken for a watched one.
func TestWatchRootThatVanishes(t *testing.T) {
	tree, _ := treeOf(t, &fakeNotifier{limit: 10})
	tree.find()
	if tree.here == nil {
		t.Fatal("the root is not watched")
	}
	if err := os.Remove(tree.root); err != nil {
		t.Fatal(err)
	}
	tree.watchAll()
	if tree.here != nil {
		t.Error("a root that is not there counts as watched")
	}
}

func TestLimitedNamesTheSetting(t *testing.T) {
	err := limited(os.NewSyscallError("inotify_init", syscall.EMFILE), "fs.inotify.max_user_instances")
	want := "the system's limit is reached: inotify_init: too many open files; raise fs.inotify.max_user_instances"
	if err.Error() != want {
		t.Errorf("limited() = %q, want %q", err, want)
	}
}

// A new folder is watched at once, so that the writing in it is heard, and
// leads to one request and not to two.
func TestWatchNewFolderAtOnce(t *testing.T) {
	n := &fakeNotifier{limit: 10}
	tree, _ := treeOf(t, n)
	tree.find()
	deep := filepath.Join(tree.root, "news", "world")
	if err := os.MkdirAll(deep, 0o755); err != nil {
		t.Fatal(err)
	}
	tree.event(fsnotify.Event{Name: filepath.Dir(deep), Op: fsnotify.Create})
	if !slices.Contains(n.watched, deep) {
		t.Errorf("watched = %q, want all new folders", n.watched)
	}
	if tree.watchAll() {
		t.Error("there was more to watch, want nothing")
	}
}

// A folder that was not watched for a moment is looked at once more.
func TestWatchAsksAgainForWhatItMissed(t *testing.T) {
	tree, _ := treeOf(t, &fakeNotifier{limit: 10}, "news")
	tree.moved = true
	tree.request()
	if tree.gate.first.IsZero() {
		t.Error("no request is due after folders were added, want one")
	}
}

// The file system may give a folder that is made again the number of the one
// that was deleted: then they can not be told apart but by the event.
func TestWatchRootOfTheSameNumber(t *testing.T) {
	n := &fakeNotifier{limit: 10}
	tree, _ := treeOf(t, n)
	tree.find()
	n.watched = nil // the system drops it with the folder
	tree.event(fsnotify.Event{Name: tree.root, Op: fsnotify.Remove})
	if !slices.Contains(n.watched, tree.root) {
		t.Errorf("watched = %q, want the root", n.watched)
	}
}

// What was watched in a root that was replaced is given back to the system.
func TestWatchForgetsAReplacedRoot(t *testing.T) {
	n := &fakeNotifier{limit: 10}
	tree, _ := treeOf(t, n, "news")
	tree.find()
	if err := os.Rename(tree.root, tree.root+".old"); err != nil {
		t.Fatal(err)
	}
	news := filepath.Join(tree.root, "news")
	if err := os.MkdirAll(news, 0o755); err != nil {
		t.Fatal(err)
	}
	tree.find()
	if !slices.Contains(n.removed, news) || !slices.Contains(n.watched, news) {
		t.Errorf("removed = %q, watched = %q, want the old folder removed and the new one watched", n.removed, n.watched)
	}
}

// A root that is a link stays watched as it is.
func TestWatchRootThatIsALink(t *testing.T) {
	n := &fakeNotifier{limit: 10}
	tree, _ := treeOf(t, n)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(tree.root, link); err != nil {
		needs.Missing(t, "no symbolic links here: "+err.Error())
	}
	tree.root = link
	tree.find()
	if tree.watchAll() || len(n.removed) > 0 {
		t.Errorf("removed = %q, want nothing to do", n.removed)
	}
}
