package seed

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"strconv"
	"time"

	"seedfeed/feed"
)

// ErrChanging says that a file was written to while it was read, or since its
// folder was listed. The next run will read it.
var ErrChanging = errors.New("the file is being written to")

// ErrTooLarge says that a file is larger than [Options.MaxSize].
var ErrTooLarge = errors.New("larger than the limit")

// chunk is how much is read between two looks at the context.
const chunk = 1 << 20

// Read reads a document that [Folder.Walk] listed, in this run or in an earlier
// one: times are compared to the millisecond, so that they can be kept as such.
//
// The document is whole and as it was listed, or there is an error:
// [ErrChanging], [fs.ErrNotExist] when it was deleted, [ErrTooLarge],
// [fs.ErrPermission], the context's, or that of the file system.
func (f *Folder) Read(ctx context.Context, file File) (feed.Document, error) {
	data, err := answer(ctx, f, func() ([]byte, error) { return f.read(ctx, file, f.options.MaxSize) })
	if err != nil {
		return feed.Document{}, err
	}
	return feed.Document{Path: file.Path, ModTime: file.ModTime, Data: data}, nil
}

// stat looks at a file before it is opened: to open a named pipe would wait for
// its other end.
func (f *Folder) stat(name string) (File, error) {
	info, err := fs.Stat(f.fsys, name)
	if err != nil {
		return File{}, cause(err)
	}
	if !info.Mode().IsRegular() {
		return File{}, errors.New(special(info.Mode()))
	}
	return File{Path: name, Size: info.Size(), ModTime: info.ModTime()}, nil
}

// read returns what is in a file, if it is the one that was seen before and no
// larger than the limit (0: none).
func (f *Folder) read(ctx context.Context, seen File, limit int64) (_ []byte, err error) {
	now, err := f.stat(seen.Path)
	switch {
	case err != nil:
		return nil, err
	case limit > 0 && now.Size > limit:
		return nil, tooLarge(now.Size, limit)
	case !now.same(seen.Size, seen.ModTime):
		return nil, ErrChanging
	}
	opened, err := f.fsys.Open(seen.Path)
	if err != nil {
		return nil, cause(err)
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	data, err := readAll(ctx, opened, seen.Size)
	if err != nil {
		return nil, cause(err)
	}
	info, err := opened.Stat()
	if err != nil {
		return nil, cause(err)
	}
	if !seen.same(info.Size(), info.ModTime()) || int64(len(data)) != seen.Size {
		return nil, ErrChanging
	}
	return data, nil
}

// same reports whether a file is as it was, as far as can be told from outside.
func (f File) same(size int64, modified time.Time) bool {
	return f.Size == size && f.ModTime.UnixMilli() == modified.UnixMilli()
}

// readAll reads what is said to be size bytes: no more than one byte beyond,
// which tells that there are more.
func readAll(ctx context.Context, r io.Reader, size int64) ([]byte, error) {
	data := make([]byte, size+1)
	n := 0
	for n < len(data) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		read, err := r.Read(data[n:min(n+chunk, len(data))])
		n += read
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	return data[:n], nil
}

func tooLarge(size, limit int64) error {
	return fmt.Errorf("%s, %w of %s", readable(size), ErrTooLarge, readable(limit))
}

// readable writes a size in the unit that people compare it in.
func readable(size int64) string {
	units := []struct {
		name  string
		bytes int64
	}{{"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}}
	for _, unit := range units {
		if size >= unit.bytes {
			return strconv.FormatFloat(math.Round(float64(size)*10/float64(unit.bytes))/10, 'f', -1, 64) + " " + unit.name
		}
	}
	return strconv.FormatInt(size, 10) + " bytes"
}
