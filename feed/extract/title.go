package extract

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"seedfeed/feed"
	"seedfeed/feed/extract/text"
)

// maxDerived is the longest title that is made from a text, in characters.
const maxDerived = 90

// title answers what the document is called. It always has an answer.
func title(s *source, st *story, e *feed.Entry) {
	if v, ok := s.find(askTitle); ok {
		if t := text.OneLine(withoutMarks(v.value)); hasWords(t) {
			e.Title, e.From.Title = t, feed.Evidence{Source: v.source, Words: v.words()}
			return
		}
	}
	if st.headline >= 0 {
		words := st.blocks[st.headline].text
		if t := text.OneLine(cleanHeadline(words)); hasWords(t) {
			source := "headline"
			if st.blocks[st.headline].kind == blockHeading {
				source = "heading"
			}
			e.Title, e.From.Title = sentenceCase(t, st), feed.Evidence{Source: source, Words: words}
			return
		}
	}
	if t, words := deriveTitle(st); hasWords(t) {
		e.Title, e.From.Title = t, feed.Evidence{Source: "first sentence", Words: words}
		return
	}
	name := path.Base(s.doc.Path)
	if t := readableName(name); hasWords(t) {
		e.Title, e.From.Title = t, feed.Evidence{Source: "file name", Words: text.OneLine(name)}
		return
	}
	e.Title, e.From.Title = "Untitled", feed.Evidence{Source: "nothing that could be a title"}
}

// hasWords reports whether a title has a letter or a digit to be read.
func hasWords(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsSymbol(r) && r > 0x2000 && r != utf8.RuneError
	})
}

// readableName makes the name of a file a title: "peace-bridge_talks.txt" is
// "Peace bridge talks".
func readableName(name string) string {
	name = strings.TrimSuffix(name, path.Ext(name))
	t := text.OneLine(strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == '+' || r == '.' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(name, " ")))
	if t == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(t)
	return text.Truncate(string(unicode.ToUpper(first))+t[size:], maxDerived)
}
