package render

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"hash/fnv"
	"html/template"
	"io"
	"strings"
	"sync"
)

//go:embed templates
var files embed.FS

// version is part of the [Fingerprint]. It is raised when pages change by other
// means than the embedded files.
const version = "2"

// Site is what all pages of a site share.
type Site struct {
	Title       string // one line of plain text
	URL         string // absolute, with a final slash
	Language    string // BCP 47; "" means English
	Description string // one line of plain text, or ""
	Copyright   string // one line of plain text, or ""
	Icon        string // absolute URL of a square picture, or ""
}

// A Link leads to a page of the site.
type Link struct {
	Title string // one line of plain text
	URL   string // absolute
	Count int    // of the entries behind it; 0 is not shown
}

// Style returns the style sheet of all pages: the file style.css of the site.
func Style() []byte {
	data, err := files.ReadFile("templates/" + styleFile)
	if err != nil {
		panic(err) // it is embedded
	}
	return data
}

// Fingerprint returns a short text that is another one when pages of equal
// entries would be: then all of them are to be written anew.
func Fingerprint() string { return fingerprint() }

// styleVersion is in the address of the style sheet, so that no cache shows a new
// page in an old style.
var styleVersion = sync.OnceValue(func() string {
	hash := fnv.New32a()
	hash.Write(Style())
	return fmt.Sprintf("%08x", hash.Sum32())
})

var fingerprint = sync.OnceValue(func() string {
	hash := fnv.New64a()
	hash.Write([]byte(version))
	list, err := files.ReadDir("templates")
	if err != nil {
		panic(err) // they are embedded
	}
	for _, f := range list {
		data, err := files.ReadFile("templates/" + f.Name())
		if err != nil {
			panic(err)
		}
		hash.Write(fmt.Appendf(nil, "\n%s %d\n%s", f.Name(), len(data), data))
	}
	return fmt.Sprintf("%016x", hash.Sum64())
})

// templates holds one set for each kind of page: the layout and what fills it.
var templates = sync.OnceValue(func() map[string]*template.Template {
	sets := map[string]*template.Template{}
	for _, name := range []string{"index", "entry"} {
		sets[name] = template.Must(template.New("layout.html").ParseFS(files, "templates/layout.html", "templates/"+name+".html"))
	}
	return sets
})

// execute writes a page, or nothing: a page that breaks off in the middle would
// look whole to who asked for it.
func execute(w io.Writer, name string, data any) error {
	var page bytes.Buffer
	if err := templates()[name].Execute(&page, data); err != nil {
		return fmt.Errorf("%s page: %w", name, err)
	}
	if _, err := page.WriteTo(w); err != nil {
		return fmt.Errorf("%s page: %w", name, err)
	}
	return nil
}

// A page is what the layout shows: the head, what leads around the site, and
// the foot. The pages of a kind embed it.
type page struct {
	Site        Site
	Words       labels
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
	Feeds       []feedLink
	Discover    []feedLink // what the page offers readers to subscribe to
	Outline     string     // relative address of the list of all feeds
}

// A feedLink leads to one form of a feed.
type feedLink struct {
	Name  string // "RSS 2.0"
	Title string // "World – The Herald (RSS 2.0)": no other link of the page has it
	URL   string // absolute: readers take it as it is written
	Href  string // relative to the page

	// Type is the whole attribute. The template would write its + as "&#43;",
	// which programs that look for feeds without a parser do not know.
	Type template.HTMLAttr
}

func newPage(site Site, address, lang string) page {
	site = Site{
		Title:       cmp.Or(line(site.Title), uri(site.URL)),
		URL:         uri(site.URL),
		Language:    languageTag(site.Language),
		Description: line(site.Description),
		Copyright:   line(site.Copyright),
		Icon:        webURL(site.Icon),
	}
	p := page{
		Site: site,
		Lang: cmp.Or(languageTag(lang), site.Language, "en"),
		URL:  uri(address),
	}
	p.Dir = direction(p.Lang)
	if tag := site.Language; tag != "" && tag != p.Lang {
		p.SiteLang, p.SiteDir = tag, direction(tag)
	}
	var known bool
	if p.Words, known = labelsOf(p.Lang); !known {
		p.Words, p.WordsLang = english(), "en"
	}
	p.Home = relative(p.URL, site.URL)
	p.Style = relative(p.URL, site.URL+styleFile) + "?v=" + styleVersion()
	p.Outline = relative(p.URL, site.URL+outlineFile)
	return p
}

// offer lists the forms of the feed of a page.
func offer(from, title, address string) []feedLink {
	var list []feedLink
	for _, f := range Formats() {
		target := uri(address) + f.File
		list = append(list, feedLink{
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
