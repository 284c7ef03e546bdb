package seed

import (
	"fmt"
	"io/fs"
	"strings"
)

// Beside returns a file that lies among the documents and is none: a picture, a
// recording. It may be read by [Folder.Read]. What is left out of the walk is
// left out here too, and is not found.
func (f *Folder) Beside(name string) (File, error) {
	if !fs.ValidPath(name) {
		return File{}, fmt.Errorf("%q: %w", name, fs.ErrNotExist)
	}
	for part := range strings.SplitSeq(name, "/") {
		if aside(part) {
			return File{}, fmt.Errorf("%q: %w", name, fs.ErrNotExist)
		}
	}
	return f.stat(name)
}
