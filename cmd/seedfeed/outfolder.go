package main

import (
	"log/slog"
	"net/http"
	"os"
	"sync/atomic"

	"seedfeed/feed/serve"
)

// An outFolder serves the folder out/ also when that was deleted and made
// anew: an open folder is the one that it was opened as, whatever its path
// leads to later.
type outFolder struct {
	path    string
	options serve.Options
	log     *slog.Logger
	root    *os.Root // of the handler
	handler atomic.Pointer[serve.Handler]
}

func newOutFolder(path string, options serve.Options) (*outFolder, error) {
	f := &outFolder{path: path, options: options, log: options.Log}
	return f, f.open()
}

// ServeHTTP answers from the folder as it was at the end of the last run.
func (f *outFolder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.handler.Load().ServeHTTP(w, r)
}

// refresh is called after each run, by one goroutine.
func (f *outFolder) refresh() {
	now, err := os.Stat(f.path)
	if err != nil {
		return // the run has told why
	}
	if was, err := f.root.Stat("."); err == nil && os.SameFile(was, now) {
		f.handler.Load().Changed()
		return
	}
	old := f.root
	if err := f.open(); err != nil {
		f.log.Error("the out folder can not be opened", "error", err)
		return
	}
	// A request that still has the old folder finds it closed, and is told to
	// come again: the folder was deleted, so there is nothing to answer from.
	if err := old.Close(); err != nil {
		f.log.Warn("the deleted out folder can not be closed", "error", err)
	}
}

func (f *outFolder) open() error {
	root, err := os.OpenRoot(f.path)
	if err != nil {
		return err
	}
	f.root = root
	f.handler.Store(serve.New(root, f.options))
	return nil
}

func (f *outFolder) close() error { return f.root.Close() }
