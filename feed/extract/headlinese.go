package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// headlinese writes an English sentence as headlines are written: without
// articles, without the auxiliaries that a participle can do without, without
// the forms of companies, remarks in brackets, and the day, which the entry has.
func (st *story) headlinese(s string) string {
	words := strings.Fields(dropBrackets(s))
	out := make([]string, 0, len(words))
	for i := 0; i < len(words); i++ {
		w := words[i]
		var next string
		if i+1 < len(words) {
			next = words[i+1]
		}
		switch n := dropped(w, next, i == 0); {
		case n > 0 && !(i == 0 && st.keepsArticle(w, next)):
			i += n - 1
			out = keepMark(out, words[i])
		case i > 0 && isCompany(w) && startsUpper(words[i-1]) && len(out) > 0:
			out = keepMark(out, w)
		default:
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// dropped returns how many words from w on a headline leaves out.
func dropped(w, next string, first bool) int {
	switch strings.ToLower(w) {
	case "a", "an", "the":
		if next != "" {
			return 1
		}
	case "has", "have", "had":
		if next == "been" {
			return 2
		}
		if isParticiple(next) {
			return 1
		}
	case "is", "are", "was", "were":
		if isParticiple(next) || strings.HasSuffix(next, "ing") && len(next) > 5 || next == "to" || next == "being" {
			return 1
		}
	case "today", "yesterday", "today,", "yesterday,":
		if !first {
			return 1
		}
	case "on":
		if !first && weekdayOf(strings.ToLower(strings.Trim(next, ",."))) >= 0 {
			return 2
		}
	}
	return 0
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
func (st *story) keepsArticle(article, next string) bool {
	if !startsUpper(next) || !strings.EqualFold(article, "the") {
		return false
	}
	small := "the " + strings.Trim(next, ",.'\"")
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

// isParticiple reports whether a word is the past participle of a verb.
func isParticiple(w string) bool {
	w = strings.ToLower(strings.Trim(w, ",."))
	switch w {
	case "been", "struck", "made", "set", "sold", "bought", "won", "lost", "cut", "hit", "put", "found", "held", "led", "met", "paid", "sent", "shot", "told", "left", "kept",
		"built", "brought", "caught", "felt", "fought", "got", "grown", "heard", "laid", "lent", "meant", "read", "run", "said", "seen", "shown", "shut", "spent", "split",
		"sought", "stolen", "stood", "sworn", "taught", "thought", "thrown", "understood", "withdrawn", "written", "begun", "come", "become", "gone", "done", "drawn", "hurt",
		"risen", "fallen", "given", "taken", "chosen", "driven", "broken", "spoken", "frozen", "beaten", "forgotten", "hidden", "known", "flown", "blown":
		return true
	case "indeed", "hundred", "need", "red", "speed", "feed", "seed", "breed":
		return false
	}
	return strings.HasSuffix(w, "ed") && len(w) > 4
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
