package render_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"seedfeed/feed"
	"seedfeed/feed/render"
)

func indexPage(t testing.TB, l render.Listing) string {
	t.Helper()
	var page bytes.Buffer
	if err := render.Index(&page, l); err != nil {
		t.Fatal(err)
	}
	return html.UnescapeString(page.String())
}

func articlePage(t testing.TB, a render.Article) string {
	t.Helper()
	var page bytes.Buffer
	if err := render.Entry(&page, a); err != nil {
		t.Fatal(err)
	}
	return html.UnescapeString(page.String())
}

// monthOf is the listing of a month at a site in a language.
func monthOf(lang, month string, entries ...feed.Entry) render.Listing {
	return render.Listing{
		Site: render.Site{Title: "S", URL: "https://a.example/", Language: lang},
		Feed: feed.Feed{URL: "https://a.example/archive/m.html", Title: "S", Language: lang, Entries: entries},
		Kind: "month", Month: month, NoFeeds: true,
	}
}

// A month stands in its page's language, in the form that it has without a day.
func TestMonthHeading(t *testing.T) {
	tests := []struct{ lang, month, want string }{
		{"en", "2026-03", "March 2026"},
		{"de", "2026-03", "März 2026"},
		{"fr", "2026-08", "Août 2026"},
		{"es", "2026-03", "Marzo de 2026"},
		{"ca", "2026-03", "Març del 2026"},
		{"ru", "2026-03", "Март 2026 г."},
		{"uk", "2026-03", "Березень 2026 р."},
		{"pl", "2026-03", "Marzec 2026"},
		{"cs", "2026-03", "Březen 2026"},
		{"fi", "2026-03", "Maaliskuu 2026"},
		{"el", "2026-03", "Μάρτιος 2026"},
		{"hu", "2026-03", "2026. március"},
		{"az", "2026-06", "İyun 2026"},
		{"tr", "2026-08", "Ağustos 2026"},
		{"vi", "2026-03", "Tháng 3 năm 2026"},
		{"ja", "2026-03", "2026年3月"},
		{"ko", "2026-03", "2026년 3월"},
		{"zh-TW", "2026-03", "2026年3月"},
		{"fa", "2026-05", "مه 2026"},
		{"sw", "2026-03", "2026-03"},      // not in the table
		{"en", "2026-13", "2026-13"},      // no month
		{"en", "<b>March", "<b>March"},    // nor this
		{"az-Cyrl", "2026-03", "2026-03"}, // in another script than the table's
	}
	for _, tt := range tests {
		page := indexPage(t, monthOf(tt.lang, tt.month))
		for _, want := range []string{"<h1>" + tt.want + "</h1>", "<title>" + tt.want + " – S</title>"} {
			if !strings.Contains(page, want) {
				t.Errorf("%s, %s: no %s in %s", tt.lang, tt.month, want, regexp.MustCompile(`<h1>.*</h1>`).FindString(page))
			}
		}
	}
}

// Every month of every language has a name of its own, with and without a year.
func TestMonthNames(t *testing.T) {
	for _, lang := range strings.Fields("ar az be bg ca cs da de el en es et fa fi fr he hi hr hu id it ja ka ko ms nb nl nn no pl pt ro ru sk sl sr sr-Latn sv tr uk vi zh zh-Hant") {
		l := render.Listing{
			Site: render.Site{Title: "S", URL: "https://a.example/", Language: lang},
			Feed: feed.Feed{URL: "https://a.example/", Title: "S", Language: lang},
		}
		heads, names := map[string]bool{}, map[string]bool{}
		for month := range 12 {
			m := fmt.Sprintf("2026-%02d", month+1)
			heads[regexp.MustCompile(`<h1>.*</h1>`).FindString(indexPage(t, monthOf(lang, m)))] = true
			l.Months = append(l.Months, render.Link{Title: m, URL: "https://a.example/" + m})
		}
		for _, match := range regexp.MustCompile(`<a href="2026-\d\d" dir="auto">(.+?)</a>`).FindAllStringSubmatch(indexPage(t, l), -1) {
			if strings.Contains(match[1], "2026") {
				t.Errorf("%s: %q has the year", lang, match[1])
			}
			names[match[1]] = true
		}
		if len(heads) != 12 || len(names) != 12 {
			t.Errorf("%s: %d headings, %d names of months, want 12", lang, len(heads), len(names))
		}
	}
}

// The archive is by year; the newest is open.
func TestArchiveByYear(t *testing.T) {
	page := indexPage(t, frontPage())
	got := regexp.MustCompile(`<details( open)?>\n<summary>(\d+)</summary>|>([A-Z]\w+)</a> <span class="count">7<`).FindAllStringSubmatch(page, -1)
	var words []string
	for _, m := range got {
		words = append(words, strings.TrimSpace(m[2]+m[1]+m[3]))
	}
	want := "2026 open, February, January, 2025, December, November, 2024, June"
	if strings.Join(words, ", ") != want {
		t.Errorf("archive = %s, want %s", strings.Join(words, ", "), want)
	}
}

// A month lists what came out day by day, and offers the feeds of the site: it
// has none.
func TestMonthPage(t *testing.T) {
	entry := func(title string, date feed.Date) feed.Entry {
		return feed.Entry{Title: title, URL: "https://a.example/e", Published: date, Summary: "In short."}
	}
	page := indexPage(t, monthOf("en", "2026-02",
		entry("C", feed.Instant(time.Date(2026, 2, 14, 23, 30, 0, 0, time.FixedZone("", 4*3600)))),
		entry("B", feed.Day(2026, time.February, 14)), entry("A", feed.Day(2026, time.February, 1)), entry("Z", feed.Date{})))
	var got []string
	for _, m := range regexp.MustCompile(`<time datetime="([^"]+)">|<section class="(day)">|<a href="../e">(.)</a>`).FindAllStringSubmatch(page, -1) {
		got = append(got, m[1]+m[2]+m[3])
	}
	want := []string{"day", "2026-02-14", "C", "B", "day", "2026-02-01", "A", "day", "Z"}
	if !slices.Equal(got, want) {
		t.Errorf("days = %q, want %q", got, want)
	}
	for _, hidden := range []string{"In short.", "archive/rss.xml", "m.htmlrss.xml", `<p class="empty"`} {
		if strings.Contains(page, hidden) {
			t.Errorf("the page has %q", hidden)
		}
	}
	if !strings.Contains(page, `<a href="../rss.xml"`) {
		t.Error("no feed of the site")
	}
}

// The kinds of lists say what they are, and lead back.
func TestListPages(t *testing.T) {
	const site = "https://a.example/"
	home := render.Link{Title: "S", URL: site}
	tests := []struct {
		kind   string
		trail  []render.Link
		has    []string
		hasNot []string
	}{
		{"", nil, []string{`<h1 class="nameplate">S</h1>`}, []string{"kicker", `class="trail"`}},
		{"section", []render.Link{home, {Title: "Wire", URL: site + "wire/"}}, []string{"<h1>Harbour</h1>", `<li><a href="../../wire/">Wire</a></li>`}, []string{"kicker"}},
		{"tag", []render.Link{home}, []string{"<h1>Harbour</h1>", `<p class="kicker"><a href="../../#topics">Topics</a></p>`}, []string{`class="trail"`}},
		{"author", []render.Link{home}, []string{"<h1>Harbour</h1>", `<p class="kicker"><a href="../../#writers">Authors</a></p>`}, []string{`class="trail"`}},
		{"language", []render.Link{home}, []string{"<h1>Harbour</h1>"}, []string{`class="trail"`, "kicker"}},
	}
	for _, tt := range tests {
		l := render.Listing{Site: render.Site{Title: "S", URL: site}, Feed: feed.Feed{URL: site + "x/harbour/", Title: "Harbour – S"}, Kind: tt.kind, Heading: "Harbour", Trail: tt.trail}
		if tt.kind == "" {
			l.Feed.URL = site
		}
		page := indexPage(t, l)
		for _, want := range tt.has {
			if !strings.Contains(page, want) {
				t.Errorf("%q: no %s", tt.kind, want)
			}
		}
		for _, unwanted := range tt.hasNot {
			if strings.Contains(page, unwanted) {
				t.Errorf("%q: has %s", tt.kind, unwanted)
			}
		}
		for _, format := range render.Formats() { // the address stands there to be copied
			if want := `dir="ltr">` + l.Feed.URL + format.File + "</span>"; !strings.Contains(page, want) {
				t.Errorf("%q: no %s", tt.kind, want)
			}
		}
	}
}

// Authors and tags lead to their lists, or an author to the page of his own.
func TestEntryLinks(t *testing.T) {
	const site = "https://a.example/"
	entry := feed.Entry{
		Title: "T", URL: site + "entries/t.html", Categories: []string{"One", "Two"},
		Authors: []feed.Person{{Name: "Ada", URI: "https://ada.example/"}, {Name: "Bo", URI: "javascript:x"}},
	}
	tests := []struct {
		name          string
		tags, authors []render.Link
		has           []string
	}{
		{"no lists", nil, nil, []string{
			`<a href="https://ada.example/" rel="author">Ada</a>, Bo<`, "<li><span>One</span></li>", "<li><span>Two</span></li>",
		}},
		{
			"lists",
			[]render.Link{{Title: "One", URL: site + "tags/one/"}, {Title: "Two"}},
			[]render.Link{{Title: "Ada"}, {Title: "Bo", URL: site + "authors/bo/"}, {Title: "  "}},
			[]string{
				`<a href="https://ada.example/" rel="author">Ada</a>, <a href="../authors/bo/" rel="author">Bo</a><`,
				`<li><a href="../tags/one/" rel="tag">One</a></li>`, "<li><span>Two</span></li>",
			},
		},
	}
	for _, tt := range tests {
		page := articlePage(t, render.Article{Site: render.Site{Title: "S", URL: site}, Entry: entry, Tags: tt.tags, Authors: tt.authors})
		for _, want := range tt.has {
			if !strings.Contains(page, want) {
				t.Errorf("%s: no %s", tt.name, want)
			}
		}
	}
}

func TestNeighbours(t *testing.T) {
	const site = "https://a.example/"
	a := render.Article{Site: render.Site{Title: "S", URL: site}, Entry: feed.Entry{Title: "T", URL: site + "entries/t.html"}}
	older := `<a href="old.html" rel="prev" dir="auto">Before <&></a>`
	newer := `<a href="new.html" rel="next" dir="auto">After</a>`
	if page := articlePage(t, a); strings.Contains(page, `class="around"`) {
		t.Error("an entry without neighbours has some")
	}
	a.Older = &render.Link{Title: "Before <&>", URL: site + "entries/old.html"}
	if page := articlePage(t, a); !strings.Contains(page, older) || strings.Contains(page, `rel="next"`) {
		t.Error("the last entry has not one neighbour")
	}
	a.Newer = &render.Link{Title: "After", URL: site + "entries/new.html"}
	if page := articlePage(t, a); !strings.Contains(page, older) || !strings.Contains(page, newer) {
		t.Error("an entry has not two neighbours")
	}
}

// The picture of an entry stands over the text, unless the text has it.
func TestPicture(t *testing.T) {
	const site = "https://a.example/"
	const address = site + "media/a.jpg?w=1&h=2"
	tests := []struct {
		name, content string
		image         *feed.Image
		shown, shared bool
	}{
		{"none", "<p>t</p>", nil, false, false},
		{"beside the text", "<p>t</p>", &feed.Image{URL: address, Alt: "A quay"}, true, true},
		{"in the text", `<p><img src="https://a.example/media/a.jpg?w=1&amp;h=2"></p>`, &feed.Image{URL: address}, false, true},
		{"not to be fetched", "<p>t</p>", &feed.Image{URL: "data:image/png;base64,AA=="}, false, false},
	}
	for _, tt := range tests {
		page := articlePage(t, render.Article{Site: render.Site{Title: "S", URL: site}, Entry: feed.Entry{Title: "T", URL: site + "e/t.html", Content: tt.content, Image: tt.image}})
		if got := strings.Contains(page, `<img class="lead" src="../media/a.jpg?w=1&h=2"`); got != tt.shown {
			t.Errorf("%s: shown = %v", tt.name, got)
		}
		if got := strings.Contains(page, `<meta property="og:image" content="`+address+`">`); got != tt.shared {
			t.Errorf("%s: shared = %v", tt.name, got)
		}
	}
}

func TestFiles(t *testing.T) {
	const site = "https://a.example/"
	tests := []struct {
		file feed.Enclosure
		want string
	}{
		{feed.Enclosure{URL: site + "m/a%20b.pdf", Type: "application/pdf", Length: 180_400}, `<a href="../m/a%20b.pdf" type="application/pdf" dir="auto">a b.pdf</a> <span class="count">PDF · 180 kB</span>`},
		{feed.Enclosure{URL: site + "m/a.mp3", Length: 4_812_345, Title: "The keeper"}, `<a href="../m/a.mp3" type="audio/mpeg" dir="auto">The keeper</a> <span class="count">MP3 · 5 MB</span>`},
		{feed.Enclosure{URL: site + "m/a.ogg", Length: 999_600}, `<span class="count">OGG · 1 MB</span>`},
		{feed.Enclosure{URL: site + "m/a", Length: 12}, `<a href="../m/a" type="application/octet-stream" dir="auto">a</a> <span class="count">12 B</span>`},
		{feed.Enclosure{URL: site + "m/a.webm", Length: 999_999_999_999}, `<span class="count">WEBM · 1000 GB</span>`},
		{feed.Enclosure{URL: site + "m/a", Type: `a"><script>`}, `<a href="../m/a" type="application/octet-stream" dir="auto">a</a></li>`},
	}
	for _, tt := range tests {
		page := articlePage(t, render.Article{Site: render.Site{Title: "S", URL: site}, Entry: feed.Entry{Title: "T", URL: site + "e/t.html", Enclosures: []feed.Enclosure{tt.file}}})
		if !strings.Contains(page, tt.want) {
			t.Errorf("%s: no %s in %s", tt.file.URL, tt.want, regexp.MustCompile(`(?s)<section class="files".*?</section>`).FindString(page))
		}
	}
}

// Search engines learn the way to an article, its section and its picture.
func TestArticleData(t *testing.T) {
	page := pages(t)["entries/2026/02/tide-tables.html"]
	m := regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`).FindSubmatch(page)
	if m == nil {
		t.Fatal("no data")
	}
	var got struct {
		Section string `json:"articleSection"`
		Image   struct {
			URL           string
			Width, Height int
		}
		Publisher struct{ Logo struct{ URL string } }
		Keywords  []string
		Page      struct {
			ID    string `json:"@id"`
			Trail struct {
				Steps []struct {
					Position   int
					Name, Item string
				} `json:"itemListElement"`
			} `json:"breadcrumb"`
		} `json:"mainEntityOfPage"`
	}
	if err := json.Unmarshal(m[1], &got); err != nil {
		t.Fatal(err)
	}
	const site = "https://herald.example/news/"
	want := "News; https://herald.example/news/media/quay.jpg 1600 1067; https://herald.example/nameplate.png; [R&D Tides]; " +
		edited().URL + "; [{1 The Harbour Herald " + site + "} {2 News " + site + "news/}]"
	if got := fmt.Sprintf("%s; %s %d %d; %s; %s; %s; %v", got.Section, got.Image.URL, got.Image.Width, got.Image.Height,
		got.Publisher.Logo.URL, got.Keywords, got.Page.ID, got.Page.Trail.Steps); got != want {
		t.Errorf("data = %s\nwant %s", got, want)
	}
}

// A sitemap has a limit, and who exceeds it is told.
func TestSitemapLimit(t *testing.T) {
	var buf bytes.Buffer
	err := render.Sitemap(&buf, make([]render.Location, 50_001))
	if err == nil || err.Error() != "sitemap.xml: 50001 addresses, of which one file may have 50000" || buf.Len() > 0 {
		t.Errorf("error = %v, after %d bytes", err, buf.Len())
	}
}

// A story that is known to be in English is in that of its site: its days are
// written as all others.
func TestLanguageOfSite(t *testing.T) {
	tests := []struct{ site, entry, page, own string }{
		{"en-US", "en", "en-US", ""},
		{"en-US", "", "en-US", ""},
		{"en-US", "en-GB", "en-GB", "en-GB"},
		{"en", "en-US", "en-US", "en-US"},
		{"zh-Hant", "zh", "zh", "zh"}, // another script
		{"de", "en", "en", "en"},
		{"", "en", "en", "en"},
	}
	for _, tt := range tests {
		e := feed.Entry{ID: "urn:e", Title: "T", URL: "https://a.example/t", Language: tt.entry, Published: feed.Day(2026, time.February, 1)}
		site := render.Site{Title: "S", URL: "https://a.example/", Language: tt.site}
		f := feed.Feed{ID: "urn:f", URL: site.URL, Title: "S", Language: tt.site, Entries: []feed.Entry{e}}
		if page := articlePage(t, render.Article{Site: site, Entry: e}); !strings.Contains(page, `<html lang="`+tt.page+`"`) {
			t.Errorf("%s in %s: page = %s", tt.entry, tt.site, regexp.MustCompile(`<html[^>]*>`).FindString(page))
		}
		root, err := parse(write(t, render.Formats()[1], f))
		if err != nil {
			t.Fatal(err)
		}
		if got := root.one("atom:entry").attrs["xml:lang"]; got != tt.own {
			t.Errorf("%s in %s: xml:lang = %q, want %q", tt.entry, tt.site, got, tt.own)
		}
	}
}
