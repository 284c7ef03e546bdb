package extract

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"seedfeed/feed"
	"seedfeed/feed/extract/date"
)

// maxEmbargo is the longest line, in characters, that is an embargo.
const maxEmbargo = 200

// isEmbargo reports whether a line in the head of a text says not to publish it
// before some time: "EMBARGOED UNTIL 8:30 a.m. ET, Friday, September 4", "Sperrfrist:
// ...", "Sous embargo jusqu'au ...". An embargo on trade says so later in its line.
func isEmbargo(line string) bool {
	if longer(line, maxEmbargo) {
		return false
	}
	if strings.Contains(line, "EMBARGOED UNTIL") || strings.Contains(line, "SPERRFRIST") || strings.Contains(line, "HOLD FOR RELEASE") {
		return true
	}
	lower := strings.ToLower(strings.TrimLeft(line, " *#-–—!_>(["))
	for _, prefix := range [...]string{"achtung", "attention", "please note", "note", "hinweis", "strictly", "strict", "under strict", "внимание", "atención", "atenção", "attenzione"} {
		if rest, ok := strings.CutPrefix(lower, prefix); ok {
			lower = strings.TrimLeft(rest, " ,:!–—-")
			break
		}
	}
	for _, start := range [...]string{
		"embargoed", "under embargo", "hold for release", "hold until", "hold till", "not for release", "not for use before", "not for publication before", "not for publication until", "not for publication or broadcast", "not for broadcast", "not to be published before", "not to be released before",
		"do not use before", "do not use until", "do not publish before", "do not publish until", "do not release before", "do not release until",
		"sperrfrist", "gesperrt bis", "sperrvermerk", "frei ab", "frei erst ab", "nicht veröffentlichen vor", "nicht vor",
		"sous embargo", "ne pas publier avant", "ne pas diffuser avant", "à ne pas publier avant", "à ne pas diffuser avant",
		"bajo embargo", "embargado", "embargada", "no publicar antes", "no difundir antes", "prohibida su difusión hasta",
		"sotto embargo", "non pubblicare prima", "non diffondere prima", "sob embargo", "não publicar antes", "não divulgar antes", "onder embargo",
		"эмбарго", "под эмбарго", "не публиковать до", "не для публикации до",
	} {
		if rest, ok := strings.CutPrefix(lower, start); ok && !startsWithLetter(rest) {
			return true
		}
	}
	if rest, ok := strings.CutPrefix(lower, "embargo"); ok {
		return setsEmbargo(rest)
	}
	return false
}

// startsWithLetter reports whether a text goes on with a letter: "Sperrfristende" is
// no "Sperrfrist".
func startsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

// setsEmbargo reports whether the words behind "embargo" say until when.
func setsEmbargo(rest string) bool {
	rest = strings.TrimLeft(rest, " ")
	if strings.Trim(rest, " .!*_)]") == "" || strings.ContainsAny(rest[:1], ":-–0123456789(,") {
		return true
	}
	word, _, _ := strings.Cut(rest, " ")
	word, _, _ = strings.Cut(word, "'")
	word, _, _ = strings.Cut(word, "’")
	switch strings.Trim(word, ":,") {
	case "until", "till", "to", "lifts", "ends", "expires", "date", "time", "notice", "applies", "bis", "endet", "jusqu", "levé", "hasta", "fino", "até", "tot", "до":
		return true
	}
	return weekdayIn(word) >= 0
}

// isReleaseTime reports whether a line gives the time of a release, as those of
// offices of statistics do: "For release 10:00 a.m. (ET) Friday, September 4, 2026".
// It is an embargo if that is still to come.
func isReleaseTime(line string) bool {
	start := strings.TrimLeft(line, " *#-_")
	for _, label := range [...]string{"for release", "release at", "embargoed"} {
		if _, ok := cutLabel(start, label); ok {
			return !longer(line, maxEmbargo)
		}
	}
	return false
}

// embargo holds an entry until the time that an embargo gives, or for good when it
// gives none that can be read in one way.
func (x *Extractor) embargo(line string, fileTime time.Time, e *feed.Entry) {
	until, err := x.embargoEnd(line, fileTime, e)
	if err != nil {
		e.Status, e.Reason = feed.Held, fmt.Sprintf("the embargo %q can not be read: %v", line, err)
		return
	}
	e.Until = until
	e.Status, e.Reason = feed.Held, fmt.Sprintf("embargo until %s (%q)", until, line)
}

// embargoEnd reads when an embargo ends.
func (x *Extractor) embargoEnd(line string, fileTime time.Time, e *feed.Entry) (feed.Date, error) {
	d, rest, err := embargoDay(line, fileTime, grammar(e))
	if err != nil {
		return feed.Date{}, err
	}
	if !d.WeekdayFits() {
		return feed.Date{}, fmt.Errorf("%s is not the weekday that it names", d.Time().Format(time.DateOnly))
	}
	if !d.Clock {
		if d = withClock(d, rest); !d.Clock && strings.ContainsAny(rest, "0123456789") {
			return feed.Date{}, fmt.Errorf("its time of day is not clear")
		}
	}
	if !d.Zone && d.Clock {
		if err := setZone(&d, line); err != nil {
			return feed.Date{}, err
		}
	}
	return x.dateOf(d), nil
}

// embargoDay returns the day of an embargo, and the words of its line beside it.
// Where there is no year, it is the one that the file's time tells: a release is
// written at most some months before its embargo ends, and seldom after.
func embargoDay(line string, fileTime time.Time, g date.Grammar) (d date.Date, rest string, err error) {
	for _, found := range g.Find(line) {
		if found.Day != 0 {
			d, rest = found, line[:found.Start]+" | "+line[found.End:]
			break
		}
	}
	switch {
	case d.Full():
		return d, rest, nil
	case fileTime.IsZero():
		return d, rest, fmt.Errorf("it tells no year")
	case d.Day != 0:
		d.Year, err = embargoYear(d, fileTime)
		return d, rest, err
	}
	weekday := weekdayIn(line)
	if weekday < 0 {
		return d, line, fmt.Errorf("it tells no day")
	}
	// The first such day from that of the file on: a file is not older than its
	// text.
	day := fileTime
	for int(day.Weekday()) != weekday {
		day = day.AddDate(0, 0, 1)
	}
	return date.Date{Year: day.Year(), Month: day.Month(), Day: day.Day(), Weekday: weekday}, line, nil
}

// embargoYear returns the year that puts a day next to the file's time. A day that
// is long over by then may as well be that of the next year.
func embargoYear(d date.Date, fileTime time.Time) (int, error) {
	const over, ahead = 7, 200 // days
	for _, year := range [...]int{fileTime.Year(), fileTime.Year() + 1, fileTime.Year() - 1} {
		day := time.Date(year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
		if away := day.Sub(fileTime).Hours() / 24; away >= -over && away <= ahead && day.Day() == d.Day {
			return year, nil
		}
	}
	return 0, fmt.Errorf("it tells no year")
}

// withClock gives a day the time that stands beside it: "10:00 CET on 4 September",
// "Freitag 1800".
func withClock(d date.Date, words string) date.Date {
	words = plainClock(words)
	day := fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
	for i := 0; i < len(words); i++ {
		if words[i] < '0' || words[i] > '9' || i > 0 && words[i-1] >= '0' && words[i-1] <= '9' {
			continue
		}
		clock := firstWords(words[i:], 30)
		if n := len(clock) - len(strings.TrimLeft(clock, "0123456789")); n == 4 { // 0001 hours
			clock = clock[:2] + ":" + clock[2:]
		}
		for _, sep := range [...]string{"T", " "} {
			all := (date.Grammar{}).Find(day + sep + clock)
			if len(all) > 0 && all[0].Clock && all[0].Full() {
				d.Clock, d.Hour, d.Minute, d.Second, d.Zone, d.Offset = true, all[0].Hour, all[0].Minute, all[0].Second, all[0].Zone, all[0].Offset
				return d
			}
		}
	}
	return d
}

// plainClock writes the times of a line as they are read beside a date: "09.30
// horas", "ore 12" and "0001 hours" are none there.
func plainClock(words string) string {
	fields := strings.Fields(words)
	out := fields[:0:0]
	for i, field := range fields {
		word := strings.ToLower(strings.Trim(field, ",.;:()!"))
		switch word {
		case "hours", "hrs", "horas", "uhr", "ore", "часов", "ч":
			continue
		}
		bare := strings.Trim(field, ",.;:!")
		if hour, minute, ok := strings.Cut(bare, "."); ok && len(minute) == 2 && isDigits(hour) && isDigits(minute) {
			field = hour + ":" + minute
		} else if len(bare) <= 2 && isDigits(bare) && isHourWord(fields, i) {
			field = bare + ":00"
		}
		out = append(out, field)
	}
	return strings.Join(out, " ")
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// isHourWord reports whether a word beside a bare number makes it an hour.
func isHourWord(fields []string, i int) bool {
	for _, j := range [...]int{i - 1, i + 1} {
		if j < 0 || j >= len(fields) {
			continue
		}
		switch strings.ToLower(strings.Trim(fields[j], ",.;:()!")) {
		case "hours", "hrs", "horas", "uhr", "ore", "часов", "ч", "alle", "las", "um", "às":
			return true
		}
	}
	return false
}

// setZone gives a time the zone that its line names by a place: "6 p.m. London
// time". One that is not known makes the time unreadable: it would come hours
// early.
func setZone(d *date.Date, line string) error {
	for _, word := range splitWords(line) {
		if word == "IST" || word == "CST" { // of several countries
			return fmt.Errorf("the time zone %s has more than one meaning", word)
		}
	}
	before, _, ok := cutZoneWord(strings.ToLower(line))
	if !ok {
		return nil // the site's time
	}
	for _, zone := range embargoZones {
		if !strings.HasSuffix(before, zone.place) {
			continue
		}
		loc, err := time.LoadLocation(zone.name)
		if err != nil {
			return err
		}
		_, d.Offset = time.Date(d.Year, d.Month, d.Day, d.Hour, d.Minute, 0, 0, loc).Zone()
		d.Zone = true
		return nil
	}
	return fmt.Errorf("the time zone is not known")
}

// cutZoneWord finds the word behind the name of a place that makes it a zone.
func cutZoneWord(line string) (before, after string, ok bool) {
	for _, word := range [...]string{" time", " ortszeit"} {
		if before, after, ok = strings.Cut(line, word); ok {
			return before, after, ok
		}
	}
	return "", "", false
}

// embargoZones are the places by whose time embargoes are set.
var embargoZones = []struct{ place, name string }{
	{"london", "Europe/London"}, {"uk", "Europe/London"}, {"british", "Europe/London"}, {"paris", "Europe/Paris"}, {"berlin", "Europe/Berlin"}, {"brussels", "Europe/Brussels"},
	{"frankfurt", "Europe/Berlin"}, {"geneva", "Europe/Zurich"}, {"vienna", "Europe/Vienna"}, {"rome", "Europe/Rome"}, {"madrid", "Europe/Madrid"}, {"moscow", "Europe/Moscow"},
	{"central european", "Europe/Berlin"}, {"new york", "America/New_York"}, {"washington", "America/New_York"}, {"eastern", "America/New_York"}, {"central", "America/Chicago"},
	{"mountain", "America/Denver"}, {"pacific", "America/Los_Angeles"}, {"tokyo", "Asia/Tokyo"}, {"beijing", "Asia/Shanghai"}, {"baku", "Asia/Baku"}, {"dubai", "Asia/Dubai"}, {"sydney", "Australia/Sydney"},
}

// weekdayIn returns the first weekday that a line names, or -1.
func weekdayIn(line string) int {
	for _, word := range splitWords(strings.ToLower(line)) {
		switch word {
		case "sunday", "sonntag", "dimanche", "domingo", "domenica", "воскресенье", "воскресенья":
			return 0
		case "monday", "montag", "lundi", "lunes", "lunedì", "segunda", "понедельник", "понедельника":
			return 1
		case "tuesday", "dienstag", "mardi", "martes", "martedì", "terça", "вторник", "вторника":
			return 2
		case "wednesday", "mittwoch", "mercredi", "miércoles", "mercoledì", "quarta", "среда", "среды":
			return 3
		case "thursday", "donnerstag", "jeudi", "jueves", "giovedì", "quinta", "четверг", "четверга":
			return 4
		case "friday", "freitag", "vendredi", "viernes", "venerdì", "sexta", "пятница", "пятницы":
			return 5
		case "saturday", "samstag", "sonnabend", "samedi", "sábado", "sabato", "суббота", "субботы":
			return 6
		}
	}
	return -1
}
