package publish

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"seedfeed/feed"
	"seedfeed/feed/render"
)

// topLists is how many tags, or authors, the site's page names.
const topLists = 24

// site is what all pages share.
func (r *run) site() render.Site {
	s := r.settings.of[""]
	return render.Site{
		Title: r.siteTitle(), URL: r.BaseURL.String(), Language: s.Language,
		Description: s.Description, Copyright: s.Copyright, Icon: r.picture(s.Icon), Image: r.picture(s.Image),
	}
}

// listing is what the page of a channel shows.
func (r *run) listing(c channel, f feed.Feed) render.Listing {
	l := render.Listing{Site: r.site(), Feed: f, Heading: c.heading, Kind: c.kind}
	switch {
	case c.dir() == "":
		l.Kind = ""
		l.Tags, l.Authors, l.Languages = r.topLinks(tags), r.topLinks(authors), r.topLinks(languages)
		l.Months = r.monthLinks()
		l.Corrections = r.correctionsLink()
	case c.kind == sections:
		l.Trail = r.trail(feed.SectionOf(c.key))
	default:
		l.Trail = r.trail("")
	}
	if c.kind == sections {
		l.Sections = r.subsections(c.key)
	}
	return l
}

// correctionsLink is a link to the page of corrections, or nil where there is
// none.
func (r *run) correctionsLink() *render.Link {
	for _, c := range r.channels {
		if c.kind == corrections {
			return &render.Link{Title: c.heading, URL: dirURL(r.BaseURL, c.dir())}
		}
	}
	return nil
}

// topLinks are the lists of a kind with the most entries, in the order of
// their names.
func (r *run) topLinks(kind string) []render.Link {
	var links []render.Link
	for _, c := range r.channels {
		if c.kind == kind {
			links = append(links, r.link(c))
		}
	}
	slices.SortStableFunc(links, func(a, b render.Link) int { return cmp.Compare(b.Count, a.Count) })
	links = links[:min(len(links), topLists)]
	slices.SortFunc(links, func(a, b render.Link) int { return strings.Compare(a.Title, b.Title) })
	return links
}

// link is a link to the page of a channel.
func (r *run) link(c channel) render.Link {
	return render.Link{Title: c.heading, URL: dirURL(r.BaseURL, c.dir()), Count: c.live}
}

// trail leads from the site's page to a section's.
func (r *run) trail(section string) []render.Link {
	trail := []render.Link{{Title: r.siteTitle(), URL: r.BaseURL.String()}}
	if section == "" {
		return trail
	}
	parts := strings.Split(section, "/")
	for i := range parts {
		above := strings.Join(parts[:i+1], "/")
		trail = append(trail, render.Link{Title: r.sectionTitle(above), URL: dirURL(r.BaseURL, sectionDir(above))})
	}
	return trail
}

// subsections are the sections directly below one.
func (r *run) subsections(section string) []render.Link {
	var links []render.Link
	for _, c := range r.channels {
		if c.kind == sections && c.key != "" && feed.SectionOf(c.key) == section {
			links = append(links, r.link(c))
		}
	}
	return links
}

// channelFiles are the names of the files that each channel has.
func channelFiles() []string {
	names := []string{indexFile}
	for _, format := range render.Formats() {
		names = append(names, format.File)
	}
	return names
}

// inDir returns the path of a file in a folder of out/, "" for out/ itself.
func inDir(dir, name string) string {
	if dir == "" {
		return name
	}
	return dir + "/" + name
}

// dirURL returns the URL of the page of a folder in out/.
func dirURL(base *url.URL, dir string) string {
	if dir == "" {
		return base.String()
	}
	return absolute(base, dir+"/")
}
