package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"sync"
)

// A Batch writes many files, and waits for the disk once for all of them. Many
// goroutines may use it at once.
//
// A file that is new is there at once, but is sure to survive a crash of the
// machine only when Flush has returned: nothing may name it before. A file that
// replaces another one takes its place in Flush, so that a crash leaves either.
type Batch struct {
	root *os.Root

	mu       sync.Mutex
	placed   []string // new files that may not be on the disk yet
	replaced []string // files whose new bytes wait in a temporary file
	folders  map[string]bool
}

// NewBatch returns a batch for files below root.
func NewBatch(root *os.Root) *Batch { return &Batch{root: root, folders: map[string]bool{}} }

// Write is [Write] as a part of the batch. A file is written once in a batch.
func (b *Batch) Write(name string, data []byte) (written bool, err error) {
	if same(b.root, name, data) {
		return false, nil
	}
	if err := create(b.root, temporaryOf(name), data, false); err != nil {
		return false, err
	}
	_, err = b.root.Lstat(name)
	isNew := errors.Is(err, fs.ErrNotExist)
	if isNew {
		if err := rename(b.root, name); err != nil {
			return false, err
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.folders[path.Dir(name)] = true
	if isNew {
		b.placed = append(b.placed, name)
	} else {
		b.replaced = append(b.replaced, name)
	}
	return true, nil
}

// Remove is [Remove] as a part of the batch.
func (b *Batch) Remove(name string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.folders[path.Dir(name)] = true
	return Remove(b.root, name)
}

// Flush puts the files that replace others in their places, and returns when all
// that the batch did is on the disk. The batch is empty then.
func (b *Batch) Flush() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	files := b.placed
	for _, name := range b.replaced {
		files = append(files, temporaryOf(name))
	}
	if err := b.sync(files); err != nil {
		return err
	}
	for _, name := range b.replaced {
		if err := rename(b.root, name); err != nil {
			return err
		}
	}
	var folders []string
	if len(files) <= few || len(b.replaced) > 0 {
		for dir := range b.folders {
			folders = append(folders, dir)
		}
	}
	b.placed, b.replaced, b.folders = nil, nil, map[string]bool{}
	return b.sync(folders)
}

// few files are synced one by one: on a busy disk that is faster than to wait for
// all that others have written to it.
const few = 16

// sync waits until files and folders are on the disk.
func (b *Batch) sync(names []string) error {
	if len(names) > few {
		done, err := syncAll(b.root)
		if done || err != nil {
			return err
		}
	}
	for _, name := range names {
		if err := syncOne(b.root, name); err != nil {
			return err
		}
	}
	return nil
}

// syncOne waits until a file or a folder is on the disk. One that is not there
// was removed since.
func syncOne(root *os.Root, name string) error {
	f, err := root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	err = f.Sync()
	if info, statErr := f.Stat(); statErr == nil && info.IsDir() {
		err = nil // some file systems can not sync a folder; see syncDir
	}
	return errors.Join(err, f.Close())
}
