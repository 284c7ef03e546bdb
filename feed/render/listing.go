package render

import (
	"cmp"
	"html/template"
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

	Kind    string // "" for the site's page, "section", "tag", "author", "language", "month", "corrections"
	Heading string // the name of the list as people see it: "Sport", "Maud Ellery"
	Month   string // of a month's page, "2026-03"; then it is the heading, in the page's language

	Trail        []Link // from the site's page to the one above this
	Sections     []Link // below it
	Tags         []Link // of the site's page: those that are used most
	Authors      []Link // of the site's page: those with the most entries
	Languages    []Link // of the site's page, where it speaks several
	Months       []Link // of the site's page, newest first, titled "2026-03"
	Corrections  *Link  // of the site's page, if there are any
	Older, Newer *Link  // the months before and after, titled "2026-02"; nil where there is none
}

// An IndexPage is what index.html shows. All its links are relative to the page.
type IndexPage struct {
	Page
	Heading     string // of the list, without the site's title
	Kicker      string // over the heading: what kind of list it is, in the words of the page
	KickerURL   string // of the lists of that kind, on the site's page
	Trail       []Link
	Sections    []Link
	Tags        []Link
	Authors     []Link
	Languages   []Link
	Years       []YearView
	Corrections *Link
	Older       *Link
	Newer       *Link
	Entries     []EntryView
	Days        []DayView // the entries of a month, in place of Entries
}

// A YearView is a year of the archive.
type YearView struct {
	Year   string
	Open   bool // its months show at once
	Months []Link
}

// A DayView is a day of a month's page.
type DayView struct {
	Date    DateView // the zero DateView where nobody knows the day
	Entries []EntryView
}

func indexPage(l Listing) IndexPage {
	f := l.Feed
	v := IndexPage{Page: newPage(l.Site, f.URL, f.Language)}
	v.Front = l.Kind == ""
	v.Title = cmp.Or(line(f.Title), v.Site.Title)
	v.Heading = cmp.Or(line(l.Heading), strings.TrimSuffix(v.Title, " – "+v.Site.Title))
	if l.Month != "" {
		v.Heading = monthIn(v.Lang, l.Month)
		v.Title = v.Heading + " – " + v.Site.Title
	}
	switch l.Kind {
	case "tag":
		v.Kicker, v.KickerURL = v.Words.Topics, v.Home+"#topics"
	case "author":
		v.Kicker, v.KickerURL = v.Words.Authors, v.Home+"#writers"
	case "month":
		v.Kicker, v.KickerURL = v.Words.Archive, v.Home+"#archive"
	}
	v.Description = cmp.Or(line(f.Description), v.Site.Description)
	v.Feeds = offer(v.URL, v.Site.Title, l.Site.URL)
	v.Discover = v.Feeds
	if !v.Front && !l.NoFeeds {
		v.Feeds = offer(v.URL, v.Title, f.URL)
		v.Discover = slices.Concat(v.Feeds, v.Discover)
	}
	v.Trail = v.trail(l.Trail)
	v.Sections, v.Tags, v.Authors = links(v.URL, l.Sections), links(v.URL, l.Tags), links(v.URL, l.Authors)
	v.Languages = links(v.URL, l.Languages)
	v.Years = years(v.Page, l.Months)
	if v.Corrections = v.neighbour(l.Corrections); v.Corrections != nil {
		v.Discover = slices.Concat(v.Discover, offer(v.URL, v.Corrections.Title+" – "+v.Site.Title, l.Corrections.URL))
	}
	v.Older, v.Newer = v.month(l.Older), v.month(l.Newer)
	for _, e := range f.Entries {
		view := viewOf(e, v.Page)
		if l.Kind == "corrections" {
			_, view.Anchor, _ = strings.Cut(e.URL, "#")
			view.Content = template.HTML(e.Content) //nolint:gosec // it is ours
		}
		v.Entries = append(v.Entries, view)
	}
	if l.Month != "" {
		v.Days, v.Entries = days(v.Entries, f.Entries, v.Lang), nil
	}
	return v
}

// month is the neighbour of a month's page.
func (p Page) month(l *Link) *Link {
	if l = p.neighbour(l); l != nil {
		l.Title = monthIn(p.Lang, l.Title)
	}
	return l
}

// years puts months under their years. The newest year is open.
func years(p Page, months []Link) []YearView {
	var out []YearView
	for _, l := range links(p.URL, months) {
		year, _, _ := strings.Cut(l.Title, "-")
		if len(out) == 0 || out[len(out)-1].Year != year {
			out = append(out, YearView{Year: year, Open: len(out) == 0})
		}
		l.Title = monthNameIn(p.Lang, l.Title)
		last := &out[len(out)-1]
		last.Months = append(last.Months, l)
	}
	return out
}

// days puts the entries of a month under their days, as they come.
func days(views []EntryView, entries []feed.Entry, lang string) []DayView {
	var out []DayView
	for i, v := range views {
		date := entries[i].Published
		date.DayOnly = true
		day := dateIn(lang, date)
		if len(out) == 0 || out[len(out)-1].Date != day {
			out = append(out, DayView{Date: day})
		}
		last := &out[len(out)-1]
		last.Entries = append(last.Entries, v)
	}
	return out
}
