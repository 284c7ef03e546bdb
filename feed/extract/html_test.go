package extract

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"codeberg.org/readeck/go-readability/v2"

	"seedfeed/feed"
	"seedfeed/feed/internal/golden"
)

// Each file of testdata/html is read; its golden file has what came of it.
func TestReadHTML(t *testing.T) {
	for _, file := range fixtures(t, "testdata/html/*.html") {
		name := strings.TrimSuffix(filepath.Base(file), ".html")
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s := readBy(t, readHTML, "news/"+name+".html", string(data))
			golden.Check(t, "html/"+name+".golden", []byte(outline(t, s)))
		})
	}
}

// lampStory is enough text for an article to be told from the frame of its site.
const lampStory = `<p>The lamp at the harbour was lit on Tuesday, the keeper said, after the storm had kept the boats in for three days.</p>
<p>"We waited, and then we waited again," said the keeper, who has lived in the tower, with his dog, for eleven years.</p>
<p>The council, which owns the tower, will decide in spring, and the keeper hopes that it stays, as it is, a lamp.</p>`

func TestHTMLContent(t *testing.T) {
	lampBody := `<p>The lamp at the harbour was lit on Tuesday, the keeper said, after the storm had kept the boats in for three days.</p>`
	tests := []struct {
		name, in  string
		has, lack []string
	}{
		{"frame of a site", `<header><nav><a href="/">Home</a></nav></header><main><article><h1>T</h1>` + lampStory + `</article></main><aside>Beside</aside><footer>Foot</footer>`,
			[]string{lampBody}, []string{"Home", "Beside", "Foot"}},
		{"list of other articles", `<article><h1>T</h1>` + lampStory + `<div class="related-posts"><h3>More</h3><p>Another lamp, another harbour, another keeper, and so on.</p></div></article>`,
			[]string{lampBody}, []string{"Another lamp"}},
		{"pointer to another article", `<article><h1>T</h1>` + lampStory + `<p><strong>Read also: <a href="/b">The other lamp goes out</a></strong></p><p><a href="/c">THE KEEPER AND HIS DOG</a></p></article>`,
			[]string{lampBody}, []string{"Read also", "HIS DOG"}},
		{"words that only sound like a pointer", `<article><h1>T</h1>` + lampStory + `<h2>Related work</h2><p>Read more about lamps in the library of the harbour.</p></article>`,
			[]string{lampBody, "Related work", "Read more about lamps"}, nil},
		{"label above links", `<article><h1>T</h1>` + lampStory + `<h3>You may also like</h3><p><a href="/b">The other lamp goes out</a></p><p><a href="/c">The dog of the keeper</a></p></article>`,
			[]string{lampBody}, []string{"You may also like", "other lamp", "The dog"}},
		{"label above links amid the text", `<article><h1>T</h1>` + lampStory + `<p>You may also like</p><p><a href="/b">The other lamp goes out</a></p>` + lampStory + `</article>`,
			[]string{lampBody}, []string{"You may also like", "other lamp"}},
		{"links at the end", `<article><h1>T</h1>` + lampStory + `<ul><li><a href="/b">The other lamp goes out</a></li><li><a href="/c">The dog of the keeper</a></li></ul></article>`,
			[]string{lampBody}, []string{"other lamp", "The dog"}},
		{"links that the text leads to", `<article><h1>T</h1>` + lampStory + `<p>Read the decisions of the council:</p><p><a href="/b">First decision</a></p><p><a href="/c">Second decision</a></p></article>`,
			[]string{lampBody, "First decision", "Second decision"}, nil},
		{"line of credit", `<head><meta name="author" content="Jane Doe"></head><article><h1>T</h1><p>By Jane Doe - Feb 14, 2026 9:30 AM</p><p>Updated Feb 15; Posted Feb 14</p>` + lampStory + `</article>`,
			[]string{lampBody}, []string{"Jane Doe", "Updated"}},
		{"dateline on a line of its own", `<article><h1>T</h1><p>BAKU, February 14</p>` + lampStory + `</article>`,
			[]string{"BAKU, February 14", lampBody}, nil},
		{"lead outside the text", `<header><h1>T</h1><p class="article-lead">The keeper of the lamp hopes that the council will let him stay in his tower.</p></header><div class="text">` + lampStory + `</div>`,
			[]string{"<p>The keeper of the lamp hopes", lampBody}, nil},
		{"form below the story", `<article class="post"><h1>T</h1>` + lampStory + `</article><section class="sign-up"><form><p>` + strings.Repeat("I agree, and agree, that you write to me. ", 4) + `</p></form></section>`,
			[]string{lampBody}, []string{"I agree"}},
		{"marked as the article", `<div><div itemprop="articleBody">` + strings.Repeat("<div><span>One line of the lamps</span></div>", 40) + `</div></div><div><div><div class="text">` + strings.Repeat("<p>And so on, and so forth, as it were, and again, and again, until it is, at last, enough, or more.</p>", 6) + `</div></div></div>`,
			[]string{"One line of the lamps"}, []string{"And so on"}},
		{"marked article with its heading", `<title>The lamp</title><div><article><h1>The lamp</h1>` + strings.Repeat("<div><span>One line of the lamps</span></div>", 40) + `</article></div><div><div><div class="text">` + strings.Repeat("<p>And so on, and so forth, as it were, and again, and again, until it is, at last, enough, or more.</p>", 6) + `</div></div></div>`,
			[]string{"One line of the lamps"}, []string{"And so on", "<h1>"}},
		{"text where readability does not look", `<h1>T</h1><p>Read, and see, and so on, and more, of it, here.</p><object><div>` + strings.Repeat("The lamp was lit and the boats went out. ", 20) + `</div></object>`,
			[]string{"Read, and see", "The lamp was lit"}, nil},
		{"page without an article", `<title>News</title><body><nav>Menu</nav><h1>News</h1><ul><li><a href="/a">The lamp</a></li><li><a href="/b">The harbour</a></li></ul></body>`,
			[]string{"The lamp", "The harbour"}, []string{"Menu", "News"}},
		{"picture for those without scripts", `<article><h1>T</h1>` + lampStory + `<p><img class="lazy" data-src="/a.jpg"><noscript><img src="/a.jpg" alt="The lamp"></noscript></p></article>`,
			[]string{lampBody, `<img src="https://lamp.example/a.jpg" alt="The lamp"/>`}, []string{"noscript", "&lt;img"}},
		{"base", `<head><base href="https://other.example/x/"></head><article>` + lampStory + `<p>See <a href="b.html">this</a>, and <img src="c.png"></p></article>`,
			[]string{`href="https://other.example/x/b.html"`, `src="https://other.example/x/c.png"`}, nil},
		{"sidebar as the name of the whole page", `<div class="page sidebar-left"><h1>T</h1>` + lampStory + `</div>`, []string{lampBody}, nil},
	}
	for _, tt := range tests {
		s := readBy(t, readHTML, "a.html", tt.in)
		content := clean(t, s.content)
		for _, want := range tt.has {
			if !strings.Contains(content, want) {
				t.Errorf("%s: content lacks %q:\n%s", tt.name, want, content)
			}
		}
		for _, not := range tt.lack {
			if strings.Contains(content, not) {
				t.Errorf("%s: content has %q:\n%s", tt.name, not, content)
			}
		}
	}
}

// What a page hides is not in its text, however much of it there is.
func TestHiddenText(t *testing.T) {
	hidden := `<div style="display: none"><div>` + strings.Repeat("The lamp was lit and the boats went out. ", 20) + `</div></div>`
	s := readBy(t, readHTML, "a.html", `<h1>T</h1><p>Read, and see, and so on, and more, of it, here.</p>`+hidden)
	if len(s.blocks) != 1 || !strings.HasPrefix(s.blocks[0].text, "Read, and see") || len(s.notes()) > 0 {
		t.Errorf("blocks = %+v, notes = %q", s.blocks, s.notes())
	}
}

// Two breaks in a row part paragraphs, as they do in pages made before there was
// any other way.
func TestBlocksAtBreaks(t *testing.T) {
	var got []string
	for _, b := range blocksOf(parseFragment("One<br>line.<br><br>Another <b>one</b>.<br> <br>Third.")) {
		got = append(got, b.text)
	}
	if want := "One line.|Another one.|Third."; strings.Join(got, "|") != want {
		t.Errorf("blocks = %q, want %q", strings.Join(got, "|"), want)
	}
}

// A page without any text is read without complaint; what to say about it is not
// the reader's to know.
func TestHTMLWithoutBody(t *testing.T) {
	for _, in := range []string{"", "<frameset><frame src=a></frameset>", "<title>T</title>", "<!DOCTYPE html>", "<script>x</script>"} {
		s := readBy(t, readHTML, "a.html", in)
		if got := clean(t, s.content); got != "" {
			t.Errorf("content of %q = %q, want none", in, got)
		}
		if got := s.notes(); len(got) != 1 || got[0] != noArticle.value {
			t.Errorf("notes of %q = %q, want that there is no article", in, got)
		}
	}
}

// A page that is nested without end keeps its text.
func TestHTMLDeep(t *testing.T) {
	s := readBy(t, readHTML, "a.html", "<title>T</title><body>"+strings.Repeat("<div>", 100_000)+lampStory)
	if !strings.Contains(s.content, "The lamp at the harbour") {
		t.Errorf("the text is lost: %.200s", s.content)
	}
}

func TestHTMLGrowsLinearly(t *testing.T) {
	parts := []string{"<div>", "<p>a, b, c", "<b>a<p>", "<article>", "<h1>a", "<time datetime=2026-02-14>", "<li><a href=x>a</a>", "<div class=date>14 May 2026</div>",
		"<script type=application/ld+json>{\"@type\":\"Article\"}</script>", "<meta name=author content=a>", "<span class=byline>a", "<div class=sidebar>"}
	for _, part := range parts {
		cost := func(n int) float64 {
			in := "<body>" + strings.Repeat(part, n) + lampStory
			return testing.AllocsPerRun(1, func() { readBy(t, readHTML, "a.html", in) })
		}
		small, large := cost(100), cost(1000)
		if large > 30*small+5000 {
			t.Errorf("%q: %v allocations for 100, %v for 1000", part, small, large)
		}
	}
}

func FuzzHTML(f *testing.F) {
	for _, file := range fixtures(f, "testdata/html/*.html") {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Fuzz(func(t *testing.T, in string) {
		s := &source{text: in, doc: feed.Document{Path: "a.html"}}
		if err := readHTML(New(Options{}), s); err != nil {
			t.Fatal(err)
		}
		checkSource(t, s)
	})
}

// largePage is a page of the size that news sites have.
func largePage() string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html lang="en"><head><title>The lamp is lit | Lamp News</title><meta property="og:title" content="The lamp is lit">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"The lamp is lit","datePublished":"2026-02-14T09:30:00Z","author":{"name":"Jane Doe"}}</script></head><body>`)
	for range 150 {
		b.WriteString(`<div class="teaser-list"><ul><li><a href="/a/b" class="link link--teaser"><span>Another lamp</span> <time datetime="2026-02-13">13 Feb</time></a></li></ul></div>`)
	}
	b.WriteString("<main><article><h1>The lamp is lit</h1>")
	for range 12 {
		b.WriteString(lampStory)
	}
	b.WriteString("</article></main><footer>")
	for range 100 {
		b.WriteString(`<div class="c"><a href="/x">Imprint</a></div>`)
	}
	b.WriteString("</footer></body></html>")
	return b.String()
}

// The bar is 1.3 times BenchmarkReadability.
func BenchmarkReadHTML(b *testing.B) {
	page := largePage()
	base, err := url.Parse("https://lamp.example/")
	if err != nil {
		b.Fatal(err)
	}
	x := New(Options{Base: base})
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		s := &source{text: page, doc: feed.Document{Path: "a.html"}}
		if err := readHTML(x, s); err != nil {
			b.Fatal(err)
		}
		x.sanitize("a.html", s.content)
	}
}

// BenchmarkReadability is the library alone, on the same page.
func BenchmarkReadability(b *testing.B) {
	page := largePage()
	base, err := url.Parse("https://lamp.example/")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		article, err := readability.FromReader(strings.NewReader(page), base)
		if err != nil {
			b.Fatal(err)
		}
		var out strings.Builder
		if err := article.RenderHTML(&out); err != nil {
			b.Fatal(err)
		}
	}
}
