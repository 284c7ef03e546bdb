package publish

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"

	"seedfeed/feed"
)

// spoolFile lies in out/ while a run takes in many documents. Its name is that
// of a temporary file: after a killed run it is swept away with the others.
const spoolFile = ".seedfeed-entries.tmp"

// A spool keeps the entries that a run has taken in until their pages are
// written: a page names its neighbours, which are known when all documents are
// read. A few stay in memory; many go through a file, so that memory does not
// grow with their number.
type spool struct {
	root *os.Root
	held []feed.Entry
	size int // entries that were added
	file *os.File
	to   *bufio.Writer
}

// add puts entries into the spool.
func (s *spool) add(entries []feed.Entry) error {
	s.held = append(s.held, entries...)
	s.size += len(entries)
	if len(s.held) < 2*batch {
		return nil
	}
	if s.file == nil {
		file, err := s.root.OpenFile(spoolFile, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return err
		}
		s.file, s.to = file, bufio.NewWriterSize(file, 1<<20)
	}
	encoder := json.NewEncoder(s.to)
	for i := range s.held {
		if err := encoder.Encode(&s.held[i]); err != nil {
			return err
		}
	}
	s.held = nil
	return nil
}

// each hands on all entries in the order that they came in, a batch at a time.
func (s *spool) each(do func([]feed.Entry) error) error {
	if s.file != nil {
		if err := s.eachFiled(do); err != nil {
			return err
		}
	}
	if len(s.held) == 0 {
		return nil
	}
	return do(s.held)
}

func (s *spool) eachFiled(do func([]feed.Entry) error) error {
	if err := s.to.Flush(); err != nil {
		return err
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	decoder := json.NewDecoder(bufio.NewReaderSize(s.file, 1<<20))
	for more := true; more; {
		entries := make([]feed.Entry, 0, batch)
		for len(entries) < batch {
			var entry feed.Entry
			err := decoder.Decode(&entry)
			if errors.Is(err, io.EOF) {
				more = false
				break
			}
			if err != nil {
				return err
			}
			entries = append(entries, entry)
		}
		if err := do(entries); err != nil {
			return err
		}
	}
	return nil
}

// close takes the file away.
func (s *spool) close() error {
	if s.file == nil {
		return nil
	}
	return errors.Join(s.file.Close(), s.root.Remove(spoolFile))
}
