package atomicfile

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// syncAll waits until all that was written to the file system of a folder is on
// the disk, and reports whether it could: one call in place of one for each file.
func syncAll(root *os.Root) (done bool, err error) {
	dir, err := root.Open(".")
	if err != nil {
		return false, err
	}
	err = unix.Syncfs(int(dir.Fd()))
	if err != nil {
		err = &os.PathError{Op: "syncfs", Path: root.Name(), Err: err}
	}
	return true, errors.Join(err, dir.Close())
}
