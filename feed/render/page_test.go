package render_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"seedfeed/feed"
	"seedfeed/feed/render"
)

// A tag is a start tag of a page.
type tag struct {
	name  string
	attrs map[string]string
}

func tags(page []byte) []tag {
	var out []tag
	tokens := html.NewTokenizer(bytes.NewReader(page))
	for tokens.Next() != html.ErrorToken {
		token := tokens.Token()
		if token.Type != html.StartTagToken && token.Type != html.SelfClosingTagToken {
			continue
		}
		t := tag{token.Data, map[string]string{}}
		for _, a := range token.Attr {
			t.attrs[a.Key] = a.Val
		}
		out = append(out, t)
	}
	return out
}

// A page holds under a policy that forbids scripts, styles and frames of its
// own, asks no other site for anything, and is small beside its content.
func TestPagesAreStrict(t *testing.T) {
	for name, page := range pages(t) {
		seen := map[string]int{}
		ids := map[string]bool{}
		for _, tag := range tags(page) {
			seen[tag.name]++
			switch {
			case tag.name == "script" && tag.attrs["type"] != "application/ld+json":
				t.Errorf("%s: script of type %q", name, tag.attrs["type"])
			case tag.name == "style", tag.name == "iframe", tag.name == "form", tag.name == "base":
				t.Errorf("%s: element %s", name, tag.name)
			case tag.name == "link" && tag.attrs["rel"] == "stylesheet" && strings.Contains(tag.attrs["href"], "//"):
				t.Errorf("%s: style sheet %q of another site", name, tag.attrs["href"])
			}
			for attr := range tag.attrs {
				if attr == "style" || strings.HasPrefix(attr, "on") {
					t.Errorf("%s: %s has the attribute %s", name, tag.name, attr)
				}
			}
			if id := tag.attrs["id"]; id != "" && ids[id] {
				t.Errorf("%s: two elements have the id %q", name, id)
			} else {
				ids[id] = true
			}
		}
		for _, once := range []string{"html", "head", "title", "body", "main", "h1"} {
			if seen[once] != 1 {
				t.Errorf("%s: %d elements %s, want 1", name, seen[once], once)
			}
		}
		if len(page) > 20_000 {
			t.Errorf("%s: %d bytes, want at most 20,000", name, len(page))
		}
	}
}

// Readers find the feeds of a page by its head. Most take the first.
func TestAutodiscovery(t *testing.T) {
	const site = "https://herald.example/news/"
	const section = site + "wire/world/"
	tests := []struct {
		page string
		want []string
	}{
		{"index.html", []string{site + "rss.xml", site + "atom.xml", site + "feed.json"}},
		{"entries/2026/02/old.html", []string{site + "rss.xml", site + "atom.xml", site + "feed.json"}},
		{"entries/2026/02/ferry-line-returns.html", []string{
			site + "rss.xml", site + "atom.xml", site + "feed.json",
			site + "wire/rss.xml", site + "wire/atom.xml", site + "wire/feed.json",
		}},
		{"wire/world/index.html", []string{
			section + "rss.xml", section + "atom.xml", section + "feed.json",
			site + "rss.xml", site + "atom.xml", site + "feed.json",
		}},
	}
	all := pages(t)
	for _, tt := range tests {
		var got []string
		titles := map[string]bool{}
		for _, tag := range tags(all[tt.page]) {
			if tag.name != "link" || tag.attrs["rel"] != "alternate" {
				continue
			}
			got = append(got, tag.attrs["href"])
			if title := tag.attrs["title"]; title == "" || titles[title] {
				t.Errorf("%s: title %q is empty, or there twice", tt.page, title)
			}
			titles[tag.attrs["title"]] = true
		}
		if fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("%s: feeds = %q, want %q", tt.page, got, tt.want)
		}
		if !bytes.Contains(all[tt.page], []byte(`type="application/rss+xml" title=`)) {
			t.Errorf("%s: the media type is not written as it is", tt.page)
		}
	}
}

// The links between the pages hold wherever the site is moved, and lead to
// where the absolute addresses do.
func TestLinksAreRelative(t *testing.T) {
	moved, err := url.Parse("http://localhost:8080/somewhere/else/")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ page, want string }{
		{"index.html", "entries/2026/02/tide-tables.html"},
		{"index.html", "wire/"},
		{"index.html", "feeds.opml"},
		{"wire/world/index.html", "entries/2026/02/led.html"},
		{"wire/world/index.html", "wire/world/rss.xml"},
		{"wire/world/index.html", ""},
		{"entries/2026/02/tide-tables.html", ""},
		{"entries/2026/02/tide-tables.html", "news/"},
		{"entries/2026/02/tide-tables.html", "style.css"},
	}
	all := pages(t)
	for _, tt := range tests {
		here, err := moved.Parse(strings.TrimSuffix(tt.page, "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		want := moved.String() + tt.want
		found := false
		for _, tag := range tags(all[tt.page]) {
			if target, err := here.Parse(tag.attrs["href"]); err == nil && tag.attrs["href"] != "" {
				target.RawQuery = ""
				found = found || target.String() == want
			}
		}
		if !found {
			t.Errorf("%s has no link to %s", tt.page, want)
		}
	}
}

// The address of another site, and one that would read as a scheme, stay right.
func TestLinksThatAreNotRelative(t *testing.T) {
	site := render.Site{Title: "T", URL: "https://a.example/"}
	f := feed.Feed{URL: "https://a.example/", Title: "T"}
	tests := []struct{ url, want string }{
		{"https://b.example/x", `<a href="https://b.example/x">`},
		{"http://a.example/x", `<a href="http://a.example/x">`},
		{"https://a.example/a:b/", `<a href="./a:b/">`},
		{"https://a.example/", `<a href="./">`},
		{"https://a.example//x", `<a href=".//x">`},
		{"https://a.example/%D0%B0/", `<a href="%D0%B0/">`},
		{"https://a.example/а/", `<a href="%D0%B0/">`},
		{"javascript:alert(1)", `<a href="#ZgotmplZ">`},
	}
	for _, tt := range tests {
		var page bytes.Buffer
		if err := render.Index(&page, render.Listing{Site: site, Feed: f, Sections: []render.Link{{Title: "L", URL: tt.url}}}); err != nil {
			t.Fatal(err)
		}
		if want := strings.TrimSuffix(tt.want, ">") + ` dir="auto">L</a>`; !strings.Contains(page.String(), want) {
			t.Errorf("link to %q: no %s in %s", tt.url, want, regexp.MustCompile(`<a .*>L</a>`).FindString(page.String()))
		}
	}
}

func TestDates(t *testing.T) {
	day := feed.Day(2026, time.February, 1)
	clock := func(offset int) feed.Date {
		return feed.Instant(time.Date(2026, 2, 1, 9, 5, 0, 0, time.FixedZone("", offset)))
	}
	tests := []struct {
		lang    string
		date    feed.Date
		text    string
		machine string
	}{
		{"en", day, "1 February 2026", "2026-02-01"},
		{"en-US", day, "February 1, 2026", "2026-02-01"},
		{"en-GB", clock(0), "1 February 2026, 09:05 UTC", "2026-02-01T09:05:00Z"},
		{"en", clock(4 * 3600), "1 February 2026, 09:05 UTC+4", "2026-02-01T09:05:00+04:00"},
		{"en", clock(-(3*3600 + 1800)), "1 February 2026, 09:05 UTC−3:30", "2026-02-01T09:05:00-03:30"},
		{"fr", day, "1er février 2026", "2026-02-01"},
		{"it", day, "1º febbraio 2026", "2026-02-01"},
		{"de-AT", day, "1. Februar 2026", "2026-02-01"},
		{"es", day, "1 de febrero de 2026", "2026-02-01"},
		{"ca", day, "1 de febrer del 2026", "2026-02-01"},
		{"ca", feed.Day(2026, time.April, 2), "2 d’abril del 2026", "2026-04-02"},
		{"pt-BR", day, "1 de fevereiro de 2026", "2026-02-01"},
		{"ru", day, "1 февраля 2026 г.", "2026-02-01"},
		{"uk", day, "1 лютого 2026 р.", "2026-02-01"},
		{"az", day, "1 fevral 2026", "2026-02-01"},
		{"hu", day, "2026. február 1.", "2026-02-01"},
		{"vi", day, "1 tháng 2, 2026", "2026-02-01"},
		{"ja", clock(9 * 3600), "2026年2月1日 09:05 UTC+9", "2026-02-01T09:05:00+09:00"},
		{"zh-TW", day, "2026年2月1日", "2026-02-01"},
		{"ko", day, "2026년 2월 1일", "2026-02-01"},
		{"ar", day, "1 فبراير 2026", "2026-02-01"},
		{"he", day, "1 בפברואר 2026", "2026-02-01"},
		{"sr-Latn", day, "1. februar 2026.", "2026-02-01"},
		{"sw", day, "2026-02-01", "2026-02-01"},          // not in the table
		{"az-Cyrl", day, "2026-02-01", "2026-02-01"},     // in another script than the table's
		{"a b c!", day, "1 February 2026", "2026-02-01"}, // no language: the site's
	}
	for _, tt := range tests {
		e := feed.Entry{Title: "T", URL: "https://a.example/t", Language: tt.lang, Published: tt.date}
		want := fmt.Sprintf(`<time datetime="%s">%s</time>`, tt.machine, tt.text)
		if page := html.UnescapeString(string(entryPage(t, e))); !strings.Contains(page, want) {
			t.Errorf("%s, %s: no %s in %s", tt.lang, tt.date, want, regexp.MustCompile(`<time.*</time>`).FindString(page))
		}
	}
}

// Every month of every language in the table has a name of its own.
func TestMonths(t *testing.T) {
	for _, lang := range strings.Fields("ar az be bg ca cs da de el en es et fa fi fr he hi hr hu id it ja ka ko ms nb nl nn no pl pt ro ru sk sl sr sr-Latn sv tr uk vi zh zh-Hant") {
		seen := map[string]bool{}
		for month := time.January; month <= time.December; month++ {
			page := entryPage(t, feed.Entry{Title: "T", URL: "https://a.example/t", Language: lang, Published: feed.Day(2026, month, 10)})
			text := regexp.MustCompile(`<time[^>]*>(.*)</time>`).FindSubmatch(page)
			if text == nil || seen[string(text[1])] || strings.HasPrefix(string(text[1]), "2026-") {
				t.Fatalf("%s: %v is %q", lang, month, text)
			}
			seen[string(text[1])] = true
		}
	}
}

func TestEvidence(t *testing.T) {
	from := func(source, words string) feed.Provenance {
		return feed.Provenance{Published: feed.Evidence{Source: source, Words: words}}
	}
	day := feed.Day(2026, time.February, 14)
	tests := []struct {
		entry feed.Entry
		want  string // "" for no note
	}{
		{feed.Entry{Published: day, From: from("dateline, year from the text", "BAKU, February 14.")}, "<span>Dated from: dateline, year from the text (<q><bdi>BAKU, February 14.</bdi></q>)</span>"},
		{feed.Entry{Published: day, Inferred: true, From: from("file time", "")}, "<span>Date inferred from: file time</span>"},
		{feed.Entry{Published: day, Language: "de", Inferred: true, From: from("dateline, latest year that is not after the file time", "BAKU")}, "<span>Datum erschlossen aus: Ortsmarke, Jahr nach der Datei (<q><bdi>BAKU</bdi></q>)</span>"},
		{feed.Entry{Published: day, Language: "ar", From: from("dateline", "مرسى 8 (أ)")}, "<span>مصدر التاريخ: سطر المكان والتاريخ (<q><bdi>مرسى 8 (أ)</bdi></q>)</span>"},
		{feed.Entry{Published: day, Language: "fr", From: from("JSON-LD datePublished", "<2026>")}, "<span>Source de la date : métadonnées du document (<q><bdi><2026></bdi></q>)</span>"},
		{feed.Entry{Published: day, Language: "fr", From: from("first seen", "")}, `<span lang="en" dir="ltr">Dated from: first seen</span>`},
		{feed.Entry{Published: day, Language: "sw", From: from("file name", "a.md")}, `<span lang="en" dir="ltr">Dated from: file name (<q><bdi>a.md</bdi></q>)</span>`},
		{feed.Entry{Published: day}, ""},
		{feed.Entry{From: from("first seen", "")}, ""},
	}
	for _, tt := range tests {
		tt.entry.Title, tt.entry.URL = "T", "https://a.example/t"
		var got string
		if m := regexp.MustCompile(`<p class="evidence">(.*)</p>`).FindSubmatch(entryPage(t, tt.entry)); m != nil {
			got = html.UnescapeString(string(m[1]))
		}
		if got != tt.want {
			t.Errorf("note = %q, want %q", got, tt.want)
		}
	}
}

// A language that tells of evidence has a word for each kind of it.
func TestEvidenceWords(t *testing.T) {
	sources := []string{
		"front matter", "stamp line", "dateline", "dateline, year from the text", "dateline, year from the file name",
		"end line", "file name", "folder, first day of its month", "file time",
	}
	for _, lang := range []string{"ar", "cs", "da", "de", "es", "fr", "it", "ja", "nb", "nl", "no", "pl", "pt", "ru", "sv", "uk", "zh", "zh-Hant"} {
		seen := map[string]bool{}
		for _, source := range sources {
			for _, inferred := range []bool{false, true} {
				e := feed.Entry{Title: "T", URL: "https://a.example/t", Language: lang, Published: feed.Day(2026, time.February, 14), Inferred: inferred}
				e.From.Published.Source = source
				m := regexp.MustCompile(`<p class="evidence"><span>(.+)</span></p>`).FindSubmatch(entryPage(t, e))
				if m == nil || seen[string(m[1])] {
					t.Fatalf("%s, %s: the note is %q, in the language of the page and for nothing else", lang, source, m)
				}
				seen[string(m[1])] = true
			}
		}
	}
}

// The words of a page are in its language, or are marked where they are not.
func TestPageLanguage(t *testing.T) {
	tests := []struct{ lang, html, skip string }{
		{"", `<html lang="en" dir="ltr">`, `<a class="skip" href="#main">Skip to content</a>`},
		{"de", `<html lang="de" dir="ltr">`, `<a class="skip" href="#main">Zum Inhalt</a>`},
		{"fa", `<html lang="fa" dir="rtl">`, `<a class="skip" href="#main">رفتن به محتوا</a>`},
		{"az-Arab", `<html lang="az-Arab" dir="rtl">`, `<a class="skip" lang="en" dir="ltr" href="#main">Skip to content</a>`},
		{"sw", `<html lang="sw" dir="ltr">`, `<a class="skip" lang="en" dir="ltr" href="#main">Skip to content</a>`},
	}
	for _, tt := range tests {
		page := string(entryPage(t, feed.Entry{Title: "T", URL: "https://a.example/t", Language: tt.lang}))
		for _, want := range []string{tt.html, tt.skip} {
			if !strings.Contains(page, want) {
				t.Errorf("%q: no %s", tt.lang, want)
			}
		}
	}
}

// Search engines read the article as JSON, whatever its strings hold.
func TestArticle(t *testing.T) {
	for name, page := range pages(t) {
		m := regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`).FindSubmatch(page)
		if m == nil {
			if strings.Contains(name, "entr") {
				t.Errorf("%s: no article", name)
			}
			continue
		}
		var article struct {
			Type          string `json:"@type"`
			Headline, URL string
			DatePublished string
			Author        []struct {
				Type string `json:"@type"`
				Name string
			}
		}
		if err := json.Unmarshal(m[1], &article); err != nil {
			t.Errorf("%s: %v in %s", name, err, m[1])
		}
		if article.Type != "NewsArticle" || article.Headline == "" || article.URL == "" {
			t.Errorf("%s: article = %+v", name, article)
		}
		if strings.Contains(name, "ferry") {
			if article.DatePublished != "2026-02-14" || len(article.Author) != 1 || article.Author[0].Type != "Organization" || article.Author[0].Name != "Coastwire" {
				t.Errorf("%s: article = %+v", name, article)
			}
		}
	}
}

// An update is told where it says something to who reads the entry later.
func TestUpdatedIsShown(t *testing.T) {
	published := feed.Instant(time.Date(2026, 2, 14, 9, 0, 0, 0, time.UTC))
	tests := []struct {
		updated feed.Date
		want    bool
	}{
		{published, false},
		{feed.Instant(published.Time.Add(time.Hour)), false}, // the same day
		{feed.Instant(published.Time.AddDate(0, 0, 1)), true},
		{feed.Instant(published.Time.AddDate(0, 0, -1)), false},
		{feed.Date{}, false},
	}
	for _, tt := range tests {
		page := entryPage(t, feed.Entry{Title: "T", URL: "https://a.example/t", Published: published, Updated: tt.updated})
		if got := bytes.Contains(page, []byte("Updated")); got != tt.want {
			t.Errorf("updated %s: shown = %v, want %v", tt.updated, got, tt.want)
		}
	}
}

func TestFingerprint(t *testing.T) {
	if got := render.Fingerprint(); !regexp.MustCompile(`^[0-9a-f]{16}$`).MatchString(got) || got != render.Fingerprint() {
		t.Errorf("fingerprint = %q", got)
	}
}

// The colours of text have the contrast that WCAG 2.2 asks for (1.4.3: 4.5 to 1),
// light and dark; what shows the focus has that of 1.4.11, 3 to 1.
func TestContrast(t *testing.T) {
	themes := regexp.MustCompile(`(?s):root \{(.*?)\}`).FindAllSubmatch(render.Style(), 2)
	if len(themes) != 2 {
		t.Fatal("no colours, light and dark, in the style sheet")
	}
	for _, theme := range themes {
		colours := map[string]float64{}
		for _, m := range regexp.MustCompile(`--(\w+): #([0-9a-f]{6});`).FindAllSubmatch(theme[1], -1) {
			colours[string(m[1])] = luminance(t, string(m[2]))
		}
		for _, pair := range []struct {
			ink, paper string
			least      float64
		}{{"ink", "paper", 7}, {"soft", "paper", 4.5}, {"link", "paper", 4.5}, {"ink", "mark", 4.5}, {"link", "mark", 4.5}, {"focus", "paper", 3}} {
			a, aok := colours[pair.ink]
			b, bok := colours[pair.paper]
			if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); !aok || !bok || ratio < pair.least {
				t.Errorf("%s on %s: contrast %.2f, want %.1f", pair.ink, pair.paper, ratio, pair.least)
			}
		}
	}
}

// luminance is the relative luminance of a colour (WCAG 2.2).
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	var sum float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func entryPage(t *testing.T, e feed.Entry) []byte {
	t.Helper()
	var page bytes.Buffer
	if err := render.Entry(&page, render.Article{Site: render.Site{Title: "S", URL: "https://a.example/"}, Entry: e}); err != nil {
		t.Fatal(err)
	}
	return page.Bytes()
}
