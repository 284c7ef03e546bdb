package publish

import (
	"crypto/sha256"
	"io"
	"strings"

	"golang.org/x/net/html"

	"seedfeed/feed"
)

// meaning returns a digest of what a reader sees of an entry: its title, its
// text and the targets of its links and pictures. White space and the rest of
// the markup do not count, so that neither re-wrapping a file nor a new version
// of a library is a change that subscribers hear of.
func meaning(entry *feed.Entry) [sha256.Size]byte {
	sum := sha256.New()
	put := func(s string) {
		for word := range strings.FieldsSeq(s) {
			_, _ = io.WriteString(sum, word) // a hash never fails
			_, _ = io.WriteString(sum, " ")
		}
	}
	put(entry.Title)
	_, _ = io.WriteString(sum, "\n")
	for z := html.NewTokenizer(strings.NewReader(entry.Content)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return [sha256.Size]byte(sum.Sum(nil))
		case html.TextToken:
			put(html.UnescapeString(string(z.Raw())))
		case html.StartTagToken, html.SelfClosingTagToken:
			putTargets(z, put)
		}
	}
}

// putTargets puts the addresses that the current tag of z points to.
func putTargets(z *html.Tokenizer, put func(string)) {
	_, more := z.TagName()
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if k := string(key); k == "href" || k == "src" {
			put(string(value))
		}
	}
}
