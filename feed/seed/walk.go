package seed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"time"
	"unicode/utf8"
)

// Walk visits every folder: the top first, then each folder below it, in the
// order of their names and each before those below it, so that the order is
// that of the paths compared name by name. An error of visit ends the walk, and
// is returned.
//
// A folder that can not be listed is visited with [Dir.Err] set. Only for the top
// Walk returns the error instead, since then nothing is known at all.
func (f *Folder) Walk(ctx context.Context, visit func(Dir) error) error {
	return f.walk(ctx, "", visit)
}

// List looks at one folder as [Folder.Walk] does. The error is [Dir.Err].
func (f *Folder) List(ctx context.Context, dir string) (Dir, error) {
	l, err := answer(ctx, f, func() (*listing, error) { return f.list(dir) })
	if err != nil {
		if ctx.Err() == nil {
			err = fmt.Errorf("the folder can not be listed: %w", cause(err))
		}
		return Dir{Path: dir, Err: err}, err
	}
	return l.dir, nil
}

func (f *Folder) walk(ctx context.Context, dir string, visit func(Dir) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	d, err := f.List(ctx, dir)
	if err != nil && (ctx.Err() != nil || dir == "") {
		return err
	}
	if err := visit(d); err != nil || d.Err != nil {
		return err
	}
	for _, name := range d.Below {
		if err := f.walk(ctx, path.Join(dir, name), visit); err != nil {
			return err
		}
	}
	return nil
}

// list lists one folder.
func (f *Folder) list(dir string) (*listing, error) {
	entries, err := fs.ReadDir(f.fsys, cmp.Or(dir, "."))
	if err != nil {
		return nil, err
	}
	l := &listing{Folder: f, dir: Dir{Path: dir}, now: f.options.Now()}
	for _, entry := range entries {
		l.look(entry)
	}
	return l, nil
}

// A listing is one folder while it is sorted into what it holds.
type listing struct {
	*Folder
	dir Dir
	now time.Time
}

func (l *listing) look(entry fs.DirEntry) {
	name, mode := entry.Name(), entry.Type()
	file := path.Join(l.dir.Path, name)
	switch {
	case aside(name):
	case !utf8.ValidString(name):
		// Package fs knows no such paths, and no format can carry them.
		l.skip(file, "its name is not valid UTF-8: rename it")
	case mode.IsDir():
		l.dir.Below = append(l.dir.Below, name)
	case mode&fs.ModeSymlink != 0:
		l.follow(file)
	case !mode.IsRegular():
		l.skip(file, special(mode))
	case mistakenSettings(name):
		l.skip(file, fmt.Sprintf("settings are read from %q only: rename it", settingsFile))
	case !l.options.Readable(file):
		l.unread(name)
	default:
		info, err := entry.Info()
		l.add(file, info, err)
	}
}

// follow looks at what a symbolic link leads to.
func (l *listing) follow(link string) {
	info, err := fs.Stat(l.fsys, link)
	switch {
	case err != nil:
		l.skip(link, brokenLink(l.fsys, link, err))
	case info.IsDir():
		l.skip(link, "a symbolic link to a folder, which is not followed: move the folder here")
	case !info.Mode().IsRegular():
		l.skip(link, "a symbolic link to what is "+special(info.Mode()))
	case !l.options.Readable(link):
		l.unread(path.Base(link))
	default:
		l.add(link, info, nil)
	}
}

// brokenLink tells why a symbolic link could not be followed.
func brokenLink(fsys fs.FS, link string, err error) string {
	target, readErr := fs.ReadLink(fsys, link)
	switch {
	case readErr != nil:
		return fmt.Sprintf("a symbolic link that can not be followed: %v", cause(err))
	case path.IsAbs(target):
		return fmt.Sprintf("a symbolic link to the absolute path %q, which is not followed: copy the file here, or make the link relative", target)
	case !fs.ValidPath(path.Join(path.Dir(link), target)):
		return fmt.Sprintf("a symbolic link that leads out of the folder of documents, to %q: copy the file here", target)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Sprintf("a symbolic link to %q, where nothing is", target)
	}
	return fmt.Sprintf("a symbolic link to %q that can not be followed: %v", target, cause(err))
}

// add takes a file for a document unless something speaks against it.
func (l *listing) add(file string, info fs.FileInfo, err error) {
	limit := l.options.MaxSize
	switch {
	case errors.Is(err, fs.ErrNotExist):
		l.wait(file, "deleted while the folder was listed")
	case err != nil:
		l.skip(file, cause(err).Error())
	case limit > 0 && info.Size() > limit:
		l.skip(file, tooLarge(info.Size(), limit).Error())
	case l.settling(info.ModTime()):
		l.wait(file, fmt.Sprintf("written less than %v ago", l.options.Settle))
	default:
		l.dir.Files = append(l.dir.Files, File{Path: file, Size: info.Size(), ModTime: info.ModTime()})
	}
}

// settling reports whether a file may still be written to. The time of a file
// can lie in the future: by a little, when a file server's clock is ahead, and
// then it waits too; by more, when it was set so, and then it would wait for ever.
func (l *listing) settling(modified time.Time) bool {
	age := l.now.Sub(modified)
	return age < l.options.Settle && age > -l.options.Settle
}

func (l *listing) skip(file, reason string) {
	l.dir.Skips = append(l.dir.Skips, Skip{Path: file, Reason: reason})
}

func (l *listing) wait(file, reason string) {
	l.dir.Skips = append(l.dir.Skips, Skip{Path: file, Reason: reason, Waits: true})
}

func (l *listing) unread(name string) {
	if l.dir.Unread == nil {
		l.dir.Unread = Kinds{}
	}
	l.dir.Unread.count(kindOf(name), 1)
}

// special says what a file is that is neither regular nor a folder.
func special(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe and not a file"
	case mode&fs.ModeSocket != 0:
		return "a socket and not a file"
	case mode&fs.ModeDevice != 0:
		return "a device and not a file"
	}
	return "not a regular file"
}

// cause takes off an error the operation and the path, which those who report
// it know better.
func cause(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}
