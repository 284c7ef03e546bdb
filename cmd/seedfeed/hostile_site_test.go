package main

import (
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"
	"time"
)

// hostileBase is where the hostile site says it is.
const hostileBase = "https://news.example.org/"

// hostileDocuments is how many documents the hostile site has, unless the
// environment variable SEEDFEED_HOSTILE says otherwise: enough that each title
// meets each body, and each format.
const hostileDocuments = 640

// hostileTitles are what a title, an author or a tag may look like to whom means
// harm, or pastes from a word processor. The length of each list here is a prime
// number, so that all of one meets all of another.
var hostileTitles = []string{
	`<script>alert("title")</script>`,
	`</title><script>alert(1)</script>`,
	`</script><script>alert(2)</script>`,
	`<!--<script>`,
	`]]><![CDATA[ ]]&gt;`,
	`"><img src=x onerror=alert(3)>`,
	`' onmouseover='alert(4)`,
	`&lt;b&gt;twice escaped&lt;/b&gt; &amp;amp; &nbsp; &#0; &#x1F600; &bogus;`,
	`AT&T, R&D and Q&A; a < b > c`,
	"control \x01\x02\x08\x0b\x0c\x1b\x7f\u0080\u009f characters",
	"not a character \ufffe \uffff \U0001fffe",
	"overridden \u202egnp.exe\u202c and isolated \u2066left\u2069",
	"\u202e\u202e\u202e never closed",
	"zero\u200bwidth\u200d\u2060\ufeff\u00adspaces",
	"two\u2028lines and\u2029paragraphs",
	"tab\there, line\nthere, return\r\nthere",
	strings.Repeat("Donaudampfschifffahrt", 40),
	strings.Repeat("word ", 200),
	"東京湾の潮位、十年ぶりの高さに——港湾局が発表",
	"مرسى الياسمين تفتتح مدرسة الملاحة",
	"שלום (עולם) 123 - abc",
	"🌊🚢👩‍👩‍👧‍👦🏴‍☠️🇳🇴",
	"e\u0301\u0301\u0301\u0301 Z\u0351\u036b\u0343algo",
	`“Smart” ‘quotes’ and "plain" 'ones' and backslashes \" \\ \u0000`,
	`{{.Title}} ${title} %s %n <%= title %>`,
	`javascript:alert(5)`,
	`data:text/html,<script>alert(6)</script>`,
	`'; DROP TABLE entries; --`,
	`../../../../etc/passwd`,
	`index`,
	`№ 7`,
	`…`,
	`-`,
	` `,
	`0`,
	"\u0301 a mark without a letter",
	`<?xml version="1.0"?><!DOCTYPE html>`,
}

var hostilePeople = []string{
	`Ada Moreno`,
	`<script>alert("author")</script>`,
	`"O'Hara" <ohara@example.org>`,
	`Ben & Sons; Ltd.`,
	"\u202eoreno\u202c Ada",
	"佐藤 花子",
	"ريم",
	strings.Repeat("Wolfeschlegelsteinhausenberger", 12),
	`]]>`,
	"\x01\x02 Control",
	`index`,
	`INDEX`,
	`Jane "><svg onload=alert(1)>`,
}

var hostileTags = []string{
	`R&D`, `index`, `Index`, `tags`, `archive`, `entries`, `C++`, `C#`, `.`, `..`, `<b>bold</b>`,
	`a/b/../c`, "new\nline", `]]>`, `"quoted"`, "\u202eover\u202c", "日本", "日本語", "🌊", `</script>`, `con`, `NUL`,
	strings.Repeat("tag", 100), "control\x01\x1f", `%2e%2e%2f`, `ÅNGSTRÖM`, `ångström`, `?query#fragment`, `feed.json`,
}

// hostileFolders are names that a file system takes. Some are those of folders
// and files that the program writes.
var hostileFolders = []string{
	"", "news", "News", "NEWS/Sport", "tags", "archive", "entries/2025/01", "authors", "languages", "sitemaps", "section-tags",
	"index", "R&D", `a <b> "c" 'd'`, "%2e%2e", "a?b#c", "東京/港", "مرسى", "🌊", "con", "back\\slash", "; rm -rf", "$(touch x)", "a]]>b",
	"index.html", "rss.xml", "atom.xml", "feed.json", "feeds.opml", "robots.txt", "sitemap.xml", "style.css",
	"new\nline", "over\u202eride", "tab\tbed", "bell\x07", strings.Repeat("f", 200), "e\u0301", "\u00e9", "deep/" + strings.Repeat("d/", 20) + "end", "space ",
}

var hostileNames = []string{
	"index", "story", "Story", "rss", "a&b", "<script>", `"quotes'`, "new\nline", "%2e%2e%2f", "東京", "🌊", "\u202eover", "con", "back\\slash", "q?x=1#f",
	strings.Repeat("n", 200), "two.dots", "trailing ",
}

// hostileBodies are parts of Markdown and of HTML, and in plain text they are
// what they are.
var hostileBodies = []string{
	`<script>alert("body")</script><p>After the script.</p>`,
	`<img src=x onerror=alert(1)><img src="javascript:alert(2)" alt="p"><a href="JaVa&#x09;ScRiPt:alert(3)">a link</a>`,
	`<svg onload=alert(4)><script>alert(5)</script><a xlink:href="javascript:alert(6)"><text>t</text></a></svg>`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(7)&gt;">`,
	`<div><p><b><i><a href="/x">unbalanced<table><tr><td><ul><li>cell</b></div></span></article></main></body></html>`,
	`<p>Before it.</p></div></article></main><h1>Broken out</h1><form action=/login><input name=password autofocus onfocus=alert(8)><button>Log in</button></form>`,
	`<iframe src="https://evil.example/"></iframe><object data=x.swf></object><embed src=x.swf><base href="https://evil.example/"><meta http-equiv=refresh content="0;url=https://evil.example/"><link rel=stylesheet href="https://evil.example/x.css">`,
	`<p style="position:fixed;inset:0;background:url(javascript:alert(9))" class=x id=top onclick=alert(10)>Styled.</p><style>*{display:none}</style>`,
	"[a](javascript:alert(11)) [b](<vbscript:x>) ![c](data:text/html;base64,PHNjcmlwdD4=) [d](  \x01javascript:alert(12)) <https://example.org/?a=1&b=2>",
	"]]> <![CDATA[ <!-- --!> <? php ?> <!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]> &e; &undefined; &#0; &#xFFFE; &#55296;",
	"Controls \x01\x02\x08\x0b\x0c\x0e\x1b\x7f\u0080\u009f, no characters \ufffe\uffff, bytes \xff\xfe\xc3\x28, overrides \u202eabc\u202c \u2067.",
	"東京湾の潮位は火曜日、十年ぶりの高さに達した。港湾局は船主に注意を呼びかけている。\n\nمرسى الياسمين: قالت المدرسة إن الدروس تبدأ في مارس.",
	strings.Repeat("wordwithoutanyend", 300) + "\n\n`" + strings.Repeat("code", 500) + "`\n\n<pre>" + strings.Repeat("pre", 900) + "</pre>",
	`<noscript><p title="</noscript><img src=x onerror=alert(13)>"></noscript><textarea></textarea><template><script>alert(14)</script></template><xmp><script>alert(15)</script></xmp><plaintext>`,
	`<a href="data:text/html,<script>alert(16)</script>">data</a> <a href="file:///etc/passwd">file</a> <a href="//evil.example/x">host</a> <a href="?q=1">query</a> <a href="#top">top</a> <a href="http://[::1">broken</a> <img srcset="javascript:alert(17) 2x, data:text/html,x 3x" src="/p.png" alt="">`,
	`<details ontoggle=alert(18) open><summary>s</summary>d</details><video src=x onerror=alert(19) poster="javascript:alert(20)"><source src="javascript:alert(21)"></video><audio controls src="/a.mp3" autoplay></audio>`,
	"| a | b |\n|---|---|\n| <script>alert(22)</script> | [x](javascript:alert(23)) |\n\n```html\n<script>alert(24)</script>\n```\n\n[^1]: <img onerror=alert(25) src=x>\n\n- [x] task\n\n> quote <b onclick=alert(26)>b</b>",
}

// A large body comes seldom: it is for the budget of a feed.
func largeBody(i int) string {
	switch i % 3 {
	case 0:
		return "<table>" + strings.Repeat("<tr><td>cell</td><td>another &amp; longer cell</td></tr>", 5000) + "</table>"
	case 1:
		return `<p><img alt="chart" src="data:image/png;base64,` + strings.Repeat("iVBORw0KGgoAAAAN", 20000) + `"></p>`
	default:
		return strings.Repeat("The tide rose over the quay at "+strconv.Itoa(i)+" hours. ", 12000)
	}
}

// numberOfHostile is the number of documents of the hostile site.
func numberOfHostile(t *testing.T) int {
	t.Helper()
	text := os.Getenv("SEEDFEED_HOSTILE")
	if text == "" {
		return hostileDocuments
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < hostileDocuments {
		t.Fatalf("SEEDFEED_HOSTILE=%q is not a number of at least %d", text, hostileDocuments)
	}
	return n
}

// writeHostile writes the documents of the hostile site. The files are as old as
// their text says: where that is not believed, the day is the same.
func writeHostile(f folder, n int) {
	f.t.Helper()
	for i := range n {
		name, text := hostileDocument(i)
		f.write(name, text)
		noon := hostileDay(i).Add(12 * time.Hour)
		f.must(os.Chtimes(f.path("seeds/"+name), noon, noon))
	}
}

// hostileDay is the day of document i, in a month that is long over.
func hostileDay(i int) time.Time {
	return time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%1000)
}

// hostileDocument returns document i: its path below the seeds, and its text.
func hostileDocument(i int) (name, text string) {
	title := pick(hostileTitles, i)
	if i%3 > 0 { // the others have a title in common with many
		title += " " + strconv.Itoa(i)
	}
	body := pick(hostileBodies, i)
	if i%59 == 58 {
		body = largeBody(i)
	}
	body += fmt.Sprintf("\n\nThe keeper of light %d said on Tuesday that the lamp is lit, and that it burns well.\n", i)
	day := hostileDay(i)
	people := []string{pick(hostilePeople, i), pick(hostilePeople, i+5)}
	tags := []string{pick(hostileTags, i), pick(hostileTags, i*7+3), pick(hostileTags, i*11+8)}

	write, ending := hostileMarkdown, ".md"
	switch i % 4 {
	case 1:
		write, ending = hostileHTML, ".html"
	case 3:
		write, ending = hostileText, ".txt"
	}
	// The number makes the path one of its own.
	name = fmt.Sprintf("%s-%d%s", pick(hostileNames, i), i, ending)
	if folder := pick(hostileFolders, i); folder != "" {
		name = folder + "/" + name
	}
	return name, write(title, day, body, people, tags)
}

func pick(list []string, i int) string { return list[i%len(list)] }

// hostileMarkdown has front matter in YAML, in which strings of JSON are strings.
func hostileMarkdown(title string, day time.Time, body string, people, tags []string) string {
	quote := func(v any) string {
		data, err := json.Marshal(v)
		if err != nil {
			panic(err) // strings are always written
		}
		return string(data)
	}
	return "---\ntitle: " + quote(title) + "\ndate: " + day.Format(time.DateOnly) + "\nauthors: " + quote(people) + "\ntags: " + quote(tags) + "\n---\n" + body
}

func hostileHTML(title string, day time.Time, body string, people, tags []string) string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html><head><meta charset="utf-8"><title>` + html.EscapeString(title) + `</title>`)
	for _, name := range people {
		b.WriteString(`<meta name="author" content="` + html.EscapeString(name) + `">`)
	}
	b.WriteString(`<meta name="keywords" content="` + html.EscapeString(strings.Join(tags, ", ")) + `">`)
	b.WriteString(`<meta property="article:published_time" content="` + day.Format(time.DateOnly) + `T08:30:00Z"></head><body><article><h1>` + html.EscapeString(title) + "</h1>\n")
	return b.String() + body + "</article></body></html>\n"
}

// hostileText is a wire story. It has no place for tags.
func hostileText(title string, day time.Time, body string, people, _ []string) string {
	line := strings.NewReplacer("\r", " ", "\n", " ", "\u2028", " ", "\u2029", " ").Replace
	return line(title) + "\nBy " + line(people[0]) + "\n\nWRENSBY, England, " + day.Format("January 2, 2006") + " - " + body
}

// hostileTarget reports whether hostileBodies link to an address, wherever they
// stand: no file has it.
func hostileTarget(u *url.URL) bool {
	switch path.Base(u.Path) {
	case "x", "p.png", "a.mp3":
		return true
	}
	return u.RawQuery != ""
}
