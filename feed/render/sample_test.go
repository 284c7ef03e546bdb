package render_test

import (
	"strings"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/render"
)

// The samples that the golden files and the lint are made of. A sample is a
// feed that a site may have; a new one gets all its tests by being listed here.
func samples() map[string]feed.Feed {
	return map[string]feed.Feed{
		"herald": herald(),
		"world":  world(),
		"empty":  empty(),
		"notes":  notes(),
		"nasty":  nasty(),
	}
}

func heraldSite() render.Site {
	return render.Site{
		Title:       "The Harbour Herald",
		URL:         "https://herald.example/news/",
		Language:    "en",
		Description: "News of the coast and the sea, since the lighthouse was lit",
		Copyright:   "© The Harbour Herald & Sons",
		Icon:        "https://herald.example/icon.png",
		Image:       "https://herald.example/nameplate.png",
	}
}

// herald is a newsroom: wire stories, several languages, every field filled.
func herald() feed.Feed {
	return feed.Feed{
		ID:          "urn:uuid:5c6f0c1e-6c3b-5d4f-9d0a-0a4b1c2d3e4f",
		URL:         "https://herald.example/news/",
		Title:       "The Harbour Herald",
		Description: "News of the coast and the sea, since the lighthouse was lit",
		Language:    "en",
		Authors:     []feed.Person{{Name: "The Desk (night)", Email: "desk@herald.example", URI: "https://herald.example/desk"}},
		Copyright:   "© The Harbour Herald & Sons",
		Icon:        "https://herald.example/icon.png",
		Image:       "https://herald.example/nameplate.png",
		Updates:     "hourly",
		Hubs:        []string{"https://hub.example/?a=1&b=2", "https://herald.example/news/hub", "https://hub.example/?a=1&b=2"},
		Updated:     time.Date(2026, 2, 16, 8, 15, 0, 0, time.UTC),
		Entries:     []feed.Entry{edited(), ferry(), twin(), arabic(), japanese(), russian(), bare()},
		Tombstones: []feed.Tombstone{
			{ID: "urn:uuid:00000000-0000-5000-8000-000000000009", When: time.Date(2026, 2, 15, 18, 0, 0, 0, time.UTC), Reason: "Withdrawn by the desk: the photograph & the tide don’t agree"},
			{ID: "urn:uuid:00000000-0000-5000-8000-000000000008", When: time.Date(2026, 2, 1, 6, 30, 0, 0, time.UTC)},
			{ID: ferry().ID, When: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), Reason: "It came back"},
			{ID: "urn:uuid:00000000-0000-5000-8000-000000000008", When: time.Date(2026, 1, 30, 0, 0, 0, 0, time.UTC), Reason: "It was gone before"},
		},
		Archive: feed.Archive{Previous: "https://herald.example/news/archive/2026-01.xml"},
	}
}

// january is a document of the Herald's archive.
func january() feed.Feed {
	f := herald()
	f.URL = "https://herald.example/news/archive/2026-01.xml"
	f.Updated = time.Date(2026, 1, 31, 9, 0, 0, 0, time.UTC)
	f.Tombstones = nil
	f.Archive = feed.Archive{
		Current:  "https://herald.example/news/atom.xml",
		Previous: "https://herald.example/news/archive/2025-11.xml",
		Next:     "https://herald.example/news/archive/2026-02.xml",
	}
	old := twin()
	old.ID, old.URL = "urn:uuid:00000000-0000-5000-8000-00000000000a", "https://herald.example/news/entries/2026/01/ice-on-the-quay.html"
	old.Title, old.Published = "Ice on the quay", feed.Day(2026, time.January, 31)
	old.Updated = old.Published
	f.Entries = []feed.Entry{old}
	return f
}

func edited() feed.Entry {
	return feed.Entry{
		ID: "urn:uuid:00000000-0000-5000-8000-000000000001", Path: "news/tide.md", Section: "news",
		URL:     "https://herald.example/news/entries/2026/02/tide-tables.html",
		Title:   "Tide tables & moon phases: what R&D found",
		Summary: "The tide office prints its tables a week earlier, if h < 3 m & the moon agrees.",
		Content: "<p>The tide office prints its tables <em>a week earlier</em>.</p>\n<h2>At a glance</h2>\n<table><caption>High water</caption>\n<thead><tr><th>Harbour</th><th>Morning</th><th>Evening</th></tr></thead>\n" +
			"<tbody><tr><td>Old Quay</td><td>04:12</td><td>16:40</td></tr><tr><td>New Quay</td><td>04:31</td><td>16:58</td></tr></tbody></table>\n" +
			"<blockquote><p>We print what the sea does, not what we wish.</p></blockquote>\n<pre><code>if h &lt; 3 { warn() } // ]]&gt; stays\n</code></pre>\n" +
			"<p>See <a href=\"https://herald.example/tides\">all tables</a> or run <code>tide --today</code>.</p>\n<ul><li>Springs on Tuesday</li><li>Neaps on Friday</li></ul>",
		Published: feed.Instant(time.Date(2026, 2, 15, 9, 30, 0, 0, time.FixedZone("", 4*3600))),
		Updated:   feed.Instant(time.Date(2026, 2, 16, 8, 15, 0, 0, time.UTC)),
		Authors: []feed.Person{
			{Name: "Ada Brine", URI: "https://herald.example/ada"},
			{Name: "B. Keel", URI: "javascript:alert(1)", Email: "not an address"},
		},
		Language:   "en",
		Categories: []string{"R&D", "Tides", "Tides", " "},
		Image:      &feed.Image{URL: "https://herald.example/news/media/quay.jpg", Width: 1600, Height: 1067, Alt: "The Old Quay at low water, <empty> & still"},
		Status:     feed.Live,
		From:       feed.Provenance{Published: feed.Evidence{Source: "front matter", Words: "date: 2026-02-15T09:30:00+04:00"}},
	}
}

func ferry() feed.Entry {
	return feed.Entry{
		ID: "urn:uuid:00000000-0000-5000-8000-000000000002", Path: "wire/ferry.txt", Section: "wire",
		URL:     "https://herald.example/news/entries/2026/02/ferry-line-returns.html",
		Title:   "Ferry line to the northern islands returns after eleven years",
		Summary: "The ferry to the northern islands sails again from Monday, after a pause of eleven years.",
		Content: "<p>The ferry to the northern islands sails again from Monday, after a pause of eleven years, the harbour office said.</p>\n" +
			"<p>Three crossings a day are planned in summer and one in winter. The first boat leaves the Old Quay at six in the morning with mail, bread and forty passengers.</p>\n" +
			"<p>“We counted the years by the letters that came late,” said the keeper of the northern light.</p>",
		Published: feed.Day(2026, time.February, 14), Updated: feed.Instant(time.Date(2026, 2, 14, 12, 0, 0, 0, time.UTC)),
		Agency: "Coastwire", Place: "PORT ANSEL, Northern Isles", Language: "en",
		Categories: []string{"Ferries", "Islands"},
		Status:     feed.Live,
		From:       feed.Provenance{Published: feed.Evidence{Source: "dateline, year from the text", Words: "PORT ANSEL, Northern Isles, February 14."}},
	}
}

// twin is of the same day as ferry, and neither tells a time.
func twin() feed.Entry {
	return feed.Entry{
		ID: "urn:uuid:00000000-0000-5000-8000-000000000003", Path: "wire/buoy.txt", Section: "wire",
		URL:       "https://herald.example/news/entries/2026/02/lost-buoy.html",
		Title:     "Lost buoy found in a garden, four miles inland",
		Summary:   "A buoy that broke loose in the storm lies in a garden four miles inland.",
		Content:   "<p>A buoy that broke loose in the storm lies in a garden four miles inland. Its lamp still works.</p>",
		Published: feed.Day(2026, time.February, 14), Updated: feed.Instant(time.Date(2026, 2, 14, 12, 0, 0, 0, time.UTC)),
		Inferred: true, Agency: "Coastwire", Place: "LOW MARSH", Status: feed.Live,
		Image: &feed.Image{URL: "https://herald.example/news/media/buoy.WEBP?w=300", Width: 300},
		Enclosures: []feed.Enclosure{
			{URL: "https://herald.example/news/media/keeper.mp3", Type: "audio/mpeg", Length: 4812345, Title: "The keeper tells how he found it"},
			{URL: "https://herald.example/news/media/Bericht über die Boje.pdf", Type: "application/pdf; version=1.7", Length: 180_000, Title: "The keeper tells how he found it"},
			{URL: "https://herald.example/news/media/storm.mp4", Title: "The storm"},
			{URL: "https://herald.example/news/media/storm.mp4", Title: "The same again"},
			{URL: "ftp://herald.example/no.bin", Type: "application/octet-stream"},
		},
		From: feed.Provenance{Published: feed.Evidence{Source: "file time"}},
	}
}

func arabic() feed.Entry {
	return feed.Entry{
		ID: "urn:uuid:00000000-0000-5000-8000-000000000004", Path: "wire/light.txt", Section: "wire",
		URL:       "https://herald.example/news/entries/2026/02/manara.html",
		Title:     "المنارة القديمة تُضاء من جديد (Old Light)",
		Summary:   "أضاءت المنارة القديمة مساء السبت بعد سنوات من الظلام.",
		Content:   "<p>أضاءت المنارة القديمة مساء السبت بعد سنوات من الظلام، وحضر أهل الميناء كلهم.</p>\n<p>قال الحارس: «البحر يعرف الطريق، والسفن تحتاج إليه».</p>",
		Published: feed.Day(2026, time.February, 13), Updated: feed.Instant(time.Date(2026, 2, 13, 12, 0, 0, 0, time.UTC)),
		Language: "ar", Place: "الميناء", Status: feed.Live, Categories: []string{"منارات"},
		From: feed.Provenance{Published: feed.Evidence{Source: "dateline"}},
	}
}

func japanese() feed.Entry {
	return feed.Entry{
		ID: "urn:uuid:00000000-0000-5000-8000-000000000005", Path: "wire/fish.txt", Section: "wire",
		URL:       "https://herald.example/news/entries/2026/02/ichiba.html",
		Title:     "港の朝市、三月から毎日開催へ",
		Summary:   "港の朝市は三月から毎日開かれる。漁協が十二日に発表した。",
		Content:   "<p>港の朝市は三月から毎日開かれる。漁協が十二日に発表した。これまでは週末だけだった。</p>\n<p>初日は午前五時に始まり、近海の魚と野菜が並ぶ。</p>",
		Published: feed.Instant(time.Date(2026, 2, 12, 6, 5, 0, 0, time.FixedZone("", 9*3600))), Updated: feed.Instant(time.Date(2026, 2, 11, 21, 5, 0, 0, time.UTC)),
		Language: "ja", Status: feed.Live,
	}
}

func russian() feed.Entry {
	return feed.Entry{
		ID: "urn:uuid:00000000-0000-5000-8000-000000000006", Path: "wire/ice.txt", Section: "wire",
		URL:       "https://herald.example/news/entries/2026/02/led.html",
		Title:     "Ледокол вошёл в порт на неделю раньше срока",
		Summary:   "Ледокол вошёл в порт на неделю раньше срока.",
		Content:   "<p>Ледокол вошёл в порт на неделю раньше срока, сообщил капитан порта.</p>",
		Published: feed.Day(2026, time.February, 11), Updated: feed.Instant(time.Date(2026, 2, 11, 12, 0, 0, 0, time.UTC)),
		Language: "ru", Agency: "Берег", Place: "СЕВЕРНЫЙ", Status: feed.Live,
		From: feed.Provenance{Published: feed.Evidence{Source: "header line", Words: "11.02.2026"}},
	}
}

// bare has nothing but what every entry has.
func bare() feed.Entry {
	return feed.Entry{
		ID: "urn:uuid:00000000-0000-5000-8000-000000000007", Path: "old.txt",
		URL: "https://herald.example/news/entries/2026/02/old.html", Title: "Old", Status: feed.Live,
	}
}

// world is a nested section without anything that a feed can do without.
func world() feed.Feed {
	f := herald()
	f.ID = "urn:uuid:5c6f0c1e-6c3b-5d4f-9d0a-0a4b1c2d3e50"
	f.Section, f.URL = "wire/world", "https://herald.example/news/wire/world/"
	f.Title, f.Description = "World – The Harbour Herald", "All that is new in World at The Harbour Herald"
	f.Authors, f.Icon, f.Copyright, f.Hubs = nil, "", "", f.Hubs[1:2]
	f.Entries = []feed.Entry{ferry(), russian()}
	return f
}

func empty() feed.Feed {
	return feed.Feed{
		ID: "urn:uuid:5c6f0c1e-6c3b-5d4f-9d0a-0a4b1c2d3e51", URL: "http://localhost:8080/",
		Title: "Nothing yet", Description: "All that is new at Nothing yet",
	}
}

// notes are a microblog: no titles, no summaries.
func notes() feed.Feed {
	note := func(id, content string, day int) feed.Entry {
		return feed.Entry{ID: "urn:x-note:" + id, URL: "https://notes.example/entries/" + id + ".html", Content: content, Published: feed.Day(2026, time.March, day)}
	}
	return feed.Feed{
		ID: "urn:x-notes:", URL: "https://notes.example/", Title: "Notes", Description: "A few words", Language: "und",
		Entries: []feed.Entry{
			note("3", "<p>Fog all day. The horn sounded every two minutes, the gulls answered, and in the evening a small boat came in that nobody had expected.</p>", 3),
			note("2", `<p><img src="https://notes.example/gull.jpg" alt="A gull"></p>`, 2),
			{ID: "urn:x-note:1", URL: "https://notes.example/entries/1.html", Summary: "Only a summary.", Published: feed.Day(2026, time.March, 1)},
		},
	}
}

// nasty holds what strings may hold although nobody wants it.
func nasty() feed.Feed {
	const hostile = "a\x00b\x08c\x1f \xff\xfe\xed\xa0\x80 \ufffd\ufffe\u0085 ]]> <![CDATA[ </div> <b>bold</b> &amp; &lt;x&gt; &#60; &nbsp; S&P500 \"'\r\n\t\u2028 --> <!-- <script>alert(1)</script> </title></textarea>"
	entry := func(id int, at time.Time) feed.Entry {
		return feed.Entry{
			ID: "urn:nasty:" + strings.Repeat("x", id), URL: "https://nasty.example/" + strings.Repeat("ü ", id) + `"<>.html`,
			Title: hostile, Summary: hostile, Content: "<p>" + hostile[:40] + "]]&gt;</p>",
			Published: feed.Instant(at), Updated: feed.Instant(at),
			Authors: []feed.Person{{Name: hostile, URI: hostile, Email: hostile}, {Name: "\x01"}}, Agency: hostile, Place: hostile,
			Language: hostile, Categories: []string{hostile, "A & B", "</div>", "\x00"},
			Image:      &feed.Image{URL: "https://nasty.example/" + hostile, Alt: hostile, Width: -1, Height: 7},
			Enclosures: []feed.Enclosure{{URL: "https://nasty.example/" + hostile, Type: hostile, Title: hostile, Length: -5}, {URL: hostile, Type: "a/b/c"}, {URL: "https://nasty.example/x"}},
			From:       feed.Provenance{Published: feed.Evidence{Source: hostile, Words: hostile}},
		}
	}
	at := time.Date(2026, 1, 1, 0, 0, 0, 999, time.FixedZone("", -3*3600-30))
	return feed.Feed{
		ID: "urn:nasty:feed", URL: "https://nasty.example/", Title: hostile, Description: hostile, Language: hostile, Copyright: hostile, Icon: hostile, Image: hostile, Updates: hostile,
		Hubs:       []string{hostile, "https://nasty.example/" + hostile, ""},
		Authors:    []feed.Person{{Name: hostile, Email: "ok@nasty.example"}},
		Updated:    at,
		Tombstones: []feed.Tombstone{{ID: hostile, When: at, Reason: hostile}, {ID: hostile, When: at}, {ID: "urn:zero"}, {When: at}},
		Entries:    []feed.Entry{entry(1, at), entry(2, at), entry(3, time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)), entry(4, time.Date(-44, 3, 15, 0, 0, 0, 0, time.UTC))},
	}
}
