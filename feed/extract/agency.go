package extract

import (
	"strings"

	"seedfeed/feed"
)

// knownAgency returns the name of an agency by what datelines call it, in small
// letters. The table only helps where the shape of a dateline does not tell, and
// gives the names their usual spelling; agencies that are not in it are read too.
func knownAgency(word string) (name string, ok bool) {
	var buf [32]byte
	switch string(appendLower(buf[:0], word)) {
	case "reuters", "reuter":
		return "Reuters", true
	case "ap", "associated press", "the associated press":
		return "AP", true
	case "afp", "agence france-presse":
		return "AFP", true
	case "dpa", "dpa-afx", "tca/dpa":
		return "dpa", true
	case "xinhua":
		return "Xinhua", true
	case "tass", "itar-tass":
		return "TASS", true
	case "тасс", "итар-тасс":
		return "ТАСС", true
	case "риа новости", "риа":
		return "РИА Новости", true
	case "ria novosti", "ria", "sputnik":
		return word, true
	case "интерфакс":
		return "Интерфакс", true
	case "interfax":
		return "Interfax", true
	case "efe":
		return "EFE", true
	case "ansa":
		return "ANSA", true
	case "kyodo", "kyodo news":
		return "Kyodo", true
	case "aap":
		return "AAP", true
	case "aa", "anadolu", "anadolu agency":
		return "AA", true
	case "anp":
		return "ANP", true
	case "ats", "ats afp", "awp", "keystone-ats":
		return "ats", true
	case "sda":
		return "SDA", true
	case "apa":
		return "APA", true
	case "ntb":
		return "NTB", true
	case "stt":
		return "STT", true
	case "tt":
		return "TT", true
	case "ritzau":
		return "Ritzau", true
	case "belga":
		return "Belga", true
	case "lusa":
		return "Lusa", true
	case "pap":
		return "PAP", true
	case "čtk", "ctk":
		return "ČTK", true
	case "mti":
		return "MTI", true
	case "upi":
		return "UPI", true
	case "pti":
		return "PTI", true
	case "ani":
		return "ANI", true
	case "ians":
		return "IANS", true
	case "cp", "the canadian press", "canadian press":
		return "The Canadian Press", true
	case "pa", "press association", "pa media":
		return "Press Association", true
	case "cnn":
		return "CNN", true
	case "bbc":
		return "BBC", true
	case "bloomberg":
		return "Bloomberg", true
	case "trend", "trend news agency":
		return "Trend", true
	case "azertac", "apa news", "report":
		return strings.ToUpper(word[:1]) + word[1:], word != "report"
	case "yonhap":
		return "Yonhap", true
	case "irna", "isna", "mehr", "fars", "wam", "spa", "sana", "petra", "kuna", "mena", "bernama", "antara", "vna", "kcna", "cna",
		"interpress", "ips", "ots", "rtr", "mena-fn", "saba", "wafa", "ina":
		return strings.ToUpper(word), true
	case "prnewswire", "pr newswire", "prnewswire-firstcall", "prnewswire-usnewswire", "prnewswire-asianet", "cnw":
		return "PR Newswire", true
	case "globe newswire", "globenewswire":
		return "GlobeNewswire", true
	case "business wire", "businesswire":
		return "Business Wire", true
	case "marketwire", "marketwired", "accesswire", "newsfile", "ein presswire":
		return word, true
	case "رويترز", "واس", "أ ف ب", "ا ف ب", "د ب أ", "د ب ا", "قنا", "وام", "سانا", "كونا", "بترا", "أ ش أ", "اف ب", "وكالات", "الأناضول":
		return word, true
	case "新华社", "中新社", "中新网", "中央社", "共同", "時事", "ロイター", "共同通信", "時事通信", "연합뉴스", "뉴시스", "뉴스1", "укринформ", "белта":
		return word, true
	}
	return "", false
}

func isAgency(word string) bool {
	_, ok := knownAgency(word)
	return ok
}

// agencyName returns the usual spelling of an agency's name. Of two between
// slashes (dpa/bb, ats afp) the first that is known sent the story.
func agencyName(words string) string {
	words = strings.Trim(words, " ./-")
	if name, ok := knownAgency(words); ok {
		return name
	}
	for _, part := range strings.FieldsFunc(words, func(r rune) bool { return r == '/' || r == ' ' }) {
		if name, ok := knownAgency(part); ok {
			return name
		}
	}
	return words
}

// agencyAndPlace answers who sent the story and where it was written.
func agencyAndPlace(s *source, st *story, e *feed.Entry) {
	if v, ok := s.find(askAgency); ok {
		e.Agency, e.From.Agency = v.value, feed.Evidence{Source: v.source, Words: v.value}
	}
	if v, ok := s.find(askPlace); ok {
		e.Place, e.From.Place = placeOf(v.value), feed.Evidence{Source: v.source, Words: v.value}
	}
	d := st.dateline
	if e.Place == "" && d.place != "" {
		e.Place, e.From.Place = d.place, feed.Evidence{Source: "dateline", Words: d.words}
	}
	if e.Agency != "" {
		return
	}
	switch {
	case d.agency != "":
		e.Agency, e.From.Agency = agencyName(d.agency), feed.Evidence{Source: "dateline", Words: d.words}
	case st.credit.name != "":
		e.Agency, e.From.Agency = st.credit.name, feed.Evidence{Source: st.credit.source, Words: st.credit.words}
	default:
		name, words := attributedAgency(st)
		if name != "" {
			e.Agency, e.From.Agency = name, feed.Evidence{Source: "attribution", Words: words}
		}
	}
}

// placeOf returns the place of a value that may be a whole dateline.
func placeOf(value string) string {
	if d, ok := readDateline(value); ok && d.place != "" {
		return d.place
	}
	return value
}

// A credit names an agency outside of the dateline: a byline, an end mark.
type credit struct {
	name, source, words string
}

// attributedAgency returns the agency to which the lead gives its news at the
// end of a sentence: "..., Trend reports." A mention elsewhere ("told Reuters")
// says who was told, not who sends.
func attributedAgency(st *story) (name, words string) {
	for _, sentence := range st.opening(3) {
		if _, a, ok := cutAttribution(sentence); ok && a.agency != "" {
			return agencyName(a.agency), a.words
		}
	}
	return "", ""
}
