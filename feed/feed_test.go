package feed_test

import (
	"fmt"
	"testing"
	"time"

	"seedfeed/feed"
)

func ExampleNewID() {
	fmt.Println(feed.NewID("news.example.org", "world/baku.txt"))
	// The same by Python: uuid5(uuid5(NAMESPACE_DNS, "news.example.org"), "world/baku.txt")
	// Output: urn:uuid:488a9c76-3fbd-5d47-9a48-a679255f3cff
}

func TestNewIDTellsApart(t *testing.T) {
	seen := map[string]string{}
	for _, authority := range []string{"a.example", "b.example"} {
		for _, path := range []string{"/", "news/", "news/a.txt", "news/b.txt", "a.txt"} {
			id := feed.NewID(authority, path)
			if other, ok := seen[id]; ok {
				t.Errorf("%s %s has the id of %s", authority, path, other)
			}
			seen[id] = authority + " " + path
		}
	}
}

func TestDate(t *testing.T) {
	baku := time.FixedZone("", 4*3600)
	tests := []struct {
		in   feed.Date
		want string
	}{
		{feed.Date{}, ""},
		{feed.Day(2026, time.February, 14), "2026-02-14"},
		{feed.Instant(time.Date(2026, 2, 14, 9, 30, 0, 5e8, baku)), "2026-02-14T09:30:00+04:00"},
		{feed.Instant(time.Date(2026, 2, 14, 9, 30, 0, 0, time.UTC)), "2026-02-14T09:30:00Z"},
	}
	for _, tt := range tests {
		if got := tt.in.String(); got != tt.want {
			t.Errorf("String() = %q, want %q", got, tt.want)
		}
	}
}

// The day that a reader shows is the day that the document names, wherever the
// reader is between UTC-12 and UTC+11.
func TestDayHoldsAroundTheWorld(t *testing.T) {
	day := feed.Day(2026, time.February, 14)
	for hours := -12; hours <= 11; hours++ {
		zone := time.FixedZone("", hours*3600)
		if got := day.Time.In(zone).Format(time.DateOnly); got != "2026-02-14" {
			t.Errorf("at UTC%+d the day is %s", hours, got)
		}
	}
}

func TestSortNewestFirstThenByID(t *testing.T) {
	entry := func(id string, day int) feed.Entry {
		return feed.Entry{ID: id, Published: feed.Day(2026, time.March, day)}
	}
	entries := []feed.Entry{entry("urn:c", 1), entry("urn:b", 2), entry("urn:a", 1), entry("urn:d", 3)}
	feed.Sort(entries)
	var got string
	for _, e := range entries {
		got += e.ID[4:]
	}
	if got != "dbac" {
		t.Errorf("order = %s, want dbac", got)
	}
}

func TestSectionOf(t *testing.T) {
	for path, want := range map[string]string{"a.txt": "", "news/a.txt": "news", "news/world/a.txt": "news/world"} {
		if got := feed.SectionOf(path); got != want {
			t.Errorf("SectionOf(%q) = %q, want %q", path, got, want)
		}
	}
}
