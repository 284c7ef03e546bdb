package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A separator parts a dateline from its story.
type separator int

const (
	markNone  separator = iota // white space only
	markDash                   // - -- – — _ .-
	markStop                   // .
	markColon                  // :
)

// mark reads the mark at the place reached, and what belongs to it. It is not ok
// when letters go on without one.
func (p *dateliner) mark() (separator, bool) {
	i := p.skip(p.i)
	spaced := i > p.i || i == 0
	kind := markNone
	for i < len(p.s) {
		r, size := utf8.DecodeRuneInString(p.s[i:])
		switch {
		case isDash(r):
			if next := i + size; kind == markNone && r == '-' && !spaced && next < len(p.s) && p.s[next] != ' ' && p.s[next] != '-' && p.s[next] != '\t' {
				return markNone, false // a hyphen within a word
			}
			kind = markDash
		case r == '.' && kind == markNone:
			kind = markStop
		case r == ':' && kind == markNone:
			kind = markColon
		case unicode.IsSpace(r) && kind != markNone:
		default:
			if kind == markNone {
				return markNone, false
			}
			p.i = i
			return kind, true
		}
		i += size
		spaced = false
	}
	p.i = i
	return kind, kind != markNone
}

func isDash(r rune) bool {
	switch r {
	case '-', '–', '—', '―', '‒', '−', '_', 'ー':
		return true
	}
	return false
}

// place reads the words of a place up to what ends it: a date, an agency, a mark.
func (p *dateliner) place() (string, bool) {
	start := p.i
	words, commas := 0, 0
	for words < 9 && p.i-start < 100 {
		i := p.skip(p.i)
		if words > 0 && (p.dateAt(i) || p.agencyAt(i) || p.markAt(p.i)) {
			return strings.TrimRight(p.s[start:p.i], " ,\t\u00a0"), true
		}
		end, ok := p.word(i, words == 0)
		if !ok {
			return "", false
		}
		words++
		p.i = end
		if end < len(p.s) && (p.s[end] == ',' || strings.HasPrefix(p.s[end:], "،")) {
			if commas++; commas > 3 {
				return "", false
			}
			p.i = end + 1
			if p.s[end] != ',' {
				p.i++
			}
		}
	}
	return "", false
}

// word returns the end of the word of a place that starts at i: one with a
// capital, in a script without them any, or a small word between two others. A
// full stop belongs to it when it is an abbreviation: "Va.", "N.Y.", "St. Louis".
func (p *dateliner) word(i int, first bool) (end int, ok bool) {
	r, _ := utf8.DecodeRuneInString(p.s[i:])
	if !unicode.IsLetter(r) && r != '\'' && r != '’' && r != '«' {
		return 0, false
	}
	end = i
	for end < len(p.s) {
		r, size := utf8.DecodeRuneInString(p.s[end:])
		if r == '.' && p.abbreviates(i, end) {
			end += size
			continue
		}
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != '’' && r != '/' && r != '«' && r != '»' {
			if r != '-' || end+1 >= len(p.s) || !startsLetter(p.s[end+1:]) {
				break
			}
		}
		if r == '/' && !startsLetter(p.s[end+1:]) {
			break
		}
		end += size
	}
	w := p.s[i:end]
	switch {
	case end == i:
		return 0, false
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		return end, !first || !opensSentence(w)
	case unicode.IsLower(r):
		return end, !first && joinsPlace(w)
	}
	return end, utf8.RuneCountInString(w) <= 20 // a script without capitals
}

// abbreviates reports whether the full stop at end belongs to the word that
// starts at i: the word is short or has stops already, and neither a date with a
// capital nor a sentence follows it.
func (p *dateliner) abbreviates(i, end int) bool {
	if end == i {
		return false
	}
	w := p.s[i:end]
	next := end + 1
	if next < len(p.s) && startsLetter(p.s[next:]) {
		return utf8.RuneCountInString(w) <= 2 || strings.Contains(w, ".") // N.Y., D.C.
	}
	if next < len(p.s) && (p.s[next] == ',' || strings.HasPrefix(p.s[next:], " (")) {
		return true
	}
	return isState(w+".") || isState(w) && utf8.RuneCountInString(w) > 2 || w == "St" || w == "ST" || w == "Ft" || w == "FT" || w == "Mt" || w == "MT"
}

func startsLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

// dateAt reports whether a date starts at i.
func (p *dateliner) dateAt(i int) bool {
	if i >= len(p.s) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(p.s[i:])
	if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return false
	}
	d, ok := prefixDate(p.s[i:min(len(p.s), i+reach)])
	return ok && d.Day != 0
}

// agencyAt reports whether an agency in brackets or slashes starts at i.
func (p *dateliner) agencyAt(i int) bool {
	try := dateliner{s: p.s, i: i}
	return try.bracketed()
}

// markAt reports whether the place ends at i in a mark.
func (p *dateliner) markAt(i int) bool {
	try := dateliner{s: p.s, i: i}
	m, ok := try.mark()
	return ok && m != markNone
}

// agency reads an agency: (Reuters), /TASS/, /PRNewswire/, or without either
// between a date and a dash: July 23 Kyodo - , 27 сен — РИА Новости.
func (p *dateliner) agency() bool {
	if p.bracketed() {
		return true
	}
	start := p.skip(p.i)
	stops := markDash
	if p.markAt(p.i) {
		try := dateliner{s: p.s, i: p.i}
		m, _ := try.mark()
		if start, stops = try.i, markStop; m != markDash && m != markStop {
			return false
		}
		// Before slashes the mark is a full stop: "27. /TASS/. ". Brackets behind
		// a dash belong to the story, unless they hold an agency: "NEW
		// YORK--(BUSINESS WIRE)--".
		if slashed := (dateliner{s: p.s, i: start}); slashed.bracketed() && (p.s[start] == '/' || isAgency(slashed.d.agency)) {
			p.d.agency, p.i = slashed.d.agency, slashed.i
			return true
		}
	}
	if !p.d.hasDate() {
		return false
	}
	if start < len(p.s) && p.s[start] == ',' { // "Jan. 5, Kyodo - "
		start = p.skip(start + 1)
	}
	return p.bare(start, stops)
}

// bare reads an agency of up to three words that a mark ends. Behind a mark it
// must be one that is known: a story may begin with a name and a full stop.
func (p *dateliner) bare(start int, stops separator) bool {
	end := start
	for range 3 {
		next, ok := p.word(p.skip(end), true)
		if !ok {
			return false
		}
		end = next
		try := dateliner{s: p.s, i: end}
		m, ok := try.mark()
		name := p.s[start:end]
		switch {
		case ok && m == stops && (stops == markDash || isAgency(name)):
			p.d.agency, p.i = name, end
			return true
		case !ok && end >= len(p.s) && isAgency(name):
			p.d.agency, p.i = name, end
			return true
		}
	}
	return false
}

// bracketed reads (AGENCY), /AGENCY/ or [AGENCY]: a few words with a letter, no
// number, no sentence.
func (p *dateliner) bracketed() bool {
	i := p.skip(p.i)
	if i >= len(p.s) {
		return false
	}
	var closing byte
	switch p.s[i] {
	case '(':
		closing = ')'
	case '/':
		closing = '/'
	case '[':
		closing = ']'
	default:
		return false
	}
	const longest = 48
	body := p.s[i+1 : min(len(p.s), i+longest)]
	end := strings.IndexByte(body, closing)
	if end < 2 {
		return false
	}
	name := strings.TrimSpace(body[:end])
	if !isAgencyShaped(name) {
		return false
	}
	p.d.agency, p.i = name, i+1+end+1
	return true
}

// isAgencyShaped reports whether brackets could hold the name of an agency: up to
// four words of letters that are not all small, unless it is known as such.
func isAgencyShaped(name string) bool {
	if strings.Count(name, " ") > 3 {
		return false
	}
	known := isAgency(name)
	if r, _ := utf8.DecodeRuneInString(name); !known && unicode.IsLower(r) && !strings.ContainsAny(name, "/ ") {
		return false
	}
	capital := known
	for _, r := range name {
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r):
			capital = capital || !unicode.IsLower(r)
		case r == ' ' || r == '/' || r == '-' || r == '.' || r == '\'' || r == '&':
		default:
			return false
		}
	}
	return capital
}
