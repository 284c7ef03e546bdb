package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"seedfeed/feed/extract/text"
)

// maxHeadline is the longest line that is taken for a headline, in characters:
// of the headlines of agencies 95 in a hundred have at most 95.
const maxHeadline = 130

// isHeadline reports whether a block is a headline: a short line that is no
// sentence, with a longer text below it.
func (st *story) isHeadline(i int) bool {
	b := st.blocks[i]
	n := utf8.RuneCountInString(b.text)
	limit := maxHeadline
	if st.at > i {
		limit = 200 // there is a dateline below: this is surely above the story
	}
	switch {
	case b.kind == blockHeading:
		return b.level <= 1 || i == 0 && !namesPart(b.text)
	case n == 0 || n > limit || !hasLetter(b.text):
		return false
	case endsSentence(b.text) && !endsQuestion(b.text):
		// Few headlines end in a full stop. One that does stands above a
		// dateline, or is much shorter than the paragraph below it.
		return st.at > i && n <= maxHeadline && i == 0 || n <= 75 && wordCount(b.text) > 1 && st.nextLonger(i, 3*n)
	case strings.HasSuffix(b.text, ",") || strings.HasSuffix(b.text, ";") || strings.HasSuffix(b.text, ":") && st.at < i:
		return false // a salutation, or the words before a list
	}
	if n > maxDerived && len(text.Sentences(b.text, "")) > 2 {
		return false
	}
	return st.more(i, min(n, 80)) || len(st.blocks) > i+2 && st.more(i, n/2)
}

// namesPart reports whether a heading names a part of any text, and so is the
// title of none.
func namesPart(heading string) bool {
	switch strings.ToLower(strings.Trim(heading, " .:0123456789")) {
	case "introduction", "overview", "event overview", "abstract", "summary", "background", "contents", "table of contents", "preface", "foreword", "motivation",
		"tl;dr", "tldr", "about", "description", "notes", "einleitung", "einführung", "zusammenfassung", "introducción", "résumé", "введение":
		return true
	}
	return false
}

// nextLonger reports whether the block that follows directly is longer than n
// characters.
func (st *story) nextLonger(i, n int) bool {
	return i+1 < len(st.blocks) && longer(st.blocks[i+1].text, n)
}

func hasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }

// wordCount returns how many words, with blanks between them, a text has.
func wordCount(s string) int {
	n := 0
	for range strings.FieldsSeq(s) {
		n++
	}
	return n
}

// endsSentence reports whether a text ends like a sentence. Three dots, and the
// full stop of an abbreviation ("U.S.", "Inc."), end none.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \t\"'”’»)]）」』")
	r, size := utf8.DecodeLastRuneInString(s)
	switch r {
	case '。', '！', '？', '؟', '!', '?', '।', '۔':
		return true
	case '.':
		rest := s[:len(s)-size]
		if strings.HasSuffix(rest, ".") {
			return false
		}
		i := strings.LastIndexAny(rest, " \u00a0-")
		return !isInitialism(rest[i+1:]) && !isCompanyForm(rest[i+1:])
	}
	return false
}

// isInitialism reports whether a word, less its last full stop, is made of single
// letters: "U.S", "a.m".
func isInitialism(w string) bool {
	return len(w) > 1 && len(w) <= 7 && w[1] == '.'
}

func endsQuestion(s string) bool {
	s = strings.TrimRight(s, " \t\"'”’»)]）」』")
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == '?' || r == '؟' || r == '？' || r == '!' || r == '！'
}

// isCompanyForm reports whether a word is the abbreviated form of a company,
// after which headlines end in a full stop without being sentences.
func isCompanyForm(w string) bool {
	switch strings.ToLower(w) {
	case "inc", "corp", "co", "ltd", "jr", "sr", "etc", "bros":
		return true
	}
	return false
}

// cleanHeadline takes off a headline the marks of the transmission, of the desk
// and of the version: subscribers see the newest version of a story and no other,
// so that UPDATE 2- tells them nothing.
func cleanHeadline(s string) string {
	s = strings.TrimRight(strings.TrimSpace(s), "=< ")
	return cutArabicDesk(withoutMarks(cutAgencyMark(s)))
}

// cutAgencyMark cuts off what ANSA sets before the headlines of long stories:
// ">>>ANSA/ ...".
func cutAgencyMark(s string) string {
	rest, ok := strings.CutPrefix(s, ">>>")
	if !ok {
		return s
	}
	if agency, after, ok := strings.Cut(rest, "/"); ok && isAgency(agency) && hasWords(after) {
		return strings.TrimSpace(after)
	}
	return s
}

// withoutMarks returns a title without the marks of a version.
func withoutMarks(title string) string {
	rest, _ := cutMarks(title)
	return rest
}

// cutArabicDesk cuts the desk off the headlines of the Saudi Press Agency:
// "عام / ..." is from the general desk.
func cutArabicDesk(s string) string {
	desk, rest, ok := strings.Cut(s, " / ")
	if !ok || strings.Contains(desk, " ") || utf8.RuneCountInString(desk) > 10 {
		return s
	}
	if r, _ := utf8.DecodeRuneInString(desk); !unicode.Is(unicode.Arabic, r) {
		return s
	}
	return strings.TrimSpace(rest)
}
