package extract

import (
	"strings"
	"testing"
)

// stateOf returns what a page states in answer to a question, as "value (source)".
func stateOf(t *testing.T, ask question, markup string) string {
	t.Helper()
	doc, err := parsePage(markup)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, v := range pageMetadata(doc) {
		if v.ask == ask {
			line := v.value + " (" + v.source + ")"
			if v.raw != "" {
				line += " from " + v.raw
			}
			out = append(out, line)
		}
	}
	return strings.Join(out, "; ")
}

func ld(json string) string { return `<script type="application/ld+json">` + json + `</script>` }

func TestPagePublished(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"none", `<p>In 14 February 2026 the lamp was lit, and people came, and it was good.</p>`, ""},
		{"JSON-LD", ld(`{"@type":"NewsArticle","datePublished":"2026-02-14T09:30:00+04:00","dateModified":"2026-02-20"}`), "2026-02-14T09:30:00+04:00 (JSON-LD datePublished)"},
		{"graph and array", ld(`{"@graph":[{"@type":"WebSite"},[{"@type":["BlogPosting","Thing"],"datePublished":"2026-02-14"}]]}`), "2026-02-14 (JSON-LD datePublished)"},
		{"page of an article", ld(`{"@type":"WebPage","datePublished":"2026-02-14"}`), "2026-02-14 (JSON-LD datePublished)"},
		{"article within the page", ld(`{"@type":"WebPage","mainEntity":{"@type":"Article","datePublished":"2026-02-14"}}`), "2026-02-14 (JSON-LD datePublished)"},
		{"line breaks in JSON", ld("{\"@type\":\"Article\",\"headline\":\"a\nb\",\"datePublished\":\"2026-02-14\"};"), "2026-02-14 (JSON-LD datePublished)"},
		{"broken JSON", ld(`{"@type":"Article","datePublished":"2026-02-14","author":[}`), "2026-02-14 (JSON-LD datePublished)"},
		{"JSON in a comment", ld(`<!-- {"@type":"Article","datePublished":"2026-02-14"} -->`), "2026-02-14 (JSON-LD datePublished)"},
		{"list of articles", ld(`[{"@type":"Article","headline":"A","datePublished":"2026-02-14"},{"@type":"Article","headline":"B","datePublished":"2026-02-15"}]`), ""},
		{"its own among others", `<title>B | Site</title>` + ld(`[{"@type":"Article","headline":"A","datePublished":"2026-02-14"},{"@type":"Article","headline":"B","datePublished":"2026-02-15"}]`), "2026-02-15 (JSON-LD datePublished)"},
		{"items of a list", ld(`{"@type":"ItemList","itemListElement":[{"@type":"Article","datePublished":"2026-02-14"}]}`), ""},
		{"Open Graph", `<meta property="article:published_time" content="2026-02-14"><meta property="article:modified_time" content="2026-02-20">`, "2026-02-14 (article:published_time)"},
		{"Dublin Core", `<meta name="DC.date.issued" content="2026-02-14">`, "2026-02-14 (dc.date.issued)"},
		{"Parse.ly", `<meta name="parsely-pub-date" content="2026-02-14T09:30:00Z">`, "2026-02-14T09:30:00Z (parsely-pub-date)"},
		{"Sailthru", `<meta name="sailthru.date" content="Sat, 14 Feb 2026 09:30:00 +0400">`, "Sat, 14 Feb 2026 09:30:00 +0400 (sailthru.date)"},
		{"order of a program", `<html lang="de"><meta name="date" content="02/03/2026 12:43:42"><h1>A</h1><p>Erstellt am: 03.02.2026</p>`, "2026-02-03 (date on the page)"},
		{"order of the language, at last", `<html lang="de"><meta name="date" content="02/03/2026">`, "2026-03-02 (date) from 02/03/2026"},
		{"empty field", `<meta name="date" content="1970-01-01T00:00:00Z">`, ""},
		{"microdata", `<span itemprop="datePublished" content="2026-02-14">last week</span>`, "2026-02-14 (itemprop datePublished)"},
		{"pubdate", `<time pubdate datetime="2026-02-14">x</time>`, "2026-02-14 (time pubdate); 2026-02-14 (time)"},
		{"classes of hAtom", `<abbr class="published" title="2026-02-14">x</abbr>`, "2026-02-14 (time published)"},
		{"address", `<link rel="canonical" href="https://lamp.example/news/2026/02/14/lamp">`, "2026-02-14 (address of the page)"},
		{"time of the article, not of its neighbours", `<aside><time datetime="2026-01-01"></time></aside><article><time datetime="2026-02-14"></time></article><div class="comment-list"><time datetime="2026-03-01"></time></div>`, "2026-02-14 (time)"},
		{"list of articles that show their times", `<h1>News</h1>` + strings.Repeat(`<article><h2>A</h2><time datetime="2026-02-14"></time></article>`, 3), ""},
		{"article above a list of others", `<h1>A</h1><p class="date">2026-02-14</p>` + strings.Repeat(`<article><h2>B</h2><time datetime="2026-01-01"></time></article>`, 3), "2026-02-14 (date on the page)"},
		{"element that is named for it", `<h1>A</h1><div class="post-meta">Published by Jane on 14 February 2026 in Notes</div>`, "2026-02-14 (date on the page)"},
		{"two days in a line", `<div class="dates">Published 14 February 2026, updated 20 February 2026</div>`, "2026-02-14 (date on the page)"},
		{"only a change", `<span class="date updated">14 February 2026</span>`, "2026-02-14 (date on the page)"},
		{"line near the heading", `<p>Since 3 May 1999</p><p>` + strings.Repeat("words ", 100) + `</p><h1>A</h1><p>14 February 2026 | Notes</p>`, "2026-02-14 (date on the page)"},
		{"copyright", `<h1>A</h1><p class="copyright">© 14 February 2026</p>`, ""},
		{"data for scripts", `<script>var state = {"publishedAt":"2026-02-14T09:30:00Z"}</script>`, "2026-02-14T09:30:00Z (data of the page)"},
	}
	for _, tt := range tests {
		if got := stateOf(t, askPublished, tt.in); got != tt.want {
			t.Errorf("%s: published = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestPageUpdated(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"JSON-LD", ld(`{"@type":"Article","datePublished":"2026-02-14","dateModified":"2026-02-20"}`), "2026-02-20 (JSON-LD dateModified)"},
		{"Open Graph", `<meta property="article:modified_time" content="2026-02-20">`, "2026-02-20 (article:modified_time)"},
		{"microdata", `<time itemprop="dateModified" datetime="2026-02-20"></time><time datetime="2026-02-14"></time>`, "2026-02-20 (itemprop dateModified); 2026-02-20 (time)"},
		{"words before it", `<div class="meta">Published 14 February 2026, updated 20 February 2026</div>`, "2026-02-20 (date on the page)"},
		{"text before it", `<p>Zuletzt aktualisiert: <time datetime="2026-02-20"></time></p>`, "2026-02-20 (time)"},
	}
	for _, tt := range tests {
		if got := stateOf(t, askUpdated, tt.in); got != tt.want {
			t.Errorf("%s: updated = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestPageTitle(t *testing.T) {
	og := func(title string) string { return `<meta property="og:title" content="` + title + `">` }
	site := `<meta property="og:site_name" content="Lamp News">`
	tests := []struct{ name, in, want string }{
		{"none", `<p>Text</p>`, ""},
		{"title", `<title> The lamp
 is lit </title>`, "The lamp is lit (title)"},
		{"site behind a bar", `<title>The lamp is lit again | Lamp News</title>`, "The lamp is lit again (title)"},
		{"department and site", `<title>The lamp is lit again | Harbour | Lamp News</title>`, "The lamp is lit again (title)"},
		{"site that is known", site + `<title>The lamp - is lit - Lamp News</title>`, "The lamp - is lit (title)"},
		{"site in front", site + `<title>Lamp News: The lamp is lit</title>`, "The lamp is lit (title)"},
		{"dash of a sentence", `<title>The lamp is lit - at last, and again</title>`, "The lamp is lit - at last, and again (title)"},
		{"site of the address", `<link rel="canonical" href="https://www.lampnews.example/a"><title>The lamp is lit – Lamp News</title>`, "The lamp is lit (title)"},
		{"heading that the title holds", `<title>The lamp is lit - Site</title><main><h1>The lamp is lit</h1></main>`, "The lamp is lit (h1); The lamp is lit - Site (title)"},
		{"heading of its own words", og("The lamp at the harbour is lit again") + `<h1>The lamp at the harbour is burning</h1>`, "The lamp at the harbour is burning (h1); The lamp at the harbour is lit again (og:title)"},
		{"heading of something else", og("The lamp is lit again") + `<h1>Choose your newsletter today</h1>`, "The lamp is lit again (og:title)"},
		{"heading that is the site", `<title>A lamp of mine | Keeper</title><h1><a href="/">Keeper</a></h1><h2 class="entry-title">A lamp of mine</h2>`, "A lamp of mine (h2); A lamp of mine (title)"},
		{"name of the site as heading", `<title>A lamp of mine - The Keeper</title><h1>The Keeper</h1>`, "A lamp of mine - The Keeper (title)"},
		{"JSON-LD", ld(`{"@type":"Article","headline":"The &quot;lamp&quot; is &lt;b&gt;lit&lt;/b&gt;"}`), `The "lamp" is lit (JSON-LD headline)`},
		{"title of a drawing", `<body><svg><title>Icon</title></svg><h1>The lamp</h1>`, "The lamp (h1)"},
		{"only the site", site + `<title>Lamp News</title>`, "Lamp News (title)"},
	}
	for _, tt := range tests {
		if got := stateOf(t, askTitle, tt.in); got != tt.want {
			t.Errorf("%s: title = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestPageAuthor(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"JSON-LD people", ld(`{"@type":"Article","author":[{"name":"Jane Doe"},{"name":"John Roe"}],"publisher":{"name":"Lamp News"}}`), "Jane Doe (JSON-LD author); John Roe (JSON-LD author)"},
		{"JSON-LD string", ld(`{"@type":"Article","author":"Jane Doe and John Roe"}`), "Jane Doe (JSON-LD author); John Roe (JSON-LD author)"},
		{"JSON-LD reference", ld(`{"@graph":[{"@type":"Article","author":{"@id":"https://a.example/#jane"}},{"@type":"Person","@id":"https://a.example/#jane","name":"Jane Doe"}]}`), "Jane Doe (JSON-LD author)"},
		{"card for sharing", `<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Jane Doe">`, "Jane Doe (twitter:data1)"},
		{"card with something else", `<meta name="twitter:label1" content="Time to read"><meta name="twitter:data1" content="Five minutes">`, ""},
		{"account instead of a name", `<meta name="author" content="admin"><span class="byline">By Jane Doe</span>`, "Jane Doe (byline)"},
		{"address instead of a name", `<meta property="article:author" content="https://social.example/jane"><a rel="author" href="/jane">Jane Doe</a>`, "Jane Doe (rel author)"},
		{"site instead of a name", `<meta property="og:site_name" content="Lamp News"><meta name="author" content="Lamp News">`, ""},
		{"publisher instead of a name", ld(`{"@type":"Article","author":{"name":"Lamp News"},"publisher":{"name":"Lamp News"}}`), ""},
		{"meta", `<meta name="author" content="By Jane Doe">`, "Jane Doe (author)"},
		{"several elements", `<meta name="citation_author" content="Jane Doe"><meta name="citation_author" content="John Roe">`, "Jane Doe (citation_author); John Roe (citation_author)"},
		{"microdata", `<div itemprop="author"><img alt="x"><span itemprop="name">Jane Doe</span> <a href="/">More</a></div>`, "Jane Doe (rel author)"},
		{"byline with a day", `<div class="byline">12 min | 14.02.2026</div>`, ""},
		{"author of a comment", `<div class="comment"><span class="author">Jane Doe</span></div>`, ""},
		{"German byline", `<p class="author">Von Jane Doe</p>`, "Jane Doe (byline)"},
	}
	for _, tt := range tests {
		if got := stateOf(t, askAuthor, tt.in); got != tt.want {
			t.Errorf("%s: author = %q, want %q", tt.name, got, tt.want)
		}
	}
	agency := ld(`{"@type":"Article","publisher":{"name":"Lamp News"},"provider":{"name":"Reuters"}}`)
	if got, want := stateOf(t, askAgency, agency), "Reuters (JSON-LD provider)"; got != want {
		t.Errorf("agency = %q, want %q", got, want)
	}
}

func TestPageNotes(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"nothing", ld(`{"@type":"Article"}`), ""},
		{"account as an author", `<meta name="author" content="admin">`, `author: "admin" is not the name of an author (author)`},
		{"broken JSON-LD", ld(`{"@type":"Article",`), "JSON-LD: it is not valid JSON, and only its headline and its dates were read (JSON-LD)"},
	}
	for _, tt := range tests {
		if got := stateOf(t, askNote, tt.in); got != tt.want {
			t.Errorf("%s: notes = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestPageSummary(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"escaped twice", `<meta name="description" content="The lamp &amp;amp; the &amp;quot;keeper&amp;quot; are well.">`, `The lamp & the "keeper" are well. (meta description)`},
		{"tags", `<meta property="og:description" content="<p>The lamp is lit, at last.</p>">`, "The lamp is lit, at last. (og:description)"},
		{"the title again", `<title>The lamp is lit, and burns</title><meta name="description" content="The lamp is lit, and burns.">`, ""},
		{"whole before cut off", `<meta name="description" content="The keeper of the lamp waited ..."><meta property="og:description" content="The keeper of the lamp waited three days.">`, "The keeper of the lamp waited three days. (og:description); The keeper of the lamp waited ... (meta description)"},
		{"a word", `<meta name="description" content="News">`, ""},
		{"less than", `<meta name="description" content="Ships < 20 metres may enter the harbour">`, "Ships < 20 metres may enter the harbour (meta description)"},
	}
	for _, tt := range tests {
		if got := stateOf(t, askSummary, tt.in); got != tt.want {
			t.Errorf("%s: summary = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestPageLanguage(t *testing.T) {
	tests := []struct{ in, want string }{
		{`<html lang="pt-BR">`, "pt-BR (html lang)"},
		{`<meta http-equiv="Content-Language" content="de, en">`, "de (content-language)"},
		{`<meta property="og:locale" content="en_GB">`, "en-GB (og:locale)"},
		{ld(`{"@type":"Article","inLanguage":{"name":"fr"}}`), "fr (JSON-LD inLanguage)"},
		{`<link rel="canonical" href="https://a.example/x"><link rel="alternate" hreflang="it" href="https://a.example/x"><link rel="alternate" hreflang="en" href="https://a.example/en/x">`, "it (hreflang)"},
		{`<html lang="%lang%">`, ""},
	}
	for _, tt := range tests {
		if got := stateOf(t, askLanguage, tt.in); got != tt.want {
			t.Errorf("language of %s = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestPageCategories(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"tags", `<meta property="article:tag" content="Lamps"><meta property="article:tag" content="Harbours, lamps"><meta name="keywords" content="x">`, "Lamps (article:tag); Harbours (article:tag)"},
		{"JSON-LD", ld(`{"@type":"Article","keywords":["Lamps","Harbours"]}`), "Lamps (JSON-LD keywords); Harbours (JSON-LD keywords)"},
		{"keywords", `<meta name="keywords" content="lamp; light">`, "lamp (keywords); light (keywords)"},
	}
	for _, tt := range tests {
		if got := stateOf(t, askCategory, tt.in); got != tt.want {
			t.Errorf("%s: categories = %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := strings.Count(stateOf(t, askCategory, `<meta name="keywords" content="a1,a2,a3,a4,a5,a6,a7,a8,a9,b1,b2,b3">`), "keywords"); got != maxKeywords {
		t.Errorf("%d keywords, want %d", got, maxKeywords)
	}
}

func TestBeside(t *testing.T) {
	tests := []struct {
		names string
		want  bool
	}{
		{"", false},
		{"article-body", false},
		{"related-posts", true},
		{"relatedArticles", true},
		{"sidebar", true},
		{"comment-list", true},
		{"no-comments", false},
		{"has-sidebar", false},
		{"content-sidebar-wrap", false},
		{"node-promoted", false},
		{"post-footer", false},
		{"site-footer", true},
		{"grid sidebar-left", true},
	}
	for _, tt := range tests {
		if got := beside(tt.names); got != tt.want {
			t.Errorf("beside(%q) = %v, want %v", tt.names, got, tt.want)
		}
	}
}
