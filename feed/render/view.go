package render

import (
	"cmp"
	"html/template"
	"strings"

	"seedfeed/feed"
	"seedfeed/feed/internal/xmlchar"
)

// An indexView is the page of a feed.
type indexView struct {
	page
	Heading  string // of the feed, without the site's title
	Sections []Link // with relative addresses
	Entries  []entryView
}

// An entryView is an entry as pages show it.
type entryView struct {
	Title    string
	URL      string // relative to the page
	Lang     string // "" where it is the page's
	Dir      string
	Summary  string
	Dateline string // "BAKU, Azerbaijan · Trend", or ""
	Date     dateView
	Updated  dateView // the zero dateView where it says nothing more
}

// An entryPageView is the page of an entry.
type entryPageView struct {
	page
	Entry    entryView
	Trail    []Link // the sections that it is in
	Authors  []feed.Person
	Tags     []string
	Content  template.HTML
	Evidence string // where the date came from, in English; "" where nothing is known
	Article  article
}

// A dateView is a date for people and for machines.
type dateView struct {
	Text    string // in the words of a language
	Machine string // for <time datetime>
}

func indexPage(site Site, f feed.Feed, sections []Link) indexView {
	v := indexView{page: newPage(site, f.URL, f.Language)}
	v.Front = f.Section == ""
	title := cmp.Or(line(f.Title), v.Site.Title)
	v.Title, v.Heading = title, strings.TrimSuffix(title, " – "+v.Site.Title)
	v.Description = cmp.Or(line(f.Description), v.Site.Description)
	v.Feeds = offer(v.URL, title, f.URL)
	v.Discover = v.Feeds
	if !v.Front {
		v.Discover = append(v.Discover, offer(v.URL, v.Site.Title, site.URL)...)
	}
	v.Sections = links(v.URL, sections)
	for _, e := range f.Entries {
		v.Entries = append(v.Entries, viewOf(e, v.page))
	}
	return v
}

func entryPage(site Site, e feed.Entry, trail []Link) entryPageView {
	v := entryPageView{page: newPage(site, e.URL, e.Language)}
	v.Entry = viewOf(e, v.page)
	v.Title = v.Entry.Title
	if v.Title != v.Site.Title {
		v.Title += " – " + v.Site.Title
	}
	if v.Description = v.Entry.Summary; v.Description == "" {
		v.Description = opening(e)
	}
	v.Feeds = offer(v.URL, v.Site.Title, site.URL)
	v.Discover = v.Feeds
	for _, l := range links(v.URL, trail) {
		if l.URL != v.Home { // the nameplate leads there
			v.Trail = append(v.Trail, l)
		}
	}
	v.Authors = bylines(e)
	v.Tags = distinct(e.Categories, line)
	v.Content = template.HTML(xmlchar.Clean(e.Content)) // sanitized: that is what Content promises
	v.Evidence = evidence(e)
	v.Article = articleOf(e, v)
	return v
}

func viewOf(e feed.Entry, p page) entryView {
	v := entryView{
		Title:    line(e.Title),
		URL:      relative(p.URL, e.URL),
		Summary:  line(e.Summary),
		Dateline: dateline(e),
		Date:     dateIn(p.Lang, e.Published),
	}
	if v.Title == "" {
		v.Title = headline(e)
	}
	if tag := languageTag(e.Language); tag != "" && tag != p.Lang {
		v.Lang, v.Dir = tag, direction(tag)
	}
	if u := dateIn(p.Lang, e.Updated); u.Machine != "" && laterDay(e) {
		v.Updated = u
	}
	return v
}

// laterDay reports whether an entry was updated on a later day than it was
// published. An update of the same day says nothing to who reads it later.
func laterDay(e feed.Entry) bool {
	const day = "2006-01-02"
	return !e.Published.IsZero() && e.Updated.Time.After(e.Published.Time) &&
		e.Updated.Time.UTC().Format(day) != e.Published.Time.UTC().Format(day)
}

func dateline(e feed.Entry) string {
	var parts []string
	for _, s := range []string{line(e.Place), line(e.Agency)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

// bylines returns the authors of an entry with addresses that may be followed.
func bylines(e feed.Entry) []feed.Person {
	var out []feed.Person
	for _, p := range e.Authors {
		if name := line(p.Name); name != "" {
			out = append(out, feed.Person{Name: name, URI: webURL(p.URI)})
		}
	}
	return out
}

// links returns links with addresses relative to a page.
func links(from string, list []Link) []Link {
	out := make([]Link, len(list))
	for i, l := range list {
		out[i] = Link{Title: line(l.Title), URL: relative(from, l.URL), Count: l.Count}
	}
	return out
}

// evidence returns where the date of an entry came from, as a sentence.
func evidence(e feed.Entry) string {
	from := e.From.Published
	source := line(from.Source)
	if source == "" || e.Published.IsZero() {
		return ""
	}
	sentence := "Dated from: " + source
	if e.Inferred {
		sentence = "Date inferred from: " + source
	}
	if quoted := firstWords(line(from.Words)); quoted != "" {
		sentence += " (“" + quoted + "”)"
	}
	return sentence + "."
}
