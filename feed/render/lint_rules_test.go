package render_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"seedfeed/feed"
)

// lintRSS holds RSS 2.0.11, the Best Practices Profile and what the W3C's
// validator adds to them.
func lintRSS(data []byte) []string {
	r := &report{}
	r.characters(data)
	root, err := parse(data)
	if err != nil {
		return append(*r, err.Error())
	}
	r.check(root.name == "rss" && root.attrs["version"] == "2.0", "root is %s %s", root.name, root.attrs["version"])
	r.childrenOf(root, "channel")
	channel := root.one("channel")
	if channel == nil {
		return *r
	}
	r.childrenOf(channel, "title link description atom:link* language? copyright? managingEditor? lastBuildDate? generator? docs? image? sy:updatePeriod? sy:updateFrequency? item*")
	r.check(channel.index("atom:link") < channel.index("link"), "atom:link stands after link")
	r.check(len(links(channel, "self")) == 1 && hasLink(channel, "self", "application/rss+xml"), "no link to itself")
	for _, l := range channel.all("atom:link") {
		r.absolute(l.attrs["rel"], l.attrs["href"])
	}
	r.hubs(channel)
	for _, name := range []string{"title", "description", "copyright", "generator"} {
		r.rssText(channel, name)
	}
	r.rssDate(channel.one("lastBuildDate"))
	if n := channel.one("managingEditor"); n != nil {
		mail, _, ok := strings.Cut(n.text, " (")
		r.check(ok && strings.HasSuffix(n.text, ")") && strings.Contains(mail, "@"), "managingEditor %q is no address with a name", n.text)
	}
	if n := channel.one("sy:updatePeriod"); n != nil {
		r.check(slices.Contains(feed.Periods(), n.text), "sy:updatePeriod is %q", n.text)
	}
	if image := channel.one("image"); image != nil {
		r.childrenOf(image, "url title link")
		r.check(image.one("title").text == channel.one("title").text, "image: title is not the channel's")
		r.check(image.one("link").text == channel.one("link").text, "image: link is not the channel's")
	}
	items := channel.all("item")
	r.check(len(items) == 0 || channel.index("item") == len(channel.children)-len(items), "items are not the last")
	guids := map[string]bool{}
	for _, item := range items {
		r.rssItem(item)
		if guid := item.one("guid"); guid != nil {
			r.check(!guids[guid.text], "guid %q is there twice", guid.text)
			guids[guid.text] = true
		}
	}
	return *r
}

func (r *report) rssItem(item *node) {
	r.childrenOf(item, "title? link enclosure? guid pubDate? description? content:encoded? dc:creator? dc:language? category* atom:updated? media:content* media:thumbnail?")
	r.media(item)
	r.check(item.has("title") || item.has("description"), "item without title and description")
	r.check(!item.has("content:encoded") || item.has("description") && item.index("description") < item.index("content:encoded"), "content:encoded without a description before it")
	if guid := item.one("guid"); guid != nil {
		r.check(guid.attrs["isPermaLink"] == "false", "guid %q is not marked isPermaLink=false", guid.text)
	}
	if link := item.one("link"); link != nil {
		r.absolute("link", link.text)
	}
	for _, name := range []string{"title", "category", "dc:creator"} {
		r.rssText(item, name)
	}
	r.rssDate(item.one("pubDate"))
	if n := item.one("atom:updated"); n != nil {
		r.atomDate(n.name, n.text)
	}
	for _, name := range []string{"description", "content:encoded"} {
		if n := item.one(name); n != nil {
			r.check(strings.TrimSpace(n.text) != "", "%s is blank", name)
		}
	}
}

// rssText checks the plain text elements of a name.
func (r *report) rssText(parent *node, name string) {
	for _, n := range parent.all(name) {
		r.plainText(name, n.text)
		rest := strings.NewReplacer("&#x26;", "", "&#x3C;", "", "&#x3E;", "").Replace(n.raw)
		r.check(!strings.ContainsAny(rest, "&<"), "%s: %q has other references than hexadecimal ones", name, n.raw)
	}
}

// lintAtom holds RFC 4287, its schema's order, and what the W3C's validator
// adds to them.
func lintAtom(data []byte) []string {
	r := &report{}
	r.characters(data)
	root, err := parse(data)
	if err != nil {
		return append(*r, err.Error())
	}
	r.check(root.name == "atom:feed", "root is %s", root.name)
	r.childrenOf(root, "atom:id atom:title atom:updated atom:subtitle? atom:rights? atom:generator? atom:icon? atom:logo? atom:link* atom:author* fh:archive? at:deleted-entry* atom:entry*")
	entries := root.all("atom:entry")
	r.check(len(entries) == 0 || root.index("atom:entry") == len(root.children)-len(entries), "entries are not the last")
	r.check(root.has("atom:author"), "no author")
	r.atomCommon(root)
	r.check(hasLink(root, "self", "application/atom+xml"), "no link to itself")
	r.check(hasLink(root, "alternate", "text/html"), "no link to its page")
	r.hubs(root)
	r.check(root.has("fh:archive") || len(links(root, "next-archive"))+len(links(root, "current")) == 0, "a feed that is subscribed to has nothing newer in its archive")
	seen := map[string]bool{}
	for _, stone := range root.all("at:deleted-entry") {
		r.tombstone(stone)
		r.check(!seen[stone.attrs["ref"]], "tombstone of %q is there twice", stone.attrs["ref"])
		seen[stone.attrs["ref"]] = true
	}
	for _, entry := range entries {
		if n := entry.one("atom:id"); n != nil {
			r.check(!seen[n.text] || root.one("at:deleted-entry") == nil, "tombstone of %q, which is live, or it is there twice", n.text)
		}
		if n, own := entry.one("atom:updated"), root.one("atom:updated"); n != nil && own != nil {
			r.check(n.text <= own.text, "updated %s is after the feed's, %s", n.text, own.text)
		}
		r.childrenOf(entry, "atom:id atom:title atom:updated atom:published? atom:link* atom:author* atom:category* atom:summary? atom:content? media:thumbnail?")
		r.media(entry)
		r.atomCommon(entry)
		r.check(entry.has("atom:content") || hasLink(entry, "alternate", "text/html"), "neither content nor link")
		for _, name := range []string{"atom:id", "atom:updated"} {
			if n := entry.one(name); n != nil {
				r.check(!seen[n.text], "%s %q is there twice", name, n.text)
				seen[n.text] = true
			}
		}
	}
	return *r
}

// atomCommon checks what feeds and entries have both.
func (r *report) atomCommon(n *node) {
	for _, c := range n.children {
		switch c.name {
		case "atom:id":
			r.absolute(c.name, c.text)
		case "atom:updated", "atom:published":
			r.atomDate(c.name, c.text)
		case "atom:title", "atom:subtitle", "atom:rights", "atom:summary":
			r.check(c.attrs["type"] == "text", "%s: type is %q", c.name, c.attrs["type"])
			r.plainText(c.name, c.text)
		case "atom:content":
			r.check(c.attrs["type"] == "html", "%s: type is %q", c.name, c.attrs["type"])
			r.check(strings.TrimSpace(c.text) != "", "%s is blank", c.name)
		case "atom:link":
			r.absolute(c.name, c.attrs["href"])
			r.check(slices.Contains([]string{"self", "alternate", "hub", "enclosure", "current", "prev-archive", "next-archive"}, c.attrs["rel"]), "unknown relation %q", c.attrs["rel"])
			if c.attrs["rel"] != "hub" {
				r.mediaType(c.name, c.attrs["type"])
			}
			if length, ok := c.attrs["length"]; ok {
				r.number("length", length)
			}
		case "atom:category":
			r.plainText(c.name, c.attrs["term"])
		case "atom:author":
			r.atomPerson(c)
		}
	}
}

func (r *report) atomPerson(n *node) {
	r.childrenOf(n, "atom:name atom:uri? atom:email?")
	if name := n.one("atom:name"); name != nil {
		r.plainText(name.name, name.text)
	}
	if uri := n.one("atom:uri"); uri != nil {
		r.absolute(uri.name, uri.text)
	}
	if mail := n.one("atom:email"); mail != nil {
		r.check(strings.Count(mail.text, "@") == 1 && !strings.ContainsAny(mail.text, " <>()"), "%q is no address", mail.text)
	}
}

// media checks the enclosure of RSS and the elements of Media RSS.
func (r *report) media(item *node) {
	for _, n := range item.children {
		switch n.name {
		case "enclosure":
			r.number("length", n.attrs["length"])
			r.mediaType(n.name, n.attrs["type"])
		case "media:content":
			r.childrenOf(n, "media:title? media:description?")
			for _, c := range n.children {
				r.check(c.attrs["type"] == "plain", "%s: type is %q", c.name, c.attrs["type"])
				r.plainText(c.name, c.text)
			}
			r.check(slices.Contains([]string{"image", "audio", "video", "document"}, n.attrs["medium"]), "medium is %q", n.attrs["medium"])
			if kind, ok := n.attrs["type"]; ok {
				r.mediaType(n.name, kind)
			}
		case "media:thumbnail":
		default:
			continue
		}
		r.absolute(n.name, n.attrs["url"])
		for _, size := range []string{"width", "height", "fileSize"} {
			if s, ok := n.attrs[size]; ok {
				r.number(size, s)
				r.check(s != "0", "%s is 0", size)
			}
		}
	}
}

// tombstone holds RFC 6721.
func (r *report) tombstone(n *node) {
	r.childrenOf(n, "at:comment?")
	r.absolute("ref", n.attrs["ref"])
	r.atomDate("when", n.attrs["when"])
	if comment := n.one("at:comment"); comment != nil {
		r.check(comment.attrs["type"] == "text", "at:comment: type is %q", comment.attrs["type"])
		r.plainText(comment.name, comment.text)
	}
}

// lintArchive holds RFC 5005, section 4, beside what Atom demands.
func lintArchive(data []byte) []string {
	var r report
	for _, finding := range lintAtom(data) {
		if finding != "no link to its page" { // an archive document has none
			r = append(r, finding)
		}
	}
	root, err := parse(data)
	if err != nil {
		return r
	}
	r.check(root.has("fh:archive"), "no fh:archive")
	r.check(len(links(root, "current")) == 1, "no link to the current feed")
	self := links(root, "self")
	for _, rel := range []string{"prev-archive", "next-archive"} {
		r.check(len(links(root, rel)) <= 1, "several links %s", rel)
		for _, l := range links(root, rel) {
			r.check(len(self) == 1 && l.attrs["href"] != self[0].attrs["href"], "%s leads to itself", rel)
		}
	}
	return r
}

// lintSitemap holds the protocol of sitemaps.org.
func lintSitemap(data []byte) []string {
	r := &report{}
	r.characters(data)
	root, err := parse(data)
	if err != nil {
		return append(*r, err.Error())
	}
	child := map[string]string{"map:urlset": "map:url", "map:sitemapindex": "map:sitemap"}[root.name]
	r.check(child != "", "root is %s", root.name)
	r.childrenOf(root, child+"*")
	r.check(len(root.children) <= 50_000 && len(data) <= 50<<20, "%d addresses, %d bytes", len(root.children), len(data))
	seen := map[string]bool{}
	for _, n := range root.children {
		r.childrenOf(n, "map:loc map:lastmod?")
		if loc := n.one("map:loc"); loc != nil {
			r.absolute("loc", loc.text)
			r.check(!seen[loc.text], "%q is there twice", loc.text)
			r.check(len(loc.text) < 2048, "%q is too long", loc.text)
			seen[loc.text] = true
		}
		if date := n.one("map:lastmod"); date != nil {
			r.atomDate("lastmod", date.text)
		}
	}
	return *r
}

// lintRobots holds RFC 9309.
func lintRobots(data []byte) []string {
	r := &report{}
	rules, address, ok := strings.Cut(string(data), "\n\nSitemap: ")
	r.check(rules == "User-agent: *\nAllow: /", "not all crawlers may read everything: %q", rules)
	r.check(ok && strings.HasSuffix(address, "sitemap.xml\n"), "no sitemap: %q", address)
	r.absolute("sitemap", strings.TrimSpace(address))
	return *r
}

// attachments checks those of an item of JSON Feed.
func (r *report) attachments(item map[string]any) {
	list, _ := item["attachments"].([]any)
	titles := map[any]bool{nil: false}
	for _, a := range list {
		attachment, _ := a.(map[string]any)
		r.keys("attachment", attachment, "url mime_type title size_in_bytes")
		r.absolute("attachment", fmt.Sprint(attachment["url"]))
		r.mediaType("attachment", fmt.Sprint(attachment["mime_type"]))
		if size, ok := attachment["size_in_bytes"]; ok {
			n, isNumber := size.(float64)
			r.check(isNumber && n > 0, "size_in_bytes is %v", size)
		}
		title := attachment["title"]
		r.check(!titles[title], "title %q of an attachment is there twice", title)
		if title != nil {
			titles[title] = true
			r.plainText("title", fmt.Sprint(title))
		}
	}
}

func (r *report) number(what, s string) {
	n, err := strconv.ParseInt(s, 10, 64)
	r.check(err == nil && n >= 0, "%s: %q is no number", what, s)
}

var mediaType = regexp.MustCompile(`^[a-z]+/[a-z0-9][a-z0-9!#$&^_.+-]*$`)

func (r *report) mediaType(what, s string) {
	r.check(mediaType.MatchString(s), "%s: %q is no media type", what, s)
}

func links(n *node, rel string) []*node {
	var out []*node
	for _, l := range n.all("atom:link") {
		if l.attrs["rel"] == rel {
			out = append(out, l)
		}
	}
	return out
}

// hubs checks the links of a feed to its hubs: they have no media type, since
// nobody fetches them, and each is there once.
func (r *report) hubs(n *node) {
	seen := map[string]bool{}
	for _, l := range links(n, "hub") {
		r.check(l.attrs["type"] == "", "a hub has the type %q", l.attrs["type"])
		r.check(!seen[l.attrs["href"]], "hub %q is there twice", l.attrs["href"])
		seen[l.attrs["href"]] = true
	}
}

func hasLink(n *node, rel, mediaType string) bool {
	for _, l := range n.all("atom:link") {
		if l.attrs["rel"] == rel && l.attrs["type"] == mediaType {
			return true
		}
	}
	return false
}

// lintJSON holds JSON Feed 1.1, and the tags that FreshRSS can read.
func lintJSON(data []byte) []string {
	r := &report{}
	r.characters(data)
	var feed map[string]any
	if err := json.Unmarshal(data, &feed); err != nil {
		return append(*r, err.Error())
	}
	r.keys("feed", feed, "version title language home_page_url feed_url description icon favicon authors hubs items")
	r.check(feed["version"] == "https://jsonfeed.org/version/1.1", "version is %v", feed["version"])
	r.jsonCommon(feed, "home_page_url", "feed_url", "icon", "favicon")
	r.check(feed["title"] != nil && feed["feed_url"] != nil, "title or feed_url is missing")
	hubs, _ := feed["hubs"].([]any)
	for _, h := range hubs {
		hub, _ := h.(map[string]any)
		r.keys("hub", hub, "type url")
		r.check(hub["type"] == "WebSub", "type of a hub is %v", hub["type"])
		r.absolute("hub", fmt.Sprint(hub["url"]))
	}
	items, ok := feed["items"].([]any)
	r.check(ok, "items is no list")
	ids := map[any]bool{}
	for _, i := range items {
		item, ok := i.(map[string]any)
		r.check(ok, "item is no object")
		r.keys("item", item, "id url title content_html content_text summary date_published date_modified authors tags language image attachments _seedfeed")
		id, _ := item["id"].(string)
		r.check(id != "" && !ids[id], "id %q is missing, or there twice", id)
		ids[id] = true
		r.check(item["content_html"] != nil || item["content_text"] != nil, "%s: no content", id)
		r.jsonCommon(item, "url", "image")
		r.attachments(item)
	}
	return *r
}

// jsonCommon checks what feeds and items have both.
func (r *report) jsonCommon(o map[string]any, urls ...string) {
	for _, key := range urls {
		if s, ok := o[key].(string); ok {
			r.absolute(key, s)
		}
	}
	for _, key := range []string{"title", "description", "summary"} {
		if s, ok := o[key].(string); ok {
			r.plainText(key, s)
		}
	}
	for _, key := range []string{"date_published", "date_modified"} {
		if s, ok := o[key].(string); ok {
			r.atomDate(key, s)
		}
	}
	authors, _ := o["authors"].([]any)
	for _, a := range authors {
		author, _ := a.(map[string]any)
		r.keys("author", author, "name url")
		r.plainText("author", fmt.Sprint(author["name"]))
		if s, ok := author["url"].(string); ok {
			r.absolute("author", s)
		}
	}
	tags, _ := o["tags"].([]any)
	for _, t := range tags {
		r.plainText("tag", fmt.Sprint(t))
		r.check(!strings.ContainsAny(fmt.Sprint(t), "&<>"), "tag %q has an & or bracket, which breaks FreshRSS", t)
	}
	if ext, ok := o["_seedfeed"].(map[string]any); ok {
		r.keys("_seedfeed", ext, "place agency")
		r.check(len(ext) > 0, "_seedfeed says nothing")
	}
}

func (r *report) keys(what string, o map[string]any, known string) {
	for key := range o {
		r.check(strings.Contains(" "+known+" ", " "+key+" "), "%s: unknown key %q", what, key)
	}
}
