package render

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"seedfeed/feed"
)

// Fit returns a feed none of whose forms is larger than a number of bytes, and
// the ids of the entries that gave their content for it: those with the largest,
// largest first, have their summary and their link alone. Many readers refuse a
// large feed as a whole; the page of an entry has the content.
//
// Equal feeds give equal results. A feed that fits comes back as it is, and the
// one that was given is never changed. No entry is left out: a feed that is too
// large without any content stays so.
func Fit(f feed.Feed, limit int) (fitted feed.Feed, cut []string) {
	if atMost(f) <= limit {
		return f, nil
	}
	excess := largest(f) - limit
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
		// The forms are weighed again only when this may be enough.
		if excess -= saved; excess > 0 {
			continue
		}
		if excess = largest(f) - limit; excess <= 0 {
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
	once, often := 0, len(f.ID)+len(f.URL)+len(f.Title)+len(f.Description)+len(f.Language)+len(f.Copyright)+len(f.Icon)+len(f.Archive.Previous)
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
		var size counter
		if err := format.Write(&size, f); err != nil {
			continue // who writes it in earnest is told
		}
		most = max(most, int(size))
	}
	return most
}

// A counter counts what is written to it.
type counter int

var _ io.Writer = (*counter)(nil)

// Write implements [io.Writer].
func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
