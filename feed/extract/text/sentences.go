package text

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences cuts s into sentences. Joined again, they are s: the white space
// behind a sentence belongs to it. The language (BCP 47, its first part counts)
// tells how ordinals and abbreviations are written; with "" those of all the
// languages that the package knows count.
//
// The cuts are those of Unicode (UAX 29), less those that follow an abbreviation,
// an initial, an ordinal, or a quotation in the middle of a sentence.
func Sentences(s, lang string) []string {
	var out []string
	for sentence := range EachSentence(s, lang) {
		out = append(out, sentence)
	}
	return out
}

// EachSentence gives the sentences of s one after the other, as [Sentences] does.
func EachSentence(s, lang string) iter.Seq[string] {
	return func(yield func(string) bool) { eachSentence(s, lang, yield) }
}

func eachSentence(s, lang string, yield func(string) bool) {
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	start := 0
	for end := nextCut(s, 0); end < len(s); end = nextCut(s, end) {
		if end <= start {
			continue // the last sentence took a mark from behind its cut
		}
		cut := start + len(strings.TrimRightFunc(s[start:end], opens)) + frenchClose(s[start:end], s[end:])
		if cut > start && !joins(s[start:cut], s[cut:], lang) {
			if !yield(s[start:cut]) {
				return
			}
			start = cut
		}
	}
	if start < len(s) {
		yield(s[start:])
	}
}

// frenchClose returns the length of the » and its blanks that after starts with, if
// it closes a quotation in before. French sets a blank before it, where Unicode
// cuts.
func frenchClose(before, after string) int {
	const quotation = 400 // longer ones are not looked for, so that the time stays linear
	rest, ok := strings.CutPrefix(after, "»")
	if !ok || !strings.Contains(before[max(0, len(before)-quotation):], "«") {
		return 0
	}
	return len(after) - len(strings.TrimLeftFunc(rest, unicode.IsSpace))
}

// opens and closes tell the quotes and brackets around sentences. Unicode binds
// both to the sentence before them when no blank divides them.
func opens(r rune) bool {
	switch r {
	case '「', '『', '（', '《', '【', '“', '‘', '«', '„':
		return true
	}
	return false
}

func closes(r rune) bool {
	switch r {
	case '"', '\'', '”', '’', '»', '“', ')', ']', '}', '」', '』', '）', '》', '】', ' ', '\u00a0', '\u202f':
		return true
	}
	return false
}

// leads reports whether r may stand before the first word of a sentence.
func leads(r rune) bool {
	return opens(r) || r == '"' || r == '\'' || r == '”' || r == '(' || r == '[' || r == ' ' || r == '`'
}

// joins reports whether a sentence does not end where Unicode cuts, between
// before and all that is after.
func joins(before, after, lang string) bool {
	body := strings.TrimRightFunc(before, unicode.IsSpace)
	gap := before[len(body):]
	if strings.ContainsAny(gap, "\n\u2029") {
		return false
	}
	bare := strings.TrimRightFunc(body, closes)
	closed := len(bare) < len(body)
	mark, size := utf8.DecodeLastRuneInString(bare)
	next, _ := utf8.DecodeRuneInString(after)
	switch mark {
	case '.', '!', '?', '…', '․':
	case '。', '！', '？', '．':
		return closed && quotative(after)
	default:
		return bare == "" // nothing but closing marks and blanks
	}
	if unicode.IsLower(firstLetter(after)) && (closed || mark != '.' || !unicode.IsPunct(next)) {
		return true
	}
	if mark == '!' && !closed && initials(lastWord(bare[:len(bare)-size]), "en") {
		return true // E! News
	}
	if mark != '.' {
		return gap == "" && !closed && (unicode.IsLetter(next) || unicode.IsDigit(next))
	}
	word := lastWord(bare[:len(bare)-size])
	if gap == "" && !closed {
		return !eastAsian(next) // 3333.HK
	}
	if number(word) > 0 && len(word) == len(body)-size {
		return true // "1. The text of an item"
	}
	return !closed && shortens(word, after, lang)
}

// firstLetter returns the letter that s starts with, or 0. An opening quote or
// bracket before it would start a sentence, and a digit may.
func firstLetter(s string) rune {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, ",;-–— "))
	if unicode.IsLetter(r) {
		return r
	}
	return 0
}

// quotative reports whether Japanese text goes on behind a quotation: 「…。」と述べた.
func quotative(s string) bool {
	for _, word := range [...]string{"と", "って", "など", "、", "という", "との", "に", "を", "が", "は", "も"} {
		if strings.HasPrefix(s, word) {
			return true
		}
	}
	return false
}

// longestWord bounds, in bytes, the words that are looked at.
const longestWord = 32

// lastWord returns the word that s ends with, with the full stops and apostrophes
// in it: "U.S", "Gen", "14".
func lastWord(s string) string {
	i := len(s)
	for i > 0 && len(s)-i <= longestWord {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '.' && r != '\'' && r != '’' {
			break
		}
		i -= size
	}
	return s[i:]
}

// nextWord returns the word that s starts with, opening quotes left out, and
// whether it is an initial: one letter with a full stop.
func nextWord(s string) (word string, initial bool) {
	s = strings.TrimLeftFunc(s, leads)
	letters := 0
	for i, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '\'' && r != '’' || i > longestWord {
			return s[:i], letters == 1 && r == '.'
		}
		letters++
	}
	return s, false
}

// shortens reports whether a word with a full stop is an abbreviation, an initial
// or an ordinal, and not the end of a sentence, where after follows.
func shortens(word, after, lang string) bool {
	next, initial := nextWord(after)
	if word == "" || next == "" {
		return false
	}
	if i := strings.LastIndexAny(word, "'’"); i >= 0 {
		_, size := utf8.DecodeRuneInString(word[i:])
		word = word[i+size:] // l’on. Bianchi
	}
	first, _ := utf8.DecodeRuneInString(next)
	if n := number(word); n > 0 && len(word) <= 2 {
		return ordinals(lang) && unicode.IsUpper(first) && !starts(next) && (lang != "" || ordered(next))
	}
	fresh := starts(next) && !initial
	if initials(word, lang) {
		return !fresh
	}
	switch kindOf(word, lang) {
	case title:
		return true
	case beforeNumber:
		return unicode.IsDigit(first) || roman(next)
	case midway:
		return !fresh
	}
	return false
}

// initials reports whether a word is a letter, or letters with full stops between
// them: "J", "U.S", "z.B". English has no such letter in lower case.
func initials(word, lang string) bool {
	letter := false
	for _, r := range word {
		switch {
		case r == '.' && letter:
			letter = false
		case unicode.IsLetter(r) && !letter && (unicode.IsUpper(r) || lang != "en" || strings.Contains(word, ".")):
			letter = true
		default:
			return false
		}
	}
	return letter
}

// roman reports whether a word is a small Roman number.
func roman(word string) bool {
	return word != "" && len(word) <= 5 && strings.Trim(word, "IVXL") == ""
}

// ordinals reports whether a language writes an ordinal as a number with a full
// stop.
func ordinals(lang string) bool {
	switch lang {
	case "", "de", "da", "nb", "nn", "no", "fi", "cs", "sk", "sl", "hr", "sr", "bs", "hu", "et", "lv", "is", "pl", "tr", "lb":
		return true
	}
	return false
}

// ordered reports whether a word is one that follows ordinals in German, so that
// a text whose language is not known can be told from "in 1990. The".
func ordered(word string) bool {
	switch word {
	case "Januar", "Jänner", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
		"November", "Dezember", "Jahrhundert", "Jahrhunderts", "Jahrestag", "Geburtstag", "Mal", "Platz", "Etage",
		"Stock", "Minute", "Runde", "Spieltag":
		return true
	}
	return false
}
