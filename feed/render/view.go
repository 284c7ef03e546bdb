package render

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"seedfeed/feed"
	"seedfeed/feed/internal/xmlchar"
)

// An indexView is the page of a feed.
type indexView struct {
	page
	Heading  string // of the list, without the site's title
	Trail    []Link // all links are relative to the page
	Sections []Link
	Tags     []Link
	Authors  []Link
	Months   []Link
	Older    *Link
	Newer    *Link
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
	Authors  []Link // the URL is "" where there is nothing to follow
	Tags     []Link
	Older    *Link
	Newer    *Link
	Content  template.HTML
	Evidence string // where the date came from, in English; "" where nothing is known
	Article  newsArticle
}

// A dateView is a date for people and for machines.
type dateView struct {
	Text    string // in the words of a language
	Machine string // for <time datetime>
}

func indexPage(l Listing) indexView {
	site, f := l.Site, l.Feed
	v := indexView{page: newPage(site, f.URL, f.Language)}
	v.Front = l.Kind == ""
	title := cmp.Or(line(f.Title), v.Site.Title)
	v.Heading = cmp.Or(line(l.Heading), strings.TrimSuffix(title, " – "+v.Site.Title))
	if l.Kind == "month" {
		v.Heading = monthIn(v.Lang, l.Month)
		title = v.Heading + " – " + v.Site.Title
	}
	v.Title = title
	v.Description = cmp.Or(line(f.Description), v.Site.Description)
	v.Feeds = offer(v.URL, v.Site.Title, site.URL)
	v.Discover = v.Feeds
	if !v.Front && !l.NoFeeds {
		v.Feeds = offer(v.URL, title, f.URL)
		v.Discover = append(slices.Clone(v.Feeds), v.Discover...)
	}
	v.Trail = v.trail(l.Trail)
	v.Sections, v.Tags, v.Authors = links(v.URL, l.Sections), links(v.URL, l.Tags), links(v.URL, l.Authors)
	v.Months = links(v.URL, l.Months)
	for i := range v.Months {
		v.Months[i].Title = monthIn(v.Lang, v.Months[i].Title)
	}
	v.Older, v.Newer = v.month(l.Older), v.month(l.Newer)
	for _, e := range f.Entries {
		v.Entries = append(v.Entries, viewOf(e, v.page))
	}
	return v
}

func entryPage(a Article) entryPageView {
	site, e := a.Site, a.Entry
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
	v.Trail = v.trail(a.Trail)
	if n := len(v.Trail); n > 0 {
		section := a.Trail[len(a.Trail)-1]
		v.Discover = append(slices.Clone(v.Feeds), offer(v.URL, v.Trail[n-1].Title+" – "+v.Site.Title, section.URL)...)
	}
	v.Authors, v.Tags = v.authors(a), v.tags(a)
	v.Older, v.Newer = v.neighbour(a.Older), v.neighbour(a.Newer)
	v.Content = template.HTML(xmlchar.Clean(e.Content)) // sanitized: that is what Content promises
	v.Evidence = evidence(e)
	v.Article = articleOf(e, v)
	return v
}

// trail returns the way to the page without its first step, to which the
// nameplate leads.
func (p page) trail(list []Link) []Link {
	return slices.DeleteFunc(links(p.URL, list), func(l Link) bool { return l.URL == p.Home })
}

// neighbour returns a link relative to the page, or nil.
func (p page) neighbour(l *Link) *Link {
	if l == nil {
		return nil
	}
	return &links(p.URL, []Link{*l})[0]
}

// month is the neighbour of a month's page.
func (p page) month(l *Link) *Link {
	if l = p.neighbour(l); l != nil {
		l.Title = monthIn(p.Lang, l.Title)
	}
	return l
}

// authors returns the authors of an entry with where to read more of them: the
// list of their entries, or else the page that they name themselves.
func (p page) authors(a Article) []Link {
	own := map[string]string{}
	var list []Link
	for _, person := range a.Entry.Authors {
		if name := line(person.Name); name != "" {
			own[name] = webURL(person.URI)
			list = append(list, Link{Title: name, URL: own[name]})
		}
	}
	if len(a.Authors) == 0 {
		return list
	}
	list = p.known(a.Authors)
	for i, l := range list {
		list[i].URL = cmp.Or(l.URL, own[l.Title])
	}
	return list
}

// tags returns the tags of an entry.
func (p page) tags(a Article) []Link {
	if len(a.Tags) > 0 {
		return p.known(a.Tags)
	}
	var list []Link
	for _, tag := range distinct(a.Entry.Categories, line) {
		list = append(list, Link{Title: tag})
	}
	return list
}

// known returns links relative to the page, of which some lead nowhere.
func (p page) known(list []Link) []Link {
	out := links(p.URL, list)
	for i, l := range list {
		if l.URL == "" {
			out[i].URL = ""
		}
	}
	return slices.DeleteFunc(out, func(l Link) bool { return l.Title == "" })
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
