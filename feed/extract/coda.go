package extract

import (
	"strings"

	"golang.org/x/net/html"

	"seedfeed/feed/extract/text"
)

// readCoda gives what stands below a story and is about those who sent it its
// role: "About Harbour Lamp Co.", "Media contact:", "SOURCE Harbour Lamp Co.". It
// is published, for it belongs to a release, but tells nothing of its news.
//
// Such words open a text too (a README has a heading "About us"): only below a
// dateline, or a text of two paragraphs, they close one.
func (st *story) readCoda() {
	told := 0
	if st.at >= 0 {
		told = 1
	}
	for i := st.lead; i < len(st.blocks); i++ {
		b := st.blocks[i]
		switch {
		case st.roles[i] != roleBody || b.kind == blockVerbatim:
		case told >= 2 && startsCoda(b):
			for ; i < len(st.blocks); i++ {
				if st.roles[i] == roleBody {
					st.roles[i] = roleCoda
				}
			}
		case b.kind != blockHeading:
			told++
		}
	}
}

// startsCoda reports whether a block opens what is about the sender of a text.
func startsCoda(b block) bool {
	line := strings.TrimRight(strings.Trim(b.text, "*_#[]() "), ".")
	if line == "" || longer(line, 100) {
		return false
	}
	for _, label := range [...]string{
		"source:", "source :", "quelle:", "fuente:", "fonte:", "contact:", "contacts:", "contact information", "media contact", "press contact", "media inquiries", "media enquiries", "press inquiries", "press enquiries",
		"for more information, contact", "for more information contact", "for further information, contact", "for further information contact", "for further information, please contact", "notes to editors", "note to editors",
		"forward-looking statements", "safe harbor", "pressekontakt", "medienkontakt", "rückfragehinweis", "rückfragen", "ansprechpartner", "original-content von", "kontakt:", "contact presse", "contacts presse", "contacto:", "contacto de prensa",
		"contatto stampa", "contatti stampa", "contatti:", "contato:", "perscontact", "контакты", "контакт для",
	} {
		if _, ok := cutLabel(line, label); ok {
			return true
		}
	}
	switch rest, ok := strings.CutPrefix(line, "SOURCE "); {
	case ok:
		return startsUpper(rest) // of PR Newswire
	case strings.EqualFold(line, "contact"), strings.EqualFold(line, "contacts"), strings.EqualFold(line, "kontakt"):
		return true
	}
	return isAbout(line)
}

// isAbout reports whether a line stands above what a press office says of itself
// below each of its releases: "About Harbour Lamp Co.", "Über die Hafenlicht AG".
func isAbout(line string) bool {
	for _, label := range [...]string{"about ", "über ", "à propos de ", "a propos de ", "à propos d'", "acerca de ", "sobre ", "informazioni su ", "chi è ", "over ", "о компании "} {
		rest, ok := cutLabel(line, label)
		if !ok {
			continue
		}
		if endsQuestion(line) || wordCount(rest) > 8 || isDigits(firstWords(rest, 1)) {
			return false // "About 200 people", "Über 40 Verletzte"
		}
		for _, article := range [...]string{"the ", "die ", "den ", "das ", "la ", "le ", "el ", "il ", "l'"} {
			if after, ok := cutLabel(rest, article); ok {
				rest = after
				break
			}
		}
		return startsUpper(rest) || strings.EqualFold(rest, "author") || strings.EqualFold(rest, "company")
	}
	return false
}

// dropEnds takes out of the content of a page or of Markdown the line at its head
// that tells who wrote it, which the entry does itself, and the end marks, as they
// are left out of a text.
func (s *source) dropEnds(root *html.Node) {
	blocks := textBlocks(root)
	for _, n := range blocks[:min(len(blocks), maxHeadLines)] {
		words := text.OneLine(spacedText(n))
		if isByline(words) && s.isWrittenBy(words) && len(blocks) > 1 {
			dropBlock(n)
			break
		}
		if longer(words, longHead) {
			break
		}
	}
	for i := len(blocks) - 1; i > 0 && i >= len(blocks)-tailBlocks; i-- {
		if isHeadingElement(blocks[i].DataAtom) || !isEndMark(text.OneLine(spacedText(blocks[i]))) {
			break
		}
		dropBlock(blocks[i])
	}
}

// isWrittenBy reports whether a byline says nothing but what the entry does: that
// the author whom the document states wrote it, or it states none.
func (s *source) isWrittenBy(byline string) bool {
	v, ok := s.find(askAuthor)
	return !ok || strings.Contains(" "+foldWords(byline)+" ", " "+foldWords(v.value)+" ")
}
