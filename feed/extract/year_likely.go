package extract

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"seedfeed/feed/extract/date"
)

// fresh is how long after the day of its story a file is written at most for its
// time to tell the year beyond doubt; stale, from when on the text may tell it
// better. A file that is older than its story by more than that was copied.
const (
	fresh = 10 * 24 * time.Hour
	stale = 45 * 24 * time.Hour
)

// likelyYear returns the year that a day is most likely of when nothing states
// it. That is the latest one that is not after the time of the file, unless the
// file was written much later and the text speaks for another one. Whatever it
// is, it is inferred.
func (st *story) likelyYear(s *source, d date.Date) (year, bool) {
	latest, age, ok := latestYear(s, d)
	if ok && age <= fresh {
		return latest, true
	}
	if !ok || age > stale {
		if y, found := st.reasonedYear(d, latest.year); found {
			return y, true
		}
	}
	if !ok {
		return year{}, false
	}
	if y, found := st.weekdayYear(d, latest.year); found {
		return y, true
	}
	return latest, true
}

// latestYear returns the latest year that puts a day on or before the time of
// the file, and how long before it that is. In the east of the file's clock the
// day may have begun already.
func latestYear(s *source, d date.Date) (y year, age time.Duration, ok bool) {
	if !hasFileTime(s) {
		return year{}, 0, false
	}
	end := s.doc.ModTime.Add(14 * time.Hour)
	for n := end.Year(); n > end.Year()-9; n-- { // February 29 may be eight years back
		if t, ok := dayIn(d, n); ok && !t.After(end) {
			return year{year: n, source: "latest year that is not after the file time", inferred: true}, end.Sub(t), true
		}
	}
	return year{}, 0, false
}

// A yearMention is a year that a text names.
type yearMention struct {
	year   int
	month  time.Month // 0 when only the year is named
	words  string
	future bool // the text looks ahead to it
}

// reasonedYear works the year out from other times that the text names. latest
// is the newest year it can be, or 0.
func (st *story) reasonedYear(d date.Date, latest int) (year, bool) {
	var month, bare yearMention // the newest that lie behind the story
	ahead := 0                  // the nearest year that it looks ahead to
	budget := maxDated
	for i := st.lead; i < len(st.blocks) && budget > 0; i++ {
		if st.roles[i] != roleBody {
			continue
		}
		t := firstWords(st.text(i), budget)
		budget -= len(t)
		for _, m := range mentions(t) {
			switch {
			case latest != 0 && m.year > latest+1:
			case m.future:
				if ahead == 0 || m.year < ahead {
					ahead = m.year
				}
			case m.month != 0 && (m.year > month.year || m.year == month.year && m.month > month.month):
				month = m
			case m.year > bare.year:
				bare = m
			}
		}
	}
	y := year{inferred: true, source: "year worked out from the text"}
	switch {
	case month.year != 0 && month.year >= bare.year-1:
		// The first such day after the newest month that is named.
		y.words = month.words
		if y.year = month.year; d.Month < month.month {
			y.year++
		}
		y.year = max(y.year, bare.year)
	case bare.year != 0:
		// A bare year is mostly the last one when the story is from the first
		// months of the next, for results and statistics come out then.
		y.words = bare.words
		if y.year = bare.year; d.Month <= time.April {
			y.year++
		}
	default:
		return year{}, false
	}
	if latest != 0 && y.year > latest {
		y.year = latest
	}
	if _, ok := dayIn(d, y.year); !ok || latest != 0 && y.year < latest-60 {
		return year{}, false
	}
	return y, true
}

// mentions returns the years that a text names, with their months where it does.
func mentions(t string) []yearMention {
	var out []yearMention
	dates := date.Find(t)
	for _, m := range yearsIn(t) {
		mention := yearMention{year: m.year, words: t[m.start : m.start+4], future: looksAhead(t[max(0, m.start-60):m.start])}
		for len(dates) > 0 && dates[0].End <= m.start { // both are in reading order
			dates = dates[1:]
		}
		if len(dates) > 0 && dates[0].Start <= m.start {
			mention.month, mention.words = dates[0].Month, t[dates[0].Start:dates[0].End]
		}
		out = append(out, mention)
	}
	return out
}

// looksAhead reports whether the words before a year say that it is yet to come.
// The clause counts, not more.
func looksAhead(before string) bool {
	if i := strings.LastIndexAny(before, ".;"); i >= 0 {
		before = before[i:]
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(before), func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch w {
		case "will", "due", "until", "by", "through", "expected", "expects", "expect", "plans", "planned", "forecast", "target", "would", "scheduled",
			"next", "maturing", "matures", "till", "bis", "wird", "werden", "soll", "d'ici", "hasta", "entro", "до", "к", "будет", "upcoming":
			return true
		}
	}
	return false
}

// A foundYear is a year in a text, and where it starts.
type foundYear struct{ year, start int }

// yearsIn returns the numbers of a text that are years from 1900 to 2099.
func yearsIn(t string) []foundYear {
	var out []foundYear
	for i := 0; i+4 <= len(t); i++ {
		if t[i] != '1' && t[i] != '2' || i > 0 && isNumberPart(t, i-1) {
			continue
		}
		n, ok := smallNumberAt(t[i : i+4])
		if !ok || n < 1900 || n > 2099 || i+4 < len(t) && continuesNumber(t, i+4) {
			continue
		}
		out = append(out, foundYear{n, i})
		i += 3
	}
	return out
}

func smallNumberAt(w string) (int, bool) {
	n := 0
	for i := range len(w) {
		if w[i] < '0' || w[i] > '9' {
			return 0, false
		}
		n = n*10 + int(w[i]-'0')
	}
	return n, true
}

// isNumberPart reports whether the byte at i makes what follows it a part of a
// number or a word and not a year.
func isNumberPart(t string, i int) bool {
	c := t[i]
	switch {
	case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '$', c == '#', c == '+':
		return true
	case c == '.' || c == ',':
		return i > 0 && t[i-1] >= '0' && t[i-1] <= '9'
	}
	return strings.HasSuffix(t[:i+1], "€") || strings.HasSuffix(t[:i+1], "£")
}

// continuesNumber reports whether the number goes on at i, or counts something.
func continuesNumber(t string, i int) bool {
	r, _ := utf8.DecodeRuneInString(t[i:])
	switch {
	case unicode.IsDigit(r), r == '%', r == '$', r == '€':
		return true
	case r == '.' || r == ',':
		return i+1 < len(t) && t[i+1] >= '0' && t[i+1] <= '9'
	}
	return false
}

// weekdayYear returns the latest year in which the day falls on the weekday that
// the lead names: agencies name the day on which the news happened, which mostly
// is that of the dateline. Where the latest year fits, or the day before the
// dateline does in it, there is nothing to find out.
func (st *story) weekdayYear(d date.Date, latest int) (year, bool) {
	weekday, words, ok := st.leadWeekday()
	if !ok {
		return year{}, false
	}
	if t, ok := dayIn(d, latest); ok && (t.Weekday() == weekday || t.AddDate(0, 0, -1).Weekday() == weekday) {
		return year{}, false
	}
	for y := latest; y > latest-12; y-- {
		if t, ok := dayIn(d, y); ok && t.Weekday() == weekday {
			return year{year: y, source: "year worked out from the weekday", words: words, inferred: true}, true
		}
	}
	return year{}, false
}

// leadWeekday returns the weekday that the first sentences name, if it is one.
func (st *story) leadWeekday() (time.Weekday, string, bool) {
	found, words := -1, ""
	var buf [32]byte
	for _, sentence := range st.opening(2) {
		for w := range strings.FieldsFuncSeq(sentence, func(r rune) bool { return !isWordLetter(r) && r != '-' }) {
			const shortest = len("lunes")
			if len(w) < shortest {
				continue
			}
			n := weekdayOf(string(appendLower(buf[:0], w)))
			if n < 0 {
				continue
			}
			if found >= 0 && n != found {
				return 0, "", false
			}
			found, words = n, strings.ToLower(w)
		}
	}
	return time.Weekday(found), words, found >= 0
}

// weekdayOf returns the day of the week that a word in small letters names, or -1.
func weekdayOf(w string) int {
	switch w {
	case "sunday", "sonntag", "dimanche", "domingo", "domenica", "воскресенье", "zondag", "söndag", "søndag":
		return 0
	case "monday", "montag", "lundi", "lunes", "lunedì", "понедельник", "segunda-feira", "maandag", "måndag", "mandag":
		return 1
	case "tuesday", "dienstag", "mardi", "martes", "martedì", "вторник", "terça-feira", "dinsdag", "tisdag", "tirsdag":
		return 2
	case "wednesday", "mittwoch", "mercredi", "miércoles", "mercoledì", "среду", "среда", "quarta-feira", "woensdag", "onsdag":
		return 3
	case "thursday", "donnerstag", "jeudi", "jueves", "giovedì", "четверг", "quinta-feira", "donderdag", "torsdag":
		return 4
	case "friday", "freitag", "vendredi", "viernes", "venerdì", "пятницу", "пятница", "sexta-feira", "vrijdag", "fredag":
		return 5
	case "saturday", "samstag", "sonnabend", "samedi", "sábado", "sabato", "субботу", "суббота", "zaterdag", "lördag", "lørdag":
		return 6
	}
	return -1
}
