package extract_test

import (
	"testing"

	"seedfeed/feed"
)

func TestKill(t *testing.T) {
	const plain = ""
	tests := []struct{ name, body, headline, slug, reason string }{
		{"headline", "KILL-Harbour board meets\n\nGENOA, Feb 11 (Acme) - Please do not use the story, as it is wrong.\n", "Harbour board meets", "", plain},
		{"withdrawn", "WITHDRAWN-Harbour board meets\n\nThe story is withdrawn because the board did not meet.\n", "Harbour board meets", "", "because the board did not meet"},
		{"mandatory kill", "BC-EU--Harbour Board, KILL\n\nMANDATORY KILL\n\nKill the story slugged BC-EU--Harbour Board, headlined \"Harbour board meets,\" which moved at 10:14 GMT. The board has not met.\n", "Harbour board meets", "BC-EU--Harbour Board", plain},
		{"mandatory kill, headline", "BC-EU--Harbour Board, Mandatory Kill,0040\n\nGENOA (AP) - Editors are asked to kill the BC-EU--Harbour Board story because its only source was wrong. There will be no substitute.\n", "", "BC-EU--Harbour Board", "because its only source was wrong"},
		{"attention editors", "Attention editors: please disregard the story headlined “UPDATE 1-Harbour board meets” sent at 0915 GMT.\n", "Harbour board meets", "", plain},
		{"advisory", "ADVISORY-Harbour story withdrawn\n\nThe Feb. 11 story headlined \"Harbour board meets\" is withdrawn. There will be no substitute story.\n", "Harbour board meets", "", plain},
		{"without quotation marks", "ADVISORY\n\nPlease kill the story headlined Harbour board meets, which was sent at 0915 GMT.\n", "Harbour board meets", "", plain},
		{"slug of AFP", "ATTENTION EDITORS\n\nPlease kill the story slugged ITALY-HARBOUR that was sent today, due to a false quotation.\n", "", "ITALY-HARBOUR", "due to a false quotation"},
		{"German", "Achtung Redaktionen\n\nBitte die Meldung „Hafenrat tagt in Genua“ (dpa 0123) nicht verwenden, weil der Rat nicht getagt hat.\n", "Hafenrat tagt in Genua", "", "weil der Rat nicht getagt hat"},
		{"French", "ANNULATION\n\nPrière de ne pas utiliser la dépêche intitulée « Le port de Gênes se réunit ».\n", "Le port de Gênes se réunit", "", plain},
		{"French headline", "ANNULE: Le port de Gênes se réunit\n\nCette dépêche est annulée.\n", "Le port de Gênes se réunit", "", plain},
		{"Spanish", "ANULADO\n\nRogamos anulen la noticia titulada \"La junta del puerto se reúne\" porque contiene un error.\n", "La junta del puerto se reúne", "", "porque contiene un error"},
		{"Italian", "ATTENZIONE: ANNULLAMENTO\n\nLa notizia dal titolo \"Il porto di Genova si riunisce\" è annullata.\n", "Il porto di Genova si riunisce", "", plain},
		{"Portuguese", "ATENÇÃO\n\nA notícia com o título \"Junta do porto se reúne\" deve ser desconsiderada.\n", "Junta do porto se reúne", "", plain},
		{"Russian", "Вниманию редакторов\n\nСообщение под заголовком «Совет порта соберется» аннулируется.\n", "Совет порта соберется", "", plain},
		{"names nothing", "MANDATORY KILL\n\nEditors: kill the story about the harbour.\n", "", "", plain},
	}
	for _, tt := range tests {
		e := extractAs(t, "a.txt", tt.body)
		if e.Kill == nil {
			t.Errorf("%s: takes nothing back: title %q", tt.name, e.Title)
			continue
		}
		if k := *e.Kill; k.Headline != tt.headline || k.Slug != tt.slug || k.Reason != tt.reason {
			t.Errorf("%s: %+v, want %q, %q, %q", tt.name, k, tt.headline, tt.slug, tt.reason)
		}
		if e.Status != feed.Held || e.Reason != "it is an advisory that takes a story back" {
			t.Errorf("%s: an advisory is %s: %q", tt.name, e.Status, e.Reason)
		}
	}
}

// What an advisory says is for editors, unless it is addressed to readers; and it
// may name the story by more than its headline.
func TestKillForReaders(t *testing.T) {
	const kill = "MANDATORY KILL\n\nEditors: kill the story headlined \"Harbour board meets\" because the source has lied to us.\n\n"
	tests := []struct {
		name, body                   string
		reason, public, entry, place string
	}{
		{"nothing for readers", kill, "because the source has lied to us", "", "", ""},
		{"for publication", kill + "For publication: The story was withdrawn because of doubts about its source.\n", "because the source has lied to us", "The story was withdrawn because of doubts about its source.", "", ""},
		{"to readers first", "MANDATORY KILL\n\nNOTE TO READERS: We have taken this story back because it was wrong.\n\nEditors: kill the story headlined \"Harbour board meets\" due to a lie.\n", "due to a lie", "We have taken this story back because it was wrong.", "", ""},
		{"front matter", "---\ncorrection: The board has not met.\n---\n" + kill, "because the source has lied to us", "The board has not met.", "", ""},
		{"German", "Achtung Redaktionen\n\nBitte die Meldung „Hafenrat tagt in Genua“ nicht verwenden, weil die Quelle log.\n\nAn die Leser: Die Meldung war falsch.\n", "weil die Quelle log", "Die Meldung war falsch.", "", ""},
		{"by its id", kill + "Its id is urn:uuid:7d444840-9dc0-51d1-b245-5ffdce74fad2.\n", "because the source has lied to us", "", "urn:uuid:7d444840-9dc0-51d1-b245-5ffdce74fad2", ""},
		{"by its page", kill + "It stands at <https://news.example.org/entries/2026/02/harbour-board-meets.html>.\n", "because the source has lied to us", "", "https://news.example.org/entries/2026/02/harbour-board-meets.html", ""},
		{"by its dateline", "MANDATORY KILL\n\nEditors: kill the story headlined \"Harbour board meets\", datelined SAN REMO, Italy, because it was wrong.\n", "because it was wrong", "", "", "SAN REMO"},
	}
	for _, tt := range tests {
		e := extractAs(t, "a.txt", tt.body)
		if e.Kill == nil {
			t.Errorf("%s: takes nothing back: title %q", tt.name, e.Title)
			continue
		}
		if k := *e.Kill; k.Reason != tt.reason || k.Public != tt.public || k.Entry != tt.entry || k.Place != tt.place {
			t.Errorf("%s: %+v, want %q, %q, %q, %q", tt.name, k, tt.reason, tt.public, tt.entry, tt.place)
		}
	}
}

// A story may speak of what advisories speak of.
func TestNoKill(t *testing.T) {
	for name, body := range map[string]string{
		"a story about one":  "Editors told to kill story on harbour\n\nGENOA, Feb 11 (Acme) - The owner told his editors to kill the story headlined \"Harbour board meets\", two of them said. It was withdrawn from the site.\n",
		"a ferry":            "Harbour board withdraws plan\n\nThe plan for a new quay is withdrawn, the board said. The story of it is long and has been told before.\n",
		"replaces":           "ANNULE ET REMPLACE - Le port de Gênes se réunit\n\nLe conseil du port de Gênes s'est réuni pour examiner les plans d'un nouveau quai. Il est annulé.\n",
		"an editor's note":   "Harbour board meets\n\nEDITOR'S NOTE: This story speaks of floods.\n\n" + quayBody,
		"killed in a flood":  "Flood kills three in Genoa\n\nGENOA, Feb 11 (Acme) - Three people were killed in a flood, the harbour board said.\n",
		"a note with advice": "Eds: Adds quotes.\n\nHarbour board meets\n\n" + quayBody,
	} {
		if e := extractAs(t, "a.txt", body); e.Kill != nil || e.Status != feed.Live {
			t.Errorf("%s: %+v, %s: %s", name, e.Kill, e.Status, e.Reason)
		}
	}
}
