package render_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"seedfeed/feed"
	"seedfeed/feed/render"
)

// fuzzed is a feed all whose strings are those of the fuzzer.
func fuzzed(title, summary, content string) feed.Feed {
	return feed.Feed{
		ID: "urn:fuzz:feed", URL: "https://fuzz.example/", Title: title, Description: summary,
		Language: content, Copyright: content, Icon: title, Image: title, Updates: content,
		Authors:    []feed.Person{{Name: summary, Email: title}},
		Tombstones: []feed.Tombstone{{ID: "urn:fuzz:gone", When: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), Reason: summary}, {ID: title, When: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}},
		Entries: []feed.Entry{{
			ID: "urn:fuzz:1", URL: "https://fuzz.example/" + title, Title: title, Summary: summary, Content: content,
			Categories: []string{title, summary}, Authors: []feed.Person{{Name: title, URI: summary, Email: content}},
			Agency: title, Place: content, Language: summary,
			From:       feed.Provenance{Published: feed.Evidence{Source: title, Words: summary}},
			Image:      &feed.Image{URL: "https://fuzz.example/" + title, Alt: summary, Width: len(title), Height: len(summary)},
			Enclosures: []feed.Enclosure{{URL: "https://fuzz.example/" + summary, Type: title, Title: content, Length: int64(len(content))}, {URL: content, Type: summary}},
		}, {
			ID: "urn:fuzz:2" + title, URL: "https://fuzz.example/2", Summary: summary, Content: content,
			Published: feed.Day(2026, 1, 1), Agency: summary,
		}},
	}
}

func addSamples(f *testing.F) {
	f.Helper()
	f.Add("100%", "%4", "%zz")
	for _, sample := range samples() {
		f.Add(sample.Title, sample.Description, "")
		for _, e := range sample.Entries {
			f.Add(e.Title, e.Summary, e.Content)
		}
	}
}

// Whatever the strings of a feed hold, each format writes it by its rules.
func FuzzFormats(f *testing.F) {
	addSamples(f)
	f.Fuzz(func(t *testing.T, title, summary, content string) {
		sample := fuzzed(title, summary, content)
		for _, format := range render.Formats() {
			for _, finding := range lints[format.File](write(t, format, sample)) {
				t.Errorf("%s: %s", format.Name, finding)
			}
		}
		if limit := largest(t, sample) - 1; content != "" {
			if _, cut := render.Fit(sample, limit); cut.IsZero() {
				t.Errorf("a feed of %d bytes fits into %d", limit+1, limit)
			}
		}
		for _, finding := range lintArchive(written(t, func(w io.Writer) error { return render.Archive(w, archived(sample)) })) {
			t.Errorf("archive: %s", finding)
		}
	})
}

// Whatever the strings of an entry hold, they are text on a page: the page has
// the same elements as that of an entry without anything to escape.
func FuzzPages(f *testing.F) {
	addSamples(f)
	f.Fuzz(func(t *testing.T, title, summary, _ string) {
		sample := fuzzed("t"+title, "s"+summary, "")
		plain := fuzzed("t", "s", "")
		for i := range sample.Entries {
			plain.Entries[i].Language, sample.Entries[i].Language = "", ""
			plain.Entries[i].Categories, sample.Entries[i].Categories = nil, nil
			plain.Entries[i].Authors, sample.Entries[i].Authors = nil, nil
			plain.Entries[i].URL = sample.Entries[i].URL
			for _, e := range []*feed.Entry{&plain.Entries[i], &sample.Entries[i]} {
				e.Image, e.Enclosures = nil, []feed.Enclosure{{URL: "https://fuzz.example/a.pdf", Title: e.Title}}
			}
		}
		sample.Icon, sample.Image = "", ""
		if got, want := shape(t, sample), shape(t, plain); got != want {
			t.Errorf("elements of the pages:\n%s\nwant:\n%s", got, want)
		}
	})
}

// shape returns the elements of a feed's pages.
func shape(t *testing.T, f feed.Feed) string {
	t.Helper()
	site := render.Site{Title: f.Title, URL: f.URL, Description: f.Description}
	list := []render.Link{{Title: f.Title, URL: f.URL + "a/"}}
	image := &feed.Image{URL: "https://fuzz.example/a.png", Alt: f.Title}
	f.Entries[0].Image = image
	var pages bytes.Buffer
	if err := render.Index(&pages, render.Listing{Site: site, Feed: f, Heading: f.Title, Kind: "tag", Trail: list, Sections: list, Tags: list, Authors: list, Older: &list[0], Newer: &list[0]}); err != nil {
		t.Fatal(err)
	}
	if err := render.Entry(&pages, render.Article{Site: site, Entry: f.Entries[0], Trail: list, Tags: list, Authors: list, Older: &list[0], Newer: &list[0]}); err != nil {
		t.Fatal(err)
	}
	var elements []string
	tokens := html.NewTokenizer(&pages)
	for tokens.Next() != html.ErrorToken {
		if token := tokens.Token(); token.Type == html.StartTagToken || token.Type == html.EndTagToken || token.Type == html.CommentToken {
			name := token.Data
			for _, a := range token.Attr {
				name += " " + a.Key
			}
			elements = append(elements, name)
		}
	}
	return strings.Join(elements, "\n")
}
