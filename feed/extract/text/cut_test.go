package text

import (
	"testing"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// cuts returns where a function that gives the next cut cuts a text.
func cuts(s string, next func(string, int) int) []int {
	var out []int
	for end := 0; end < len(s); {
		end = next(s, end)
		out = append(out, end)
	}
	return out
}

// inFull is nextCut as Unicode says it, with the properties of every character.
func inFull(s string, cut int) int {
	it := sentences.FromString(s[cut:])
	it.Next()
	return cut + len(it.Value())
}

func sameCuts(t *testing.T, s string) {
	t.Helper()
	got, want := cuts(s, nextCut), cuts(s, inFull)
	if len(got) != len(want) {
		t.Fatalf("cuts of %q = %v, want %v", s, got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("cuts of %q = %v, want %v", s, got, want)
		}
	}
}

// Every character that ends a sentence, in whatever script, is looked at.
func TestMayEnd(t *testing.T) {
	passed := 0
	for r := rune(0); r <= utf8.MaxRune; r++ {
		s := "a" + string(r) + " A"
		if mayEnd(s, 1) {
			continue
		}
		passed++
		if end := inFull(s, 0); end < len(s) {
			t.Errorf("mayEnd is false for %U, but %q is cut at %d", r, s, end)
		}
	}
	if passed < 30000 {
		t.Errorf("mayEnd is false for %d characters, want all the letters of some scripts", passed)
	}
}

func FuzzNextCut(f *testing.F) {
	for _, s := range []string{
		"", "a", "A b. C d? E", "Mr. a.m. U.S.A. U. S. no", "3.5 a.5 .5", "a.\u0301B. \u00adC", "A\u0301.B", "one.) (Two.)  \"Three\"\n\nfour\r\nfive\r six",
		"\u00a0. B", "終わり。「次」。と", "ٹ۔ A؟ b", "« a! » b", "\xff. A\xff.B \xe2\x80", "\xe2\x80. A", "a\u2028b\u2029c\u0085d", ". . . A", "\u2024a\u2024A \u203c A", "क। ख",
	} {
		f.Add(s)
	}
	f.Fuzz(sameCuts)
}
