package publish

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// A Difference is a file in out/ that is not as the documents and the ledger
// make it.
type Difference struct {
	File string         `json:"file"` // in out/
	Kind DifferenceKind `json:"kind"`
}

// A DifferenceKind tells what is wrong with a file.
type DifferenceKind string

// The kinds of differences. The last two are no mistakes: of what is kept the
// document can not be read now, and what is not ours a run lets alone.
const (
	Missing  DifferenceKind = "missing"
	Changed  DifferenceKind = "changed"
	LeftOver DifferenceKind = "left over"
	Kept     DifferenceKind = "kept"
	NotOurs  DifferenceKind = "not ours"
)

// Wrong reports whether out/ is not as it should be because of the difference.
func (d Difference) Wrong() bool { return d.Kind != Kept && d.Kind != NotOurs }

// String returns the difference as one line, beginning with the file.
func (d Difference) String() string {
	return printable(d.File) + ": " + string(d.Kind) + ": " + map[DifferenceKind]string{
		Missing:  "a run would write it",
		Changed:  "a run would write other bytes",
		LeftOver: "a run would take it away",
		Kept:     "what was published before stays, since the document can not be read now",
		NotOurs:  "no run wrote it; it stays",
	}[d.Kind]
}

// Verify makes a run into a folder of its own, with a copy of the ledger, and
// tells in which files out/ differs from that, by their names; and how many files
// it compared. It changes nothing: not out/, not the ledger. Runs wait for it.
// Hidden files are not looked at.
func (p *Publisher) Verify(ctx context.Context) (differences []Difference, files int, err error) {
	dir, err := os.MkdirTemp("", "seedfeed-verify-")
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	unlock, err := p.Ledger.Lock(ctx, nil)
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	return p.remake(ctx, filepath.Join(dir, "ledger.db"), filepath.Join(dir, "out"))
}

// remake makes a run with a copy of the ledger into another folder, and compares
// the two.
func (p *Publisher) remake(ctx context.Context, file, out string) (differences []Difference, files int, err error) {
	if err := p.Ledger.CopyTo(ctx, file); err != nil {
		return nil, 0, err
	}
	memory, err := ledger.Open(ctx, file)
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, memory.Close()) }()
	ours, err := memory.Files(ctx)
	if err != nil {
		return nil, 0, err
	}
	other := *p
	other.Ledger, other.Out = memory, out
	if _, err := other.Run(ctx); err != nil {
		return nil, 0, err
	}
	return other.differences(ctx, os.DirFS(p.Out), os.DirFS(out), ours)
}

// differences compares a folder with what it should be. ours are the files that
// were written before.
func (p *Publisher) differences(ctx context.Context, out, fresh fs.FS, ours map[string]ledger.File) (found []Difference, files int, err error) {
	names, err := filesIn(out)
	if err != nil {
		return nil, 0, err
	}
	should, err := filesIn(fresh)
	if err != nil {
		return nil, 0, err
	}
	known := map[string]bool{}
	for _, name := range names {
		known[name] = true
	}
	for _, name := range should {
		known[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(known)) {
		kind, err := p.differs(ctx, name, out, fresh, ours)
		if err != nil {
			return nil, 0, err
		}
		if kind != "" {
			found = append(found, Difference{File: name, Kind: kind})
		}
	}
	return found, len(known), ctx.Err()
}

// differs compares one file; "" means that it is as it should be.
func (p *Publisher) differs(ctx context.Context, name string, out, fresh fs.FS, ours map[string]ledger.File) (DifferenceKind, error) {
	is, err := fs.ReadFile(out, name)
	there := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	should, err := fs.ReadFile(fresh, name)
	switch {
	case err == nil && !there:
		return Missing, nil
	case err == nil && bytes.Equal(is, should):
		return "", nil
	case err == nil:
		return Changed, nil
	case !errors.Is(err, fs.ErrNotExist):
		return "", err
	}
	id, taken, err := p.Ledger.AddressTaken(ctx, name)
	if err != nil {
		return "", err
	}
	if taken {
		record, _, err := p.Ledger.ByID(ctx, id)
		if record.Status == feed.Live {
			return Kept, err
		}
		return LeftOver, err
	}
	if _, written := ours[name]; written {
		return LeftOver, nil
	}
	return NotOurs, nil
}

// filesIn lists the files of a folder that are not hidden.
func filesIn(folder fs.FS) (names []string, err error) {
	err = fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		hidden := name != "." && strings.HasPrefix(d.Name(), ".")
		switch {
		case hidden && d.IsDir():
			return fs.SkipDir
		case !hidden && !d.IsDir():
			names = append(names, name)
		}
		return nil
	})
	return names, err
}
