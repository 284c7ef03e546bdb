package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"seedfeed/feed/extract/text"
	"seedfeed/feed/internal/xmlchar"
)

func TestOneLine(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"nothing to do", "A plain title", "A plain title"},
		{"empty", "", ""},
		{"blanks alone", " \t\n\u3000", ""},
		{"white space", "  two\u00a0 \n\twords\u2003here ", "two words here"},
		{"wire controls", "Ministers \x01\x02agreed\x7f a deal", "Ministers agreed a deal"},
		{"direction", "\u202eevil\u202c \u2067Hebrew\u2069 \u200fend\u200e", "evil Hebrew end"},
		{"no width", "\u200bd\u200be\u200dal\ufeff so\u00adft \u2060x", "deal soft x"},
		{"joiners that shape", "می\u200cخواهم 👩\u200d🚀", "می\u200cخواهم 👩\u200d🚀"},
		{"bad UTF-8", "caf\xe9 \xff \ufffdok", "caf ok"},
		{"accents stay", "e\u0301te\u0301", "e\u0301te\u0301"},
	}
	for _, tt := range tests {
		if got := text.OneLine(tt.in); got != tt.want {
			t.Errorf("%s: OneLine(%q) = %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}

func TestTruncate(t *testing.T) {
	tests := []struct {
		in    string
		limit int
		want  string
	}{
		{"short", 5, "short"},
		{"one two three", 13, "one two three"},
		{"one two three", 12, "one two…"},
		{"one two three", 8, "one two…"},
		{"one two three", 7, "one…"},
		{"one two, three", 10, "one two…"},
		{"one (two three)", 8, "one…"},
		{"one – two", 6, "one…"},
		{"“one” two", 7, "“one”…"},
		{"unbreakable", 6, "unbre…"},
		{"a b", 1, "…"},
		{"a b", 0, ""},
		{"", 3, ""},
		{"部长星期二对记者表示", 6, "部长星期二…"},
		{"部长 星期二对记者表示", 7, "部长 星期二…"},
		{"Wait... what now", 9, "Wait…"},
		{"5% more", 4, "5%…"},
	}
	for _, tt := range tests {
		if got := text.Truncate(tt.in, tt.limit); got != tt.want {
			t.Errorf("Truncate(%q, %d) = %q, want %q", tt.in, tt.limit, got, tt.want)
		}
	}
}

func FuzzLine(f *testing.F) {
	f.Add("  two\u00a0 \n\twords\u2003here ", 8)
	f.Add("\u202e\x01(((\u200d", 2)
	f.Add("部长星期二对记者表示，谈判将于下周继续进行", 7)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		line := text.OneLine(s)
		if !utf8.ValidString(line) || xmlchar.Clean(line) != line || strings.ContainsAny(line, "\n\r\t\u2028\u202e") {
			t.Fatalf("OneLine(%q) = %q is not clean", s, line)
		}
		if again := text.OneLine(line); again != line {
			t.Fatalf("OneLine(%q) = %q, and of that %q", s, line, again)
		}
		got := text.Truncate(line, limit)
		if n := utf8.RuneCountInString(got); n > max(limit, 0) {
			t.Fatalf("Truncate(%q, %d) = %q has %d characters", line, limit, got, n)
		}
		if head, cut := strings.CutSuffix(got, "…"); got != line && (!cut && limit > 0 || !strings.HasPrefix(line, head)) {
			t.Fatalf("Truncate(%q, %d) = %q is no head of it", line, limit, got)
		}
	})
}

func BenchmarkOneLine(b *testing.B) {
	for name, s := range map[string]string{
		"clean": strings.TrimSpace(strings.Repeat("plain words ", 20)),
		"dirty": strings.Repeat("“plain”\n  words\u200b ", 20),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				text.OneLine(s)
			}
		})
	}
}
