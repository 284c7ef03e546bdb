package extract

import (
	"path"
	"strings"
	"time"
	"unicode"

	"seedfeed/feed/extract/date"
)

// A year is one that a dateline without a year may be of, and why.
type year struct {
	year     int
	source   string // "year from the text"
	words    string
	inferred bool
}

// near is how far a full date in a text may be from the day of the dateline to
// give it its year. A story is about the days around it.
const near = 7

// statedYear returns the year that the text states for the day of its dateline:
// the newest year that a text names is not it more often than it is, so the text
// must tell a full date that lies within a week of the day.
func (st *story) statedYear(s *source, d date.Date) (year, bool) {
	for _, stamp := range st.stamps { // a line that tells the last change
		if y, ok := yearBefore(d, stamp.date); ok {
			return year{year: y, source: "year from the line of the last change", words: stamp.words}, true
		}
	}
	if t, ok := readEndLine(st.endLine); ok {
		if y, ok := nearestYear(d, dayOf(t.Time)); ok {
			return year{year: y, source: "year from the end line", words: st.endLine}, true
		}
	}
	if y, ok := st.nearbyYear(s, d); ok {
		return y, true
	}
	name := path.Base(s.doc.Path)
	if n, ok := date.InName(name); ok && n.Full() {
		if y, ok := nearestYear(d, n); ok {
			return year{year: y, source: "year from the file name", words: name}, true
		}
	}
	return st.closingYear(d)
}

// maxDated is how much of a text is searched for years, in bytes: what is longer
// is a book.
const maxDated = 64 << 10

func dayOf(t time.Time) date.Date {
	return date.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}
}

// dayIn returns the instant of a day in a year, and false for February 29 of a
// year that has none.
func dayIn(d date.Date, y int) (time.Time, bool) {
	t := time.Date(y, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
	return t, t.Day() == d.Day
}

// daysApart returns how many days lie from a full date to the day of the
// dateline in a year; ok is false when the day is not in that year.
func daysApart(d date.Date, y int, full date.Date) (int, bool) {
	t, ok := dayIn(d, y)
	if !ok {
		return 0, false
	}
	u := time.Date(full.Year, full.Month, full.Day, 0, 0, 0, 0, time.UTC)
	return int(t.Sub(u).Hours() / 24), true
}

// nearestYear returns the year in which a day lies within a week of a full date.
// At the turn of the year that need not be the year of the date.
func nearestYear(d, full date.Date) (int, bool) {
	for _, y := range [...]int{full.Year, full.Year + 1, full.Year - 1} {
		if n, ok := daysApart(d, y, full); ok && -near <= n && n <= near {
			return y, true
		}
	}
	return 0, false
}

// yearBefore returns the last year in which a day lies on or before a full date
// by which the text was changed.
func yearBefore(d, full date.Date) (int, bool) {
	for _, y := range [...]int{full.Year, full.Year - 1} {
		if n, ok := daysApart(d, y, full); ok && n <= 1 {
			return y, true
		}
	}
	return 0, false
}

// nearbyYear looks for a full date near the day in the text. An exact match beats
// a near one, and one that comes first beats a later one.
func (st *story) nearbyYear(s *source, d date.Date) (year, bool) {
	var best year
	distance, budget := near+1, maxDated
	for i := range st.blocks {
		t := firstWords(st.text(i), budget)
		budget -= len(t)
		if st.roles[i] == roleNote && !isCaption(t) || st.blocks[i].kind == blockVerbatim {
			continue
		}
		for found := range (date.Grammar{}).All(t) {
			if !found.Full() {
				continue
			}
			y, ok := nearestYear(d, found)
			if !ok {
				continue
			}
			n, _ := daysApart(d, y, found)
			if n = max(n, -n); n >= distance {
				continue
			}
			if years, ok := anniversary(t, found); ok {
				best, distance = year{year: found.Year + years, source: "year from an anniversary in the text", words: around(t, found), inferred: true}, n
				continue
			}
			if isElsewhen(t, found) || afterFile(s, d, y) {
				continue
			}
			best, distance = year{year: y, source: "year from the text", words: t[found.Start:found.End]}, n
		}
		if distance == 0 {
			break
		}
	}
	if f, age, ok := latestYear(s, d); ok && distance > 1 && age <= fresh && f.year != best.year {
		return year{}, false // another day, a year before: the file is from this week
	}
	return best, best.year != 0
}

// afterFile reports whether a day lies after the file was written, which the day
// of a story does not.
func afterFile(s *source, d date.Date, y int) bool {
	t, _ := dayIn(d, y)
	return hasFileTime(s) && t.After(s.doc.ModTime.Add(36*time.Hour))
}

// around returns a date with the words before it.
func around(t string, d date.Date) string {
	start := max(0, d.Start-30)
	if i := strings.IndexByte(t[start:d.Start], ' '); start > 0 && i >= 0 {
		start += i + 1
	}
	return t[start:d.End]
}

// anniversary returns how many years a text counts from a date: "80 years after
// May 9, 1945".
func anniversary(t string, d date.Date) (int, bool) {
	words := strings.Fields(t[max(0, d.Start-60):d.Start])
	for i := len(words) - 1; i > 0; i-- {
		switch strings.ToLower(words[i]) {
		case "years", "лет", "jahre", "ans", "años", "anni", "anos":
			if n, ok := smallNumber(words[i-1]); ok {
				return n, true
			}
		}
	}
	return 0, false
}

func smallNumber(w string) (int, bool) {
	n := 0
	for _, r := range w {
		if r < '0' || r > '9' || n > 1000 {
			return 0, false
		}
		n = n*10 + int(r-'0')
	}
	return n, w != ""
}

// isElsewhen reports whether the words before a date say that it lies in other
// years: the maturity of a loan, an event long past.
func isElsewhen(t string, d date.Date) bool {
	before := strings.ToLower(t[max(0, d.Start-40):d.Start])
	words := strings.FieldsFunc(before, func(r rune) bool { return !unicode.IsLetter(r) })
	for _, w := range words[max(0, len(words)-4):] {
		switch w {
		case "due", "matures", "maturing", "mature", "maturity", "expires", "expiring", "expire", "until", "through", "since", "born", "anniversary", "callable", "redeemable":
			return true
		}
	}
	return false
}

// closingYear reads the lines below a story: "(Updated: July 4, 2025)", "© 2025
// Trend News Agency".
func (st *story) closingYear(d date.Date) (year, bool) {
	for i := len(st.blocks) - 1; i >= max(0, len(st.blocks)-4); i-- {
		line := st.blocks[i].text
		if len(line) > 300 || i == st.at {
			continue
		}
		if stamp, ok := readStamp(strings.Trim(line, "()[] ")); ok {
			if y, ok := yearBefore(d, stamp.date); ok {
				return year{year: y, source: "year from the line of the last change", words: line}, true
			}
		}
		if y, ok := copyrightYear(line); ok {
			return year{year: y, source: "year from the copyright line", words: line, inferred: true}, true
		}
	}
	return year{}, false
}

// copyrightYear returns the last year of a copyright line.
func copyrightYear(line string) (int, bool) {
	lower := strings.ToLower(line)
	if !strings.Contains(lower, "©") && !strings.Contains(lower, "(c) ") && !strings.Contains(lower, "copyright") {
		return 0, false
	}
	last := 0
	for _, m := range yearsIn(line) {
		last = max(last, m.year)
	}
	return last, last != 0
}
