package check_test

import (
	"bytes"
	"fmt"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"seedfeed/feed/check"
	"seedfeed/feed/internal/golden"
)

func TestGoodSite(t *testing.T) {
	for _, f := range goodSite(t).check(t, newLedger(t)) {
		t.Errorf("found in a good site: %s", f)
	}
}

// Without a ledger a site can be checked all the same.
func TestGoodSiteWithoutLedger(t *testing.T) {
	o := options(t)
	o.Out = goodSite(t).files
	for _, f := range findings(t, o) {
		t.Errorf("found in a good site: %s", f)
	}
}

// Without an address the feeds' own is taken.
func TestGoodSiteWithoutBase(t *testing.T) {
	o := options(t)
	o.Out, o.Base = goodSite(t).files, nil
	for _, f := range findings(t, o) {
		t.Errorf("found in a good site: %s", f)
	}
	o.Out = fstest.MapFS{"index.html": page("")}
	for _, f := range findings(t, o) {
		if !strings.Contains(f, "[self]") {
			t.Errorf("found in a site without feeds: %s", f)
		}
	}
}

// changes break the good site, one each. The rule is the one that finds it.
var changes = []struct {
	file, old, new string
	rule           string
}{
	{"rss.xml", "<ttl>60</ttl>", "<ttl>60</tt>", "not-well-formed"},
	{"rss.xml", "<ttl>60</ttl>", "<podcast:x/>", "not-well-formed"},
	{"rss.xml", "</rss>", "</rss><rss/>", "not-well-formed"},
	{"rss.xml", "</rss>", "</rss>more", "not-well-formed"},
	{"rss.xml", "<rss version", "<!DOCTYPE rss>\n<rss version", "not-well-formed"},
	{"rss.xml", `length="1200"`, `length="1200" length="1200"`, "not-well-formed"},
	{"rss.xml", `href="style.css"`, `href="../feed.css"`, "dead-link"},
	{"rss.xml", `encoding="UTF-8"`, `encoding="ISO-8859-1"`, "not-well-formed"},
	{"rss.xml", "goes at noon", "goes at \x01noon", "not-well-formed"},
	{"rss.xml", "goes at noon", "goes at \u0085noon", "character"},
	{"rss.xml", "goes at noon", "goes at n\xf6\xf6n", "encoding"},
	{"rss.xml", `version="2.0"`, `version="0.92"`, "value"},
	{"rss.xml", "<link>https://post.example/</link>", "", "missing"},
	{"rss.xml", "News from the quay.", " ", "missing"},
	{"rss.xml", "<language>en-GB</language>", "<language>en-GB</language><language>de</language>", "repeated"},
	{"rss.xml", "<language>en-GB</language>", "<language>English, mostly</language>", "value"},
	{"rss.xml", "<ttl>60</ttl>", "<lang>en</lang>", "unknown"},
	{"rss.xml", "<ttl>60</ttl>", "<ttl>0</ttl>", "value"},
	{"rss.xml", "<ttl>60</ttl>", `<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">often</sy:updatePeriod>`, "value"},
	{"rss.xml", "ada@post.example (Ada Brine)", "Ada Brine", "value"},
	{"rss.xml", "<width>88</width>", "<width>880</width>", "value"},
	{"rss.xml", "<title>The Quay &#x26; Pier Post</title>\n      <link>", "<title>Icon</title>\n      <link>", "misplaced"},
	{"rss.xml", "  </channel>", "  <category>Sea</category></channel>", "misplaced"},
	{"rss.xml", "<link>https://post.example/</link>\n    <description>", "<description>", "missing"},
	{"rss.xml", "    <atom:link href", "    <link>https://post.example/</link><atom:link href", "repeated"},
	{"rss.xml", "Quay &#x26; Pier Post</title>\n    <atom", "Quay &amp; Pier Post</title>\n    <atom", "double-escape"},
	{"rss.xml", "New pier opens", "New &#x3C;b>pier&#x3C;/b> opens", "markup"},
	{"rss.xml", "New pier opens", "Pier &#x3C; 3 m opens", "angle-bracket"},
	{"rss.xml", "New pier opens", "R&#x26;amp;D opens", "double-escape"},
	{"rss.xml", "New pier opens", "New pier\nopens", "line-break"},
	{"rss.xml", "<link>https://post.example/entries/2026/03/pier.html", "<link>/entries/2026/03/pier.html", "url"},
	{"rss.xml", "https://post.example/pier.mp3", "https://post.example/piér.mp3", "url"},
	{"rss.xml", "https://post.example/pier.mp3", "https://post.example/quay.mp3", "dead-link"},
	{"rss.xml", `length="1200"`, `length="-1"`, "value"},
	{"rss.xml", `type="audio/mpeg"`, `type="mp3"`, "value"},
	{"rss.xml", "<media:content", `<enclosure url="https://post.example/pier.mp3" length="1" type="audio/mpeg"/><media:content`, "misplaced"},
	{"rss.xml", `<media:content url="https://pictures.example/pier.jpg"`, `<media:group><media:content url="pier.jpg"/></media:group><media:content`, "url"},
	{"rss.xml", `<media:content url="https://pictures.example/pier.jpg" medium="image"/>`, `<media:group><media:content url="https://pictures.example/pier.jpg"/></media:group>`, "misplaced"},
	{"rss.xml", "<media:content", `<media:thumbnail/><media:content`, "url"},
	{"rss.xml", `isPermaLink="false">` + ferryID, ">https://post.example/none.html", "dead-link"},
	{"rss.xml", `url="https://agency.example/rss.xml"`, "", "url"},
	{"rss.xml", "Tue, 03 Mar 2026 12:00:00 GMT</pubDate>", "Mon, 03 Mar 2026 12:00:00 GMT</pubDate>", "weekday"},
	{"rss.xml", "Tue, 03 Mar 2026 12:00:00 GMT</pubDate>", "2026-03-03T12:00:00Z</pubDate>", "date"},
	{"rss.xml", "Tue, 03 Mar 2026 12:00:00 GMT</pubDate>", "Tue, 03 Mar 2026 12:00:00 CET</pubDate>", "date-form"},
	{"rss.xml", "Tue, 03 Mar 2026 12:00:00 GMT</pubDate>", "Tue, 03 Mar 2026 12:00 GMT</pubDate>", "date-form"},
	{"rss.xml", "Tue, 03 Mar 2026 12:00:00 GMT</pubDate>", "Tue, 03 Mar 26 12:00:00 GMT</pubDate>", "date-form"},
	{"rss.xml", "Tue, 03 Mar 2026 12:00:00 GMT</pubDate>", "Wed, 03 Mar 2027 12:00:00 GMT</pubDate>", "future"},
	{"rss.xml", "Mon, 02 Mar 2026 08:30:00 GMT", "Sat, 02 Mar 1985 08:30:00 GMT", "old"},
	{"rss.xml", "Mon, 02 Mar 2026 08:30:00 GMT", "Wed, 04 Mar 2026 08:30:00 GMT", "order"},
	{"rss.xml", "<pubDate>Mon, 02 Mar 2026 08:30:00 GMT</pubDate>", "", "missing"},
	{"rss.xml", "<title>Ferry has a new timetable</title>", "", ""},
	{"rss.xml", "<description><![CDATA[The harbour opened its new pier.]]></description>", "", ""},
	{"rss.xml", "<dc:creator>", "<author>ada@post.example</author><dc:creator>", "misplaced"},
	{"rss.xml", `<guid isPermaLink="false">urn:uuid:2`, `<guid>urn:uuid:2`, "value"},
	{"rss.xml", `<guid isPermaLink="false">urn:uuid:2`, `<guid isPermaLink="no">urn:uuid:2`, "value"},
	{"rss.xml", `<guid isPermaLink="false">` + ferryID + "</guid>", "", "no-id"},
	{"rss.xml", ferryID, pierID, "duplicate-id"},
	{"rss.xml", ferryID, "urn:uuid:55555555-5555-5555-8555-555555555555", "id-changed"},
	{"rss.xml", ferryID, lampID, "id-reused"},
	{"rss.xml", ferryID, withdrawnID, "not-public"},
	{"rss.xml", ferryID, heldID, "not-public"},
	{"rss.xml", ` rel="self"`, ` rel="alternate"`, "no-self"},
	{"rss.xml", `href="https://post.example/rss.xml"`, `href="http://localhost:8080/rss.xml"`, "self"},
	{"rss.xml", "https://pictures.example/pier.jpg\" alt", "pier.jpg\" alt", "relative-url"},
	{"rss.xml", "<p><img", "<p onclick=\"go()\"><img", "unsafe-html"},
	{"rss.xml", "<p><img", "<script>go()</script><p><img", "unsafe-html"},
	{"rss.xml", `<a href="https://post.example/entries/2026/03/ferry.html">`, `<a href="javascript:go()">`, "unsafe-html"},
	{"rss.xml", `<a href="https://post.example/entries/2026/03/ferry.html">`, `<a href="https://post.example/%zz">`, "url"},
	{"rss.xml", "The ferry goes at noon.", "The ferry " + strings.Repeat("goes at noon ", 80_000), "size"},

	{"atom.xml", "<subtitle", "<color/><subtitle", "unknown"},
	{"atom.xml", "<id>urn:uuid:00000000-0000-5000-8000-000000000000</id>", "", "missing"},
	{"atom.xml", "urn:uuid:00000000-0000-5000-8000-000000000000", "urn:uuid:00000000-0000-5000-8000-000000000001", "feed-id-changed"},
	{"atom.xml", "<id>urn:uuid:00000000", "<id> urn:uuid:00000000", "value"},
	{"atom.xml", "<id>" + ferryID, "<id>ferry", "url"},
	{"atom.xml", "</feed>", "<rights>none</rights></feed>", "misplaced"},
	{"atom.xml", "<name>Ada Brine</name>", "", "missing"},
	{"atom.xml", "<name>Ada Brine</name>", "<name> </name>", "missing"},
	{"atom.xml", "<email>ada@post.example", "<email>ada", "value"},
	{"atom.xml", "<uri>https://post.example/ada", "<uri>ada", "url"},
	{"atom.xml", `<title type="text">New`, `<title type="html">&lt;i onclick="x"&gt;New`, "unsafe-html"},
	{"atom.xml", `<title type="text">New`, `<title type="markdown">New`, "value"},
	{"atom.xml", `<title type="text">New`, `<title type="xhtml">New`, "value"},
	{"atom.xml", `<title type="text">New`, `<title type="text"><b>x</b>New`, "value"},
	{"atom.xml", `<summary type="text">The ferry goes at noon.`, `<summary type="text">`, "missing"},
	{"atom.xml", "<category term=\"Harbour\"/>", "<category/>", "missing"},
	{"atom.xml", "2026-03-03T12:00:00Z", "2026-03-03T14:00:00+02:00", "date-form"},
	{"atom.xml", "2026-03-03T12:00:00Z", "2026-03-03t12:00:00z", "date"},
	{"atom.xml", "<published>2026-03-02T08:30:00Z", "<published>2026-03-02T09:30:00Z", "order"},
	{"atom.xml", "<updated>2026-03-02T08:30:00Z", "<updated>2026-03-04T09:00:00Z", "updated-twice"},
	{"atom.xml", "<updated>2026-03-02T08:30:00Z", "<updated>2026-03-04T09:00:01Z", "order"},
	{"atom.xml", `rel="alternate" type="text/html"/>`, `rel="alternate" type="text/html"/><link href="https://post.example/" rel="alternate" type="text/html"/>`, "repeated"},
	{"atom.xml", `rel="alternate" type="text/html"/>`, `rel="alternate" type="text/html"/><link href="/hub" rel="hub"/>`, "url"},
	{"atom.xml", `rel="prev-archive" type="application/atom+xml"`, `rel="prev-archive" type="atom"`, "value"},
	{"atom.xml", "archive/2026-02.xml", "archive/2026-01.xml", "dead-link"},
	{"atom.xml", "https://post.example/icon.png", "https://post.example/logo.png", "dead-link"},
	{"atom.xml", `<link href="https://post.example/entries/2026/03/ferry.html" rel="alternate" type="text/html"/>`, "", "missing"},
	{"atom.xml", "<author>\n    <name>Ada Brine</name>\n    <uri>https://post.example/ada</uri>\n    <email>ada@post.example</email>\n  </author>", "", "missing"},
	{"atom.xml", `ref="` + withdrawnID + `"`, "", "tombstone"},
	{"atom.xml", `ref="` + withdrawnID + `"`, `ref="` + pierID + `"`, "tombstone"},
	{"atom.xml", "  <at:deleted-entry", `  <at:deleted-entry ref="` + withdrawnID + `" when="2026-03-05T10:00:00Z"/>` + "\n  <at:deleted-entry", "tombstone"},
	{"archive/2026-02.xml", "lamp.html", "beacon.html", "id-reused"},

	{"feed.json", `"language": "en-GB",`, `"language": "en-GB"`, "not-well-formed"},
	{"feed.json", "\n  ]\n}", "\n  ]\n} {}", "not-well-formed"},
	{"feed.json", "\n  ]\n}", "\n  ]", "not-well-formed"},
	{"feed.json", "goes at noon", `goes at \u0001noon`, "character"},
	{"feed.json", "version/1.1", "version/1", "value"},
	{"feed.json", "  \"title\": \"The Quay & Pier Post\",\n", "", "missing"},
	{"feed.json", `"title": "Ferry has a new timetable"`, `"title": " "`, "missing"},
	{"feed.json", `"title": "Ferry has a new timetable"`, `"title": "<b>Ferry</b> has a new timetable"`, "markup"},
	{"feed.json", "  \"feed_url\": \"https://post.example/feed.json\",\n", "", "no-self"},
	{"feed.json", "https://post.example/feed.json", "https://post.example/json", "self"},
	{"feed.json", "https://post.example/feed.json", "feed.json", "url"},
	{"feed.json", `"language": "en-GB"`, `"lang": "en-GB"`, "unknown"},
	{"feed.json", `"language": "en-GB"`, `"author": {"name": "Ada"}`, "unknown"},
	{"feed.json", `"icon"`, `"next_url": "https://post.example/feed.json", "icon"`, "value"},
	{"feed.json", `"icon"`, `"title": "Twice", "icon"`, "repeated"},
	{"feed.json", `{"name": "Ada Brine", "url": "https://post.example/ada"}`, `{}`, "missing"},
	{"feed.json", `"url": "https://post.example/ada"`, `"url": "ada"`, "url"},
	{"feed.json", `"type": "WebSub", `, "", "missing"},
	{"feed.json", `"items": [`, `"_items": [`, "missing"},
	{"feed.json", `"items": [`, `"items": [7,`, "value"},
	{"feed.json", `"id": "` + ferryID + `",`, "", "no-id"},
	{"feed.json", `"id": "` + ferryID + `",`, `"id": 7,`, "value"},
	{"feed.json", `"id": "` + ferryID + `"`, `"id": "urn:x:7"`, "id-changed"},
	{"feed.json", "03/ferry.html\",\n      \"title", "04/none.html\",\n      \"title", "dead-link"},
	{"feed.json", "      \"content_text\": \"The ferry goes at noon.\",\n", "", "missing"},
	{"feed.json", "2026-03-02T08:30:00Z", "2 March 2026", "date"},
	{"feed.json", ",\n      \"date_published\": \"2026-03-02T08:30:00Z\"", "", "missing"},
	{"feed.json", `"Harbour"`, `"R&D"`, "markup"},
	{"feed.json", `"Harbour"`, `7`, "value"},
	{"feed.json", `"audio/mpeg"`, `"mp3"`, "value"},
	{"feed.json", `"size_in_bytes": 1200`, `"size_in_bytes": "1200"`, "value"},
	{"feed.json", "https://agency.example/pier", "pier", "url"},
	{"feed.json", `href=\"https://post.example/entries/2026/03/ferry.html\"`, `href=\"ferry.html\"`, "relative-url"},

	{"feeds.opml", `version="2.0"`, `version="1.0"`, "value"},
	{"feeds.opml", "Wed, 04 Mar", "Tue, 04 Mar", "weekday"},
	{"feeds.opml", `<outline text="The Quay Post" `, "<outline ", "missing"},
	{"feeds.opml", `xmlUrl="https://post.example/rss.xml" `, "", "missing"},
	{"feeds.opml", `xmlUrl="https://post.example/rss.xml"`, `xmlUrl="https://post.example/news/rss.xml"`, "dead-link"},
	{"feeds.opml", `language="en-GB"`, `language="english?"`, "value"},
	{"feeds.opml", "<title>The Quay Post</title>", "<title>The Quay Post</title><colour/>", "unknown"},
	{"feeds.opml", "<body>", "<body/><body>", "repeated"},

	{"sitemap.xml", "pier.html", "quay.html", "dead-link"},
	{"sitemap.xml", "<loc>https://post.example/</loc>", "", "missing"},
	{"sitemap.xml", "2026-03-04T09:00:00Z", "2026-03-04 09:00", "date"},

	{"robots.txt", "https://post.example/sitemap.xml", "https://post.example/map.xml", "dead-link"},
	{"robots.txt", "https://post.example/sitemap.xml", "sitemap.xml", "url"},

	{"index.html", "entries/2026/03/ferry.html", "entries/2026/03/none.html", "dead-link"},
	{"index.html", "<h2>", "<h2><a href=\"https://post.example/lamp.md\">x</a>", "content-link"},
	{"index.html", `href="#main"`, `href="#content"`, "dead-link"},
	{"index.html", "style.css?v=1", "%zz", "url"},
	{"index.html", "https://post.example/atom.xml", "https://post.example/news/atom.xml", "dead-link"},
	{"index.html", `href="https://post.example/">`, `href="http://post.example/">`, "self"},
	{"index.html", `<html lang="en-GB">`, "<html>", "page"},
	{"index.html", "<title>The Quay Post</title>", "", "page"},
	{"index.html", "(Atom)", "(RSS)", "page"},
	{"entries/2026/03/ferry.html", `type="application/rss+xml"`, "", "page"},
	{"entries/2026/03/pier.html", "https://post.example/icon.png 2x", "https://post.example/large.png 2x", "content-link"},
	{"entries/2026/03/ferry.html", "noon", "n\u0092oon", "character"},
}

// Each rule finds what breaks it. What it says stands in the golden file.
func TestChanges(t *testing.T) {
	var all bytes.Buffer
	l := newLedger(t)
	for _, c := range changes {
		s := goodSite(t)
		s.change(t, c.file, c.old, c.new)
		found := s.check(t, l)
		fmt.Fprintf(&all, "%s: %s -> %s\n", c.file, short(c.old), short(c.new))
		for _, f := range found {
			fmt.Fprintf(&all, "\t%s\n", f)
		}
		if c.rule == "" {
			continue // the golden file has what is found
		}
		if !strings.Contains(strings.Join(found, "\n"), "["+c.rule+"]") {
			t.Errorf("%s with %s for %s: found %q, want %q", c.file, short(c.new), short(c.old), found, c.rule)
		}
	}
	golden.Check(t, "changes.txt", all.Bytes())
}

func short(s string) string {
	if len(s) > 60 {
		s = s[:60] + "…"
	}
	return fmt.Sprintf("%q", s)
}

// What is wrong between files, and between them and the ledger.
func TestFilesAndLedger(t *testing.T) {
	tests := []struct {
		name   string
		change func(s *site)
		want   []string // the rules, with their files
	}{
		{"a feed is deleted", func(s *site) { s.ours["rss.xml"] = []byte("x"); delete(s.files, "rss.xml") }, []string{
			"out/entries/2026/02/lamp.html dead-link", "out/entries/2026/03/ferry.html dead-link", "out/entries/2026/03/pier.html dead-link",
			"out/feeds.opml dead-link", "out/index.html dead-link", "out/rss.xml missing-file",
		}},
		{"a file was changed by others", func(s *site) { s.ours["style.css"] = []byte("as it was") }, []string{"out/style.css changed-file"}},
		{"the page of an entry is deleted", func(s *site) { delete(s.files, "entries/2026/02/lamp.html") }, []string{
			"out/archive/2026-02.xml dead-link", "out/entries/2026/02/lamp.html missing-page", "out/index.html dead-link",
		}},
		{"a held entry has a page", func(s *site) {
			s.records[3].Address = "entries/2026/03/plan.html"
			s.files["entries/2026/03/plan.html"] = s.files["entries/2026/03/ferry.html"]
		}, []string{"out/entries/2026/03/plan.html not-public", "out/entries/2026/03/plan.html orphan", "out/entries/2026/03/plan.html self"}},
		{"a page that nobody knows", func(s *site) { s.files["old.html"] = page("old.html") }, []string{"out/old.html orphan", "out/old.html stray-file"}},
		{"pages that nothing leads to", func(s *site) {
			s.files["a/one.html"], s.files["a/two.html"] = page("a/one.html"), page("a/two.html")
		}, []string{"out/a orphan", "out/a/one.html stray-file", "out/a/two.html stray-file"}},
		{"an entry that the ledger does not know", func(s *site) {
			s.records = append(s.records[:2], s.records[3:]...)
		}, []string{"out/archive/2026-02.xml unknown-entry", "out/entries/2026/02/lamp.html stray-file"}},
		{"nothing is published", func(s *site) { clear(s.files); s.names = nil }, []string{"out not-built"}},
		{"the site was built for another address", func(s *site) {
			for _, name := range []string{"rss.xml", "atom.xml", "feed.json", "feeds.opml", "sitemap.xml", "index.html", "archive/2026-02.xml"} {
				s.files[name].Data = bytes.ReplaceAll(s.files[name].Data, []byte("https://post.example/"), []byte("http://localhost:8080/"))
			}
			for _, name := range []string{"entries/2026/03/pier.html", "entries/2026/03/ferry.html", "entries/2026/02/lamp.html"} {
				s.files[name].Data = bytes.ReplaceAll(s.files[name].Data, []byte("https://post.example/"), []byte("http://localhost:8080/"))
			}
		}, []string{"out/atom.xml other-base"}},
		{"the feeds of lists have other ids than before", func(s *site) {
			for dir, key := range map[string]string{"news": "news", "tags/sea": "tag:sea", "authors/ada": "author:ada", "languages/de": "language:de", "section-tags/x": "tags/x"} {
				s.meta["feed id "+key+"/"] = "urn:x:" + key
				text := bytes.Replace(s.files["atom.xml"].Data, []byte("https://post.example/atom.xml"), []byte("https://post.example/"+dir+"/atom.xml"), 1)
				s.files[dir+"/atom.xml"] = &fstest.MapFile{Data: text}
			}
		}, []string{
			"out/authors/ada/atom.xml feed-id-changed", "out/languages/de/atom.xml feed-id-changed",
			"out/news/atom.xml feed-id-changed", "out/section-tags/x/atom.xml feed-id-changed", "out/tags/sea/atom.xml feed-id-changed",
		}},
		{"other files are not looked into", func(s *site) {
			s.files["data.json"] = &fstest.MapFile{Data: []byte(`{"a": 1}`)}
			s.files[".git/x.xml"] = &fstest.MapFile{Data: []byte("<")}
			s.files["other.xml"] = &fstest.MapFile{Data: []byte("<other/>")}
			s.files["notes.txt"] = &fstest.MapFile{Data: []byte("\x00")}
		}, nil},
		{"a link to a document leads to its page", func(s *site) {
			s.files["index.html"].Data = bytes.Replace(s.files["index.html"].Data, []byte("</main>"), []byte(`<a href="lamp.md">x</a></main>`), 1)
		}, []string{"out/index.html dead-link"}},
	}
	var all bytes.Buffer
	for _, tt := range tests {
		s := goodSite(t)
		tt.change(s)
		o := options(t)
		o.Out, o.Ledger = s.files, s.ledger(t)
		report, err := check.Site(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		fmt.Fprintf(&all, "%s\n", tt.name)
		for _, f := range report.Findings {
			seen[f.File+" "+f.Rule] = true
			fmt.Fprintf(&all, "\t%s\n", f)
		}
		want := map[string]bool{}
		for _, w := range tt.want {
			want[w] = true
		}
		if !maps.Equal(seen, want) {
			t.Errorf("%s: found %v, want %v", tt.name, seen, want)
		}
	}
	golden.Check(t, "files.txt", all.Bytes())
}

// page is a good page at a path.
func page(name string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte(`<html lang="en"><title>x</title>` +
		`<link rel="canonical" href="https://post.example/` + name + `">` +
		`<link rel="alternate" type="application/rss+xml" title="The Quay Post" href="https://post.example/rss.xml">`)}
}
