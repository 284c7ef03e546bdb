package publish

import (
	"crypto/sha256"
	"strings"

	"golang.org/x/net/html"

	"seedfeed/feed/internal/likeness"
)

// meaningOf returns a digest of what a reader sees of an entry: its title, its
// text and the targets of its links and pictures. White space and the rest of
// the markup do not count, so that neither re-wrapping a file nor a new version
// of a library is a change that subscribers hear of. With it comes the text of
// the content alone, to be compared with others.
func meaningOf(title, content string) ([16]byte, likeness.Text) {
	seen := make([]byte, 0, len(title)+len(content)+len(content)/8)
	put := func(s string) {
		for word := range strings.FieldsSeq(s) {
			seen = append(append(seen, word...), ' ')
		}
	}
	put(title)
	seen = append(seen, '\n')
	text := make([]byte, 0, len(content))
	for z := html.NewTokenizer(strings.NewReader(content)); ; {
		switch z.Next() {
		case html.ErrorToken:
			sum := sha256.Sum256(seen)
			return [16]byte(sum[:16]), likeness.Of(string(text))
		case html.TextToken:
			words := html.UnescapeString(string(z.Raw()))
			put(words)
			text = append(text, words...)
		case html.StartTagToken, html.SelfClosingTagToken:
			putTargets(z, put)
			text = append(text, ' ')
		case html.EndTagToken:
			text = append(text, ' ')
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
