package atomicfile

import (
	"errors"
	"fmt"
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

	// Folders that are written to are kept open: to walk the whole path from the
	// root for each step costs more than all the rest. Who writes reads folders;
	// who closes them has the lock alone.
	open    sync.RWMutex
	folders map[string]*os.Root

	mu       sync.Mutex
	placed   []string // new files that may not be on the disk yet
	replaced []string // files whose new bytes wait in a temporary file
	touched  map[string]bool
}

// maxOpen is how many folders are kept open at most.
const maxOpen = 16

// NewBatch returns a batch for files below root.
func NewBatch(root *os.Root) *Batch {
	return &Batch{root: root, folders: map[string]*os.Root{}, touched: map[string]bool{}}
}

// Write is [Write] as a part of the batch. A file is written once in a batch.
func (b *Batch) Write(name string, data []byte) (written bool, err error) {
	dir := path.Dir(name)
	isNew, err := b.place(dir, path.Base(name), data)
	if errors.Is(err, fs.ErrNotExist) { // somebody has removed the folder since it was opened
		if err = b.Close(); err == nil {
			isNew, err = b.place(dir, path.Base(name), data)
		}
	}
	switch {
	case errors.Is(err, errSame):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("%s: %w", dir, err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.touched[dir] = true
	if isNew {
		b.placed = append(b.placed, name)
	} else {
		b.replaced = append(b.replaced, name)
	}
	return true, nil
}

// errSame says that a file has the bytes that were to be written.
var errSame = errors.New("the file has these bytes")

// place writes a file into a folder, or, where another one stands in its place,
// the temporary file for it.
func (b *Batch) place(dir, base string, data []byte) (isNew bool, err error) {
	folder, err := b.enter(dir)
	if err != nil {
		return false, err
	}
	defer b.open.RUnlock()
	_, err = folder.Lstat(base)
	isNew = errors.Is(err, fs.ErrNotExist)
	if !isNew && same(folder, base, data) {
		return false, errSame
	}
	if err := create(folder, temporaryOf(base), data, false); err != nil {
		return false, err
	}
	if isNew {
		return true, rename(folder, base)
	}
	return false, nil
}

// enter opens a folder, which it makes where it is missing, and keeps it from
// being closed until b.open is unlocked for reading. With an error it is not locked.
func (b *Batch) enter(dir string) (*os.Root, error) {
	for {
		b.open.RLock()
		if folder := b.folders[dir]; folder != nil {
			return folder, nil
		}
		b.open.RUnlock()
		if err := b.keepOpen(dir); err != nil {
			return nil, err
		}
	}
}

// keepOpen opens a folder for [Batch.enter].
func (b *Batch) keepOpen(dir string) error {
	b.open.Lock()
	defer b.open.Unlock()
	if b.folders[dir] != nil {
		return nil
	}
	if len(b.folders) >= maxOpen {
		if err := b.closeFolders(); err != nil {
			return err
		}
	}
	folder, err := b.root.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		if err := b.root.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		folder, err = b.root.OpenRoot(dir)
	}
	if err == nil {
		b.folders[dir] = folder
	}
	return err
}

// closeFolders closes the folders that were kept open.
func (b *Batch) closeFolders() error {
	var errs []error
	for _, folder := range b.folders {
		errs = append(errs, folder.Close())
	}
	clear(b.folders)
	return errors.Join(errs...)
}

// Remove is [Remove] as a part of the batch.
func (b *Batch) Remove(name string) error {
	// A folder that is empty then is removed with it.
	b.open.Lock()
	defer b.open.Unlock()
	if err := b.closeFolders(); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.touched[path.Dir(name)] = true
	return Remove(b.root, name)
}

// Close lets go of what a batch keeps open, also of one that was not flushed.
func (b *Batch) Close() error {
	b.open.Lock()
	defer b.open.Unlock()
	return b.closeFolders()
}

// Flush puts the files that replace others in their places, and returns when all
// that the batch did is on the disk. The batch is empty then.
func (b *Batch) Flush() error {
	if err := b.Close(); err != nil {
		return err
	}
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
		for dir := range b.touched {
			folders = append(folders, dir)
		}
	}
	b.placed, b.replaced, b.touched = nil, nil, map[string]bool{}
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
