package serve

import (
	"hash/maphash"
	"math"
	"testing"
)

// A sketch is within a tenth of what it was given, from a few to many.
func TestSketch(t *testing.T) {
	seed := maphash.MakeSeed()
	var s sketch
	given := 0
	for _, n := range []int{0, 1, 10, 100, 1_000, 3_000, 10_000, 100_000} {
		for ; given < n; given++ {
			for range 2 { // the second time is no news
				s.add(maphash.Comparable(seed, given))
			}
		}
		// One in ten is three times what is usual, and then some.
		if got := s.count(); math.Abs(float64(got-n)) > max(float64(n)/7, 1) {
			t.Errorf("of %d numbers it counts %d", n, got)
		}
	}
	s.clear()
	if got := s.count(); got != 0 {
		t.Errorf("when it is cleared it counts %d", got)
	}
}

func TestSubscribersOf(t *testing.T) {
	tests := []struct {
		agent, name string
		n           int
	}{
		{"Feedbin feed-id:7 - 4 subscribers", "Feedbin feed-id:7 - ", 4},
		{"NewsBlur Feed Fetcher - 1 subscriber - https://newsblur.example", "NewsBlur Feed Fetcher - ", 1},
		{"Feedly/1.0 (+https://feedly.example; 120 subscribers; like FeedFetcher-Google)", "Feedly/1.0 (+https://feedly.example; ", 120},
		{"theoldreader.example (rss; 3 readers; feed-id=9)", "theoldreader.example (rss; ", 3},
		{"newsboat/2.36 (Linux x86_64)", "", 0},
		{"Bot (for subscribers)", "", 0},
		{"", "", 0},
	}
	for _, tt := range tests {
		name, n, ok := subscribersOf(tt.agent)
		if name != tt.name || n != tt.n || ok != (tt.n > 0) {
			t.Errorf("subscribersOf(%q) = %q, %d, %v, want %q, %d", tt.agent, name, n, ok, tt.name, tt.n)
		}
	}
}
