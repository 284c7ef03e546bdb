package seed

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// Beside looks at files that lie among the documents and are none: pictures,
// recordings. It returns those that are there; they may be read by [Folder.Read].
// What is left out of the walk is left out here too, and is not found. The error
// tells what could not be looked at: [ErrSilent], the context's, or that of the
// file system.
func (f *Folder) Beside(ctx context.Context, names ...string) ([]File, error) {
	type files struct {
		found []File
		errs  []error
	}
	all, err := answer(ctx, f, func() (all files, err error) {
		for _, name := range names {
			file, err := f.beside(name)
			switch {
			case err == nil:
				all.found = append(all.found, file)
			case !errors.Is(err, fs.ErrNotExist):
				all.errs = append(all.errs, fmt.Errorf("%q: %w", name, err))
			}
		}
		return all, nil
	})
	return all.found, errors.Join(append(all.errs, err)...)
}

func (f *Folder) beside(name string) (File, error) {
	if !fs.ValidPath(name) {
		return File{}, fs.ErrNotExist
	}
	for part := range strings.SplitSeq(name, "/") {
		if aside(part) {
			return File{}, fs.ErrNotExist
		}
	}
	return f.stat(name)
}
