package extract

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"

	"seedfeed/feed"
)

// minWords and minLetters are how many letters small words, and statistics, need
// to tell a language.
const (
	minWords   = 60
	minLetters = 100
)

// sampleLetters is how many letters they are given. More costs time and tells
// little.
const sampleLetters = 400

// language answers which language the document is in: what it states, else what
// its script and words tell, else what the site says.
func (x *Extractor) language(s *source, st *story, e *feed.Entry) {
	defer func() { st.language = e.Language }()
	if v, ok := s.find(askLanguage); ok && isTag(v.value) {
		e.Language, e.From.Language = v.value, feed.Evidence{Source: v.source, Words: v.words()}
		return
	}
	sample := st.sample()
	if lang := languageOf(sample); lang != "" {
		e.Language, e.From.Language = lang, feed.Evidence{Source: "text"}
		return
	}
	if x.options.Language != "" {
		e.Language, e.From.Language = x.options.Language, feed.Evidence{Source: "site"}
	}
}

// isTag reports whether a value has the form of a language tag (BCP 47).
func isTag(s string) bool {
	first, _, _ := strings.Cut(s, "-")
	if len(first) < 2 || len(first) > 3 || len(s) > 35 {
		return false
	}
	for i := range len(s) {
		if c := s[i] | 0x20; (c < 'a' || c > 'z') && s[i] != '-' && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}

// sample returns the beginning of the story.
func (st *story) sample() string {
	var b strings.Builder
	for i := min(st.lead, max(0, st.headline)); i < len(st.blocks); i++ {
		if st.roles[i] == roleNote || st.roles[i] == roleEnd || st.blocks[i].kind == blockVerbatim {
			continue
		}
		b.WriteString(st.text(i))
		b.WriteByte(' ')
		if b.Len() > sampleLetters*5/4 {
			break
		}
	}
	return firstWords(b.String(), sampleLetters*2)
}

// languageOf returns the language of a sample, or "" when it can not be told.
// The script tells most, then letters and small words that are a language's own;
// statistics, which cost more than all the rest, are asked where these fail.
func languageOf(sample string) string {
	n := countScripts(sample)
	switch n.main() {
	case unicode.Hiragana:
		return "ja"
	case unicode.Han:
		return "zh"
	case unicode.Hangul:
		return "ko"
	case unicode.Thai:
		return "th"
	case unicode.Greek:
		return "el"
	case unicode.Hebrew:
		return "he"
	}
	if n.letters < minWords {
		return ""
	}
	switch n.main() {
	case unicode.Cyrillic:
		if lang := cyrillicLanguage(sample); lang != "" {
			return lang
		}
	case unicode.Arabic:
		return arabicLanguage(sample)
	}
	lang, sure := latinLanguage(sample)
	if sure || n.letters < minLetters {
		return lang
	}
	if info := whatlanggo.DetectWithOptions(sample, whatlanggo.Options{Whitelist: languages}); info.IsReliable() {
		if info.Lang == whatlanggo.Nob {
			return wordTags[bits.TrailingZeros32(uint32(norwegian))] // one tag, however it was told
		}
		return info.Lang.Iso6391()
	}
	return lang
}

// languages are those that statistics may answer with: a choice among all that
// exist takes longer and is wrong more often.
var languages = map[whatlanggo.Lang]bool{
	whatlanggo.Eng: true, whatlanggo.Deu: true, whatlanggo.Fra: true, whatlanggo.Spa: true, whatlanggo.Ita: true, whatlanggo.Por: true, whatlanggo.Nld: true,
	whatlanggo.Swe: true, whatlanggo.Dan: true, whatlanggo.Nob: true, whatlanggo.Fin: true, whatlanggo.Pol: true, whatlanggo.Ces: true, whatlanggo.Hun: true, whatlanggo.Ron: true,
	whatlanggo.Tur: true, whatlanggo.Rus: true, whatlanggo.Ukr: true, whatlanggo.Bul: true, whatlanggo.Srp: true, whatlanggo.Bel: true, whatlanggo.Hin: true,
	whatlanggo.Ben: true, whatlanggo.Vie: true, whatlanggo.Ind: true, whatlanggo.Hrv: true, whatlanggo.Azj: true,
}

// latinLanguage returns the language whose small words a sample has most. It is
// sure when they make up the share that they have in any text, and no other
// language has nearly as many.
func latinLanguage(sample string) (lang string, sure bool) {
	var count [len(wordTags)]int
	total := 0
	var buf [32]byte
	for w := range strings.FieldsFuncSeq(sample, func(r rune) bool { return !unicode.IsLetter(r) }) {
		total++
		for set := smallWord(string(appendLower(buf[:0], w))); set != 0; set &= set - 1 {
			count[bits.TrailingZeros32(uint32(set))]++
		}
	}
	best, second := 0, 0
	for i, n := range count {
		if n > count[best] {
			best = i
		}
	}
	for i, n := range count {
		if i != best {
			second = max(second, n)
		}
	}
	n := count[best]
	if n < 3 || n*12 < total || n <= second {
		return "", false
	}
	return wordTags[best], n*7 >= total && (n*4 >= second*5+4 || n > second+2)
}

// cyrillicLanguage tells the languages of Cyrillic letters by those that only one
// of them has.
func cyrillicLanguage(sample string) string {
	switch {
	case strings.ContainsAny(sample, "ђћђЂЋ"):
		return "sr"
	case strings.ContainsAny(sample, "ѓќЃЌ"):
		return "mk"
	case strings.ContainsAny(sample, "әңғүұқөһӘҢҒҮҰҚӨҺ"):
		return "kk"
	case strings.ContainsAny(sample, "ўЎ"):
		return "be"
	case strings.ContainsAny(sample, "їєґЇЄҐіІ"):
		return "uk"
	case strings.ContainsAny(sample, "ыэёЫЭЁ"):
		return "ru"
	case strings.ContainsAny(sample, "ъЪ"):
		return "bg" // Russian has it too, but no text of a hundred letters without ы
	}
	return ""
}

// arabicLanguage tells the languages of Arabic letters by those that Arabic lacks.
func arabicLanguage(sample string) string {
	switch {
	case strings.ContainsAny(sample, "ٹڈڑےں"):
		return "ur"
	case strings.ContainsAny(sample, "پچژگ"):
		return "fa"
	}
	return "ar"
}

// scripts counts the letters of a sample by script.
type scripts struct {
	letters int
	count   [len(scriptTables)]int
}

// scriptTables are the scripts that are told apart. Kana tells Japanese even
// where most letters are Han.
var scriptTables = [...]*unicode.RangeTable{
	unicode.Latin, unicode.Cyrillic, unicode.Arabic, unicode.Han, unicode.Hiragana, unicode.Hangul, unicode.Thai, unicode.Greek, unicode.Hebrew, unicode.Devanagari,
}

func countScripts(sample string) scripts {
	var n scripts
	for _, r := range sample {
		switch {
		case r < utf8.RuneSelf:
			if c := r | 0x20; c >= 'a' && c <= 'z' {
				n.count[0]++
				n.letters++
			}
			continue
		case !unicode.IsLetter(r):
			continue
		}
		n.letters++
		for i, table := range scriptTables {
			if unicode.Is(table, r) {
				n.count[i]++
				break
			}
		}
	}
	return n
}

// main returns the script of most letters, or nil where none has most.
func (n scripts) main() *unicode.RangeTable {
	const han, kana = 3, 4
	if cjk := n.count[han] + n.count[kana]; n.count[kana]*10 > cjk && cjk*2 > n.letters {
		return unicode.Hiragana
	}
	for i, c := range n.count {
		if c*2 > n.letters && n.letters > 0 && (i < 3 || c >= 6) {
			return scriptTables[i]
		}
	}
	return nil
}
