package feed

// A Revision is what a document says of itself as a later version of a story that
// was sent before: "UPDATE 2-", "1st Ld-Writethru", "(Corrects name)", story-v2.txt.
// The zero Revision is that of a document that says no such thing.
type Revision struct {
	Kind   RevisionKind `json:"kind,omitempty"`
	Number int          `json:"number,omitempty"` // 2 of "UPDATE 2-", 0 when there is none
	From   Evidence     `json:"from,omitzero"`

	// ByName tells that nothing but the name of the file speaks of a version.
	// That is weak evidence: api-v2.md may stand beside api-v1.md for good.
	ByName bool `json:"by_name,omitempty"`

	// Stem is then the path of the document without its version and its extension:
	// "news/story".
	Stem string `json:"stem,omitempty"`
}

// A RevisionKind tells why a story was sent again.
type RevisionKind string

// The kinds of revisions, in the order in which they follow each other where
// their numbers are equal.
const (
	Update     RevisionKind = "update"     // there is more news in it
	Repeat     RevisionKind = "repeat"     // sent again as it was
	Refile     RevisionKind = "refile"     // sent again to repair its form
	Correction RevisionKind = "correction" // something in it was wrong
)

// IsZero reports whether the document is no later version of anything, as far as
// it says.
func (r Revision) IsZero() bool { return r.Kind == "" }

// Order returns a number that is greater for the later of two versions of a story,
// and 0 for a document that says nothing of a version. "CORRECTED-UPDATE 1-"
// comes after "UPDATE 1-", and before "UPDATE 2-".
func (r Revision) Order() int {
	switch r.Kind {
	case Update:
		return 4 * max(r.Number, 1)
	case Repeat:
		return 4*r.Number + 1
	case Refile:
		return 4*r.Number + 2
	case Correction:
		return 4*r.Number + 3
	}
	return 0
}

// A Kill is the order to take a story back, of an advisory to editors. It names
// the story; what it does not say of it is empty.
type Kill struct {
	Entry    string `json:"entry,omitempty"`    // its id, or the URL of its page
	Headline string `json:"headline,omitempty"` // without the marks of a version
	Slug     string `json:"slug,omitempty"`
	Place    string `json:"place,omitempty"` // of its dateline, as the advisory names it

	// Reason is why, for editors: what an advisory says is not for publication.
	// Public is why, for subscribers: what it addresses to readers, or "".
	Reason string `json:"reason,omitempty"`
	Public string `json:"public,omitempty"`

	From Evidence `json:"from"`
}
