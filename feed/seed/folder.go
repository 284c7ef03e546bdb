package seed

import (
	"io/fs"
	"sync/atomic"
	"time"
)

// Options tell what is taken for a document. The zero Options take every file.
type Options struct {
	// Readable tells whether there is a reader for the document at a path, by
	// its name alone. Files without one are counted in [Dir.Unread]. nil means
	// that there is one for every file.
	Readable func(path string) bool

	// Settle is how long a file must have been left alone before it is taken: a
	// younger one may still be written to, and waits. 0 means that none waits.
	Settle time.Duration

	// MaxSize is the size of the largest document, in bytes. 0 means no limit.
	MaxSize int64

	// Patience is how long the file system may take to list a folder, to give a
	// document or settings, or to look at files beside them. 0 means that it is
	// waited for without end.
	Patience time.Duration

	Now func() time.Time // nil means time.Now
}

// A Folder is a folder of documents. It may be used by several goroutines at
// once.
type Folder struct {
	fsys    fs.FS
	options Options
	silent  atomic.Int32 // calls of the file system that were left behind
}

// New returns the folder of documents at the top of a file system.
//
// Where that is a directory on disk, give it the file system of an [os.Root],
// which symbolic links do not lead out of. Open it anew for each run: it stays
// with the directory that it was opened on, also when that was deleted and
// another one made at its path.
func New(fsys fs.FS, o Options) *Folder {
	if o.Readable == nil {
		o.Readable = func(string) bool { return true }
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Folder{fsys: fsys, options: o}
}

// A File is a document as the listing of its folder shows it.
type File struct {
	Path    string // slash-separated, relative to the top
	Size    int64  // in bytes
	ModTime time.Time
}

// A Skip tells why something in the folder is not taken for a document.
//
// What is skipped is there nevertheless: a document that was published from
// that path is not gone.
type Skip struct {
	// Path is relative to the top. It is as the file system gives it: it may
	// hold line breaks and bytes that are not UTF-8, so print it quoted.
	Path string

	Reason string // one line for people, with what to do about it where that helps

	// Waits tells that nothing is wrong: the file is still being written, or went
	// away a moment ago, and the next run will see what is to be done.
	Waits bool
}

// A Dir is one folder of the tree, without what lies in the folders below it.
type Dir struct {
	Path   string   // "" at the top
	Files  []File   // the documents, sorted by path
	Skips  []Skip   // sorted by path
	Unread Kinds    // files that there is no reader for
	Below  []string // the names of the folders in it, sorted

	// Err is set when the folder could not be listed. Then nothing is known
	// of what lies in it and in the folders below it, which are not visited:
	// none of it may be taken for deleted.
	Err error
}
