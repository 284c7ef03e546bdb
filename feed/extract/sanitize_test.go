package extract

import (
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// clean sanitizes content of the document news/café & co/a.html.
func clean(t testing.TB, markup string) string {
	t.Helper()
	base, err := url.Parse("https://lamp.example/site/")
	if err != nil {
		t.Fatal(err)
	}
	return New(Options{Base: base}).sanitize("news/café #1/a.html", markup)
}

const folder = "https://lamp.example/site/news/caf%C3%A9%20%231/"

func TestSanitize(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", " \n", ""},
		{"plain", "<p>The lamp <em>is</em> lit.</p>", "<p>The lamp <em>is</em> lit.</p>"},
		{"unbalanced", "<p>a <b>b<p>c</i>", "<p>a <b>b</b></p><p><b>c</b></p>"},
		{"nothing that runs", `<p onclick="x()" style="color:red" class="a" id="b">a<script>b</script><style>c</style></p><object data="x.swf">fallback</object>`, "<p>a</p><p>fallback</p>"},
		{"script as an address", `<a href="java&#10;script:alert(1)">a</a><a href=" JAVASCRIPT:alert(1)">b</a><a href="vbscript:x">c</a><img src="javascript:x" alt="d">`, "abc"},
		{"data as an address", `<a href="data:text/html,<script>x</script>">a</a><img src="data:image/svg+xml;base64,PHN2Zz4=" alt="b">`, "a"},
		{"small picture within", `<img src="data:image/png;base64,iVBORw0KGgo=" alt="dot">`, `<img src="data:image/png;base64,iVBORw0KGgo=" alt="dot"/>`},
		{"large picture within", `<p>a<img src="data:image/png;base64,` + strings.Repeat("AAAA", 3000) + `"></p>`, "<p>a</p>"},
		{"form", `<form action="/x"><label>Name <input name="n"></label><button>Send</button><select><option>o</select></form>`, "<p>Name</p>"},
		{"task list", `<ul><li><input type="checkbox" checked disabled> done</li><li><input type="checkbox"> open</li></ul>`, "<ul><li>☑ done</li><li>☐ open</li></ul>"},
		{"link", `<a href="b.html">b</a>`, `<a href="` + folder + `b.html">b</a>`},
		{"link upwards", `<a href="../../../x y.html?q=a b&amp;c=é#d e">b</a>`, `<a href="https://lamp.example/x%20y.html?q=a%20b&amp;c=%C3%A9#d%20e">b</a>`},
		{"link to the root", `<a href="/x">b</a>`, `<a href="https://lamp.example/x">b</a>`},
		{"link without a scheme", `<a href="//cdn.example/x">b</a>`, `<a href="https://cdn.example/x">b</a>`},
		{"link to a foreign host", `<a href="http://bücher.example/50%">b</a>`, `<a href="http://xn--bcher-kva.example/50%25">b</a>`},
		{"link to the same page", `<p>a<a href="#note">1</a></p>`, "<p>a1</p>"},
		{"anchor", `<p><a name="x"></a>a</p>`, "<p>a</p>"},
		{"mail", `<a href="mailto:a@lamp.example">a</a>`, `<a href="mailto:a@lamp.example">a</a>`},
		{"picture", `<img src="a b.png" width="640px" height="x" alt=" The
lamp " loading="lazy" onerror="x()">`, `<img src="` + folder + `a%20b.png" width="640" alt="The lamp"/>`},
		{"set of pictures", `<img src="a.png" srcset="a.png 1x, b,c.png 2x">`, `<img src="` + folder + `a.png" srcset="` + folder + `a.png 1x, ` + folder + `b%2Cc.png 2x"/>`},
		{"set without source", `<img srcset="a.png 1x">`, `<img srcset="` + folder + `a.png 1x" src="` + folder + `a.png"/>`},
		{"picture that a script loads", `<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="a.png">`, `<img src="` + folder + `a.png"/>`},
		{"placeholder", `<p>a<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></p>`, "<p>a</p>"},
		{"pixel that counts", `<p>a<img src="https://count.example/p.gif" width="1" height="1"></p>`, "<p>a</p>"},
		{"picture element", `<picture><source srcset="a.webp" type="image/webp"><img src="a.png"></picture>`, `<picture><source srcset="` + folder + `a.webp" type="image/webp"/><img src="` + folder + `a.png"/></picture>`},
		{"frame", `<iframe src="https://video.example/embed/1?x=y" width="560"></iframe>`, `<a href="https://video.example/embed/1?x=y">video.example/embed/1</a>`},
		{"frame with a title", `<p><iframe src="//video.example/1" title="The lamp, filmed"></iframe></p>`, `<p><a href="https://video.example/1">The lamp, filmed</a></p>`},
		{"film", `<video autoplay poster="p.png"><source src="a.mp4" type="video/mp4"></video>`,
			`<video poster="` + folder + `p.png" controls=""><source src="` + folder + `a.mp4" type="video/mp4"/><a href="` + folder + `a.mp4">lamp.example/site/news/caf%C3%A9%20%231/a.mp4</a></video>`},
		{"film from nowhere", `<p>a</p><video></video>`, "<p>a</p>"},
		{"quote", `<blockquote cite="b.html">a</blockquote>`, `<blockquote cite="` + folder + `b.html">a</blockquote>`},
		{"drawing", `<p>a<svg><title>Icon</title><path d=""/></svg></p>`, "<p>a</p>"},
		{"formula", `<p><math><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></math></p>`, "<p>x^2</p>"},
		{"elements of one's own", `<x-note>a <y-b>b</y-b></x-note>`, "a b"},
		{"divisions", `<div><div><section>a</section><div>b<p>c</p></div></div></div>`, "<p>a</p><div>b<p>c</p></div>"},
		{"old names", `<center><font color="red"><strike>a</strike> <tt>b</tt> <acronym title="C C">c</acronym></font></center>`, `<p><s>a</s> <code>b</code> <abbr title="C C">c</abbr></p>`},
		{"nothing to see", `<p> <b> </b>&nbsp;</p><ul><li></li></ul><p>a<b> </b>b</p><h2></h2>`, "<p>a b</p>"},
		{"hidden", `<p>a</p><div style="display: none">b</div><p hidden>c</p>`, "<p>a</p>"},
		{"without scripts", `<noscript><img src="a.png"></noscript>`, `<p><img src="` + folder + `a.png"/></p>`},
		{"table", `<table><tr><th scope="col" style="x">a<td colspan="2"></table>`, `<table><tbody><tr><th scope="col">a</th><td colspan="2"></td></tr></tbody></table>`},
		{"code", "<pre><code class=\"language-go\">\n<span class=\"line\">a</span>\n\tb</code></pre>", "<pre><code>\na\n\tb</code></pre>"},
		{"code in lines", "<pre><div>a</div><div>b</div></pre>", "<pre>a\nb\n</pre>"},
		{"language and direction", `<p lang="ar" dir="RTL">a</p><p lang="x y">b</p>`, `<p lang="ar" dir="rtl">a</p><p>b</p>`},
		{"forbidden characters", "<p>a\x00\x08b&#x1;&#xfffe;</p>", "<p>ab</p>"},
		{"quotes", `<p title="a">"It's lit," <a href="https://a.example/" title="the &quot;lamp&quot; > all">she</a> said.</p>`, `<p>"It's lit," <a href="https://a.example/" title="the &#34;lamp&#34; &gt; all">she</a> said.</p>`},
		{"comment", "<p>a<!-- b --></p>", "<p>a</p>"},
		{"letters stay letters", "<p>a &lt;b&gt; &amp;amp; <NOVA></p>", "<p>a &lt;b&gt; &amp;amp;</p>"},
	}
	for _, tt := range tests {
		got := clean(t, tt.in)
		if got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
		if again := clean(t, got); again != got {
			t.Errorf("%s: a second time gives\n%s\nafter\n%s", tt.name, again, got)
		}
	}
}

func TestSanitizeWithoutBase(t *testing.T) {
	x := New(Options{})
	if got, want := x.sanitize("a.html", `<p><a href="b">b</a><img src="c.png"> <a href="https://d.example/">d</a></p>`), `<p>b <a href="https://d.example/">d</a></p>`; got != want {
		t.Errorf("sanitize = %s, want %s", got, want)
	}
}

func TestAllowedElementsAreSorted(t *testing.T) {
	sorted := slices.IsSortedFunc(allowedElements, func(a, b allowedElement) int { return strings.Compare(a.name.String(), b.name.String()) })
	if !sorted {
		t.Error("allowedElements is not in the order of the names, which the search needs")
	}
}

// What has been used against sanitizers: nothing of it may come through alive.
func TestSanitizeAttacks(t *testing.T) {
	for _, in := range []string{
		`<img src=x onerror=alert(1)>`,
		`<svg/onload=alert(1)>`,
		`<svg><script>alert(1)</script></svg>`,
		`<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>`,
		`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
		`<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`,
		`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
		`<style><style/><img src=x onerror=alert(1)>`,
		`<title><a href="</title><img src=x onerror=alert(1)>">`,
		`<textarea><a href="</textarea><img src=x onerror=alert(1)>">`,
		`<iframe srcdoc="<script>alert(1)</script>" src="javascript:alert(1)">`,
		`<a href="&#106;avascript:alert(1)">x</a>`,
		`<a href="java	script:alert(1)">x</a>`,
		`<a href="//evil.example\@good.example/">x</a>`,
		`<base href="javascript:/a/-alert(1)///"><a href=../x>x</a>`,
		`<meta http-equiv="refresh" content="0;url=javascript:alert(1)">`,
		`<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">`,
		`<img srcset="javascript:alert(1) 1x">`,
		`<video poster="javascript:alert(1)" src="x.mp4"></video>`,
		`<details open ontoggle=alert(1)>x</details>`,
		`<p style="background:url(javascript:alert(1))">x</p>`,
		`<<script>alert(1)//<</script>`,
		"<scr\x00ipt>alert(1)</scr\x00ipt>",
		`<template><img src=x onerror=alert(1)></template>`,
		`<xmp><img src=x onerror=alert(1)></xmp><plaintext><img src=x onerror=alert(1)>`,
	} {
		got := clean(t, in)
		checkContent(t, got)
		for _, bad := range []string{"<script", "onerror=alert(1)>", "javascript:alert(1)\"", "srcdoc", "ontoggle"} {
			if strings.Contains(got, bad) {
				t.Errorf("sanitize(%q) = %q", in, got)
			}
		}
	}
}

// What is nested without end loses its tags and keeps its text.
func TestSanitizeDeep(t *testing.T) {
	for _, tag := range []string{"div", "b", "blockquote", "ul><li", "table><tr><td", "font color=x", "x-y", "p"} {
		in := strings.Repeat("<"+tag+">", 100_000) + "the lamp"
		got := clean(t, in)
		if !strings.Contains(got, "the lamp") {
			t.Errorf("%s: the text is lost: %.100s", tag, got)
		}
		if len(got) > 100_000 {
			t.Errorf("%s: %d bytes", tag, len(got))
		}
	}
}

func TestFlattenKeepsWhatIsNotDeep(t *testing.T) {
	in := strings.Repeat("<p>one<ul><li>two<li>three</ul>", 300)
	if got := flatten(in, 100); got != in {
		t.Error("paragraphs without end tags were taken for nesting")
	}
	if got, want := flatten("<div><div><b>a</b></div>b</div>c", 1), "<div>ab</div>c"; got != want {
		t.Errorf("flatten = %q, want %q", got, want)
	}
}

// The work grows with the input and not with its square: ten times the tags
// make at most thirty times the nodes that are allocated.
func TestSanitizeGrowsLinearly(t *testing.T) {
	for _, part := range []string{"<div>", "<p>a", "<b>a<p>", "<a href=x>", "<table><td>", "<li>a", "<br>", "a&lt;", "<!--", "<p>a</p>"} {
		cost := func(n int) float64 {
			in := strings.Repeat(part, n)
			return testing.AllocsPerRun(1, func() { clean(t, in) })
		}
		small, large := cost(200), cost(2000)
		if large > 30*small+1000 {
			t.Errorf("%q: %v allocations for 200, %v for 2000", part, small, large)
		}
	}
}

func FuzzSanitize(f *testing.F) {
	for _, file := range fixtures(f, "testdata/html/*.html") {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add(`<p>a <b>b<p>c</i><table><a href=x>d<tr><td><a href=y>e</table>`)
	f.Add(`<a href=x><div>0<div><a href=y>0<p>00</div></a></div>`) // comes to rest in the third round
	f.Add(`<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>`)
	f.Fuzz(func(t *testing.T, in string) { checkContent(t, clean(t, in)) })
}

// checkContent fails the test unless content may be published.
func checkContent(t *testing.T, got string) {
	t.Helper()
	if again := clean(t, got); again != got {
		t.Errorf("a second time gives\n%q\nafter\n%q", again, got)
	}
	if balance(got) != got {
		t.Errorf("not balanced: %q", got)
	}
	for n := range parseFragment(got).Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		attrs, ok := attributesOf(n.DataAtom)
		if !ok {
			t.Errorf("<%s> in %q", n.Data, got)
		}
		for _, a := range n.Attr {
			if !slices.Contains(attrs, a.Key) && a.Key != "lang" && a.Key != "dir" {
				t.Errorf("<%s %s> in %q", n.Data, a.Key, got)
			}
			switch a.Key {
			case "href", "src", "cite", "poster":
				if u, err := url.Parse(a.Val); err != nil || !u.IsAbs() || u.Scheme == "javascript" {
					t.Errorf("address %q in %q", a.Val, got)
				}
			}
		}
	}
}
