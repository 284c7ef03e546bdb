package render

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"seedfeed/feed"
)

// A Listing is what the page of a list shows: the latest entries of the site, of
// a section, a tag, an author or a language, or those of a month.
type Listing struct {
	Site Site

	// Feed has the entries. Its URL is that of the page, and its language the
	// page's.
	Feed    feed.Feed
	NoFeeds bool // the list is published as a page only, as that of a month

	Kind    string // "" for the site's page, "section", "tag", "author", "language", "month"
	Heading string // the name of the list as people see it: "Sport", "Maud Ellery"
	Month   string // of a month's page, "2026-03"; then it is the heading, in the page's language

	Trail        []Link // from the site's page to the one above this
	Sections     []Link // below it
	Tags         []Link // of the site's page: those that are used most
	Authors      []Link // of the site's page: those with the most entries
	Languages    []Link // of the site's page, where it speaks several
	Months       []Link // of the site's page, newest first, titled "2026-03"
	Older, Newer *Link  // the months before and after, titled "2026-02"; nil where there is none
}

// Index writes the page of a list.
func Index(w io.Writer, l Listing) error {
	return execute(w, "index", indexPage(l))
}

// An indexView is the page of a list. All its links are relative to the page.
type indexView struct {
	page
	Heading   string // of the list, without the site's title
	Kicker    string // over the heading: what kind of list it is, in the words of the page
	Trail     []Link
	Sections  []Link
	Tags      []Link
	Authors   []Link
	Languages []Link
	Years     []yearView
	Older     *Link
	Newer     *Link
	Entries   []entryView
	Days      []dayView // the entries of a month, in place of Entries
}

// A yearView is a year of the archive.
type yearView struct {
	Year   string
	Open   bool // its months show at once
	Months []Link
}

// A dayView is a day of a month's page.
type dayView struct {
	Date    dateView // the zero dateView where nobody knows the day
	Entries []entryView
}

func indexPage(l Listing) indexView {
	f := l.Feed
	v := indexView{page: newPage(l.Site, f.URL, f.Language)}
	v.Front = l.Kind == ""
	v.Title = cmp.Or(line(f.Title), v.Site.Title)
	v.Heading = cmp.Or(line(l.Heading), strings.TrimSuffix(v.Title, " – "+v.Site.Title))
	if l.Month != "" {
		v.Heading = monthIn(v.Lang, l.Month)
		v.Title = v.Heading + " – " + v.Site.Title
	}
	v.Kicker = map[string]string{"tag": v.Words.Topics, "author": v.Words.Authors, "month": v.Words.Archive}[l.Kind]
	v.Description = cmp.Or(line(f.Description), v.Site.Description)
	v.Feeds = offer(v.URL, v.Site.Title, l.Site.URL)
	v.Discover = v.Feeds
	if !v.Front && !l.NoFeeds {
		v.Feeds = offer(v.URL, v.Title, f.URL)
		v.Discover = append(slices.Clone(v.Feeds), v.Discover...)
	}
	v.Trail = v.trail(l.Trail)
	v.Sections, v.Tags, v.Authors = links(v.URL, l.Sections), links(v.URL, l.Tags), links(v.URL, l.Authors)
	v.Languages = links(v.URL, l.Languages)
	v.Years = years(v.page, l.Months)
	v.Older, v.Newer = v.month(l.Older), v.month(l.Newer)
	for _, e := range f.Entries {
		v.Entries = append(v.Entries, viewOf(e, v.page))
	}
	if l.Month != "" {
		v.Days, v.Entries = days(v.Entries, f.Entries, v.Lang), nil
	}
	return v
}

// month is the neighbour of a month's page.
func (p page) month(l *Link) *Link {
	if l = p.neighbour(l); l != nil {
		l.Title = monthIn(p.Lang, l.Title)
	}
	return l
}

// years puts months under their years. The newest year is open.
func years(p page, months []Link) []yearView {
	var out []yearView
	for _, l := range links(p.URL, months) {
		year, _, _ := strings.Cut(l.Title, "-")
		if len(out) == 0 || out[len(out)-1].Year != year {
			out = append(out, yearView{Year: year, Open: len(out) == 0})
		}
		l.Title = monthNameIn(p.Lang, l.Title)
		last := &out[len(out)-1]
		last.Months = append(last.Months, l)
	}
	return out
}

// days puts the entries of a month under their days, as they come.
func days(views []entryView, entries []feed.Entry, lang string) []dayView {
	var out []dayView
	for i, v := range views {
		date := entries[i].Published
		date.DayOnly = true
		day := dateIn(lang, date)
		if len(out) == 0 || out[len(out)-1].Date != day {
			out = append(out, dayView{Date: day})
		}
		last := &out[len(out)-1]
		last.Entries = append(last.Entries, v)
	}
	return out
}
