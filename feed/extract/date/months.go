package date

import "time"

// A care tells how much must stand around a month's name before it counts.
type care int

const (
	plain   care = iota // the word is a month and little else
	capital             // in lower case it is another word too: may, march
	weak                // in any case it is another word too: out, set, ago
)

// month returns the month that a word names, and with how much care to take it.
// The names and the usual short forms are those of en de fr es it pt ca nl sv da
// no is fi et pl cs sk sl hr hu ro tr az uz id (Latin letters), el, ru uk be bg sr
// (Cyrillic), ar (of Egypt and the Gulf, the Levant and the Maghreb) and he;
// names that are
// declined have the forms that stand in dates. Where two languages give one name
// to two months (listopad is November in Polish and October in Croatian), the
// language of the list has it.
//
// The words are folded. A switch is compiled to a search, so that a program pays
// nothing for the table when it starts.
func month(k *key) (time.Month, care) {
	word := k.bytes()
	if len(word) < 3 || word[0] < 'a' {
		return 0, plain
	}
	if m := westernMonth(word); m != 0 {
		return m, plain
	}
	if m := otherMonth(word); m != 0 {
		return m, plain
	}
	switch string(word) {
	case "march":
		return time.March, capital
	case "may":
		return time.May, capital
	}
	return weakMonth(word), weak
}

// english reports whether a word is a month's name in English, the one language of
// those here that writes the month before its day.
func english(k *key) bool {
	switch string(k.bytes()) {
	case "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
		"december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec":
		return true
	}
	return false
}

// onlyEnglish reports whether a word is a month's name in English and in none of
// the languages that set a full stop behind the day.
func onlyEnglish(word string) bool {
	k := fold(word)
	switch string(k.bytes()) {
	case "january", "february", "march", "may", "june", "july", "october", "december":
		return true
	}
	return false
}

// weakMonth knows the short forms that are everyday words or parts of others.
func weakMonth(word []byte) time.Month {
	switch string(word) {
	case "gen", "oca", "sty", "led", "ian":
		return time.January
	case "sub", "lut":
		return time.February
	case "бер":
		return time.March
	case "nis", "dub":
		return time.April
	case "mag", "ماي":
		return time.May
	case "haz", "cze":
		return time.June
	case "lug", "tem", "lip", "лип":
		return time.July
	case "ago", "sie", "srp", "اب":
		return time.August
	case "set", "eyl", "вер":
		return time.September
	case "out", "ott", "eki", "paz":
		return time.October
	case "kas", "lis", "noi", "nop", "лист":
		return time.November
	case "ara", "gru", "des":
		return time.December
	}
	return 0
}

// westernMonth knows the names in Latin letters.
func westernMonth(word []byte) time.Month {
	if word[0] > 'z' {
		return 0
	}
	switch string(word) {
	case "january", "jan", "januar", "janner", "janvier", "janv", "enero", "ene", "gennaio", "janeiro", "januari",
		"tammikuuta", "tammikuun", "tammikuu", "stycznia", "styczen", "ledna", "leden", "januara", "ianuarie",
		"yanvar", "jaanuar", "sijecnja", "ocak", "gener", "januarja":
		return time.January
	case "february", "feb", "februar", "feber", "fevrier", "fevr", "fev", "febrero", "febbraio", "febb", "fevereiro",
		"februari", "febr", "helmikuuta", "helmikuun", "helmikuu", "lutego", "luty", "unora", "unor", "februara",
		"februarie", "fevral", "veebruar", "veljace", "februarja", "subat", "febrer":
		return time.February
	case "mar", "marz", "maerz", "mrz", "mars", "marzo", "marco", "maart", "mrt", "marts", "maaliskuuta", "maaliskuun",
		"maaliskuu", "marca", "marzec", "brezna", "brezen", "marcius", "marc", "ozujka", "martie", "mart", "maret":
		return time.March
	case "april", "apr", "avril", "avr", "abril", "abr", "aprile", "huhtikuuta", "huhtikuun", "huhtikuu", "kwietnia",
		"kwiecien", "kwi", "dubna", "duben", "aprila", "aprilis", "aprel", "aprill", "travnja", "aprilie", "nisan":
		return time.April
	case "mai", "mayo", "maggio", "magg", "maio", "mei", "maj", "toukokuuta", "toukokuun", "toukokuu", "maja", "kvetna",
		"kveten", "svibnja", "majus", "mayis", "maig":
		return time.May
	case "june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho", "kesakuuta", "kesakuun", "kesakuu",
		"czerwca", "czerwiec", "cervna", "cerven", "juna", "junius", "iunie", "iun", "iyun", "juuni", "lipnja", "junija", "haziran", "juny":
		return time.June
	case "july", "jul", "juli", "juillet", "juil", "julio", "luglio", "julho", "heinakuuta", "heinakuun", "heinakuu",
		"lipca", "lipiec", "cervence", "cervenec", "jula", "julius", "iulie", "iul", "iyul", "juuli", "srpnja", "julija", "temmuz", "juliol":
		return time.July
	case "august", "aug", "aout", "agosto", "elokuuta", "elokuun", "elokuu", "augusti", "augustus", "sierpnia",
		"sierpien", "srpna", "srpen", "augusta", "augusztus", "avqust", "avgust", "avgusta", "agust", "kolovoza", "agustos", "agu", "agost", "agustus", "agt":
		return time.August
	case "september", "sep", "sept", "septembre", "septiembre", "setiembre", "settembre", "sett", "setembro",
		"syyskuuta", "syyskuun", "syyskuu", "wrzesnia", "wrzesien", "wrz", "septembra", "szeptember", "szept",
		"septembrie", "sentyabr", "sentabr", "rujna", "eylul", "setembre", "zari":
		return time.September
	case "october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "outubro", "lokakuuta",
		"lokakuun", "lokakuu", "pazdziernika", "pazdziernik", "rijna", "rijen", "oktobra", "oktyabr", "oktabr", "oktoober", "octombrie", "ekim":
		return time.October
	case "november", "nov", "novembre", "noviembre", "novembro", "marraskuuta", "marraskuun", "marraskuu",
		"listopada", "listopad", "listopadu", "novembra", "noyabr", "studenoga", "studenog", "noiembrie", "kasim":
		return time.November
	case "december", "dec", "dezember", "dez", "decembre", "diciembre", "dic", "dicembre", "dezembro", "desember",
		"joulukuuta", "joulukuun", "joulukuu", "grudnia", "grudzien", "prosince", "prosinec", "decembra",
		"dekabr", "detsember", "prosinca", "decembrie", "aralik", "desembre":
		return time.December
	}
	return 0
}

// otherMonth knows the names in Greek, Cyrillic, Arabic and Hebrew letters.
func otherMonth(word []byte) time.Month {
	if word[0] <= 'z' {
		return 0
	}
	switch string(word) {
	case "ιανουαριου", "ιανουαριοσ", "ιαν", "января", "январь", "студзеня", "јануар", "јануара", "янв", "січня", "січень", "січ", "януари",
		"يناير", "جانفي", "كانون الثاني", "ינואר":
		return time.January
	case "φεβρουαριου", "φεβρουαριοσ", "φεβ", "февраля", "февраль", "лютага", "фебруар", "фебруара", "фев", "февр", "лютого", "лютий", "лют",
		"февруари", "فبراير", "فيفري", "شباط", "פברואר":
		return time.February
	case "μαρτιου", "μαρτιοσ", "μαρ", "марта", "март", "мар", "сакавіка", "березня", "березень", "берез", "مارس", "اذار", "מרץ", "מרס":
		return time.March
	case "απριλιου", "απριλιοσ", "απρ", "апреля", "апрель", "красавіка", "априла", "апр", "квітня", "квітень", "квіт", "април",
		"ابريل", "افريل", "نيسان", "אפריל":
		return time.April
	case "μαιου", "μαιοσ", "μαι", "мај", "маја", "мая", "май", "травня", "травень", "трав", "مايو", "ايار", "מאי":
		return time.May
	case "ιουνιου", "ιουνιοσ", "ιουν", "июня", "июнь", "чэрвеня", "јун", "јуна", "июн", "червня", "червень", "черв", "юни",
		"يونيو", "يونيه", "جوان", "حزيران", "יוני":
		return time.June
	case "ιουλιου", "ιουλιοσ", "ιουλ", "июля", "июль", "ліпеня", "јул", "јула", "июл", "липня", "липень", "юли",
		"يوليو", "يوليه", "جويليه", "يوليوز", "تموز", "יולי":
		return time.July
	case "αυγουστου", "αυγουστοσ", "αυγ", "августа", "август", "жніўня", "авг", "серпня", "серпень", "серп",
		"اغسطس", "اوت", "غشت", "אוגוסט":
		return time.August
	case "σεπτεμβριου", "σεπτεμβριοσ", "σεπ", "σεπτ", "сентября", "сентябрь", "сен", "верасня", "септембар", "септембра", "сент", "вересня",
		"вересень", "септември", "سبتمبر", "شتنبر", "ايلول", "ספטמבר":
		return time.September
	case "οκτωβριου", "οκτωβριοσ", "οκτ", "октября", "октябрь", "кастрычніка", "октобар", "октобра", "окт", "жовтня", "жовтень", "жовт", "октомври",
		"اكتوبر", "تشرين الاول", "אוקטובר":
		return time.October
	case "νοεμβριου", "νοεμβριοσ", "νοε", "ноября", "ноябрь", "ноя", "лістапада", "новембар", "новембра", "нояб", "листопада", "листопад", "ноември",
		"نوفمبر", "نونبر", "تشرين الثاني", "נובמבר":
		return time.November
	case "δεκεμβριου", "δεκεμβριοσ", "δεκ", "декабря", "декабрь", "снежня", "децембар", "децембра", "дек", "грудня", "грудень", "груд", "декември",
		"ديسمبر", "دجنبر", "كانون الاول", "דצמבר":
		return time.December
	}
	return 0
}
