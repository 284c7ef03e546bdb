package extract

import (
	"strings"

	"seedfeed/feed"
)

// categories answers how the document is tagged, each tag once.
func categories(s *source, e *feed.Entry) {
	seen := make(map[string]bool)
	for _, v := range s.stated {
		if key := strings.ToLower(v.value); v.ask == askCategory && !seen[key] {
			seen[key] = true
			e.Categories = append(e.Categories, v.value)
			e.From.Categories = feed.Evidence{Source: v.source, Words: strings.Join(e.Categories, ", ")}
		}
	}
}

// identify answers which id the document states for itself. It is given as it is
// stated; to make an IRI of it is for the caller, who knows the site's authority.
func identify(s *source, e *feed.Entry) {
	if v, ok := s.find(askID); ok {
		e.ID, e.From.ID = v.value, feed.Evidence{Source: v.source, Words: v.value}
	}
}
