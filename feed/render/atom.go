package render

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/gorilla/feeds"

	"seedfeed/feed"
)

const atomType = "application/atom+xml"

// Atom writes a feed as Atom 1.0 (RFC 4287), with the marks of entries that were
// taken away (RFC 6721) and the way to its archive (RFC 5005, section 4).
//
// It names no other format as an alternate of the feed: readers take whichever
// alternate link they meet for the address of the site.
func Atom(w io.Writer, f feed.Feed) error {
	if err := writeXML(w, styled{"feed", atomOf(f), styleOf(f.Section)}); err != nil {
		return fmt.Errorf("%s: %w", atomFile, err)
	}
	return nil
}

// Archive writes an archive document of a feed: entries that it had once (RFC
// 5005, section 4). It is an Atom feed with the id of the feed that is subscribed
// to, which f.Archive.Current names. It names no hub: nobody subscribes to it.
//
// Other than that of a feed, f.URL is the address of the document itself, which
// is what it links to as "self"; it has no page of its own.
func Archive(w io.Writer, f feed.Feed) error {
	a := atomOf(f)
	a.History = "http://purl.org/syndication/history/1.0"
	a.Archive = &struct{}{}
	a.Links = []link{{Href: uri(f.URL), Rel: "self", Type: atomType}}
	a.Links = append(a.Links, archiveLinks(f.Archive)...)
	if err := writeXML(w, styled{"feed", a, archiveStyle(f)}); err != nil {
		return fmt.Errorf("%s: %w", f.URL, err)
	}
	return nil
}

// archiveStyle returns the address of the style sheet, relative to an archive
// document: from there to the feed that is subscribed to, and on as that goes.
func archiveStyle(f feed.Feed) string {
	current := relative(f.URL, cmp.Or(f.Archive.Current, f.URL))
	return current[:strings.LastIndexByte(current, '/')+1] + styleOf(f.Section)
}

// archiveLinks returns the links between a feed and the documents of its archive.
func archiveLinks(a feed.Archive) []link {
	var out []link
	for _, l := range []link{{Href: a.Current, Rel: "current"}, {Href: a.Previous, Rel: "prev-archive"}, {Href: a.Next, Rel: "next-archive"}} {
		if l.Href = uri(l.Href); l.Href != "" {
			l.Type = atomType
			out = append(out, l)
		}
	}
	return out
}

// An atomFeed shadows the fields that gorilla/feeds cannot fill rightly. The
// order of the fields is that of the elements: what is said of the feed stands
// before its entries.
type atomFeed struct {
	XMLName xml.Name `xml:"feed"`
	Lang    string   `xml:"xml:lang,attr,omitempty"`
	History string   `xml:"xmlns:fh,attr,omitempty"`
	Deleted string   `xml:"xmlns:at,attr,omitempty"`
	Media   string   `xml:"xmlns:media,attr,omitempty"`
	Title   atomText `xml:"title"`
	*feeds.AtomFeed
	Archive   *struct{}          `xml:"fh:archive"`
	Subtitle  *atomText          `xml:"subtitle"`
	Rights    *atomText          `xml:"rights"`
	Generator string             `xml:"generator"`
	Links     []link             `xml:"link"`
	Authors   []feeds.AtomPerson `xml:"author"`
	Stones    []tombstone        `xml:"at:deleted-entry"`
	Entries   []*atomEntry       `xml:"entry"`
}

// A tombstone is a deleted-entry element.
type tombstone struct {
	Ref     string    `xml:"ref,attr"`
	When    string    `xml:"when,attr"`
	Comment *atomText `xml:"at:comment"`
}

type atomEntry struct {
	XMLName xml.Name `xml:"entry"`
	Lang    string   `xml:"xml:lang,attr,omitempty"`
	Title   atomText `xml:"title"`
	*feeds.AtomEntry
	Published  string             `xml:"published,omitempty"`
	Link       []link             `xml:"link"`
	Authors    []feeds.AtomPerson `xml:"author"`
	Categories []atomCategory     `xml:"category"`
	Summary    *atomText          `xml:"summary"`
	Content    *atomHTML          `xml:"content"`
	Thumbnail  *mediaThumbnail    `xml:"media:thumbnail"`
}

// An atomText is a text construct of type text (RFC 4287, 3.1.1.1).
type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// An atomHTML is content of type html (RFC 4287, 3.1.1.2), whose markup is not
// the feed's.
type atomHTML struct {
	Type string `xml:"type,attr"`
	cdata
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

func atomOf(f feed.Feed) *atomFeed {
	g := generic(f)
	base := (&feeds.Atom{Feed: g}).AtomFeed()
	entries := base.Entries
	base.Entries = nil
	base.Id = identifier(f.ID, f.URL)
	base.Icon, base.Logo = webURL(f.Icon), webURL(f.Image)
	a := &atomFeed{
		Lang:      languageTag(f.Language),
		Title:     atomText{"text", g.Title},
		AtomFeed:  base,
		Subtitle:  text(g.Description),
		Rights:    text(g.Copyright),
		Generator: generator,
		Links: []link{
			{Href: g.Link.Href + atomFile, Rel: "self", Type: atomType},
			{Href: g.Link.Href, Rel: "alternate", Type: "text/html"},
		},
		Authors: atomPersons(persons(f.Authors)),
	}
	a.Links = append(a.Links, hubLinks(f)...)
	a.Links = append(a.Links, archiveLinks(feed.Archive{Previous: f.Archive.Previous})...)
	if len(a.Authors) == 0 { // an entry may have none, and somebody has to answer for it
		a.Authors = []feeds.AtomPerson{{Name: g.Title}}
	}
	if a.Stones = tombstones(f); len(a.Stones) > 0 { // validators warn of the name space
		a.Deleted = "http://purl.org/atompub/tombstones/1.0"
	}
	updates := distinctUpdates(f)
	latest := g.Updated
	for i, e := range f.Entries {
		entry := atomEntryOf(e, f, updates[i], entries[i])
		a.Entries = append(a.Entries, entry)
		if entry.Thumbnail != nil {
			a.Media = mediaSpace
		}
		if updates[i].After(latest) {
			latest = updates[i]
		}
	}
	base.Updated = latest.Format(time.RFC3339) // some readers hide what is newer than its feed
	return a
}

func atomEntryOf(e feed.Entry, f feed.Feed, updated time.Time, base *feeds.AtomEntry) *atomEntry {
	content := base.Content
	// What is shadowed is taken out all the same: encoding/xml knows the
	// elements of an untagged slice by another name than its field.
	base.Links, base.Content = nil, nil
	base.Updated = updated.Format(time.RFC3339)
	entry := &atomEntry{
		Lang:      ownLanguage(e, f),
		Title:     atomText{"text", headline(e)},
		AtomEntry: base,
		Link:      []link{{Href: uri(e.URL), Rel: "alternate", Type: "text/html"}},
		Authors:   atomPersons(creators(e)),
		Summary:   text(plain(e.Summary)),
		Thumbnail: thumbnail(e),
	}
	for _, file := range attached(e) {
		entry.Link = append(entry.Link, link{Href: file.URL, Rel: "enclosure", Type: file.Type, Title: file.Title, Length: file.Length})
	}
	if t := instant(e.Published.Time); !t.IsZero() {
		entry.Published = t.Format(time.RFC3339)
	}
	for _, c := range distinct(e.Categories, plain) {
		entry.Categories = append(entry.Categories, atomCategory{c})
	}
	if content != nil {
		entry.Content = &atomHTML{"html", cdata{content.Content}}
	}
	return entry
}

// tombstones returns the marks of what the feed has no more, each once. An entry
// that came back has none.
func tombstones(f feed.Feed) []tombstone {
	live := map[string]bool{}
	for _, e := range f.Entries {
		live[identifier(e.ID, e.URL)] = true
	}
	var out []tombstone
	for _, t := range f.Tombstones {
		ref, when := uri(t.ID), instant(t.When)
		if u, err := url.Parse(ref); err != nil || !u.IsAbs() || when.IsZero() || live[ref] {
			continue
		}
		live[ref] = true
		out = append(out, tombstone{ref, when.Format(time.RFC3339), text(plain(t.Reason))})
	}
	return out
}

func text(s string) *atomText {
	if s == "" {
		return nil
	}
	return &atomText{"text", s}
}

func atomPersons(list []feed.Person) []feeds.AtomPerson {
	var out []feeds.AtomPerson
	for _, p := range list {
		out = append(out, feeds.AtomPerson{Name: p.Name, Uri: p.URI, Email: p.Email})
	}
	return out
}
