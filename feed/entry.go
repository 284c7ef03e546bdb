package feed

// An Entry is what a subscriber sees of a document.
//
// Package extract fills what the document says; the ledger adds what was said
// of it before: ID, Address and the dates that were already published.
type Entry struct {
	ID      string `json:"id"`      // an absolute IRI, kept for ever (RFC 4287, 4.2.6)
	Path    string `json:"path"`    // of the document, relative to the seeds folder
	Section string `json:"section"` // the document's folder, "" at the top
	Address string `json:"address"` // of the page, relative to the site: "entries/2026/02/slug.html"
	URL     string `json:"url"`     // of the page, absolute

	Title   string `json:"title"`   // one line of plain text, never empty
	Summary string `json:"summary"` // one line of plain text, or "" when there is nothing to sum up
	Content string `json:"content"` // HTML: sanitized, balanced, with absolute URLs

	Published Date `json:"published"` // first publication; the zero Date when nothing tells
	Updated   Date `json:"updated"`   // last significant change (RFC 4287, 4.2.15)
	Inferred  bool `json:"inferred"`  // the day or the year of Published is a guess

	Authors    []Person `json:"authors,omitempty"`
	Agency     string   `json:"agency,omitempty"`     // that sent the story: "Reuters"
	Place      string   `json:"place,omitempty"`      // of the dateline: "BAKU, Azerbaijan"
	Language   string   `json:"language,omitempty"`   // BCP 47, "" when not known
	Categories []string `json:"categories,omitempty"` // tags, as the document writes them

	// Corrections say what was wrong before and is right now, in the words of the
	// document, each in one line of plain text. They stand at the end of Content too.
	Corrections []string `json:"corrections,omitempty"`

	Image      *Image      `json:"image,omitempty"`      // that stands for the entry
	Enclosures []Enclosure `json:"enclosures,omitempty"` // files that belong to it

	Status Status `json:"status"`        // what extract knows: Live or Held
	Reason string `json:"reason"`        // why it is not live, for people
	Until  Date   `json:"until"`         // when a held entry becomes live, if that is known
	Ends   Date   `json:"ends,omitzero"` // the last day, or the instant, at which it is live; zero for ever
	Minor  bool   `json:"minor"`         // the document says that its last change does not count

	Slug     string   `json:"slug,omitempty"`    // key words by which editors call the story: "BC-EU--Harbour Strike"
	Revision Revision `json:"revision,omitzero"` // of a story that was sent before
	Kill     *Kill    `json:"kill,omitempty"`    // of a document that takes a story back, and is none itself

	From  Provenance `json:"from"`
	Notes []string   `json:"notes,omitempty"` // what was seen and not believed, and why
	Cut   []string   `json:"cut,omitempty"`   // lines that are for editors, and not in Content
}

// A Person is an author. Name is never empty; the rest may be.
type Person struct {
	Name  string `json:"name"`
	URI   string `json:"uri,omitempty"`
	Email string `json:"email,omitempty"`
}

// An Image is the picture that stands for an entry where there is room for one.
type Image struct {
	URL    string `json:"url"` // absolute
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"` // both in pixels, 0 when not known
	Alt    string `json:"alt,omitempty"`    // what it shows, in plain text
}

// An Enclosure is a file that belongs to an entry: a recording, a film, a PDF.
type Enclosure struct {
	URL    string `json:"url"`              // absolute
	Type   string `json:"type"`             // media type
	Length int64  `json:"length,omitempty"` // in bytes, 0 when not known
	Title  string `json:"title,omitempty"`
}

// Provenance keeps where each derived value of an entry came from.
type Provenance struct {
	ID         Evidence `json:"id,omitzero"`
	Title      Evidence `json:"title,omitzero"`
	Published  Evidence `json:"published,omitzero"`
	Updated    Evidence `json:"updated,omitzero"`
	Summary    Evidence `json:"summary,omitzero"`
	Authors    Evidence `json:"authors,omitzero"`
	Agency     Evidence `json:"agency,omitzero"`
	Place      Evidence `json:"place,omitzero"`
	Language   Evidence `json:"language,omitzero"`
	Categories Evidence `json:"categories,omitzero"`
}

// Evidence tells where a value came from.
type Evidence struct {
	Source string `json:"source"`          // "front matter", "dateline, year from the text", "file time"
	Words  string `json:"words,omitempty"` // the words that were read, as the document has them
}

// A Status tells whether an entry is public.
type Status string

// The statuses of an entry. Nothing of an entry is public unless it is Live.
const (
	Live      Status = "live"
	Held      Status = "held"      // draft, embargo, not for publication
	Expired   Status = "expired"   // its time is over
	Withdrawn Status = "withdrawn" // taken back by the publisher
	Gone      Status = "gone"      // the document was deleted
)
