package extract

import (
	"path"
	"strings"
	"unicode"

	"seedfeed/feed"
)

// revision answers whether the document is a later version of a story, by the
// marks that agencies put on its headline ("UPDATE 2-"), its slug ("1st
// Ld-Writethru"), lines of their own ("2ND LEAD") and remarks in brackets ("(Adds
// comments)"), and by the name of its file (story-v2.txt). It also keeps the slug.
//
// The first that says why tells the kind; the number is the highest that any gives.
func revision(s *source, st *story, e *feed.Entry) {
	r := &e.Revision
	_, headline := cutMarks(e.From.Title.Words)
	mark(r, headline, "headline", e.From.Title.Words)
	for _, line := range deskLines(s, st) {
		if slug, ok := slugOf(line); ok && e.Slug == "" {
			e.Slug = slug
		}
		switch {
		case isSlug(line):
			mark(r, slugMark(line), "slug", line)
		case strings.HasPrefix(line, "("):
			mark(r, remarkMark(line), "remark", line)
		case isTakeLine(line):
			m, _ := readMark(line)
			mark(r, m, "line above the story", line)
		}
	}
	if r.IsZero() {
		name := path.Base(s.doc.Path)
		stem, m := nameMark(name)
		if mark(r, m, "file name", name); !r.IsZero() {
			r.ByName, r.Stem = true, path.Join(path.Dir(s.doc.Path), stem)
		}
	}
}

// mark adds what one mark says to a revision.
func mark(r *feed.Revision, m versionMark, source, words string) {
	if m.kind == "" {
		return
	}
	r.Number = max(r.Number, m.number)
	if r.Kind == "" {
		r.Kind, r.From = m.kind, feed.Evidence{Source: source, Words: words}
	}
}

// deskLines returns the lines of a document that are for editors and stand above
// the story, also those that a transmission keeps apart.
func deskLines(s *source, st *story) []string {
	lines := s.desk
	for i := range st.blocks[:min(len(st.blocks), headBlocks)] {
		if st.roles[i] == roleNote {
			lines = append(lines[:len(lines):len(lines)], st.blocks[i].text)
		}
	}
	return lines
}

// slugOf returns the key words of a slug line, without what says of which version
// they are: "BC-US--Giant Lobster Death, 1st Ld-Writethru,127<" is
// "BC-US--Giant Lobster Death".
func slugOf(line string) (string, bool) {
	if rest, ok := cutLabel(line, "slug:"); ok {
		return rest, rest != ""
	}
	if !isSlug(line) || isWireHead(line) {
		return "", false
	}
	slug, _, _ := strings.Cut(strings.Trim(line, "<^/ "), ",")
	return strings.TrimSpace(slug), slug != ""
}

// cutLabel cuts a label in small letters off a line, however the line spells it.
func cutLabel(line, label string) (string, bool) {
	if len(line) < len(label) || !strings.EqualFold(line[:len(label)], label) {
		return line, false
	}
	return strings.TrimSpace(line[len(label):]), true
}

// slugMark reads the mark in a slug line: what stands between its commas.
func slugMark(line string) versionMark {
	for part := range strings.SplitSeq(strings.TrimRight(line, "< "), ",") {
		if m, ok := readMark(strings.TrimSpace(part)); ok {
			return m
		}
	}
	return versionMark{}
}

// remarkMark reads a remark in brackets: "(Adds comments, detail)", "(In Jan. 3
// story, corrects ...)", "(Neu: weitere Einzelheiten)".
func remarkMark(line string) versionMark {
	word, _, _ := strings.Cut(strings.TrimLeft(line, "( "), " ")
	switch strings.ToLower(strings.Trim(word, ",.)")) {
	case "new:", "neu:", "actualisation:", "actualización:", "ampliación:":
		return versionMark{kind: feed.Update}
	case "correction:", "corrección:", "berichtigung:", "korrektur:", "correção:":
		return versionMark{kind: feed.Correction}
	case "wiederholung:":
		return versionMark{kind: feed.Repeat}
	case "adds", "updates", "updating", "recasts", "rewrites", "writes", "releads", "ajoute", "actualise", "actualiza", "amplía", "añade", "atualiza", "acrescenta", "aggiorna", "aggiunge", "aktualisiert", "ergänzt", "дополнено", "обновлено":
		return versionMark{kind: feed.Update}
	case "corrects", "correcting", "corrected", "clarifies", "removes", "corrige", "rectifie", "corregido", "corrigido", "corregge",
		"rettifica", "berichtigt", "korrigiert", "исправлено", "уточнено":
		return versionMark{kind: feed.Correction}
	case "refiles", "refiling":
		return versionMark{kind: feed.Refile}
	case "repeats", "repeating", "répète", "repite", "repete", "ripete", "wiederholt", "повтор":
		return versionMark{kind: feed.Repeat}
	case "in":
		if strings.Contains(line, "correct") {
			return versionMark{kind: feed.Correction}
		}
	}
	return versionMark{}
}

// nameMark reads the version in the name of a file, and returns the name without
// it: story-v2.txt, story_update1.txt, story-corrected.txt. A bare number is no
// version: it may be a day, a part or a copy.
func nameMark(name string) (stem string, m versionMark) {
	name = strings.TrimSuffix(name, path.Ext(name))
	stem = strings.TrimRightFunc(name, unicode.IsDigit)
	number := numberOf(name[len(stem):])
	stem = strings.TrimRight(stem, "-_. ")
	i := strings.LastIndexAny(stem, "-_. ")
	if i <= 0 || number > maxNameVersion {
		return name, m
	}
	switch word := strings.ToLower(stem[i+1:]); word {
	case "v", "ver", "version", "rev", "fassung", "update", "upd", "writethru", "ld", "lead":
		if number > 0 { // "december-update" is about something else
			m = versionMark{kind: feed.Update, number: number}
		}
	case "corrected", "correction", "berichtigt", "korrektur", "rectificatif", "correccion":
		m = versionMark{kind: feed.Correction, number: number}
	case "refile":
		m = versionMark{kind: feed.Refile, number: number}
	case "rpt":
		m = versionMark{kind: feed.Repeat, number: number}
	}
	if m.kind == "" {
		return name, m
	}
	return strings.TrimRight(stem[:i], "-_. "), m
}

// maxNameVersion is the highest number in the name of a file that counts versions:
// v2026 is a year.
const maxNameVersion = 50

// numberOf returns the number that a few digits are, or 0.
func numberOf(digits string) int {
	n := 0
	for _, r := range digits {
		if r < '0' || r > '9' || n > 9999 {
			return 0
		}
		n = 10*n + int(r-'0')
	}
	return n
}
