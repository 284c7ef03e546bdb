package extract

import (
	"iter"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxCounted is how much of a text is looked at for what it is about, in bytes.
const maxCounted = 6000

// weigh gives each sentence the weight of its words in the whole text, for its
// length, and more to those that come first. Questions and quotations say less
// than what they are about.
func (st *story) weigh(list []candidate) {
	var t tally
	ends := make([]int, len(list)) // of the words of each, in places
	places := make([]uint16, 0, 256)
	for i, c := range list {
		start := len(places)
		if c.length >= shortSentence && c.length <= maxSummary {
			for w, hash := range longWords(c.text) {
				if isSmallWord(w) {
					continue
				}
				if at := t.add(hash); !slices.Contains(places[start:], at) {
					places = append(places, at)
				}
			}
		}
		ends[i] = len(places)
	}
	st.countWords(&t)
	start := 0
	for i := range list {
		c := &list[i]
		for _, at := range places[start:ends[i]] {
			c.weight += math.Log1p(float64(t.counts[at]))
		}
		start = ends[i]
		c.weight *= (1 + 1/float64(c.at+1)) / math.Sqrt(float64(max(5, 1+strings.Count(c.text, " "))))
		if endsQuestion(c.text) || isQuotation(c.text) {
			c.weight /= 2
		}
	}
}

// countWords counts how often the text has the words of a tally.
func (st *story) countWords(t *tally) {
	budget := maxCounted
	for i := st.lead; i < len(st.blocks) && budget > 0; i++ {
		if st.roles[i] != roleBody || st.blocks[i].kind == blockVerbatim {
			continue
		}
		s := firstWords(st.text(i), budget)
		budget -= len(s)
		for _, hash := range longWords(s) {
			if at, ok := t.find(hash); ok {
				t.counts[at]++
			}
		}
	}
}

// maxTally is how many words maxOpening sentences that are no longer than a summary
// have at most: of one letter, with a mark between them, as Chinese can be.
const maxTally = maxOpening * maxSummary / 2

// A tally counts up to maxTally words, each given by its hash.
type tally struct {
	slots  [2048]uint16 // open addressing: 1 + the place of a word, 0 is free
	words  [maxTally]uint64
	counts [maxTally]uint16
	n      uint16
}

// find returns the place of a word that was added.
func (t *tally) find(word uint64) (place uint16, ok bool) {
	slot := t.slot(word)
	if t.slots[slot] == 0 {
		return 0, false
	}
	return t.slots[slot] - 1, true
}

func (t *tally) slot(word uint64) uint64 {
	slot := word % uint64(len(t.slots))
	for t.slots[slot] != 0 && t.words[t.slots[slot]-1] != word {
		slot = (slot + 1) % uint64(len(t.slots))
	}
	return slot
}

// add returns the place of a word, which it makes where there is none.
func (t *tally) add(word uint64) uint16 {
	slot := t.slot(word)
	if t.slots[slot] == 0 {
		t.words[t.n] = word
		t.n++
		t.slots[slot] = t.n
	}
	return t.slots[slot] - 1
}

// heaviest returns the index of the heaviest candidate that fits, the first of
// equals, or -1. One without weight fits when there is no other.
func heaviest(list []candidate, fits func(candidate) bool) int {
	best := -1
	for i, c := range list {
		if fits(c) && (best < 0 || c.weight > list[best].weight) {
			best = i
		}
	}
	return best
}

// longWords gives the words of a text that have more than two letters, each with
// the hash (FNV-1a) of its small letters.
func longWords(s string) iter.Seq2[string, uint64] {
	const basis, prime = 14695981039346656037, 1099511628211
	return func(yield func(string, uint64) bool) {
		start, hash := 0, uint64(basis)
		for i := 0; i < len(s); {
			r, size := rune(s[i]), 1
			if r < utf8.RuneSelf {
				r |= 0x20 // of digits, it changes nothing; of no mark it makes a letter
			} else {
				r, size = utf8.DecodeRuneInString(s[i:])
				r = unicode.ToLower(r)
			}
			switch {
			case uint32(r-'a') < 26 || uint32(r-'0') < 10 || r >= utf8.RuneSelf && isWordLetter(r):
				hash = (hash ^ uint64(r)) * prime
			case i-start > 2 && !yield(s[start:i], hash):
				return
			default:
				start, hash = i+size, basis
			}
			i += size
		}
		if len(s)-start > 2 {
			yield(s[start:], hash)
		}
	}
}

// isWordLetter reports whether r is a letter or a digit.
func isWordLetter(r rune) bool {
	if r < utf8.RuneSelf {
		c := r | 0x20
		return 'a' <= c && c <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func isSmallWord(w string) bool {
	var buf [32]byte
	switch string(appendLower(buf[:0], w)) {
	case "the", "and", "that", "was", "with", "for", "from", "have", "has", "had", "said", "which", "are", "were", "its", "this", "these", "those", "not", "you",
		"they", "his", "her", "their", "our", "will", "would", "can", "could", "been", "did", "does", "than", "then", "there", "here", "when", "what", "who", "how", "also", "more",
		"most", "one", "two", "new", "all", "some", "into", "over", "after", "about", "out", "just", "only", "other", "very", "but", "she", "him":
		return true
	}
	return false
}
