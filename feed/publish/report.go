package publish

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"seedfeed/feed/seed"
)

// A Report tells what a run found and did.
type Report struct {
	Documents int // that were looked at, without those skipped
	New       int // published or held for the first time
	Changed   int // read again since they changed, or had to be written again
	Renamed   int // found at a new path: they keep id and address
	Gone      int // published before, and not there any more
	Held      int // that are not public, new ones and old ones
	Revised   int // that took the place of another version of their story
	Killed    int // stories that an advisory took back

	Decisions []Decision // on which entry a document is, where its path does not tell

	Skips   []Skip     // documents that could not be published, and why
	Waiting int        // documents that wait for the next run: too young, or being written
	Unread  seed.Kinds // files that are no documents, by their kind

	Written int // files in out/ that got new bytes
	Removed int // files in out/ that were taken away

	// Pings are the WebSub hubs elsewhere that are to be told, by their
	// addresses, with the addresses of the feeds that got new bytes.
	Pings map[string][]string

	Next time.Time     // when something becomes due by itself; zero when nothing does
	Took time.Duration // by the wall clock

	Steps []StepTime // in their order, as far as the run came
}

// A StepTime tells how long a step of a run took.
type StepTime struct {
	Name string // "read the documents"
	Took time.Duration
}

// A Decision tells why a document is the entry that it is taken for.
type Decision struct {
	Path string // of the document
	Why  string // one line for people: "was news/a.txt; 87 % of its text"
}

// String returns the decision as one line, beginning with the path.
func (d Decision) String() string { return printable(d.Path) + ": " + d.Why }

// A Skip is a document that a run left out.
type Skip struct {
	Path    string // of the document, or of the folder
	Reason  string // one line for people
	Excerpt string // the lines that the reason is about, with a mark, or ""
	Kept    bool   // what was published of it before is still public
}

// String returns the skip without its excerpt as one line, beginning with the
// path.
func (s Skip) String() string {
	line := printable(s.Path) + ": " + s.Reason
	if s.Kept {
		line += " (what was published before stays)"
	}
	return line
}

// Add adds what an earlier run did to the report of the one after it.
func (r *Report) Add(earlier Report) {
	r.New += earlier.New
	r.Changed += earlier.Changed
	r.Renamed += earlier.Renamed
	r.Gone += earlier.Gone
	r.Revised += earlier.Revised
	r.Killed += earlier.Killed
	r.Written += earlier.Written
	r.Removed += earlier.Removed
	r.Took += earlier.Took
	r.Decisions = append(earlier.Decisions[:len(earlier.Decisions):len(earlier.Decisions)], r.Decisions...)
	r.Steps = append(slices.Clip(earlier.Steps), r.Steps...)
	for hub, topics := range earlier.Pings {
		r.tell(hub, topics...)
	}
}

// tell notes feeds that a hub elsewhere is to be told of, each once.
func (r *Report) tell(hub string, topics ...string) {
	if r.Pings == nil {
		r.Pings = map[string][]string{}
	}
	for _, topic := range topics {
		if !slices.Contains(r.Pings[hub], topic) {
			r.Pings[hub] = append(r.Pings[hub], topic)
		}
	}
}

// printable returns a path for people: file names may hold line breaks, control
// characters and what is no text at all.
func printable(path string) string {
	if quoted := strconv.Quote(path); quoted != `"`+path+`"` {
		return quoted
	}
	return path
}

// String returns the report as one line for people.
func (r Report) String() string {
	var b strings.Builder
	b.WriteString(count(r.Documents, "document"))
	sep := ": "
	for _, part := range []struct {
		n    int
		word string
	}{
		{r.New, "new"}, {r.Changed, "changed"}, {r.Revised, "revised"}, {r.Renamed, "renamed"}, {r.Gone, "gone"}, {r.Killed, "taken back"},
		{r.Held, "held"}, {len(r.Skips), "skipped"}, {r.Waiting, "waiting"},
	} {
		if part.n > 0 {
			fmt.Fprintf(&b, "%s%d %s", sep, part.n, part.word)
			sep = ", "
		}
	}
	if r.Written+r.Removed == 0 {
		return b.String() + "; nothing to write"
	}
	b.WriteString("; wrote " + count(r.Written, "file"))
	if r.Removed > 0 {
		b.WriteString(", removed " + count(r.Removed, "file"))
	}
	return b.String()
}

// count returns a number with its noun in the right form.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
