// Package atomicfile writes whole files below a folder.
//
// Whoever reads a file while it is written, even over a crash of the program,
// finds either the old bytes or the new ones. A file that has the bytes already is
// not touched: its time stays, and with it every validator that a reader holds.
//
// A crash of the machine is another matter: the system keeps what is written in
// memory for a while, and to wait for the disk costs more than all else that a
// file needs. [Write] waits for each file, a [Batch] once for many.
package atomicfile

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
)

// The name of a temporary file is that of its target between these two. It
// begins with a dot, so that no server lists it and no reader asks for it.
const (
	prefix = ".seedfeed-"
	suffix = ".tmp"
)

// Write gives the file at a slash-separated path below root the bytes of data,
// makes the folders that lead to it, and reports whether anything was written.
// When it returns, the bytes are on the disk.
func Write(root *os.Root, name string, data []byte) (written bool, err error) {
	if same(root, name, data) {
		return false, nil
	}
	if err := create(root, temporaryOf(name), data, true); err != nil {
		return false, err
	}
	if err := rename(root, name); err != nil {
		return false, err
	}
	return true, syncDir(root, path.Dir(name))
}

// rename puts the temporary file for a path in its place.
func rename(root *os.Root, name string) error {
	if err := root.Rename(temporaryOf(name), name); err != nil {
		return errors.Join(err, Remove(root, temporaryOf(name)))
	}
	return nil
}

// temporaryOf returns the path of the temporary file for a path.
func temporaryOf(name string) string {
	return path.Join(path.Dir(name), prefix+path.Base(name)+suffix)
}

// same reports whether the file is there and has these bytes.
func same(root *os.Root, name string, data []byte) bool {
	info, err := root.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return false
	}
	old, err := root.ReadFile(name)
	return err == nil && bytes.Equal(old, data)
}

// create writes a file, in a folder that it makes, and removes it if that fails.
// With sync it waits until the bytes are on the disk: a rename that overtakes them
// would leave an empty file after a power cut.
func create(root *os.Root, name string, data []byte, sync bool) error {
	f, err := open(root, name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil && sync {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, Remove(root, name))
	}
	return nil
}

// open opens an empty file. Most folders are there: they are made when that turns
// out to be wrong.
func open(root *os.Root, name string) (*os.File, error) {
	const flags = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	f, err := root.OpenFile(name, flags, 0o644)
	if !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return nil, err
	}
	return root.OpenFile(name, flags, 0o644)
}

// syncDir makes a rename in a folder last over a power cut.
func syncDir(root *os.Root, dir string) error {
	f, err := root.Open(dir)
	if err != nil {
		return err
	}
	// Some file systems can not sync a folder; the rename is done all the same.
	_ = f.Sync()
	return f.Close()
}

// Remove deletes a file, and the folders above it that are empty then. A file
// that is not there is no error.
func Remove(root *os.Root, name string) error {
	if err := root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	// A folder that holds anything is not removed: that is how this ends.
	dir := path.Dir(name)
	for dir != "." && root.Remove(dir) == nil {
		dir = path.Dir(dir)
	}
	return nil
}

// Sweep deletes the temporary files that a killed process left below root.
func Sweep(root *os.Root) error {
	return fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.Type().IsRegular() && strings.HasPrefix(d.Name(), prefix) && strings.HasSuffix(d.Name(), suffix):
			return Remove(root, name)
		}
		return nil
	})
}
