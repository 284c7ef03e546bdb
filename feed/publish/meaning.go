package publish

import (
	"crypto/sha256"
	"io"
	"strings"

	"golang.org/x/net/html"

	"seedfeed/feed"
	"seedfeed/feed/internal/likeness"
)

// meaning returns a digest of what a reader sees of an entry: its title, its
// text and the targets of its links and pictures. White space and the rest of
// the markup do not count, so that neither re-wrapping a file nor a new version
// of a library is a change that subscribers hear of.
func meaning(entry *feed.Entry) [16]byte {
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
			return [16]byte(sum.Sum(nil)[:16])
		case html.TextToken:
			put(html.UnescapeString(string(z.Raw())))
		case html.StartTagToken, html.SelfClosingTagToken:
			putTargets(z, put)
		}
	}
}

// textOf returns the text of some HTML, to be compared with others.
func textOf(content string) likeness.Text {
	var b strings.Builder
	for z := html.NewTokenizer(strings.NewReader(content)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return likeness.Of(b.String())
		case html.TextToken:
			b.WriteString(html.UnescapeString(string(z.Raw())))
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			b.WriteByte(' ')
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
