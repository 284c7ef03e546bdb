package render_test

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"seedfeed/feed"
	"seedfeed/feed/render"
)

// sizes of the content of a feed's entries, in the order of the feed.
func sized(sizes ...int) feed.Feed {
	f := feed.Feed{ID: "urn:f", URL: "https://a.example/", Title: "T", Description: "D"}
	for i, size := range sizes {
		f.Entries = append(f.Entries, feed.Entry{
			ID: "urn:" + string(rune('a'+i)), URL: "https://a.example/e", Title: "T", Summary: "In short.",
			Content: "<p>" + strings.Repeat("x", size) + "</p>",
		})
	}
	return f
}

func TestFit(t *testing.T) {
	tests := []struct {
		name  string
		feed  feed.Feed
		limit int
		cut   string // the last letters of the ids, largest content first
	}{
		{"fits", sized(100, 200), 100_000, ""},
		{"fits, if hardly", sized(30_000), 31_500, ""},
		{"one is enough", sized(1_000, 90_000, 2_000), 50_000, "b"},
		{"no more than needed", sized(30_000, 30_001, 30_002), 65_000, "c"},
		{"the largest first", sized(30_000, 30_001, 30_002), 35_000, "cb"},
		{"equal sizes by id", sized(20_000, 20_000, 20_000), 50_000, "a"},
		{"all, and still too large", sized(500), 10, "a"},
		{"no content at all", feed.Feed{URL: "https://a.example/", Entries: []feed.Entry{{ID: "urn:a"}}}, 10, ""},
	}
	for _, tt := range tests {
		before := slices.Clone(tt.feed.Entries)
		fitted, cut := render.Fit(tt.feed, tt.limit)
		var got string
		for _, id := range cut.Contents {
			got += id[len(id)-1:]
		}
		if got != tt.cut {
			t.Errorf("%s: cut %q, want %q", tt.name, got, tt.cut)
		}
		if diff := cmp.Diff(before, tt.feed.Entries); diff != "" {
			t.Errorf("%s: the feed that was given changed: %s", tt.name, diff)
		}
		for i, e := range fitted.Entries {
			want := before[i]
			if slices.Contains(cut.Contents, e.ID) {
				want.Content = ""
			}
			if diff := cmp.Diff(want, e); diff != "" {
				t.Errorf("%s: entry (-want +got):\n%s", tt.name, diff)
			}
		}
		for _, format := range render.Formats() {
			data := write(t, format, fitted)
			if tt.limit > 10 && len(data) > tt.limit {
				t.Errorf("%s: %s has %d bytes, want at most %d", tt.name, format.Name, len(data), tt.limit)
			}
			if tt.feed.ID == "" {
				continue
			}
			for _, finding := range lints[format.File](data) {
				t.Errorf("%s, %s: %s", tt.name, format.Name, finding)
			}
		}
	}
}

// What no content can save is saved by leaving out what is oldest: of the feed
// the first entries stay, and the marks of what went last.
func TestFitLeavesOut(t *testing.T) {
	long := strings.Repeat("In short. ", 1_000)
	summaries := sized(slices.Repeat([]int{10}, 20)...)
	for i := range summaries.Entries {
		summaries.Entries[i].Summary = long
	}
	stones := sized(1_000, 2_000)
	for i := range 1_000 {
		stones.Tombstones = append(stones.Tombstones, feed.Tombstone{ID: "urn:gone:" + strconv.Itoa(i), When: never})
	}
	both := sized(1_000, 2_000)
	both.Tombstones = stones.Tombstones
	for i := range both.Entries {
		both.Entries[i].Summary = long
	}
	tests := []struct {
		name  string
		feed  feed.Feed
		limit int
		want  render.Cut // but for the ids
		cut   int        // contents
	}{
		{"long summaries", summaries, 55_000, render.Cut{Entries: 15}, 20},
		{"not even one has room", summaries, 5_000, render.Cut{Entries: 19}, 20},
		{"many tombstones", stones, 50_000, render.Cut{Tombstones: 472}, 0},
		{"both", both, 18_000, render.Cut{Tombstones: 900, Entries: 1}, 2},
	}
	for _, tt := range tests {
		fitted, cut := render.Fit(tt.feed, tt.limit)
		if len(cut.Contents) != tt.cut {
			t.Errorf("%s: %d entries gave their content, want %d", tt.name, len(cut.Contents), tt.cut)
		}
		cut.Contents = nil
		if diff := cmp.Diff(tt.want, cut); diff != "" {
			t.Errorf("%s: cut (-want +got):\n%s", tt.name, diff)
		}
		if size := largest(t, fitted); size > tt.limit && len(fitted.Entries) > 1 {
			t.Errorf("%s: %d bytes, want at most %d", tt.name, size, tt.limit)
		}
		for i, e := range fitted.Entries {
			if e.ID != tt.feed.Entries[i].ID {
				t.Errorf("%s: entry %d is %s", tt.name, i, e.ID)
			}
		}
		if len(fitted.Entries)+cut.Entries != len(tt.feed.Entries) || len(fitted.Tombstones)+cut.Tombstones != len(tt.feed.Tombstones) {
			t.Errorf("%s: %d entries and %d tombstones are left", tt.name, len(fitted.Entries), len(fitted.Tombstones))
		}
	}
}

// A document of the archive has all entries, whatever its size.
func TestArchiveWithin(t *testing.T) {
	f := sized(30_000, 30_001, 100)
	f.Archive.Current = "https://a.example/atom.xml"
	for limit, want := range map[int]int{1_000_000: 0, 100_000: 0, 63_000: 0, 40_000: 1, 10: 3} {
		var document bytes.Buffer
		contents, err := render.ArchiveWithin(&document, f, limit)
		if err != nil || len(contents) != want || bytes.Count(document.Bytes(), []byte("<entry")) != len(f.Entries) {
			t.Errorf("at most %d bytes: %d entries gave their content, want %d, error = %v", limit, len(contents), want, err)
		}
		if limit > 10 && document.Len() > limit {
			t.Errorf("at most %d bytes: %d", limit, document.Len())
		}
		fitted := f
		fitted.Entries = slices.Clone(f.Entries)
		for i, e := range fitted.Entries {
			if slices.Contains(contents, e.ID) {
				fitted.Entries[i].Content = ""
			}
		}
		var again bytes.Buffer
		if err := render.Archive(&again, fitted); err != nil || !bytes.Equal(document.Bytes(), again.Bytes()) {
			t.Errorf("at most %d bytes: not the document of the feed without these contents: %v", limit, err)
		}
	}
	broken := errors.New("broken")
	for _, limit := range []int{1_000_000, 63_000, 10} {
		if _, err := render.ArchiveWithin(brokenWriter{broken}, f, limit); !errors.Is(err, broken) {
			t.Errorf("at most %d bytes: error = %v, want that of the writer", limit, err)
		}
	}
}

type brokenWriter struct{ err error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.err }

// An entry that has no summary keeps its first words.
func TestFitKeepsFirstWords(t *testing.T) {
	f := sized(10_000)
	f.Entries[0].Summary, f.Entries[0].Content = "", "<p>The lamp is lit, and the boats come in.</p><table>"+strings.Repeat("<tr><td>1</td></tr>", 1_000)+"</table>"
	fitted, _ := render.Fit(f, 2_000)
	if got := fitted.Entries[0].Summary; !strings.HasPrefix(got, "The lamp is lit, and the boats come in.") {
		t.Errorf("summary = %q", got)
	}
	for _, format := range render.Formats() {
		if data := write(t, format, fitted); bytes.Contains(data, []byte("table")) || !bytes.Contains(data, []byte("The lamp is lit")) {
			t.Errorf("%s: %s", format.Name, data)
		}
	}
}

// No string is so dense that a feed which is too large is taken for one that fits.
func TestFitWeighs(t *testing.T) {
	for _, dense := range []string{"&", "<", ">", "]]>", "\"", "\\", "\n", "\t", "\u2028", "ü", "R&D ", "é\x00", "&amp;", "<b>", "'"} {
		long := strings.Repeat(dense, 2_000)
		f := sized(0)
		f.Title, f.Description, f.Copyright, f.URL = long, long, long, "https://a.example/"+strings.ReplaceAll(long, "/", "")
		f.Tombstones = []feed.Tombstone{{ID: "urn:" + long, Reason: long, When: never}}
		f.Entries[0] = feed.Entry{
			ID: "urn:" + long, URL: "https://a.example/" + long, Title: long, Summary: long, Content: "<p>" + long, Agency: long, Place: long,
			Authors: []feed.Person{{Name: long, URI: "https://a.example/" + long}}, Categories: []string{long},
			Image:      &feed.Image{URL: "https://a.example/" + long, Alt: long},
			Enclosures: []feed.Enclosure{{URL: "https://a.example/e" + long, Title: long}},
		}
		limit := largest(t, f) - 1
		if _, cut := render.Fit(f, limit); len(cut.Contents) != 1 {
			t.Errorf("%q: a feed of %d bytes fits into %d", dense, limit+1, limit)
		}
	}
}

var never = time.Date(2005, 12, 1, 0, 0, 0, 0, time.UTC)

// largest is the size of the largest form of a feed.
func largest(t *testing.T, f feed.Feed) int {
	t.Helper()
	var most int
	for _, format := range render.Formats() {
		most = max(most, len(write(t, format, f)))
	}
	return most
}

// A feed that is far from the limit is not even weighed.
func BenchmarkFit(b *testing.B) {
	for _, size := range []int{3_000, 60_000} {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			f := sized(slices.Repeat([]int{size}, 30)...)
			b.ReportAllocs()
			for b.Loop() {
				render.Fit(f, 1_000_000)
			}
		})
	}
}
