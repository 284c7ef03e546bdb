// Package atomicfile writes whole files below a folder.
//
// Whoever reads a file while it is written, even over a crash, finds either the
// old bytes or the new ones. A file that has the bytes already is not touched:
// its time stays, and with it every validator that a reader holds.
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
func Write(root *os.Root, name string, data []byte) (written bool, err error) {
	if same(root, name, data) {
		return false, nil
	}
	dir := path.Dir(name)
	if err := root.MkdirAll(dir, 0o755); err != nil {
		return false, err
	}
	temporary := path.Join(dir, prefix+path.Base(name)+suffix)
	if err := create(root, temporary, data); err != nil {
		return false, errors.Join(err, Remove(root, temporary))
	}
	if err := root.Rename(temporary, name); err != nil {
		return false, errors.Join(err, Remove(root, temporary))
	}
	return true, syncDir(root, dir)
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

// create writes a file and waits until its bytes are on the disk: a rename that
// overtakes them would leave an empty file after a power cut.
func create(root *os.Root, name string, data []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := f.Sync(); err != nil {
		return errors.Join(err, f.Close())
	}
	return f.Close()
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
