package seed

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// revisit is how often the watched folder is looked at itself: no event tells
// that it was made again, mounted, or that a link leads elsewhere now.
const revisit = 2 * time.Second

// WatchOptions tell how to watch. The zero WatchOptions watch without a settle
// time and without a log.
type WatchOptions struct {
	// Settle is that of [Options]: a change is told when the file has settled.
	Settle time.Duration

	// Changes collects in which folders something has changed, before a request
	// tells that it has. nil means that nobody wants to know.
	Changes *Changes

	// Log gets a warning when a part of the tree can not be watched. nil means
	// that nobody is told.
	Log *slog.Logger
}

// Watch tells when to look at a folder of documents again: some time after it
// began, since a file may just have been dropped then, and whenever
// something in it has changed and come to rest. The channel holds one request at
// the most. It is closed when the context has ended and nothing is watched any
// more.
//
// Requests are a help and no promise. File systems in a network tell nothing,
// and a system limits how many folders can be watched; then that is logged and
// the rest is watched. Look at the folder on a schedule besides.
//
// The folder may be missing, be deleted, and be made again. An error means that
// this system can watch nothing at all.
func Watch(ctx context.Context, dir string, o WatchOptions) (<-chan struct{}, error) {
	root, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("watch %q: %w", dir, err)
	}
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch %q: %w", dir, limited(err, "fs.inotify.max_user_instances"))
	}
	t := newTree(root, events, o)
	t.events, t.errors = events.Events, events.Errors
	return t.start(ctx), nil
}

// A notifier is what is used of an [fsnotify.Watcher].
type notifier interface {
	Add(dir string) error
	Remove(dir string) error
	WatchList() []string
	Close() error
}

// A tree is the watched folders. The notifier watches single folders; the tree
// walks them itself and adds what comes.
type tree struct {
	root     string
	notifier notifier
	events   <-chan fsnotify.Event
	errors   <-chan error
	log      *slog.Logger
	requests chan struct{}
	changes  *Changes
	gate     *gate

	here  fs.FileInfo // the root that is watched, nil while there is none
	moved bool        // folders came or went: look at all of them again
	full  bool        // something could not be watched, and was told
}

func newTree(root string, n notifier, o WatchOptions) *tree {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Changes == nil {
		o.Changes = new(Changes)
	}
	return &tree{root: root, notifier: n, log: o.Log, requests: make(chan struct{}, 1), changes: o.Changes, gate: newGate(o.Settle)}
}

// start watches until the context ends.
func (t *tree) start(ctx context.Context) <-chan struct{} {
	t.find()
	t.changes.All()
	t.gate.touch()
	go t.run(ctx)
	return t.requests
}

func (t *tree) run(ctx context.Context) {
	defer close(t.requests)
	defer func() {
		if err := t.notifier.Close(); err != nil {
			t.log.Warn("watching did not end well", "error", err)
		}
	}()
	visits := time.NewTicker(revisit)
	defer visits.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case event, ok := <-t.events:
			if !ok {
				t.events = nil
				continue
			}
			t.event(event)
		case err, ok := <-t.errors:
			if !ok {
				t.errors = nil
				continue
			}
			t.lost(err)
		case <-visits.C:
			t.find()
		case <-t.gate.timer.C:
			t.gate.open()
			t.request()
		}
	}
}

// event takes notice of what happened to one name.
func (t *tree) event(e fsnotify.Event) {
	if e.Name == t.root {
		if e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename) {
			t.here = nil
			t.find() // it may have been replaced and not just removed
		}
		return
	}
	if t.aside(e.Name) {
		return
	}
	t.note(e.Name)
	if e.Has(fsnotify.Rename) {
		t.moved = true
	}
	if e.Has(fsnotify.Create) && isFolder(e.Name) {
		t.moved = true
		t.changes.All()
		t.watch(e.Name, nil)
	}
	t.gate.touch() // after the folder was added: what was written into it before is older
}

// lost is told that events were lost, or could not be read.
func (t *tree) lost(err error) {
	if !errors.Is(err, fsnotify.ErrEventOverflow) {
		t.log.Warn("watching the documents: "+err.Error(), "folder", t.root)
	}
	t.moved = true
	t.changes.All()
	t.gate.touch()
}

// note notes in which folder a path below the root lies.
func (t *tree) note(name string) {
	rel, err := filepath.Rel(t.root, filepath.Dir(name))
	if err != nil {
		t.changes.All()
		return
	}
	if rel = filepath.ToSlash(rel); rel == "." {
		rel = ""
	}
	t.changes.add(rel)
}

// aside reports whether a path below the root is of no interest.
func (t *tree) aside(name string) bool {
	rel, err := filepath.Rel(t.root, name)
	if err != nil {
		return true
	}
	return slices.ContainsFunc(strings.Split(rel, string(filepath.Separator)), func(part string) bool {
		return aside(part) && part != settingsFile
	})
}

// request asks for a run, when everything that there is to be watched is.
func (t *tree) request() {
	if t.moved {
		t.moved = false
		if t.watchAll() {
			t.changes.All()
			t.gate.touch() // it was not watched for a moment: look once more
		}
	}
	select {
	case t.requests <- struct{}{}:
	default: // one is waiting already
	}
}

// find looks whether the root is there, and is the folder that is watched.
func (t *tree) find() {
	info, err := os.Stat(t.root)
	switch {
	case err != nil:
		t.here = nil
	case t.here == nil || !os.SameFile(t.here, info):
		for _, old := range t.notifier.WatchList() {
			t.forget(old)
		}
		t.here = info
		t.watchAll()
		t.changes.All()
		t.gate.touch()
	}
}

// watchAll watches every folder that there is, and none that there is not. It
// reports whether there was something to do.
func (t *tree) watchAll() (changed bool) {
	t.full = false
	known := map[string]bool{}
	for _, dir := range t.notifier.WatchList() {
		// A folder that was moved within the tree is one watch with two names:
		// to forget the old one ends both. So that goes first.
		if dir == t.root || isFolder(dir) {
			known[dir] = true
		} else {
			t.forget(dir)
			changed = true
		}
	}
	return t.watch(t.root, known) || changed
}

// watch watches a folder and those below it, as far as they are not aside. It
// reports whether any of them was not among the known ones.
//
// A folder is watched before it is listed: what comes in between is seen twice,
// and not missed.
func (t *tree) watch(dir string, known map[string]bool) (added bool) {
	if err := t.notifier.Add(dir); err != nil {
		t.unwatched(dir, err)
		return false
	}
	added = !known[dir]
	entries, err := os.ReadDir(dir)
	if err != nil {
		return added // a run says why
	}
	for _, entry := range entries {
		if entry.IsDir() && !aside(entry.Name()) {
			added = t.watch(filepath.Join(dir, entry.Name()), known) || added
		}
	}
	return added
}

// unwatched tells that a folder can not be watched: once, since where one can
// not, many can not. That a folder went away, or is not for us, a run tells.
func (t *tree) unwatched(dir string, err error) {
	if dir == t.root && errors.Is(err, fs.ErrNotExist) {
		t.here = nil
	}
	if t.full || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return
	}
	t.full = true
	t.log.Warn("some folders are not watched; changes in them wait for the schedule",
		"folder", dir, "error", limited(err, "fs.inotify.max_user_watches"))
}

// forget ends a watch, if there still is one: that is as well.
func (t *tree) forget(dir string) { _ = t.notifier.Remove(dir) }

// limited adds to an error the setting of the system that may have caused it.
func limited(err error, setting string) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) {
		return fmt.Errorf("the system's limit is reached: %w; raise %s", err, setting)
	}
	return err
}

// isFolder reports whether there is a folder at a path, and not a link to one.
func isFolder(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.IsDir()
}
