package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// headlinese writes an English sentence as headlines are written: without
// articles, without the auxiliaries of its main verb where no other meaning comes
// of it, without the forms of companies, remarks in brackets, and the day, which
// the entry has. What stands in quotation marks stays as it was said.
func (st *story) headlinese(s string) string {
	words := strings.Fields(shortWays(dropBrackets(unwrapNames(s))))
	out := make([]string, 0, len(words))
	quoted, verb := false, false
	for i := 0; i < len(words); i++ {
		w := words[i]
		quoted = quoted || opensQuote(w)
		n := 0
		if !quoted {
			if n = droppedWord(words, i); n == 0 && !verb {
				n = droppedAuxiliary(words, i)
			}
		}
		verb = verb || isVerb(strings.Trim(w, ","))
		switch {
		case n > 0 && (i > 0 || !st.keepsArticle(words)):
			i += n - 1
			out = keepMark(out, words[i])
		case !quoted && i > 0 && len(out) > 0 && startsUpper(w) && isCompany(w) && startsUpper(words[i-1]):
			out = keepMark(out, w)
		default:
			out = append(out, w)
		}
		quoted = quoted && !closesQuote(w)
	}
	return strings.Join(out, " ")
}

// shortWays says in short words what agencies and ministries say in a long way.
func shortWays(s string) string {
	for _, ways := range [...]struct{ long, short string }{
		{" within the framework of ", " under "},
		{" in the framework of ", " under "},
		{" with the participation of ", " with "},
		{" in the city of ", " in "},
		{" in order to ", " to "},
		{" in the course of ", " during "},
		{" a number of ", " several "},
	} {
		if strings.Contains(s, ways.long) {
			s = strings.ReplaceAll(s, ways.long, ways.short)
		}
	}
	return s
}

func opensQuote(w string) bool { return strings.ContainsAny(w[:min(len(w), 3)], "\"“‘'") }

func closesQuote(w string) bool {
	w = strings.TrimLeft(w, "\"“‘'")
	return strings.ContainsAny(w[max(0, len(w)-4):], "\"”’'")
}

// droppedWord returns how many words from i on a headline leaves out because they
// say little: articles, the day.
func droppedWord(words []string, i int) int {
	if i+1 == len(words) {
		return 0
	}
	var buf [32]byte
	switch string(appendLower(buf[:0], words[i])) {
	case "a", "an", "the":
		return 1
	case "today", "yesterday", "today,", "yesterday,":
		return min(i, 1)
	case "on":
		if i > 0 && weekdayOf(strings.ToLower(strings.Trim(words[i+1], ",."))) >= 0 {
			return 2
		}
	}
	return 0
}

// droppedAuxiliary returns how many words from i on are auxiliaries that the verb
// behind them can do without: "has struck", "is issuing", "was held in". It can
// not where the rest would say something else: "police were shot" is not "police
// shot".
func droppedAuxiliary(words []string, i int) int {
	if i == 0 || i+2 >= len(words) || isPronoun(words[i-1]) {
		return 0
	}
	next := words[i+1]
	switch words[i] {
	case "has", "have":
		if next == "been" && isParticiple(words[i+2]) && endsVerb(words, i+2) {
			return 2
		}
		if isParticiple(next) && !isBareParticiple(next) && next != "been" {
			return 1
		}
	case "is", "are", "was", "were":
		if next == "to" || strings.HasSuffix(next, "ing") && len(next) > 5 || isParticiple(next) && endsVerb(words, i+1) {
			return 1
		}
	}
	return 0
}

// endsVerb reports whether a participle at i has no object behind it, without
// which it is passive all the same. Some verbs are not: who calls for help is not
// who is called for it.
func endsVerb(words []string, i int) bool {
	switch strings.Trim(words[i], ",.") {
	case "called", "asked", "shot", "fired", "reported", "applied", "paid", "looked", "voted", "attacked", "told", "hit", "appealed", "pushed", "pressed", "struck":
		return i+1 < len(words) && words[i+1] == "by"
	}
	if i+1 >= len(words) || strings.HasSuffix(words[i], ",") {
		return true
	}
	switch words[i+1] {
	case "by", "in", "at", "for", "to", "from", "over", "after", "as", "on", "with", "of", "under", "within", "into", "during", "since", "between":
		return true
	}
	return false
}

func isPronoun(w string) bool {
	var buf [32]byte
	switch string(appendLower(buf[:0], w)) {
	case "he", "she", "it", "they", "we", "i", "you", "who", "which", "that", "there", "this", "these", "those":
		return true
	}
	return false
}

// keepMark keeps the comma of a word that is left out.
func keepMark(out []string, w string) []string {
	if strings.HasSuffix(w, ",") && len(out) > 0 && !strings.HasSuffix(out[len(out)-1], ",") {
		out[len(out)-1] += ","
	}
	return out
}

// keepsArticle reports whether the article that opens a sentence may belong to a
// name: "The Aviator". Where the story has the name with a small article, it does
// not.
func (st *story) keepsArticle(words []string) bool {
	if !startsUpper(words[1]) || !strings.EqualFold(words[0], "the") {
		return false
	}
	small := "the " + strings.Trim(words[1], ",.'\"")
	budget := 4000
	for i := st.lead; i < len(st.blocks) && budget > 0; i++ {
		t := firstWords(st.blocks[i].text, budget)
		if strings.Contains(t, small) {
			return false
		}
		budget -= len(t)
	}
	return true
}

// isParticiple reports whether a word has the form of a past participle.
func isParticiple(w string) bool {
	w = strings.ToLower(strings.Trim(w, ",."))
	switch w {
	case "struck", "made", "set", "sold", "bought", "won", "lost", "cut", "hit", "put", "found", "held", "led", "met", "paid", "sent", "shot", "told", "left", "kept",
		"built", "brought", "caught", "felt", "fought", "got", "heard", "laid", "lent", "meant", "read", "said", "shut", "spent", "split",
		"sought", "stood", "taught", "thought", "understood", "hurt":
		return true
	case "indeed", "hundred", "need", "red", "speed", "feed", "seed", "breed", "proceed", "succeed", "exceed":
		return false
	}
	return isBareParticiple(w) || strings.HasSuffix(w, "ed") && len(w) > 4
}

// isBareParticiple reports whether a participle is not the past tense too, so
// that it can not stand without its auxiliary.
func isBareParticiple(w string) bool {
	switch strings.Trim(w, ",.") {
	case "been", "grown", "run", "seen", "shown", "stolen", "sworn", "thrown", "withdrawn", "written", "begun", "come", "become", "gone", "done", "drawn",
		"risen", "fallen", "given", "taken", "chosen", "driven", "broken", "spoken", "frozen", "beaten", "forgotten", "hidden", "known", "flown", "blown":
		return true
	}
	return false
}

// isCompany reports whether a word is the form of a company behind its name.
func isCompany(w string) bool {
	switch strings.Trim(w, ",.;:") {
	case "Inc", "Corp", "Ltd", "Plc", "PLC", "LLC", "Co":
		return true
	}
	return false
}

func startsUpper(w string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "\"'“‘<("))
	return unicode.IsUpper(r)
}

// unwrapNames takes the marks off the names of companies in old wires: <Nippon
// Lace Co Ltd> and (Alcan Aluminium Ltd) are names, <MER> is the sign of a share.
func unwrapNames(s string) string {
	if rest, ok := strings.CutPrefix(s, "("); ok {
		s = strings.Replace(rest, ")", "", 1)
	}
	for from := 0; ; {
		i := strings.IndexByte(s[from:], '<')
		if i < 0 {
			return s
		}
		i += from
		end := strings.IndexByte(s[i:], '>')
		if end < 2 || end > 60 {
			return s
		}
		name := s[i+1 : i+end]
		if strings.Contains(name, " ") || strings.ContainsFunc(name, unicode.IsLower) {
			s = s[:i] + name + s[i+end+1:]
			from = i + len(name)
			continue
		}
		s = strings.TrimRight(s[:i], " ") + s[i+end+1:]
		from = max(0, i-1)
	}
}

// dropBrackets leaves out what stands in round brackets: abbreviations, mostly.
func dropBrackets(s string) string {
	for {
		i := strings.Index(s, " (")
		if i < 0 {
			return s
		}
		end := strings.IndexByte(s[i:], ')')
		if end < 0 || end > 60 {
			return s
		}
		s = s[:i] + s[i+end+1:]
	}
}
