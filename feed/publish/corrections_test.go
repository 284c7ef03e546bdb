package publish_test

import (
	"strings"
	"testing"
	"time"
)

// What a document says that it corrects is the reason of the change that it came
// with, and of no later one; also where it is all that has changed.
func TestCorrectionIsToldOnce(t *testing.T) {
	s := newSite(t)
	sample(s)
	pier := func(matter, text string) {
		t.Helper()
		s.write("pier.md", "---\ntitle: The pier\ndate: 2026-03-03\n"+matter+"---\n"+text+"\n")
		s.later(time.Hour)
	}
	told := func(what string) int {
		page := s.out()["corrections/index.html"]
		return strings.Count(page, what)
	}
	pier("", "The old pier is to be mended before the summer, the town has said.")
	pier("correction: It was the old one.\n", "The very old pier is to be mended before the summer, the town has said.")
	pier("correction: It was the old one.\n", "The very old pier is to be mended before the summer, the mayor has said.")
	if why, changes := told("Why: It was the old one.</p>"), told("Changed: The pier"); why != 1 || changes != 2 {
		t.Errorf("of %d changes %d have the reason of the first:\n%s", changes, why, s.out()["corrections/index.html"])
	}
	pier("correction: [It was the old one., It is in the harbour.]\n", "The very old pier is to be mended before the summer, the mayor has said.")
	if told("Why: It is in the harbour.</p>") != 1 || told("Changed: The pier") != 3 || told("Only links") != 0 || told("Added") != 0 {
		t.Errorf("a correction alone:\n%s", s.out()["corrections/index.html"])
	}
	if got := s.item("The pier"); !strings.HasSuffix(strings.TrimSpace(got.Content), "<p><strong>Correction:</strong> It is in the harbour.</p>") || !got.Updated.Equal(s.now) {
		t.Errorf("updated %s, content %s", got.Updated, got.Content)
	}
}
