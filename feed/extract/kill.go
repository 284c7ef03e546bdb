package extract

import (
	"strings"
	"unicode/utf8"

	"seedfeed/feed"
	"seedfeed/feed/extract/text"
)

// maxAdvisory is the longest text, in bytes, that is an advisory to editors and no
// story: agencies write a paragraph or two.
const maxAdvisory = 3000

// kill answers which story the document takes back: "MANDATORY KILL", "ADVISORY-
// ... withdrawn", "Attention editors: please disregard the story headlined ...".
//
// It takes two things, as a story may speak of either: the document is labelled as
// an advisory, in its slug, headline or first lines, and orders that a story is not
// to be used. A headline that is marked ("KILL-", "WITHDRAWN-", "ANNULE:") is both.
func kill(s *source, st *story, e *feed.Entry) {
	title := e.From.Title.Words
	headline, m := cutMarks(title)
	k := order{Kill: feed.Kill{From: feed.Evidence{Source: "headline", Words: title}}}
	if m.kill && m.kind == "" {
		k.Headline = headline
	}
	if st.size() > maxAdvisory {
		return
	}
	if k.Headline == "" {
		label := advisoryLabel(s, st, title)
		if label == "" || !st.ordersKill() {
			return
		}
		k.From = feed.Evidence{Source: "advisory", Words: label}
	}
	for i := range st.blocks {
		k.name(st.blocks[i].text)
	}
	for _, line := range deskLines(s, st) {
		if slug, ok := slugOf(line); ok && k.Slug == "" {
			k.Slug = slug
		}
	}
	k.Reason, k.Public = killReason(st), publicReason(s, st)
	e.Kill, e.Revision = &k.Kill, feed.Revision{}
	e.Status, e.Reason = feed.Held, "it is an advisory that takes a story back"
}

// size is the length of a text, in bytes.
func (st *story) size() int {
	size := 0
	for i := range st.blocks {
		size += len(st.blocks[i].text)
	}
	return size
}

// ordersKill reports whether a text says, below its headline, that a story is not
// to be used.
func (st *story) ordersKill() bool {
	for i := range st.blocks {
		if st.roles[i] != roleHeadline && ordersKill(st.blocks[i].text) {
			return true
		}
	}
	return false
}

// An order is a kill as it is read.
type order struct{ feed.Kill }

// advisoryLabel returns the line that says that a document is for editors, or "".
func advisoryLabel(s *source, st *story, title string) string {
	for _, line := range append([]string{title}, deskLines(s, st)...) {
		if isAdvisory(line) {
			return line
		}
	}
	for i := range st.blocks[:min(len(st.blocks), 3)] {
		if line := st.blocks[i].text; isAdvisory(line) {
			return firstWords(line, 100)
		}
	}
	return ""
}

// isAdvisory reports whether a line begins an advisory to editors.
func isAdvisory(line string) bool {
	if isSlug(line) && slugMark(line).kill {
		return true
	}
	if m, ok := readMark(line); ok && m.kill {
		return true
	}
	line = strings.TrimLeft(line, " *-–—#/")
	for _, label := range [...]string{
		"MANDATORY KILL", "STORY KILL", "KILL ADVISORY", "ADVISORY", "ATTENTION EDITOR", "ATTN EDITOR", "EDITORS:", "EDITORS,", "EDS:", "EDS.", "NOTE TO EDITORS", "EDITOR'S NOTE", "EDITORS' NOTE", "ATTENTION,", "ATTENTION :", "ATTENTION:",
		"ACHTUNG", "HINWEIS AN DIE REDAKTION", "REDAKTIONELLER HINWEIS", "AN DIE REDAKTION", "AVIS AUX RÉDACTION", "NOTE AUX RÉDACTION", "À L'ATTENTION DES RÉDACT",
		"ATENCIÓN", "AVISO A ", "NOTA A LOS EDITORES", "NOTA A LA REDACCI", "ATENÇÃO", "NOTA AOS EDITORES", "NOTA ALLE REDAZIONI", "AVVISO", "ATTENZIONE", "ВНИМАНИЮ РЕДАК", "ВНИМАНИЕ",
	} {
		if _, ok := cutLabel(line, label); ok {
			return true
		}
	}
	return false
}

// ordersKill reports whether a paragraph says that a story is not to be used.
func ordersKill(paragraph string) bool {
	lower := strings.ToLower(paragraph)
	for _, words := range [...]string{
		"kill the", "kill this", "kill our", "please kill", "kill bc-", "kill ap-", "disregard", "is withdrawn", "has been withdrawn", "was withdrawn", "are withdrawn", "being withdrawn", "withdraw the", "withdraws the", "withdraws its", "has withdrawn", "is killed", "has been killed", "do not use", "do not publish", "should not be used", "has been retracted", "is retracted",
		"nicht verwenden", "nicht zu verwenden", "nicht mehr verwenden", "nicht zu veröffentlichen", "nicht veröffentlichen", "zurückgezogen", "ziehen wir zurück", "zieht dpa", "annulliert", "gegenstandslos",
		"est annulé", "sont annulé", "annuler ", "annulons", "ne pas utiliser", "ne pas tenir compte", "ne pas publier", "est retiré",
		"queda anulad", "ha sido anulad", "anulen", "anular ", "anulamos", "no utilizar", "no publicar", "no difundir", "hagan caso omiso", "ha sido retirad",
		"deve ser desconsiderad", "desconsiderem", "favor desconsiderar", "foi anulad", "fica anulad", "não utilizar", "não publicar",
		"è annullat", "deve intendersi annullat", "annullare ", "non utilizzare", "non pubblicare", "è ritirat", "non tenere conto",
		"аннулир", "отзыва", "отозван", "не использовать", "не публиковать",
	} {
		if strings.Contains(lower, words) {
			return true
		}
	}
	return false
}

// killReason returns why a story is taken back, as editors are told: the clause
// that says so ("because ..."), or "".
func killReason(st *story) string {
	for i := range st.blocks {
		if _, public := forReaders(st.blocks[i].text); public {
			continue
		}
		for _, sentence := range text.Sentences(st.text(i), st.language) {
			for _, word := range [...]string{" because ", " due to ", ", weil ", " wegen ", " parce que ", " en raison ", " porque ", " debido a ", " perché ", " a causa ", " devido a ", ", так как ", " в связи с "} {
				if _, why, ok := strings.Cut(sentence, word); ok && why != "" && utf8.RuneCountInString(why) <= 200 {
					return text.OneLine(strings.Trim(word, " ,") + " " + strings.TrimRight(why, " ."))
				}
			}
		}
	}
	return ""
}

// maxPublicReason is the longest reason for readers, in characters.
const maxPublicReason = 300

// publicReason returns why a story is taken back, as its readers are to be told:
// what the advisory marks for publication. All else in it is for editors, and may
// tell what must not be public.
func publicReason(s *source, st *story) string {
	if v, ok := s.find(askCorrection); ok {
		return v.value
	}
	for i := range st.blocks {
		if reason, ok := forReaders(st.blocks[i].text); ok && utf8.RuneCountInString(reason) <= maxPublicReason {
			return text.OneLine(reason)
		}
	}
	return ""
}

// forReaders returns what a paragraph of an advisory says to readers: "For
// publication: ...", "Note to readers: ...".
func forReaders(paragraph string) (string, bool) {
	paragraph = strings.TrimLeft(paragraph, " *#(-–—")
	for _, label := range [...]string{
		"for publication:", "note to readers:", "to our readers:", "to readers:", "reason for publication:", "public reason:",
		"zur veröffentlichung:", "an die leser:", "an unsere leser:", "hinweis an die leser:", "hinweis für leser:",
		"pour publication:", "pour publication :", "note aux lecteurs:", "note aux lecteurs :", "à nos lecteurs:", "à nos lecteurs :",
		"para publicar:", "nota a los lectores:", "a los lectores:", "nota aos leitores:", "aos leitores:", "per la pubblicazione:", "nota ai lettori:", "ai lettori:",
		"для публикации:", "читателям:", "к читателям:",
	} {
		if rest, ok := cutLabel(paragraph, label); ok && rest != "" {
			return strings.TrimRight(rest, " )*"), true
		}
	}
	return "", false
}
