package text_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"seedfeed/feed/extract/text"
)

func TestParagraphs(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"none", "\n\n", nil},
		{"empty lines", "One.\n\nTwo.\n \t\n\nThree.", []string{"One.", "Two.", "Three."}},
		{"wrapped", "The council met on Tuesday to vote on the plan for a\nnew bridge, which the town has wanted since the old\none was closed.\n\nThe vote was postponed.\n",
			[]string{"The council met on Tuesday to vote on the plan for a new bridge, which the town has wanted since the old one was closed.", "The vote was postponed."}},
		{"set in", "    HARBOUR, March 3 - The council met on Tuesday to vote on the\nplan for a new bridge, which the town has wanted for years.\n    The vote was postponed. A new one is set for the end of\nthe month, said the mayor.\n    It may fail.\n Agency\n",
			[]string{"HARBOUR, March 3 - The council met on Tuesday to vote on the plan for a new bridge, which the town has wanted for years.",
				"The vote was postponed. A new one is set for the end of the month, said the mayor.", "It may fail.", "Agency"}},
		{"set in by a tab", "\tThe council met on Tuesday to vote on the plan for a bridge,\nwhich is new.\n\tThe vote was postponed by the mayor, who has long been an enemy\nof bridges.",
			[]string{"The council met on Tuesday to vote on the plan for a bridge, which is new.", "The vote was postponed by the mayor, who has long been an enemy of bridges."}},
		{"a headline right above", "Council votes on bridge\nHARBOUR, March 3 - The council met on Tuesday to vote on the\nplan for a new bridge, which the town has wanted since the\nold one was closed.",
			[]string{"Council votes on bridge", "HARBOUR, March 3 - The council met on Tuesday to vote on the plan for a new bridge, which the town has wanted since the old one was closed."}},
		{"a line each", "Council votes on bridge\nMayor is against it\nHARBOUR, March 3. The council met on Tuesday to vote on the plan for a new bridge, which the town has wanted since the old one was closed.\nThe vote was postponed, said the mayor, and it may take until the end of the month before there is a new one, if ever.",
			[]string{"Council votes on bridge", "Mayor is against it", "HARBOUR, March 3. The council met on Tuesday to vote on the plan for a new bridge, which the town has wanted since the old one was closed.",
				"The vote was postponed, said the mayor, and it may take until the end of the month before there is a new one, if ever."}},
		{"a hyphen at the end", "The plan is a well-\nmeant one, said the mayor of the town of the haupt-\nund nebensachen of the well-to-do, and then he said -\nnothing.",
			[]string{"The plan is a well-meant one, said the mayor of the town of the haupt- und nebensachen of the well-to-do, and then he said - nothing."}},
		{"Chinese", "市议会星期二开会，就新桥计划进行表决。旧桥关闭之后，本市居\n民一直希望建一座新桥。市长说表决推迟到月底。\n\n会议结束。",
			[]string{"市议会星期二开会，就新桥计划进行表决。旧桥关闭之后，本市居民一直希望建一座新桥。市长说表决推迟到月底。", "会议结束。"}},
		{"Chinese, set in", "　　市议会星期二开会，就新桥计划进行表决。旧桥关闭之后，本市居\n民一直希望建一座新桥。\n　　会议结束。", []string{"市议会星期二开会，就新桥计划进行表决。旧桥关闭之后，本市居民一直希望建一座新桥。", "会议结束。"}},
		{"a header", "From: desk@example.org\nSubject: A bridge\nDate: Tue, 3 Mar 2026 10:00:00 +0000\n\nIt is new.", []string{"From: desk@example.org", "Subject: A bridge", "Date: Tue, 3 Mar 2026 10:00:00 +0000", "It is new."}},
		{"a list", "The rules:\n- no running\n- no diving, not even from\n  the low board\n- no food\n", []string{"The rules:", "- no running", "- no diving, not even from the low board", "- no food"}},
		{"an ordinal is no item", "Der Stadtrat trat zusammen, um über die neue Brücke am\n14. Februar abzustimmen, auf welche die Stadt seit langem\nwartet.", []string{"Der Stadtrat trat zusammen, um über die neue Brücke am 14. Februar abzustimmen, auf welche die Stadt seit langem wartet."}},
	}
	for _, tt := range tests {
		if got := text.Paragraphs(tt.in); !slices.Equal(got, tt.want) {
			t.Errorf("%s: Paragraphs(%q)\n got %q\nwant %q", tt.name, tt.in, got, tt.want)
		}
	}
}

func TestBlocks(t *testing.T) {
	in := "Results\n\nTeam     Won   Lost\nRovers     9      3\nUnited     7      5\n\n1. First item\n\n2. Second item\n\nThe end."
	want := []text.Paragraph{
		{Kind: text.Prose, Text: "Results", Lines: []string{"Results"}},
		{Kind: text.Table, Text: "Team Won Lost Rovers 9 3 United 7 5", Lines: []string{"Team     Won   Lost", "Rovers     9      3", "United     7      5"}},
		{Kind: text.Item, Text: "First item", Marker: "1.", Lines: []string{"1. First item"}},
		{Kind: text.Item, Text: "Second item", Marker: "2.", Lines: []string{"2. Second item"}},
		{Kind: text.Prose, Text: "The end.", Lines: []string{"The end."}},
	}
	got := text.Blocks(in)
	for i, p := range got {
		if raw := in[p.Start:p.End]; raw != strings.Join(p.Lines, "\n") {
			t.Errorf("paragraph %d lies at %q, and has the lines %q", i, raw, p.Lines)
		}
		got[i].Start, got[i].End = 0, 0
	}
	if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w {
		t.Errorf("Blocks =\n%s\nwant\n%s", g, w)
	}
}

// However a text is made, the work is about as much as there is of it. If it were
// not, a megabyte would take hours: this test would not end.
func TestTheEndIsReached(t *testing.T) {
	for _, unit := range []string{
		"ab\n", "\n", "word ", "- a\n", "1. a\n", "a   b   c\n", "    word word\nword\n", "From: a\n", "word\n\n", "a! » ", "« a! » ", "A. ", "a.", "Gen. ", "。「",
		"\"", "e\u0301", " ", "\u3000", "\x01\u200b", "a\u200d", "…", "部长", "部长\n", "(", "x. (",
	} {
		s := strings.Repeat(unit, 1<<20/len(unit))
		length := 0
		for p := range text.EachBlock(s) {
			length += len(p.Text)
		}
		for sentence := range text.EachSentence(s, "") {
			length += len(sentence)
		}
		for limit := range 3 {
			length += len(text.OneLine(text.Truncate(s, limit*len(s)/2)))
		}
		if length == 0 || length > 10*len(s) {
			t.Errorf("%q: %d bytes of text, of %d", unit, length, len(s))
		}
	}
}

func FuzzBlocks(f *testing.F) {
	f.Add("One.\n\nTwo\nlines.\n- a\n- b\na   b   c\nd   e   f\n")
	f.Add("\u3000x\n1) a\n2) b\n")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		strip := func(s string) string {
			return strings.Map(func(r rune) rune {
				if unicode.IsSpace(r) {
					return -1
				}
				return r
			}, s)
		}
		var lines strings.Builder
		end := 0
		for _, p := range text.Blocks(s) {
			if p.Start < end || p.End > len(s) || p.Start >= p.End {
				t.Fatalf("paragraph at %d-%d, after %d, of %d bytes", p.Start, p.End, end, len(s))
			}
			end = p.End
			for _, l := range p.Lines {
				lines.WriteString(l)
			}
			if strings.Contains(p.Text, "\n") {
				t.Fatalf("text %q is not one line", p.Text)
			}
		}
		if got, want := strip(lines.String()), strip(s); got != want {
			t.Fatalf("lines = %q, want %q", got, want)
		}
	})
}

func BenchmarkBlocks(b *testing.B) {
	s := strings.Repeat("    The council met on Tuesday to vote on the plan for a new\nbridge, which the town has wanted since the old one was\nclosed.\n", 20)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		text.Blocks(s)
	}
}

func ExampleParagraphs() {
	for _, p := range text.Paragraphs("    HARBOUR, March 3 - The council met on Tuesday to\nvote on a bridge.\n    It failed.\n") {
		fmt.Println(p)
	}
	// Output:
	// HARBOUR, March 3 - The council met on Tuesday to vote on a bridge.
	// It failed.
}
