package extract

import (
	"os"
	"path/filepath"
	"testing"

	"seedfeed/feed"
)

// The content of a text is escaped as it is made and does not go through the
// sanitizer, which costs more than all the rest. It must be what the sanitizer
// would leave as it is.
func TestContentOfTextIsClean(t *testing.T) {
	x := New(Options{})
	for _, file := range fixtures(t, "testdata/docs/*.txt") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		e, err := x.Extract(feed.Document{Path: filepath.Base(file), Data: data})
		if err != nil {
			t.Fatal(err)
		}
		if got := x.sanitize("a.txt", e.Content); got != e.Content {
			t.Errorf("%s:\n%s\nis sanitized to\n%s", file, e.Content, got)
		}
	}
}
