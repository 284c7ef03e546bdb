//go:build unix

package extract_test

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"seedfeed/feed"
)

// processorTime returns what the process has had of the processor so far. Other
// programs, which a clock would measure too, take no part in it.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Eight times the text takes about eight times the work. Were something read again
// for each line, tag or sentence, it would be sixty-four times, so there is room
// for all that a machine does beside. The larger sizes are those that hostile
// files have: a line of ten megabytes, a million short lines, 100,000 tags in each
// other.
func TestWorkGrowsLinearly(t *testing.T) {
	const times, most = 8, 24
	shapes := []struct {
		name, path string
		n          int // the smaller of the two sizes that count
		text       func(n int) string
	}{
		{"one line", "a.txt", 10 << 20 / times / 27, func(n int) string { return "BAKU, March 3. " + strings.Repeat("The lamp was lit on 3 May. ", n) }},
		{"one word", "a.txt", 10 << 20 / times / 4, func(n int) string { return strings.Repeat("lamp", n) }},
		{"one sentence of stops", "a.txt", 10 << 20 / times / 8, func(n int) string { return strings.Repeat("e.g. a. ", n) }},
		{"short lines", "a.txt", 1e6 / times, func(n int) string { return strings.Repeat("lamp\n", n) }},
		{"short paragraphs", "a.txt", 1e6 / times / 4, func(n int) string { return strings.Repeat("By lamp.\n\n", n) }},
		{"references", "a.txt", 1e6 / times, func(n int) string { return strings.Repeat("&amp; ", n) }},
		{"lines of Markdown", "a.md", 3e5 / times, func(n int) string { return strings.Repeat("lamp *was*\n", n) }},
		{"quotations in quotations", "a.md", 1e5 / times, func(n int) string { return strings.Repeat(">", n) + " lamp" }},
		{"tags in tags", "a.html", 1e5 / times, func(n int) string { return strings.Repeat("<div>", n) + "lamp" }},
		{"marks in marks", "a.html", 1e5 / times / 2, func(n int) string { return strings.Repeat("<b><i>", n) + "lamp" }},
		{"paragraphs of a page", "a.html", 2e4 / times, func(n int) string { return strings.Repeat("<p>The lamp was lit on 3 May.</p>\n", n) }},
		{"one paragraph of a page", "a.html", 1e5 / times, func(n int) string { return "<p>" + strings.Repeat("The lamp was lit on 3 May. ", n) }},
	}
	x := newExtractor(t)
	for _, shape := range shapes {
		work := func(n int) time.Duration {
			doc := feed.Document{Path: shape.path, ModTime: fileTime, Data: []byte(shape.text(n))}
			least := time.Hour
			for range 2 {
				start := processorTime(t)
				if _, err := x.Extract(doc); err != nil {
					t.Fatal(err)
				}
				least = min(least, processorTime(t)-start)
			}
			return least
		}
		const unmeasured = time.Millisecond // less is not told apart
		before := work(shape.n / times)
		for _, n := range [...]int{shape.n, shape.n * times} { // the larger one would take for ever if the smaller grew
			now := work(n)
			if now > most*max(before, unmeasured) {
				t.Errorf("%s: %v for %d, but %v for %d", shape.name, before, n/times, now, n)
				break
			}
			before = now
		}
	}
}
