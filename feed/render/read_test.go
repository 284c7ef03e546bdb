package render_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"

	"seedfeed/feed"
	"seedfeed/feed/render"
)

// What a subscriber's parser reads is what the feed says, in each format.
func TestParserReads(t *testing.T) {
	type item struct {
		ID, URL, Title, Summary, Content string
		Published, Updated               string
		Authors, Tags                    []string
	}
	want := []item{
		{
			ID: edited().ID, URL: edited().URL, Title: edited().Title, Content: edited().Content,
			Summary:   "The tide office prints its tables a week earlier, if h < 3 m & the moon agrees.",
			Published: "2026-02-15T05:30:00Z", Updated: "2026-02-16T08:15:00Z",
			Authors: []string{"Ada Brine", "B. Keel"}, Tags: []string{"R&D", "Tides"},
		},
		{
			ID: ferry().ID, URL: ferry().URL, Title: ferry().Title, Content: ferry().Content, Summary: ferry().Summary,
			Published: "2026-02-14T12:00:00Z",
			Authors:   []string{"Coastwire"}, Tags: []string{"Ferries", "Islands"},
		},
		{
			ID: arabic().ID, URL: arabic().URL, Title: arabic().Title, Content: arabic().Content, Summary: arabic().Summary,
			Published: "2026-02-13T12:00:00Z", Tags: []string{"منارات"},
		},
	}
	f := herald()
	f.Entries = []feed.Entry{edited(), ferry(), arabic()}
	for _, format := range render.Formats() {
		t.Run(format.Name, func(t *testing.T) {
			parsed, err := gofeed.NewParser().Parse(bytes.NewReader(write(t, format, f)))
			if err != nil {
				t.Fatal(err)
			}
			if parsed.Title != f.Title || parsed.Link != f.URL || parsed.FeedLink != f.URL+format.File || parsed.Language != "en" {
				t.Errorf("feed = %q, %q, %q, %q", parsed.Title, parsed.Link, parsed.FeedLink, parsed.Language)
			}
			for i, p := range parsed.Items {
				got := item{ID: p.GUID, URL: p.Link, Title: p.Title, Summary: p.Description, Content: p.Content, Tags: p.Categories}
				if p.PublishedParsed != nil {
					got.Published = p.PublishedParsed.UTC().Format(time.RFC3339)
				}
				for _, a := range p.Authors {
					got.Authors = append(got.Authors, a.Name)
				}
				want := want[i]
				switch format.File {
				case "rss.xml": // its description is HTML, its authors are one line
					if i == 0 {
						want.Authors = []string{"Ada Brine, B. Keel"}
						want.Summary = "The tide office prints its tables a week earlier, if h &lt; 3 m &amp; the moon agrees."
					}
					want.Updated = ""
				case "atom.xml":
					want.Updated = ""
				case "feed.json":
					if i == 0 {
						want.Tags = []string{"R＆D", "Tides"}
					}
					if p.UpdatedParsed != nil {
						got.Updated = p.UpdatedParsed.UTC().Format(time.RFC3339)
					}
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("item %d (-want +got):\n%s", i, diff)
				}
			}
			if len(parsed.Items) != len(want) {
				t.Errorf("%d items, want %d", len(parsed.Items), len(want))
			}
		})
	}
}

// Atom's updated is distinct within a feed, the same in each feed that has the
// entry, never ahead of the run that found the edit, and does not move when
// another entry comes or the last one goes.
func TestAtomUpdatedIsDistinctAndStays(t *testing.T) {
	updates := func(f feed.Feed) map[string]string {
		root, err := parse(write(t, render.Formats()[1], f))
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, entry := range root.all("atom:entry") {
			out[entry.one("atom:id").text] = entry.one("atom:updated").text
		}
		return out
	}
	// Three edits of one run are of one instant.
	run := feed.Instant(time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC))
	old := herald()
	for i := range 3 {
		old.Entries[i].Updated = run
	}
	before := updates(old)
	seen := map[string]bool{}
	for id, at := range before {
		if seen[at] {
			t.Errorf("%s is updated at %s, as another is", id, at)
		}
		if at > "2026-03-01T10:00:00Z" {
			t.Errorf("%s is updated at %s, after the run", id, at)
		}
		seen[at] = true
	}
	grown, shrunk := old, old
	newer := ferry()
	newer.ID, newer.Published, newer.Updated = "urn:new", feed.Day(2026, time.March, 1), feed.Day(2026, time.March, 1)
	grown.Entries = append([]feed.Entry{newer}, old.Entries...)
	shrunk.Entries = old.Entries[:2]
	for _, f := range []feed.Feed{grown, shrunk} {
		for id, at := range updates(f) {
			if id != "urn:new" && before[id] != at {
				t.Errorf("%s was updated at %s, is at %s in a feed of %d entries", id, before[id], at, len(f.Entries))
			}
		}
	}
	if got := updates(world())[russian().ID]; got != before[russian().ID] {
		t.Errorf("the section says %s, the site %s", got, before[russian().ID])
	}
}

// What Atom has for the update of an entry is what the entry says, but for days
// without a time, which spread over ten minutes after noon.
func TestAtomUpdated(t *testing.T) {
	day := feed.Day(2026, time.February, 14)
	seen := feed.Date{Time: time.Date(2026, 2, 14, 8, 3, 7, 0, time.UTC), DayOnly: true}
	edit := feed.Instant(time.Date(2026, 2, 15, 8, 0, 0, 0, time.UTC))
	tests := []struct {
		name               string
		published, updated feed.Date
		from, to           string
	}{
		{"a day", day, day, "2026-02-14T12:00:00Z", "2026-02-14T12:09:59Z"},
		{"a day, never updated", day, feed.Date{}, "2026-02-14T12:00:00Z", "2026-02-14T12:09:59Z"},
		{"a day seen before noon", seen, seen, "2026-02-14T08:03:07Z", "2026-02-14T08:03:07Z"},
		{"a day, edited", day, edit, "2026-02-15T08:00:00Z", "2026-02-15T08:00:00Z"},
		{"an instant", edit, edit, "2026-02-15T08:00:00Z", "2026-02-15T08:00:00Z"},
		{"nothing", feed.Date{}, feed.Date{}, "2005-12-01T00:00:00Z", "2005-12-01T00:00:00Z"},
	}
	for _, tt := range tests {
		f := feed.Feed{ID: "urn:f", URL: "https://a.example/", Title: "T", Entries: []feed.Entry{{ID: "urn:e", URL: "https://a.example/e", Published: tt.published, Updated: tt.updated}}}
		root, err := parse(write(t, render.Formats()[1], f))
		if err != nil {
			t.Fatal(err)
		}
		got := root.one("atom:entry").one("atom:updated").text
		if got < tt.from || got > tt.to {
			t.Errorf("%s: updated = %s, want %s to %s", tt.name, got, tt.from, tt.to)
		}
	}
}

func BenchmarkFormats(b *testing.B) {
	f := herald()
	f.Entries = nil
	for i := range 30 {
		e := ferry()
		if i%3 == 0 {
			e = edited()
		}
		e.ID += string(rune('a' + i))
		f.Entries = append(f.Entries, e)
	}
	for _, format := range render.Formats() {
		b.Run(format.File, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(write(b, format, f))))
			var buf bytes.Buffer
			for b.Loop() {
				buf.Reset()
				if err := format.Write(&buf, f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkPages(b *testing.B) {
	site, e := heraldSite(), edited()
	trail := []render.Link{{Title: site.Title, URL: site.URL}, {Title: "Wire", URL: site.URL + "wire/"}}
	b.ReportAllocs()
	var buf bytes.Buffer
	press := (*render.Theme)(nil).Press()
	for b.Loop() {
		buf.Reset()
		if err := press.Entry(&buf, render.Article{Site: site, Entry: e, Trail: trail}); err != nil {
			b.Fatal(err)
		}
	}
}
