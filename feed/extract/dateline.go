package extract

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"seedfeed/feed/extract/date"
)

// A dateline is the head of a wire story: where it was written, perhaps when,
// perhaps for whom.
//
//	BAKU, Azerbaijan, February 14. On ...
//	SALVADOR, Feb 26 - ...
//	HELSINKI, July 8 (Xinhua) -- ...
//	Strasbourg, 10 juil 2024 (AFP) - ...
//	(ANSA) - ROME, JUL 11 - ...
//
// It is told by its shape, not by lists of names: a place in capital initials, a
// date, an agency in brackets or between slashes, and a mark where the story
// begins. One of these alone is a sentence; it takes a date or an agency, or a
// place in capitals.
type dateline struct {
	place  string
	date   date.Date // Month is 0 when there is none
	agency string
	words  string // the dateline as it is written
	end    int    // where the story begins
	weak   bool   // a place and a mark, and no more
}

func (d dateline) hasDate() bool { return d.date.Month != 0 }

// maxDateline is the longest dateline, in bytes: "AU LARGE DES ILES CANARIES, à
// bord du ..., 12 septembre 2023 (AFP) - " has about a hundred.
const maxDateline = 160

// readDateline reads the dateline that a paragraph starts with.
func readDateline(s string) (dateline, bool) {
	head := dateliner{s: s}
	head.i = head.skip(0)
	for form := range 4 {
		p, ok := head, false
		switch form { // no table of methods: through one, each try would be allocated
		case 0:
			ok = p.eastern()
		case 1:
			ok = p.agencyFirst()
		case 2:
			ok = p.dateFirst()
		case 3:
			ok = p.placeFirst()
		}
		if ok && p.d.end <= len(s) {
			p.d.words = strings.TrimSpace(s[:p.d.end])
			return p.d, true
		}
	}
	return dateline{}, false
}

// A dateliner reads a dateline from left to right.
type dateliner struct {
	s string
	i int
	d dateline
}

// skip returns the first place from i on that is not white space.
func (p *dateliner) skip(i int) int {
	for i < len(p.s) {
		r, size := utf8.DecodeRuneInString(p.s[i:])
		if !unicode.IsSpace(r) {
			break
		}
		i += size
	}
	return i
}

// rest returns what is left of the head of the paragraph.
func (p *dateliner) rest() string { return p.s[p.i:min(len(p.s), max(p.i, maxDateline))] }

// placeFirst reads PLACE[, QUALIFIER][, DATE][ AGENCY] MARK.
func (p *dateliner) placeFirst() bool {
	// Noise on the line may have left a letter: "c LONDON, April 9 - ".
	if len(p.s) > p.i+4 && p.s[p.i+1] == ' ' && p.s[p.i] < utf8.RuneSelf && isCapitals(p.s[p.i+2:p.i+5]) {
		p.i += 2
	}
	place, ok := p.place()
	if !ok {
		return false
	}
	p.d.place = place
	if stop := (dateliner{s: p.s, i: p.i}); !p.date() && !p.kuwaitDate() {
		// "BAKU. 3 July 2025. The minister ..."
		if m, ok := stop.mark(); ok && m == markStop && stop.date() && stop.d.date.Full() {
			p.i, p.d.date = stop.i, stop.d.date
		}
	}
	p.agency()
	return p.finish()
}

// dateFirst reads DATE, PLACE MARK and DATE (AGENCY) MARK.
func (p *dateliner) dateFirst() bool {
	if !p.date() {
		return false
	}
	p.i = p.skip(p.i)
	if p.i < len(p.s) && (p.s[p.i] == ',' || p.s[p.i] == '.') {
		p.i = p.skip(p.i + 1)
	}
	if p.agency() {
		return p.finish()
	}
	place, ok := p.place()
	if !ok {
		return false
	}
	p.d.place = place
	p.agency()
	m, ok := p.mark()
	// A sentence may well start with a date and a name: only a place that is
	// set off like one is a dateline.
	if !ok || m == markNone || p.d.agency == "" && !strings.Contains(place, ",") && !isCapitals(place) {
		return false
	}
	p.d.end = p.i
	return true
}

// agencyFirst reads (AGENCY) - PLACE, DATE - and (AGENCY) MARK.
func (p *dateliner) agencyFirst() bool {
	if !p.agency() || p.d.agency == "" {
		return false
	}
	agency, after := p.d.agency, p.i
	m, marked := p.mark()
	inner := dateliner{s: p.s, i: p.i}
	if marked && m == markDash && inner.placeFirst() && inner.d.hasDate() {
		p.d = inner.d
		p.d.agency = agency
		return true
	}
	p.i = after
	// Nothing but an agency: a bracket that opens a paragraph holds other
	// things too, so it must be a name that is known, or a dash must follow.
	if m, ok := p.mark(); ok && m == markDash || isAgency(agency) {
		p.d.end = p.skip(p.i)
		return p.d.end < len(p.s)
	}
	return false
}

// finish reads the mark that ends a dateline and judges the whole.
func (p *dateliner) finish() bool {
	bracketed := p.i > 0 && (p.s[p.i-1] == ')' || p.s[p.i-1] == '/')
	m, ok := p.mark()
	p.d.end = p.i
	switch {
	case p.d.hasDate() && ok && m != markNone:
		return true
	case p.d.agency != "" && bracketed:
		return p.placeAgency(ok)
	case p.d.hasDate() && p.i == len(p.s):
		return true // alone on its line
	case p.d.hasDate() || !ok || m == markStop || m == markNone:
		return false
	}
	p.d.weak = true
	return p.placeAlone(m)
}

// placeAgency judges a place and an agency in brackets. A headline can look like
// that too: "ALCAN (AL) TO CLOSE ...", "Survival Kit (with Kids) - The ...". What
// follows a dateline is a story: a sentence, and not in capitals.
func (p *dateliner) placeAgency(marked bool) bool {
	story := strings.TrimSpace(p.s[p.i:])
	switch {
	case p.d.hasDate():
		return true
	case !beginsSentence(story) || isCapitals(firstWords(story, 40)):
		return false // "(ats) Un taureau ...": the bracket may be the mark
	case isAgency(p.d.agency) || agencyName(p.d.agency) != p.d.agency:
		return true
	}
	// No mark follows the slashes of Arabic agencies: "بغداد/ واع / ...". In Latin
	// letters they are those of a credit: "Euras/E. Blaževič/".
	slashed := p.s[p.i-1] == '/' && unicode.Is(unicode.Arabic, firstRune(p.d.agency))
	return (marked || slashed) && (longer(story, 60) || endsSentence(story))
}

// placeAlone judges a place that is followed by nothing but a mark: OTTAWA - ,
// SIOUX FALLS, S.D. – , NEW DELHI: . It is one in capitals, or with its state, or
// a city so well known that agencies write it alone; and a story follows.
func (p *dateliner) placeAlone(m separator) bool {
	if !beginsSentence(p.s[p.i:]) || len(p.s)-p.i < 60 || isCapitals(firstWords(p.s[p.i:], 40)) {
		return false
	}
	city, qualifier, _ := strings.Cut(p.d.place, ",")
	switch {
	case m == markColon:
		return isCapitals(p.d.place) && standsAlone(city)
	case standsAlone(city):
		return true
	case qualifier != "":
		return isCapitals(city) || isState(strings.TrimSpace(qualifier))
	}
	return isCapitals(city) && isPlaceShaped(city)
}

// isPlaceShaped tells a city in capitals from other words in capitals before a
// dash, as price lists have them: COPPER GRADE A - , FOB RIVER - .
func isPlaceShaped(city string) bool {
	words := strings.Fields(city)
	if len(words) > 3 {
		return false
	}
	for _, w := range words {
		if utf8.RuneCountInString(w) < 3 && w != "LA" && w != "EL" && w != "ST" && w != "DE" {
			return false
		}
		switch w {
		case "FOB", "CIF", "GRADE", "NOTE", "UPDATE", "THE", "AND", "FOR", "DEAR", "PRICE", "SPOT", "TOTAL", "CASH", "NEWS":
			return false
		}
	}
	return true
}

// date reads the date at the place reached, after a comma or a bracket.
func (p *dateliner) date() bool {
	i := p.skip(p.i)
	d, ok := prefixDate(p.s[i:min(len(p.s), i+reach)])
	if !ok || d.Day == 0 || d.Numeric && d.Year == 0 {
		return false
	}
	d.Start += i
	d.End += i
	p.d.date, p.i = d, d.End
	return true
}

// kuwaitDate reads a day and a month between dashes, as the agency of Kuwait sets
// them: "الكويت - 12 - 3 (كونا) -- ".
func (p *dateliner) kuwaitDate() bool {
	if !unicode.Is(unicode.Arabic, firstRune(p.d.place)) {
		return false
	}
	head, _, ok := strings.Cut(p.rest(), "(")
	parts := strings.Split(head, "-")
	if !ok || len(parts) != 3 || strings.TrimSpace(parts[0]) != "" {
		return false
	}
	day, isDay := smallNumber(strings.TrimSpace(parts[1]))
	month, isMonth := smallNumber(strings.TrimSpace(parts[2]))
	if !isDay || !isMonth || day < 1 || day > 31 || month < 1 || month > 12 {
		return false
	}
	p.d.date = date.Date{Day: day, Month: time.Month(month), Weekday: -1, Start: p.i, End: p.i + len(head)}
	p.i += len(head)
	return true
}

// prefixDate returns the date that a text starts with. In a dateline the number
// behind a dash begins the story ("March 19 - 26 weeks ended"), and the names of
// months that are words too need no capital.
func prefixDate(s string) (date.Date, bool) {
	if i := strings.Index(s, " -"); i > 0 {
		if d, ok := date.Prefix(s[:i]); ok && d.Day != 0 {
			return d, true
		}
	}
	if d, ok := date.Prefix(s); ok {
		return d, true
	}
	if r, size := utf8.DecodeRuneInString(s); r < utf8.RuneSelf && unicode.IsLower(r) {
		return date.Prefix(string(unicode.ToUpper(r)) + s[size:])
	}
	return besideHijri(s)
}

// besideHijri returns the date behind one of the Islamic calendar, to which the
// agencies of the Gulf add it: "25 شوال 1436 هـ الموافق 10 اغسطس 2015 م".
func besideHijri(s string) (date.Date, bool) {
	if r, _ := utf8.DecodeRuneInString(s); !unicode.IsDigit(r) || !strings.Contains(s, "هـ") && !strings.Contains(s, "الموافق") {
		return date.Date{}, false
	}
	for d := range (date.Grammar{}).All(s) {
		if !d.Full() {
			break
		}
		d.Start = 0
		if rest, ok := strings.CutPrefix(strings.TrimLeft(s[d.End:], " "), "م"); ok && !startsLetter(rest) {
			d.End = len(s) - len(rest)
		}
		return d, true
	}
	return date.Date{}, false
}

// reach is how far a date in a dateline goes, in bytes: two calendars in Arabic
// letters take a hundred.
const reach = 128
