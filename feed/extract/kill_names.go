package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// name takes the name of the story that is to go from a paragraph.
func (k *order) name(paragraph string) {
	if k.Entry == "" {
		k.Entry = addressed(paragraph)
	}
	if k.Place == "" {
		k.Place = datelined(paragraph)
	}
	if k.Slug == "" {
		k.Slug = sluggedAs(paragraph)
	}
	if k.Headline != "" {
		return
	}
	lower := strings.ToLower(paragraph)
	for _, word := range [...]string{
		"headlined", "headline", "titled", "entitled", "headed", "überschrift", "unter dem titel", "mit dem titel", "intitulée", "intitulé", "titrée", "sous le titre",
		"titulada", "titulado", "con el título", "intitolata", "intitolato", "dal titolo", "com o título", "sob o título", "под заголовком", "с заголовком",
	} {
		i := strings.Index(lower, word)
		if i < 0 || len(lower) != len(paragraph) {
			continue
		}
		if name := namedAfter(paragraph[i+len(word):]); name != "" {
			k.Headline, _ = cutMarks(name)
			return
		}
	}
	if ordersKill(paragraph) {
		if name := quoted(paragraph); wordCount(name) > 1 {
			k.Headline, _ = cutMarks(name)
		}
	}
}

// addressed returns the id, or the URL of a page, that a paragraph names, or "".
func addressed(paragraph string) string {
	for word := range strings.FieldsSeq(paragraph) {
		word = strings.Trim(word, "<>()[]\"'“”„«»,;.!?")
		for _, scheme := range [...]string{"https://", "http://", "urn:", "tag:"} {
			if len(word) > len(scheme) && strings.HasPrefix(word, scheme) {
				return word
			}
		}
	}
	return ""
}

// datelined returns the place behind "datelined", which stands there in capitals,
// or "".
func datelined(paragraph string) string {
	_, rest, ok := strings.Cut(paragraph, "datelined ")
	if !ok {
		return ""
	}
	if name := quotedAtStart(rest); name != "" {
		return name
	}
	rest, _, _ = strings.Cut(rest, ",")
	var place []string
	for word := range strings.FieldsSeq(rest) {
		if strings.ContainsFunc(word, unicode.IsLower) {
			break
		}
		place = append(place, strings.TrimRight(word, ".;"))
	}
	return strings.Join(place, " ")
}

// sluggedAs returns the slug that a paragraph names: the words behind "slugged", or
// a slug of AP, which needs no word before it.
func sluggedAs(paragraph string) string {
	rest, ok := "", false
	if i := strings.Index(strings.ToLower(paragraph), "slugged"); i >= 0 && i+len("slugged") <= len(paragraph) {
		rest, ok = strings.TrimLeft(paragraph[i+len("slugged"):], " :as"), true
	} else if i := strings.Index(paragraph, "BC-"); i >= 0 {
		rest, ok = paragraph[i:], strings.Contains(paragraph[i:], "--")
	}
	if !ok {
		return ""
	}
	if name := quotedAtStart(rest); name != "" {
		return name
	}
	end := strings.IndexAny(rest, ",;“”\"")
	if end < 0 {
		end = len(rest)
	}
	slug := rest[:end]
	if !strings.Contains(slug, "--") { // one word, as agencies but AP have them
		slug, _, _ = strings.Cut(slug, " ")
	} else if i := lowerWord(slug); i > 0 {
		slug = slug[:i]
	}
	return strings.Trim(slug, " ./")
}

// lowerWord returns where the first word that begins in small letters is, behind
// which a slug of AP does not go on, or 0.
func lowerWord(slug string) int {
	for i, r := range slug {
		if i > 0 && slug[i-1] == ' ' && unicode.IsLower(r) {
			return i
		}
	}
	return 0
}

// namedAfter returns the headline that follows the words that announce it: between
// quotation marks, or up to the end of the sentence.
func namedAfter(rest string) string {
	rest = strings.TrimLeft(rest, " :,–—-")
	if name := quotedAtStart(rest); name != "" {
		return name
	}
	for _, stop := range [...]string{", which", ", sent", ", moved", ", issued", ", published", ", die ", ", das ", " (", ". "} {
		rest, _, _ = strings.Cut(rest, stop)
	}
	rest = strings.TrimRight(rest, " .")
	if first, _ := utf8.DecodeRuneInString(rest); !unicode.IsUpper(first) || wordCount(rest) < 2 || utf8.RuneCountInString(rest) > maxHeadline {
		return ""
	}
	return rest
}

// quotes are the marks that open a quotation, and those that may close it.
var quotes = map[rune]string{'"': `"`, '“': "”“", '„': "“”", '«': "»", '»': "«", '\'': "'", '‘': "’", '`': "'"}

// quotedAtStart returns what stands between the quotation marks that a text begins
// with, or "".
func quotedAtStart(s string) string {
	s = strings.TrimLeft(s, " ")
	open, size := utf8.DecodeRuneInString(s)
	closing, ok := quotes[open]
	if !ok {
		return ""
	}
	s = strings.TrimLeft(s[size:], "`\u00a0 ")
	for i, r := range s {
		if strings.ContainsRune(closing, r) && !betweenLetters(s, i) {
			return strings.Trim(s[:i], " \u00a0,.'")
		}
	}
	return ""
}

// betweenLetters reports whether a mark is an apostrophe inside a word.
func betweenLetters(s string, i int) bool {
	_, size := utf8.DecodeRuneInString(s[i:])
	after, _ := utf8.DecodeRuneInString(s[i+size:])
	return unicode.IsLetter(after)
}

// quoted returns the first quotation in a text, or "".
func quoted(s string) string {
	for i, r := range s {
		if r == '\'' || r == '‘' {
			continue // most of them are apostrophes
		}
		if _, ok := quotes[r]; ok {
			return quotedAtStart(s[i:])
		}
	}
	return ""
}
