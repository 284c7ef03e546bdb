package extract_test

import (
	"strings"
	"testing"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/extract"
)

// A body without any date, long enough to be a story.
const quayBody = "The harbour board has met to look at the plans for a new quay, which is to cost nine millions. It will meet again."

func TestPublished(t *testing.T) {
	tests := []struct {
		name, path, body string
		want             string // "?" in front of an inferred date
		from             string
	}{
		// what the document states
		{"front matter", "a.txt", "---\ndate: 2026-02-14\n---\nBAKU, March 1. " + quayBody, "2026-02-14", "front matter"},
		{"clock without offset", "a.txt", "---\ndate: 2026-02-14 09:30\n---\n" + quayBody, "2026-02-14T09:30:00+04:00", "front matter"},
		{"clock with offset", "a.txt", "---\ndate: 2026-02-14T09:30:00+01:00\n---\n" + quayBody, "2026-02-14T09:30:00+01:00", "front matter"},
		{"header", "a.txt", "From: a@example.org\nSubject: Quay\nDate: 19 Apr 93 18:46:05 GMT\n\n" + quayBody, "1993-04-19T18:46:05Z", "header"},
		{"stamp line", "a.txt", "Harbour board meets\n\nPublished: 3 July 2025 14:20 (UTC+04:00)\n\n" + quayBody, "2025-07-03T14:20:00+04:00", "stamp line"},
		{"stamp beats the last change", "a.txt", "Harbour board meets\n\nPublished 3 July 2025, updated 5 July 2025\n\n" + quayBody, "2025-07-03", "stamp line"},
		{"stamp and byline", "a.txt", "Harbour board meets\n\nBy Jane Doe | 3 July 2025\n\n" + quayBody, "2025-07-03", "stamp line"},
		{"running head", "a.txt", "By . Jane Doe . PUBLISHED: . 14:11 EST, 25 October 2013 . | . UPDATED: . 15:36 EST, 26 October 2013 . " + quayBody, "2013-10-25T14:11:00-05:00", "stamp line"},
		{"dateline with year", "a.txt", "PALM COAST, Fla., March 28, 2023 /PRNewswire/ -- " + quayBody, "2023-03-28", "dateline"},
		{"end line", "a.txt", "Oslo (dpa) - " + quayBody + "\n\n212322 GMT Nov 18", "2018-11-21T23:22:00Z", "end line"},
		{"end line of Kyodo", "a.txt", "Kyoto (Kyodo) - " + quayBody + "\n\nKWS-21:37-09-12-18", "2018-12-09T21:37:00+09:00", "end line"},
		{"file name", "2024-03-03-quay.txt", quayBody, "2024-03-03", "file name"},
		{"file name, compact", "20240303.txt", quayBody, "2024-03-03", "file name"},
		{"path in front matter", "a.txt", "---\npath: 2023/09/25/quay\n---\n" + quayBody, "2023-09-25", "front matter path"},
		{"folder", "2023/09/25/quay.txt", quayBody, "2023-09-25", "folder"},

		// the year of a dateline from the text
		{"range with the year", "a.txt", "BAKU, February 14. On 13–14 February 2026, a meeting was held. " + quayBody, "2026-02-14", "dateline, year from the text"},
		{"range over a month end", "a.txt", "BAKU, March 1. The forum ran from 28 February to 1 March 2026. " + quayBody, "2026-03-01", "dateline, year from the text"},
		{"the day before", "a.txt", "BAKU, August 9. They met on August 8, 2025. " + quayBody, "2025-08-09", "dateline, year from the text"},
		{"over the turn of the year", "a.txt", "BAKU, January 2. They met on December 30, 2024. " + quayBody, "2025-01-02", "dateline, year from the text"},
		{"line of the last change", "a.txt", "BAKU, July 3. " + quayBody + "\n\n(Updated: August 20, 2025)", "2025-07-03", "dateline, year from the line of the last change"},
		{"end line has the year", "a.txt", "HELSINKI, Nov 20 (Xinhua) -- " + quayBody + "\n\n212322 GMT Nov 18", "2018-11-20", "dateline, year from the end line"},
		{"file name has the year", "2024-03-04.txt", "BAKU, March 3. " + quayBody, "2024-03-03", "dateline, year from the file name"},
		{"maturity is none", "a.txt", "BAKU, July 2. The bond is due July 4, 2019. " + quayBody, "?2025-07-02", "dateline, latest year that is not after the file time"},
		{"a far date is none", "a.txt", "BAKU, March 2. The board was founded on 12 June 1999. " + quayBody, "?2026-03-02", "dateline, latest year that is not after the file time"},

		// the year worked out
		{"anniversary", "a.txt", "BAKU, May 9. They laid wreaths 80 years after May 9, 1945. " + quayBody, "?2025-05-09", "dateline, year from an anniversary in the text"},
		{"copyright line", "a.txt", "BAKU, July 3. " + quayBody + "\n\n© 2025 Harbour News. All rights reserved.", "?2025-07-03", "dateline, year from the copyright line"},
		{"results of the last year", "a.txt", "BAKU, January 10. Exports rose in 2023 compared with 2022. " + quayBody, "?2024-01-10", "dateline, year worked out from the text"},
		{"event of last November", "a.txt", "GENEVA, June 11. The meeting held in Baku in November 2023 was praised. " + quayBody, "?2024-06-11", "dateline, year worked out from the text"},
		{"leap day", "a.txt", "BAKU, February 29. " + quayBody, "?2024-02-29", "dateline, latest year that is not after the file time"},
		{"weekday", "a.txt", "BAKU, June 11. The harbour board met on Wednesday. " + quayBody, "?2025-06-11", "dateline, latest year that is not after the file time"},
		{"weekday of another year", "a.txt", "BAKU, June 11. The harbour board met on Saturday. " + quayBody, "?2022-06-11", "dateline, year worked out from the weekday"},
		{"day of the file", "a.txt", "BAKU, March 5. " + quayBody, "?2026-03-05", "dateline, latest year that is not after the file time"},
		{"day after the file", "a.txt", "BAKU, March 7. " + quayBody, "?2025-03-07", "dateline, latest year that is not after the file time"},

		// no evidence
		{"file time", "a.txt", quayBody, "?2026-03-05T13:00:00+04:00", "file time"},
		{"an event is no date", "a.txt", "On 3 March 2024 a ship sank. " + quayBody, "?2026-03-05T13:00:00+04:00", "file time"},
		{"impossible day", "a.txt", "BAKU, Azerbaijan, September 31. " + quayBody, "?2026-03-05T13:00:00+04:00", "file time"},
		{"folder without day", "2023/09/quay.txt", quayBody, "?2023-09-01", "folder, first day of its month"},
		{"folder of the month of the file", "2026/03/quay.txt", quayBody, "?2026-03-05T13:00:00+04:00", "file time"},
	}
	x := extract.New(extract.Options{Location: time.FixedZone("", 4*60*60)})
	for _, tt := range tests {
		e, err := x.Extract(feed.Document{Path: tt.path, ModTime: fileTime, Data: []byte(tt.body)})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		got := e.Published.String()
		if e.Inferred {
			got = "?" + got
		}
		if got != tt.want || e.From.Published.Source != tt.from {
			t.Errorf("%s: published %s from the %s, want %s from the %s", tt.name, got, e.From.Published.Source, tt.want, tt.from)
		}
	}
}

// What is stated is never told in the words of a guess, and a guess always is.
func TestGuessesSayFileTime(t *testing.T) {
	for body, want := range map[string]bool{quayBody: true, "BAKU, March 2. " + quayBody: true, "BAKU, 3 March 2024. " + quayBody: false} {
		e := extractText(t, body)
		if got := strings.Contains(e.From.Published.Source, "file time"); got != want || e.Inferred != want {
			t.Errorf("%q: published from the %q, inferred %v", body, e.From.Published.Source, e.Inferred)
		}
	}
}

func TestNoDateWithoutFileTime(t *testing.T) {
	for _, modTime := range []time.Time{{}, time.Unix(0, 0), time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)} {
		e, err := newExtractor(t).Extract(feed.Document{Path: "a.txt", ModTime: modTime, Data: []byte("BAKU, March 2. " + quayBody)})
		if err != nil {
			t.Fatal(err)
		}
		if !e.Published.IsZero() || e.Inferred || e.From.Published.Source != "" {
			t.Errorf("file time %v: published %s from the %s", modTime, e.Published, e.From.Published.Source)
		}
		if want := `dateline "BAKU, March 2.": no year is known for it`; len(e.Notes) != 1 || e.Notes[0] != want {
			t.Errorf("file time %v: notes %q, want %q", modTime, e.Notes, want)
		}
	}
}

func TestNotesOnDates(t *testing.T) {
	tests := []struct{ front, note, published string }{
		{"date: 3/4/2026", `front matter: "3/4/2026" is not a date that can be read in one way`, ""},
		{"date: soon", `front matter: "soon" is not a date that can be read in one way`, ""},
		{"date: 2026-02", `front matter: "2026-02" does not tell the day`, ""},
		{"date: Sunday, February 14, 2026", `front matter: "Sunday, February 14, 2026" is not the weekday of that date`, "2026-02-14"},
		{"date: 2026-02-14\nupdated: later", `front matter: "later" is not a date that can be read in one way`, "2026-02-14"},
		{"date: 2026-02-14\nupdated: 2026-02-01", `front matter: updated 2026-02-01 is before published 2026-02-14`, "2026-02-14"},
	}
	for _, tt := range tests {
		e := extractText(t, "---\n"+tt.front+"\n---\n"+quayBody)
		if len(e.Notes) != 1 || e.Notes[0] != tt.note {
			t.Errorf("%q: notes %q, want %q", tt.front, e.Notes, tt.note)
		}
		if tt.published != "" && e.Published.String() != tt.published {
			t.Errorf("%q: published %s, want %s", tt.front, e.Published, tt.published)
		}
	}
}

func TestDoubts(t *testing.T) {
	tests := []struct{ name, path, body, note string }{
		{"event", "a.txt", "On 3 March 2024 a ship sank. " + quayBody, `text: "3 March 2024" is taken for the date of an event, not of the publication`},
		{"another date in the name", "2024-03-03.txt", "BAKU, 3 July 2025. " + quayBody, `file name "2024-03-03.txt": its date is not that of the dateline`},
		{"nearly the same date in the name", "2025-07-04.txt", "BAKU, 3 July 2025. " + quayBody, ""},
		{"nothing", "a.txt", quayBody, ""},
	}
	for _, tt := range tests {
		e, err := newExtractor(t).Extract(feed.Document{Path: tt.path, ModTime: fileTime, Data: []byte(tt.body)})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(e.Notes, "; "); got != tt.note {
			t.Errorf("%s: notes %q, want %q", tt.name, got, tt.note)
		}
	}
}

func TestUpdated(t *testing.T) {
	tests := []struct{ body, want string }{
		{"---\ndate: 2026-02-14\nupdated: 2026-02-20\n---\n" + quayBody, "2026-02-20"},
		{"Harbour board meets\n\nLast updated: 3 July 2025\n\n" + quayBody, "2025-07-03"},
		{quayBody, ""},
	}
	for _, tt := range tests {
		if got := extractText(t, tt.body).Updated.String(); got != tt.want {
			t.Errorf("%q: updated %q, want %q", tt.body, got, tt.want)
		}
	}
}

func TestHeld(t *testing.T) {
	tests := []struct{ name, body, reason, until string }{
		{"draft", "---\ndraft: true\n---\n" + quayBody, `front matter says "draft: true"`, ""},
		{"status", "---\nstatus: private\n---\n" + quayBody, `front matter says "status: private"`, ""},
		{"not published", "---\npublished: false\n---\n" + quayBody, `front matter says "published: false"`, ""},
		{"embargo", "---\nembargo: 2026-09-04T09:00:00Z\n---\n" + quayBody, "embargo until 2026-09-04T09:00:00Z (front matter)", "2026-09-04T09:00:00Z"},
		{"embargo without date", "---\nembargo: friday\n---\n" + quayBody, `front matter: the embargo "friday" is not a date`, ""},
		{"embargo line", "EMBARGOED UNTIL 4 September 2026\n\nHarbour board meets\n\n" + quayBody, `embargo until 2026-09-04 ("EMBARGOED UNTIL 4 September 2026")`, "2026-09-04"},
		{"embargo line without date", "UNDER EMBARGO\n\nHarbour board meets\n\n" + quayBody, `the embargo "UNDER EMBARGO" can not be read: it tells no day`, ""},
		{"not for publication", "NOT FOR PUBLICATION\n\nHarbour board meets\n\n" + quayBody, `the text says "NOT FOR PUBLICATION"`, ""},
		{"draft line", "Harbour board meets\n\n[DRAFT]\n\n" + quayBody, `the text says "[DRAFT]"`, ""},
		{"none", "Harbour board meets\n\n" + quayBody, "", ""},
		{"a draft of a law", "Draft law on harbours published\n\n" + quayBody, "", ""},
		{"draft: false", "---\ndraft: false\n---\n" + quayBody, "", ""},
	}
	for _, tt := range tests {
		e := extractText(t, tt.body)
		want := feed.Live
		if tt.reason != "" {
			want = feed.Held
		}
		if e.Status != want || e.Reason != tt.reason || e.Until.String() != tt.until {
			t.Errorf("%s: %s, %q, until %q, want %s, %q, until %q", tt.name, e.Status, e.Reason, e.Until, want, tt.reason, tt.until)
		}
	}
}

func TestMinor(t *testing.T) {
	if e := extractText(t, "---\nminor: true\n---\n"+quayBody); !e.Minor {
		t.Error("minor: true is not told")
	}
}

// A page that tells when it was last changed, and no more, was published then or
// before: the time of its file says less.
func TestPublishedByTheLastChange(t *testing.T) {
	const page = `<title>Lamp lit</title><meta property="article:modified_time" content="2026-02-03T10:00:00Z"><article><p>The lamp was lit on the pier.</p></article>`
	e, err := newExtractor(t).Extract(feed.Document{Path: "a.html", ModTime: fileTime, Data: []byte(page)})
	if err != nil {
		t.Fatal(err)
	}
	if got := e.Published.String(); got != "2026-02-03T10:00:00Z" || !e.Inferred || e.From.Published.Source != "article:modified_time, of the last change" {
		t.Errorf("published = %s (inferred %v) from %q", got, e.Inferred, e.From.Published.Source)
	}
}

// The day of an instant in UTC is that of the site's own clock, where the page
// shows it; the instant is the same.
func TestPublishedByTheClockOfThePage(t *testing.T) {
	const published, updated = `<meta property="article:published_time" content="2026-02-04T06:35:00+00:00">`, `<meta property="article:modified_time" content="2026-02-04T09:00:00-08:00">`
	const text = `<title>Lamp lit</title><article><p>The lamp was lit on the pier.</p></article>`
	tests := []struct{ name, path, doc, want string }{
		{"a page with its own time", "a.html", published + updated + text, "2026-02-03T22:35:00-08:00"},
		{"a page without", "a.html", published + text, "2026-02-04T06:35:00Z"},
		{"front matter", "a.md", "---\ndate: 2026-02-04T06:35:00Z\nupdated: 2026-02-04T09:00:00-08:00\n---\nThe lamp was lit.\n", "2026-02-04T06:35:00Z"},
	}
	for _, tt := range tests {
		e, err := newExtractor(t).Extract(feed.Document{Path: tt.path, ModTime: fileTime, Data: []byte(tt.doc)})
		if err != nil {
			t.Fatal(err)
		}
		if got := e.Published.String(); got != tt.want {
			t.Errorf("%s: published = %s, want %s", tt.name, got, tt.want)
		}
	}
}
