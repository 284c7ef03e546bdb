package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"seedfeed/feed"
	"seedfeed/feed/extract/text"
)

// isDeskNote reports whether a paragraph is for desks wherever in a text it stands:
// "Eds: Photos to come." An "Editor's note" is for readers, and the "Notes to
// editors" below a press release are public.
func isDeskNote(line string) bool {
	line = strings.TrimLeft(line, "([ ")
	for _, label := range [...]string{"Eds:", "EDS:", "Eds.:", "Eds.,", "EDS.:", "ATTENTION EDITORS", "Attention editors", "ATTN EDITORS", "Attn editors"} {
		if strings.HasPrefix(line, label) {
			return true
		}
	}
	return isPrivateContact(line)
}

// cutDesk takes out of a story the paragraphs that are for desks, and the lines of
// a contact below the one that says that it is not for publication.
func (st *story) cutDesk() {
	open := false
	for i, b := range st.blocks {
		switch {
		case st.roles[i] == roleEnd:
			open = false
		case b.kind == blockParagraph && isDeskNote(b.text):
			st.roles[i], open = roleNote, isPrivateContact(b.text)
		case open && isContactLine(b.text):
			st.roles[i] = roleNote
		default:
			open = false
		}
	}
}

// isContactLine reports whether a line may go on with a contact: a name, a number,
// an address.
func isContactLine(line string) bool {
	return !longer(line, 80) && (!endsSentence(line) || strings.ContainsAny(line, "@+"))
}

// dropDesk takes out of the content of a page what is for desks and not for
// readers, and keeps it in s.desk.
func (s *source) dropDesk(root *html.Node) {
	const above = 6 // paragraphs that may hold remarks
	var found []*html.Node
	n, open := 0, false
	for p := range root.Descendants() {
		if p.DataAtom != atom.P {
			continue
		}
		n++
		line := strings.Join(strings.Fields(textOf(p)), " ")
		switch {
		case line == "":
		case isDeskNote(line):
			found, open = append(found, p), isPrivateContact(line)
		case open && isContactLine(line):
			found = append(found, p)
		case n <= above && (isEmbargo(line) || holds(line) || line[0] == '(' && isBracketNote(line) && remarkMark(line).kind != ""):
			found, open = append(found, p), false
		default:
			open = false
		}
	}
	for _, p := range found {
		s.desk = append(s.desk, strings.Join(strings.Fields(textOf(p)), " "))
		remove(p)
	}
}

// cut answers which lines are left out of the content, since they are for editors.
func cut(s *source, st *story, e *feed.Entry) {
	const most, longest = 20, 200
	lines := s.desk[:len(s.desk):len(s.desk)]
	for i := range st.blocks {
		if s.content == "" && st.roles[i] == roleNote && !isPublicNote(st.blocks[i].text) {
			lines = append(lines, st.blocks[i].text)
		}
	}
	if st.private != "" {
		lines = append(lines, st.private+" ...")
	}
	for _, line := range lines[:min(len(lines), most)] {
		e.Cut = append(e.Cut, text.OneLine(firstWords(line, longest)))
	}
}

// isPublicNote reports whether a note above a story is for readers too.
func isPublicNote(line string) bool {
	rest, ok := cutLabel(line, "editor's note")
	if !ok {
		if rest, ok = cutLabel(line, "editors' note"); !ok {
			rest, ok = cutLabel(line, "editor’s note")
		}
	}
	return ok && strings.TrimLeft(rest, " :_—–-") != ""
}
