package extract

import "seedfeed/feed"

// A source is a document taken apart: what its reader found, before the
// questions are asked.
type source struct {
	doc  feed.Document
	text string // the decoded document after its front matter

	// stated are the values that the document states about itself, in front
	// matter or in page metadata, in the order in which they are to be believed.
	stated []stated

	// blocks are the paragraphs of the text in reading order, unwrapped.
	blocks []block

	// desk are lines for editors that the reader of a transmission leaves out of
	// the blocks: slugs, numbers of takes, what was corrected.
	desk []string

	// content is the HTML to publish, before it is sanitized. A reader of text
	// may leave it empty: it is then made from the blocks that are published.
	content string
}

// A question is what a stated value answers.
type question int

const (
	askTitle question = iota
	askPublished
	askUpdated
	askSummary
	askAuthor
	askAgency
	askPlace
	askLanguage
	askCategory
	askID
	askPath       // where the document is meant to live: a path, a slug or an address, which may hold the day
	askDraft      // stated only by a document that is not for publication; the value says how: "draft: true"
	askEmbargo    // not before this date
	askImage      // an address of a picture that stands for the document
	askExpires    // not after this date
	askMinor      // stated only by a document whose last change does not count
	askCorrection // what was wrong before and is right now, for readers
	askNote       // no answer: what a reader saw and did not believe, and why, for feed.Entry.Notes
)

// A stated value is one that the document names as such: a key of its front
// matter, an element of a page's metadata.
type stated struct {
	ask    question
	value  string // one line of plain text, trimmed, never empty
	source string // for feed.Evidence: "front matter", "JSON-LD datePublished", "og:title"
	raw    string // the words that the value was made from, where they are not the value

	email, uri string // of an author, where the document gives them
}

// A block is a paragraph, a heading, a list or a table of a document's text.
type block struct {
	text  string // plain text without line breaks, unless kind is blockVerbatim
	kind  blockKind
	level int // of a heading: 1 to 6
}

type blockKind int

const (
	blockParagraph blockKind = iota
	blockHeading
	blockList     // one item
	blockQuote    // from another text: a quoted message, a block quotation
	blockVerbatim // text whose line breaks and spaces matter: a table, code
)

// find returns the first value stated in answer to a question.
func (s *source) find(ask question) (stated, bool) {
	for _, v := range s.stated {
		if v.ask == ask {
			return v, true
		}
	}
	return stated{}, false
}

// notes returns what the reader of the document saw and did not believe.
func (s *source) notes() []string {
	var notes []string
	for _, v := range s.stated {
		if v.ask == askNote {
			notes = append(notes, v.value)
		}
	}
	return notes
}
