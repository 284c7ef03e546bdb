package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// An abbreviation is a kind of word before a full stop, by what may follow it.
type abbreviation int

const (
	none         abbreviation = iota
	title                     // a name follows, never a new sentence: "Gen.", "St."
	beforeNumber              // one only before a number: "No. 5", "p. 3"
	midway                    // it can end a sentence too: "Inc.", "Calif.", "Dec."
)

// kindOf tells what the word before a full stop is in a language. The lists are
// ours, in the manner of the suppressions of Unicode CLDR (common/segments), but
// without its entries that are everyday words too ("To.", "Job."), and with the
// titles and places of news.
func kindOf(word, lang string) abbreviation {
	if len(word) > longestWord {
		return none
	}
	capital := false
	if r, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(r) {
		capital = true
	}
	word = strings.ToLower(word)
	if capital {
		if k := capitalized(word, lang); k != none {
			return k
		}
	}
	return general(word, lang)
}

// capitalized knows the abbreviations that count only with a capital.
func capitalized(word, lang string) abbreviation {
	switch lang {
	case "en", "":
		if k := englishNames(word); k != none {
			return k
		}
	}
	switch word {
	case "jan", "feb", "febr", "mär", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "okt", "nov", "dec", "dez",
		"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun":
		return midway
	case "st", "ste", "dr", "prof", "mr", "mrs", "ms", "mme", "mlle", "hr", "fr", "sr", "sra", "srta", "sto", "sta",
		"dra", "dott", "sig", "on", "avv", "ing", "mag", "don", "dña", "г", "им", "ул", "акад", "проф", "св":
		return title
	}
	return none
}

// englishNames knows titles, months and the states as the agencies write them.
func englishNames(word string) abbreviation {
	switch word {
	case "gen", "sen", "sens", "rep", "reps", "gov", "govs", "lt", "col", "capt", "sgt", "maj", "cpl", "pvt", "adm",
		"cmdr", "brig", "supt", "insp", "det", "rev", "hon", "pres", "amb", "atty", "messrs", "fr", "mt", "ft", "pt",
		"cdr", "cmd", "spc", "pfc", "msgr", "mx", "dist", "dep", "asst", "pros":
		return title
	case "ala", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "kans", "ky", "la",
		"md", "mass", "mich", "minn", "miss", "mo", "mont", "neb", "nebr", "nev", "okla", "ore", "pa", "penn", "tenn",
		"tex", "vt", "va", "wash", "wis", "wyo", "dak", "ont", "que", "alta", "sask", "man",
		"inc", "corp", "co", "cos", "ltd", "bros", "jr", "sr", "ave", "blvd", "univ", "dept", "assn", "mar", "ph.d",
		"m.d", "esq", "assoc", "intl", "natl", "govt":
		return midway
	case "no", "nos", "art", "sec", "fig", "vol", "ch":
		return beforeNumber
	}
	return none
}

// general knows the abbreviations that count in any case. Those of the other
// languages count where the language is not known, unless they are words.
func general(word, lang string) abbreviation {
	switch word {
	case "mr", "mrs", "ms", "dr", "prof", "messrs":
		return title
	case "pp", "nr", "vol", "fig", "cf", "ca", "approx":
		return beforeNumber
	case "vs", "v.s", "etc", "a.m", "p.m", "e.g", "i.e", "viz", "al", "ltd", "inc", "corp", "est":
		return midway
	}
	switch lang {
	case "de":
		return german(word)
	case "fr":
		return french(word)
	case "es", "pt", "it", "ca", "gl":
		return southern(word)
	case "ru", "uk", "bg", "be":
		return cyrillic(word)
	case "nl", "sv", "da", "nb", "nn", "no", "fi":
		return northern(word)
	case "pl", "cs", "sk":
		return slavic(word)
	case "tr":
		return turkish(word)
	case "":
		if k := cyrillic(word); k != none {
			return k
		}
		return distinct(word)
	}
	return none
}

func german(word string) abbreviation {
	switch word {
	case "bzw", "fa", "z.b", "z", "d.h", "d", "u.a", "u", "i.d.r", "evtl", "ggf", "sog", "vgl", "inkl", "exkl", "zzgl", "einschl",
		"ehem", "geb", "gest", "gem", "hrsg", "str", "tel", "usf", "bspw", "insb", "insbes", "lt", "max", "min",
		"allg", "dt", "engl", "frz", "jh", "jhd", "mind", "rd", "s.o", "st", "o.ä", "u.ä", "v.a", "v.chr", "n.chr", "kath", "ev":
		return title
	case "mio", "mrd", "tsd", "usw", "co", "abs", "jr", "sen", "jun":
		return midway
	case "art", "kap", "s", "bd", "ziff", "abb", "no":
		return beforeNumber
	}
	return none
}

func french(word string) abbreviation {
	switch word {
	case "m", "mm", "mme", "mmes", "mlle", "mlles", "mgr", "me", "ste", "env", "av", "apr", "boul", "bd", "gén", "cap",
		"adj", "col", "lieut", "vve":
		return title
	case "janv", "févr", "fév", "avr", "juil", "sept", "oct", "nov", "déc", "cie", "éd", "hab", "ex":
		return midway
	case "art", "p", "n", "chap", "t", "no":
		return beforeNumber
	}
	return none
}

func southern(word string) abbreviation {
	switch word {
	case "sr", "sra", "sres", "srta", "dra", "d", "dª", "dña", "lic", "ing", "arq", "gral", "cnel", "tte", "cap", "mons",
		"avda", "av", "gob", "pte", "ee", "ud", "uds", "vd", "excmo", "ilmo",
		"sig", "sigg", "sig.ra", "dott", "dott.ssa", "avv", "on", "prof.ssa", "geom", "rag", "egr", "gent", "card", "arch",
		"exmo", "exma", "des", "eng", "sto", "sta":
		return title
	case "ene", "abr", "ago", "dic", "uu", "cía", "gen", "genn", "febbr", "magg", "giu", "lug", "sett", "ott", "ecc", "s.p.a", "s.r.l",
		"fev", "out", "dez", "cia", "ltda":
		return midway
	case "art", "núm", "pág", "págs", "n", "nº", "pag", "p", "num", "tel":
		return beforeNumber
	}
	return none
}

func cyrillic(word string) abbreviation {
	switch word {
	case "им", "ул", "просп", "пер", "пл", "акад", "проф", "доц", "св", "см", "ср", "напр", "гр", "обл", "тел", "т.е", "т.к",
		"т.н", "т", "г-н", "г-жа", "ген", "полк", "стр", "корп", "кв", "вул", "м", "род":
		return title
	case "г", "гг", "руб", "коп", "тыс", "млн", "млрд", "трлн", "долл", "чел", "др", "пр", "янв", "февр", "апр", "авг",
		"сент", "окт", "нояб", "дек", "т.д", "т.п", "р", "грн", "л.с", "кг", "км":
		return midway
	case "п", "ст", "ч", "гл", "рис", "табл", "д", "с", "том":
		return beforeNumber
	}
	return none
}

func northern(word string) abbreviation {
	switch word {
	case "dhr", "mevr", "mw", "drs", "ir", "mr", "ds", "burg", "bijv", "d.w.z", "o.a", "m.b.t", "t.o.v", "bv", "bl.a", "bl",
		"t.ex", "s.k", "d.v.s", "f.d", "kl", "ca", "hr", "fr", "fru", "f.eks", "f", "dvs", "pga", "jf", "osv", "tlf", "mm",
		"esim", "ks", "vrt", "ns", "nk", "p.g.a", "m.a.o", "resp", "inkl", "ev", "dir", "red":
		return title
	case "enz", "e.d", "jl", "a.s", "kr", "mia", "mio", "mkr", "mdkr", "jne", "ym", "m.fl", "m.m", "o.s.v", "jan", "feb":
		return midway
	case "nr", "art", "blz", "s", "stk", "kap", "n:o":
		return beforeNumber
	}
	return none
}

func slavic(word string) abbreviation {
	switch word {
	case "np", "tzw", "tzn", "ul", "al", "św", "gen", "płk", "mjr", "kpt", "por", "hab", "inż", "mgr", "red", "ks", "im", "m.in",
		"tj", "tzv", "např", "atd", "mj", "resp", "ing", "judr", "mudr", "phdr", "doc", "plk", "sv", "nám", "čs", "napr", "č":
		return title
	case "r", "w", "godz", "tys", "mln", "mld", "mil", "zł", "kč", "itd", "itp", "stol", "hod", "tis", "min":
		return midway
	case "nr", "str", "s", "art", "ust", "pkt", "par":
		return beforeNumber
	}
	return none
}

func turkish(word string) abbreviation {
	switch word {
	case "doç", "yrd", "av", "org", "gn", "sn", "alb", "yzb", "müh", "bkz", "mah", "cad", "sok", "öğr", "gör", "op", "uzm":
		return title
	case "vb", "vs", "yy", "a.ş", "ltd", "şti", "tic", "san", "milyar":
		return midway
	case "no", "s", "md":
		return beforeNumber
	}
	return none
}

// distinct knows, for text whose language is not known, what is no word of any of
// the languages.
func distinct(word string) abbreviation {
	switch word {
	case "mme", "mlle", "mgr", "sra", "srta", "sres", "dña", "dott", "avv", "bzw", "z.b", "d.h", "u.a", "evtl", "ggf", "vgl",
		"inkl", "dhr", "mevr", "bijv", "bl.a", "t.ex", "f.eks", "dvs", "tzw", "tzn", "płk", "inż", "tzv", "např", "judr",
		"mudr", "doç", "yrd", "gral", "avda":
		return title
	case "mrd", "mio", "usw", "cía", "ecc", "s.p.a", "s.r.l", "ltda", "itd", "itp", "godz", "tys", "jne", "juil", "févr",
		"janv", "déc":
		return midway
	case "núm", "pág", "págs", "blz", "abb", "ziff":
		return beforeNumber
	}
	return none
}

// starts reports whether a word with a capital is one that begins sentences and
// hardly any name, so that an abbreviation before it was the end of one.
func starts(word string) bool {
	switch word {
	case "The", "A", "An", "In", "On", "At", "It", "He", "She", "They", "We", "You", "But", "And", "For", "This", "That",
		"These", "Those", "There", "If", "When", "While", "As", "After", "Before", "Its", "His", "Her", "Their", "Our",
		"My", "According", "However", "Meanwhile", "Still", "Also", "Some", "Many", "Most", "Not", "So", "Then", "What",
		"Who", "Why", "How", "With", "By", "From", "Since", "Both", "Other", "Another", "One", "Two", "Earlier", "Last",
		"Asked", "Although", "Despite", "During", "Under", "To", "Or", "Now", "Here", "Where", "Each", "All", "Such",
		"Der", "Die", "Das", "Ein", "Eine", "Er", "Sie", "Es", "Wir", "Im", "Am", "Auf", "Bei", "Mit", "Nach", "Doch",
		"Aber", "Auch", "Dies", "Diese", "Dieser", "Den", "Dem", "Für", "Zum", "Zur", "Vor", "Wie", "Ob", "Als", "Laut",
		"Le", "La", "Les", "Un", "Une", "Il", "Elle", "Ils", "Elles", "Ce", "Cette", "Ces", "Dans", "En", "Au", "Aux",
		"Selon", "Mais", "Pour", "Par", "Sur", "Leur", "Nous", "El", "Los", "Las", "Una", "Se", "Su", "Por", "Para",
		"Pero", "Según", "Lo", "Gli", "Nel", "Nella", "Per", "Ma", "O", "Os", "Um", "Uma", "No", "Na", "Ele", "Ela",
		"De", "Het", "Een", "Hij", "Zij", "Ze", "Maar", "Ook", "Volgens", "Det", "Han", "Hun", "Hon", "Vi", "Men", "Och",
		"Og", "Ifølge", "Enligt", "Hän", "Mutta", "Он", "Она", "Они", "Оно", "Это", "Этот", "В", "Во", "На", "По",
		"Но", "И", "А", "Как", "С", "При", "Для", "Также", "Затем", "Потом", "После", "Однако", "Поэтому", "Если", "Когда", "Мы", "Я", "Вона", "Він", "Вони", "Це", "У", "Та",
		"W", "Nie", "Jak", "Ale", "Jest", "Podle", "Bu", "Bir", "Ancak", "Ve":
		return true
	}
	return false
}
