package extract

import (
	"fmt"
	"iter"
	"math"
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
// words of the whole text, and says which they are. In a wire story the first one is among them, for it is
// written to be that. Posts and notes, which is what is written in Markdown, get
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

// maxCounted is how much of a text is looked at for what it is about, in bytes.
const maxCounted = 6000

// weigh gives each sentence the weight of its words in the whole text, for its
// length, and more to those that come first. Questions and quotations say less
// than what they are about.
func (st *story) weigh(list []candidate) {
	var t tally
	ends := make([]int, len(list)) // of the words of each, in places
	places := make([]uint16, 0, 256)
	for i, c := range list {
		start := len(places)
		if c.length >= shortSentence && c.length <= maxSummary {
			for w, hash := range longWords(c.text) {
				if isSmallWord(w) {
					continue
				}
				if at := t.add(hash); !slices.Contains(places[start:], at) {
					places = append(places, at)
				}
			}
		}
		ends[i] = len(places)
	}
	st.countWords(&t)
	start := 0
	for i := range list {
		c := &list[i]
		for _, at := range places[start:ends[i]] {
			c.weight += math.Log1p(float64(t.counts[at]))
		}
		start = ends[i]
		c.weight *= (1 + 1/float64(c.at+1)) / math.Sqrt(float64(max(5, 1+strings.Count(c.text, " "))))
		if endsQuestion(c.text) || isQuotation(c.text) {
			c.weight /= 2
		}
	}
}

// countWords counts how often the text has the words of a tally.
func (st *story) countWords(t *tally) {
	budget := maxCounted
	for i := st.lead; i < len(st.blocks) && budget > 0; i++ {
		if st.roles[i] != roleBody || st.blocks[i].kind == blockVerbatim {
			continue
		}
		s := firstWords(st.text(i), budget)
		budget -= len(s)
		for _, hash := range longWords(s) {
			if at, ok := t.find(hash); ok {
				t.counts[at]++
			}
		}
	}
}

// maxTally is how many words maxOpening sentences that are no longer than a summary
// have at most: of one letter, with a mark between them, as Chinese can be.
const maxTally = maxOpening * maxSummary / 2

// A tally counts up to maxTally words, each given by its hash.
type tally struct {
	slots  [2048]uint16 // open addressing: 1 + the place of a word, 0 is free
	words  [maxTally]uint64
	counts [maxTally]uint16
	n      uint16
}

// find returns the place of a word that was added.
func (t *tally) find(word uint64) (place uint16, ok bool) {
	slot := t.slot(word)
	if t.slots[slot] == 0 {
		return 0, false
	}
	return t.slots[slot] - 1, true
}

func (t *tally) slot(word uint64) uint64 {
	slot := word % uint64(len(t.slots))
	for t.slots[slot] != 0 && t.words[t.slots[slot]-1] != word {
		slot = (slot + 1) % uint64(len(t.slots))
	}
	return slot
}

// add returns the place of a word, which it makes where there is none.
func (t *tally) add(word uint64) uint16 {
	slot := t.slot(word)
	if t.slots[slot] == 0 {
		t.words[t.n] = word
		t.n++
		t.slots[slot] = t.n
	}
	return t.slots[slot] - 1
}

// shortSentence is the length below which a sentence says too little, in
// characters.
const shortSentence = 30

// heaviest returns the index of the heaviest candidate that fits, the first of
// equals, or -1. One without weight fits when there is no other.
func heaviest(list []candidate, fits func(candidate) bool) int {
	best := -1
	for i, c := range list {
		if fits(c) && (best < 0 || c.weight > list[best].weight) {
			best = i
		}
	}
	return best
}

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

// longWords gives the words of a text that have more than two letters, each with
// the hash (FNV-1a) of its small letters.
func longWords(s string) iter.Seq2[string, uint64] {
	const basis, prime = 14695981039346656037, 1099511628211
	return func(yield func(string, uint64) bool) {
		start, hash := 0, uint64(basis)
		for i := 0; i < len(s); {
			r, size := rune(s[i]), 1
			if r < utf8.RuneSelf {
				r |= 0x20 // of digits, it changes nothing; of no mark it makes a letter
			} else {
				r, size = utf8.DecodeRuneInString(s[i:])
				r = unicode.ToLower(r)
			}
			switch {
			case uint32(r-'a') < 26 || uint32(r-'0') < 10 || r >= utf8.RuneSelf && isWordLetter(r):
				hash = (hash ^ uint64(r)) * prime
			case i-start > 2 && !yield(s[start:i], hash):
				return
			default:
				start, hash = i+size, basis
			}
			i += size
		}
		if len(s)-start > 2 {
			yield(s[start:], hash)
		}
	}
}

// isWordLetter reports whether r is a letter or a digit.
func isWordLetter(r rune) bool {
	if r < utf8.RuneSelf {
		c := r | 0x20
		return 'a' <= c && c <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
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

func isSmallWord(w string) bool {
	var buf [32]byte
	switch string(appendLower(buf[:0], w)) {
	case "the", "and", "that", "was", "with", "for", "from", "have", "has", "had", "said", "which", "are", "were", "its", "this", "these", "those", "not", "you",
		"they", "his", "her", "their", "our", "will", "would", "can", "could", "been", "did", "does", "than", "then", "there", "here", "when", "what", "who", "how", "also", "more",
		"most", "one", "two", "new", "all", "some", "into", "over", "after", "about", "out", "just", "only", "other", "very", "but", "she", "him":
		return true
	}
	return false
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
