// Package likeness tells how much of a text stands in another one.
//
// A text is the set of the runs of three words in it. Case, punctuation, white
// space and the order of paragraphs do not count, so that an edit, another markup
// or another line length leaves most of the set as it was, while two stories
// about one subject share little of it. Where both texts are at hand their sets
// are compared. A [Sketch] stands for a text that is not kept: it is small, of
// one size, and tells nearly the same (MinHash with four bits a value; Broder
// 1997, "On the resemblance and containment of documents"; Li and König 2010,
// "b-Bit Minwise Hashing").
//
// The package promises that a text has the same sketch in every run, on every
// machine. It never decides what is alike enough: that is its caller's.
package likeness

import (
	"math"
	"unicode"
	"unicode/utf8"
)

// run is how many words stand together. Of two words many stand in any text, and
// one changed word spoils every longer run around it.
const run = 3

// A Text is the set of the runs of words of a text, as hashes in no order.
type Text struct{ runs []uint64 }

// Of returns the text that a string is. Letters and digits make words; a letter
// of a script that has no spaces between words is a word of its own.
func Of(s string) Text {
	r := reader{runs: make([]uint64, 0, len(s)/6)}
	word := uint64(start)
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			word = add(word, rune(c))
			i++
		case 'A' <= c && c <= 'Z':
			word = add(word, rune(c-'A'+'a'))
			i++
		case c < utf8.RuneSelf:
			r.end(word)
			word = start
			i++
		default:
			c, size := utf8.DecodeRuneInString(s[i:])
			word = r.beyond(word, c)
			i += size
		}
	}
	r.end(word)
	return Text{distinct(r.runs)}
}

// A reader makes runs of words.
type reader struct {
	runs  []uint64
	last  [run]uint64
	words int
}

// beyond goes on with a word, or ends it, at a character that is not of ASCII.
func (r *reader) beyond(word uint64, c rune) uint64 {
	switch {
	case unspaced(c):
		r.end(word)
		r.end(add(start, c))
		return start
	case unicode.IsLetter(c), unicode.IsDigit(c), unicode.IsMark(c):
		return add(word, unicode.ToLower(c))
	}
	r.end(word)
	return start
}

// end ends a word, if there is one.
func (r *reader) end(word uint64) {
	if word == start {
		return
	}
	copy(r.last[:], r.last[1:])
	r.last[run-1] = word
	if r.words++; r.words >= run {
		r.runs = append(r.runs, join(r.last))
	}
}

// distinct leaves of equal hashes one. A table finds them: to sort takes longer.
func distinct(hashes []uint64) []uint64 {
	size := 16
	for size < 2*len(hashes) {
		size *= 2
	}
	table := make([]uint64, size) // 0 is free
	n, zero := 0, false
	for _, hash := range hashes {
		if hash == 0 {
			zero = true
			continue
		}
		at := hash & uint64(size-1)
		for table[at] != 0 && table[at] != hash {
			at = (at + 1) & uint64(size-1)
		}
		if table[at] == 0 {
			table[at] = hash
			hashes[n] = hash
			n++
		}
	}
	if zero {
		hashes[n] = 0
		n++
	}
	return hashes[:n]
}

// Size returns how many different runs of words the text has. Two texts of few
// can not be told to be alike, nor to be others.
func (t Text) Size() int { return len(t.runs) }

// Within returns how much of the shorter of two texts stands in the longer one:
// 1 is all of it, 0 is nothing.
func (t Text) Within(other Text) float64 {
	has := make(map[uint64]bool, len(t.runs))
	for _, hash := range t.runs {
		has[hash] = true
	}
	shared := 0
	for _, hash := range other.runs {
		if has[hash] {
			shared++
		}
	}
	return float64(shared) / float64(max(1, min(t.Size(), other.Size())))
}

// unspaced reports whether a character belongs to a script that is written
// without spaces between words.
func unspaced(c rune) bool {
	return c >= 0x0e00 && unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// start and prime are those of FNV-1a with 64 bits (RFC 9923).
const (
	start = 0xcbf29ce484222325
	prime = 0x100000001b3
)

func add(hash uint64, c rune) uint64 { return (hash ^ uint64(c)) * prime }

// join makes one hash of those of words that stand together.
func join(words [run]uint64) uint64 {
	hash := uint64(start)
	for _, word := range words {
		hash = mix(hash ^ word)
	}
	return hash
}

// mix spreads each bit of a number over all of them (the finalizer of SplitMix64;
// Steele, Lea and Flood 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// A Sketch stands for a text in 24 bytes: its size in the first, then four bits
// of the least hash of its runs under each of 46 orders. The zero Sketch stands
// for a text that is not known.
type Sketch [24]byte

// orders is how many values a sketch has.
const orders = 2 * (len(Sketch{}) - 1)

// Sketch returns the sketch of a text.
func (t Text) Sketch() (s Sketch) {
	s[0] = sizeCode(t.Size())
	if len(t.runs) == 0 {
		return s
	}
	for i := 0; i < orders; i += 2 { // two values are a byte
		a, b := t.least(i)
		s[1+i/2] = byte(mix(a)&15) | byte(mix(b)&15)<<4
	}
	return s
}

// least returns the least hashes under one order and the next. Multiplied by an
// odd number and shifted, the hashes come in another order.
func (t Text) least(i int) (a, b uint64) {
	factorA, offsetA := mix(uint64(2*i))|1, mix(uint64(2*i+1))
	factorB, offsetB := mix(uint64(2*i+2))|1, mix(uint64(2*i+3))
	a, b = math.MaxUint64, math.MaxUint64
	for _, hash := range t.runs {
		a = min(a, hash*factorA+offsetA)
		b = min(b, hash*factorB+offsetB)
	}
	return a, b
}

// Size returns about how many runs of words the text has, to the 50th part.
func (s Sketch) Size() int { return int(math.Round(math.Exp2(float64(s[0])/steps) - 1)) }

// steps are those from one size that a sketch tells to the double of it.
const steps = 16

func sizeCode(size int) byte {
	return byte(min(math.Round(steps*math.Log2(float64(size+1))), math.MaxUint8))
}

// Resemblance estimates how much two texts have in common: how many runs stand in
// both of them, of all that stand in one or the other. For two that share nothing
// it is at most 0.1 in 99 of 100 cases; where it is a half, the estimate is at most
// 0.15 off in 90. Within can not be told from sketches: where one text is much
// longer, chance would look like a likeness.
func (s Sketch) Resemblance(other Sketch) float64 {
	if s[0] == 0 || other[0] == 0 {
		return 0
	}
	equal := 0
	for i := 1; i < len(s); i++ {
		differs := s[i] ^ other[i]
		if differs&0x0f == 0 {
			equal++
		}
		if differs&0xf0 == 0 {
			equal++
		}
	}
	const chance = 1. / 16 // that one value is equal
	return max((float64(equal)/float64(orders)-chance)/(1-chance), 0)
}
