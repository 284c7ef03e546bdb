package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// opensSentence reports whether a word with a capital opens a sentence and not a
// place: "On March 3", "In London".
func opensSentence(w string) bool {
	switch strings.ToLower(w) {
	case "on", "in", "at", "the", "a", "an", "by", "from", "since", "until", "after", "before", "during", "this", "that", "as", "it",
		"am", "im", "der", "die", "das", "vom", "seit", "ab", "le", "les", "du", "depuis", "dès", "au", "il", "lo", "dal", "el", "los",
		"em", "no", "na", "o", "op", "den", "på", "w", "dnia", "в", "с", "на", "по", "к", "во",
		"and", "but", "or", "if", "when", "last", "next":
		// "El Paso", "Los Angeles", "Le Mans" and their like start with such a word too.
		return !isCapitals(w) && w != "El" && w != "Los" && w != "Le" && w != "Den"
	case "updated", "published", "posted", "dear", "date", "dated", "dateline", "released", "issued", "re", "subject", "photo", "file", "video", "note", "update", "submitted", "copyright", "embargo", "embargoed", "for", "strictly", "under", "hold", "edition", "volume", "issue":
		return true
	}
	return false
}

// joinsPlace reports whether a small word may stand within the name of a place.
func joinsPlace(w string) bool {
	switch w {
	case "de", "da", "do", "dos", "das", "del", "della", "di", "du", "des", "d'Or", "la", "las", "le", "les", "los", "el", "al", "ar", "as", "es", "et",
		"and", "of", "the", "on", "upon", "in", "sur", "sous", "en", "am", "an", "der", "den", "im", "in'", "bei", "ob", "und", "y", "e",
		"aan", "op", "ter", "van", "over", "på", "i", "na", "nad", "на", "и", "near", "near.", "off", "à", "aux", "bin", "ben", "ul", "de'",
		"Mass", "va", "ve":
		return true
	}
	return strings.HasPrefix(w, "d'") || strings.HasPrefix(w, "l'") || strings.HasPrefix(w, "d’") || strings.HasPrefix(w, "l’") || strings.HasPrefix(w, "al-")
}

// isCapitals reports whether a text has letters, at least three, and all of them
// are capitals.
func isCapitals(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 3
}

// firstWords returns the start of a text.
func firstWords(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}

// longer reports whether a text has more than n characters. It looks at no more of
// them than that.
func longer(s string, n int) bool {
	if len(s) <= n || len(s) > n*utf8.UTFMax {
		return len(s) > n
	}
	for i := 0; i < len(s) && n >= 0; i++ {
		if utf8.RuneStart(s[i]) {
			n--
		}
	}
	return n < 0
}

// beginsSentence reports whether a sentence could begin here: with a capital, a
// number, a quotation mark, or a letter of a script without capitals.
func beginsSentence(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \t\u00a0"))
	switch {
	case unicode.IsUpper(r), unicode.IsTitle(r), unicode.IsDigit(r):
		return true
	case unicode.IsLetter(r):
		return !unicode.IsLower(r)
	}
	return strings.ContainsRune("\"'“”‘’«»„<([{`¿¡$£€「『《", r)
}

// isState reports whether a word is a state or a province as datelines abbreviate
// them, with or without its stops.
func isState(w string) bool {
	w = strings.ToUpper(strings.TrimSpace(strings.ReplaceAll(w, ".", "")))
	_, ok := slices.BinarySearch(states[:], w)
	return ok
}

// states of the United States, Canada and Australia in the spellings of the
// Associated Press Stylebook ("Datelines", "State names"), of the post, and in
// full where they are one word; sorted.
var states = [...]string{
	"AK", "AL", "ALA", "ALABAMA", "ALASKA", "ALBERTA", "ALTA", "AR", "ARIZ", "ARIZONA", "ARK", "ARKANSAS", "AZ", "BC", "CA", "CALIF",
	"CALIFORNIA", "CO", "COLO", "COLORADO", "CONN", "CONNECTICUT", "CT", "DC", "DE", "DEL", "DELAWARE", "FL", "FLA", "FLORIDA", "GA",
	"GEORGIA", "HAWAII", "HI", "IA", "ID", "IDAHO", "IL", "ILL", "ILLINOIS", "IND", "INDIANA", "IOWA", "KAN", "KANSAS", "KENTUCKY",
	"KS", "KY", "LA", "LOUISIANA", "MA", "MAINE", "MAN", "MANITOBA", "MARYLAND", "MASS", "MASSACHUSETTS", "MD", "ME", "MI", "MICH",
	"MICHIGAN", "MINN", "MINNESOTA", "MISS", "MISSISSIPPI", "MISSOURI", "MN", "MO", "MONT", "MONTANA", "MS", "MT", "NB", "NC", "ND",
	"NE", "NEB", "NEBRASKA", "NEV", "NEVADA", "NFLD", "NH", "NJ", "NL", "NM", "NS", "NSW", "NV", "NY", "OH", "OHIO", "OK", "OKLA",
	"OKLAHOMA", "ON", "ONT", "ONTARIO", "OR", "ORE", "OREGON", "PA", "PEI", "PENNSYLVANIA", "QC", "QLD", "QUE", "QUEBEC", "RI", "SASK",
	"SASKATCHEWAN", "SC", "SD", "TAS", "TENN", "TENNESSEE", "TEX", "TEXAS", "TN", "TX", "UT", "UTAH", "VA", "VERMONT", "VIC", "VIRGINIA",
	"VT", "WA", "WASH", "WASHINGTON", "WI", "WIS", "WISCONSIN", "WV", "WY", "WYO", "WYOMING",
}

// standsAlone reports whether a city is so well known that datelines give no
// country or state with it.
func standsAlone(city string) bool {
	_, ok := slices.BinarySearch(cities[:], strings.ToUpper(strings.TrimSpace(city)))
	return ok
}

// cities that stand alone in datelines, mostly those of the Associated Press
// Stylebook ("Datelines"); sorted.
var cities = [...]string{
	"ABU DHABI", "AMSTERDAM", "ANKARA", "ASTANA", "ATHENS", "ATLANTA", "BAGHDAD", "BAKU", "BALTIMORE", "BANGKOK", "BEIJING", "BEIRUT",
	"BELGRADE", "BERLIN", "BOSTON", "BRASILIA", "BRUSSELS", "BUCHAREST", "BUDAPEST", "BUENOS AIRES", "CAIRO", "CANBERRA", "CHICAGO",
	"CINCINNATI", "CLEVELAND", "COPENHAGEN", "DALLAS", "DAMASCUS", "DELHI", "DENVER", "DETROIT", "DHAKA", "DUBAI", "DUBLIN", "FRANKFURT",
	"GENEVA", "GIBRALTAR", "GUATEMALA CITY", "HAVANA", "HELSINKI", "HONG KONG", "HONOLULU", "HOUSTON", "INDIANAPOLIS", "ISLAMABAD",
	"ISTANBUL", "JAKARTA", "JERUSALEM", "JOHANNESBURG", "KABUL", "KARACHI", "KATHMANDU", "KIEV", "KUALA LUMPUR", "KUWAIT CITY", "KYIV",
	"LAS VEGAS", "LISBON", "LONDON", "LOS ANGELES", "LUXEMBOURG", "MADRID", "MANILA", "MEXICO CITY", "MIAMI", "MILAN", "MILWAUKEE",
	"MINNEAPOLIS", "MONACO", "MONTREAL", "MOSCOW", "MUMBAI", "MUNICH", "NAIROBI", "NEW DELHI", "NEW ORLEANS", "NEW YORK",
	"OKLAHOMA CITY", "OSLO", "OTTAWA", "PANAMA CITY", "PARIS", "PHILADELPHIA", "PHOENIX", "PITTSBURGH", "PRAGUE", "QUEBEC CITY",
	"RIO DE JANEIRO", "RIYADH", "ROME", "SALT LAKE CITY", "SAN ANTONIO", "SAN DIEGO", "SAN FRANCISCO", "SAN MARINO", "SAO PAULO",
	"SEATTLE", "SEOUL", "SHANGHAI", "SINGAPORE", "SOFIA", "ST. LOUIS", "STOCKHOLM", "SYDNEY", "TAIPEI", "TASHKENT", "TBILISI", "TEHRAN",
	"TEL AVIV", "TOKYO", "TORONTO", "TUNIS", "UNITED NATIONS", "VANCOUVER", "VATICAN CITY", "VIENNA", "WARSAW", "WASHINGTON",
	"WELLINGTON", "YEREVAN", "ZURICH",
}
