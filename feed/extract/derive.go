package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"seedfeed/feed/extract/text"
)

// deriveTitle makes a title of the story's first sentence: without who reports
// it, without what only sets the scene, cut where a clause ends, at most
// maxDerived characters. words is the sentence.
func deriveTitle(st *story) (title, words string) {
	sentences := st.opening(4)
	for _, sentence := range sentences {
		if isGreeting(sentence) && len(sentences) > 1 {
			continue
		}
		if t := headlineOf(sentence); hasWords(t) {
			return t, sentence
		}
	}
	if st.lead >= len(st.blocks) {
		for _, b := range st.blocks { // nothing but headings, a table, notes
			line, _, _ := strings.Cut(b.text, "\n")
			if t := shorten(text.OneLine(line), maxDerived); hasWords(t) {
				return t, b.text
			}
		}
	}
	return "", ""
}

// isGreeting reports whether a sentence says nothing yet: "Hello all,", "Hi!".
func isGreeting(s string) bool {
	if wordCount(s) > 4 {
		return false
	}
	first, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(s)), " ")
	switch strings.Trim(first, ",.!") {
	case "hello", "hi", "hey", "dear", "greetings", "hallo", "bonjour", "hola", "ciao", "olá":
		return true
	}
	return false
}

// headlineOf makes a headline of a sentence.
func headlineOf(sentence string) string {
	s := text.OneLine(sentence)
	if rest, _, ok := cutAttribution(s); ok {
		s = rest
	}
	s = cutSaid(s)
	s = cutScene(s)
	s = cutSpokesman(s)
	s = cutAppositive(s)
	s = strings.TrimRight(s, " .。")
	if utf8.RuneCountInString(s) > maxDerived {
		s = cutClause(s, maxDerived)
	}
	s = shorten(s, maxDerived)
	s = closeQuotes(s)
	return capitalize(s)
}

// capitalize sets the first letter in capitals, unless its word is written on
// purpose as it is ("iPhone").
func capitalize(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[size:]); unicode.IsUpper(next) {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// cutSaid cuts off the end of a sentence who said what it tells: "..., officials
// said.", "..., the bank said on Monday". What is said stays.
func cutSaid(s string) string {
	body := strings.TrimRight(s, " .")
	i := strings.LastIndex(body, ", ")
	if i < 0 || utf8.RuneCountInString(body[:i]) < 25 {
		return s
	}
	words := strings.Fields(body[i+2:])
	if len(words) > 12 {
		return s
	}
	for k, w := range words {
		if k > 0 && isSaying(w) || k == 0 && len(words) < 8 && isSaying(w) {
			return strings.TrimRight(body[:i], " ,")
		}
	}
	if len(words) > 2 && strings.EqualFold(words[0], "according") && words[1] == "to" {
		return strings.TrimRight(body[:i], " ,")
	}
	return s
}

// isSaying reports whether a word is a verb by which somebody is quoted.
func isSaying(w string) bool {
	switch strings.ToLower(strings.Trim(w, ",.")) {
	case "said", "says", "say", "told", "reported", "reports", "announced", "added", "stated", "showed", "shows", "confirmed", "sagte", "mitteilte", "teilte",
		"berichtete", "annoncé", "indiqué", "déclaré", "dijo", "informó", "afirmó", "anunció", "disse", "afirmou", "сообщил", "сообщила", "сообщили", "заявил",
		"заявила", "сказал", "informed", "reported,":
		return true
	}
	return false
}

// cutScene cuts off the words before a sentence's subject that only say when or
// where: "On 13–14 February 2026, ...", "In a statement, ...".
func cutScene(s string) string {
	i := strings.Index(s, ", ")
	if i < 0 || i > 60 || len(s)-i < 40 {
		return s
	}
	first, _, _ := strings.Cut(s, " ")
	switch strings.ToLower(first) {
	case "on", "in", "at", "during", "as", "after", "following", "earlier", "today", "yesterday", "meanwhile", "however", "also", "last", "this", "am", "im",
		"nach", "le", "en", "el", "na", "в", "during,", "according":
		if strings.EqualFold(first, "as") || strings.EqualFold(first, "after") || strings.EqualFold(first, "following") {
			return s // it tells what happened
		}
		if rest := strings.TrimSpace(s[i+2:]); wordCount(rest) >= 5 {
			return rest
		}
	}
	return s
}

// cutSpokesman turns "X said it has signed ..." into "X has signed ...".
func cutSpokesman(s string) string {
	for _, said := range [...]string{" said today it ", " said it ", " says it ", " announced it ", " announced that it ", " said today that it ", " said that it ", " said its ", " said they "} {
		i := strings.Index(s, said)
		if i < 0 || i > 60 {
			continue
		}
		tail := s[i+len(said):]
		if said == " said its " {
			return s[:i] + " says its " + tail
		}
		return s[:i] + " " + tail
	}
	return s
}

// cutAppositive cuts out what is said of the subject between two commas: "Nova,
// the Canadian company that owns 56 pct of Husky, said ...".
func cutAppositive(s string) string {
	i := strings.Index(s, ", ")
	if i < 0 || i > 45 {
		return s
	}
	rest := s[i+2:]
	first, _, _ := strings.Cut(rest, " ")
	switch strings.ToLower(first) {
	case "the", "a", "an", "which", "who", "whose", "one", "formerly", "based", "where":
	default:
		return s
	}
	end := strings.Index(rest, ", ")
	if end < 0 || len(rest)-end < 25 {
		return s
	}
	next, _, _ := strings.Cut(rest[end+2:], " ")
	if strings.EqualFold(next, "and") || strings.EqualFold(next, "the") || strings.EqualFold(next, "a") {
		return s
	}
	return s[:i] + " " + rest[end+2:]
}

// cutClause cuts a sentence at the end of a clause, so that at most limit
// characters and not too few are left. It returns s when there is no such place.
func cutClause(s string, limit int) string {
	best := -1
	n := 0
	for i, r := range s {
		if n++; n > limit {
			break
		}
		if n < limit/2 {
			continue
		}
		switch {
		case r == ',' || r == ';' || r == ':' || r == '—' || r == '–' || r == '，' || r == '、' || r == '；':
			if r == ',' && i+1 < len(s) && s[i+1] != ' ' {
				continue // within a number
			}
			best = i
		case r == ' ' && startsClause(s[i+1:]):
			best = i
		}
	}
	if best < 0 {
		return s
	}
	return strings.TrimRight(s[:best], " ,;:—–-，、；")
}

// startsClause reports whether a text begins with a word that opens a clause
// which a headline can do without.
func startsClause(s string) bool {
	w, rest, ok := strings.Cut(s, " ")
	if !ok {
		return false
	}
	switch w {
	case "which", "who", "whose", "where", "while", "although", "because", "bringing", "saying", "including", "according", "under", "whereas", "as", "after",
		"following", "amid", "when", "but", "despite", "that", "since", "with", "to":
		return w != "to" && w != "that" && w != "with" || false
	case "in", "at":
		// "in a bid to", "in an effort to", "at a time when"
		return strings.HasPrefix(rest, "a bid") || strings.HasPrefix(rest, "an effort") || strings.HasPrefix(rest, "a move") || strings.HasPrefix(rest, "a time")
	}
	return false
}

// shorten cuts a text to at most limit characters at the end of a word, so that
// it does not dangle: never after a preposition, an article, a conjunction.
func shorten(s string, limit int) string {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) <= limit {
		return trimDangling(s)
	}
	cut := text.Truncate(s, limit)
	cut = strings.TrimRight(strings.TrimSuffix(cut, "…"), " ")
	cut = trimDangling(cut)
	if cut == "" {
		return text.Truncate(s, limit)
	}
	if utf8.RuneCountInString(cut) < limit {
		return cut + "…"
	}
	return cut
}

// trimDangling takes words off the end of a text that want another one after
// them.
func trimDangling(s string) string {
	for {
		s = strings.TrimRight(s, " ,;:—–-(“‘«/\u00a0")
		i := strings.LastIndexAny(s, " \u00a0")
		if i < 0 || !dangles(strings.ToLower(strings.Trim(s[i:], " \u00a0\"'“‘"))) {
			return s
		}
		s = s[:i]
	}
}

// dangles reports whether a word, in small letters, wants another one after it.
func dangles(w string) bool {
	switch w {
	case "a", "an", "the", "of", "in", "on", "at", "by", "for", "to", "from", "with", "and", "or", "but", "as", "that", "which", "who", "its", "their", "his", "her",
		"is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "would", "could", "should", "may", "might", "can", "not", "into", "over", "under",
		"between", "within", "against", "after", "before", "during", "than", "about", "some", "more", "most", "this", "these", "those", "it", "he", "she", "they",
		"if", "when", "while", "where", "because", "since", "until", "so", "such", "per", "via", "no", "any", "all", "both", "said", "says",
		"der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "und", "oder", "in der", "im", "am", "zu", "zum", "zur", "von", "vom", "mit",
		"für", "auf", "bei", "nach", "aus", "dass", "wie", "sowie",
		"le", "la", "les", "un", "une", "du", "de", "et", "ou", "à", "au", "aux", "en", "dans", "sur", "pour", "par", "avec", "que", "qui", "ne", "se",
		"el", "los", "las", "una", "unos", "del", "y", "o", "con", "por", "para", "al", "su", "sus",
		"il", "lo", "gli", "di", "da", "e", "che", "nel", "della", "dei", "degli", "dell", "os", "um", "uma", "do", "dos", "na", "em", "com",
		"het", "een", "van", "op", "met", "voor", "en de", "att", "och", "av", "på", "til", "som", "i", "og", "det", "till", "för",
		"в", "на", "с", "и", "по", "к", "о", "об", "от", "до", "за", "из", "у", "не", "что", "для", "при", "а", "но", "со", "во",
		"w", "z", "na ", "do ", "że", "oraz", "ve", "ile", "bir", "için", "في", "من", "على", "إلى", "عن", "أن", "و", "مع":
		return true
	}
	return false
}

// closeQuotes drops an opening quotation mark that is never closed, which a cut
// leaves behind.
func closeQuotes(s string) string {
	for _, pair := range [...][2]string{{"“", "”"}, {"«", "»"}, {"„", "“"}, {"(", ")"}, {"「", "」"}, {"《", "》"}, {"[", "]"}} {
		if strings.Count(s, pair[0]) == strings.Count(s, pair[1])+1 {
			i := strings.LastIndex(s, pair[0])
			if pair[0] == "(" {
				s = strings.TrimRight(s[:i], " ") // half a remark is worth nothing
				continue
			}
			s = s[:i] + s[i+len(pair[0]):]
		}
	}
	if strings.Count(s, `"`) == 1 {
		s = strings.Replace(s, `"`, "", 1)
	}
	return strings.TrimSpace(s)
}
