package extract

import (
	"strings"
	"unicode"
)

// isNote reports whether a line above a story is for editors and not for
// readers: a slug, the number of a take, what was corrected, a picture.
func isNote(line string) bool {
	line = strings.TrimSpace(line)
	if line == "" || len(line) > 600 {
		return false
	}
	return isBracketNote(line) || isTakeLine(line) || isSlug(line) || hasNoteLabel(line) || isRelease(line) || isEmbargo(line) || holds(line) || isPrivateContact(line)
}

// isBracketNote reports whether a line is a remark in brackets: "(Adds comments,
// detail)", "(In Jan. 3 story, corrects ...)".
func isBracketNote(line string) bool {
	if line[0] != '(' || !strings.HasSuffix(line, ")") {
		return false
	}
	word, _, _ := strings.Cut(line[1:], " ")
	switch strings.ToLower(strings.Trim(word, ",:.)")) {
	case "edits", "changes", "new", "with", "eds", "for", "précise", "restores", "trims":
		return true
	}
	return remarkMark(line).kind != ""
}

// isTakeLine reports whether a line numbers a version, and says no more: "1ST
// LEAD", "URGENT", "EXTRA", "REFILE".
func isTakeLine(line string) bool {
	if len(line) > 40 {
		return false
	}
	words := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '-' || r == ',' || r == ':' || r == '*' })
	if len(words) == 0 || !isCapitals(line) {
		return false
	}
	for _, w := range words {
		switch strings.ToUpper(strings.Trim(w, ".()")) {
		case "LEAD", "LD", "1ST", "2ND", "3RD", "4TH", "5TH", "6TH", "7TH", "8TH", "9TH", "EXTRA", "REFILE", "URGENT", "BULLETIN", "FLASH", "ALERT",
			"WRITETHRU", "UPDATE", "CORRECTED", "CORRECTION", "REPEAT", "RPT", "ADVISORY", "ROUNDUP", "WRAPUP", "TAKE", "EDS", "NOTE", "FIRST",
			"SECOND", "THIRD", "ADD", "SUB", "KILL", "MANDATORY", "WITHDRAWN", "EIL", "EILMELDUNG", "KORREKTUR", "ZUSAMMENFASSUNG", "NEU", "FINAL", "TRANSLATED":
		default:
			_, ok := readMark(line)
			return ok
		}
	}
	return true
}

// isSlug reports whether a line is the slug of a wire: key words without spaces
// around their marks, such as "BC-US--Ethanol-Losing Grassland, 1st
// Ld-Writethru,1140<" or "Germany-politics/"; or the line that heads a
// transmission.
func isSlug(line string) bool {
	switch {
	case strings.HasPrefix(line, "BC-"), strings.HasPrefix(line, "AP-") && strings.Contains(line, "--"),
		strings.HasPrefix(line, "AM-") && strings.Contains(line, "--"), strings.HasPrefix(line, "PM-") && strings.Contains(line, "--"):
		return true
	case strings.HasSuffix(line, "/") && !strings.Contains(line, "://") && wordCount(line) <= 6 && !strings.HasPrefix(line, "/"):
		return true
	case strings.HasSuffix(line, "<") && strings.Contains(line, ","):
		return true
	}
	return isWireHead(line)
}

// isWireHead reports whether a line has the fields of the head of IPTC 7901, 3.2:
// service and number, priority, category, words: "eca062 4 i 211 dpa 0061".
func isWireHead(line string) bool {
	service, _, _ := strings.Cut(strings.TrimLeft(line, " "), " ")
	if len(service) > 10 || strings.IndexFunc(service, unicode.IsDigit) <= 0 {
		return false
	}
	fields := strings.Fields(line)
	if len(fields) < 4 || len(fields) > 9 {
		return false
	}
	isNumber := func(s string) bool { return strings.Trim(s, "0123456789") == "" }
	return isNumber(fields[1]) && len(fields[1]) == 1 &&
		len(fields[2]) <= 3 && isNumber(fields[3])
}

// hasNoteLabel reports whether a line starts with a label of notes to editors.
func hasNoteLabel(line string) bool {
	for _, label := range [...]string{
		"Eds:", "EDS:", "Eds.:", "EDITOR'S NOTE", "EDITORS' NOTE", "Editor's note:", "Editors:", "NOTE TO EDITORS", "Note to editors", "Notes to editors",
		"AP Photo", "AP Video", "Contact:", "Contacts:", "CONTACT:", "Media contact:", "Media Contact:", "MEDIA CONTACT:", "Press contact:", "Press Contact:", "Attention editors", "ATTENTION EDITORS", "N i e u w bericht", "Ed:", "Slug:", "SLUG:", "Keywords:", "For use by",
		"Перейти в фотобанк", "Читать ria.ru в", "© РИА Новости", "© Sputnik", "Getty Images", "© AP Photo",
	} {
		if strings.HasPrefix(line, label) {
			return true
		}
	}
	return isCaption(line)
}

// isCaption reports whether a line is the alternative text of a picture that was
// copied with a page of RIA Novosti: "... - РИА Новости, 1920, 23.09.2021".
func isCaption(line string) bool {
	i := strings.LastIndex(line, " - РИА Новости, ")
	return i > 0 && len(line)-i < 60
}

// isRelease reports whether a line releases a text and says no more. A line that
// also tells when is a stamp.
func isRelease(line string) bool {
	if longer(line, 60) {
		return false
	}
	switch strings.ToUpper(strings.Trim(line, " .:*-–—!")) {
	case "FOR IMMEDIATE RELEASE", "FOR RELEASE", "PRESS RELEASE", "NEWS RELEASE", "MEDIA RELEASE", "PRESSEMITTEILUNG", "COMMUNIQUÉ DE PRESSE",
		"COMUNICADO DE PRENSA", "COMUNICATO STAMPA", "PRESSMEDDELANDE", "ПРЕСС-РЕЛИЗ", "SOFORTFREIGABE":
		return true
	}
	return false
}

// isPrivateContact reports whether a line names those who may be asked about a
// text, and says that this is for editors: "Media contact (not for publication):
// Jane Doe, 555 0100".
func isPrivateContact(line string) bool {
	if longer(line, 200) {
		return false
	}
	lower := strings.ToLower(line)
	private := false
	for _, words := range [...]string{"not for publication", "not for release", "nicht zur veröffentlichung", "ne pas publier", "no publicar", "non pubblicare", "não publicar", "не для публикации"} {
		private = private || strings.Contains(lower, words)
	}
	if !private {
		return false
	}
	for _, words := range [...]string{"contact", "phone", "mobile", "e-mail", "email", "kontakt", "rückfragen", "ansprechpartner", "contacto", "contatto", "contato", "контакт"} {
		if strings.Contains(lower, words) {
			return true
		}
	}
	return false
}
