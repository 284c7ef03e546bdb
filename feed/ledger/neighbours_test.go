package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// compareNeighbours checks those of every record, also of one that is not
// public: its place is between others.
func (m model) compareNeighbours(t *testing.T, l *ledger.Ledger) {
	t.Helper()
	var all []ledger.Record
	for _, rec := range m.records {
		all = append(all, rec)
	}
	checkNeighbours(t, l, all)
}

func checkNeighbours(t *testing.T, l *ledger.Ledger, all []ledger.Record) {
	t.Helper()
	live := latest(all, "", len(all))
	i := 0
	for h, err := range l.Headings(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if i < len(live) {
			want := live[i]
			diff(t, fmt.Sprintf("heading %d", i), h, ledger.Heading{ID: want.ID, Title: want.Title, Address: want.Address, Published: want.Published})
		}
		i++
	}
	if i != len(live) {
		t.Errorf("%d headings of %d public entries", i, len(live))
	}
	for _, rec := range all {
		var older, newer ledger.Record // the zero record is none
		for _, other := range live {
			entry := func(r ledger.Record) feed.Entry {
				return feed.Entry{ID: r.ID, Published: feed.Date{Time: r.Published}}
			}
			switch order := feed.Newest(entry(rec), entry(other)); {
			case order > 0:
				newer = other
			case order < 0 && older.ID == "":
				older = other
			}
		}
		gotOlder, gotNewer, hasOlder, hasNewer, err := l.Around(t.Context(), rec)
		if err != nil {
			t.Fatal(err)
		}
		diff(t, "older than "+rec.ID, gotOlder, older)
		diff(t, "newer than "+rec.ID, gotNewer, newer)
		if hasOlder != (older.ID != "") || hasNewer != (newer.ID != "") {
			t.Errorf("Around(%q) has an older one: %v, a newer one: %v", rec.ID, hasOlder, hasNewer)
		}
	}
}

// Entries of one instant are told apart by their ids, whatever they look like.
func TestAroundAmongEntriesOfOneInstant(t *testing.T) {
	l := newLedger(t)
	if _, _, older, newer, err := l.Around(t.Context(), record("a.txt", 0)); older || newer || err != nil {
		t.Errorf("in an empty ledger: %v, %v, %v", older, newer, err)
	}
	ids := []string{
		"a", "urn:uuid:", "urn:uuid:0", "urn:uuid:00", "urn:uuid:000", "urn:uuid:0001", "urn:uuid:00012", "urn:uuid:001",
		"tag:news.example.org,2026:1", "tag:news.example.org,2026:2", "tag:news.example.org,2026:10",
		"https://пример.example/новости/1", "https://пример.example/новости/2", "ééééééééééé", "éééééééééééé", "éééééééééééée", "日本", "\U0001f331",
	}
	var all []ledger.Record
	for hour := range 2 {
		for i, id := range ids {
			rec := record(fmt.Sprintf("%d/%d.txt", hour, i), hour)
			rec.ID = id + fmt.Sprint(hour)
			if i%5 == 4 {
				rec.Status = feed.Withdrawn
			}
			all = append(all, rec)
		}
	}
	put(t, l, all...)
	checkNeighbours(t, l, all)
}

// There may be more headings than are asked for at once, also of one instant.
func TestHeadingsOfMany(t *testing.T) {
	l := newLedger(t)
	var all []ledger.Record
	for i := range 2600 {
		rec := record(fmt.Sprintf("%04d.txt", i), i/1700)
		rec.ID = fmt.Sprintf("urn:uuid:%04x", i*7919%65536)
		all = append(all, rec)
	}
	put(t, l, all...)
	want := latest(all, "", len(all))
	for h, err := range l.Headings(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if len(want) == 0 || h.ID != want[0].ID {
			t.Fatalf("%q comes where %d are left", h.ID, len(want))
		}
		want = want[1:]
	}
	if len(want) > 0 {
		t.Errorf("%d are left out", len(want))
	}
	for _, err := range l.Headings(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		break // who has seen enough may leave
	}
}

// A record is found among its neighbours by what the ledger keeps of its time.
func TestAroundTakesTimesAsTheyCome(t *testing.T) {
	l := newLedger(t)
	rec, before, after := record("a.txt", 0), record("b.txt", 0), record("c.txt", 0)
	before.ID, rec.ID, after.ID = "urn:a", "urn:b", "urn:c"
	rec.Published = monday.Add(500 * time.Microsecond).In(time.FixedZone("", 3600))
	put(t, l, before, rec, after)
	older, newer, _, _, err := l.Around(t.Context(), rec)
	if older.ID != after.ID || newer.ID != before.ID || err != nil {
		t.Errorf("Around = %q, %q, %v, want %q, %q", older.ID, newer.ID, err, after.ID, before.ID)
	}
}

func TestTombstonesAreOfWhatWasPublic(t *testing.T) {
	l := newLedger(t)
	ended := func(path string, status feed.Status, hours int) ledger.Record {
		rec := gone(record(path, 0), hours)
		rec.Status, rec.Reason = status, "why"
		return rec
	}
	draft := ended("draft.txt", feed.Withdrawn, 9)
	draft.WasLive = false
	a, b, c := ended("a.txt", feed.Gone, 1), ended("news/b.txt", feed.Withdrawn, 2), ended("news/world/c.txt", feed.Gone, 3)
	put(t, l, a, b, c, draft, record("live.txt", 9), ended("expired.txt", feed.Expired, 9), ended("newsroom/d.txt", feed.Gone, 4))
	tests := []struct {
		section string
		since   int
		want    []ledger.Record
	}{
		{"news", 0, []ledger.Record{c, b}},
		{"news", 3, []ledger.Record{c}},
		{"news/world", 4, nil},
		{"", 5, nil},
	}
	for _, tt := range tests {
		got := must(l.Tombstones(t.Context(), tt.section, monday.Add(time.Duration(tt.since)*time.Hour)))(t)
		diff(t, fmt.Sprintf("Tombstones(%q, %d)", tt.section, tt.since), got, tt.want)
	}
	if all := must(l.Tombstones(t.Context(), "", time.Time{}))(t); len(all) != 4 {
		t.Errorf("%d tombstones of all times, want 4", len(all))
	}
}
