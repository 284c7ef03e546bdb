package publish

import (
	"bufio"
	"cmp"
	"errors"
	"hash/maphash"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"

	"seedfeed/feed"
)

// spoolFile lies in out/ while a run takes in many documents. Its name is that
// of a temporary file: after a killed run it is swept away with the others.
const spoolFile = ".seedfeed-entries.tmp"

// A spool keeps the entries that a run has taken in until their pages are
// written: a page names its neighbours, which are known when all documents are
// read. A few stay in memory; many go through a file, so that memory does not
// grow with their number but for the few bytes that find one by its id.
type spool struct {
	root *os.Root
	held []feed.Entry
	size int // entries that were added
	file *os.File
	to   *bufio.Writer
	end  int64 // of the file

	seed  maphash.Seed
	slots []slot // of the file; sorted once all is added
	found bool   // slots are sorted
}

// A slot tells where in the file an entry stands.
type slot struct {
	hash uint64 // of the id
	at   int64
	size int32
}

// add puts entries into the spool. One whose id it has replaces that.
func (s *spool) add(entries []feed.Entry) error {
	s.held = append(s.held, entries...)
	s.size += len(entries)
	if len(s.held) < 2*batch {
		return nil
	}
	return s.flush()
}

// flush writes into the file what is held.
func (s *spool) flush() error {
	if s.file == nil {
		file, err := s.root.OpenFile(spoolFile, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return err
		}
		s.file, s.to, s.seed = file, bufio.NewWriterSize(file, 1<<20), maphash.MakeSeed()
	}
	var data []byte
	for i := range s.held {
		var err error
		if data, err = appendPacked(data[:0], reflect.ValueOf(&s.held[i]).Elem()); err != nil {
			return err
		}
		if _, err := s.to.Write(data); err != nil {
			return err
		}
		s.slots = append(s.slots, slot{maphash.String(s.seed, s.held[i].ID), s.end, int32(len(data))})
		s.end += int64(len(data))
	}
	s.held, s.found = nil, false
	return nil
}

// filed reports whether the entries lie in the file.
func (s *spool) filed() bool { return s.file != nil }

// each hands on all entries in the order that they came in, a batch at a time.
func (s *spool) each(do func([]feed.Entry) error) error {
	if !s.filed() {
		if len(s.held) == 0 {
			return nil
		}
		return do(s.held)
	}
	if err := s.settle(); err != nil {
		return err
	}
	for chunk := range slices.Chunk(slices.SortedFunc(slices.Values(s.slots), inFile), batch) {
		entries := make([]feed.Entry, len(chunk))
		for i, at := range chunk {
			if err := s.read(at, &entries[i]); err != nil {
				return err
			}
		}
		if err := do(entries); err != nil {
			return err
		}
	}
	return nil
}

func inFile(a, b slot) int { return cmp.Compare(a.at, b.at) }

// settle makes what was added ready to be found.
func (s *spool) settle() error {
	if !s.filed() || s.found {
		return nil
	}
	if err := s.flush(); err != nil {
		return err
	}
	s.found = true
	slices.SortFunc(s.slots, func(a, b slot) int { return cmp.Or(cmp.Compare(a.hash, b.hash), inFile(a, b)) })
	return s.to.Flush()
}

// find returns the entry with an id as it was added last, or nil; what lies in the
// file is found once the spool is settled. Then many goroutines may ask.
func (s *spool) find(id string) (*feed.Entry, error) {
	if !s.filed() {
		for i := range slices.Backward(s.held) {
			if s.held[i].ID == id {
				entry := s.held[i]
				return &entry, nil
			}
		}
		return nil, nil
	}
	if !s.found {
		return nil, nil
	}
	hash := maphash.String(s.seed, id)
	i, _ := slices.BinarySearchFunc(s.slots, hash, func(s slot, hash uint64) int { return cmp.Compare(s.hash, hash) })
	var last *feed.Entry
	for ; i < len(s.slots) && s.slots[i].hash == hash; i++ {
		entry := new(feed.Entry)
		if err := s.read(s.slots[i], entry); err != nil {
			return nil, err
		}
		if entry.ID == id { // and no other id of that hash
			last = entry
		}
	}
	return last, nil
}

func (s *spool) read(from slot, entry *feed.Entry) error {
	data := make([]byte, from.size)
	if _, err := s.file.ReadAt(data, from.at); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF // somebody has cut the file
		}
		return err
	}
	rest := packed(data)
	err := rest.value(reflect.ValueOf(entry).Elem())
	// All strings are parts of data. These two are kept until the pages are on the
	// disk, and must not keep the text of the entry in memory.
	entry.ID, entry.Address = strings.Clone(entry.ID), strings.Clone(entry.Address)
	return err
}

// has reports whether there may be an entry with an id: false is certain.
func (s *spool) has(id string) bool {
	if !s.filed() {
		return slices.ContainsFunc(s.held, func(e feed.Entry) bool { return e.ID == id })
	}
	hash := maphash.String(s.seed, id)
	_, found := slices.BinarySearchFunc(s.slots, hash, func(s slot, hash uint64) int { return cmp.Compare(s.hash, hash) })
	return found
}

// close takes the file away.
func (s *spool) close() error {
	if s.file == nil {
		return nil
	}
	return errors.Join(s.file.Close(), s.root.Remove(spoolFile))
}
