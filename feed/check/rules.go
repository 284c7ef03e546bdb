package check

import "slices"

// A Rule is something that a check finds.
type Rule struct {
	Name  string // short, and kept for ever: scripts know it
	Level Level
	About string // one line for people
}

// Rules returns all that a check can find: documents first, then what is
// published.
func Rules() []Rule { return slices.Clone(rules[:]) }

type rule int

const (
	unreadable rule = iota
	badSettings
	sameID
	empty
	skipped
	exactCopy
	nearDuplicate
	sameTitle
	dateGuessed
	dateAhead
	notBelieved
	noTitle
	dateInferred
	titleDerived
	noSummary
	held
	waiting
	unread

	notWellFormed
	encoding
	badCharacter
	missingElement
	repeatedElement
	unknownElement
	misplaced
	badValue
	badURL
	badDate
	weekday
	dateForm
	futureDate
	oldDate
	badOrder
	updatedTwice
	otherBase
	missingSelf
	wrongSelf
	missingID
	duplicateID
	changedID
	reusedID
	changedFeedID
	notPublic
	unknownEntry
	badTombstone
	tooLarge
	tooMany
	markup
	angleBracket
	doubleEscape
	lineBreak
	relativeURL
	unsafeHTML
	deadLink
	contentLink
	badPage
	missingFile
	missingPage
	changedFile
	strayFile
	orphan
	notBuilt
)

// rules is the table of all rules. A new one is a name above, a line here, and
// a case in the tests.
var rules = [...]Rule{
	unreadable:    {"unreadable", Error, "a document can not be read, and is not published"},
	badSettings:   {"settings", Error, "a feed.yaml can not be read"},
	sameID:        {"same-id", Error, "two documents state the same id, and only one of them is published"},
	empty:         {"empty", Warning, "a document holds nothing that could be published"},
	skipped:       {"skipped", Warning, "a file is not taken for a document"},
	exactCopy:     {"copy", Warning, "a document is a copy of another one, and is not published"},
	nearDuplicate: {"near-duplicate", Warning, "two documents have nearly the same text"},
	sameTitle:     {"same-title", Warning, "two documents of one day have the same title"},
	dateGuessed:   {"date-guessed", Warning, "a document does not tell its day: the file's time stands in"},
	dateAhead:     {"date-ahead", Warning, "a document is dated in the future, which is not believed"},
	notBelieved:   {"not-believed", Warning, "something that a document says of itself can not be used"},
	noTitle:       {"no-title", Warning, "a document has no title, and none could be made from its text"},
	dateInferred:  {"date-inferred", Info, "a document tells a part of its date, mostly the day without the year"},
	titleDerived:  {"title-derived", Info, "a document has no title: its first sentence gives one"},
	noSummary:     {"no-summary", Info, "a document has no summary, and none could be made from its text"},
	held:          {"held", Info, "a document is not public yet"},
	waiting:       {"waiting", Info, "a document waits for the next run"},
	unread:        {"unread", Info, "there are files of kinds that are not read"},

	notWellFormed:   {"not-well-formed", Error, "a file can not be parsed: no reader can show it"},
	encoding:        {"encoding", Error, "a file is not UTF-8"},
	badCharacter:    {"character", Error, "a control character or a replaced one"},
	missingElement:  {"missing", Error, "something that the format requires is not there"},
	repeatedElement: {"repeated", Error, "something is there more often than the format allows"},
	unknownElement:  {"unknown", Warning, "something that the format does not know"},
	misplaced:       {"misplaced", Warning, "an element stands where some readers misread it"},
	badValue:        {"value", Error, "a value that the format does not allow"},
	badURL:          {"url", Error, "an address that is not absolute, or no URI"},
	badDate:         {"date", Error, "a date that is none by the format's rules"},
	weekday:         {"weekday", Error, "the name of the day does not fit the date"},
	dateForm:        {"date-form", Warning, "a date in a form that some readers get wrong"},
	futureDate:      {"future", Error, "a date in the future: the entry sticks on top"},
	oldDate:         {"old", Info, "a date before 1990, which validators doubt"},
	badOrder:        {"order", Warning, "the entries are not in the order newest first"},
	updatedTwice:    {"updated-twice", Warning, "two entries of a feed were updated at the same instant"},
	otherBase:       {"other-base", Error, "the site was built for another address"},
	missingSelf:     {"no-self", Error, "a feed does not tell its own address"},
	wrongSelf:       {"self", Error, "a feed gives another address for its own"},
	missingID:       {"no-id", Error, "an entry has no id: readers show it again and again"},
	duplicateID:     {"duplicate-id", Error, "two entries of a feed have the same id"},
	changedID:       {"id-changed", Error, "an entry has another id than before: readers show it twice"},
	reusedID:        {"id-reused", Error, "an id stands for another entry than before: readers do not show it"},
	changedFeedID:   {"feed-id-changed", Error, "a feed has another id than before"},
	notPublic:       {"not-public", Error, "something is published that is not public"},
	unknownEntry:    {"unknown-entry", Warning, "an entry that the ledger does not know"},
	badTombstone:    {"tombstone", Error, "a withdrawal that can not be understood, or is not true"},
	tooLarge:        {"size", Error, "a feed of more than 1 MB: some readers refuse it"},
	tooMany:         {"entries", Warning, "a feed has more entries than its settings say"},
	markup:          {"markup", Error, "markup in a plain text: readers show it or swallow it"},
	angleBracket:    {"angle-bracket", Warning, "a < in a title: some readers cut the title there"},
	doubleEscape:    {"double-escape", Warning, "a plain text with a reference in it, as if it were escaped twice"},
	lineBreak:       {"line-break", Warning, "a line break in a text of one line"},
	relativeURL:     {"relative-url", Error, "a relative address in the content: most readers can not follow it"},
	unsafeHTML:      {"unsafe-html", Error, "HTML that readers take out, or that could harm"},
	deadLink:        {"dead-link", Error, "a link within the site leads nowhere"},
	contentLink:     {"content-link", Warning, "a link in the text of an entry leads nowhere within the site"},
	badPage:         {"page", Warning, "a page lacks what browsers and readers look for"},
	missingFile:     {"missing-file", Error, "a file that was published is not in out/"},
	missingPage:     {"missing-page", Error, "the page of a public entry is not in out/"},
	changedFile:     {"changed-file", Warning, "a file in out/ is not as it was written"},
	strayFile:       {"stray-file", Info, "a page in out/ that the ledger does not know"},
	orphan:          {"orphan", Info, "no page leads to a page"},
	notBuilt:        {"not-built", Info, "nothing is published yet"},
}
