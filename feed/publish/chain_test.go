package publish_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

const harbourText = "GENOA, Italy, March 9 (Acme) - The harbour board has met to look at the plans for a new quay, which is to cost nine millions. " +
	"It will meet again in April, its head said after the session, and vote on the money then. The fishermen do not want the quay where it is planned.\n"

// wire returns a story of an agency, in plain text.
func wire(headline, more string) string { return headline + "\n\n" + harbourText + "\n" + more + "\n" }

// paths returns the path of each record of the ledger with its status and reason.
func (s *site) paths() map[string]string {
	s.t.Helper()
	found := map[string]string{}
	for record, err := range s.publisher.Ledger.List(s.t.Context(), ledger.Filter{}) {
		s.must(err)
		found[record.Path] = strings.TrimSpace(string(record.Status) + " " + record.Reason)
	}
	return found
}

// shown returns the files in out/ that hold a text, but for the corrections, which
// tell what was said before.
func (s *site) shown(text string) []string {
	s.t.Helper()
	return slices.DeleteFunc(s.leaks(text), func(name string) bool { return strings.HasPrefix(name, "corrections/") })
}

// harbour is a site that has published a story, an hour ago.
func harbour(t *testing.T, text string) (*site, item) {
	t.Helper()
	s := newSite(t)
	sample(s)
	s.write("wire/a.txt", wire("Harbour board meets", text))
	s.run()
	published := s.item("Harbour board meets")
	s.now = s.now.Add(time.Hour)
	return s, published
}

func TestUpdateTakesThePlaceOfItsStory(t *testing.T) {
	s, first := harbour(t, "Quagga.")
	s.write("wire/b.txt", wire("UPDATE 1-Harbour board meets", "Zanzibar."))
	report := s.run()
	second := s.item("Harbour board meets")
	sameIdentity(t, "an update", first, second)
	if report.Revised != 1 || report.New != 0 || !second.Updated.Equal(s.now) {
		t.Errorf("report = %s, updated %s, want %s", report, second.Updated, s.now)
	}
	if len(s.shows("Quagga")) != 0 || len(s.shown("Zanzibar")) == 0 {
		t.Errorf("the earlier text is in %v, the newer one in %v", s.shown("Quagga"), s.shown("Zanzibar"))
	}
	if got := s.paths(); got["wire/a.txt"] != "held replaced by wire/b.txt" || got["wire/b.txt"] != "live" {
		t.Errorf("records = %v", got)
	}
	if report := s.later(time.Hour); report.Written != 0 {
		t.Errorf("an unchanged folder: %s", report)
	}
	s.now = s.now.Add(time.Hour)
	s.write("wire/a.txt", wire("Harbour board meets", "Quagga again."))
	if s.run(); len(s.shows("Quagga")) != 0 {
		t.Errorf("the earlier text was edited, and is in %v", s.shows("Quagga"))
	}
	s.now = s.now.Add(time.Hour)
	s.remove("seeds/wire/b.txt")
	report = s.run()
	sameIdentity(t, "the update was deleted", first, s.item("Harbour board meets"))
	if report.Gone != 0 || len(s.shown("Quagga again")) == 0 || len(s.shows("Zanzibar")) != 0 {
		t.Errorf("the update was deleted: %s; the text before it is in %v, its own in %v", report, s.shown("Quagga again"), s.shown("Zanzibar"))
	}
	if got := s.paths(); len(got["wire/b.txt"]) != 0 || got["wire/a.txt"] != "live" {
		t.Errorf("records = %v", got)
	}
}

// The file of the newest version holds another story now: that is a new entry, and
// the version before it comes back.
func TestAnotherStoryInTheFileOfAnUpdate(t *testing.T) {
	s, first := harbour(t, "Quagga.")
	s.write("wire/b.txt", wire("UPDATE 1-Harbour board meets", "Zanzibar."))
	s.run()
	s.now = s.now.Add(time.Hour)
	s.write("wire/b.txt", "Bakers ask for cheaper flour\n\nLYON, France, March 10 (Acme) - Flour has become dearer by a third within one year, and many bakers in small towns say that they can not ask their customers for more than they do now. Their union wants the ministry to cut the tax on it.\n")
	s.run()
	sameIdentity(t, "the version before", first, s.item("Harbour board meets"))
	if got := s.item("Bakers ask for cheaper flour"); got.ID == first.ID || len(s.shows("Zanzibar")) != 0 || len(s.shown("Quagga")) == 0 {
		t.Errorf("%s; %v", got.ID, s.paths())
	}
}

// Whatever order the versions arrive in, there is one entry with the newest text.
func TestVersionsInAnyOrder(t *testing.T) {
	versions := map[string]string{
		"wire/1.txt": wire("Harbour board meets", "Text one."),
		"wire/2.txt": wire("UPDATE 1-Harbour board meets", "Text two."),
		"wire/3.txt": wire("CORRECTED-UPDATE 1-Harbour board meets", "Text three."),
		"wire/4.txt": wire("UPDATE 2-Harbour board meets", "Text four."),
	}
	for _, order := range []string{"1234", "4321", "2143", "3142", "24+13", "+4312"} {
		s := newSite(t)
		sample(s)
		together := false
		for _, c := range order {
			if c == '+' {
				together = true
				continue
			}
			name := "wire/" + string(c) + ".txt"
			s.now = s.now.Add(10 * time.Minute)
			s.write(name, versions[name])
			if !together {
				s.run()
			}
		}
		s.now = s.now.Add(10 * time.Minute)
		s.run()
		if got := s.titles("wire"); got != "Harbour board meets" {
			t.Errorf("%s: the section holds %q", order, got)
		}
		for name, status := range s.paths() {
			if strings.HasPrefix(name, "wire/") && name != "wire/4.txt" && status != "held replaced by wire/4.txt" {
				t.Errorf("%s: %s is %q", order, name, status)
			}
		}
		for text, shown := range map[string]bool{"Text one": false, "Text two": false, "Text three": false, "Text four": true} {
			if found := s.shown(text); (len(found) != 0) != shown {
				t.Errorf("%s: %q is in %v", order, text, found)
			}
		}
		// The newest one goes, and the one before it comes back, down to the first.
		for _, c := range []string{"4", "3", "2"} {
			s.now = s.now.Add(time.Hour)
			s.remove("seeds/wire/" + c + ".txt")
			s.run()
		}
		if len(s.shown("Text one")) == 0 || s.titles("wire") != "Harbour board meets" {
			t.Errorf("%s: at the end the section holds %q, the first text is in %v; %v", order, s.titles("wire"), s.shown("Text one"), s.paths())
		}
	}
}

func TestWhatIsNoVersion(t *testing.T) {
	for _, tt := range []struct{ name, path, text string }{
		{"no mark", "wire/b.txt", wire("Harbour board meets", "Other.")},
		{"another section", "sport/b.txt", wire("UPDATE 1-Harbour board meets", "Other.")},
		{"weeks later", "wire/b.txt", strings.Replace(wire("UPDATE 1-Harbour board meets", "Other."), "March 9", "February 9", 1)},
		{"a name alone", "wire/a-v2.txt", "Harbour board meets\n\nGENOA, Italy, March 9 (Acme) - Nothing of this text stands in the other one, whatever the name of its file says about it to people.\n"},
	} {
		s, _ := harbour(t, "One.")
		s.write(tt.path, tt.text)
		if report := s.run(); report.New != 1 || report.Revised != 0 || len(s.shown("One.")) == 0 {
			t.Errorf("%s: %s; %v", tt.name, report, s.paths())
		}
	}
}

func TestVersionsByTheirSlug(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.write("wire/a.txt", "BC-EU--Harbour Board,0120\n\n"+wire("Harbour board meets", "One."))
	s.run()
	first := s.item("Harbour board meets")
	s.now = s.now.Add(time.Hour)
	s.write("wire/b.txt", "BC-EU--Harbour Board, 1st Ld-Writethru,0220\n\n"+wire("Board puts off vote on quay", "Two."))
	s.run()
	sameIdentity(t, "a writethru", first, s.item("Board puts off vote on quay"))
	s.now = s.now.Add(time.Hour)
	s.write("wire/c.txt", "BC-EU--Harbour Board, 2nd Ld-Writethru,0220\n\n"+wire("Vote on quay in April", "Three."))
	s.run()
	sameIdentity(t, "the next one", first, s.item("Vote on quay in April"))
}

// An update with another headline, and no slug, is known by its text, if it says
// that it is one, and place, agency and time agree.
func TestVersionsByTheirText(t *testing.T) {
	const dateline = "GENOA, Italy, March 9 (Acme) - "
	first := prose(1, 120)
	again := prose(2, 60) + prose(1, 120)[:450] + prose(3, 60) // it keeps more than half
	if first[:450] != again[len(prose(2, 60)):len(prose(2, 60))+450] {
		t.Fatal("the texts are not what they should be")
	}
	for _, tt := range []struct {
		name, text string
		others     []string // stories beside the first
		folds      bool
	}{
		{"an update", "UPDATE 1-Vote on the quay is put off\n\n" + dateline + again, nil, true},
		{"a correction", "CORRECTED-Vote on the quay is put off\n\n" + dateline + again, nil, true},
		{"beside other stories", "UPDATE 1-Vote on the quay is put off\n\n" + dateline + again, []string{"Bakers ask for flour\n\n" + dateline + prose(5, 120), "Ferry sails\n\n" + dateline + prose(6, 120)}, true},
		{"no mark", "Vote on the quay is put off\n\n" + dateline + again, nil, false},
		{"another place", "UPDATE 1-Vote on the quay is put off\n\nROME, March 9 (Acme) - " + again, nil, false},
		{"another agency", "UPDATE 1-Vote on the quay is put off\n\nGENOA, Italy, March 9 (Emca) - " + again, nil, false},
		{"another day", "UPDATE 1-Vote on the quay is put off\n\nGENOA, Italy, March 6 (Acme) - " + again, nil, false},
		{"another text", "UPDATE 1-Harbour board meets\n\n" + dateline + prose(7, 120), nil, false},
		{"two as much alike", "UPDATE 1-Vote on the quay is put off\n\n" + dateline + again, []string{"Harbour board has met\n\n" + dateline + prose(1, 119) + "So it was."}, false},
	} {
		s := newSite(t)
		sample(s)
		s.write("wire/a.txt", "Board of the harbour looks at plans\n\n"+dateline+first)
		for i, text := range tt.others {
			s.write(fmt.Sprintf("wire/o%d.txt", i), text)
		}
		s.run()
		before := s.item("Board of the harbour looks at plans")
		s.now = s.now.Add(time.Hour)
		s.write("wire/b.txt", tt.text)
		report := s.run()
		if (report.Revised == 1) != tt.folds || (report.New == 0) != tt.folds {
			t.Errorf("%s: %s; %v", tt.name, report, s.paths())
		}
		if !tt.folds {
			continue
		}
		sameIdentity(t, tt.name, before, s.item("Vote on the quay is put off"))
		if got := decisions(report); !strings.Contains(got, "wire/b.txt: a later version of wire/a.txt: headline ") || !strings.HasSuffix(got, " % of its text") {
			t.Errorf("%s: %s", tt.name, got)
		}
	}
}

func TestVersionsByTheirFileName(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.write("wire/story.txt", wire("Harbour board meets", "One."))
	s.run()
	first := s.item("Harbour board meets")
	for _, name := range []string{"wire/story-v2.txt", "wire/story-v3.txt"} {
		s.now = s.now.Add(time.Hour)
		s.write(name, wire("Harbour board puts off vote", name+" is the name."))
		s.run()
		sameIdentity(t, name, first, s.item("Harbour board puts off vote"))
		if len(s.shown(name+" is")) == 0 {
			t.Errorf("%s is not what is shown", name)
		}
	}
}

// A repeat changes nothing that a subscriber would have to hear of.
func TestRepeatMovesNoDate(t *testing.T) {
	s, first := harbour(t, "One.")
	s.write("wire/b.txt", wire("RPT-Harbour board meets\n\n(Repeats to additional subscribers)", "One."))
	s.run()
	if got := s.item("Harbour board meets"); !got.Updated.Equal(first.Updated) || s.paths()["wire/b.txt"] != "live" {
		t.Errorf("updated %s, want %s; %v", got.Updated, first.Updated, s.paths())
	}
}

// An update that is held does not take the public text away.
func TestHeldUpdateWaits(t *testing.T) {
	s, first := harbour(t, "Quagga.")
	s.write("wire/b.txt", "EMBARGOED UNTIL 18:00 GMT, March 10, 2026\n\n"+wire("UPDATE 1-Harbour board meets", "Zanzibar."))
	s.run()
	if len(s.shown("Quagga")) == 0 || len(s.shown("Zanzibar")) != 0 {
		t.Fatalf("before its time: %v, %v", s.shown("Quagga"), s.shown("Zanzibar"))
	}
	s.now = time.Date(2026, 3, 10, 18, 0, 0, 0, time.UTC)
	s.run()
	if len(s.shows("Quagga")) != 0 || len(s.shown("Zanzibar")) == 0 {
		t.Errorf("at its time: %v, %v; %v", s.shows("Quagga"), s.shown("Zanzibar"), s.paths())
	}
	sameIdentity(t, "an update that was held", first, s.item("Harbour board meets"))
}

// A hold in the file of the newest version means that version: the one before it
// is shown again, as it would be had the hold been there from the beginning; and
// nothing of the one that is held is anywhere.
func TestHoldOfTheNewestVersion(t *testing.T) {
	s := newSite(t)
	sample(s)
	for i, mark := range []string{"", "UPDATE 1-", "UPDATE 2-"} {
		s.now = s.now.Add(time.Hour)
		s.write(fmt.Sprintf("wire/%d.txt", i), wire(mark+"Harbour board meets", fmt.Sprintf("Zanzibar%d", i)))
		s.run()
	}
	first := s.item("Harbour board meets")
	hold := func(name, text string) {
		s.now = s.now.Add(time.Hour)
		s.write(name, "HOLD\n\n"+text)
		if report := s.run(); report.Gone != 0 || report.New != 0 {
			t.Errorf("%s is held: %s", name, report)
		}
	}
	shows := func(after string, want int) {
		t.Helper()
		for i := range 3 {
			if found := s.leaks(fmt.Sprintf("Zanzibar%d", i)); (len(found) != 0) != (i == want) {
				t.Errorf("after %s text %d is in %v; %v", after, i, found, s.paths())
			}
		}
		if want >= 0 {
			sameIdentity(t, after, first, s.item("Harbour board meets"))
		}
		if report := s.later(time.Hour); report.Written != 0 {
			t.Errorf("after %s an unchanged folder: %s", after, report)
		}
	}
	hold("wire/2.txt", wire("UPDATE 2-Harbour board meets", "Zanzibar2"))
	shows("a hold of the newest", 1)
	if got := s.paths(); got["wire/2.txt"] != `held the text says "HOLD"` || got["wire/1.txt"] != "live" || got["wire/0.txt"] != "held replaced by wire/1.txt" {
		t.Errorf("records = %v", got)
	}
	hold("wire/1.txt", wire("UPDATE 1-Harbour board meets", "Zanzibar1"))
	shows("a hold of the next", 0)
	hold("wire/0.txt", wire("Harbour board meets", "Zanzibar0"))
	shows("a hold of all", -1)
	s.now = s.now.Add(time.Hour)
	s.write("wire/0.txt", wire("Harbour board meets", "Zanzibar0"))
	s.run()
	shows("the release of the first", 0)
	s.now = s.now.Add(time.Hour)
	s.write("wire/2.txt", wire("UPDATE 2-Harbour board meets", "Zanzibar2"))
	s.run()
	if found := s.shown("Zanzibar2"); len(found) == 0 || len(s.shown("Zanzibar0")) != 0 {
		t.Errorf("the newest is released, and is in %v; %v", found, s.paths())
	}
	sameIdentity(t, "the release of the newest", first, s.item("Harbour board meets"))
}

// All at once, with other documents between them: the ids are those of the first
// versions all the same.
func TestChainsInALargeFolder(t *testing.T) {
	s := newSite(t)
	const stories = 3
	for i := range stories {
		s.write(fmt.Sprintf("wire/z%d.txt", i), wire(fmt.Sprintf("Harbour board meets %d", i), "One."))
	}
	s.run()
	before := map[string]string{}
	for _, i := range s.items("wire") {
		before[i.Title] = i.ID + i.URL
	}
	for i := range stories {
		s.write(fmt.Sprintf("wire/a%d.txt", i), wire(fmt.Sprintf("UPDATE 2-Harbour board meets %d", i), "Three."))
		s.write(fmt.Sprintf("wire/b%d.txt", i), wire(fmt.Sprintf("UPDATE 1-Harbour board meets %d", i), "Two."))
	}
	for i := range 300 {
		s.write(fmt.Sprintf("wire/m%03d.txt", i), fmt.Sprintf("---\ntitle: Number %d\ndate: 2013-01-02\n---\n%s", i, prose(uint64(i), 20)))
	}
	for _, lost := range []bool{false, true} {
		if lost {
			s.loseLedger()
		}
		s.now = s.now.Add(time.Hour)
		s.run()
		for _, i := range s.items("wire")[:stories] {
			if before[i.Title] != i.ID+i.URL || !strings.Contains(i.Content, "Three.") {
				t.Errorf("lost %t: %q has the id and address %s, want %s", lost, i.Title, i.ID+i.URL, before[i.Title])
			}
		}
		if report := s.later(time.Hour); report.Written != 0 || report.Documents != 300+3*stories {
			t.Errorf("lost %t: an unchanged folder: %s", lost, report)
		}
	}
}

// The whole story again, from a ledger that is lost: the entry has the id of its
// first version.
func TestChainWithoutItsLedger(t *testing.T) {
	s := newSite(t)
	s.write("wire/z.txt", wire("Harbour board meets", "One."))
	s.run()
	first := s.item("Harbour board meets")
	s.now = s.now.Add(time.Hour)
	s.write("wire/a.txt", wire("UPDATE 1-Harbour board meets", "Two."))
	s.run()
	s.loseLedger()
	s.now = s.now.Add(time.Hour)
	s.run()
	if got := s.item("Harbour board meets"); got.ID != first.ID || len(s.shown("One.")) != 0 {
		t.Errorf("id %s, want %s; %v", got.ID, first.ID, s.paths())
	}
}

const advisory = "MANDATORY KILL\n\nEditors: kill the story headlined \"Harbour board meets\" because its only source was wrong.\n"

func TestKillTakesAStoryBack(t *testing.T) {
	s, _ := harbour(t, "Quagga.")
	s.write("wire/kill.txt", advisory)
	report := s.run()
	if report.Killed != 1 || s.titles("wire") != "" {
		t.Errorf("report = %s, the section holds %q", report, s.titles("wire"))
	}
	for _, text := range []string{"Quagga", "MANDATORY", "Editors"} {
		if found := s.shown(text); len(found) != 0 {
			t.Errorf("%q is in %v", text, found)
		}
	}
	got := s.paths()
	if got["wire/a.txt"] != "withdrawn" || got["wire/kill.txt"] != "held an advisory that took back wire/a.txt: because its only source was wrong" {
		t.Errorf("records = %v", got)
	}
	if found := s.leaks("only source"); len(found) != 0 {
		t.Errorf("what is for editors is in %v", found)
	}
	killed, err := s.publisher.Find(t.Context(), "wire/a.txt")
	s.must(err)
	events, err := s.publisher.Ledger.Events(t.Context(), killed.ID)
	s.must(err)
	if e := events[len(events)-1]; e.Kind != ledger.Killed || e.Path != "wire/a.txt" || e.Why != "by wire/kill.txt: because its only source was wrong" {
		t.Errorf("the last event is %+v", e)
	}
	// Its update comes too late.
	s.now = s.now.Add(time.Hour)
	s.write("wire/b.txt", wire("UPDATE 1-Harbour board meets", "Quagga."))
	if s.run(); len(s.shown("Quagga")) != 0 {
		t.Errorf("an update of what was taken back is in %v; %v", s.shown("Quagga"), s.paths())
	}
	// A person may know better.
	_, err = s.publisher.Restore(t.Context(), "wire/b.txt")
	s.must(err)
	s.now = s.now.Add(time.Hour)
	s.run()
	s.now = s.now.Add(time.Hour)
	if s.run(); len(s.shown("Quagga")) == 0 {
		t.Errorf("restored, and not there: %v", s.paths())
	}
}

func TestKillBeforeItsStory(t *testing.T) {
	for _, together := range []bool{false, true} {
		s := newSite(t)
		sample(s)
		s.write("wire/kill.txt", advisory)
		if !together {
			report := s.run()
			if got := s.paths()["wire/kill.txt"]; got != "held an advisory that takes back a story which has not come" {
				t.Errorf("the advisory is %q", got)
			}
			if got := decisions(report); got != "wire/kill.txt: an advisory that takes back a story which has not come" {
				t.Errorf("people are told %q", got)
			}
			s.now = s.now.Add(time.Hour)
		}
		s.write("wire/a.txt", wire("Harbour board meets", "Quagga."))
		s.run()
		if got := s.paths(); len(s.shown("Quagga")) != 0 || got["wire/a.txt"] != "withdrawn" || got["wire/kill.txt"] != "held an advisory that took back wire/a.txt: because its only source was wrong" {
			t.Errorf("together %t: %v, %v", together, s.shown("Quagga"), got)
		}
	}
}

func TestKillOfNothingKnown(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.write("wire/a.txt", wire("Harbour board meets", "Quagga."))
	s.write("wire/b.txt", wire("Harbour board meets", "Quagga too, and what is not in the other one."))
	s.run()
	s.now = s.now.Add(time.Hour)
	s.write("wire/kill.txt", advisory)
	s.write("wire/bare.txt", "MANDATORY KILL\n\nEditors: kill the story about the harbour.\n")
	s.run()
	got := s.paths()
	if got["wire/kill.txt"] != "held an advisory that takes back one of 2 stories: withdraw that by hand" || got["wire/a.txt"] != "live" || got["wire/b.txt"] != "live" {
		t.Errorf("records = %v", got)
	}
	if got["wire/bare.txt"] != "held an advisory that takes back a story which it does not name: withdraw that by hand" {
		t.Errorf("records = %v", got)
	}
}

// A story that is long out is taken back if the advisory can mean no other; what
// chance may have given the same name stays, and people are told.
func TestKillOfAnOldStory(t *testing.T) {
	const dated = "GENOA, Italy, March 10, 2026 (Acme) - "
	order := func(words string) string {
		return "MANDATORY KILL\n\n" + dated + "Editors: kill the story " + words + ".\n"
	}
	long := "Harbour board puts off vote on quay"
	for _, tt := range []struct {
		name, headline, order string
		stories               int
		want                  string // of the advisory, after "held an advisory that "
	}{
		{"by a long headline", long, `headlined "` + long + `"`, 1, "took back wire/0.txt"},
		{"two of one headline", long, `headlined "` + long + `"`, 2, "takes back a story which has not come, or is wire/0.txt of 2026-01-09: withdraw that by hand then"},
		{"by a short headline", "Harbour board meets", `headlined "Harbour board meets"`, 1, "takes back a story which has not come, or is wire/0.txt of 2026-01-09: withdraw that by hand then"},
		{"by headline and dateline", "Harbour board meets", `headlined "Harbour board meets", datelined GENOA, Italy`, 1, "took back wire/0.txt"},
		{"by another dateline", "Harbour board meets", `headlined "Harbour board meets", datelined ROME`, 1, "takes back a story which has not come, or is wire/0.txt of 2026-01-09: withdraw that by hand then"},
		{"by headline and slug", "Harbour board meets", `slugged BC-EU--Harbour Board, headlined "Harbour board meets"`, 1, "took back wire/0.txt"},
		{"by its slug", "Harbour board meets", "slugged BC-EU--Harbour Board", 1, "took back wire/0.txt"},
		{"by its page", "Harbour board meets", "at https://news.example.org/entries/2026/01/harbour-board-meets.html", 1, "took back wire/0.txt"},
	} {
		s := newSite(t)
		sample(s)
		for i := range tt.stories {
			text := strings.Replace(wire(tt.headline, fmt.Sprintf("Quagga %d.", i)), "March 9", "January 9, 2026", 1)
			s.write(fmt.Sprintf("wire/%d.txt", i), "BC-EU--Harbour Board,0120\n\n"+text)
		}
		s.run()
		s.now = s.now.Add(time.Hour)
		s.write("wire/kill.txt", order(tt.order))
		report := s.run()
		got := s.paths()
		if got["wire/kill.txt"] != "held an advisory that "+tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
		if killed := strings.HasPrefix(tt.want, "took"); killed != (len(s.shown("Quagga")) == 0) || len(report.Decisions) != 1 {
			t.Errorf("%s: the text is in %v; %v", tt.name, s.shown("Quagga"), report.Decisions)
		}
	}
}

// What an advisory tells readers is public, and only that.
func TestKillTellsReaders(t *testing.T) {
	for _, inPlace := range []bool{false, true} {
		s := newSite(t)
		sample(s)
		s.write("wire/a.txt", wire("Harbour board meets", "Quagga."))
		s.run()
		address := s.item("Harbour board meets").page()
		s.now = s.now.Add(time.Hour)
		name := map[bool]string{false: "wire/kill.txt", true: "wire/a.txt"}[inPlace]
		s.write(name, advisory+"\nFor publication: The board has not met.\n")
		s.run()
		if got := s.paths()["wire/a.txt"]; got != "withdrawn The board has not met." {
			t.Errorf("in place %t: the story is %q", inPlace, got)
		}
		if found := s.leaks("only source"); len(found) != 0 || len(s.leaks("The board has not met.")) == 0 {
			t.Errorf("in place %t: what is for editors is in %v, and for readers in %v", inPlace, found, s.leaks("The board has not met."))
		}
		if s.out()[address] != "" {
			t.Errorf("in place %t: the page is still there", inPlace)
		}
	}
}

// An order that is written into the file of the story.
func TestKillInPlace(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.write("wire/a.txt", wire("Harbour board meets", "Quagga."))
	s.run()
	id := s.item("Harbour board meets").ID
	s.now = s.now.Add(time.Hour)
	s.write("wire/a.txt", "KILL-"+wire("Harbour board meets", "Quagga."))
	s.run()
	record, _, err := s.publisher.Ledger.ByID(t.Context(), id)
	s.must(err)
	if record.Status != feed.Withdrawn || len(s.shown("Quagga")) != 0 {
		t.Errorf("%s: %s; %v", record.Status, record.Reason, s.shown("Quagga"))
	}
}

// Two of three versions go at once, and the first one comes back by itself.
func TestOnlyTheVersionBeforeComesBack(t *testing.T) {
	s := newSite(t)
	sample(s)
	for i, mark := range []string{"", "UPDATE 1-", "UPDATE 2-", "UPDATE 3-"} {
		s.now = s.now.Add(time.Hour)
		s.write("wire/"+string(rune('1'+i))+".txt", wire(mark+"Harbour board meets", "Text "+string(rune('1'+i))+"."))
		s.run()
	}
	s.now = s.now.Add(time.Hour)
	s.remove("seeds/wire/4.txt")
	report := s.run()
	if report.Revised != 1 || report.Gone != 0 || len(s.shown("Text 3.")) == 0 {
		t.Errorf("the newest is gone: %s; %v", report, s.paths())
	}
	s.now = s.now.Add(time.Hour)
	s.remove("seeds/wire/2.txt")
	s.remove("seeds/wire/3.txt")
	if report = s.run(); report.Revised != 1 || len(s.shown("Text 1.")) == 0 || len(s.shown("Text 3.")) != 0 {
		t.Errorf("two are gone: %s; %v", report, s.paths())
	}
	s.now = s.now.Add(time.Hour)
	s.remove("seeds/wire/1.txt")
	if s.run(); s.titles("wire") != "" || len(s.paths()) != 4 {
		t.Errorf("all are gone: %q; %v", s.titles("wire"), s.paths())
	}
}

// Nothing of what was replaced, taken back or held again is in any file, also in
// the feeds of tags, authors and months.
func TestNothingReplacedOrKilledLeaks(t *testing.T) {
	s := newSite(t)
	sample(s)
	const matter = "---\nauthor: Quagga Quill\ntags: [zebra]\n---\n"
	s.write("wire/a.md", matter+wire("Harbour board meets", "Okapi one."))
	s.write("wire/c.txt", wire("Quay is closed", "Zanzibar."))
	s.run()
	s.now = s.now.Add(time.Hour)
	s.write("wire/b.txt", wire("UPDATE 1-Harbour board meets", "Text two."))
	s.write("wire/kill.txt", "MANDATORY KILL\n\nEditors: kill the story headlined \"Quay is closed\".\n")
	s.run()
	for _, text := range []string{"Quill", "zebra", "Zanzibar", "MANDATORY"} {
		if found := s.leaks(text); len(found) != 0 {
			t.Errorf("%q is in %v", text, found)
		}
	}
	// A correction tells what was said before, and a withdrawal what was withdrawn.
	for _, text := range []string{"Okapi", "Quay is closed", "UPDATE 1"} {
		if found := s.shown(text); len(found) != 0 {
			t.Errorf("%q is in %v", text, found)
		}
	}
	s.now = s.now.Add(time.Hour)
	s.write("wire/b.txt", "HOLD\n\n"+wire("UPDATE 1-Harbour board meets", "Text two."))
	if s.run(); len(s.leaks("two.")) != 0 || len(s.shown("Okapi")) == 0 {
		t.Errorf("what is held again is in %v, and what was before it in %v; %v", s.leaks("two."), s.shown("Okapi"), s.paths())
	}
	s.now = s.now.Add(time.Hour)
	s.write("wire/a.md", "HOLD\n\n"+wire("Harbour board meets", "Okapi one."))
	if s.run(); len(s.shown("Harbour board")) != 0 {
		t.Errorf("what is held again is in %v; %v", s.shown("Harbour board"), s.paths())
	}
}
