package main

import (
	"log/slog"
	"net/http"
	"os"
	"sync"

	"seedfeed/feed/serve"
)

// An accessFile is the file of the access log. It is opened anew when told, as
// after another program has moved it away: logrotate, with SIGHUP.
type accessFile struct {
	path string
	log  *slog.Logger

	mu   sync.Mutex
	file *os.File
	told bool // that it can not be written
}

func openAccessFile(path string, log *slog.Logger) (*accessFile, error) {
	f := &accessFile{path: path, log: log}
	var err error
	if f.file, err = f.open(); err != nil {
		return nil, failed("name a file that can be written with --access-log, or - for standard output", "access log: %w", err)
	}
	return f, nil
}

func (f *accessFile) open() (*os.File, error) {
	return os.OpenFile(f.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o640)
}

// Write writes a line. That the disk is full is told once, until it is not.
func (f *accessFile) Write(line []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	n, err := f.file.Write(line)
	if err != nil && !f.told {
		f.log.Error("the access log can not be written", "error", err)
	}
	f.told = err != nil
	return n, err
}

// reopen goes on with the file that the path leads to now. If that can not be
// had, it goes on with the one before.
func (f *accessFile) reopen() {
	f.mu.Lock()
	defer f.mu.Unlock()
	file, err := f.open()
	if err != nil {
		f.log.Error("the access log can not be opened anew", "error", err)
		return
	}
	if err := f.file.Close(); err != nil {
		f.log.Error("the access log before can not be closed", "error", err)
	}
	f.file = file
}

func (f *accessFile) close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.file.Close()
}

// A door is what requests come through on their way to the site: the log of who
// comes, the count of what they are answered, and the limit on how often.
type door struct {
	http.Handler
	file *accessFile // nil if the log is not in a file
}

// openDoor opens the access log that is wanted: a file, "-" for standard output,
// or "" for none.
func openDoor(site http.Handler, traffic *serve.Traffic, accessLog string, proxies serve.Proxies, env *environment, log *slog.Logger) (door, error) {
	d := door{Handler: traffic.Count(serve.Limit(site, proxies))}
	switch accessLog {
	case "":
		return d, nil
	case "-":
		d.Handler = serve.AccessLog(d.Handler, env.stdout, proxies)
		return d, nil
	}
	file, err := openAccessFile(accessLog, log)
	if err != nil {
		return d, err
	}
	d.Handler, d.file = serve.AccessLog(d.Handler, file, proxies), file
	return d, nil
}

func (d door) reopen() {
	if d.file != nil {
		d.file.reopen()
	}
}

func (d door) close() error {
	if d.file == nil {
		return nil
	}
	return d.file.close()
}
