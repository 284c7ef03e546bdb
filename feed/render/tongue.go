package render

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
)

// A tongue is what pages and feeds know of a language.
type tongue struct {
	tag string // in its canonical form (RFC 5646), "" where it is none or not known
	key string // of our tables: the base, with the script where that is not its usual one ("sr-Latn")
	dir string // "ltr" or "rtl"
}

// tongueOf returns what is known of a language tag.
func tongueOf(tag string) tongue {
	if t, ok := usualTongues()[tag]; ok {
		return t
	}
	return parseTongue(tag)
}

// usualTongues are the languages of our tables: to parse the tag of a page is work,
// and most pages have the same few.
var usualTongues = sync.OnceValue(func() map[string]tongue {
	usual := map[string]tongue{}
	for _, tag := range []string{"", "en-GB", "en-US"} {
		usual[tag] = parseTongue(tag)
	}
	for tag := range dayForms {
		usual[tag] = parseTongue(tag)
	}
	return usual
})

func parseTongue(s string) tongue {
	tag, err := language.Parse(s)
	if err != nil {
		return tongue{dir: "ltr"}
	}
	base, _ := tag.Base()
	script, _ := tag.Script()
	t := tongue{key: base.String(), dir: "ltr"}
	if tag != language.Und {
		t.tag = tag.String()
	}
	if usual, _ := language.Make(t.key).Script(); usual != script {
		t.key += "-" + script.String()
	}
	switch script.String() {
	case "Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa":
		t.dir = "rtl"
	}
	return t
}

// tableKey returns the key of a language in our tables.
func tableKey(lang string) string { return tongueOf(lang).key }

// direction returns how a language is written: "ltr" or "rtl".
func direction(lang string) string { return tongueOf(lang).dir }

// languageTag returns a language tag in its canonical form, and "" for what is
// none or says that the language is not known (RFC 5646).
func languageTag(s string) string { return tongueOf(s).tag }

// languageWithin returns the language tag of something in a greater whole. What
// is in "en", in something in "en-US", is in "en-US": a text seldom tells more of
// its language, but its days are written as those around it.
func languageWithin(s, whole string) string {
	tag, outer := languageTag(s), languageTag(whole)
	if tag != "" && strings.HasPrefix(outer, tag+"-") && tableKey(tag) == tableKey(outer) { // in one script
		return outer
	}
	return tag
}
