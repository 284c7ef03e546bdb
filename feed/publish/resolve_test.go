package publish_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"seedfeed/feed/publish"
)

// prose returns a text of n words that shares with no other number's text more
// than chance gives.
func prose(number uint64, n int) string {
	const syllables = "ba co du fe gi ha ju ka lo mi no pe ra su ti vo wa xe ya zu"
	parts := strings.Fields(syllables)
	rng := rand.New(rand.NewPCG(number, 7))
	words := make([]string, n)
	for i := range words {
		for range 1 + rng.IntN(3) {
			words[i] += parts[rng.IntN(len(parts))]
		}
		if i%12 == 11 {
			words[i] += "."
		}
	}
	return strings.Join(words, " ") + ".\n"
}

// tale is a document with a title, a day and a text.
func tale(title string, day int, text string) string {
	return fmt.Sprintf("---\ntitle: %s\ndate: 2026-03-%02d\n---\n%s", title, day, text)
}

// decisions are those of a report, a line each.
func decisions(report publish.Report) string {
	var lines []string
	for _, d := range report.Decisions {
		lines = append(lines, d.String())
	}
	return strings.Join(lines, "\n")
}

// edited returns a text with some words changed.
func edited(text string, every int) string {
	words := strings.Fields(text)
	for i := every - 1; i < len(words); i += every {
		words[i] = "mended"
	}
	return strings.Join(words, " ") + "\n"
}

// In one run documents take each other's places.
func TestDocumentsChangePlaces(t *testing.T) {
	move := func(moves ...string) func(s *site) {
		return func(s *site) {
			for _, m := range moves {
				from, to, _ := strings.Cut(m, " ")
				s.rename(from, to)
			}
		}
	}
	tests := []struct {
		name      string
		do        func(s *site)
		same      string // titles that keep what they are
		fresh     string // a title that gets a new id, or ""
		gone      string // a title that ends, or ""
		decisions string
	}{
		{"a swap", move("a.md t", "news/b.md a.md", "t news/b.md"), "A B C", "", "",
			"a.md: was news/b.md; the same bytes\nnews/b.md: was a.md; the same bytes"},
		{"a ring", move("a.md t", "news/b.md a.md", "c.md news/b.md", "t c.md"), "A B C", "", "",
			"a.md: was news/b.md; the same bytes\nc.md: was a.md; the same bytes\nnews/b.md: was c.md; the same bytes"},
		{"a chain", move("c.md d.md", "news/b.md c.md", "a.md news/b.md"), "A B C", "", "",
			"c.md: was news/b.md; the same bytes\nd.md: was c.md; the same bytes\nnews/b.md: was a.md; the same bytes"},
		{"a chain with a new story at its end", func(s *site) {
			move("news/b.md c2.md", "a.md news/b.md")(s)
			s.write("a.md", tale("Fresh", 4, prose(9, 90)))
		}, "A B C", "Fresh", "",
			"a.md: a.md holds another story now\nc2.md: was news/b.md; the same bytes\nnews/b.md: was a.md; the same bytes"},
		{"one takes the place of another", move("a.md c.md"), "A B", "", "C", "c.md: was a.md; the same bytes"},
		{"a copy is kept beside an edit", func(s *site) {
			s.write("a-old.md", tale("A", 1, prose(1, 90)))
			s.write("a.md", tale("A", 1, edited(prose(1, 90), 20)))
		}, "B C", "", "", "a-old.md: holds what a.md was before"},
		{"a file becomes a copy", func(s *site) { s.write("c.md", tale("A", 1, prose(1, 90))) }, "A B", "", "C", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			s.write("a.md", tale("A", 1, prose(1, 90)))
			s.write("news/b.md", tale("B", 2, prose(2, 90)))
			s.write("c.md", tale("C", 3, prose(3, 90)))
			s.write("z.md", tale("Z", 3, prose(4, 90)))
			s.run()
			before := map[string]item{}
			for _, i := range s.items("") {
				before[i.Title] = i
			}
			s.now = s.now.Add(time.Hour)
			tt.do(s)
			report := s.run()
			if diff := cmp.Diff(tt.decisions, decisions(report)); diff != "" {
				t.Errorf("decisions (-want +got):\n%s", diff)
			}
			for title := range strings.FieldsSeq(tt.same) {
				after := s.item(title)
				sameIdentity(t, tt.name, before[title], after)
				if !after.Updated.Equal(before[title].Updated) {
					t.Errorf("updated of %s moved to %s", title, after.Updated)
				}
			}
			if tt.fresh != "" {
				for title, i := range before {
					if fresh := s.item(tt.fresh); fresh.ID == i.ID || fresh.URL == i.URL {
						t.Errorf("%s has the identity of %s", tt.fresh, title)
					}
				}
			}
			if tt.gone != "" && (report.Gone != 1 || strings.Contains(s.titles(""), tt.gone)) {
				t.Errorf("%s is not gone: %s", report, s.titles(""))
			}
			if again := s.later(time.Hour); again.Written+again.Removed+len(again.Decisions) != 0 {
				t.Errorf("the next run: %s, %s", again, decisions(again))
			}
		})
	}
}

// A whole folder is shifted by one, over more than one batch.
func TestManyDocumentsShift(t *testing.T) {
	s := newSite(t)
	const n = 300
	name := func(i int) string { return fmt.Sprintf("log/%03d.md", i) }
	for i := range n {
		s.write(name(i), fmt.Sprintf("---\ntitle: Story %d\ndate: 2026-02-01T%02d:%02d:00Z\n---\nThe text of it.\n", i, i/60, i%60))
	}
	s.run()
	before := s.items("log")
	for i := n; i > 0; i-- {
		s.rename(name(i-1), name(i))
	}
	report := s.later(time.Hour)
	if report.Renamed != n || report.New+report.Gone != 0 {
		t.Errorf("report = %s", report)
	}
	if diff := cmp.Diff(before, s.items("log")); diff != "" {
		t.Errorf("the feed changed:\n%s", diff)
	}
}

func TestRenamedAndEditedInOneStep(t *testing.T) {
	text := prose(1, 120)
	tests := []struct {
		name     string
		path     string // the new one of news/a.txt
		text     string
		decision string // "" for none: it is another entry
	}{
		{"another extension", "news/a.md", text, "the same bytes"},
		{"another extension and words mended", "news/a.md", edited(text, 10), "the same name, 7[0-9] % of its text"},
		{"another extension and most of it new", "news/a.md", text[:len(text)/4] + prose(5, 90), "the same name, "},
		{"another name and words mended", "news/talks-in-baku.txt", edited(text, 10), "7[0-9] % of its text"},
		{"another name and a third cut", "news/b.txt", text[:len(text)*2/3], "(99|100) % of its text"},
		{"another name and half of it more", "news/b.txt", text + prose(6, 60), "100 % of its text"},
		{"another section and words mended", "world/a.txt", edited(text, 10), "7[0-9] % of its text"},
		{"another name and section, the same title", "world/b.txt", edited(text, 10), "7[0-9] % of its text"},
		{"another name, section and title", "world/b.txt", edited(text, 10), ""},
		{"another name and another text", "news/b.txt", prose(5, 120), ""},
		{"another extension and another text", "news/a.md", prose(5, 120), ""},
	}
	for _, tt := range tests {
		for _, kept := range []string{"with the text at hand", "by the sketch"} {
			t.Run(tt.name+" "+kept, func(t *testing.T) {
				t.Parallel()
				s := newSite(t)
				s.write("feed.yaml", "entries: 2\n")
				story := func(headline, text string) string {
					return headline + "\n\nBAKU, March 1, 2026 - " + text
				}
				s.write("news/a.txt", story("Talks on grain go on in the harbour", text))
				s.write("news/other.txt", story("The ministry names a new envoy", prose(2, 120)))
				if kept == "by the sketch" { // newer entries take its snapshot out of the ledger
					for i := range uint64(3) {
						s.write(fmt.Sprintf("news/new%d.md", i), tale("New "+fmt.Sprint(i), 5, prose(20+i, 60)))
					}
				}
				s.run()
				before := s.pageOf("Talks on grain")
				headline := "Talks on grain go on in the harbour"
				if tt.decision == "" {
					headline = "Two ships are late for the regatta"
				}
				s.remove("seeds/news/a.txt")
				s.now = s.now.Add(time.Hour)
				s.write(tt.path, story(headline, tt.text))
				report := s.run()
				if tt.decision == "" {
					if report.New != 1 || report.Gone != 1 || report.Decisions != nil {
						t.Errorf("report = %s, %s", report, decisions(report))
					}
					return
				}
				if report.Renamed != 1 || report.New+report.Gone != 0 || s.pageOf("Talks on grain") != before {
					t.Errorf("report = %s, %s", report, decisions(report))
				}
				got := decisions(report)
				if !strings.HasPrefix(got, tt.path+": was news/a.txt; ") || kept != "by the sketch" && !matches(t, tt.decision, got) {
					t.Errorf("decisions = %q, want %q", got, tt.decision)
				}
			})
		}
	}
}

// A run that falls into a rename leaves the entry alone while what was saved under
// the new name settles, but no longer than for half a minute.
func TestRunInTheMiddleOfARename(t *testing.T) {
	s := newSite(t)
	s.write("news/a.md", tale("Talks go on", 1, prose(1, 120)))
	s.write("news/other.md", tale("Another one", 1, prose(2, 120)))
	s.write("last.md", tale("The last one", 1, prose(5, 120)))
	s.run()
	before, shown := s.item("Talks go on"), s.out()
	s.now = s.now.Add(time.Hour)
	s.remove("seeds/news/a.md")
	s.writeAt("news/b.md", tale("Talks go on", 1, edited(prose(1, 120), 10)), s.now.Add(-time.Second))
	if report := s.run(); report.Gone != 0 || report.Waiting != 2 {
		t.Errorf("while it settles: %s", report)
	}
	if diff := cmp.Diff(shown, s.out()); diff != "" {
		t.Errorf("while it settles the site changes:\n%s", diff)
	}
	if report := s.later(10 * time.Second); report.Renamed != 1 || report.New+report.Gone != 0 {
		t.Errorf("when it has settled: %s", report)
	}
	sameIdentity(t, "the rename", before, s.item("Talks go on"))

	s.remove("seeds/news/b.md")
	for i, gone := range []int{0, 0, 0, 1} {
		s.now = s.now.Add(10 * time.Second)
		s.writeAt("news/c.md", tale("A third one", 1, prose(3, 120)), s.now.Add(-time.Second)) // it never settles
		if report := s.run(); report.Gone != gone {
			t.Errorf("run %d: %s", i, report)
		}
	}
	s.must(os.Remove(s.path("seeds/news/other.md")))
	s.writeAt("world/d.md", tale("A fourth one", 1, prose(4, 120)), s.now.Add(-time.Second))
	s.remove("seeds/news/c.md")
	if report := s.run(); report.Gone != 1 {
		t.Errorf("what settles elsewhere: %s", report)
	}
}

// A document that a run took for deleted, since it has seen one half of a rename
// alone, is known again by its text; one that was deleted is for ninety days.
func TestRenamedAndEditedInTwoSteps(t *testing.T) {
	for after, known := range map[time.Duration]bool{time.Hour: true, 3 * time.Hour: true, 80 * 24 * time.Hour: true, 91 * 24 * time.Hour: false} {
		s := newSite(t)
		s.write("news/a.md", tale("Talks go on", 1, prose(1, 120)))
		s.write("news/other.md", tale("Another one", 1, prose(2, 120)))
		s.run()
		before := s.item("Talks go on")
		s.remove("seeds/news/a.md")
		if report := s.later(time.Hour); report.Gone != 1 {
			t.Errorf("report = %s", report)
		}
		s.now = s.now.Add(after)
		s.write("world/b.md", tale("Talks go on", 1, edited(prose(1, 120), 10)))
		report := s.later(0)
		item := s.item("Talks go on")
		if (item.ID == before.ID) != known || (item.URL == before.URL) != known || known && !item.Published.Equal(before.Published) {
			t.Errorf("after %v %v became %v: %s\n%s", after, before, item, report, decisions(report))
		}
		if atom := s.out()["atom.xml"]; known && strings.Contains(atom, "deleted-entry") {
			t.Errorf("the tombstone stays:\n%s", atom)
		}
	}
}

// A copy of one document is not taken for another that was deleted, and that its
// text is like.
func TestCopyIsNotWhatWasDeleted(t *testing.T) {
	for name, run := range map[string]bool{"at once": false, "after a run": true} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.write("news/a.md", tale("Talks go on", 1, prose(1, 120)))
			s.write("news/b.md", tale("Talks go on", 1, edited(prose(1, 120), 20)))
			s.write("news/other.md", tale("Another one", 1, prose(2, 120)))
			s.run()
			s.now = s.now.Add(time.Minute)
			s.remove("seeds/news/a.md")
			if run {
				s.run()
			}
			s.write("news/c.md", tale("Talks go on", 1, edited(prose(1, 120), 20)))
			for range 2 {
				report := s.later(time.Minute)
				if len(report.Skips) != 1 || report.Skips[0].Path != "news/c.md" || !strings.HasPrefix(report.Skips[0].Reason, "is a copy of news/b.md") {
					t.Errorf("skips = %v; %s\n%s", report.Skips, report, decisions(report))
				}
			}
		})
	}
}

// What looks like a document that was deleted weeks ago, and may be another one, is.
func TestNotTheOneThatWasDeleted(t *testing.T) {
	text := prose(1, 120)
	for _, tt := range []struct{ name, path, text string }{
		{"the next of a row", "news/week.md", tale("Market this week", 8, edited(text, 10))},
		{"another section and name", "world/b.md", tale("Talks have ended", 1, edited(text, 10))},
		{"a guess, and half of the text", "news/b.md", "# Talks have ended\n\n" + edited(text, 7)},
		{"another text", "news/b.md", tale("Market this week", 1, prose(2, 120))},
	} {
		s := newSite(t)
		s.write("news/a.md", tale("Market this week", 1, text))
		s.write("news/other.md", tale("Another one", 1, prose(3, 120)))
		s.run()
		before := s.item("Market this week")
		s.remove("seeds/news/a.md")
		s.later(time.Hour)
		s.now = s.now.Add(20 * 24 * time.Hour)
		s.write(tt.path, tt.text)
		report := s.later(0)
		for _, i := range s.items("") {
			if i.ID == before.ID {
				t.Errorf("%s: %s\n%s", tt.name, report, decisions(report))
			}
		}
	}
}

// A file that was used again holds another entry; an edit never does.
func TestNewStoryInAnOldFile(t *testing.T) {
	tests := []struct {
		name, title, text string
		another           bool
	}{
		{"another title and text", "Ships are late", prose(5, 120), true},
		{"another text under the same title", "Talks go on", prose(5, 120), false},
		{"another title, and a tenth of the text", "Ships are late", prose(1, 15) + prose(5, 120), false},
		{"too short to tell", "Ships are late", "Nothing is known of them.\n", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			s.write("latest.md", tale("Talks go on", 1, prose(1, 120)))
			s.write("other.md", tale("Another one", 1, prose(2, 120)))
			s.run()
			before := s.item("Talks go on")
			s.now = s.now.Add(time.Hour)
			s.write("latest.md", tale(tt.title, 2, tt.text))
			report := s.run()
			after := s.item(tt.title)
			if (after.ID != before.ID) != tt.another || (after.URL != before.URL) != tt.another {
				t.Fatalf("id %s became %s, address %s became %s: %s", before.ID, after.ID, before.URL, after.URL, report)
			}
			if !tt.another {
				return
			}
			if got, want := decisions(report), "latest.md: latest.md holds another story now"; got != want {
				t.Errorf("decisions = %q, want %q", got, want)
			}
			atom := s.out()["atom.xml"]
			if !strings.Contains(atom, `<at:deleted-entry ref="`+before.ID+`"`) || !strings.Contains(atom, "its file holds another story now") {
				t.Errorf("there is no tombstone for %s:\n%s", before.ID, atom)
			}
			if s.out()[before.page()] != "" {
				t.Error("the page of the old story is still there")
			}
			// Each story has its own identity when its text comes back.
			s.now = s.now.Add(time.Hour)
			s.write("archive/talks.md", tale("Talks go on", 1, prose(1, 120)))
			s.run()
			sameIdentity(t, "coming back", before, s.item("Talks go on"))
			s.remove("seeds/latest.md")
			s.later(time.Hour)
			s.write("latest.md", tale("A third story", 3, prose(8, 120)))
			s.later(time.Hour)
			if third := s.item("A third story"); third.ID == before.ID || third.ID == after.ID {
				t.Errorf("a third story has the id %s", third.ID)
			}
		})
	}
}

// What was withdrawn stays away, wherever its text goes.
func TestWithdrawnStoriesDoNotComeBack(t *testing.T) {
	for name, do := range map[string]func(s *site){
		"renamed":             func(s *site) { s.rename("a.md", "b.md") },
		"renamed and edited":  func(s *site) { s.remove("seeds/a.md"); s.write("b.md", tale("Secret", 1, edited(prose(1, 120), 10))) },
		"another extension":   func(s *site) { s.rename("a.md", "a.markdown") },
		"copied":              func(s *site) { s.write("b.md", tale("Secret", 1, prose(1, 120))) },
		"copied and edited":   func(s *site) { s.rename("a.md", "b.md"); s.write("a.md", tale("Secret", 1, edited(prose(1, 120), 10))) },
		"changed places":      func(s *site) { s.rename("a.md", "t"); s.rename("c.md", "a.md"); s.rename("t", "c.md") },
		"overwritten":         func(s *site) { s.rename("c.md", "a.md") },
		"another in its file": func(s *site) { s.write("a.md", tale("Other", 2, prose(3, 120))) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			s.write("a.md", tale("Secret", 1, prose(1, 120)))
			s.write("c.md", tale("Open", 1, prose(2, 120)))
			s.write("d.md", tale("Open too", 1, prose(4, 120)))
			s.run()
			if _, err := s.publisher.Withdraw(t.Context(), "a.md", "an error"); err != nil {
				t.Fatal(err)
			}
			s.later(time.Hour)
			s.now = s.now.Add(time.Hour)
			do(s)
			for range 2 {
				s.later(time.Hour)
				if found := s.shows("Secret"); len(found) != 0 {
					t.Errorf("what was withdrawn is in %v", found)
				}
			}
		})
	}
}

// A story that lies where a withdrawn one was keeps what it is, when both were
// renamed and edited in one step.
func TestNeighbourOfWithdrawnKeepsItsName(t *testing.T) {
	s := newSite(t)
	s.write("a.md", tale("Secret", 1, prose(1, 120)))
	s.write("news/a.md", tale("Open", 1, prose(2, 120)))
	s.write("news/b.md", tale("Open too", 1, prose(4, 120)))
	s.run()
	before := s.item("Open")
	if _, err := s.publisher.Withdraw(t.Context(), "a.md", "an error"); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(time.Hour)
	s.write("a.md", tale("Open", 1, edited(prose(2, 120), 10)))
	s.remove("seeds/news/a.md")
	s.write("news/a.markdown", tale("Secret", 1, edited(prose(1, 120), 10)))
	report := s.later(time.Minute)
	sameIdentity(t, "the neighbour", before, s.item("Open"))
	if found := s.shows("Secret"); len(found) != 0 || report.New+report.Gone != 0 {
		t.Errorf("what was withdrawn is in %v: %s\n%s", found, report, decisions(report))
	}
}

// The brake counts an entry whose file holds another story as one that vanishes.
func TestBrakeAtOtherStories(t *testing.T) {
	s := newSite(t)
	for i := range uint64(40) {
		s.write(fmt.Sprintf("s/%02d.md", i), tale(fmt.Sprintf("Story %02d", i), 1, prose(i, 60)))
	}
	s.run()
	s.now = s.now.Add(time.Hour)
	for i := range uint64(20) {
		s.write(fmt.Sprintf("s/%02d.md", i), tale(fmt.Sprintf("Report %02d", 100+i), 1, prose(100+i, 60)))
	}
	before := s.out()
	_, err := s.publisher.Run(t.Context())
	var braked *publish.Braked
	if !errors.As(err, &braked) || braked.Total != 20 || braked.Changes[0] != "s/00.md would vanish: its file holds another story now" {
		t.Fatalf("error = %v", err)
	}
	if diff := cmp.Diff(before, s.out()); diff != "" {
		t.Errorf("out/ changed:\n%s", diff)
	}
	if _, err := s.publisher.Approve(t.Context()); err != nil {
		t.Fatal(err)
	}
	if report := s.later(time.Minute); report.New != 20 || report.Gone != 20 {
		t.Errorf("report = %s", report)
	}
}
