package date

import "time"

// weekday returns the day of the week that a word names. The two-letter forms
// of German and the like are left out: "so" is a word in too many languages.
func weekday(k *key) (time.Weekday, bool) {
	word := k.bytes()
	if len(word) < 3 {
		return 0, false
	}
	switch string(word) {
	case "monday", "mon", "montag", "lundi", "lunes", "lunedi", "segunda", "maandag", "mandag", "maanantai",
		"maanantaina", "poniedzialek", "pondeli", "pondelok", "hetfo", "luni", "pazartesi", "senin", "δευτερα",
		"понедельник", "понедельника", "понеділок", "понеделник", "الاثنين", "الاتنين":
		return time.Monday, true
	case "tuesday", "tue", "tues", "dienstag", "mardi", "martes", "martedi", "terca", "dinsdag", "tisdag", "tirsdag",
		"tiistai", "tiistaina", "wtorek", "utery", "utorok", "kedd", "marti", "sali", "selasa", "τριτη", "вторник",
		"вторника", "вівторок", "الثلاثاء":
		return time.Tuesday, true
	case "wednesday", "wed", "weds", "mittwoch", "mercredi", "miercoles", "mercoledi", "quarta", "woensdag", "onsdag",
		"keskiviikko", "keskiviikkona", "sroda", "srode", "streda", "stredu", "szerda", "miercuri", "carsamba", "rabu",
		"τεταρτη", "среда", "среду", "середа", "середу", "сряда", "الاربعاء":
		return time.Wednesday, true
	case "thursday", "thu", "thur", "thurs", "donnerstag", "jeudi", "jueves", "giovedi", "quinta", "donderdag",
		"torsdag", "torstai", "torstaina", "czwartek", "ctvrtek", "stvrtok", "csutortok", "joi", "persembe", "kamis",
		"πεμπτη", "четверг", "четверга", "четвер", "четвъртък", "الخميس":
		return time.Thursday, true
	case "friday", "fri", "freitag", "vendredi", "viernes", "venerdi", "sexta", "vrijdag", "fredag", "perjantai",
		"perjantaina", "piatek", "patek", "piatok", "pentek", "vineri", "cuma", "jumat", "παρασκευη", "пятница",
		"пятницу", "ятниця", "ятницю", "петък", "الجمعه":
		return time.Friday, true
	case "saturday", "sat", "samstag", "sonnabend", "samedi", "sabado", "sabato", "zaterdag", "lordag", "lauantai",
		"lauantaina", "sobota", "sobote", "sobotu", "szombat", "sambata", "cumartesi", "sabtu", "σαββατο", "суббота",
		"субботу", "субота", "суботу", "събота", "السبت":
		return time.Saturday, true
	case "sunday", "sun", "sonntag", "dimanche", "domingo", "domenica", "zondag", "sondag", "sunnuntai",
		"sunnuntaina", "niedziela", "niedziele", "nedele", "nedeli", "nedela", "vasarnap", "duminica", "pazar",
		"minggu", "κυριακη", "воскресенье", "воскресенья", "неділя", "неділю", "неделя", "الاحد":
		return time.Sunday, true
	}
	return 0, false
}

// linksRange reports whether a word stands between the two ends of a range.
func linksRange(k *key) bool {
	switch string(k.bytes()) {
	case "to", "and", "through", "thru", "until", "till", "bis", "und", "au", "et", "al", "a", "y", "e", "ao", "tot",
		"en", "til", "och", "og", "do", "i", "az", "ile", "ve", "ja", "es", "si", "la", "по", "и", "до", "та",
		"الي", "و", "حتي":
		return true
	}
	return false
}

// adds reports whether a word that links two days may also only list them.
func adds(k *key) bool {
	switch string(k.bytes()) {
	case "and", "und", "et", "y", "e", "en", "och", "og", "i", "a", "ve", "ja", "es", "si", "и", "та", "و":
		return true
	}
	return false
}

// joins reports whether a word stands between a day and its month, or between a
// month and its year.
func joins(k *key) bool {
	switch string(k.bytes()) {
	case "of", "de", "del", "di", "d", "the", "من", "لشهر":
		return true
	}
	return false
}

// countsThings reports whether a word after a number says that it is an amount:
// "in March 3 pct", "May 3 times".
func countsThings(k *key) bool {
	switch string(k.bytes()) {
	case "pct", "percent", "per", "mln", "mlns", "million", "millions", "bln", "bn", "billion", "trillion", "thousand",
		"hundred", "dlrs", "dollars", "euros", "cents", "pence", "stg", "times", "points", "tonnes", "tons", "barrels",
		"bpd", "mw", "km", "kg", "pc", "years", "days", "hours", "minutes",
		"prozent", "millionen", "milliarden":
		return true
	}
	return false
}

// ordinal reports whether letters right after a number make it an ordinal.
func ordinal(k *key) bool {
	switch string(k.bytes()) {
	case "st", "nd", "rd", "th", "er", "re", "eme", "a", "o", "º", "ª", "е", "го", "ого", "ше", "ге", "e", "te", "ter", "ten":
		return true
	}
	return false
}
