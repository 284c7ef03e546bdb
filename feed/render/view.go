package render

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"path"
	"slices"
	"strings"

	"seedfeed/feed"
)

// An EntryView is an entry as pages show it.
type EntryView struct {
	Title    string
	URL      string // relative to the page
	Lang     string // "" where it is the page's
	Dir      string
	Summary  string
	Dateline string // "BAKU, Azerbaijan · Trend", or ""
	Date     DateView
	Image    *ImageView
	Updated  DateView // the zero DateView where it says nothing more

	// Of a correction: it stands on the list as a whole, at a place that has a name.
	Anchor  string
	Content template.HTML
}

// An ImageView is the picture of an entry.
type ImageView struct {
	URL           string // relative to the page
	Width, Height int    // 0 when not known
	Alt           string
}

// A FileView is a file that belongs to an entry.
type FileView struct {
	Name string
	URL  string // relative to the page
	Kind string // "PDF · 180 kB"
	Type template.HTMLAttr
}

// A DateView is a date for people and for machines.
type DateView struct {
	Text    string // in the words of a language
	Machine string // for <time datetime>
}

// trail returns the way to the page without its first step, to which the
// nameplate leads.
func (p Page) trail(list []Link) []Link {
	return slices.DeleteFunc(links(p.URL, list), func(l Link) bool { return l.URL == p.Home })
}

// neighbour returns a link relative to the page, or nil.
func (p Page) neighbour(l *Link) *Link {
	if l == nil {
		return nil
	}
	return &links(p.URL, []Link{*l})[0]
}

func viewOf(e feed.Entry, p Page) EntryView {
	v := EntryView{
		Title:    line(e.Title),
		URL:      relative(p.URL, e.URL),
		Summary:  line(e.Summary),
		Dateline: dateline(e),
		Date:     dateIn(p.Lang, e.Published),
		Image:    imageOf(e, p),
	}
	if v.Title == "" {
		v.Title = headline(e)
	}
	if tag := languageWithin(e.Language, p.Lang); tag != "" && tag != p.Lang {
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

func imageOf(e feed.Entry, p Page) *ImageView {
	image := picture(e)
	if image == nil {
		return nil
	}
	return &ImageView{URL: relative(p.URL, image.URL), Width: image.Width, Height: image.Height, Alt: line(e.Image.Alt)}
}

// filesOf lists the files of an entry, by their titles or else their names.
func filesOf(e feed.Entry, p Page) []FileView {
	var out []FileView
	for _, file := range attached(e) {
		name := path.Base(file.URL)
		kind := strings.ToUpper(strings.TrimPrefix(path.Ext(name), "."))
		if plainName, err := url.PathUnescape(name); err == nil {
			name = line(plainName)
		}
		if file.Length > 0 {
			kind = strings.TrimPrefix(kind+" · "+size(file.Length), " · ")
		}
		out = append(out, FileView{
			Name: cmp.Or(file.Title, name), URL: relative(p.URL, file.URL), Kind: kind,
			Type: template.HTMLAttr(`type="` + file.Type + `"`),
		})
	}
	return out
}

// size returns a number of bytes for people, in whole units.
func size(bytes int64) string {
	units := []string{"B", "kB", "MB", "GB"}
	n, i := float64(bytes), 0
	for n >= 999.5 && i < len(units)-1 {
		n, i = n/1000, i+1
	}
	return fmt.Sprintf("%.0f %s", n, units[i])
}
