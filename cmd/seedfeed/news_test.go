package main

import (
	"bytes"
	"testing"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/render"
)

// Subscribers are told what they would see, and not that a date or a link of the
// feed alone has changed.
func TestNewsOf(t *testing.T) {
	day := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	before := func() feed.Feed {
		return feed.Feed{
			ID: "urn:uuid:1", URL: "https://example.org/", Title: "Site", Description: "All", Updated: day,
			Archive: feed.Archive{Previous: "https://example.org/archive/2026-01.xml"},
			Entries: []feed.Entry{{
				ID: "urn:uuid:2", URL: "https://example.org/entries/a.html", Title: "First light", Summary: "The lamp is lit.",
				Published: feed.Date{Time: day}, Updated: feed.Date{Time: day}, Content: "<p>The lamp is lit. &lt;item&gt;</p>",
			}},
		}
	}
	tests := []struct {
		name   string
		change func(f *feed.Feed)
		news   bool
	}{
		{"nothing", func(*feed.Feed) {}, false},
		{"when it last changed", func(f *feed.Feed) { f.Updated = day.Add(time.Hour) }, false},
		{"its archive", func(f *feed.Feed) { f.Archive.Previous = "https://example.org/archive/2026-02.xml" }, false},
		{"the first archive", func(f *feed.Feed) { f.Archive.Previous = "" }, false},
		{"its title", func(f *feed.Feed) { f.Title = "Other" }, true},
		{"the title of an entry", func(f *feed.Feed) { f.Entries[0].Title = "Second wind" }, true},
		{"the text of an entry", func(f *feed.Feed) { f.Entries[0].Content = "<p>It is out.</p>" }, true},
		{"an entry is gone", func(f *feed.Feed) { f.Entries = nil }, true},
	}
	for _, format := range render.Formats() {
		news := func(change func(f *feed.Feed)) []byte {
			f := before()
			change(&f)
			var b bytes.Buffer
			if err := format.Write(&b, f); err != nil {
				t.Fatal(err)
			}
			return newsOf(format.File, b.Bytes())
		}
		was := news(func(*feed.Feed) {})
		for _, tt := range tests {
			if got := !bytes.Equal(news(tt.change), was); got != tt.news {
				t.Errorf("%s, %s: news %v, want %v", format.File, tt.name, got, tt.news)
			}
		}
	}
	// In Atom, when an entry changed is told to who reads it.
	entry := []byte("<feed><updated>1</updated><entry><updated>1</updated></entry></feed>")
	if got, want := newsOf("atom.xml", entry), "<feed><entry><updated>1</updated></entry></feed>"; string(got) != want {
		t.Errorf("news %s, want %s", got, want)
	}
}
