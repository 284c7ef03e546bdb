package check_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"seedfeed/feed/check"
	"seedfeed/feed/extract"
	"seedfeed/feed/internal/golden"
	"seedfeed/feed/seed"
)

// written is when the documents of these tests were written.
var written = time.Date(2026, time.March, 5, 9, 0, 0, 0, time.UTC)

// documents returns a folder of documents.
func documents(files map[string]string) *seed.Folder {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text), ModTime: written}
	}
	return seed.New(fsys, seed.Options{Readable: extract.Readable, MaxSize: 10_000, Settle: time.Minute, Now: func() time.Time { return now }})
}

// story is a document in which nothing is wrong.
func story(title string, lines ...string) string {
	return "---\ntitle: " + title + "\ndate: 2026-03-03\n" + strings.Join(append(lines, "---"), "\n") + "\n"
}

const pier = `The harbour opened its new pier on Tuesday, after three years of work on the old quay. Ships of up to two hundred
metres can now moor in the outer basin, and the ferry to the islands leaves from the inner one. The mayor said that the town had
waited for this day since the storm which took the old pier away. A band played until the evening, and the harbour master
showed the new lamps to the children of both schools.
`

const ferry = `The ferry to the islands has a new timetable from Monday on. It leaves at seven in the morning and at noon, and comes
back an hour before the tide turns. In summer a third crossing is made on Saturdays, for which seats can be booked at the office
on the quay. Dogs travel free of charge, and bicycles cost two pounds each way, as they have since the old boat was sold.
`

func TestGoodDocuments(t *testing.T) {
	o := options(t)
	o.Seeds = documents(map[string]string{
		"feed.yaml":  "title: The Quay Post\nlanguage: en-GB\n",
		"pier.md":    story("New pier opens") + pier,
		"b/ferry.md": story("Ferry has a new timetable") + ferry,
	})
	for _, f := range findings(t, o) {
		t.Errorf("found in good documents: %s", f)
	}
}

func TestDocuments(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		rule  string // "" where nothing may be found
	}{
		{"front matter is broken", map[string]string{"a.md": "---\ntitle: [one\n---\nText.\n"}, "unreadable"},
		{"a binary file", map[string]string{"a.txt": strings.Repeat("\x7fELF\x00\x01\x02\x03", 100)}, "unreadable"},
		{"an empty file", map[string]string{"a.txt": " \n"}, "empty"},
		{"a file that is too large", map[string]string{"a.txt": strings.Repeat("word ", 3000)}, "skipped"},
		{"files that are not read", map[string]string{"a.docx": "x", "b.pdf": "x"}, "unread"},
		{"settings are broken", map[string]string{"news/feed.yaml": "titel: x\n"}, "settings"},
		{"settings under another name", map[string]string{"feed.yml": "title: x\n"}, "skipped"},
		{"no day is told", map[string]string{"a.txt": "A headline\n\n" + pier}, "date-guessed"},
		{"no year is told", map[string]string{"a.txt": "A headline\n\nLISBON, March 3 (Acme) - " + pier}, "date-inferred"},
		{"a day in the future", map[string]string{"a.txt": "A headline\n\nLISBON, March 23, 2026 (Acme) - " + pier}, "date-ahead"},
		{"a front matter date in the future", map[string]string{"a.md": "---\ntitle: A\ndate: 2026-04-01\n---\n" + pier}, "held"},
		{"tomorrow in a dateline", map[string]string{"a.txt": "A headline\n\nLISBON, March 10, 2026 (Acme) - " + pier}, ""},
		{"a date that is none", map[string]string{"a-2026-03-03.md": "---\ntitle: A\ndate: 31/31/2026\n---\n" + pier}, "not-believed"},
		{"a draft", map[string]string{"a.md": story("A", "draft: true") + pier}, "held"},
		{"an embargo", map[string]string{"a.md": story("A", "embargo: 2026-04-01") + pier}, "held"},
		{"an embargo that is over", map[string]string{"a.md": story("A", "embargo: 2026-03-04") + pier}, ""},
		{"a derived title", map[string]string{"a.txt": "LISBON, March 3, 2026 (Acme) - " + pier}, "title-derived"},
		{"no title at all", map[string]string{"2026-03-03-x.md": "![](p.png)\n"}, "no-title"},
		{"a bracket in the title", map[string]string{"a.md": story("Water < 3 m deep") + pier}, "angle-bracket"},
		{"no summary", map[string]string{"a.md": story("A picture") + "![](p.png)\n"}, "no-summary"},
		{"a copy", map[string]string{"a.md": story("A") + pier, "b/a.md": story("A") + pier}, "copy"},
		{"one id", map[string]string{"a.md": story("A", "id: x-1") + pier, "b.md": story("B", "id: x-1") + ferry}, "same-id"},
		{"an update beside what it replaces", map[string]string{
			"a.md": story("Pier opens") + pier,
			"b.md": story("New pier opens") + strings.Replace(pier, "Tuesday", "Tuesday morning", 1),
		}, "near-duplicate"},
		{"one title on one day", map[string]string{"a.md": story("The news") + pier, "b.md": story("the News") + ferry}, "same-title"},
		{"one title on two days", map[string]string{
			"a.md": story("The news") + pier, "b.md": strings.Replace(story("The news"), "03-03", "03-04", 1) + ferry,
		}, ""},
	}
	var all bytes.Buffer
	for _, tt := range tests {
		o := options(t)
		o.Seeds = documents(tt.files)
		found := findings(t, o)
		fmt.Fprintf(&all, "%s\n", tt.name)
		for _, f := range found {
			fmt.Fprintf(&all, "\t%s\n", f)
		}
		if text := strings.Join(found, "\n"); tt.rule != "" && !strings.Contains(text, "["+tt.rule+"]") || tt.rule == "" && text != "" {
			t.Errorf("%s: found %q, want %q", tt.name, found, tt.rule)
		}
	}
	golden.Check(t, "documents.txt", all.Bytes())
}

// What is not public for another reason than the document tells.
func TestHeldByLedger(t *testing.T) {
	text := story("New pier opens") + pier
	s := goodSite(t)
	s.records[3].Path, s.records[3].Digest, s.records[3].Reason = "plan.md", sha256.Sum256([]byte(text)), "waits for approval"
	s.records[4].Reason = "it was not true"
	o := options(t)
	o.Ledger = s.ledger(t)
	for name, want := range map[string]string{
		"plan.md":   "seeds/plan.md: info: not public: the last run held it: waits for approval [held]",
		"rumour.md": "seeds/rumour.md: info: not public: withdrawn: it was not true [held]",
		"pier.md":   "",
	} {
		o.Seeds = documents(map[string]string{name: text})
		if got := strings.Join(findings(t, o), "\n"); got != want {
			t.Errorf("%s: found %q, want %q", name, got, want)
		}
	}
}

// A version that another one has replaced is not held against that.
func TestHeldIsNotCompared(t *testing.T) {
	text := story("New pier opens") + pier
	s := goodSite(t)
	s.records[3].Path, s.records[3].Digest, s.records[3].Reason = "a.md", sha256.Sum256([]byte(text)), "replaced by b.md"
	o := options(t)
	o.Ledger = s.ledger(t)
	o.Seeds = documents(map[string]string{"a.md": text, "b.md": text + "More is to come.\n"})
	want := "seeds/a.md: info: not public: the last run held it: replaced by b.md [held]"
	if got := strings.Join(findings(t, o), "\n"); got != want {
		t.Errorf("found %q, want %q", got, want)
	}
}

// A document that was written a moment ago waits, and a folder that can not be
// listed hides no other.
func TestDocumentsWait(t *testing.T) {
	o := options(t)
	fsys := fstest.MapFS{"a.md": {Data: []byte(story("A") + pier), ModTime: now.Add(-time.Second)}}
	o.Seeds = seed.New(fsys, seed.Options{Readable: extract.Readable, Settle: time.Minute, Now: func() time.Time { return now }})
	o.SeedsName = "drop"
	want := "drop/a.md: info: written less than 1m0s ago [waiting]"
	if got := strings.Join(findings(t, o), "\n"); got != want {
		t.Errorf("found %q, want %q", got, want)
	}
}

// A feed has no more entries than its settings say, those of its section first.
func TestEntriesOfSettings(t *testing.T) {
	for settings, want := range map[string]string{
		"entries: 1\n": "out/atom.xml: warning: 2 entries are more than 1 [entries]\n" +
			"out/feed.json: warning: 2 entries are more than 1 [entries]\n" +
			"out/rss.xml: warning: 2 entries are more than 1 [entries]",
		"entries: 2\n": "",
	} {
		o := options(t)
		o.Out = goodSite(t).files
		o.Seeds = documents(map[string]string{"feed.yaml": settings})
		if got := strings.Join(findings(t, o), "\n"); got != want {
			t.Errorf("with %q: found %q, want %q", settings, got, want)
		}
	}
}

// Every rule is in the table for a reason: a test of this package breaks it.
func TestRulesAreTested(t *testing.T) {
	tested := map[string]bool{"waiting": true, "entries": true} // by the tests above
	for _, name := range []string{"changes.txt", "documents.txt", "files.txt"} {
		for _, m := range regexp.MustCompile(`(?m)(error|warning|info): .* \[([a-z-]+)\]$`).FindAllStringSubmatch(read(t, "testdata/"+name), -1) {
			tested[m[2]] = true
		}
	}
	names := map[string]bool{}
	for _, r := range check.Rules() {
		if r.Name == "" || r.About == "" {
			t.Errorf("rule %q has no name or no description: %q", r.Name, r.About)
		}
		if names[r.Name] {
			t.Errorf("two rules are called %q", r.Name)
		}
		names[r.Name] = true
		if !tested[r.Name] {
			t.Errorf("no test breaks rule %q", r.Name)
		}
	}
	for name := range tested {
		if !names[name] {
			t.Errorf("the tests know a rule %q that is not in the table", name)
		}
	}
}
