package render

import (
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/feeds"

	"seedfeed/feed"
)

// RSS writes a feed as RSS 2.0, by the RSS Board's specification 2.0.11 and its
// Best Practices Profile. The pictures and files of entries are in Media RSS
// 1.5.1 too.
//
// How often news comes is told by the module Syndication where f.Updates says it.
// There is no ttl and no skipHours: a reader that keeps to them would have late
// what comes early.
func RSS(w io.Writer, f feed.Feed) error {
	if err := writeXML(w, styled{"rss", rssOf(f), styleOf(f.Section)}); err != nil {
		return fmt.Errorf("%s: %w", rssFile, err)
	}
	return nil
}

type rss struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Atom    string   `xml:"xmlns:atom,attr"`
	Content string   `xml:"xmlns:content,attr"`
	DC      string   `xml:"xmlns:dc,attr"`
	Media   string   `xml:"xmlns:media,attr,omitempty"`
	SY      string   `xml:"xmlns:sy,attr,omitempty"`
	Channel rssChannel
}

// An rssChannel shadows the fields that gorilla/feeds cannot fill rightly. The
// order of the fields is that of the elements.
type rssChannel struct {
	XMLName xml.Name `xml:"channel"`
	Title   *hexText `xml:"title"`

	// Links, that to itself and those to its hubs, stand before <link>: some
	// readers take the last element of that local name for the address of the
	// site.
	Links       []link   `xml:"atom:link"`
	Description *hexText `xml:"description"`
	*feeds.RssFeed
	Copyright *hexText   `xml:"copyright"`
	Image     *rssImage  `xml:"image"`
	Period    string     `xml:"sy:updatePeriod,omitempty"`
	Frequency int        `xml:"sy:updateFrequency,omitempty"`
	Items     []*rssItem `xml:"item"` // after all else, as the Profile asks
}

type rssImage struct {
	URL   string   `xml:"url"`
	Title *hexText `xml:"title"`
	Link  string   `xml:"link"`
}

type rssItem struct {
	XMLName xml.Name `xml:"item"`
	Title   *hexText `xml:"title"` // nil: no empty element for a note without a title
	*feeds.RssItem
	Description *cdata    `xml:"description"` // before content:encoded, as the Profile asks
	Content     *cdata    `xml:"content:encoded"`
	Creator     *hexText  `xml:"dc:creator"`
	Language    string    `xml:"dc:language,omitempty"`
	Categories  []hexText `xml:"category"`
	Updated     string    `xml:"atom:updated,omitempty"`

	Media     []mediaContent  `xml:"media:content"`
	Thumbnail *mediaThumbnail `xml:"media:thumbnail"`
}

func rssOf(f feed.Feed) *rss {
	g := generic(f)
	base := (&feeds.Rss{Feed: g}).RssFeed()
	items := base.Items
	base.Items, base.PubDate = nil, ""
	base.LastBuildDate = rfc822(g.Updated)
	base.Language = languageTag(f.Language)
	base.ManagingEditor = editor(f.Authors)
	base.Generator = generator
	base.Docs = "https://www.rssboard.org/rss-specification"
	channel := rssChannel{
		Title:       hex(g.Title),
		Links:       append([]link{{Href: uri(f.URL) + rssFile, Rel: "self", Type: "application/rss+xml"}}, hubLinks(f)...),
		Description: hex(g.Description),
		RssFeed:     base,
		Copyright:   hex(g.Copyright),
		Image:       rssPicture(f, g),
	}
	var syndication string
	if slices.Contains(feed.Periods(), f.Updates) {
		syndication = "http://purl.org/rss/1.0/modules/syndication/"
		channel.Period, channel.Frequency = f.Updates, 1
	}
	var media string
	for i, e := range f.Entries {
		item := rssEntry(e, f, items[i])
		channel.Items = append(channel.Items, item)
		if len(item.Media) > 0 {
			media = mediaSpace
		}
	}
	return &rss{
		Version: "2.0",
		Atom:    "http://www.w3.org/2005/Atom",
		Content: "http://purl.org/rss/1.0/modules/content/",
		DC:      "http://purl.org/dc/elements/1.1/",
		Media:   media,
		SY:      syndication,
		Channel: channel,
	}
}

func rssEntry(e feed.Entry, f feed.Feed, base *feeds.RssItem) *rssItem {
	summary, content := textHTML(e.Summary), ""
	if base.Content != nil {
		content = base.Content.Content
	}
	base.PubDate = rfc822(instant(e.Published.Time))
	item := &rssItem{
		Title:       hex(e.Title),
		RssItem:     base,
		Description: cdataOf(summary),
		Content:     cdataOf(content),
		Language:    ownLanguage(e, f),
		Categories:  hexes(e.Categories),
		Creator:     byline(e),
		Media:       mediaOf(e),
		Thumbnail:   thumbnail(e),
	}
	base.Enclosure = enclosure(e)
	if summary == "" {
		item.Description, item.Content = item.Content, nil
	}
	if item.Title == nil && item.Description == nil { // one of them has to be there
		item.Title = hex(headline(e))
	}
	if t := instant(e.Updated.Time); !t.IsZero() && !t.Equal(instant(e.Published.Time)) {
		item.Updated = t.Format(time.RFC3339)
	}
	return item
}

// byline returns the authors of an entry in one element. There may be one for
// each, but then most readers show a single author: some the first, some the
// last.
func byline(e feed.Entry) *hexText {
	var names []string
	for _, p := range creators(e) {
		names = append(names, p.Name)
	}
	return hex(strings.Join(names, ", "))
}

// enclosure returns the first file of an entry: more than one is not for all
// readers. Media RSS has the others too.
func enclosure(e feed.Entry) *feeds.RssEnclosure {
	files := attached(e)
	if len(files) == 0 {
		return nil
	}
	return &feeds.RssEnclosure{Url: files[0].URL, Length: strconv.FormatInt(files[0].Length, 10), Type: files[0].Type}
}

// rssPicture returns the picture of a channel, in the forms that RSS allows. Its
// title and link are those of the channel, which readers compare.
func rssPicture(f feed.Feed, g *feeds.Feed) *rssImage {
	for _, picture := range []string{webURL(f.Image), webURL(f.Icon)} {
		switch strings.ToLower(path.Ext(picture)) {
		case ".png", ".gif", ".jpg", ".jpeg":
			return &rssImage{URL: picture, Title: hex(g.Title), Link: g.Link.Href}
		}
	}
	return nil
}

// editor returns the first author with an address in the form of RSS, "mail
// (name)", or "": RSS has no editor without one.
func editor(authors []feed.Person) string {
	for _, p := range persons(authors) {
		if p.Email != "" {
			return p.Email + " (" + strings.NewReplacer("(", "", ")", "").Replace(p.Name) + ")"
		}
	}
	return ""
}

// rfc822 returns an instant of [instant] as RSS has it, and "" for none.
func rfc822(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("Mon, 02 Jan 2006 15:04:05 GMT")
}
