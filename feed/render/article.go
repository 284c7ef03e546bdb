package render

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"seedfeed/feed"
	"seedfeed/feed/internal/xmlchar"
)

// An Article is what the page of an entry shows.
type Article struct {
	Site  Site
	Entry feed.Entry

	// Trail leads to the entry: the site's page first, then those of its
	// sections. Readers are offered the feed of the last beside that of the site.
	Trail []Link

	// Tags and Authors lead to the lists that the entry is in; a URL is "" where
	// there is no such list. Without any the page shows those of the entry.
	Tags, Authors []Link

	Older, Newer *Link // the entries before and after; nil where there is none
}

// An EntryPage is what entry.html shows. Its links are relative to the page, but
// for the picture to share.
type EntryPage struct {
	Page
	Entry    EntryView
	Trail    []Link      // the sections that it is in
	Section  string      // the last of them, or ""
	Image    *ImageView  // over the text; nil where there is none, or the text has it
	Share    *feed.Image // for those who show a link to the page
	Files    []FileView
	Authors  []Link // the URL is "" where there is nothing to follow
	Tags     []Link
	Older    *Link
	Newer    *Link
	Content  template.HTML
	Evidence EvidenceView // its Text is "" where nothing is known
	Data     newsArticle  // for search engines, as JSON
}

func entryPage(a Article, f *frame) EntryPage {
	e := a.Entry
	v := EntryPage{Page: f.page, Trail: f.trail, Section: f.section}
	v.URL = uri(e.URL)
	v.Entry = viewOf(e, v.Page)
	v.Title = v.Entry.Title
	if v.Title != v.Site.Title {
		v.Title += " – " + v.Site.Title
	}
	if v.Description = v.Entry.Summary; v.Description == "" {
		v.Description = opening(e)
	}
	v.Authors, v.Tags = v.authors(a), v.tags(a)
	v.Older, v.Newer = v.neighbour(a.Older), v.neighbour(a.Newer)
	v.Share = picture(e)
	if v.Share != nil && !strings.Contains(e.Content, textHTML(v.Share.URL)) {
		v.Image = imageOf(e, v.Page)
	}
	v.Files = filesOf(e, v.Page)
	v.Content = template.HTML(xmlchar.Clean(e.Content)) // sanitized: that is what Content promises
	v.Evidence = evidenceOf(e, v.Page)
	v.Data = newsArticleOf(e, v, f)
	return v
}

// authors returns the authors of an entry with where to read more of them: the
// list of their entries, or else the page that they name themselves.
func (p Page) authors(a Article) []Link {
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
func (p Page) tags(a Article) []Link {
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
func (p Page) known(list []Link) []Link {
	out := links(p.URL, list)
	for i, l := range list {
		if l.URL == "" {
			out[i].URL = ""
		}
	}
	return slices.DeleteFunc(out, func(l Link) bool { return l.Title == "" })
}
