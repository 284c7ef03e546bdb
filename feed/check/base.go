package check

import (
	"io/fs"
	"net/url"
	"path"
	"strings"
)

// settleBase decides which address the files in out/ are read by. It is that of
// the options, unless the feeds of the whole site agree on another one: then all
// addresses in the site are others, which is one mistake and is told once.
func (c *checker) settleBase(names []string) {
	told, by := c.builtFor(names)
	switch {
	case c.Base == nil && told == nil:
		c.out.base = &url.URL{Scheme: "http", Host: "localhost", Path: "/"} // any will do: no feed tells one
	case c.Base == nil:
		c.out.base = told
	case told != nil && told.String() != c.Base.String():
		c.output(by).add(0, otherBase, "the site was built for %s and is checked for %s; run seedfeed build with this --base-url, or check it with that one", told, c.Base)
		c.out.base = told
	}
}

// builtFor returns the address that all feeds of the whole site agree on, and the
// first of those feeds; or nil.
func (c *checker) builtFor(names []string) (base *url.URL, by string) {
	for _, name := range names {
		if path.Dir(name) != "." || path.Ext(name) != ".xml" && path.Ext(name) != ".json" {
			continue
		}
		self := c.selfOf(name)
		if self == "" {
			continue
		}
		address, isBase := strings.CutSuffix(self, name)
		u, err := url.Parse(address)
		if !isBase || err != nil || u.Host == "" || base != nil && u.String() != base.String() {
			return nil, ""
		}
		if base == nil {
			base, by = u, name
		}
	}
	return base, by
}

// selfOf returns the address that a feed gives for its own, or "".
func (c *checker) selfOf(name string) string {
	data, err := fs.ReadFile(c.Out, name)
	if err != nil {
		return ""
	}
	if path.Ext(name) == ".json" {
		root, err := parseJSON(data)
		if err != nil {
			return ""
		}
		self, _ := root.get("feed_url").str()
		return self
	}
	root, err := parseXML(data)
	if err != nil {
		return ""
	}
	if channel := root.one("channel"); channel != nil {
		root = channel
	}
	for _, link := range root.all("atom:link") {
		if link.attrs["rel"] == "self" {
			return link.attrs["href"]
		}
	}
	return ""
}
