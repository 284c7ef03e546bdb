package publish_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"seedfeed/feed"
	"seedfeed/feed/internal/likeness"
	"seedfeed/feed/ledger"
	"seedfeed/feed/publish"
)

// A sheet is a document of a world: one version of a story.
type sheet struct {
	story, version int
	draft          bool
	opens          time.Time // the instant that its front matter sets for publication; zero for a day that is over
	was            string    // its path when the last run ended, "" if it was not there
	edited         bool      // since then
}

// A world is a site, what its editors have done to it, and what its subscribers
// have been told.
type world struct {
	*site
	rt      *rapid.T
	sheets  map[string]*sheet // by path
	deleted map[string]*sheet // by the path that each had
	stories int

	shared    map[int]bool // stories that more than one document had, or that came back changed
	withdrawn map[int]bool
	named     map[int]bool         // stories whose entry was taken for another's
	idOf      map[int]string       // by story, once it was public
	storyOf   map[string]int       // by id
	published map[string]time.Time // by id
}

// mark is what only the documents of one story hold.
func mark(story int) string { return fmt.Sprintf("zq%dqz", story) }

// text returns the document that a sheet is.
func (d *sheet) text() string {
	words := strings.Fields(prose(uint64(d.story), 60))
	for v := range d.version {
		words[(v*11+5)%len(words)] = fmt.Sprint("version", v)
	}
	date := fmt.Sprintf("2026-02-%02d", 1+d.story%28)
	if !d.opens.IsZero() {
		date = d.opens.Format(time.RFC3339)
	}
	// No two titles have a word in common, since one headline means one story.
	front := fmt.Sprintf("title: %[1]s goes%[2]d on%[2]d\ndate: %[3]s\n", mark(d.story), d.story, date)
	if d.draft {
		front += "draft: true\n"
	}
	return "---\n" + front + "---\n" + strings.Join(words, " ") + " " + mark(d.story) + ".\n"
}

// held reports whether a document is not to be public.
func (w *world) held(d *sheet) bool { return d.draft || d.opens.After(w.now) || w.withdrawn[d.story] }

// place writes a sheet to a path.
func (w *world) place(name string, d *sheet) {
	w.sheets[name] = d
	w.write(name, d.text())
}

// anyPath draws a path that is free, or one that is not.
func (w *world) anyPath(free bool) string {
	var names []string
	for _, dir := range []string{"", "news/", "sport/"} {
		for _, name := range []string{"a", "b", "c", "d"} {
			for _, ext := range []string{".md", ".markdown"} {
				if _, taken := w.sheets[dir+name+ext]; taken != free {
					names = append(names, dir+name+ext)
				}
			}
		}
	}
	if len(names) == 0 {
		w.rt.Skip("there is no such path")
	}
	return rapid.SampledFrom(names).Draw(w.rt, "path")
}

// add writes a story that is new.
func (w *world) add(name string, d *sheet) {
	w.stories++
	d.story = w.stories
	w.place(name, d)
}

func (w *world) edit(name string, change func(d *sheet)) {
	d := w.sheets[name]
	if d.was == "" && w.idOf[d.story] != "" {
		if w.withdrawn[d.story] {
			w.rt.Skip("the ledger never saw this version of what was withdrawn")
		}
		w.shared[d.story] = true // it was gone, and came back changed
	}
	change(d)
	d.edited = true
	w.place(name, d)
}

// moveTo renames documents all at once: each to the path of the next.
func (w *world) moveTo(from, to []string) {
	moved := make([]*sheet, len(from))
	for i, name := range from {
		moved[i] = w.sheets[name]
		w.rename(name, fmt.Sprintf("moving.%d", i))
		delete(w.sheets, name)
	}
	for i, name := range to {
		w.rename(fmt.Sprintf("moving.%d", i), name)
		w.sheets[name] = moved[i]
	}
}

// actions are what happens to a world.
func (w *world) actions() map[string]func(*rapid.T) {
	bind := func(do func()) func(*rapid.T) { return func(rt *rapid.T) { w.rt = rt; do() } }
	return map[string]func(*rapid.T){
		"add":   bind(func() { w.add(w.anyPath(true), &sheet{}) }),
		"draft": bind(func() { w.add(w.anyPath(true), &sheet{draft: true}) }),
		"embargo": bind(func() {
			w.add(w.anyPath(true), &sheet{opens: w.now.Add(time.Duration(rapid.IntRange(1, 5).Draw(w.rt, "hours")) * time.Hour)})
		}),
		"edit": bind(func() { w.edit(w.anyPath(false), func(d *sheet) { d.version++ }) }),
		"hold": bind(func() { w.edit(w.anyPath(false), func(d *sheet) { d.draft = !d.draft }) }),
		"move": bind(func() { w.moveTo([]string{w.anyPath(false)}, []string{w.anyPath(true)}) }),
		"move and edit": bind(func() {
			from, to := w.anyPath(false), w.anyPath(true)
			w.moveTo([]string{from}, []string{to})
			w.edit(to, func(d *sheet) { d.version++ })
		}),
		"change places": bind(func() {
			a, b, c := w.anyPath(false), w.anyPath(false), w.anyPath(false)
			if a == b {
				w.rt.Skip("one document")
			}
			from := []string{a, b}
			if c != a && c != b {
				from = append(from, c)
			}
			w.moveTo(from, append(from[1:len(from):len(from)], a))
		}),
		"another story in the file": bind(func() {
			name := w.anyPath(false)
			if w.held(w.sheets[name]) || w.sheets[name].was != name {
				w.rt.Skip("its text is not at hand any more, or it came here just now")
			}
			w.add(name, &sheet{was: name})
		}),
		"delete": bind(func() {
			name := w.anyPath(false)
			w.deleted[name] = w.sheets[name]
			delete(w.sheets, name)
			w.remove("seeds/" + name)
		}),
		"return": bind(w.comeBack),
		"copy": bind(func() {
			from, to := w.anyPath(false), w.anyPath(true)
			if w.withdrawn[w.sheets[from].story] {
				w.rt.Skip("it was withdrawn")
			}
			d := *w.sheets[from]
			d.was = ""
			w.shared[d.story] = true
			w.place(to, &d)
		}),
		"withdraw": bind(w.withdraw),
		"restore":  bind(w.restoreOne),
		"crash": bind(func() {
			report, err := w.stoppedRun(rapid.Int64Range(0, 600).Draw(w.rt, "limit")) // wherever it ends
			w.rt.Logf("%s, %v\n%s", report, err, decisions(report))
			w.barred(report)
			w.now = w.now.Add(time.Minute)
			if err == nil { // it ended after all
				for _, d := range w.deleted {
					d.was = ""
				}
			}
		}),
		"run": bind(w.pass),
	}
}

// comeBack writes a document again that was deleted, where it was or elsewhere.
func (w *world) comeBack() {
	if len(w.deleted) == 0 {
		w.rt.Skip("none was deleted")
	}
	name := rapid.SampledFrom(slices.Sorted(maps.Keys(w.deleted))).Draw(w.rt, "deleted")
	to := name
	if _, taken := w.sheets[name]; taken || rapid.Bool().Draw(w.rt, "elsewhere") {
		to = w.anyPath(true)
	}
	d := w.deleted[name]
	if d.edited {
		if w.withdrawn[d.story] && to != name {
			w.rt.Skip("the ledger never saw this version of what was withdrawn")
		}
		w.shared[d.story] = true // and may be another entry for it
	}
	delete(w.deleted, name)
	w.place(to, d)
}

func (w *world) withdraw() {
	name := w.anyPath(false)
	d := w.sheets[name]
	if d.was != name || d.edited || w.shared[d.story] || w.held(d) || w.idOf[d.story] == "" {
		w.rt.Skip("it is not public at this path")
	}
	if _, err := w.publisher.Withdraw(w.t.Context(), w.idOf[d.story], "an error"); err != nil {
		w.rt.Fatalf("withdraw %s: %v", name, err)
	}
	w.withdrawn[d.story] = true
}

func (w *world) restoreOne() {
	if len(w.withdrawn) == 0 {
		w.rt.Skip("none was withdrawn")
	}
	story := rapid.SampledFrom(slices.Sorted(maps.Keys(w.withdrawn))).Draw(w.rt, "story")
	if _, err := w.publisher.Restore(w.t.Context(), w.idOf[story]); err != nil {
		w.rt.Fatalf("restore %s: %v", mark(story), err)
	}
	delete(w.withdrawn, story)
	w.shared[story] = true // it is gone until the run finds it, and may be edited meanwhile
}

// pass makes a run and looks at what came of it.
func (w *world) pass() {
	w.now = w.now.Add(time.Hour)
	report, err := w.publisher.Run(w.t.Context())
	if err != nil {
		w.rt.Fatalf("run: %v", err)
	}
	w.rt.Logf("%s\n%s", report, decisions(report))
	w.barred(report)
	for name, d := range w.sheets {
		d.was, d.edited = name, false
	}
	for _, d := range w.deleted {
		d.was = ""
	}
	if statuses, err := w.publisher.Ledger.Statuses(w.t.Context()); err != nil || report.Held != statuses[feed.Held] {
		w.rt.Fatalf("%d documents are said to be held, and %d are: %v", report.Held, statuses[feed.Held], err)
	}
	w.checkRecords()
	w.checkOut()
}

// barred notes the documents that people are asked to rename.
func (w *world) barred(report publish.Report) {
	for _, skip := range report.Skips {
		if d := w.sheets[skip.Path]; d != nil && strings.HasPrefix(skip.Reason, "lies where a document was that is withdrawn") {
			w.shared[d.story] = true
		}
	}
}

// checkRecords checks that each id is that of one story for ever, that each story
// keeps its id, and that no date moves.
func (w *world) checkRecords() {
	for record, err := range w.publisher.Ledger.List(w.t.Context(), ledger.Filter{Status: []feed.Status{feed.Live}}) {
		if err != nil {
			w.rt.Fatal(err)
		}
		var story int
		if _, err := fmt.Sscanf(record.Title, "zq%dqz", &story); err != nil {
			w.rt.Fatalf("title %q: %v", record.Title, err)
		}
		if before, ok := w.storyOf[record.ID]; ok && before != story && lookAlike(before, story) {
			w.shared[before], w.shared[story] = true, true
			delete(w.published, record.ID)
			w.named[before] = true // its title is in the address that the other has now
		} else if ok && before != story {
			w.describe(before)
			w.describe(story)
			w.rt.Fatalf("%s was %s, and is %s at %s now", record.ID, mark(before), mark(story), record.Path)
		}
		if before, ok := w.idOf[story]; ok && before != record.ID && !w.shared[story] {
			w.rt.Fatalf("%s had the id %s, and has %s at %s now", mark(story), before, record.ID, record.Path)
		}
		if before, ok := w.published[record.ID]; ok && !before.Equal(record.Published) {
			w.describe(story)
			w.rt.Fatalf("%s moved from %s to %s", mark(story), before, record.Published)
		}
		w.storyOf[record.ID], w.idOf[story], w.published[record.ID] = story, record.ID, record.Published
	}
}

// lookAlike reports whether two stories may be taken for one when the text of one
// is not at hand any more, but only its sketch: of thirty pairs about one.
func lookAlike(a, b int) bool {
	sketch := func(story int) likeness.Sketch { return likeness.Of(prose(uint64(story), 60)).Sketch() }
	return sketch(a).Resemblance(sketch(b)) > 0.05
}

// checkOut checks what stands in out/: all that is to be public, once in each
// feed, and nothing that is held. The feed of corrections names what was deleted
// or withdrawn.
func (w *world) checkOut() {
	all, rest := strings.Builder{}, strings.Builder{}
	for name, data := range w.out() {
		all.WriteString(name + "\n" + data)
		if !strings.HasPrefix(name, "corrections/") {
			rest.WriteString(name + "\n" + data)
		}
	}
	seen := map[string]bool{}
	for _, i := range w.items("") {
		if seen[i.ID] {
			w.rt.Fatalf("%s is twice in the feed", i.ID)
		}
		seen[i.ID] = true
	}
	public, drafts := map[int]bool{}, map[int]bool{}
	for _, d := range w.sheets {
		public[d.story] = public[d.story] || !w.held(d)
		drafts[d.story] = drafts[d.story] || !w.withdrawn[d.story] && !w.shared[d.story]
	}
	for story := 1; story <= w.stories; story++ {
		text := rest.String()
		if drafts[story] {
			text = all.String()
		}
		switch found := strings.Contains(text, mark(story)); {
		case found && !public[story] && !w.named[story]:
			w.describe(story)
			w.rt.Fatalf("%s is not public, and is in %v", mark(story), w.leaks(mark(story)))
		case !found && public[story] && !w.shared[story]:
			w.describe(story)
			w.rt.Fatalf("%s is public, and in no file", mark(story))
		}
	}
}

// describe logs what is known of a story.
func (w *world) describe(story int) {
	for name, d := range w.sheets {
		if d.story == story {
			w.rt.Logf("document %s: %+v", name, *d)
		}
	}
	for record, err := range w.publisher.Ledger.List(w.t.Context(), ledger.Filter{}) {
		if err != nil || strings.HasPrefix(record.Title, mark(story)) {
			w.rt.Logf("record %+v, %v", record, err)
		}
	}
}

// rebuilds checks that nothing is written when nothing has changed, and that
// out/ is the same when it is made anew.
func (w *world) rebuilds() {
	before := w.out()
	report, err := w.publisher.Run(w.t.Context())
	if err != nil || report.Written+report.Removed != 0 {
		w.rt.Fatalf("a run over what has not changed: %s, %v", report, err)
	}
	if err := w.publisher.Ledger.Close(); err != nil {
		w.rt.Fatal(err)
	}
	other := newSiteIn(w.t, w.copyTo(w.t, w.dir+"-copy"))
	w.openLedger()
	other.now = w.now
	other.remove("out")
	other.publisher.Brake = -1
	_, err = other.publisher.Run(w.t.Context())
	if err != nil {
		w.rt.Fatalf("run from scratch: %v", err)
	}
	if diff := cmp.Diff(before, other.out()); diff != "" {
		w.rt.Fatalf("out/ made from scratch is another (-as it was +from scratch):\n%s", diff)
	}
	other.discard()
}

// discard closes the ledger of a site and takes its folder away.
func (s *site) discard() {
	s.t.Helper()
	s.must(s.publisher.Ledger.Close())
	s.must(os.RemoveAll(s.dir))
}

// Whatever editors do, and wherever a run is killed: no id is twice, nor that of
// two stories, no date moves, nothing held is anywhere in out/, and out/ is what
// the documents and the ledger make of it.
//
// A few sequences are tried, the same each time; -rapid.checks says how many, and
// -rapid.seed=0 takes others.
func TestAnySequenceOfChanges(t *testing.T) {
	few(t, "rapid.checks", "10")
	few(t, "rapid.steps", "20")
	few(t, "rapid.seed", "1")
	dir := memoryDir(t)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		own := path.Join(dir, fmt.Sprint(n))
		if err := os.Mkdir(own, 0o755); err != nil {
			rt.Fatal(err)
		}
		w := &world{
			site: newSiteIn(t, own), rt: rt,
			sheets: map[string]*sheet{}, deleted: map[string]*sheet{},
			shared: map[int]bool{}, withdrawn: map[int]bool{}, named: map[int]bool{},
			idOf: map[int]string{}, storyOf: map[string]int{}, published: map[string]time.Time{},
		}
		defer w.discard()
		w.publisher.Brake = -1
		for _, name := range []string{"a.md", "news/a.md", "news/b.md"} {
			w.add(name, &sheet{})
		}
		w.pass()
		rt.Repeat(w.actions())
		w.rt = rt
		w.pass()
		w.rebuilds()
	})
}

// few gives a flag a value unless it was given on the command line.
func few(t *testing.T, name, value string) {
	t.Helper()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == name })
	if given {
		return
	}
	before := flag.Lookup(name).Value.String()
	if err := flag.Set(name, value); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set(name, before) })
}
