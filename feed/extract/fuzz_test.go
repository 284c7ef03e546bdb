package extract_test

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"seedfeed/feed"
	"seedfeed/feed/extract"
)

// checkEntry reports what no entry may be, whatever its document is.
func checkEntry(t *testing.T, e feed.Entry) {
	t.Helper()
	if e.Title == "" {
		t.Error("no title")
	}
	for name, s := range map[string]string{"title": e.Title, "summary": e.Summary} {
		if !utf8.ValidString(s) || s != strings.TrimSpace(s) || strings.ContainsFunc(s, isControl) {
			t.Errorf("%s %q is not one clean line of text", name, s)
		}
	}
	if !e.Published.IsZero() && e.From.Published.Source == "" {
		t.Errorf("published %s comes from nowhere", e.Published)
	}
	if e.Status == feed.Held && e.Reason == "" {
		t.Error("held without a reason")
	}
	if again := reparse(t, e.Content); again != plainQuotes.Replace(e.Content) {
		t.Errorf("content is not well-formed:\n%q\nis read as\n%q", e.Content, again)
	}
}

func isControl(r rune) bool {
	return r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == 0xfffe || r == 0xffff ||
		r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// reparse returns how a reader's browser sees a piece of HTML, with plain quotes:
// how they are written changes nothing, as long as they end no attribute.
func reparse(t *testing.T, content string) string {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(content), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: 0x2804})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, n := range nodes {
		if err := html.Render(&b, n); err != nil {
			t.Fatal(err)
		}
	}
	return plainQuotes.Replace(b.String())
}

// plainQuotes writes quotes as they are. The renderer of the test escapes all.
var plainQuotes = strings.NewReplacer("&#39;", "'", "&#34;", `"`)

func FuzzText(f *testing.F) {
	for _, file := range docs(f) {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add("a.txt", data)
	}
	f.Add("\xff.txt", []byte("a"))
	f.Add("a.txt", []byte("\x01\x02^<\r\n\x03"))
	f.Add("a.txt", []byte("A. (B) - c"))
	f.Add("a.txt", []byte("https://a.example/it's"))
	f.Add("a.txt", []byte("Subject: =?x?q?=?=\nFrom: (\n\n> \n"))
	x := extract.New(extract.Options{})
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		doc := feed.Document{Path: name + ".txt", ModTime: fileTime, Data: data}
		e, err := x.Extract(doc)
		if err != nil {
			return // refused: fine, as long as nothing panicked
		}
		checkEntry(t, e)
		again, err := x.Extract(doc)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(e, again); diff != "" {
			t.Errorf("the same document gives another entry:\n%s", diff)
		}
	})
}

// What a document costs grows with its size and not faster. A test of time would
// be a test of the machine, so allocations are counted: ten times the text may
// not take more than about ten times as many.
func TestGrowth(t *testing.T) {
	shapes := map[string]func(n int) string{
		"one line":     func(n int) string { return strings.Repeat("The lamp of the pier was lit, and then ", n) },
		"short lines":  func(n int) string { return strings.Repeat("lamp\n", n) },
		"blank lines":  func(n int) string { return "lamp" + strings.Repeat("\n", n) + "pier" },
		"paragraphs":   func(n int) string { return strings.Repeat("The lamp of the pier was lit.\n\n", n) },
		"end marks":    func(n int) string { return "lamp\n\n" + strings.Repeat("-30-\n\n", n) },
		"brackets":     func(n int) string { return strings.Repeat("(<[\"", n) },
		"addresses":    func(n int) string { return strings.Repeat("http://a.example/ ", n) },
		"years":        func(n int) string { return "BAKU, March 3. " + strings.Repeat("in 1999, ", n) },
		"dates":        func(n int) string { return "BAKU, March 3. " + strings.Repeat("on 5 May 1999, ", n) },
		"quotations":   func(n int) string { return strings.Repeat("> a\nb\n", n) },
		"header lines": func(n int) string { return strings.Repeat("Subject: a\n", n) },
		"stamps":       func(n int) string { return strings.Repeat("3 July 2025\n\n", n) },
		"wire lines":   func(n int) string { return "\x01a\x02^a<\n" + strings.Repeat("\x08a;b\n^a=\n", n) + "\x03" },
	}
	x := extract.New(extract.Options{})
	for name, shape := range shapes {
		cost := func(n int) float64 {
			doc := feed.Document{Path: "a.txt", ModTime: fileTime, Data: []byte(shape(n))}
			return testing.AllocsPerRun(1, func() {
				if _, err := x.Extract(doc); err != nil {
					t.Fatal(err)
				}
			})
		}
		const n = 2000
		small, large := cost(n), cost(10*n)
		if large > 15*small+1000 {
			t.Errorf("%s: %v allocations for %d, %v for %d", name, small, n, large, 10*n)
		}
	}
}

func BenchmarkText(b *testing.B) {
	data, err := os.ReadFile("testdata/long.txt")
	if err != nil {
		b.Fatal(err)
	}
	x := extract.New(extract.Options{})
	doc := feed.Document{Path: "long.txt", ModTime: fileTime, Data: data}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := x.Extract(doc); err != nil {
			b.Fatal(err)
		}
	}
}
