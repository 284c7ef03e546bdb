package main

import (
	"bytes"
	"path"
	"regexp"
	"slices"
)

// noNews is what stands before the entries of a feed and changes though none of
// them does: when the feed last changed, and where its archive begins, which is
// another document when a month is over.
var noNews = regexp.MustCompile(`\s*(?:<lastBuildDate>[^<]*</lastBuildDate>|<updated>[^<]*</updated>|<link [^>]*rel="prev-archive"[^>]*></link>)`)

// newsOf returns what is news in a feed of a site of ours to who has had another:
// its entries, the marks of those that are gone, and what is told of it as a whole.
func newsOf(name string, body []byte) []byte {
	if path.Ext(name) != ".xml" {
		return body
	}
	head := len(body)
	for _, entry := range []string{"<item>", "<entry"} {
		if i := bytes.Index(body, []byte(entry)); i >= 0 {
			head = min(head, i)
		}
	}
	return slices.Concat(noNews.ReplaceAll(body[:head], nil), body[head:])
}
