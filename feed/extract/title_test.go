package extract_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"seedfeed/feed"
)

func TestTitleFound(t *testing.T) {
	tests := []struct{ name, body, want, from string }{
		{"front matter", "---\ntitle: Peace & quiet\n---\nHarbour board meets\n\n" + quayBody, "Peace & quiet", "front matter"},
		{"subject", "From: a@example.org\nSubject: =?utf-8?q?Re:_K=C3=B8benhavn?=\n\n" + quayBody, "Re: København", "header Subject"},
		{"headline", "Harbour board meets\n\n" + quayBody, "Harbour board meets", "headline"},
		{"question", "Will the harbour board meet?\n\n" + quayBody, "Will the harbour board meet?", "headline"},
		{"quotation", "‘We will meet,’ says the harbour board\n\n" + quayBody, "‘We will meet,’ says the harbour board", "headline"},
		{"company", "Board sells quay to Harbour Works Inc.\n\n" + quayBody, "Board sells quay to Harbour Works Inc.", "headline"},
		{"full stop", "The lamp on the old pier of Genoa is not lit at a stable brightness.\n\n" + quayBody + " " + quayBody, "The lamp on the old pier of Genoa is not lit at a stable brightness.", "headline"},
		{"no blank line", "Harbour board meets\nBy Ann Quay\nGENOA, Feb 11 (ANSA) - " + quayBody, "Harbour board meets", "headline"},
		{"below slugs", "Italy-harbours/\n1ST LEAD\nHarbour board meets\n\nGENOA, Feb 11 (ANSA) - " + quayBody, "Harbour board meets", "headline"},
		{"above subheads", "Harbour board meets\n\nThe quay is to cost nine millions\n\nGENOA, Feb 11 (ANSA) - " + quayBody, "Harbour board meets", "headline"},
		{"mark of a version", "UPDATE 2-Harbour board meets\n\n" + quayBody, "Harbour board meets", "headline"},
		{"desk of the Gulf", "عام / افتتاح رصيف\n\nينبع 10 اغسطس 2015 م واس\nافتتح محافظ ينبع اليوم رصيفاً جديداً في الميناء.\n", "افتتاح رصيف", "headline"},
		{"marks of direction", "\u202eHarbour b\u200board meets\u202c\n\n" + quayBody, "Harbour board meets", "headline"},
		{"tags and entities are text", "Harbour <b>board</b> & pilots\n\n" + quayBody, "Harbour <b>board</b> & pilots", "headline"},
	}
	for _, tt := range tests {
		e := extractText(t, tt.body)
		if e.Title != tt.want || e.From.Title.Source != tt.from {
			t.Errorf("%s: title %q from the %s, want %q from the %s", tt.name, e.Title, e.From.Title.Source, tt.want, tt.from)
		}
		if strings.Contains(e.Content, tt.want+"</p>") {
			t.Errorf("%s: the headline is in the content too: %s", tt.name, e.Content)
		}
	}
}

func TestTitleOfCapitals(t *testing.T) {
	const body = "\n\nLONDON, March 3 - Quay Lines bought ferries from Maine Yards of the U.S. for 12 mln dlrs. It said NATO would not object, and OPEC neither.\n"
	tests := []struct{ in, want string }{
		{"QUAY LINES BUYS FERRIES FROM MAINE YARDS", "Quay Lines buys ferries from Maine Yards"},
		{"U.S. FERRIES BOUGHT BY QUAY <QUAY>", "U.S. ferries bought by Quay <QUAY>"},
		{"NATO AND OPEC WILL NOT OBJECT - QUAY", "NATO and OPEC will not object - Quay"},
		{"3RD QTR LOSS OF XBZ LTD", "3rd qtr loss of XBZ Ltd"},
		{"FRANCE TO MEET ON MONDAY", "France to meet on Monday"},
		{"UBX TO SUE GM ON OIL TAX", "UBX to sue GM on oil tax"},
		{"OPEC meets", "OPEC meets"},
		{"NATO", "NATO"},
	}
	for _, tt := range tests {
		if got := extractText(t, tt.in+body).Title; got != tt.want {
			t.Errorf("title of %q = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestTitleDerived(t *testing.T) {
	tests := []struct{ name, lead, want string }{
		{"short", "The lamp of the old north pier was lit again.", "Lamp of old north pier was lit again"},
		{"attribution", "GENOA, Feb 11 - The harbour board met in Genoa, Trend reports.", "Harbour board met in Genoa"},
		{"who said it", "GENOA, Feb 11 - The harbour of Genoa will be closed for nine weeks, officials said on Tuesday.", "Harbour of Genoa will be closed for nine weeks"},
		{"who, with a title", "The harbour of Genoa will be closed for nine weeks, Anna Porto, head of the board, told reporters.", "Harbour of Genoa will be closed for nine weeks"},
		{"scene", "On 3 March 2026, a meeting of harbour masters was held in Genoa.", "Meeting of harbour masters held in Genoa"},
		{"appositive", "Nova, the Canadian company that owns half of the quay, said it received permission to sell the other half of it.", "Nova received permission to sell other half of it"},
		{"what is announced", "Harbour Works Inc. (NASDAQ: HARB), the maker of tide gauges, today announced its results for the fourth quarter.", "Harbour Works announced its results for fourth quarter"},
		{"long ways", "A meeting was held in the city of Genoa within the framework of the “Open Quays” programme.", "Meeting held in Genoa under “Open Quays” programme"},
		{"profit", "Quay Lines Plc said its profit rose to nine millions in the first quarter.", "Quay Lines Plc's profit rose to nine millions in first quarter"},
		{"passive stays", "Police were shot at the quay on Monday while they looked for a thief of two boats.", "Police were shot at quay while they looked for thief of two boats"},
		{"auxiliary", "Italian yard Harbour Works has struck a deal to supply nine ferries to the isles of the north.", "Italian yard Harbour Works struck deal to supply nine ferries"},
		{"participle that needs it", "The board has withdrawn its plans for the quay.", "Board has withdrawn its plans for quay"},
		{"article of a name", "The Aviator was named the best film of the year in Genoa.", "The Aviator was named best film of year in Genoa"},
		{"quotation stays", `The board called it "a day of the people" and went home.`, `Board called it "a day of the people" and went home`},
		{"greeting", "Hello all,\n\nThe pilot boat needs a new engine.", "Pilot boat needs new engine"},
		{"German", "Die Fähre über die Elbe fährt seit Freitag wieder, weil die Werft einen Brandschaden an der Maschine behoben hat.", "Die Fähre über die Elbe fährt seit Freitag wieder"},
		{"Russian", "МОСКВА, 27 сен — РИА Новости. Ледокол вернулся в порт Мурманска, сообщил капитан порта.", "Ледокол вернулся в порт Мурманска"},
		{"no place to cut", strings.Repeat("Донаудампфшиффартс ", 9) + ".", strings.TrimSpace(strings.Repeat("Донаудампфшиффартс ", 4)) + "…"},
	}
	for _, tt := range tests {
		e := extractText(t, tt.lead+"\n\n"+quayBody)
		if e.Title != tt.want {
			t.Errorf("%s: title %q, want %q", tt.name, e.Title, tt.want)
		}
		if n := utf8.RuneCountInString(e.Title); n > 90 {
			t.Errorf("%s: title has %d characters", tt.name, n)
		}
	}
}

func TestTitleOfTheName(t *testing.T) {
	tests := []struct{ path, want, from string }{
		{"peace-bridge_talks.txt", "Peace bridge talks", "file name"},
		{"été.txt", "Été", "file name"},
		{"a\xffb.txt", "A b", "file name"},
		{"a\nb.txt", "A b", "file name"},
		{".txt", "Untitled", "nothing that could be a title"},
		{"---.txt", "Untitled", "nothing that could be a title"},
	}
	for _, tt := range tests {
		e, err := newExtractor(t).Extract(feed.Document{Path: tt.path, ModTime: fileTime, Data: []byte("***\n")})
		if err != nil {
			t.Errorf("%q: %v", tt.path, err)
			continue
		}
		if e.Title != tt.want || e.From.Title.Source != tt.from {
			t.Errorf("%q: title %q from the %s, want %q from the %s", tt.path, e.Title, e.From.Title.Source, tt.want, tt.from)
		}
	}
}

func TestSummary(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"stated", "---\nsummary: In one line.\n---\n" + quayBody, "In one line."},
		{"stated is the title", "---\ntitle: In one line\nsummary: In one line.\n---\nThe pilot boat needs a new engine.", "The pilot boat needs a new engine."},
		{"without dateline and attribution", "GENOA, Feb 11 (ANSA) - The harbour board met in Genoa, Trend reports.", "The harbour board met in Genoa."},
		{"not the headline again", "The harbour board met\n\nThe harbour board met. It looked at the plans for a new quay, which is to cost nine millions.", "It looked at the plans for a new quay, which is to cost nine millions."},
		{"no boilerplate", "Harbour board meets\n\nClick here for pictures. " + quayBody, quayBody},
		{"no greeting", "Hello all,\n\nThe pilot boat needs a new engine, and soon.", "The pilot boat needs a new engine, and soon."},
		{"no credit", "GENOA, Feb 11 (Reuters) - The harbour board met in Genoa.\n\n(Reporting by Tom Perry)", "The harbour board met in Genoa."},
		{"abbreviations", "Sen. A. Quay of N.Y. met the board. She went home at 5 p.m. on Monday, and was tired of it all.", "Sen. A. Quay of N.Y. met the board. She went home at 5 p.m. on Monday, and was tired of it all."},
		{"one line", "The pilot boat of the old harbour of Genoa needs a new\nengine,\tand\u00a0soon.", "The pilot boat of the old harbour of Genoa needs a new engine, and soon."},
		{"no caption", "The harbour board of Genoa met on the quay. A crane lifts the lamp on the quay of Genoa . " + "The lamp on the quay of Genoa will be lit again.",
			"The harbour board of Genoa met on the quay. The lamp on the quay of Genoa will be lit again."},
		{"stops set apart", "The harbour board of Genoa met on the quay . The lamp will be lit again .", "The harbour board of Genoa met on the quay . The lamp will be lit again ."},
		{"no quotation without who said it", "The harbour board of Genoa met on the quay. “The quay is ours,” said a pilot. The lamp on the quay will be lit again.",
			"The harbour board of Genoa met on the quay. The lamp on the quay will be lit again."},
		{"nothing but a quotation", "“The quay is ours,” said a pilot of the old harbour.", "“The quay is ours,” said a pilot of the old harbour."},
		{"a feature, late to its point", strings.Repeat("Nobody is about. ", 9) + "The harbour board of Genoa will light the lamp on the quay of Genoa again.",
			"The harbour board of Genoa will light the lamp on the quay of Genoa again."},
		{"nothing", "***", ""},
	}
	for _, tt := range tests {
		e := extractText(t, tt.body)
		if got := e.Summary; got != tt.want {
			t.Errorf("%s: summary %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestLongSentenceIsCut(t *testing.T) {
	e := extractText(t, "The board "+strings.Repeat("met and met again and ", 20)+"went home.")
	if s := e.Summary; !strings.HasSuffix(s, "…") || strings.HasSuffix(s, " …") {
		t.Errorf("summary %q is not cut at the end of a word", s)
	}
	if title, summary := utf8.RuneCountInString(e.Title), utf8.RuneCountInString(e.Summary); title > 90 || summary > 300 || summary < 280 {
		t.Errorf("title of %d characters, summary of %d", title, summary)
	}
}

// Sentences cannot have more words than these: one letter each, none twice.
func TestSummaryOfTheMostWords(t *testing.T) {
	var b strings.Builder
	letter := rune(0x4e00)
	for range 20 {
		for range 149 {
			b.WriteRune(letter)
			b.WriteRune('，')
			letter++
		}
		b.WriteRune(letter)
		b.WriteString("。\n\n")
		letter++
	}
	if s := extractText(t, b.String()).Summary; utf8.RuneCountInString(s) != 300 {
		t.Errorf("summary %q is not one sentence of 300 characters", s)
	}
}

func TestSummaryOfAPostIsOneSentence(t *testing.T) {
	e, err := newExtractor(t).Extract(feed.Document{Path: "a.md", ModTime: fileTime, Data: []byte("# Quay\n\n" + quayBody)})
	if err != nil {
		t.Fatal(err)
	}
	if want, _, _ := strings.Cut(quayBody, " It will"); e.Summary != want {
		t.Errorf("summary %q, want %q", e.Summary, want)
	}
}
