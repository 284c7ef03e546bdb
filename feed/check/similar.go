package check

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/maphash"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// Texts are compared by their shingles, the runs of a few words that they are
// made of (Broder, "On the resemblance and containment of documents", 1997).
// The resemblance of two texts is the share of shingles that they have in
// common. A signature estimates it: for each of many hash functions it keeps the
// least value among the shingles, and two texts agree in as large a share of
// those values as they resemble each other. Texts that agree in a whole band of
// values are looked at, so that each text meets only the few that matter.
const (
	shingle = 4 // words
	values  = 64
	band    = 4 // values; texts that resemble by 0.8 miss all bands once in 5,000 times

	minShingles = 20  // of a text that is compared: a shorter one resembles by chance
	alike       = 0.8 // the resemblance from which on two texts are nearly the same

	// remembered is how many documents each one is compared with: those that
	// came before it in the order of the folders. It bounds the memory, to about
	// a kilobyte each.
	remembered = 50_000
)

// A signature stands for the shingles of a text.
type signature [values]uint32

// signatureOf returns the signature of the text in HTML, or nil for a text that
// is too short.
func signatureOf(content string) *signature {
	var window [shingle]uint64
	sig := &signature{}
	for i := range sig {
		sig[i] = ^uint32(0)
	}
	n := 0
	eachWord(content, func(word uint64) {
		copy(window[:], window[1:])
		window[shingle-1] = word
		if n++; n >= shingle {
			sig.take(window)
		}
	})
	if n-shingle+1 < minShingles {
		return nil
	}
	return sig
}

// take adds a shingle.
func (s *signature) take(words [shingle]uint64) {
	h := uint64(0)
	for _, w := range words {
		h = mix(h ^ w)
	}
	for i := range s {
		s[i] = min(s[i], uint32(mix(h+uint64(i)*0x9e3779b97f4a7c15)>>32))
	}
}

// mix is the finalizer of splitmix64: each bit of the result depends on all bits
// of x.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// resemblance estimates how much two texts have in common, from 0 to 1.
func (s *signature) resemblance(other *signature) float64 {
	same := 0
	for i := range s {
		if s[i] == other[i] {
			same++
		}
	}
	return float64(same) / values
}

// eachWord calls a function with the hash of each word in HTML, whatever its
// case. A script without spaces between its words is taken letter by letter.
func eachWord(content string, fn func(uint64)) {
	z := html.NewTokenizer(strings.NewReader(content))
	const none = 0xcbf29ce484222325 // the hash of no letter: FNV-1a, by letters instead of bytes
	h := uint64(none)
	end := func() {
		if h != none {
			fn(h)
			h = none
		}
	}
	for {
		switch z.Next() {
		case html.ErrorToken:
			end()
			return
		case html.TextToken:
			for _, r := range string(z.Text()) {
				kind := kindOf(r)
				if kind != partOfWord {
					end()
				}
				if kind != noWord {
					h = (h ^ uint64(unicode.ToLower(r))) * 0x100000001b3
				}
				if kind == wordByItself {
					end()
				}
			}
		}
	}
}

// A letterKind is what a character is to the words of a text.
type letterKind int

const (
	noWord letterKind = iota
	partOfWord
	wordByItself
)

func kindOf(r rune) letterKind {
	switch {
	case r < 0x80:
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' {
			return partOfWord
		}
	case r >= 0xe00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return wordByItself
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
		return partOfWord
	}
	return noWord
}

// known is what is remembered of a document.
type known struct {
	path     string
	digest   [sha256.Size]byte
	id       string // as it states it, or ""
	headline string // title and day, or ""
	prints   *signature
}

// A meeting is what a document has in common with one before it.
type meeting struct {
	kind    meetingKind
	path    string // of the other
	percent int    // of the text, in common
}

type meetingKind int

const (
	meetsNone meetingKind = iota
	meetsCopy
	meetsID
	meetsText
	meetsTitle
)

// A memory remembers the last documents, and finds those that a new one has
// something in common with, in a time that does not grow with their number.
type memory struct {
	ring []known
	next int
	last map[uint64]int // by a hash of what can be in common: the last document that has it
	seed maphash.Seed
}

func newMemory(size int) *memory {
	return &memory{ring: make([]known, 0, size), last: map[uint64]int{}, seed: maphash.MakeSeed()}
}

// meet compares a document with those that are remembered, and remembers it.
// What is said of the two is the most that can be said.
func (m *memory) meet(k known) meeting {
	found := m.find(k)
	if len(m.ring) < cap(m.ring) {
		m.ring = append(m.ring, k)
	} else {
		m.forget(m.next)
		m.ring[m.next] = k
	}
	for _, key := range m.keys(k) {
		m.last[key] = m.next
	}
	m.next = (m.next + 1) % cap(m.ring)
	return found
}

func (m *memory) find(k known) meeting {
	best := meeting{}
	better := func(kind meetingKind, other known, percent int) {
		if best.kind == meetsNone || kind < best.kind || kind == best.kind && percent > best.percent {
			best = meeting{kind, other.path, percent}
		}
	}
	tried := map[int]bool{}
	for _, key := range m.keys(k) {
		i, ok := m.last[key]
		if !ok || tried[i] {
			continue
		}
		tried[i] = true
		other := m.ring[i]
		switch {
		case other.digest == k.digest:
			better(meetsCopy, other, 100)
		case k.id != "" && other.id == k.id:
			better(meetsID, other, 0)
		case k.prints != nil && other.prints != nil && k.prints.resemblance(other.prints) >= alike:
			better(meetsText, other, int(100*k.prints.resemblance(other.prints)))
		case k.headline != "" && other.headline == k.headline:
			better(meetsTitle, other, 0)
		}
	}
	return best
}

// forget takes out of the index what leads to a document.
func (m *memory) forget(i int) {
	for _, key := range m.keys(m.ring[i]) {
		if m.last[key] == i {
			delete(m.last, key)
		}
	}
}

// keys are hashes of all that a document can have in common with others.
func (m *memory) keys(k known) []uint64 {
	keys := make([]uint64, 0, 3+values/band)
	add := func(kind byte, what []byte) {
		var h maphash.Hash
		h.SetSeed(m.seed)
		_ = h.WriteByte(kind) // a hash takes everything
		_, _ = h.Write(what)
		keys = append(keys, h.Sum64())
	}
	add('d', k.digest[:])
	if k.id != "" {
		add('i', []byte(k.id))
	}
	if k.headline != "" {
		add('t', []byte(k.headline))
	}
	if k.prints != nil {
		var bytes [4 * band]byte
		for b := range values / band {
			for i := range band {
				binary.BigEndian.PutUint32(bytes[4*i:], k.prints[b*band+i])
			}
			add(byte(b), bytes[:])
		}
	}
	return keys
}
