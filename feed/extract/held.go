package extract

import (
	"fmt"
	"strings"
	"time"

	"seedfeed/feed"
)

// held answers whether the document may be published. One that says that it may
// not is held for good, one with an embargo until its time. Whether that time has
// come is for the caller, who has a clock.
func (x *Extractor) held(s *source, st *story, e *feed.Entry) {
	if _, ok := s.find(askMinor); ok {
		e.Minor = true
	}
	x.ends(s, e)
	for _, v := range s.stated {
		if v.ask == askDraft {
			e.Status, e.Reason = feed.Held, fmt.Sprintf("%s says %q", v.source, v.words())
			return
		}
	}
	for _, v := range s.stated {
		if v.ask != askEmbargo {
			continue
		}
		d, ok := grammar(e).Parse(v.value)
		if !ok || !d.Full() {
			e.Status, e.Reason = feed.Held, fmt.Sprintf("%s: the embargo %q is not a date", v.source, v.value)
			return
		}
		e.Until = x.dateOf(d)
		e.Status, e.Reason = feed.Held, fmt.Sprintf("embargo until %s (%s)", e.Until, v.source)
		return
	}
	// A hold that is set as the heading of a page was taken for its title.
	if title := e.From.Title; title.Source != frontMatter {
		if x.heldBy(title.Words, s.doc.ModTime, e); e.Status == feed.Held {
			return
		}
	}
	for i := range st.blocks[:min(len(st.blocks), headBlocks)] {
		if x.heldBy(st.blocks[i].text, s.doc.ModTime, e); e.Status == feed.Held {
			return
		}
		if i > st.lead {
			break
		}
	}
	for _, line := range s.desk {
		if x.heldBy(line, s.doc.ModTime, e); e.Status == feed.Held {
			return
		}
	}
}

// heldBy holds an entry if a line of its head says so.
func (x *Extractor) heldBy(line string, fileTime time.Time, e *feed.Entry) {
	switch {
	case isEmbargo(line):
		x.embargo(line, fileTime, e)
	case isReleaseTime(line):
		if until, err := x.embargoEnd(line, fileTime, e); err == nil {
			e.Until = until
			e.Status, e.Reason = feed.Held, fmt.Sprintf("embargo until %s (%q)", until, line)
		}
	case holds(line):
		e.Status, e.Reason = feed.Held, fmt.Sprintf("the text says %q", line)
	}
}

// ends answers until when the document may be public.
func (x *Extractor) ends(s *source, e *feed.Entry) {
	v, ok := s.find(askExpires)
	if !ok {
		return
	}
	if d, ok := grammar(e).Parse(v.value); ok && d.Full() {
		e.Ends = x.dateOf(d)
		return
	}
	e.Notes = append(e.Notes, fmt.Sprintf("expires: %q is not a date; the entry stays", v.value))
}

// holds reports whether a line in the head of a text forbids to publish it, and
// names no time. A line about those who are to be asked is no such order: see
// isPrivateContact.
func holds(line string) bool {
	if longer(line, 100) || isPrivateContact(line) {
		return false
	}
	switch strings.ToUpper(strings.Trim(line, " .:*-–—!#[]()")) {
	case "DRAFT", "HOLD", "INTERNAL", "CONFIDENTIAL", "ENTWURF", "BROUILLON", "BORRADOR", "BOZZA", "RASCUNHO", "ЧЕРНОВИК", "HOLD FOR RELEASE", "ON HOLD":
		return true
	}
	parts := strings.FieldsFunc(strings.ToUpper(line), func(r rune) bool { return strings.ContainsRune(".,:;*-–—!#[]()/|", r) })
	for _, part := range parts {
		switch strings.TrimSpace(part) {
		case "NOT FOR PUBLICATION", "DO NOT PUBLISH", "NOT TO BE PUBLISHED", "DO NOT RELEASE", "NOT FOR RELEASE",
			"NICHT ZUR VERÖFFENTLICHUNG", "NICHT ZUR VERÖFFENTLICHUNG BESTIMMT", "NICHT VERÖFFENTLICHEN", "NICHT FREIGEGEBEN",
			"NE PAS PUBLIER", "NE PAS DIFFUSER", "NO PUBLICAR", "NO DIFUNDIR", "NO PARA PUBLICAR", "NON PUBBLICARE", "NON DIFFONDERE", "NÃO PUBLICAR", "NÃO DIVULGAR",
			"НЕ ДЛЯ ПУБЛИКАЦИИ", "НЕ ПУБЛИКОВАТЬ":
			return true
		}
	}
	return false
}
