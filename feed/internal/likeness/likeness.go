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
	"slices"
	"unicode"
)

// run is how many words stand together. Of two words many stand in any text, and
// one changed word spoils every longer run around it.
const run = 3

// A Text is the set of the runs of words of a text, as sorted hashes.
type Text struct{ runs []uint64 }

// Of returns the text that a string is. Letters and digits make words; a letter
// of a script that has no spaces between words is a word of its own.
func Of(s string) Text {
	var runs []uint64
	var last [run]uint64
	words := 0
	end := func(word uint64) {
		if word == start {
			return
		}
		copy(last[:], last[1:])
		last[run-1] = word
		if words++; words >= run {
			runs = append(runs, join(last))
		}
	}
	word := uint64(start)
	for _, c := range s {
		switch {
		case unspaced(c):
			end(word)
			end(add(start, c))
			word = start
		case unicode.IsLetter(c), unicode.IsDigit(c), unicode.IsMark(c):
			word = add(word, unicode.ToLower(c))
		default:
			end(word)
			word = start
		}
	}
	end(word)
	slices.Sort(runs)
	return Text{slices.Compact(runs)}
}

// Size returns how many different runs of words the text has. Two texts of few
// can not be told to be alike, nor to be others.
func (t Text) Size() int { return len(t.runs) }

// Within returns how much of the shorter of two texts stands in the longer one:
// 1 is all of it, 0 is nothing.
func (t Text) Within(other Text) float64 {
	shared := 0
	for i, j := 0, 0; i < len(t.runs) && j < len(other.runs); {
		switch a, b := t.runs[i], other.runs[j]; {
		case a < b:
			i++
		case a > b:
			j++
		default:
			shared++
			i++
			j++
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
	for i := range orders {
		// Multiplied by an odd number and shifted, the hashes come in another order.
		factor, offset := mix(uint64(2*i))|1, mix(uint64(2*i+1))
		least := uint64(math.MaxUint64)
		for _, hash := range t.runs {
			least = min(least, hash*factor+offset)
		}
		s[1+i/2] |= byte(mix(least)&15) << (i % 2 * 4)
	}
	return s
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
