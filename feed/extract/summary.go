package extract

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
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
		if v.ask != askSummary || sameLetters(v.value, e.Title) {
			continue
		}
		if t := text.Truncate(text.OneLine(v.value), maxStatedSummary); hasWords(t) {
			e.Summary, e.From.Summary = t, feed.Evidence{Source: v.source, Words: v.words()}
			return
		}
	}
	if t, which := sumUp(st, e.Title, isPost(s)); hasWords(t) {
		e.Summary, e.From.Summary = t, feed.Evidence{Source: which}
	}
}

// A candidate is a sentence for the summary.
type candidate struct {
	at     int // among the sentences of the story
	text   string
	length int // in characters
	weight float64
}

// sumUp returns the one or two sentences of the beginning that have most of the
// words of the whole text, and says which they are. In a wire story the first one
// is among them, for it is written to be that. Posts and notes, which is what is written in Markdown, get
// the first that is long enough and no other, as people write for them.
func sumUp(st *story, title string, post bool) (summary, which string) {
	list := st.candidates(title, post)
	if len(list) == 0 {
		return "", ""
	}
	first := list[0]
	switch {
	case st.at >= 0:
	case post:
		first = postSentence(list)
	default:
		st.weigh(list)
		first = list[heaviest(list, func(c candidate) bool { return c.at == list[0].at || !leans(c.text) && !isQuotation(c.text) })]
	}
	room := maxSummary - first.length - 1
	if post || room < shortSentence {
		return text.Truncate(first.text, maxSummary), first.which()
	}
	fits := func(c candidate) bool {
		follows := c.at > first.at && c.at <= first.at+2
		return c.at != first.at && c.length <= room && (follows || !leans(c.text)) && !isQuotation(c.text)
	}
	if st.at >= 0 {
		list = slices.DeleteFunc(list, func(c candidate) bool { return !fits(c) })
		if len(list) > 1 {
			st.weigh(list)
		}
	}
	next := heaviest(list, fits)
	if next < 0 {
		return first.text, first.which()
	}
	second := list[next]
	if second.at < first.at {
		first, second = second, first
	}
	return first.text + joint(first.text) + second.text, fmt.Sprintf("sentences %d and %d of the story", first.at+1, second.at+1)
}

// which says which sentence of a story it is.
func (c candidate) which() string { return fmt.Sprintf("sentence %d of the story", c.at+1) }

// postSentence returns the sentence that sums up a post: the one that says what the
// post is about, or else the first that is no mere exclamation.
func postSentence(list []candidate) candidate {
	i := slices.IndexFunc(list, func(c candidate) bool { return c.length <= maxSummary && announces(c.text) })
	if i < 0 {
		i = max(0, slices.IndexFunc(list, func(c candidate) bool { return c.length >= shortSentence }))
	}
	return list[i]
}

// nearOpening is how many sentences could sum up a wire story or a post, which
// come to the point at once. Others, such as features, may take maxOpening.
const nearOpening = 8

// candidates returns the sentences that could be a summary, as they would stand in
// it.
func (st *story) candidates(title string, post bool) []candidate {
	reach := maxOpening
	if post || st.at >= 0 {
		reach = nearOpening
	}
	sentences := st.opening(reach)
	list := make([]candidate, 0, len(sentences))
	for i, sentence := range sentences {
		if rest, _, ok := cutAttribution(sentence); ok {
			sentence = rest
		}
		sentence = text.OneLine(sentence)
		if !hasWords(sentence) || isBoilerplate(sentence) || isGreeting(sentence) || sameLetters(sentence, title) {
			continue
		}
		list = append(list, candidate{at: i, text: sentence, length: utf8.RuneCountInString(sentence)})
	}
	if slices.ContainsFunc(list, func(c candidate) bool { return !isPatched(c.text) }) {
		list = slices.DeleteFunc(list, func(c candidate) bool { return isPatched(c.text) })
	}
	return list
}

// isPatched reports whether a line that had no full stop got one, with a blank
// before it, when its text was put together: a caption, a heading between
// paragraphs. Where all the sentences end so, it is the way that the text is set.
func isPatched(s string) bool { return strings.HasSuffix(s, " .") }

// isQuotation reports whether a sentence begins with what somebody said. Without
// the sentence before it, it does not tell who.
func isQuotation(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("\"'“‘«„", r)
}

// announces reports whether a sentence says what its text is about.
func announces(s string) bool {
	lower := strings.ToLower(s)
	for _, cue := range [...]string{"this post", "this article", "this blog post", "this document", "this guide", "this tutorial", "this report", "this paper",
		"dieser beitrag", "diesem beitrag", "cet article", "este artículo", "questo articolo"} {
		if strings.Contains(lower, cue) {
			return true
		}
	}
	return false
}

// isPost reports whether a document is written as posts and notes are, and not as
// news: in Markdown.
func isPost(s *source) bool {
	ext := strings.ToLower(path.Ext(s.doc.Path))
	return ext == ".md" || ext == ".markdown"
}

// shortSentence is the length below which a sentence says too little, in
// characters.
const shortSentence = 30

// leans reports whether a sentence leans on the one before it: it begins with a
// pronoun, or a word that goes on.
func leans(s string) bool {
	first, _, _ := strings.Cut(s, " ")
	var buf [32]byte
	switch string(appendLower(buf[:0], strings.Trim(first, ",\"“'"))) {
	case "but", "and", "so", "however", "he", "she", "it", "they", "this", "that", "these", "those", "his", "her", "its", "their", "then", "there", "meanwhile", "instead", "finally", "elsewhere",
		"such", "also", "er", "sie", "es", "diese", "dieser", "dieses", "aber", "doch", "il", "elle", "ils", "elles", "ce", "cette", "ces", "mais", "él", "ella", "ellos", "esto",
		"este", "esta", "pero", "он", "она", "они", "оно", "это", "но", "однако":
		return true
	}
	return false
}

// sameLetters reports whether two texts have the same letters and digits in the
// same order, whatever stands between them.
func sameLetters(a, b string) bool {
	for {
		ra, na := nextLetter(a)
		rb, nb := nextLetter(b)
		if ra != rb {
			return false
		}
		if na == 0 || nb == 0 {
			return na == nb
		}
		a, b = a[na:], b[nb:]
	}
}

// nextLetter returns the first letter or digit of a text, small, and where the
// text goes on behind it.
func nextLetter(s string) (rune, int) {
	for i, r := range s {
		if isWordLetter(r) {
			return unicode.ToLower(r), i + utf8.RuneLen(r)
		}
	}
	return 0, 0
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
	if strings.HasSuffix(s, ":") {
		return true // it opens a list, or a quotation
	}
	if strings.HasPrefix(s, "Follow ") && (strings.Contains(s, " on Twitter") || strings.Contains(s, " on X") || strings.Contains(s, " on Facebook")) {
		return true
	}
	if promotes(s) {
		return true
	}
	for _, start := range [...]string{"click here", "scroll down", "share this", "read more", "sign up", "advertisement", "this post contains", "this shop has been compensated",
		"subscribe", "follow us", "photo:", "image:", "copyright", "all rights reserved", "cookies", "skip to", "(reporting by", "(editing by", "(writing by", "(additional reporting by", "in article <"} {
		if len(s) >= len(start) && strings.EqualFold(s[:len(start)], start) {
			return true
		}
	}
	return false
}

// promotes reports whether a sentence sends readers to a programme, as broadcasters
// do above their texts: "Listen to the full interview on Radio Five".
func promotes(s string) bool {
	for _, start := range [...]string{"listen to ", "watch the ", "watch our ", "watch live", "hear the full "} {
		if _, ok := cutLabel(s, start); !ok {
			continue
		}
		for _, what := range [...]string{" interview", " podcast", " video", " programme", " broadcast", " website", " bulletin"} {
			if strings.Contains(s, what) {
				return true
			}
		}
	}
	return false
}
