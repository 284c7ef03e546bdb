package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentenceCase sets a headline in capitals as a sentence: nobody reads capitals
// with ease. Words are written as the story writes them ("Honda", "NATO", "U.S.");
// one that the story does not have gets small letters, unless it can not be said
// (no vowel) or stands in brackets.
func sentenceCase(headline string, st *story) string {
	if !shouts(headline) {
		return headline
	}
	written := st.spellings(headline)
	var b strings.Builder
	start := true
	for i := 0; i < len(headline); {
		r, size := utf8.DecodeRuneInString(headline[i:])
		if !unicode.IsLetter(r) {
			if r == '<' || r == '(' {
				if end := strings.IndexAny(headline[i:], ">)"); end > 0 && !strings.Contains(headline[i:i+end], " ") {
					b.WriteString(headline[i : i+end+1]) // <NOVA>, (DIA): the sign of a share
					i += end + 1
					start = false
					continue
				}
			}
			b.WriteRune(r)
			start = start && !unicode.IsDigit(r) || r == '?' || r == '!'
			i += size
			continue
		}
		end := wordEnd(headline, i)
		word := headline[i:end]
		w, ok := written[strings.ToLower(word)]
		switch {
		case i > 0 && headline[i-1] >= '0' && headline[i-1] <= '9':
			w = strings.ToLower(word) // 3RD
		case !ok:
			w = unwritten(word)
		}
		if start {
			first, size := utf8.DecodeRuneInString(w)
			w = string(unicode.ToUpper(first)) + w[size:]
		}
		b.WriteString(w)
		start = false
		i = end
	}
	return b.String()
}

// shouts reports whether a headline is set in capitals: two words at least, and
// hardly a small letter.
func shouts(s string) bool {
	upper, lower := 0, 0
	for _, r := range s {
		if unicode.IsUpper(r) {
			upper++
		} else if unicode.IsLower(r) {
			lower++
		}
	}
	return upper >= 8 && lower*20 <= upper && strings.ContainsAny(s, " \u00a0")
}

// wordEnd returns the end of the word that starts at i. Stops within belong to
// it: "U.S.", "N.Z.".
func wordEnd(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		inner := (r == '.' || r == '\'' || r == '’') && i+size < len(s) && startsLetter(s[i+size:])
		last := r == '.' && strings.Contains(s[max(0, i-3):i], ".")
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !inner && !last {
			break
		}
		i += size
	}
	return i
}

// unwritten writes a word that the story does not have.
func unwritten(word string) string {
	lower := strings.ToLower(word)
	switch lower {
	case "ltd":
		return "Ltd"
	case "mln", "pct", "bln", "dlr", "dlrs", "cts", "qtr", "vs", "yr", "yrs", "mths", "mth", "shr", "nds", "by", "my", "try", "why", "dry", "sky", "cry", "fly", "rhythm":
		return lower
	}
	switch {
	case utf8.RuneCountInString(word) <= 3 && word[0] < utf8.RuneSelf && !isShortWord(lower):
		return word // GM, UBS
	case strings.Contains(word, ".") && utf8.RuneCountInString(word) <= 6:
		return word
	case !strings.ContainsAny(lower, "aeiouyàâäáãåæéèêëíîïóôöõøúûüœаеёиоуыэюяіїєαεηιουωάέήίόύώ") && utf8.RuneCountInString(word) > 1:
		return word
	}
	switch lower {
	case "i":
		return word
	case "inc", "corp", "co":
		return word[:1] + lower[1:]
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "april", "june", "july", "august",
		"september", "october", "november", "december", "european", "american", "british", "german", "french", "russian", "chinese", "japanese", "europe",
		"america", "britain", "germany", "france", "russia", "china", "japan", "israel", "iran", "iraq", "ukraine", "canada", "brazil", "india", "australia":
		return word[:1] + lower[1:]
	case "eu", "un", "uk", "us", "usa", "ussr", "nato", "opec", "imf", "ec", "eec", "fed", "ceo", "gdp", "fbi", "cia", "bbc", "usda", "epa", "sec", "tv", "uae":
		return word
	}
	return lower
}

// isShortWord reports whether a word of up to three letters is one that headlines
// in English use. What is as short and none is mostly an abbreviation.
func isShortWord(w string) bool {
	const words = " a ad add age aid aim air all an and any are arm art as ask at ate bad ban bar bay be bed bet bid big bit bow box boy bus but buy by can cap car " +
		"cat cow cry cut dam day did die dig do dog dry due ear eat egg end era eye fan far fat fee few fit fix fly foe for fox fun gap gas get go got gun guy ha had has " +
		"hat he her hid him his hit hot how i ice if ill in ink is it its jam jet job key kin kit la lag law lay led leg let lid lie lip lot low mad man map mar " +
		"mat may me men met mix mob mud my net new no nor not now nut odd of off oil old on one or our out owe own pay per pet pig pin pit put rat raw ray red rid rig " +
		"rim rod row run sad sat saw say sea see set sex she sit six sky so son sow spy sue sum sun tap tax tea ten the tie tin tip to toe ton too top toy try two " +
		"up us use van via vow war was way we web wet who why win won yen yes yet you zoo "
	return strings.Contains(words, " "+w+" ")
}

// spellings returns how the story writes the words of a headline, by their small
// letters. A capital at the beginning of a sentence says nothing; a word that is
// written both ways within sentences is no name.
func (st *story) spellings(headline string) map[string]string {
	wanted := make(map[string]string)
	for i := 0; i < len(headline); {
		end := wordEnd(headline, i)
		if end == i {
			_, size := utf8.DecodeRuneInString(headline[i:])
			i += size
			continue
		}
		wanted[strings.ToLower(headline[i:end])] = ""
		i = end
	}
	budget := 12000 // bytes: names come early
	for i := st.lead; i < len(st.blocks) && budget > 0; i++ {
		if st.roles[i] == roleBody {
			t := firstWords(st.text(i), budget)
			noteSpellings(t, wanted)
			budget -= len(t)
		}
	}
	for w, spelling := range wanted {
		if spelling == "" {
			delete(wanted, w)
		}
	}
	return wanted
}

// nextWord returns the word behind one that ends at i, if nothing but a blank
// stands between them: "Quay Lines" at the beginning of a sentence is a name.
func nextWord(t string, i int) string {
	if i+1 < len(t) && t[i] == ' ' {
		return t[i+1 : wordEnd(t, i+1)]
	}
	return ""
}

// noteSpellings notes how a text writes the words that are wanted.
func noteSpellings(t string, wanted map[string]string) {
	start := true // of a sentence
	for i := 0; i < len(t); {
		end := wordEnd(t, i)
		if end == i {
			r, size := utf8.DecodeRuneInString(t[i:])
			start = start && (unicode.IsSpace(r) || r == '"' || r == '“') || r == '.' || r == '!' || r == '?' || r == ':' || r == '"' || r == '“'
			i += size
			continue
		}
		word := t[i:end]
		lower := strings.ToLower(word)
		if old, ok := wanted[lower]; ok {
			switch {
			case word == lower:
				wanted[lower] = lower
			case start && !isCapitals(word) && !startsUpper(nextWord(t, end)) || old == lower:
			case old == "" || isCapitals(old):
				wanted[lower] = word
			}
		}
		start = false
		i = end
	}
}

// appendLower appends a word in small letters. A buffer that it fits into spares
// an allocation where the word is only looked up.
func appendLower(buf []byte, word string) []byte {
	for _, r := range word {
		if 'A' <= r && r <= 'Z' {
			r |= 0x20
		} else if r >= utf8.RuneSelf {
			r = unicode.ToLower(r)
		}
		buf = utf8.AppendRune(buf, r)
	}
	return buf
}
