package check

import (
	"encoding/json"
	"slices"
	"strings"
)

// The keys of JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). A key that
// begins with an underscore is an extension.
var (
	jsonFeedKeys = strings.Fields("version title home_page_url feed_url description user_comment next_url icon favicon authors author language expired hubs items")
	jsonItemKeys = strings.Fields("id url external_url title content_html content_text summary image banner_image date_published date_modified authors author tags language attachments")
)

const jsonVersion = "https://jsonfeed.org/version/1.1"

// jsonFeed checks a feed in JSON Feed 1.1, and what FreshRSS can not read.
func (p place) jsonFeed(name string, root *jsonValue) publication {
	f := publication{name: name}
	p.jsonKeys("the feed", root, jsonFeedKeys)
	version, _ := root.get("version").str()
	p.check(version == jsonVersion, lineOfKey(root, "version"), badValue, "the version %s is not %s", quote(version), jsonVersion)
	p.check(root.get("title") != nil, root.line, missingElement, "the feed has no title")
	p.jsonCommon(root, "home_page_url", "icon", "favicon", "next_url")
	if own, ok := root.get("feed_url").str(); ok {
		f.self, f.selfLine = own, lineOfKey(root, "feed_url")
		p.absolute(f.selfLine, "feed_url", own)
	}
	if next, ok := root.get("next_url").str(); ok {
		p.check(next != f.self, lineOfKey(root, "next_url"), badValue, "next_url is the feed's own address")
	}
	for _, hub := range root.get("hubs").items() {
		address, _ := hub.get("url").str()
		p.check(hub.get("type") != nil, hub.line, missingElement, "the hub has no type")
		p.absolute(hub.line, "hub", address)
	}
	if items := root.get("items"); items == nil || items.list == nil {
		p.add(root.line, missingElement, "the feed has no list of items, which may be empty")
	}
	for _, item := range root.get("items").items() {
		f.items = append(f.items, p.jsonItem(item))
	}
	return f
}

func (p place) jsonItem(v *jsonValue) item {
	it := item{line: v.line, idLine: v.line}
	if v.keys == nil {
		p.add(v.line, badValue, "an item is no object")
		return it
	}
	p.jsonKeys("the item", v, jsonItemKeys)
	p.jsonCommon(v, "url", "image", "banner_image")
	if id := v.get("id"); id != nil {
		var ok bool
		it.idLine = id.line
		it.id, ok = id.str()
		p.check(ok, id.line, badValue, "the id is no string")
	}
	it.url, _ = v.get("url").str()
	if external, ok := v.get("external_url").str(); ok {
		p.absolute(lineOfKey(v, "external_url"), "external_url", external)
	}
	if html, ok := v.get("content_html").str(); ok {
		p.content(lineOfKey(v, "content_html"), strings.ReplaceAll(html, "\n", " ")) // its lines are not the file's
	} else if _, ok := v.get("content_text").str(); !ok {
		p.add(v.line, missingElement, "the item has neither content_html nor content_text")
	}
	if s, ok := v.get("date_published").str(); ok {
		it.published = p.webDate(lineOfKey(v, "date_published"), "date_published", s)
	} else {
		p.add(v.line, missingElement, "the item has no date_published: readers show the time of their visit")
	}
	if s, ok := v.get("date_modified").str(); ok {
		p.webDate(lineOfKey(v, "date_modified"), "date_modified", s)
	}
	for _, attachment := range v.get("attachments").items() {
		p.attachment(attachment)
	}
	for _, t := range v.get("tags").items() {
		s, ok := t.str()
		p.check(ok, t.line, badValue, "a tag is no string")
		p.check(!strings.ContainsAny(s, "&<>"), t.line, markup, "the tag %s has a mark at which FreshRSS refuses the whole feed", quote(s))
	}
	return it
}

func (p place) attachment(v *jsonValue) {
	address, _ := v.get("url").str()
	p.link(v.line, "attachment", address)
	kind, _ := v.get("mime_type").str()
	p.mediaType(v.line, "attachment", kind)
	for _, key := range []string{"size_in_bytes", "duration_in_seconds"} {
		if n := v.get(key); n != nil {
			_, ok := n.value.(json.Number)
			p.check(ok, n.line, badValue, "attachment: %s is no number", key)
		}
	}
}

// jsonKeys checks which keys an object has.
func (p place) jsonKeys(what string, v *jsonValue, known []string) {
	for _, key := range v.order {
		p.check(strings.HasPrefix(key, "_") || slices.Contains(known, key), lineOfKey(v, key), unknownElement,
			"%s has a key %s, which the format does not know", what, quote(key))
	}
	for _, key := range v.twice {
		p.add(lineOfKey(v, key), repeatedElement, "%s has the key %s twice", what, quote(key))
	}
	p.check(v.get("author") == nil, lineOfKey(v, "author"), unknownElement, "%s has an author: version 1.1 has authors instead", what)
}

// jsonCommon checks what feeds and items have both, and addresses by their keys.
func (p place) jsonCommon(v *jsonValue, addresses ...string) {
	for _, key := range addresses {
		if s, ok := v.get(key).str(); ok {
			p.link(lineOfKey(v, key), key, s)
		}
	}
	for _, key := range []string{"title", "description", "summary"} {
		if s, ok := v.get(key).str(); ok {
			p.plain(lineOfKey(v, key), key, s)
			p.check(strings.TrimSpace(s) != "", lineOfKey(v, key), missingElement, "%s is empty", key)
		}
	}
	for _, author := range v.get("authors").items() {
		p.check(author.get("name") != nil || author.get("url") != nil || author.get("avatar") != nil,
			author.line, missingElement, "an author has no name, url or avatar")
		if s, ok := author.get("name").str(); ok {
			p.plain(author.line, "author", s)
		}
		if s, ok := author.get("url").str(); ok {
			p.absolute(author.line, "author", s)
		}
	}
	if s, ok := v.get("language").str(); ok {
		p.languageTag(lineOfKey(v, "language"), s)
	}
}

// jsonCharacters checks all texts of a document: JSON can escape what should not
// be in them.
func (p place) jsonCharacters(v *jsonValue) {
	if s, ok := v.str(); ok {
		if i := strings.IndexFunc(s, isBad); i >= 0 {
			p.add(v.line, badCharacter, "the character %U should not be in a text; take it out of the document", []rune(s[i:])[0])
		}
	}
	for _, key := range v.order {
		p.jsonCharacters(v.keys[key])
	}
	for _, item := range v.list {
		p.jsonCharacters(item)
	}
}

func lineOfKey(v *jsonValue, key string) int {
	if c := v.get(key); c != nil {
		return c.line
	}
	return v.line
}
