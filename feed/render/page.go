package render

import (
	"cmp"
	"html/template"
	"strings"
)

// Site is what all pages of a site share.
type Site struct {
	Title       string // one line of plain text
	URL         string // absolute, with a final slash
	Language    string // BCP 47; "" means English
	Description string // one line of plain text, or ""
	Copyright   string // one line of plain text, or ""
	Icon        string // absolute URL of a square picture, or ""
	Image       string // absolute URL of a picture that is wider than high, or ""
}

// A Link leads to a page of the site.
type Link struct {
	Title string // one line of plain text
	URL   string // absolute
	Count int    // of the entries behind it; 0 is not shown
}

// A Page is what layout.html shows: the head, what leads around the site, and the
// foot. The pages of a kind have it within.
type Page struct {
	Site        Site
	Words       Words
	Lang        string // of the page, never empty
	Dir         string // "ltr" or "rtl"
	SiteLang    string // of the site's own words, "" where it is the page's
	SiteDir     string
	WordsLang   string // of Words, "" where it is the page's
	Title       string // of the document: in the tab, in a list of search results
	Description string
	URL         string // canonical, absolute
	Home, Style string // relative addresses of the site's page and the style sheet
	Front       bool   // it is the site's page, which bears its title as a headline
	Feeds       []FeedLink
	Discover    []FeedLink // what the page offers readers to subscribe to
	Outline     string     // relative address of the list of all feeds
	Shared      Shared
}

// A FeedLink leads to one form of a feed.
type FeedLink struct {
	Name  string // "RSS 2.0"
	Title string // "World – The Herald (RSS 2.0)": no other link of the page has it
	URL   string // absolute: readers take it as it is written
	Href  string // relative to the page

	// Type is the whole attribute. The template would write its + as "&#43;",
	// which programs that look for feeds without a parser do not know.
	Type template.HTMLAttr
}

func newPage(site Site, address, lang string) Page {
	site = Site{
		Title:       cmp.Or(line(site.Title), uri(site.URL)),
		URL:         uri(site.URL),
		Language:    languageTag(site.Language),
		Description: line(site.Description),
		Copyright:   line(site.Copyright),
		Icon:        webURL(site.Icon),
		Image:       webURL(site.Image),
	}
	p := Page{
		Site: site,
		Lang: cmp.Or(languageWithin(lang, site.Language), site.Language, "en"),
		URL:  uri(address),
	}
	p.Dir = direction(p.Lang)
	if tag := site.Language; tag != "" && tag != p.Lang {
		p.SiteLang, p.SiteDir = tag, direction(tag)
	}
	var known bool
	if p.Words, known = wordsOf(p.Lang); !known {
		p.Words, p.WordsLang = english(), "en"
	}
	p.Home = relative(p.URL, site.URL)
	p.Style = relative(p.URL, site.URL+styleFile)
	p.Outline = relative(p.URL, site.URL+outlineFile)
	return p
}

// offer lists the forms of the feed of a page.
func offer(from, title, address string) []FeedLink {
	var list []FeedLink
	for _, f := range Formats() {
		target := uri(address) + f.File
		list = append(list, FeedLink{
			Name:  f.Name,
			Title: line(title) + " (" + f.Name + ")",
			URL:   target,
			Href:  relative(from, target),
			Type:  template.HTMLAttr(`type="` + f.MediaType + `"`),
		})
	}
	return list
}

// relative returns the address of one page from another of the same site. Such
// links hold when the site moves to another host or below a path, and when
// somebody looks at it on the machine that made it. The address of another site
// stays absolute.
func relative(from, to string) string {
	from, to = uri(from), uri(to)
	root := rootOf(from)
	if root == "" || !strings.HasPrefix(to, root) {
		return to
	}
	here := strings.Split(from[len(root):], "/")
	there := strings.Split(to[len(root):], "/")
	same := 0
	for same < len(here)-1 && same < len(there)-1 && here[same] == there[same] {
		same++
	}
	path := strings.Repeat("../", len(here)-1-same) + strings.Join(there[same:], "/")
	switch first, _, _ := strings.Cut(path, "/"); {
	case path == "":
		return "./"
	case first == "" || strings.Contains(first, ":"):
		return "./" + path // else it would read as a scheme or a host
	}
	return path
}

// rootOf returns the scheme and host of an address with the slash after them,
// or "" where it has none.
func rootOf(address string) string {
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		return ""
	}
	host, _, ok := strings.Cut(rest, "/")
	if !ok {
		return ""
	}
	return address[:len(address)-len(rest)+len(host)+1]
}
