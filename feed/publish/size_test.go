package publish_test

import (
	"fmt"
	"strings"
	"testing"
)

// A feed has at most a megabyte, and a document of the archive ten. What had to
// be left out is said.
func TestSizes(t *testing.T) {
	s := newSite(t)
	const documents = 3
	for i := range documents {
		s.write(fmt.Sprintf("%d.md", i), fmt.Sprintf("---\ntitle: Story %d\ndate: 2026-01-0%d\nsummary: In short.\n---\n", i, i+1)+strings.Repeat("The keeper of the light said that the lamp is lit. ", 70_000))
	}
	s.run()
	out := s.out()
	for name, most := range map[string]int{"rss.xml": 1_000_000, "atom.xml": 1_000_000, "feed.json": 1_000_000, "archive/2026-01.xml": 10_000_000} {
		if n := len(out[name]); n == 0 || n > most {
			t.Errorf("%s has %d bytes, want at most %d", name, n, most)
		}
		if n := strings.Count(out[name], "In short."); n != documents {
			t.Errorf("%s has the summaries of %d entries, want %d", name, n, documents)
		}
	}
	for _, want := range []string{
		`level=WARN msg="a feed would be too large; its largest entries have only their summary in it, and the oldest may be left out" feed=https://news.example.org/ summaries=3 left_out=0 tombstones=0`,
		`level=WARN msg="an archive would be too large; its largest entries have only their summary in it" archive=https://news.example.org/archive/2026-01.xml summaries=1`,
	} {
		if !strings.Contains(s.log.String(), want) {
			t.Errorf("the log does not have\n%s\nbut\n%s", want, s.log.String())
		}
	}
}
