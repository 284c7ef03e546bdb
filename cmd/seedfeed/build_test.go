package main

import (
	"fmt"
	"strings"
	"testing"

	"seedfeed/feed/publish"
)

// Of many documents that were known again some are named, and the rest is counted.
func TestWarnNamesSomeDecisions(t *testing.T) {
	for n, last := range map[int]string{
		0: "", 20: "seedfeed: note: 19.md: was 19.txt; the same bytes\n",
		21: "seedfeed: note: and 1 document more\n", 45: "seedfeed: note: and 25 documents more\n",
	} {
		var report publish.Report
		for i := range n {
			report.Decisions = append(report.Decisions, publish.Decision{Path: fmt.Sprintf("%d.md", i), Why: fmt.Sprintf("was %d.txt; the same bytes", i)})
		}
		var b strings.Builder
		warn(&b, report)
		if got := b.String(); !strings.HasSuffix(got, last) || strings.Count(got, "\n") != min(n, 21) {
			t.Errorf("%d decisions: %s", n, got)
		}
	}
}
