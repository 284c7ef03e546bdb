package extract

import (
	"html"
	"strings"

	"golang.org/x/text/language"

	"seedfeed/feed"
)

// corrections answers what the document corrects of its earlier forms, and sets it
// below the text, where papers set it: who reads the text reads the correction, in
// a feed reader too.
func corrections(s *source, e *feed.Entry) {
	if e.Kill != nil {
		return // there it is why the story was taken back
	}
	var b strings.Builder
	for _, v := range s.stated {
		if v.ask != askCorrection {
			continue
		}
		e.Corrections = append(e.Corrections, v.value)
		b.WriteString("\n<p><strong>" + correctionLabel(e.Language) + ":</strong> " + html.EscapeString(v.value) + "</p>\n")
	}
	e.Content += b.String()
}

// correctionLabel is the word for a correction in the language of a text, or in
// English.
func correctionLabel(code string) string {
	base, _ := language.Make(code).Base()
	if label, ok := correctionLabels[base.String()]; ok {
		return label
	}
	return "Correction"
}

var correctionLabels = map[string]string{
	"az": "Düzəliş", "cs": "Oprava", "da": "Rettelse", "de": "Korrektur", "es": "Corrección", "fi": "Korjaus", "fr": "Correction", "it": "Correzione",
	"ja": "訂正", "ko": "정정", "nb": "Rettelse", "nl": "Correctie", "no": "Rettelse", "pl": "Sprostowanie", "pt": "Correção", "ru": "Исправление",
	"sv": "Rättelse", "tr": "Düzeltme", "uk": "Виправлення", "zh": "更正",
}
