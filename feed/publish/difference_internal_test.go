package publish

import (
	"strings"
	"testing"

	"seedfeed/feed"
)

func para(paragraphs ...string) *feed.Entry {
	return &feed.Entry{Content: "<p>" + strings.Join(paragraphs, "</p><p>") + "</p>"}
}

// marked writes a change in a line: words that went in brackets, those that came
// in braces, passages with a bar between.
func marked(c change) string {
	var parts []string
	side := func(spans []span, open, end string) string {
		var b strings.Builder
		for _, s := range spans {
			if s.Changed {
				b.WriteString(open + s.Text + end)
			} else {
				b.WriteString(s.Text)
			}
		}
		return b.String()
	}
	for _, p := range c.Passages {
		parts = append(parts, side(p.Before, "[", "]")+" -> "+side(p.After, "{", "}"))
	}
	if c.More {
		parts = append(parts, "more")
	}
	return strings.Join(parts, " | ")
}

func TestCompareEntries(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("word ", 40))
	for _, tt := range []struct {
		name       string
		old, entry *feed.Entry
		want       string
	}{
		{"the same", para("One two.", "Three."), para("One  two.", "Three."), ""},
		{"a word", para("One two three four.", "Same."), para("One 2 three four.", "Same."), "One [two ]three four. -> One {2 }three four."},
		{"a paragraph came", para("One.", "Two."), para("One.", "New & <b>bold</b>.", "Two."), " -> {New & bold.}"},
		{"a paragraph went", para("One.", "Old.", "Two."), para("One.", "Two."), "[Old.] -> "},
		{"all is other", para("One two three."), para("Four five six."), "[One two three.] -> {Four five six.}"},
		{"inline marks do not cut", para("One <em>two</em> three."), para("One two <a href=x>three</a>."), ""},
		{
			"far from the change", para(long + " old " + long), para(long + " new " + long),
			"… " + strings.Repeat("word ", 10) + "[old ]" + strings.Repeat("word ", 10) + "…  -> … " +
				strings.Repeat("word ", 10) + "{new }" + strings.Repeat("word ", 10) + "… ",
		},
		{"no spaces between words", para("今日は雨です。明日は雨です。"), para("今日は雪です。明日は雨です。"), "今日は[雨]です。明日は雨です。 -> 今日は{雪}です。明日は雨です。"},
	} {
		if got := marked(compareEntries(tt.old, tt.entry)); got != tt.want {
			t.Errorf("%s:\n got %q\nwant %q", tt.name, got, tt.want)
		}
	}
}

func TestChangesAreBounded(t *testing.T) {
	var many, others []string
	for i := range 500 {
		many = append(many, strings.Repeat("a", 1+i%30)+" old "+strings.Repeat("b", i))
		others = append(others, "new "+strings.Repeat("c", i))
	}
	c := compareEntries(para(many...), para(others...))
	if !c.More || len(c.Passages) > mostPassages || len(marked(c)) > 2*mostShown {
		t.Errorf("%d passages of %d bytes, more: %v", len(c.Passages), len(marked(c)), c.More)
	}
}

func TestWordsAreTheText(t *testing.T) {
	for _, text := range []string{"", "one", "one two", " one  two ", "今日は 雨", "a今b", "ไทย"} {
		if got := strings.Join(words(text), ""); got != text {
			t.Errorf("words of %q: %q", text, got)
		}
	}
}
