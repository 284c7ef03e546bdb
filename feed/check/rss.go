package check

import (
	"slices"
	"strconv"
	"strings"

	"seedfeed/feed"
)

// The elements of RSS 2.0.11 (https://www.rssboard.org/rss-specification), and
// those of Atom and Dublin Core that its Best Practices Profile asks for.
const (
	channelModel model = "title link description language? copyright? managingEditor? webMaster? pubDate? lastBuildDate? category* generator? docs? cloud? ttl? image? rating? textInput? skipHours? skipDays? item*"
	itemModel    model = "title? link? description? author? category* comments? enclosure* guid? pubDate? source? content:encoded?"
	imageModel   model = "url title link width? height? description?"
)

// rss checks a feed in RSS 2.0, by its specification, the RSS Board's Best
// Practices Profile and what readers do.
func (p place) rss(name string, root *node) publication {
	f := publication{name: name}
	p.check(root.attrs["version"] == "2.0", root.line, badValue, "the version %s is not 2.0", quote(root.attrs["version"]))
	p.conform(root, "", "channel")
	channel := root.one("channel")
	if channel == nil {
		return f
	}
	p.conform(channel, "", channelModel)
	p.last(channel, "item")
	p.before(channel, "atom:link", "link", "some readers take the feed's address for the site's")
	for _, link := range channel.all("atom:link") {
		p.absolute(link.line, "atom:link", link.attrs["href"])
		if link.attrs["rel"] == "self" {
			f.self, f.selfLine = link.attrs["href"], link.line
		}
	}
	p.rssCommon(channel)
	p.rssChannel(channel)
	for _, item := range channel.all("item") {
		f.items = append(f.items, p.rssItem(item))
	}
	return f
}

// rssChannel checks what channels alone have.
func (p place) rssChannel(channel *node) {
	p.blank(channel, "title", "link", "description")
	if n := channel.one("language"); n != nil {
		p.languageTag(n.line, n.text)
	}
	for _, name := range []string{"managingEditor", "webMaster"} {
		if n := channel.one(name); n != nil {
			mail, _, _ := strings.Cut(n.text, " (")
			p.mail(n.line, name, mail)
		}
	}
	if n := channel.one("ttl"); n != nil {
		minutes, err := strconv.Atoi(strings.TrimSpace(n.text))
		p.check(err == nil && minutes > 0, n.line, badValue, "ttl %s is no number of minutes", quote(n.text))
	}
	if n := channel.one("sy:updatePeriod"); n != nil {
		p.check(slices.Contains(feed.Periods(), n.text), n.line, badValue, "sy:updatePeriod %s is none of %s", quote(n.text), strings.Join(feed.Periods(), ", "))
	}
	if image := channel.one("image"); image != nil {
		p.rssImage(image, channel)
	}
}

func (p place) rssImage(image, channel *node) {
	p.conform(image, "", imageModel)
	if n := image.one("url"); n != nil {
		p.link(n.line, "image", n.text)
	}
	for _, name := range []string{"title", "link"} {
		p.check(image.textOf(name) == channel.textOf(name), image.line, misplaced, "the %s of the image is not the channel's, with which readers compare it", name)
	}
	for name, most := range map[string]int{"width": 144, "height": 400} {
		if n := image.one(name); n != nil {
			size, err := strconv.Atoi(strings.TrimSpace(n.text))
			p.check(err == nil && size > 0 && size <= most, n.line, badValue, "the %s %s of the image is not 1 to %d", name, quote(n.text), most)
		}
	}
}

func (p place) rssItem(n *node) item {
	it := item{line: n.line}
	p.conform(n, "", itemModel)
	p.rssCommon(n)
	p.blank(n, "title", "link", "description", "content:encoded")
	p.check(n.one("title") != nil || n.one("description") != nil, n.line, missingElement, "item has neither title nor description")
	p.before(n, "description", "content:encoded", "some readers show the last one of the two")
	for _, name := range []string{"description", "content:encoded"} {
		if c := n.one(name); c != nil {
			p.content(c.line, c.text)
		}
	}
	if c := n.one("author"); c != nil {
		mail, _, _ := strings.Cut(c.text, " (")
		p.mail(c.line, "author", mail)
		p.check(n.one("dc:creator") == nil, c.line, misplaced, "author and dc:creator say the same twice")
	}
	it.url = n.textOf("link")
	p.rssID(n, &it)
	p.enclosures(n)
	p.media(n)
	if c := n.one("pubDate"); c != nil {
		it.published = p.rssDate(c.line, "pubDate", c.text)
	} else {
		p.add(n.line, missingElement, "item has no pubDate: readers show the time of their visit")
	}
	if c := n.one("atom:updated"); c != nil {
		p.webDate(c.line, "atom:updated", c.text)
	}
	if c := n.one("source"); c != nil {
		p.absolute(c.line, "source", c.attrs["url"])
	}
	return it
}

// rssID checks the guid of an item.
func (p place) rssID(n *node, it *item) {
	guid := n.one("guid")
	if guid == nil {
		return // told by what all formats share
	}
	it.id, it.idLine = strings.TrimSpace(guid.text), guid.line
	switch permanent := guid.attrs["isPermaLink"]; permanent {
	case "false":
	case "", "true":
		web := strings.HasPrefix(it.id, "http://") || strings.HasPrefix(it.id, "https://")
		if !web {
			p.add(guid.line, badValue, "guid %s is no web address, and is not marked isPermaLink=\"false\"", quote(it.id))
			return
		}
		p.link(guid.line, "guid", it.id)
	default:
		p.add(guid.line, badValue, "isPermaLink %s is neither true nor false", quote(permanent))
	}
}

// enclosures checks the attachments of an item.
func (p place) enclosures(n *node) {
	all := n.all("enclosure")
	if len(all) > 1 {
		p.add(all[1].line, misplaced, "item has more than one enclosure, of which most readers take one")
	}
	for _, c := range all {
		p.link(c.line, "enclosure", c.attrs["url"])
		length, err := strconv.ParseInt(c.attrs["length"], 10, 64)
		p.check(err == nil && length >= 0, c.line, badValue, "enclosure: the length %s is no number of bytes", quote(c.attrs["length"]))
		p.mediaType(c.line, "enclosure", c.attrs["type"])
	}
}

// media checks the addresses of Media RSS (https://www.rssboard.org/media-rss).
func (p place) media(n *node) {
	for _, c := range n.children {
		switch c.name {
		case "media:content", "media:thumbnail":
			if c.attrs["url"] != "" || c.name == "media:thumbnail" {
				p.link(c.line, c.name, c.attrs["url"])
			}
			p.media(c)
		case "media:group":
			p.check(len(c.all("media:content")) > 1, c.line, misplaced, "media:group is for renditions of one thing, and has fewer than two")
			p.media(c)
		}
	}
}

func (p place) mediaType(line int, what, s string) {
	kind, sub, ok := strings.Cut(s, "/")
	p.check(ok && kind != "" && sub != "", line, badValue, "%s: the type %s is no media type", what, quote(s))
}

// rssCommon checks what channels and items have both.
func (p place) rssCommon(n *node) {
	plain := []string{"title", "category", "dc:creator", "copyright", "generator"}
	if n.name == "channel" {
		plain = append(plain, "description")
	}
	for _, c := range n.children {
		switch {
		case slices.Contains(plain, c.name):
			p.plain(c.line, c.name, c.text)
			p.hexadecimal(c)
		case c.name == "link", c.name == "comments":
			p.link(c.line, c.name, c.text)
		case c.name == "docs":
			p.absolute(c.line, c.name, c.text)
		case c.name == "lastBuildDate", c.name == "pubDate" && n.name == "channel":
			p.rssDate(c.line, c.name, c.text)
		}
	}
}

// hexadecimal checks how a plain text escapes its marks: some readers undo other
// forms than those of the Profile twice.
func (p place) hexadecimal(n *node) {
	if strings.Contains(n.raw, "&amp;") || strings.Contains(n.raw, "&lt;") {
		p.add(n.line, doubleEscape, "%s %s: the Best Practices Profile asks for &#x26; and &#x3C;", n.name, quote(n.raw))
	}
}
