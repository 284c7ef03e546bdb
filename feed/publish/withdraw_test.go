package publish_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/publish"
)

func TestWithdrawAndRestore(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.run()
	before := s.item("Second wind")
	for _, what := range []string{"news/two.md", before.ID, before.URL} {
		s.now = s.now.Add(time.Hour)
		if _, err := s.publisher.Withdraw(t.Context(), what, "the figures were wrong"); err != nil {
			t.Fatal(err)
		}
		report := s.run()
		if report.Removed != 1 {
			t.Errorf("report = %s", report)
		}
		if found := s.shows("Second wind"); len(found) != 0 {
			t.Errorf("withdrawn by %s, it is still in %v", what, found)
		}
		if atom := s.out()["atom.xml"]; !strings.Contains(atom, `ref="`+before.ID+`"`) || !strings.Contains(atom, "the figures were wrong") {
			t.Error("no tombstone with the reason")
		}
		// An edit does not bring it back, nor a look at the folder.
		s.story("news/two.md", "Second wind, again", "2026-03-02")
		s.later(time.Hour)
		if found := s.shows("Second wind"); len(found) != 0 {
			t.Errorf("after an edit it is in %v", found)
		}
		if report := s.later(time.Hour); report.Written+report.Removed != 0 {
			t.Errorf("the next run: %s", report)
		}
		if _, err := s.publisher.Restore(t.Context(), what); err != nil {
			t.Fatal(err)
		}
		s.later(time.Hour)
		sameIdentity(t, "withdrawing and restoring", before, s.item("Second wind, again"))
		if strings.Contains(s.out()["atom.xml"], ` ref="`) {
			t.Error("the tombstone stays")
		}
	}
}

func TestWithdrawWhatIsNot(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.run()
	if _, err := s.publisher.Withdraw(t.Context(), "news/none.md", ""); !errors.Is(err, publish.ErrUnknown) {
		t.Errorf("error = %v", err)
	}
	if _, err := s.publisher.Restore(t.Context(), "one.md"); err == nil || err.Error() != "one.md is not withdrawn" {
		t.Errorf("error = %v", err)
	}
	if _, err := s.publisher.Withdraw(t.Context(), "one.md", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := s.publisher.Withdraw(t.Context(), "one.md", ""); err == nil || err.Error() != "one.md is withdrawn already" {
		t.Errorf("error = %v", err)
	}
}
