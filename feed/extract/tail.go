package extract

import (
	"strings"
	"unicode"
)

// tailBlocks is how far from the end marks are looked for.
const tailBlocks = 6

// readTail gives the end marks of a story, and what follows them, their role.
func (st *story) readTail() {
	st.cutPrivate()
	n := len(st.blocks)
	for n > 0 && st.roles[n-1] == roleEnd {
		n--
	}
	for i := n - 1; i >= max(0, n-tailBlocks); i-- {
		b := &st.blocks[i]
		switch {
		case i == 0: // a mark alone is all that there is
			st.cutEndWord(b)
			return
		case b.kind == blockHeading:
			return
		case isEndLine(b.text):
			st.endLine = b.text
			st.roles[i] = roleEnd
		case isEndMark(b.text):
			st.creditOf(b.text)
			st.roles[i] = roleEnd
		default:
			st.cutEndWord(b)
			return
		}
	}
}

// cutPrivate ends a story where a part begins that its agency does not publish:
// the notebook and the contacts of dpa. The line that closes the transmission
// stands below it.
func (st *story) cutPrivate() {
	for i := range st.blocks {
		if !startsPrivate(st.blocks[i].text) {
			continue
		}
		st.private = st.blocks[i].text
		for j := i; j < len(st.blocks); j++ {
			st.roles[j] = roleEnd
			if isEndLine(st.blocks[j].text) {
				st.endLine = st.blocks[j].text
			}
		}
		for i > 0 && strings.Trim(st.blocks[i-1].text, "*-_ ") == "" {
			i--
			st.roles[i] = roleEnd
		}
		return
	}
}

// startsPrivate reports whether a line opens what is not for readers.
func startsPrivate(line string) bool {
	const longest = 120 // characters
	start := strings.TrimLeft(line, "#* ")
	for _, label := range [...]string{"the following information is not intended for publication", "die folgenden informationen sind nicht zur ver"} {
		if _, ok := cutLabel(start, label); ok {
			return !longer(line, longest)
		}
	}
	if len(line) > longest {
		return false
	}
	marked := strings.HasPrefix(line, "#") || strings.HasPrefix(line, "*")
	switch strings.ToLower(strings.TrimRight(start, " :.*")) {
	case "notebook", "editorial contacts", "redaktionelle hinweise", "orte", "note to editors", "refile":
		return marked // without the mark of dpa it is a heading, or a note of a press office
	case "dpa notebook", "not for publication":
		return true
	}
	return false
}

// maxEndMark is the longest end mark, in bytes.
const maxEndMark = 60

// isEndMark reports whether a line ends a story and says no more.
func isEndMark(line string) bool {
	line = strings.TrimSpace(line)
	if len(line) > maxEndMark || line == "" {
		return false
	}
	bare := strings.Trim(line, "-–—_*#=/<>()[] .~•\u00a0")
	switch strings.ToUpper(bare) {
	case "0":
		return line != bare // -0- of PR Newswire and the Associated Press
	case "", "30", "REUTER", "REUTERS", "انتهى":
		return true
	case "ENDS", "END", "ENDE", "FIN", "FINE", "КОНЕЦ", "MORE", "ENDIT":
		return isCapitals(bare) || strings.TrimRight(line, ".") != bare // the word alone may be one
	}
	switch {
	case strings.HasPrefix(line, "==") || line[0] == '(' && isAgency(bare): // ==Kyodo, (AFP)
		return true
	case isAgency(bare) && bare == line && isCapitals(line):
		return true
	}
	return isInitials(line) || isArabicClock(line)
}

// isInitials reports whether a line is the initials of those who worked on a
// story: "daa/mt/msr", "asl/tib/pid/cac", "dpa al rmo hct rmo".
func isInitials(line string) bool {
	if rest, ok := strings.CutPrefix(line, "dpa "); ok && len(rest) < 30 && strings.ToLower(rest) == rest {
		return true
	}
	parts := strings.Split(line, "/")
	if len(parts) < 2 || len(line) > 30 {
		return false
	}
	for _, p := range parts {
		if len(p) < 2 || len(p) > 4 {
			return false
		}
		for _, r := range p {
			if !unicode.IsLower(r) {
				return false
			}
		}
	}
	return true
}

// isArabicClock reports whether a line is the time at which the Saudi Press
// Agency sent a story: "20:26 ت م".
func isArabicClock(line string) bool {
	rest, ok := strings.CutSuffix(line, "ت م")
	return ok && strings.Trim(rest, " 0123456789:") == ""
}

// cutEndWord cuts the end mark off the last paragraph of a story, where wires put
// it too: "... was scheduled to close. Reuter".
func (st *story) cutEndWord(b *block) {
	t := strings.TrimSpace(b.text)
	i := strings.LastIndexAny(t, " \u00a0")
	if i < 0 {
		return
	}
	last := strings.Trim(t[i:], " \u00a0")
	before := strings.TrimRight(t[:i], " \u00a0")
	if bare := strings.TrimSuffix(last, "."); strings.HasPrefix(bare, "(") && strings.HasSuffix(bare, ")") && isAgency(strings.Trim(bare, "()")) && endsSentence(before) {
		b.text = before // "... said. (ANSA)."
		st.creditOf(bare)
		return
	}
	switch {
	case last == "Reuter" || last == "REUTER" || last == "EFE" || last == "-30-" || last == "###" || last == "ENDS":
	case last == "Reuters" && endsSentence(before):
	default:
		return
	}
	if !strings.ContainsAny(before[max(0, len(before)-2):], ".!?\"'”)") && last != "Reuter" && last != "REUTER" {
		return
	}
	b.text = before
	st.creditOf(last)
}

// creditOf keeps the agency that an end mark names.
func (st *story) creditOf(words string) {
	if name, ok := knownAgency(strings.Trim(words, "=()[]/ .")); ok && st.credit.name == "" {
		st.credit = credit{name: name, source: "end mark", words: words}
	}
}
