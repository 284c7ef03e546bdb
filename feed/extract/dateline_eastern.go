package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"seedfeed/feed/extract/date"
)

// eastern reads the datelines of East Asia, which have no spaces and marks of
// their own:
//
//	新华社北京8月29日电（记者罗沙）
//	【6月18日 AFP】   ［東京　１８日　ロイター］
//	(서울=연합뉴스) 홍길동 기자 =
func (p *dateliner) eastern() bool {
	r, _ := utf8.DecodeRuneInString(p.s[p.i:])
	switch {
	case r == '【' || r == '［' || r == '〔':
		return p.corner()
	case r == '(' || r == '[' || r == '（':
		return p.equation()
	case unicode.Is(unicode.Han, r):
		return p.telegram()
	}
	return false
}

// telegram reads AGENCY PLACE DATE and the character that says "wired".
func (p *dateliner) telegram() bool {
	head := p.rest()
	var d date.Date
	for found := range (date.Grammar{}).All(head) {
		d = found
		break
	}
	if d.Month == 0 || d.Start == 0 || utf8.RuneCountInString(head[:d.Start]) > 20 {
		return false
	}
	end := len(head) - len(strings.TrimLeft(head[d.End:], " 　"))
	r, size := utf8.DecodeRuneInString(head[end:])
	if r != '电' && r != '電' && r != '讯' && r != '訊' {
		return false
	}
	p.d.agency, p.d.place = cutWireName(strings.TrimSpace(head[:d.Start]))
	d.Start, d.End = d.Start+p.i, d.End+p.i
	p.d.date = d
	end = p.skip(p.i + end + size)
	if rest, ok := strings.CutPrefix(p.s[end:], "（"); ok { // the reporters
		if note, _, ok := strings.Cut(rest, "）"); ok && utf8.RuneCountInString(note) < 40 {
			end += len("（") + len(note) + len("）")
		}
	}
	p.d.end = p.skip(end)
	return true
}

// cutWireName parts the agency from the place behind it. An agency's name ends in
// the character for agency, net or paper.
func cutWireName(s string) (agency, place string) {
	for _, ending := range [...]string{"社", "网", "網", "日报", "日報", "晚报", "报", "新闻"} {
		if i := strings.Index(s, ending); i > 0 {
			i += len(ending)
			return s[:i], strings.Trim(s[i:], " 　，,")
		}
	}
	return "", s
}

// corner reads a dateline between corner brackets: a place, a date, an agency,
// each of which may be missing, but not all.
func (p *dateliner) corner() bool {
	head := p.rest()
	open, _ := utf8.DecodeRuneInString(head)
	closing := map[rune]string{'【': "】", '［': "］", '〔': "〕"}[open]
	inside, _, ok := strings.Cut(head, closing)
	if !ok {
		return false
	}
	end := p.i + len(inside) + len(closing)
	inside = inside[utf8.RuneLen(open):]
	for _, word := range strings.Fields(inside) {
		switch d, ok := date.Prefix(word); {
		case ok && d.Day != 0:
			p.d.date = d
		case isAgency(word):
			p.d.agency = word
		case isDayOfMonth(word):
		case p.d.place == "":
			p.d.place = word
		}
	}
	if !p.d.hasDate() && p.d.agency == "" {
		return false
	}
	p.i = end
	if m, ok := p.mark(); !ok || m != markDash {
		p.i = end
	}
	p.d.end = p.skip(p.i)
	return true
}

// isDayOfMonth reports whether a word is a day without its month: "１８日".
func isDayOfMonth(word string) bool {
	day, ok := strings.CutSuffix(word, "日")
	if !ok || day == "" {
		return false
	}
	for _, r := range day {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

// equation reads the Korean form: place and agency with an equals sign between
// them, and after the bracket the reporter and another one.
func (p *dateliner) equation() bool {
	head := p.rest()
	_, size := utf8.DecodeRuneInString(head)
	end := strings.IndexAny(head, ")]）")
	if end < 0 {
		return false
	}
	place, agency, ok := strings.Cut(head[size:end], "=")
	if first, _ := utf8.DecodeRuneInString(place); !ok || !unicode.Is(unicode.Hangul, first) || agency == "" || strings.Contains(agency, "=") {
		return false
	}
	_, closing := utf8.DecodeRuneInString(head[end:])
	p.d.place, p.d.agency = strings.TrimSpace(place), strings.TrimSpace(agency)
	p.d.end = p.skip(p.i + end + closing)
	if i := strings.Index(firstWords(p.s[p.d.end:], 90), "기자 ="); i >= 0 {
		p.d.end = p.skip(p.d.end + i + len("기자 ="))
	}
	return true
}
