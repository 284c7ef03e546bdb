package render_test

import (
	"fmt"
	"os"
	"strings"
	"testing/fstest"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/render"
)

func ExampleFormats() {
	for _, format := range render.Formats() {
		fmt.Println(format.Name, format.File, format.MediaType)
	}
	// Output:
	// RSS 2.0 rss.xml application/rss+xml
	// Atom 1.0 atom.xml application/atom+xml
	// JSON Feed 1.1 feed.json application/feed+json
}

// The feed of the examples.
func example() feed.Feed {
	return feed.Feed{
		ID:          feed.NewID("news.example.org", "/"),
		URL:         "https://news.example.org/",
		Title:       "Morning News",
		Description: "What happened overnight",
		Language:    "en",
		Updated:     time.Date(2026, time.February, 14, 9, 30, 0, 0, time.UTC),
		Entries: []feed.Entry{{
			ID:        feed.NewID("news.example.org", "lamp.md"),
			URL:       "https://news.example.org/entries/2026/02/lamp.html",
			Title:     "The lamp is lit & <b> is no tag",
			Summary:   "The lamp is lit.",
			Content:   "<p>The lamp is <em>lit</em>.</p>",
			Published: feed.Instant(time.Date(2026, time.February, 14, 9, 30, 0, 0, time.UTC)),
			Agency:    "Coastwire",
		}},
	}
}

func ExampleRSS() {
	if err := render.RSS(os.Stdout, example()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// <?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/css" href="style.css"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
	//   <channel>
	//     <title>Morning News</title>
	//     <atom:link href="https://news.example.org/rss.xml" rel="self" type="application/rss+xml"></atom:link>
	//     <description>What happened overnight</description>
	//     <link>https://news.example.org/</link>
	//     <language>en</language>
	//     <lastBuildDate>Sat, 14 Feb 2026 09:30:00 GMT</lastBuildDate>
	//     <generator>seedfeed</generator>
	//     <docs>https://www.rssboard.org/rss-specification</docs>
	//     <item>
	//       <title>The lamp is lit &#x26; ‹b› is no tag</title>
	//       <link>https://news.example.org/entries/2026/02/lamp.html</link>
	//       <guid isPermaLink="false">urn:uuid:5b1824cb-23fd-59a3-9337-8a6ac612620c</guid>
	//       <pubDate>Sat, 14 Feb 2026 09:30:00 GMT</pubDate>
	//       <description><![CDATA[The lamp is lit.]]></description>
	//       <content:encoded><![CDATA[<p>The lamp is <em>lit</em>.</p>]]></content:encoded>
	//       <dc:creator>Coastwire</dc:creator>
	//     </item>
	//   </channel>
	// </rss>
}

func ExampleLoadTheme() {
	theme, err := render.LoadTheme(fstest.MapFS{
		"entry.html": {Data: []byte(`{{define "body"}}<main id="main"><h1>{{.Entry.Titel}}</h1></main>{{end}}`)},
	})
	fmt.Println(theme != nil, err)
	// Output:
	// false theme: entry page: entry.html:1:45: executing "body" at <.Entry.Titel>: can't evaluate field Titel in type render.EntryView
}

func ExampleFit() {
	f := example()
	f.Entries[0].Content = "<table>" + strings.Repeat("<tr><td>1</td></tr>", 100_000) + "</table>"
	fitted, cut := render.Fit(f, 1_000_000)
	fmt.Println(cut.Contents, cut.Entries)
	fmt.Printf("%q %q\n", fitted.Entries[0].Summary, fitted.Entries[0].Content)
	// Output:
	// [urn:uuid:5b1824cb-23fd-59a3-9337-8a6ac612620c] 0
	// "The lamp is lit." ""
}

func ExampleJSON() {
	if err := render.JSON(os.Stdout, example()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {
	//   "version": "https://jsonfeed.org/version/1.1",
	//   "title": "Morning News",
	//   "language": "en",
	//   "home_page_url": "https://news.example.org/",
	//   "feed_url": "https://news.example.org/feed.json",
	//   "description": "What happened overnight",
	//   "items": [
	//     {
	//       "id": "urn:uuid:5b1824cb-23fd-59a3-9337-8a6ac612620c",
	//       "url": "https://news.example.org/entries/2026/02/lamp.html",
	//       "title": "The lamp is lit & ‹b› is no tag",
	//       "content_html": "<p>The lamp is <em>lit</em>.</p>",
	//       "summary": "The lamp is lit.",
	//       "date_published": "2026-02-14T09:30:00Z",
	//       "authors": [
	//         {
	//           "name": "Coastwire"
	//         }
	//       ],
	//       "_seedfeed": {
	//         "agency": "Coastwire"
	//       }
	//     }
	//   ]
	// }
}

func ExampleAtom() {
	if err := render.Atom(os.Stdout, example()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// <?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/css" href="style.css"?><feed xml:lang="en" xmlns="http://www.w3.org/2005/Atom">
	//   <title type="text">Morning News</title>
	//   <id>urn:uuid:7b37e54f-1197-530e-b3be-11a0a713728d</id>
	//   <updated>2026-02-14T09:30:00Z</updated>
	//   <subtitle type="text">What happened overnight</subtitle>
	//   <generator>seedfeed</generator>
	//   <link href="https://news.example.org/atom.xml" rel="self" type="application/atom+xml"></link>
	//   <link href="https://news.example.org/" rel="alternate" type="text/html"></link>
	//   <author>
	//     <name>Morning News</name>
	//   </author>
	//   <entry>
	//     <title type="text">The lamp is lit &amp; ‹b› is no tag</title>
	//     <updated>2026-02-14T09:30:00Z</updated>
	//     <id>urn:uuid:5b1824cb-23fd-59a3-9337-8a6ac612620c</id>
	//     <published>2026-02-14T09:30:00Z</published>
	//     <link href="https://news.example.org/entries/2026/02/lamp.html" rel="alternate" type="text/html"></link>
	//     <author>
	//       <name>Coastwire</name>
	//     </author>
	//     <summary type="text">The lamp is lit.</summary>
	//     <content type="html"><![CDATA[<p>The lamp is <em>lit</em>.</p>]]></content>
	//   </entry>
	// </feed>
}
