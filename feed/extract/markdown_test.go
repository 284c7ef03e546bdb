package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedfeed/feed"
	"seedfeed/feed/internal/golden"
)

var kindNames = map[blockKind]string{blockParagraph: "p", blockList: "item", blockVerbatim: "verbatim"}

// outline writes what a reader made of a document: what it states, its blocks, its
// content as it may be published.
func outline(t testing.TB, s *source) string {
	t.Helper()
	var b strings.Builder
	for _, v := range s.stated {
		fmt.Fprintf(&b, "%s (%s)\n", say([]stated{v}), v.source)
	}
	b.WriteString("--\n")
	for _, blk := range s.blocks {
		name := kindNames[blk.kind]
		if blk.kind == blockHeading {
			name = fmt.Sprintf("h%d", blk.level)
		}
		fmt.Fprintf(&b, "%s: %s\n", name, blk.text)
	}
	b.WriteString("--\n" + clean(t, s.content) + "\n")
	return b.String()
}

// readBy runs a reader over a document as Extract does.
func readBy(t testing.TB, r func(*Extractor, *source) error, docPath, body string) *source {
	t.Helper()
	values, rest, err := cutFrontMatter(body)
	if err != nil {
		t.Fatal(err)
	}
	s := &source{doc: feed.Document{Path: docPath, Data: []byte(body)}, text: rest, stated: values}
	if err := r(New(Options{}), s); err != nil {
		t.Fatal(err)
	}
	return s
}

// Each file of testdata/markdown is read; its golden file has what came of it.
func TestReadMarkdown(t *testing.T) {
	for _, file := range fixtures(t, "testdata/markdown/*.md") {
		name := strings.TrimSuffix(filepath.Base(file), ".md")
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s := readBy(t, readMarkdown, "news/"+name+".md", string(data))
			golden.Check(t, "markdown/"+name+".golden", []byte(outline(t, s)))
		})
	}
}

func TestMarkdownTitle(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"h1", "# The lamp\n\nText.", "The lamp"},
		{"underlined", "The *lamp*\n=====\n\nText.", "The lamp"},
		{"after badges", "[![Build](b.svg)](x) ![y](z.png)\n\n# The lamp", "The lamp"},
		{"badge within", "# The lamp [![Build](b.svg)](x)", "The lamp"},
		{"raw HTML", "<h1 align=\"center\">\n  <img src=\"logo.png\" alt=\"Logo\">\n  The lamp\n</h1>\n", "The lamp"},
		{"markup within", "# The `lamp` &amp; [its light](x) <sub>now</sub>", "The lamp & its light now"},
		{"anchor behind", "# The lamp {#lamp}", "The lamp"},
		{"note behind", "# The lamp[^1]\n\n[^1]: Note.", "The lamp"},
		{"picture alone", "# ![The lamp](logo.png)\n\nText.", "The lamp"},
		{"empty, then a real one", "#\n\n# The lamp\n", "The lamp"},
		{"line of introduction", "Welcome.\n\n# The lamp\n\n# Parts\n", "The lamp"},
		{"headings of parts", "One.\n\nTwo.\n\n# Part one\n\nThree.\n\n# Part two\n", ""},
		{"h2 alone at the head", "## The lamp\n\nText.\n\n### Part\n", "The lamp"},
		{"h2 among others", "## Part one\n\nText.\n\n## Part two\n", ""},
		{"in a quote", "> # Quoted\n\nText.", ""},
		{"in code", "```\n# comment\n```\n", ""},
		{"none", "Text only.", ""},
		{"front matter", "---\ntitle: Given\n---\n# The lamp\n", "Given"},
		{"header lines", "Title: Given\nDate: 2026-02-14\nTags: a,\n  b\n\n# The lamp\n", "Given"},
		{"words and a colon", "Note: this is text.\n\nTags: none\n", ""},
		{"title block", "% Given\n% Jane Doe; John Roe\n% February 14, 2026\n\nText.", "Given"},
	}
	for _, tt := range tests {
		s := readBy(t, readMarkdown, "a.md", tt.in)
		if got, _ := s.find(askTitle); got.value != tt.want {
			t.Errorf("%s: title = %q, want %q", tt.name, got.value, tt.want)
		}
	}
}

// The heading that became the title is not in the content a second time; any
// other is.
func TestMarkdownHeadingInContent(t *testing.T) {
	tests := []struct{ in, want string }{
		{"# The lamp\n\nText.", "<p>Text.</p>"},
		{"---\ntitle: The Lamp!\n---\n# The lamp\n\nText.", "<p>Text.</p>"},
		{"---\ntitle: Another\n---\n# The lamp\n\nText.", "<h1>The lamp</h1>\n<p>Text.</p>"},
	}
	for _, tt := range tests {
		if got := clean(t, readBy(t, readMarkdown, "a.md", tt.in).content); got != tt.want {
			t.Errorf("content of %q = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestShortcode(t *testing.T) {
	tests := []struct{ in, want string }{
		{"{{< youtube abc_1 >}}", `<a href="https://www.youtube.com/watch?v=abc_1">www.youtube.com/watch?v=abc_1</a>`},
		{`{{< vimeo id="12" >}}`, `<a href="https://vimeo.com/12">vimeo.com/12</a>`},
		{"{{< tweet 12 >}}", `<a href="https://x.com/i/status/12">x.com/i/status/12</a>`},
		{"{{< instagram Ab1 >}}", `<a href="https://www.instagram.com/p/Ab1">www.instagram.com/p/Ab1</a>`},
		{`{{< figure src="/a.png" alt="The lamp" >}}`, `<img src="https://lamp.example/a.png" alt="The lamp"/>`},
		{"{% include ads.html %}", ""},
		{"{{% notice %}}", ""},
		{"{{< >}}", ""},
		{"The {{< lamp >}} is lit.", "<p>The {{&lt; lamp &gt;}} is lit.</p>"},
		{"`{{< youtube abc >}}` is the tag.", "<p><code>{{&lt; youtube abc &gt;}}</code> is the tag.</p>"},
	}
	for _, tt := range tests {
		if got := clean(t, readBy(t, readMarkdown, "a.md", tt.in).content); got != tt.want {
			t.Errorf("content of %s = %s, want %s", tt.in, got, tt.want)
		}
	}
}

func TestWikiLinks(t *testing.T) {
	tests := []struct{ in, want string }{
		{"See [[The harbour]].", "<p>See The harbour.</p>"},
		{"See [[harbours/baku|the *harbour*]] and [[x|]].", "<p>See the *harbour* and x.</p>"},
		{"![[my lamp.png]]", `<p><img src="` + folder + `my%20lamp.png" alt=""/></p>`},
		{"![[Another note]]", "<p>Another note</p>"},
		{"A [[1]](https://lamp.example/) note", `<p>A <a href="https://lamp.example/">[1]</a> note</p>`},
		{"if [[ -f x ]] then", "<p>if [[ -f x ]] then</p>"},
		{"`[[code]]` and [[", "<p><code>[[code]]</code> and [[</p>"},
		{"[TOC]\n\n{: .wide}\n\nText.", "<p>Text.</p>"},
	}
	for _, tt := range tests {
		if got := clean(t, readBy(t, readMarkdown, "a.md", tt.in).content); got != tt.want {
			t.Errorf("content of %q = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// Nesting costs the parser the square of its depth; a document that is nothing
// but marks is cut, and its text stays.
func TestMarkdownGrowsLinearly(t *testing.T) {
	for _, part := range []string{"> ", "- ", "* ", "[", "![", "*a ", "**a", "`", "<div>", "[^1]: a\n", "|a", "a\n\n", "# a\n", "[[a"} {
		cost := func(n int) float64 {
			in := strings.Repeat(part, n) + "the lamp"
			return testing.AllocsPerRun(1, func() { readBy(t, readMarkdown, "a.md", in) })
		}
		small, large := cost(300), cost(3000)
		if large > 30*small+3000 {
			t.Errorf("%q: %v allocations for 300, %v for 3000", part, small, large)
		}
	}
}

// table is a table of which each row has but one cell.
func table(columns, rows int) string {
	return strings.Repeat("|a", columns) + "\n" + strings.Repeat("|-", columns) + "\n" + strings.Repeat("|c\n", rows) + "\n"
}

func TestTame(t *testing.T) {
	definition := "[a]: https://lamp.example/\n"
	tests := []struct{ name, in, want string }{
		{"usual", "> quote\n- - item\n***\n1. one\n" + definition, "> quote\n- - item\n***\n1. one\n" + definition},
		{"quotes", "a\n" + strings.Repeat("> ", 300) + "deep\nb\n", "a\n" + strings.Repeat("> ", 100) + "deep\nb\n"},
		{"lists", strings.Repeat("1. ", 300) + "deep", strings.Repeat("1. ", 100) + "deep"},
		{"a small table", "|a|b|\n|-|-|\n|c\n", "|a|b|\n|-|-|\n|c\n"},
		{"tables that lack cells", table(60_000, 2) + table(2, 1), table(60_000, 1) + "|c\n\n" + "|a|a\n\n|-|-\n|c\n\n"},
		{"definitions", strings.Repeat(definition, 250), strings.Repeat(definition, 199) + "\n" + strings.Repeat(definition, 51)},
	}
	for _, tt := range tests {
		if got := tame(tt.in); got != tt.want {
			t.Errorf("%s: tame = ...%q, want ...%q", tt.name, got[max(0, len(got)-500):], tt.want[max(0, len(tt.want)-500):])
		}
	}
}

func TestEmphasisIsTamed(t *testing.T) {
	content := readBy(t, readMarkdown, "a.md", strings.Repeat("*a* ", 600)+"\n\n*b*\n").content
	if got, want := strings.Count(content, "<em>a</em>"), maxEmphasis/2; got != want {
		t.Errorf("%d emphasized words, want %d", got, want)
	}
	if !strings.Contains(content, "<em>b</em>") {
		t.Error("a paragraph pays for the one before it")
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, file := range fixtures(f, "testdata/markdown/*.md") {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Fuzz(func(t *testing.T, in string) {
		s := &source{text: in}
		if err := readMarkdown(New(Options{}), s); err != nil {
			t.Fatal(err)
		}
		checkSource(t, s)
	})
}

// checkSource fails the test unless the questions can rely on what was read.
func checkSource(t *testing.T, s *source) {
	t.Helper()
	for _, v := range s.stated {
		if v.value == "" || v.source == "" || strings.ContainsAny(v.value, "\r\n\x00") {
			t.Errorf("stated %+v is no line of text", v)
		}
	}
	for _, blk := range s.blocks {
		if blk.text == "" || blk.kind != blockVerbatim && strings.ContainsAny(blk.text, "\r\n") {
			t.Errorf("block %+v is no line of text", blk)
		}
	}
	checkContent(t, clean(t, s.content))
}

// A note of two kilobytes, as notes are.
func BenchmarkReadMarkdown(b *testing.B) {
	data, err := os.ReadFile("testdata/markdown/everything.md")
	if err != nil {
		b.Fatal(err)
	}
	note := strings.Repeat(string(data), 2)
	x := New(Options{})
	b.SetBytes(int64(len(note)))
	b.ReportAllocs()
	for b.Loop() {
		s := &source{text: note}
		if err := readMarkdown(x, s); err != nil {
			b.Fatal(err)
		}
		x.sanitize("a.md", s.content)
	}
}
