package serve

import (
	"bytes"
	"container/list"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	defaultMemory = 32 << 20

	// maxHeld is the size of the largest file that is held. Feeds are under 1 MB.
	maxHeld = 8 << 20

	// overhead is about what a held file takes besides its bytes.
	overhead = 1 << 10

	// unsure is for how long after its change a file may change again without a
	// sign: file systems keep times as coarse as this, and give the number of a
	// file that is gone to the next one.
	unsure = 2 * time.Second
)

// A held file is the bytes of a file and all that is said of them. It does not
// change, but that its forms are made when they are asked for.
type held struct {
	content
	*forms
	name string
	kind media
	etag string // weak, and thus the same for all forms (RFC 9110 section 8.8.3)

	// modified is the file's time in whole seconds, but always later than that
	// of the content before: who has only a date to ask with would miss a
	// second change within a second, and a file that was put back.
	modified time.Time

	etagHeader, modifiedHeader, bodyLength []string

	links []string // the values of Link; only a feed that names a hub has any

	readers *readership // of a feed; may be nil
}

// A store holds files in memory, those asked for last, up to a limit of bytes.
type store struct {
	out     *os.Root
	limit   int64
	trust   time.Duration // as Options.Trust
	era     atomic.Int64  // how often Changed was called
	traffic *Traffic      // may be nil
	busy    chan struct{} // has a place for each form that may be made at a time

	mu    sync.Mutex
	used  int64
	order *list.List // of *slot, the last asked for in front
	slots map[string]*list.Element
}

// A slot is the place of one file in a store.
type slot struct {
	name string
	size int64 // guarded by the store

	last atomic.Pointer[look] // at the file; nil for none yet

	mu   sync.Mutex // held while the file is read, so that it is read once
	file *held
}

// A look is what was seen of a file.
type look struct {
	at   time.Time // just before it
	era  int64
	file *held
}

func newStore(out *os.Root, limit int64, trust time.Duration, traffic *Traffic) *store {
	return &store{
		out: out, limit: limit, trust: trust, traffic: traffic, busy: make(chan struct{}, runtime.GOMAXPROCS(0)),
		order: list.New(), slots: make(map[string]*list.Element),
	}
}

// recent returns the file that a path asks for if it was looked at a moment ago, or
// nil. Only the names of files are known, none of which a path must not ask for.
func (s *store) recent(asked string, now time.Time) *held {
	name, ok := strings.CutPrefix(asked, "/")
	if s.trust == 0 || !ok {
		return nil
	}
	s.mu.Lock()
	e, ok := s.slots[name]
	if !ok && (name == "" || strings.HasSuffix(name, "/")) {
		e, ok = s.slots[name+index]
	}
	if !ok {
		s.mu.Unlock()
		return nil
	}
	s.order.MoveToFront(e)
	s.mu.Unlock()
	if last := e.Value.(*slot).last.Load(); last != nil && last.era == s.era.Load() && now.Sub(last.at) < s.trust {
		return last.file
	}
	return nil
}

// file returns the file that info was got for, or a later one of the same name. by
// is the look at it.
func (s *store) file(name string, info fs.FileInfo, by look) (file *held, err error) {
	slot := s.slot(name)
	slot.mu.Lock()
	defer slot.mu.Unlock()
	defer func() {
		if by.file = file; err == nil && s.trust != 0 {
			slot.last.Store(&by)
		}
	}()
	if slot.file.is(info) {
		return slot.file, nil
	}
	c, err := read(s.out, name)
	if err != nil {
		return nil, err
	}
	slot.file = slot.file.next(name, c)
	if slot.file.readers == nil && slot.file.kind.feed {
		slot.file.readers = s.traffic.feed(name)
	}
	s.account(slot, slot.file.cost())
	return slot.file, nil
}

// form returns a file in a coding, or nil where that is not smaller.
func (s *store) form(file *held, c coding) *form {
	form, now := file.in(c, file.body, s.busy)
	if now {
		slot := s.slot(file.name)
		slot.mu.Lock()
		defer slot.mu.Unlock()
		if slot.file != nil && slot.file.forms == file.forms { // else there is a new content
			s.account(slot, slot.file.cost())
		}
	}
	if form.body == nil {
		return nil
	}
	return form
}

// cost is about what a file takes in memory.
func (f *held) cost() int64 { return int64(len(f.body)) + f.size.Load() + overhead }

// slot returns the place of a file, and notes that it was asked for.
func (s *store) slot(name string) *slot {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.slots[name]; ok {
		s.order.MoveToFront(e)
		return e.Value.(*slot)
	}
	place := &slot{name: name}
	s.slots[name] = s.order.PushFront(place)
	return place
}

// account notes the size of a file, and drops those not asked for the longest
// until all are within the limit.
func (s *store) account(of *slot, size int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.slots[of.name]; !ok || e.Value != of {
		return // dropped while it was read: nobody holds it but who asked
	}
	s.used += size - of.size
	of.size = size
	for s.used > s.limit {
		e := s.order.Back()
		last := s.order.Remove(e).(*slot)
		delete(s.slots, last.name)
		s.used -= last.size
	}
}

// is reports whether the bytes are those of the file that info was got for.
func (f *held) is(info fs.FileInfo) bool {
	return f != nil && f.sure && same(f.info, info)
}

func same(a, b fs.FileInfo) bool {
	return a.Size() == b.Size() && a.ModTime().Equal(b.ModTime()) && os.SameFile(a, b)
}

// next returns what is held when a content was read after this one, which may be
// nil, for the file of a name.
func (f *held) next(name string, c content) *held {
	if f != nil && bytes.Equal(f.body, c.body) {
		again := *f
		again.info, again.sure = c.info, c.sure
		return &again
	}
	modified := c.info.ModTime().UTC().Truncate(time.Second)
	if f != nil && !modified.After(f.modified) {
		modified = f.modified.Add(time.Second)
	}
	digest := sha256.Sum256(c.body)
	n := &held{
		content:  c,
		forms:    new(forms),
		name:     name,
		kind:     mediaType(name),
		etag:     `W/"` + base64.RawURLEncoding.EncodeToString(digest[:12]) + `"`,
		modified: modified,
	}
	n.etagHeader = []string{n.etag}
	n.modifiedHeader = []string{modified.Format(http.TimeFormat)}
	n.bodyLength = []string{strconv.Itoa(len(n.body))}
	if n.kind.feed {
		n.links = linkHeader(name, n.body)
	}
	return n
}

// A content is the bytes of a file, and how the file looked when it had them.
type content struct {
	body []byte
	info fs.FileInfo
	sure bool // a file that looks like info has these bytes
}

// read reads a file. One that is written to meanwhile is read again.
func read(root *os.Root, name string) (content, error) {
	for range 3 {
		c, whole, err := readOnce(root, name)
		if err != nil || whole {
			return c, err
		}
	}
	return content{}, &fs.PathError{Op: "read", Path: name, Err: errChanging}
}

var errChanging = errors.New("the file changes while it is read")

func readOnce(root *os.Root, name string) (c content, whole bool, err error) {
	f, err := root.Open(name)
	if err != nil {
		return content{}, false, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	before, err := f.Stat()
	if err != nil {
		return content{}, false, err
	}
	if before.Size() > maxHeld {
		return content{}, false, nil
	}
	age := time.Since(before.ModTime())
	body := make([]byte, before.Size())
	switch _, err := io.ReadFull(f, body); {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return content{}, false, nil
	case err != nil:
		return content{}, false, err
	}
	after, err := f.Stat()
	if err != nil {
		return content{}, false, err
	}
	c = content{body: body, info: after, sure: age > unsure || age < -unsure}
	return c, same(before, after), nil
}
