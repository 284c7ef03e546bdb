package extract

import (
	"slices"
	"strings"
	"unicode"

	"seedfeed/feed"
)

// A versionMark is what a desk put on a text to tell that it was sent before.
type versionMark struct {
	kind   feed.RevisionKind
	number int  // 0 when there is none
	kill   bool // the story is taken back
}

// maxMark is the longest mark before a headline, in bytes.
const maxMark = 40

// cutMarks cuts the marks of a version off a headline, before it ("UPDATE 2-",
// "CORRECTED(OFFICIAL)-UPDATE 1-", "(2nd LD) ", "KORREKTUR: ") and, as Bloomberg
// has them, behind it ("(Update2)"). The kind is that of the first mark.
func cutMarks(headline string) (rest string, m versionMark) {
	rest = headline
	for {
		one, after, ok := cutMark(rest)
		if !ok {
			break
		}
		m.join(one)
		rest = after
	}
	if i := strings.LastIndexByte(rest, '('); i > 0 && strings.HasSuffix(rest, ")") {
		inner := rest[i+1 : len(rest)-1]
		if one, ok := readMark(strings.ToUpper(inner)); ok && one.number > 0 && len(inner) < 12 {
			m.join(one)
			rest = strings.TrimSpace(rest[:i])
		}
	}
	return rest, m
}

// join adds a mark that stands behind this one.
func (m *versionMark) join(other versionMark) {
	if m.kind == "" {
		m.kind = other.kind
	}
	m.number = max(m.number, other.number)
	m.kill = m.kill || other.kill
}

// cutMark cuts one mark off the beginning of a headline.
func cutMark(s string) (m versionMark, rest string, ok bool) {
	s = strings.TrimLeft(s, " >*+")
	if inner, ok := strings.CutPrefix(s, "("); ok {
		words, rest, closed := strings.Cut(inner, ")")
		if m, ok = readMark(words); !closed || !ok || len(words) > maxMark {
			return m, s, false
		}
		rest = strings.TrimLeft(rest, " -–—:")
		return m, rest, hasWords(rest)
	}
	rest = s
	for i, r := range firstWords(s, maxMark) { // the longest: "1st Ld-Writethru-" is one
		if !strings.ContainsRune("-–—:/", r) {
			continue
		}
		words := strings.TrimSpace(s[:i])
		if one, is := readMark(words); is && one.standsAlone(words, r) {
			m, ok = one, true
			rest = strings.TrimLeft(s[i:], " -–—:/")
		}
	}
	rest = strings.TrimLeft(strings.TrimPrefix(rest, "(OFFICIAL)"), " -–—:/")
	return m, rest, ok && hasWords(rest)
}

// standsAlone reports whether words before a separator are a mark and no beginning
// of a headline: in small letters they may be ("Update: ...", "Lead: ..."), and
// "LEAD:" and "ROUNDUP:" are no versions without a number.
func (m versionMark) standsAlone(words string, separator rune) bool {
	numbered := m.number > 0
	switch first, _, _ := strings.Cut(strings.ToUpper(words), " "); first {
	case "LEAD", "ROUNDUP", "PUNTO", "RESUMEN", "ZUSAMMENFASSUNG", "REPRISE", "UPD", "WRITETHRU":
		return numbered
	case "BERICHTIGUNG", "KORREKTUR", "WIEDERHOLUNG", "RECTIFICATIF", "CORRECCIÓN", "CORREÇÃO", "RETTIFICA":
		return separator == ':' || isUpper(words)
	}
	return isUpper(words) || isOrdinal(words)
}

// isUpper reports whether words are in capitals.
func isUpper(words string) bool {
	return !strings.ContainsFunc(words, unicode.IsLower) && strings.ContainsFunc(words, unicode.IsUpper)
}

// isOrdinal reports whether words begin with "1st", "2nd", ...: no headline does in
// front of "Ld".
func isOrdinal(words string) bool {
	first, rest, _ := strings.Cut(words, " ")
	return ordinal(strings.ToUpper(first)) > 0 && len(rest) >= 2 && strings.EqualFold(rest[:2], "ld")
}

// ordinal returns the number of "1ST", "2ND", or 0.
func ordinal(word string) int {
	for _, ending := range [...]string{"ST", "ND", "RD", "TH"} {
		if digits, ok := strings.CutSuffix(word, ending); ok && digits != "" {
			return numberOf(digits)
		}
	}
	return 0
}

// readMark reads words that mark a version and say no more: "UPDATE 2", "2nd
// Ld-Writethru", "ANNULE ET REMPLACE", "Zusammenfassung 1800".
func readMark(words string) (m versionMark, ok bool) {
	var most [6]string // a longer line is none, and is not read to its end
	fields := most[:0]
	for field := range strings.FieldsFuncSeq(words, func(r rune) bool { return r == ' ' || r == '-' || r == ',' || r == '(' || r == ')' || r == '*' }) {
		if len(fields) == len(most) {
			return m, false
		}
		fields = append(fields, field)
	}
	if len(fields) == 0 {
		return m, false
	}
	fillers := 0
	for i, field := range fields {
		word := strings.ToUpper(strings.Trim(field, ".:"))
		stem := strings.TrimRightFunc(word, unicode.IsDigit)
		if n := ordinal(word); n > 0 {
			m.number = max(m.number, n)
			continue
		}
		if stem == "" {
			m.number = max(m.number, numberOf(word))
			continue
		}
		m.number = max(m.number, numberOf(word[len(stem):]))
		kind, known := markWords[stem]
		switch {
		case known && kind == "":
			m.kill = true
		case known:
			if m.kind == "" || slices.Contains(replaces, stem) {
				m.kind = kind
				m.kill = m.kill && !slices.Contains(replaces, stem)
			}
		case i > 0 && isFiller(word), i == 0 && word == "MANDATORY":
			fillers++
		default:
			return versionMark{}, false
		}
	}
	return m, (m.kind != "" || m.kill) && fillers <= 3
}

// replaces are the words that make a mark of "ANNULE": the text is taken back for
// this one, and does not go without it.
var replaces = []string{"REMPLACE", "SOSTITUISCE", "SUSTITUYE", "SUBSTITUI"}

// isFiller reports whether a word may stand in a mark beside the one that counts.
func isFiller(word string) bool {
	switch word {
	case "OFFICIAL", "ET", "E", "Y", "UHR", "STORY", "ALL", "HEADLINE", "1ST", "ADDS":
		return true
	}
	return false
}

// markWords are the words that mark a version, in capitals, and the kind that they
// tell: of Reuters in its languages, AP, AFP, dpa, dpa-AFX, EFE, ANSA, Lusa, Kyodo,
// Yonhap, Interfax, ANP. An empty kind takes the story back.
var markWords = map[string]feed.RevisionKind{
	"UPDATE": feed.Update, "WRAPUP": feed.Update, "LD": feed.Update, "LEAD": feed.Update, "WRITETHRU": feed.Update, "WRITETHROUGH": feed.Update, "UPD": feed.Update,
	"NEUFASSUNG": feed.Update, "ZUSAMMENFASSUNG": feed.Update, "ROUNDUP": feed.Update, "AKTUALISIERUNG": feed.Update,
	"ACTUALISATION": feed.Update, "ACTUALIZA": feed.Update, "ACTUALIZACIÓN": feed.Update, "ACTUALIZACION": feed.Update, "AMPLIACIÓN": feed.Update, "AMPLÍA": feed.Update,
	"RESUMEN": feed.Update, "ATUALIZA": feed.Update, "ATUALIZAÇÃO": feed.Update, "AGGIORNA": feed.Update, "AGGIORNAMENTO": feed.Update, "PUNTO": feed.Update,
	"ОБНОВЛЕНО": feed.Update, "ДОПОЛНЕНО": feed.Update,

	"CORRECTED": feed.Correction, "CORRECTION": feed.Correction, "CORR": feed.Correction,
	"BERICHTIGUNG": feed.Correction, "BERICHTIGT": feed.Correction, "KORREKTUR": feed.Correction, "KORRIGIERT": feed.Correction,
	"RECTIFICATIF": feed.Correction, "RECTIFIÉ": feed.Correction, "CORRIGÉ": feed.Correction, "REMPLACE": feed.Correction,
	"CORRECCIÓN": feed.Correction, "CORRECCION": feed.Correction, "CORREGIDO": feed.Correction, "SUSTITUYE": feed.Correction,
	"CORREÇÃO": feed.Correction, "CORRIGIDO": feed.Correction, "SUBSTITUI": feed.Correction,
	"RETTIFICA": feed.Correction, "CORRETTO": feed.Correction, "CORREZIONE": feed.Correction, "SOSTITUISCE": feed.Correction,
	"ИСПРАВЛЕНО": feed.Correction, "УТОЧНЕНИЕ": feed.Correction, "CORRECTIE": feed.Correction,

	"REFILE": feed.Refile, "REFILED": feed.Refile,

	"RPT": feed.Repeat, "REPEAT": feed.Repeat, "WDH": feed.Repeat, "WDHLG": feed.Repeat, "WIEDERHOLUNG": feed.Repeat, "RÉPÉTITION": feed.Repeat,
	"REPITE": feed.Repeat, "REPETICIÓN": feed.Repeat, "REPETIÇÃO": feed.Repeat, "RIPETIZIONE": feed.Repeat, "ПОВТОР": feed.Repeat, "HERHALING": feed.Repeat,

	"KILL": "", "WITHDRAWN": "", "ANNULLIERT": "", "ANNULLIERUNG": "", "RÜCKRUF": "", "ZURÜCKGEZOGEN": "", "ANNULE": "", "ANNULÉ": "", "ANNULATION": "",
	"ANULADO": "", "ANULADA": "", "ANULACIÓN": "", "ANULACION": "", "ANULA": "", "ANULAÇÃO": "", "ANNULLATO": "", "ANNULLATA": "", "ANNULLA": "", "ANNULLAMENTO": "",
	"АННУЛИРОВАНО": "", "ОТОЗВАНО": "", "ОТЗЫВ": "",
}
