package check

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// words returns n words that are drawn from a fixed sequence.
func words(seed uint64, n int) []string {
	r := rand.New(rand.NewPCG(seed, 1))
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("w%d", r.IntN(5000))
	}
	return list
}

// exact is the resemblance of two texts, counted.
func exact(a, b []string) float64 {
	shingles := func(list []string) map[string]bool {
		set := map[string]bool{}
		for i := range len(list) - shingle + 1 {
			set[strings.Join(list[i:i+shingle], " ")] = true
		}
		return set
	}
	x, y := shingles(a), shingles(b)
	both := 0
	for s := range x {
		if y[s] {
			both++
		}
	}
	return float64(both) / float64(len(x)+len(y)-both)
}

// The estimate is what counting gives: in each case within four of the standard
// errors that theory gives for it, and in the mean of many cases nearly equal.
func TestResemblance(t *testing.T) {
	const texts = 20
	for changed := 0; changed < 60; changed += 3 {
		sum := 0.0
		for text := range uint64(texts) {
			a := words(text, 300)
			b := append([]string{}, a...)
			for i := range changed {
				b[i*5] = "other"
			}
			want := exact(a, b)
			got := signatureOf(strings.Join(a, " ")).resemblance(signatureOf(strings.Join(b, " ")))
			sum += got - want
			if limit := 4 * math.Sqrt(want*(1-want)/values); math.Abs(got-want) > limit {
				t.Errorf("with %d words changed: resemblance = %.2f, want %.2f ± %.2f", changed, got, want, limit)
			}
		}
		if mean := sum / texts; math.Abs(mean) > 0.05 {
			t.Errorf("with %d words changed: resemblance is wrong by %+.2f in the mean", changed, mean)
		}
	}
}

func TestSignature(t *testing.T) {
	text := strings.Join(words(3, 60), " ")
	tests := []struct {
		name, a, b string
		want       float64 // at least; -1 where a is too short
	}{
		{"the same", text, text, 1},
		{"other case, marks and markup", text, "<p>" + strings.ReplaceAll(strings.ToUpper(text), " ", "</b>, <b>") + "</p>", 1},
		{"Chinese", chinese, "<p>" + chinese + "</p>", 1},
		{"short", "one two three", text, -1},
		{"nothing", "", text, -1},
	}
	for _, tt := range tests {
		a, b := signatureOf(tt.a), signatureOf(tt.b)
		if a == nil {
			if tt.want >= 0 {
				t.Errorf("%s: no signature", tt.name)
			}
			continue
		}
		if got := a.resemblance(b); got < tt.want || tt.want < 0 {
			t.Errorf("%s: resemblance = %v, want %v", tt.name, got, tt.want)
		}
	}
	if got := signatureOf(text).resemblance(signatureOf(chinese)); got > 0.1 {
		t.Errorf("of two texts that have nothing in common: resemblance = %v", got)
	}
}

const chinese = "港口新码头周二启用两百米长的船只可以停靠在外港开往群岛的渡轮从内港出发"

// Each document meets the nearest one, also in a large crowd.
func TestMemoryFindsDuplicates(t *testing.T) {
	m := newMemory(1000)
	for i := range 1000 {
		text := words(uint64(i), 200)
		if got := m.meet(known{path: fmt.Sprint(i), digest: [32]byte{byte(i), byte(i >> 8)}, prints: signatureOf(strings.Join(text, " "))}); got.kind != meetsNone {
			t.Fatalf("document %d meets %v", i, got)
		}
	}
	for i := 0; i < 1000; i += 100 {
		text := words(uint64(i), 200)
		text[50] = "changed"
		k := known{path: "new", digest: [32]byte{byte(i), byte(i >> 8), 1}, prints: signatureOf(strings.Join(text, " "))}
		if got := m.find(k); got.kind != meetsText || got.path != fmt.Sprint(i) || got.percent < 80 {
			t.Errorf("a new version of document %d meets %v", i, got)
		}
	}
}

// The memory forgets the oldest, and what led to it.
func TestMemoryIsBounded(t *testing.T) {
	m := newMemory(10)
	for i := range 100 {
		m.meet(known{path: fmt.Sprint(i), headline: fmt.Sprint(i), digest: [32]byte{byte(i), 1}, prints: signatureOf(strings.Join(words(uint64(i), 40), " "))})
	}
	if len(m.ring) != 10 || len(m.last) > 10*(2+values/band) {
		t.Errorf("remembers %d documents by %d keys, want 10 and at most %d", len(m.ring), len(m.last), 10*(2+values/band))
	}
	for i, want := range map[int]meetingKind{5: meetsNone, 89: meetsNone, 90: meetsTitle, 99: meetsTitle} {
		if got := m.find(known{headline: fmt.Sprint(i), digest: [32]byte{9, 9}}); got.kind != want {
			t.Errorf("document %d: meets %v, want kind %v", i, got, want)
		}
	}
}

func BenchmarkSignature(b *testing.B) {
	text := strings.Join(words(1, 500), " ")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		signatureOf(text)
	}
}

// A document meets as fast among many as among few.
func BenchmarkMemory(b *testing.B) {
	for _, size := range []int{1000, 50_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			m := newMemory(size)
			all := make([]*signature, size)
			for i := range all {
				all[i] = signatureOf(strings.Join(words(uint64(i), 40), " "))
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				k := i % size
				m.meet(known{digest: [32]byte{byte(i), byte(i >> 8), byte(i >> 16), byte(i >> 24)}, prints: all[k]})
			}
		})
	}
}
