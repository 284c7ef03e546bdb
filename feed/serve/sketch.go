package serve

import (
	"math"
	"math/bits"
	"sync/atomic"
)

// A sketch tells about how many different numbers it was given, in 1 KB: one in
// 30 off, mostly (Flajolet and others, HyperLogLog, 2007). Each number is put into
// one of 1,024 places by its first bits, and a place keeps how many zeros at most
// the rest of one began with. What it was given can not be had back.
type sketch struct {
	places [sketchPlaces / 4]atomic.Uint32 // four to a word
}

const (
	sketchBits   = 10
	sketchPlaces = 1 << sketchBits
)

func (s *sketch) add(x uint64) {
	place := x >> (64 - sketchBits)
	rank := uint32(bits.LeadingZeros64(x<<sketchBits|1<<(sketchBits-1)) + 1)
	word, shift := &s.places[place/4], place%4*8
	for {
		old := word.Load()
		if old>>shift&0xff >= rank {
			return
		}
		if word.CompareAndSwap(old, old&^(0xff<<shift)|rank<<shift) {
			return
		}
	}
}

func (s *sketch) count() int {
	sum, empty := 0.0, 0
	for i := range s.places {
		word := s.places[i].Load()
		for range 4 {
			sum += math.Ldexp(1, -int(word&0xff))
			if word&0xff == 0 {
				empty++
			}
			word >>= 8
		}
	}
	const m = float64(sketchPlaces)
	estimate := 0.7213 / (1 + 1.079/m) * m * m / sum
	if estimate <= 2.5*m && empty > 0 {
		estimate = m * math.Log(m/float64(empty)) // few: counted by the empty places
	}
	return int(math.Round(estimate))
}

func (s *sketch) clear() {
	for i := range s.places {
		s.places[i].Store(0)
	}
}
