package render

import (
	"cmp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// monthIn returns a month that is written "2026-03" in the words of a language,
// as it stands alone: "March 2026". A language that is not in the table, and what
// is no month, stay as they are.
func monthIn(lang, month string) string {
	return inMonthForm(lang, month, func(f monthForm) string { return cmp.Or(f.pattern, "M y") })
}

// monthNameIn returns the name of a month without the year: "March".
func monthNameIn(lang, month string) string {
	return inMonthForm(lang, month, func(f monthForm) string { return cmp.Or(f.name, "M") })
}

func inMonthForm(lang, month string, pattern func(monthForm) string) string {
	month = line(month)
	t, err := time.Parse("2006-01", month)
	key := tableKey(lang)
	day, ok := dayForms[key]
	if err != nil || !ok {
		return month
	}
	form := monthForms[key]
	var name string
	if names := strings.Fields(cmp.Or(form.months, day.months)); len(names) == 12 {
		name = names[t.Month()-1]
	}
	wanted := pattern(form)
	if strings.HasPrefix(wanted, "M") {
		name = capital(key, name)
	}
	return dayLetters(wanted, map[byte]string{
		'y': strconv.Itoa(t.Year()), 'M': name, 'm': strconv.Itoa(int(t.Month())),
	})
}

// capital returns a word with a capital letter, as a heading has it.
func capital(lang, word string) string {
	first, size := utf8.DecodeRuneInString(word)
	if lang == "az" || lang == "tr" {
		return string(unicode.TurkishCase.ToTitle(first)) + word[size:]
	}
	return string(unicode.ToTitle(first)) + word[size:]
}

// A monthForm tells how a language writes a month that stands alone, where that
// is not the name that stands beside a day with the year after it.
type monthForm struct {
	pattern string // as that of a [dayForm]; "" means "M y"
	months  string // "" means those of the [dayForm]
	name    string // pattern of the month without the year; "" means "M"
}

var monthForms = map[string]monthForm{
	"be":      {"M y г.", "студзень люты сакавік красавік май чэрвень ліпень жнівень верасень кастрычнік лістапад снежань", ""},
	"bg":      {"M y г.", "", ""},
	"ca":      {"M \\del y", "", ""},
	"cs":      {"", "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec", ""},
	"el":      {"", "Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος Δεκέμβριος", ""},
	"es":      {"M \\de y", "", ""},
	"fa":      {"", "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر", ""},
	"fi":      {"", "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu", ""},
	"hr":      {"M y.", "siječanj veljača ožujak travanj svibanj lipanj srpanj kolovoz rujan listopad studeni prosinac", ""},
	"hu":      {"y. M", "", ""},
	"ja":      {"y年m月", "", "m月"},
	"ko":      {"y년 m월", "", "m월"},
	"pl":      {"", "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień", ""},
	"pt":      {"M \\de y", "", ""},
	"ru":      {"M y г.", "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь", ""},
	"sk":      {"", "január február marec apríl máj jún júl august september október november december", ""},
	"sr":      {"M y.", "", ""},
	"sr-Latn": {"M y.", "", ""},
	"uk":      {"M y р.", "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень", ""},
	"vi":      {"Tháng m nă\\m y", "", "Tháng m"},
	"zh":      {"y年m月", "", "m月"},
	"zh-Hant": {"y年m月", "", "m月"},
}
