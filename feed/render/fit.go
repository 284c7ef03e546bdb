package render

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"sort"
	"strings"

	"seedfeed/feed"
)

// keptStones is how many marks of entries that went a feed keeps whatever its
// size: its subscribers may still have those entries.
const keptStones = 100

// A Cut is what a feed gave to fit.
type Cut struct {
	Contents   []string // the ids of the entries without their content, largest first
	Entries    int      // how many of the oldest entries are left out
	Tombstones int      // how many of the oldest tombstones are
}

// IsZero reports whether nothing was given.
func (c Cut) IsZero() bool { return len(c.Contents) == 0 && c.Entries == 0 && c.Tombstones == 0 }

// Fit returns a feed none of whose forms is larger than a number of bytes, and
// what it gave for that. Many readers refuse a large feed as a whole. What is
// needed least goes first: the oldest of many tombstones; then the content of the
// entries with the largest, which keep their summary and their link, and whose
// pages have it; then the oldest entries. The newest stays, however large it is.
//
// Equal feeds give equal results. A feed that fits comes back as it is, and the
// one that was given is never changed.
func Fit(f feed.Feed, limit int) (fitted feed.Feed, cut Cut) {
	if atMost(f) <= limit || largest(f) <= limit {
		return f, Cut{}
	}
	fits := func(f feed.Feed) bool { return largest(f) <= limit }
	stones := f.Tombstones
	cut.Tombstones = sort.Search(max(0, len(stones)-keptStones), func(n int) bool {
		f.Tombstones = stones[:len(stones)-n]
		return fits(f)
	})
	f.Tombstones = stones[:len(stones)-cut.Tombstones]
	f, cut.Contents = giveContents(f, limit, largest)
	entries := f.Entries
	cut.Entries = sort.Search(max(0, len(entries)-1), func(n int) bool {
		f.Entries = entries[:len(entries)-n]
		return fits(f)
	})
	f.Entries = entries[:len(entries)-cut.Entries]
	return f, cut
}

// ArchiveWithin is [Archive] for a document that is to be no larger than a number
// of bytes. It returns the ids of the entries that gave their content for that, as
// those of [Fit] do. No entry is left out: no other document would have it.
func ArchiveWithin(w io.Writer, f feed.Feed, limit int) (contents []string, err error) {
	if atMost(f) <= limit {
		return nil, Archive(w, f)
	}
	// The last document that is weighed is most often the one that is wanted.
	last := kept{limit: limit}
	last.text.Grow(limit) // as much as it may take: to grow on the way takes several times that
	f, contents = giveContents(f, limit, func(f feed.Feed) int {
		last.again()
		return weigh(f, func(w io.Writer, f feed.Feed) error { return Archive(io.MultiWriter(w, &last), f) })
	})
	if last.over || last.text.Len() == 0 {
		return contents, Archive(w, f)
	}
	_, err = last.text.WriteTo(w)
	return contents, err
}

// A kept keeps what is written to it, unless that is more than a limit.
type kept struct {
	limit int
	over  bool
	text  bytes.Buffer
}

// again makes it one to which nothing was written.
func (k *kept) again() {
	k.over = false
	k.text.Reset()
}

// Write implements [io.Writer].
func (k *kept) Write(p []byte) (int, error) {
	if k.over = k.over || k.text.Len()+len(p) > k.limit; k.over {
		k.text.Reset()
		return len(p), nil
	}
	return k.text.Write(p)
}

// giveContents takes the content of entries until the feed has a size, as a
// function tells it.
func giveContents(f feed.Feed, limit int, sizeOf func(feed.Feed) int) (fitted feed.Feed, cut []string) {
	excess := sizeOf(f) - limit
	if excess <= 0 {
		return f, nil
	}
	bySize := make([]int, len(f.Entries))
	for i := range bySize {
		bySize[i] = i
	}
	slices.SortFunc(bySize, func(a, b int) int {
		x, y := f.Entries[a], f.Entries[b]
		return cmp.Or(cmp.Compare(len(y.Content), len(x.Content)), strings.Compare(x.ID, y.ID))
	})
	f.Entries = slices.Clone(f.Entries)
	for _, i := range bySize {
		e := &f.Entries[i]
		saved := len(e.Content)
		if saved == 0 {
			break
		}
		e.Summary = cmp.Or(line(e.Summary), opening(*e))
		e.Content = ""
		cut = append(cut, e.ID)
		// The feed is weighed again only when this may be enough.
		if excess -= saved; excess > 0 {
			continue
		}
		if excess = sizeOf(f) - limit; excess <= 0 {
			break
		}
	}
	return f, cut
}

// atMost returns a size that no form of a feed exceeds, without making any: most
// feeds are far from the limit. No byte of a string becomes more than six ("&" in
// RSS is "&#x26;"), and no string but the content stands in a form more than
// three times; the rest is what is around them.
func atMost(f feed.Feed) int {
	const escaped, repeated, around = 6, 3, 2_000
	once, often := 0, len(f.ID)+len(f.URL)+len(f.Title)+len(f.Description)+len(f.Language)+len(f.Copyright)+len(f.Icon)+len(f.Image)+len(f.Updates)+len(f.Archive.Previous)
	elements := 1 + len(f.Entries) + len(f.Authors) + len(f.Tombstones) + len(f.Hubs)
	often += personBytes(f.Authors)
	for _, hub := range f.Hubs {
		often += len(hub)
	}
	for _, t := range f.Tombstones {
		often += len(t.ID) + len(t.Reason)
	}
	for _, e := range f.Entries {
		once += len(e.Content)
		often += len(e.ID) + len(e.URL) + len(e.Title) + len(e.Summary) + len(e.Agency) + len(e.Place) + len(e.Language) + personBytes(e.Authors)
		elements += len(e.Authors) + len(e.Categories) + len(e.Enclosures)
		for _, c := range e.Categories {
			often += len(c)
		}
		for _, file := range e.Enclosures {
			often += len(file.URL) + len(file.Type) + len(file.Title)
		}
		if e.Image != nil {
			often += len(e.Image.URL) + len(e.Image.Alt)
		}
	}
	return escaped*(once+repeated*often) + around*elements
}

func personBytes(list []feed.Person) int {
	var sum int
	for _, p := range list {
		sum += len(p.Name) + len(p.URI) + len(p.Email)
	}
	return sum
}

// largest returns the size of a feed's largest form.
func largest(f feed.Feed) int {
	var most int
	for _, format := range Formats() {
		most = max(most, weigh(f, format.Write))
	}
	return most
}

// weigh returns the size of a form of a feed.
func weigh(f feed.Feed, write func(io.Writer, feed.Feed) error) int {
	var size counter
	if err := write(&size, f); err != nil {
		return 0 // who writes it in earnest is told
	}
	return int(size)
}

// A counter counts what is written to it.
type counter int

var _ io.Writer = (*counter)(nil)

// Write implements [io.Writer].
func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
