package render_test

import (
	"encoding/json"
	"fmt"
	"strings"
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
	r.childrenOf(channel, "title link description atom:link language? copyright? managingEditor? lastBuildDate? generator? docs? image? item*")
	r.check(channel.index("atom:link") < channel.index("link"), "atom:link stands after link")
	self := channel.one("atom:link")
	r.check(self != nil && self.attrs["rel"] == "self" && self.attrs["type"] == "application/rss+xml", "no link to itself")
	if self != nil {
		r.absolute("self", self.attrs["href"])
	}
	for _, name := range []string{"title", "description", "copyright", "generator"} {
		r.rssText(channel, name)
	}
	r.rssDate(channel.one("lastBuildDate"))
	if n := channel.one("managingEditor"); n != nil {
		mail, _, ok := strings.Cut(n.text, " (")
		r.check(ok && strings.HasSuffix(n.text, ")") && strings.Contains(mail, "@"), "managingEditor %q is no address with a name", n.text)
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
	r.childrenOf(item, "title? link guid pubDate? description? content:encoded? dc:creator* dc:language? category* atom:updated?")
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
	r.childrenOf(root, "atom:id atom:title atom:updated atom:subtitle? atom:rights? atom:generator? atom:icon? atom:link* atom:author* atom:entry*")
	entries := root.all("atom:entry")
	r.check(len(entries) == 0 || root.index("atom:entry") == len(root.children)-len(entries), "entries are not the last")
	r.check(root.has("atom:author"), "no author")
	r.atomCommon(root)
	r.check(hasLink(root, "self", "application/atom+xml"), "no link to itself")
	r.check(hasLink(root, "alternate", "text/html"), "no link to its page")
	seen := map[string]bool{}
	for _, entry := range entries {
		if n, own := entry.one("atom:updated"), root.one("atom:updated"); n != nil && own != nil {
			r.check(n.text <= own.text, "updated %s is after the feed's, %s", n.text, own.text)
		}
		r.childrenOf(entry, "atom:id atom:title atom:updated atom:published? atom:link* atom:author* atom:category* atom:summary? atom:content?")
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
	r.keys("feed", feed, "version title language home_page_url feed_url description icon favicon authors items")
	r.check(feed["version"] == "https://jsonfeed.org/version/1.1", "version is %v", feed["version"])
	r.jsonCommon(feed, "home_page_url", "feed_url", "icon", "favicon")
	r.check(feed["title"] != nil && feed["feed_url"] != nil, "title or feed_url is missing")
	items, ok := feed["items"].([]any)
	r.check(ok, "items is no list")
	ids := map[any]bool{}
	for _, i := range items {
		item, ok := i.(map[string]any)
		r.check(ok, "item is no object")
		r.keys("item", item, "id url title content_html content_text summary date_published date_modified authors tags language _seedfeed")
		id, _ := item["id"].(string)
		r.check(id != "" && !ids[id], "id %q is missing, or there twice", id)
		ids[id] = true
		r.check(item["content_html"] != nil || item["content_text"] != nil, "%s: no content", id)
		r.jsonCommon(item, "url")
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
