package extract

import (
	"strings"

	"seedfeed/feed/extract/text"
)

// A role tells what a block does in a story.
type role int

const (
	roleBody     role = iota // the story itself
	roleHeadline             // above it
	roleSubhead              // between headline and story: a standfirst, a bullet
	roleByline               // who wrote it
	roleStamp                // when it was published, on a line of its own
	roleNote                 // for editors: a slug, what was corrected, a picture
	roleCoda                 // below it, about those who sent it
	roleEnd                  // an end mark, and what follows it
)

// A story is the text of a source with its parts told apart.
type story struct {
	blocks []block
	roles  []role // of the blocks

	headline int // the block that is the headline, or -1
	at       int // the block with the dateline, or -1
	lead     int // the block where the story begins; len(blocks) when there is none

	dateline dateline
	bylines  []string // the lines as written
	credit   credit   // an agency named by a byline or an end mark
	stamps   []stamp
	private  string // the line from which on all is for editors, or ""
	endLine  string // the line that closed the transmission, which holds a date
	language string // BCP 47, once it is known

	first []string // the sentences of the beginning, once they are asked for
}

// headBlocks is how many blocks may stand before a story: a headline, a byline,
// subheads, captions, notes.
const headBlocks = 10

// longHead is the length of a paragraph, in characters, that is no line of the
// head any more.
const longHead = 300

// tell reads the parts of a source's text.
func tell(s *source) *story {
	st := &story{blocks: s.blocks, roles: make([]role, len(s.blocks)), headline: -1, at: -1}
	st.readTail()
	st.findDateline()
	st.readHead()
	st.readCoda()
	st.cutDesk()
	return st
}

// text returns the text of a block without the dateline it may start with.
func (st *story) text(i int) string {
	t := st.blocks[i].text
	if i == st.at {
		return strings.TrimSpace(t[st.dateline.end:])
	}
	return t
}

// findDateline looks for a dateline where the head of the story may be.
func (st *story) findDateline() {
	for i, b := range st.blocks[:min(len(st.blocks), headBlocks)] {
		if b.kind == blockVerbatim || st.roles[i] == roleEnd {
			continue
		}
		if d, ok := readDateline(b.text); ok && (!d.weak || st.at < 0) {
			alone := d.end >= len(b.text)
			if d.weak || !alone || d.hasDate() {
				st.dateline, st.at = d, i
			}
			if !d.weak {
				return
			}
		}
		if b.kind == blockParagraph && longer(b.text, longHead) {
			return
		}
	}
}

// readHead gives the blocks before the story their roles.
func (st *story) readHead() {
	end := st.at
	if end < 0 {
		end = min(len(st.blocks), headBlocks)
	}
	st.lead = len(st.blocks)
	for i := range end {
		if st.roles[i] == roleEnd {
			continue
		}
		if st.roles[i] = st.headRole(i); st.roles[i] == roleBody {
			st.lead = i
			break
		}
	}
	if st.at >= 0 && st.lead >= st.at {
		st.lead = st.at
		if st.dateline.end >= len(st.blocks[st.at].text) {
			st.lead = st.next(st.at + 1)
		}
		return
	}
	st.lead = st.next(st.lead)
}

// next returns the first block of the story's text from i on.
func (st *story) next(i int) int {
	for i < len(st.blocks) && (st.roles[i] != roleBody || st.blocks[i].kind == blockVerbatim) {
		i++
	}
	return i
}

// headRole tells the role of a block that stands before the story, or may be its
// beginning.
func (st *story) headRole(i int) role {
	b := st.blocks[i]
	if b.kind == blockVerbatim {
		return roleBody
	}
	if b.kind == blockParagraph {
		if h, ok := readRunningHead(b.text); ok {
			st.bylines = append(st.bylines, h.byline)
			if h.stamp.date.Full() {
				st.stamps = append(st.stamps, h.stamp)
			}
			st.blocks[i].text = b.text[h.end:]
			return roleBody
		}
		if stamp, ok := readStamp(b.text); ok {
			st.stamps = append(st.stamps, stamp)
			if stamp.rest == "" {
				return roleStamp
			}
			st.bylines = append(st.bylines, stamp.rest)
			return roleByline
		}
	}
	switch {
	case isNote(b.text):
		return roleNote
	case isByline(b.text) && (i > 0 || st.more(i, 0)):
		st.bylines = append(st.bylines, b.text)
		return roleByline
	case i > 0 && st.roles[i-1] == roleByline && isTitleOfWriter(b.text):
		return roleByline // "Associated Press Writer", below a name
	case st.headline < 0 && b.kind != blockList && st.isHeadline(i):
		st.headline = i
		return roleHeadline
	case st.at > i && !longer(b.text, longHead):
		return roleSubhead
	case st.headline >= 0 && b.kind == blockParagraph && st.headline == i-1 && isCityByline(b.text) && st.more(i, 0):
		st.bylines = append(st.bylines, b.text)
		return roleByline
	}
	return roleBody
}

// more reports whether a block longer than n characters follows soon, the bylines
// and notes between not counted.
func (st *story) more(i, n int) bool {
	for j := i + 1; j < min(len(st.blocks), i+6); j++ {
		if st.roles[j] != roleEnd && longer(st.blocks[j].text, n) {
			return true
		}
	}
	return false
}

// opening returns up to n sentences from the beginning of the story, of which
// there are no more than maxOpening, or nearOpening below a dateline.
func (st *story) opening(n int) []string {
	if st.first == nil {
		most := maxOpening
		if st.at >= 0 {
			most = nearOpening
		}
		st.first = make([]string, 0, most)
		st.open(blockParagraph, most)
		if len(st.first) == 0 {
			st.open(blockList, most) // nothing but a list
		}
	}
	return st.first[:min(len(st.first), n)]
}

// open takes the sentences of the first blocks of a kind, up to most.
func (st *story) open(kind blockKind, most int) {
	for i := st.lead; i < len(st.blocks); i++ {
		if st.roles[i] != roleBody || st.blocks[i].kind != kind || isRemark(st.blocks[i].text) {
			continue
		}
		for sentence := range text.EachSentence(firstWords(st.text(i), maxSentences), st.language) {
			if len(st.first) == most {
				return
			}
			if sentence = strings.TrimSpace(sentence); sentence != "" {
				st.first = append(st.first, sentence)
			}
		}
	}
}

// isRemark reports whether a paragraph is about the text and not of it: a remark in
// square brackets, or a command to a site generator ({{video ...}}, {% ... %}).
func isRemark(s string) bool {
	return strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") || strings.HasPrefix(s, "{{") && strings.HasSuffix(s, "}}") || strings.HasPrefix(s, "{%")
}

// maxOpening is how many sentences the questions ask for at most.
const maxOpening = 12

// maxSentences bounds the text that is cut into sentences, in bytes: nobody sums
// a story up by what stands further down in a paragraph.
const maxSentences = 6000
