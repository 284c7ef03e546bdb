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
		if len(sentences) > 1 && (isGreeting(sentence) || promotes(sentence) || wordCount(sentence) < 4 && isByline(sentence) || strings.HasPrefix(sentence, "by ")) {
			continue
		}
		if t := st.headlineOf(sentence); hasWords(t) {
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
	var buf [32]byte
	first, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	switch string(appendLower(buf[:0], strings.Trim(first, ",.!"))) {
	case "hello", "hi", "hey", "dear", "greetings", "hallo", "bonjour", "hola", "ciao", "olá":
		return wordCount(s) <= 4
	}
	return false
}

// headlineOf makes a headline of a sentence.
func (st *story) headlineOf(sentence string) string {
	s := text.OneLine(sentence)
	if rest, _, ok := cutAttribution(s); ok {
		s = rest
	}
	s = cutSaid(s)
	s = cutScene(s)
	s = cutAppositive(s)
	s = cutSpokesman(s)
	verb := 0
	if strings.HasPrefix(st.language, "en") {
		s = st.headlinese(s)
		verb = verbEnd(s)
	}
	s = strings.TrimRight(s, " .。")
	s = cutClause(s, verb)
	s = shorten(s, maxDerived)
	return capitalize(closeQuotes(s))
}

// capitalize sets the first letter in capitals, unless its word is written on
// purpose as it is ("iPhone").
func capitalize(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[size:]); size == 0 || unicode.IsUpper(next) {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// cutSaid cuts off the end of a sentence who said what it tells: "..., officials
// said.", "..., James Fry, vice-president of GM Overseas, told reporters". What
// is said stays.
func cutSaid(s string) string {
	body := strings.TrimRight(s, " .")
	i := strings.LastIndex(body, ", ")
	for range 3 {
		if i < 0 || !longer(body[:i], 24) {
			return s
		}
		if isSource(body[i+2:]) {
			// The name may stand before: ", James Fry, vice-president ... told"
			if k := strings.LastIndex(body[:i], ", "); k > 25 && isPersonName(body[k+2:i]) {
				i = k
			}
			return strings.TrimRight(body[:i], " ,")
		}
		i = strings.LastIndex(body[:i], ", ")
	}
	return s
}

// isSource reports whether the end of a sentence, behind a comma, names who said
// it: a subject and a verb of saying, or "according to".
func isSource(tail string) bool {
	words := strings.Fields(tail)
	if len(words) > 16 {
		return false
	}
	if len(words) > 2 && strings.EqualFold(words[0], "according") && words[1] == "to" {
		return true
	}
	switch strings.ToLower(words[0]) {
	case "and", "but", "which", "who", "that", "while", "as", "including", "with", "after", "it", "he", "she", "they":
		return len(words) < 6 && isSaying(words[len(words)-1])
	}
	for k, w := range words {
		if isSaying(w) && (k == 0 && len(words) < 8 || k > 0 && saysNoMore(words[k:])) {
			return true
		}
	}
	return false
}

// saysNoMore reports whether what follows a verb of saying tells when, where or
// to whom, and not what: "said on Monday", "told reporters", but not "announced
// its results".
func saysNoMore(words []string) bool {
	if len(words) <= 2 || strings.HasPrefix(strings.ToLower(words[0]), "told") {
		return true
	}
	switch strings.ToLower(strings.Trim(words[1], ",.")) {
	case "on", "in", "at", "to", "after", "during", "late", "earlier", "today", "yesterday", "by", "when", "as", "here", "am", "im", "bei", "dans", "lors", "à", "en", "el",
		"em", "na", "в", "на", "во":
		return true
	}
	return weekdayOf(strings.ToLower(strings.Trim(words[1], ",."))) >= 0
}

// isSaying reports whether a word is a verb by which somebody is quoted.
func isSaying(w string) bool {
	var buf [32]byte
	switch string(appendLower(buf[:0], strings.Trim(w, ",."))) {
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
		rest := strings.TrimSpace(s[i+2:])
		if next, _, _ := strings.Cut(rest, " "); wordCount(rest) >= 5 && !startsClause(rest) && next != "and" && next != "or" {
			return rest
		}
	}
	return s
}

// cutSpokesman lets a company do what it says it does: "X said it has signed" is
// "X has signed", "X said its profit" is "X's profit".
func cutSpokesman(s string) string {
	for _, said := range [...]string{" said today that it ", " said today it ", " announced that it ", " said that it ", " announced it ", " said it ", " says it "} {
		if i := strings.Index(firstWords(s, 70+len(said)), said); i > 0 {
			return s[:i] + " " + s[i+len(said):]
		}
	}
	for _, said := range [...]string{" said its ", " says its ", " reported its "} {
		if i := strings.Index(firstWords(s, 70+len(said)), said); i > 0 {
			return s[:i] + "'s " + s[i+len(said):]
		}
	}
	return s
}

// cutAppositive cuts out what is said of the subject between two commas: "Nova,
// the Canadian company that owns 56 pct of Husky, said ...". It is one when a
// verb follows.
func cutAppositive(s string) string {
	i := strings.Index(s, ", ")
	if i < 0 || i > 70 {
		return s
	}
	rest := s[i+2:]
	for end := strings.Index(rest, ", "); end >= 0; {
		predicate := strings.TrimPrefix(rest[end+2:], "today ")
		if next, _, ok := strings.Cut(predicate, " "); ok && isPredicate(next) && len(rest)-end > 20 {
			return s[:i] + " " + rest[end+2:]
		}
		more := strings.Index(rest[end+2:], ", ")
		if more < 0 || end > 120 {
			break
		}
		end += 2 + more
	}
	return s
}

// isPredicate reports whether a word is a verb that goes on with a sentence after
// an appositive.
func isPredicate(w string) bool {
	switch w {
	case "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might", "must", "should", "says", "plans", "expects",
		"rose", "fell", "won", "hat", "ist", "wird", "sind", "haben", "est", "a", "sont", "ont", "va", "es", "ha", "han", "son", "foi", "é", "são":
		return w != "a"
	}
	return isSaying(w)
}

// bestTitle is the length, in characters, from which a title is long enough to
// end where its clause does; the headlines of agencies have about fifty.
const bestTitle = 38

// cutClause cuts a long sentence where a clause ends, the nearest place from
// bestTitle on, or where none ends, at the last place before maxDerived where a
// phrase does. Neither is before verb, the end of the first verb and of the word
// after it: half a subject is no title. It returns s when there is no such place,
// or no need.
func cutClause(s string, verb int) string {
	if !longer(s, wholeTitle) {
		return s
	}
	clause, phrase := -1, -1
	n := 0
	for i, r := range s {
		if n++; n > maxDerived {
			break
		}
		if n < bestTitle || i <= verb {
			continue
		}
		switch {
		case clause < 0 && isClauseMark(r) && (r != ',' || strings.HasPrefix(s[i:], ", ")) && !enumerates(s, i):
			clause = i
		case r == ' ' && startsClause(s[i+1:]):
			if clause < 0 {
				clause = i
			}
		case r == ' ' && n <= wholeTitle+8 && startsPhrase(s[i+1:]) && !wantsMore(s[:i]):
			phrase = i
		}
	}
	best := clause
	if best < 0 || phrase > 0 && utf8.RuneCountInString(s[:best]) > maxDerived-4 {
		best = phrase
	}
	if best < 0 {
		return s
	}
	return trimDangling(s[:best])
}

// wantsMore reports whether the words before a place need what follows it:
// "between 7,000", "from March 15".
func wantsMore(s string) bool {
	for n := range 3 {
		s = strings.TrimRight(s, " ")
		start := strings.LastIndexByte(s, ' ') + 1
		switch w := s[start:]; w {
		case "between", "both", "either", "from", "zwischen", "entre":
			return true
		default:
			if n == 0 && isVerb(w) { // "agreed to", "set up for"
				return true
			}
		}
		s = s[:start]
	}
	return false
}

// verbEnd returns where the word behind the first verb of a sentence ends, as far
// as the forms of words tell, or 0 where they tell of none.
func verbEnd(s string) (verb int) {
	for i := 0; i < len(s); {
		w, _, _ := strings.Cut(s[i:], " ")
		end := i + len(w)
		rest := strings.TrimLeft(s[end:], " ")
		if i > 0 && isVerb(w) && !strings.HasPrefix(rest, "by ") {
			next, _, _ := strings.Cut(rest, " ")
			verb = min(len(s), end+1+len(next))
			if !isSaying(w) {
				break // what is said has a verb of its own
			}
		}
		i = end + 1
	}
	return verb
}

// isVerb reports whether a word has the form of a verb that makes a sentence.
func isVerb(w string) bool {
	if isPredicate(w) || isParticiple(w) && !startsUpper(w) {
		return true
	}
	switch w {
	case "to", "hopes", "hope", "expects", "plans", "wants", "sees", "seeks", "aims", "offers", "meets", "meet", "calls", "faces", "face", "begins", "begin", "remains", "remain",
		"makes", "make", "takes", "take", "gets", "opens", "closes", "continues", "continue", "needs", "need", "came", "went", "began", "became", "gave", "took", "grew",
		"saw", "ran", "broke", "rose", "fell", "spoke", "wrote", "knew", "drew", "chose", "left", "beat", "win", "wins", "lose", "loses", "says", "warns", "urges", "backs":
		return w != "to"
	case "following", "including", "according", "during", "leading", "existing", "outstanding", "remaining", "building", "meeting", "trading", "banking", "holding", "engineering",
		"manufacturing", "shipping", "housing", "funding", "spending", "training", "hearing", "wedding", "morning", "evening", "something", "nothing", "everything", "anything":
		return false
	}
	return strings.HasSuffix(w, "ing") && len(w) > 6
}

// wholeTitle is the length up to which a sentence is a title as it is.
const wholeTitle = 64

func isClauseMark(r rune) bool {
	switch r {
	case ',', ';', ':', '—', '–', '，', '、', '；', '：', '،':
		return true
	}
	return false
}

// enumerates reports whether the comma at i stands in a list or a date, which
// must not be cut in two: "A, B and C", "Pompano Beach, Fla.", "April 2, 1991".
func enumerates(s string, i int) bool {
	if s[i] != ',' {
		return false
	}
	next, rest, _ := strings.Cut(s[i+2:], " ")
	if next == "" || strings.Trim(next, "0123456789,") == "" || isState(strings.Trim(next, ",")) {
		return true
	}
	second, _, _ := strings.Cut(rest, " ")
	return second == "and" || second == "or" || second == "und" || second == "et" || second == "y"
}

// startsPhrase reports whether a text begins with a preposition or a conjunction.
// What stands before it is a phrase of its own more often than not. After "of"
// there is what the word before it is about.
func startsPhrase(s string) bool {
	w, _, ok := strings.Cut(s, " ")
	if !ok {
		return false
	}
	switch w {
	case "in", "on", "at", "by", "for", "from", "with", "over", "under", "into", "during", "since", "through", "against", "about", "and", "as", "to", "within",
		"im", "am", "bei", "mit", "für", "auf", "und", "nach", "aus", "dans", "sur", "pour", "par", "avec", "en", "con", "por", "para", "y", "e", "nel",
		"в", "на", "с", "по", "и", "о", "об", "для":
		return true
	}
	return false
}

// startsClause reports whether a text begins with a word that opens a clause
// which a headline can do without.
func startsClause(s string) bool {
	w, _, ok := strings.Cut(s, " ")
	if !ok {
		return false
	}
	switch w {
	case "which", "who", "whose", "where", "while", "although", "because", "bringing", "saying", "including", "according", "whereas", "as", "after", "following",
		"amid", "when", "but", "despite", "since", "until", "unless", "though", "reflecting", "nachdem", "weil", "obwohl", "während", "alors", "parce", "après",
		"porque", "mientras", "aunque", "которые", "потому":
		return true
	}
	return false
}

// shorten cuts a text to at most limit characters at the end of a word, so that
// it does not dangle: never after a preposition, an article, a conjunction.
func shorten(s string, limit int) string {
	s = strings.TrimSpace(s)
	if !longer(s, limit) {
		return strings.TrimRight(s, " ,;:—–-，、；")
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
