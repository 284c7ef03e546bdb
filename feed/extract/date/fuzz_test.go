package date_test

import (
	"strings"
	"testing"

	"seedfeed/feed/extract/date"
)

func FuzzFind(f *testing.F) {
	for _, tt := range findTests {
		f.Add(tt.in)
	}
	f.Add("١٤ كانون \xff الثاني 2026")
	f.Add("2026年2月13～2月１日")
	f.Add("-05:00 14 Feb 26 1:00 (UTC")
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, d := range date.Find(s) {
			if d.Start < end || d.Start >= d.End || d.End > len(s) {
				t.Fatalf("%v at %d-%d, after %d, of %d bytes", d, d.Start, d.End, end, len(s))
			}
			end = d.End
			check(t, s, d)
		}
		if d, ok := date.Prefix(s); ok {
			check(t, s, d)
		}
		if d, ok := date.Parse(s); ok {
			check(t, s, d)
		}
		if d, ok := date.InName(s); ok {
			check(t, s, d)
		}
	})
}

// check fails unless d is a date that can be, and its words alone are the same
// date again.
func check(t *testing.T, s string, d date.Date) {
	t.Helper()
	words := s[d.Start:d.End]
	if d.Month < 1 || d.Month > 12 || d.Day < 0 || d.Day > 31 || d.Year < 0 || d.Year == 0 && d.Day == 0 || d.Weekday < -1 || d.Weekday > 6 {
		t.Fatalf("%q is %+v", words, d)
	}
	if d.Clock && (d.Hour > 23 || d.Minute > 59 || d.Second > 60) || d.Offset < -15*3600 || d.Offset > 15*3600 {
		t.Fatalf("%q is %+v", words, d)
	}
	if d.Full() {
		if _, _, day := d.Time().Date(); day != d.Day && d.Second < 60 {
			t.Fatalf("%q is %v, and in time %v", words, d, d.Time())
		}
	}
	if d.Range {
		return
	}
	if again, ok := date.Parse(words); ok && again.String() != d.String() {
		t.Fatalf("%q of %q is %v, alone %v", words, s, d, again)
	}
}

// BenchmarkFind looks for dates in a wire story of 2.5 KB, and in the candidates
// of which a text has many.
func BenchmarkFind(b *testing.B) {
	story := strings.Repeat("HARBOUR, Azerbaijan, Feb 26 - The council met for 3 hours on Tuesday to vote on 1,200 mln dlrs "+
		"for the bridge, which the town has wanted since March 1985, and may vote again.\n", 14)
	for name, s := range map[string]string{
		"story":   story,
		"english": "on Saturday, February 14, 2026, at 10:15 a.m. EST",
		"german":  "am Samstag, den 14. Februar 2026, 14.20 Uhr",
		"russian": "с 28 февраля по 1 марта 2026 года",
		"chinese": "2026年2月14日",
		"iso":     "2026-02-14T10:15:00+04:00",
		"none":    "1,200 mln dlrs in 1985 for 31 of 12.5",
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				for d := range (date.Grammar{}).All(s) {
					_ = d
				}
			}
		})
	}
}

// BenchmarkPrefix asks of a paragraph whether it starts with a date.
func BenchmarkPrefix(b *testing.B) {
	for name, s := range map[string]string{
		"none": "The council met for 3 hours on Tuesday to vote on 1,200 mln dlrs for the bridge, which the town has wanted since 1985.",
		"date": "Feb 26 (Agency) - The council met for 3 hours on Tuesday to vote on 1,200 mln dlrs for the bridge.",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				date.Prefix(s)
			}
		})
	}
}

// However a text is made, the search looks a bounded way around each digit. If it
// did not, it would not come to the end of a megabyte: a hundred times the work of
// ten kilobytes would be ten thousand times.
func TestFindComesToAnEnd(t *testing.T) {
	for _, unit := range []string{"1", "1 ", "14 ", "February ", "1 - ", "14 Feb ", "1:", "1.", "月", "二", "2月", "٣ ", "Saturday, ", " ", "\n", "14.2.-", "(1"} {
		s := strings.Repeat(unit, 1<<20/len(unit))
		end := 0
		for d := range (date.Grammar{}).All(s) {
			if d.Start < end {
				t.Fatalf("%q: a date at %d, after %d", unit, d.Start, end)
			}
			end = d.End
		}
		date.Parse(s)
		date.Prefix(s)
		date.InName(s)
	}
}
