package likeness_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"seedfeed/feed/internal/likeness"
)

const story = "The ministry said on Monday that talks on grain exports would go on for another week, and that ships may leave the harbour."

func TestWithin(t *testing.T) {
	tests := []struct {
		name, a, b string
		want       float64
	}{
		{"the same", story, story, 1},
		{"case, punctuation and white space", story, strings.ToUpper(strings.ReplaceAll(story, " ", "\n\n—")), 1},
		{"a part", story, "talks on grain exports would go on", 1},
		{"one word of ten", "a b c d e f g h i j", "a b c d X f g h i j", 5. / 8},
		{"nothing", story, "Two teams met in the second round, and neither of them won it in the end.", 0},
		{"too few words", "two words", "two words", 0},
		{"no words", "", "", 0},
		{"no spaces between words", "外交部表示谈判将继续", "外交部今天表示谈判将继续", 6. / 8},
		{"accents that are marks of their own", "le de\u0301but de la pie\u0300ce", "le de\u0301but de la pie\u0300ce", 1},
	}
	for _, tt := range tests {
		a, b := likeness.Of(tt.a), likeness.Of(tt.b)
		if got := a.Within(b); math.Abs(got-tt.want) > 1e-9 || b.Within(a) != got {
			t.Errorf("%s: %.3f one way and %.3f the other, want %.3f", tt.name, got, b.Within(a), tt.want)
		}
	}
}

// A sketch is kept for years: it may never come out otherwise.
func TestSketchStays(t *testing.T) {
	const mixed = "L’État, c’est moi; DÉJÀ vu, ÉCOLE du soir. 外交部表示谈判将继续 and İstanbul’da 12 000 kişi. " +
		story + " " + story + " " + story + " ΣΊΣΥΦΟΣ σίσυφος \xff\xfe bad bytes de\u0301but"
	for text, want := range map[string]string{
		story: "47f7994d827c43c9e6e45d4ead3c5576e283e94196ee8244",
		mixed: "5df7c2ddc2bc4488eb0477e4ad8ce536f7c80879681b8264",
	} {
		if got := fmt.Sprintf("%x", likeness.Of(text).Sketch()); got != want {
			t.Errorf("the sketch of %q = %s, want %s", text, got, want)
		}
	}
	if got := likeness.Of("two words").Sketch(); got != (likeness.Sketch{}) {
		t.Errorf("the sketch of no text = %x", got)
	}
}

// text returns n words of a vocabulary that is large enough to repeat no run.
func text(rng *rand.Rand, n int) []string {
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprint("w", rng.IntN(1_000_000))
	}
	return words
}

// The estimate is as good as it says: for texts that share nothing, and for those
// that share half of what they have together.
func TestResemblanceIsNear(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const rounds = 300
	for _, tt := range []struct {
		shared, own int // words
		want, near  float64
		share       float64 // of the rounds that must be near
	}{{0, 200, 0, 0.1, 0.99}, {200, 100, 0.5, 0.15, 0.9}, {300, 0, 1, 0, 1}} {
		n := 0
		for range rounds {
			common := text(rng, tt.shared)
			a := likeness.Of(strings.Join(append(text(rng, tt.own), common...), " ")).Sketch()
			b := likeness.Of(strings.Join(append(text(rng, tt.own), common...), " ")).Sketch()
			if math.Abs(a.Resemblance(b)-tt.want) <= tt.near {
				n++
			}
		}
		if got := float64(n) / rounds; got < tt.share {
			t.Errorf("%d shared and %d own words: %.3f of the estimates are within %.2f of %.2f, want %.2f",
				tt.shared, tt.own, got, tt.near, tt.want, tt.share)
		}
	}
}

func TestSketchKnowsItsSize(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{3, 10, 100, 1000, 20_000} {
		text := likeness.Of(strings.Join(text(rng, n), " "))
		if got := float64(text.Sketch().Size()); math.Abs(got-float64(text.Size())) > max(1, float64(text.Size())/40) {
			t.Errorf("size = %.0f, want %d", got, text.Size())
		}
	}
	if got := (likeness.Sketch{}).Size(); got != 0 {
		t.Errorf("the size of no text = %d", got)
	}
}

func BenchmarkSketch(b *testing.B) {
	story := strings.Join(text(rand.New(rand.NewPCG(5, 6)), 400), " ")
	b.SetBytes(int64(len(story)))
	b.ReportAllocs()
	for b.Loop() {
		likeness.Of(story).Sketch()
	}
}
