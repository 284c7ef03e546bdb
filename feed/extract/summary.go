package extract

import (
	"strings"
	"unicode/utf8"

	"seedfeed/feed"
	"seedfeed/feed/extract/text"
)

// maxSummary is the longest summary that is made, in characters. One that the
// document states may be longer, up to maxStatedSummary.
const (
	maxSummary       = 300
	maxStatedSummary = 1000
)

// summary answers what the document is about, in one or two whole sentences that
// are not the title again.
func summary(s *source, st *story, e *feed.Entry) {
	for _, v := range s.stated {
		if v.ask != askSummary || sameWords(v.value, e.Title) {
			continue
		}
		if t := text.Truncate(text.OneLine(v.value), maxStatedSummary); hasWords(t) {
			e.Summary, e.From.Summary = t, feed.Evidence{Source: v.source, Words: v.words()}
			return
		}
	}
	if t := sumUp(st, e.Title); hasWords(t) {
		e.Summary, e.From.Summary = t, feed.Evidence{Source: "first sentences"}
	}
}

// sumUp returns the first sentences of a story, as many as fit.
func sumUp(st *story, title string) string {
	var out string
	for _, sentence := range st.opening(8) {
		if rest, _, ok := cutAttribution(sentence); ok {
			sentence = rest
		}
		sentence = text.OneLine(sentence)
		switch {
		case !hasWords(sentence) || isBoilerplate(sentence) || isGreeting(sentence):
			continue
		case out == "" && sameWords(sentence, title) && wordCount(sentence) > 0:
			continue
		case out == "":
			out = sentence
		case utf8.RuneCountInString(out)+1+utf8.RuneCountInString(sentence) > maxSummary:
			return text.Truncate(out, maxSummary)
		default:
			out += joint(out) + sentence
			return out
		}
	}
	return text.Truncate(out, maxSummary)
}

// joint is what stands between two sentences: nothing in scripts without spaces.
func joint(s string) string {
	r, _ := utf8.DecodeLastRuneInString(s)
	if strings.ContainsRune("。！？」』”）", r) && r > 0x2fff {
		return ""
	}
	return " "
}

// isBoilerplate reports whether a sentence is one that stands in every text of its
// kind.
func isBoilerplate(s string) bool {
	lower := strings.ToLower(s)
	for _, start := range [...]string{"click here", "scroll down", "share this", "read more", "sign up", "advertisement", "this post contains", "this shop has been compensated",
		"subscribe", "follow us", "photo:", "image:", "copyright", "all rights reserved", "cookies", "skip to"} {
		if strings.HasPrefix(lower, start) {
			return true
		}
	}
	return false
}
