package extract

import (
	"fmt"
	"strings"
	"unicode/utf8"

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
	for _, stamp := range st.stamps {
		if stamp.embargo {
			e.Until = x.dateOf(stamp.date)
			e.Status, e.Reason = feed.Held, fmt.Sprintf("embargo until %s (%q)", e.Until, stamp.words)
			return
		}
	}
	for i := range st.blocks[:min(len(st.blocks), headBlocks)] {
		if line := st.blocks[i].text; holds(line) {
			e.Status, e.Reason = feed.Held, fmt.Sprintf("the text says %q", line)
			return
		}
		if i > st.lead {
			break
		}
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

// holds reports whether a line in the head of a text forbids to publish it. What
// is published can not be taken back, so an embargo whose date can not be read
// holds too.
func holds(line string) bool {
	if utf8.RuneCountInString(line) > 100 {
		return false
	}
	upper := strings.ToUpper(strings.Trim(line, " .:*-–—!#[]()"))
	switch upper {
	case "NOT FOR PUBLICATION", "DRAFT", "DO NOT PUBLISH", "HOLD", "INTERNAL", "NICHT ZUR VERÖFFENTLICHUNG", "CONFIDENTIAL", "ENTWURF", "NE PAS PUBLIER":
		return true
	}
	for _, start := range [...]string{"EMBARGO", "STRICTLY EMBARGO", "UNDER EMBARGO", "SPERRFRIST", "HOLD FOR RELEASE", "NOT FOR RELEASE", "NOT FOR PUBLICATION", "DO NOT PUBLISH", "SOUS EMBARGO"} {
		if strings.HasPrefix(upper, start) {
			return true
		}
	}
	return false
}
