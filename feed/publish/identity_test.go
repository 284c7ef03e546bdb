package publish_test

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// check compares an entry with what it was before, by what must not change.
func sameIdentity(t *testing.T, what string, before, after item) {
	t.Helper()
	if before.ID != after.ID || before.URL != after.URL || !before.Published.Equal(after.Published) {
		t.Errorf("%s changed the identity:\nfrom %s %s %s\nto   %s %s %s", what,
			before.ID, before.URL, before.Published, after.ID, after.URL, after.Published)
	}
}

func TestEditKeepsIdentityAndMovesUpdated(t *testing.T) {
	s := newSite(t)
	s.story("a.md", "First light", "2026-03-01")
	s.run()
	before := s.item("First light")
	if !before.Updated.Equal(before.Published) && !before.Updated.IsZero() {
		t.Errorf("a new entry was updated at %s", before.Updated)
	}
	s.now = s.now.Add(time.Hour)
	s.story("a.md", "Second light", "2026-03-01")
	if report := s.run(); report.Changed != 1 || report.New != 0 {
		t.Errorf("report = %s", report)
	}
	after := s.item("Second light")
	sameIdentity(t, "an edit", before, after)
	if !after.Updated.Equal(s.now) {
		t.Errorf("updated = %s, want %s", after.Updated, s.now)
	}
	if got := s.titles(""); got != "Second light" {
		t.Errorf("feed = %s", got)
	}
}

func TestEditThatNobodySeesMovesNothing(t *testing.T) {
	s := newSite(t)
	s.write("a.txt", "A headline stands here\n\nThe text of the story is here, in one line that is long. It goes on for a while.\n")
	s.run()
	before, files := s.items("")[0], s.out()
	s.now = s.now.Add(time.Hour)
	s.write("a.txt", "A headline stands here\n\n\nThe text of the story is here, in one\nline that is long.  It goes on for a while.\n")
	s.run()
	after := s.items("")[0]
	sameIdentity(t, "white space", before, after)
	if !after.Updated.Equal(before.Updated) {
		t.Errorf("white space moved updated from %s to %s", before.Updated, after.Updated)
	}
	if files["atom.xml"] != s.out()["atom.xml"] {
		t.Error("white space changed the feed")
	}
}

// A date that was guessed from the file's time stays when the file is edited.
func TestGuessedDateStays(t *testing.T) {
	s := newSite(t)
	s.write("a.txt", "A headline stands here\n\nThe text of the story is here. It goes on.\n")
	s.run()
	before := s.items("")[0]
	s.now = s.now.Add(48 * time.Hour)
	s.write("a.txt", "A headline stands here\n\nThe text of the story is another one now. It goes on.\n")
	s.run()
	sameIdentity(t, "an edit", before, s.items("")[0])
}

func TestMinorChangeIsQuiet(t *testing.T) {
	s := newSite(t)
	s.story("a.md", "First light", "2026-03-01")
	s.run()
	before := s.item("First light")
	s.now = s.now.Add(time.Hour)
	s.write("a.md", "---\ntitle: First light\ndate: 2026-03-01\nminor: true\n---\nThe text, with a letter mended.\n")
	s.run()
	after := s.item("First light")
	if !after.Updated.Equal(before.Updated) {
		t.Errorf("updated = %s, want %s", after.Updated, before.Updated)
	}
	if !strings.Contains(after.Content, "mended") {
		t.Errorf("content = %s", after.Content)
	}
}

func TestRenameKeepsIdentity(t *testing.T) {
	s := newSite(t)
	s.story("news/a.md", "First light", "2026-03-01")
	s.run()
	before := s.item("First light")
	s.rename("news/a.md", "sport/b.md")
	report := s.later(time.Hour)
	if report.Renamed != 1 || report.New != 0 || report.Gone != 0 {
		t.Errorf("report = %s", report)
	}
	after := s.item("First light")
	sameIdentity(t, "a rename", before, after)
	if !after.Updated.Equal(before.Updated) {
		t.Errorf("a rename moved updated to %s", after.Updated)
	}
	if got := s.titles("sport"); got != "First light" {
		t.Errorf("the new section holds %s", got)
	}
	if got := s.items("news"); len(got) != 0 {
		t.Errorf("the old section still holds %v", got)
	}
	// Another document at the old path is another entry.
	s.story("news/a.md", "Another story", "2026-03-02")
	s.later(time.Hour)
	if other := s.item("Another story"); other.ID == before.ID || other.URL == before.URL {
		t.Errorf("a new document has the identity of the renamed one: %s", other.ID)
	}
}

func TestDeleteAndReturn(t *testing.T) {
	s := newSite(t)
	s.story("a.md", "First light", "2026-03-01")
	s.story("b.md", "Second light", "2026-03-02")
	s.run()
	before := s.item("First light")
	feedBefore := s.out()["atom.xml"]
	s.remove("seeds/a.md")
	report := s.later(time.Hour)
	if report.Gone != 1 || report.Removed != 1 {
		t.Errorf("report = %s", report)
	}
	if found := s.shows("First light"); len(found) != 0 {
		t.Errorf("a deleted entry is still in %v", found)
	}
	if s.out()["atom.xml"] == feedBefore {
		t.Error("the feed did not change")
	}
	s.story("a.md", "First light", "2026-03-01")
	s.later(time.Hour)
	sameIdentity(t, "deleting and bringing back", before, s.item("First light"))

	s.remove("seeds/a.md")
	s.later(time.Hour)
	s.story("c.md", "First light", "2026-03-01")
	s.later(time.Hour)
	sameIdentity(t, "coming back at another path", before, s.item("First light"))
}

func TestCopyIsReportedAndTakesOver(t *testing.T) {
	s := newSite(t)
	s.story("a.md", "First light", "2026-03-01")
	s.run()
	before := s.item("First light")
	s.story("copy.md", "First light", "2026-03-01")
	report := s.later(time.Hour)
	if len(report.Skips) != 1 || report.Skips[0].String() != "copy.md: is a copy of a.md, which is published already; delete one of the two" {
		t.Errorf("skips = %v", report.Skips)
	}
	if got := s.titles(""); got != "First light" {
		t.Errorf("feed = %s", got)
	}
	s.remove("seeds/a.md")
	report = s.later(time.Hour)
	if report.Renamed != 1 {
		t.Errorf("report = %s", report)
	}
	sameIdentity(t, "deleting the original", before, s.item("First light"))
}

func TestStatedID(t *testing.T) {
	s := newSite(t)
	text := func(id, title string) string {
		return "---\ntitle: " + title + "\ndate: 2026-03-01\nid: " + id + "\n---\nThe text of " + title + ".\n"
	}
	s.write("a.md", text("https://old.example/?p=12", "First light"))
	s.write("b.md", text("12", "Second light"))
	s.write("c.md", text("https://old.example/?p=12", "Third light"))
	report := s.run()
	if got := s.item("First light").ID; got != "https://old.example/?p=12" {
		t.Errorf("id = %s", got)
	}
	if got := s.item("Second light").ID; !strings.HasPrefix(got, "urn:uuid:") {
		t.Errorf("an id that is no IRI became %s", got)
	}
	if len(report.Skips) != 1 || report.Skips[0].String() != "c.md: states the id of a.md; give it another one" {
		t.Errorf("skips = %v", report.Skips)
	}
	before := s.item("First light")
	s.remove("seeds/a.md")
	s.remove("seeds/c.md")
	s.write("moved.md", text("https://old.example/?p=12", "First light, edited"))
	s.later(time.Hour)
	sameIdentity(t, "moving and editing", before, s.item("First light, edited"))
}

func TestMovingTheSiteKeepsIDs(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.run()
	before := s.out()
	s.publisher.BaseURL = &url.URL{Scheme: "https", Host: "new.example.net", Path: "/press/"}
	s.later(time.Hour)
	after := s.out()
	if got := s.leaks("news.example.org"); len(got) != 0 {
		t.Errorf("the old address is still in %v", got)
	}
	for _, name := range []string{"atom.xml", "news/atom.xml"} {
		if a, b := ids(before[name]), ids(after[name]); a != b || a == "" {
			t.Errorf("%s: ids were\n%s\nand are\n%s", name, a, b)
		}
	}
}

// ids returns the id elements of an Atom feed.
func ids(atom string) string {
	var ids []string
	for part := range strings.SplitSeq(atom, "<id>") {
		if id, _, found := strings.Cut(part, "</id>"); found {
			ids = append(ids, id)
		}
	}
	return strings.Join(ids, "\n")
}

func TestEqualTitlesGetTheirOwnAddresses(t *testing.T) {
	s := newSite(t)
	s.write("a.md", storyText("Police report", "2026-03-01"))
	s.write("b.md", storyText("Police report", "2026-03-02")+"More.\n")
	s.run()
	items := s.items("")
	if len(items) != 2 || items[0].URL == items[1].URL || items[0].ID == items[1].ID {
		t.Errorf("items = %+v", items)
	}
}

// A run is killed after it noted that a document is gone. When the document is
// back, the next run does not remove the page that it writes.
func TestDocumentThatReturnsAfterAStoppedRun(t *testing.T) {
	for limit := int64(0); ; limit += 4 {
		s := newSite(t)
		sample(s)
		s.run()
		s.remove("seeds/one.md")
		s.now = s.now.Add(time.Hour)
		_, err := s.stoppedRun(limit)
		s.story("one.md", "First light", "2026-03-01")
		s.later(time.Hour)
		if page := s.item("First light").page(); s.out()[page] == "" {
			t.Fatalf("stopped after %d: the page %s is missing", limit, page)
		}
		if err == nil {
			return
		}
	}
}
