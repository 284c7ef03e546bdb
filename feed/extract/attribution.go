package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// An attribution is the part of a sentence that tells who reports it.
type attribution struct {
	words  string // ", Trend reports"
	agency string // "Trend", when it is an agency that tells itself
}

// reportingVerb reports whether a word is one by which an agency tells its own
// news: "Trend reports", "reports AZERTAC".
func reportingVerb(w string) bool {
	var buf [32]byte
	switch string(appendLower(buf[:0], w)) {
	case "reports", "reported", "informs", "informed", "writes", "сообщает", "сообщил", "передает", "передаёт", "пишет", "informa", "informó", "xəbər", "bildirir", "bildirdi", "berichtet", "meldet", "rapporte":
		return true
	}
	return false
}

// cutAttribution cuts off the end of a sentence that names the agency which
// reports it: "The minister arrived, Trend reports." It is set off by a comma
// and is short, or it is part of what is said.
func cutAttribution(sentence string) (rest string, a attribution, ok bool) {
	body := strings.TrimRight(sentence, " .\u00a0")
	i := strings.LastIndex(body, ", ")
	if i < 0 {
		return sentence, a, false
	}
	tail := body[i+2:]
	if n := wordCount(tail); n < 2 || n > 8 {
		return sentence, a, false
	}
	words := strings.Fields(tail)
	at := -1
	for k, w := range words {
		if reportingVerb(strings.Trim(w, ".,")) {
			at = k
			break
		}
	}
	switch {
	case at < 0:
		return sentence, a, false
	case at > 0 && isNameLike(words[0]) && (at <= 3 || isAgency(words[0])):
		a.agency = strings.Join(words[:at], " ") // Trend reports [citing ...]
	case at == 0 && isNameLike(words[1]):
		a.agency = agencyWords(words[1:]) // reports AZERTAC
	default:
		return sentence, a, false
	}
	a.words = strings.TrimSpace(tail)
	return strings.TrimRight(body[:i], " ,") + ".", a, true
}

// agencyWords returns the words of a name, up to what follows it: "Trend with
// reference to the ministry".
func agencyWords(words []string) string {
	end := 0
	for end < len(words) && isNameLike(words[end]) {
		end++
	}
	return strings.Join(words[:end], " ")
}

// isNameLike reports whether a word looks like a name: it has a capital, or none
// of its letters can have one, and it is no pronoun.
func isNameLike(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	switch w {
	case "He", "She", "It", "They", "We", "I", "The", "This", "That":
		return false
	}
	return unicode.IsUpper(r) || unicode.IsLetter(r) && !unicode.IsLower(r) || isAgency(strings.Trim(w, ".,"))
}
