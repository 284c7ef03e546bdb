package publish_test

import (
	"strings"
	"testing"
	"time"
)

// An embargo that can not be read holds until somebody approves the text, and an
// edited text is another one.
func TestReleaseIsForOneText(t *testing.T) {
	s := newSite(t)
	sample(s)
	const line = "EMBARGOED until the minister has spoken\n\n"
	s.write("wire/a.txt", line+wire("Harbour board meets", "Quagga."))
	s.run()
	if got := s.paths()["wire/a.txt"]; !strings.HasPrefix(got, "held the embargo") || len(s.leaks("Quagga")) != 0 {
		t.Fatalf("%q, %v", got, s.leaks("Quagga"))
	}
	_, err := s.publisher.Release(t.Context(), "wire/a.txt")
	s.must(err)
	s.later(time.Minute)
	first := s.item("Harbour board meets")
	if len(s.leaks("Quagga")) == 0 || len(s.leaks("EMBARGOED")) != 0 {
		t.Errorf("approved: %v, the embargo is in %v", s.leaks("Quagga"), s.leaks("EMBARGOED"))
	}
	s.publisher.Version = "another" // every document is read again
	s.later(time.Minute)
	sameIdentity(t, "read again", first, s.item("Harbour board meets"))
	s.now = s.now.Add(time.Hour)
	s.write("wire/a.txt", line+wire("Harbour board meets", "Quagga and Zanzibar."))
	s.run()
	if found := append(s.leaks("Quagga"), s.leaks("Zanzibar")...); len(found) != 0 {
		t.Errorf("the edited text is in %v", found)
	}
}

// A date in front matter that is still to come gives way too.
func TestReleaseBeforeItsTime(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.story("later.md", "Zanzibar tomorrow", "2026-03-12")
	s.run()
	_, err := s.publisher.Release(t.Context(), "later.md")
	s.must(err)
	s.later(time.Minute)
	if got := s.item("Zanzibar tomorrow").Published; got.After(s.now) {
		t.Errorf("published %s, which is still to come", got)
	}
}

func TestWhatCanNotBeReleased(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.write("wire/a.txt", wire("Harbour board meets", "One."))
	s.write("wire/b.txt", wire("UPDATE 1-Harbour board meets", "Two."))
	s.write("wire/kill.txt", "MANDATORY KILL\n\nEditors: kill the story headlined \"Quay is closed\".\n")
	s.run()
	for what, want := range map[string]string{
		"wire/a.txt":    "wire/a.txt is replaced by wire/b.txt, whose text is public",
		"wire/b.txt":    "wire/b.txt is not held: it is live",
		"wire/kill.txt": "wire/kill.txt is an advisory to editors, and never public",
		"none.txt":      `"none.txt": nothing was published under this id, path or address`,
	} {
		if _, err := s.publisher.Release(t.Context(), what); err == nil || err.Error() != want {
			t.Errorf("Release(%q) = %v, want %s", what, err, want)
		}
	}
}
