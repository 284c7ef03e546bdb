package extract_test

import (
	"strings"
	"testing"

	"seedfeed/feed"
)

// The file is of Wednesday, 2 September 2026.
func TestEmbargoLines(t *testing.T) {
	tests := []struct{ line, want string }{
		{"EMBARGOED UNTIL 8:30 a.m. ET, Friday, September 4, 2026", "2026-09-04T08:30:00-04:00"},
		{"Embargoed until 00:01 GMT Friday 4 September 2026", "2026-09-04T00:01:00Z"},
		{"STRICTLY EMBARGOED UNTIL 0001 HOURS, FRIDAY 4 SEPTEMBER", "2026-09-04T00:01:00Z"},
		{"EMBARGO: 00.01 BST, 4 September", "2026-09-04T00:01:00+01:00"},
		{"Embargoed until Friday, 10 a.m.", "2026-09-04T10:00:00Z"},
		{"Not for release before 10:00 CET on 4 September 2026", "2026-09-04T10:00:00+01:00"},
		{"NOT FOR PUBLICATION BEFORE 6 PM LONDON TIME, SEPTEMBER 4", "2026-09-04T18:00:00+01:00"},
		{"HOLD FOR RELEASE UNTIL SEPT. 4, 2026", "2026-09-04"},
		{"DO NOT USE BEFORE FRIDAY", "2026-09-04"},
		{"For release 10:00 a.m. (ET) Friday, September 4, 2026", "2026-09-04T10:00:00-04:00"},
		{"Sperrfrist: 4. September 2026, 12.00 Uhr", "2026-09-04T12:00:00Z"},
		{"Sperrfrist: Freitag, 4. September, 12 Uhr MESZ", "2026-09-04T12:00:00+02:00"},
		{"Achtung, Sperrfrist: Freitag 1800!", "2026-09-04T18:00:00Z"},
		{"Gesperrt bis 04.09.2026, 10:00 Uhr", "2026-09-04T10:00:00Z"},
		{"SPERRFRIST BEACHTEN: Frei ab 4. September 2026 um 14:30 Uhr", "2026-09-04T14:30:00Z"},
		{"Sous embargo jusqu'au vendredi 4 septembre 2026 à 10h00", "2026-09-04T10:00:00Z"},
		{"EMBARGO jusqu'au 4 septembre 2026 à 6 h", "2026-09-04T06:00:00Z"},
		{"Embargo hasta el viernes 4 de septiembre de 2026 a las 10:00", "2026-09-04T10:00:00Z"},
		{"Embargado hasta las 09.30 horas del 4 de septiembre de 2026", "2026-09-04T09:30:00Z"},
		{"ЭМБАРГО до 10:00 мск 4 сентября 2026 года", "2026-09-04T10:00:00+03:00"},
		{"Эмбарго до 4 сентября", "2026-09-04"},
		{"Embargo fino alle ore 12 del 4 settembre 2026", "2026-09-04T12:00:00Z"},
		{"Embargo até às 10h de 4 de setembro de 2026", "2026-09-04T10:00:00Z"},
		{"EMBARGO: 5 January", "2027-01-05"},
	}
	for _, tt := range tests {
		e := extractAs(t, "a.txt", tt.line+"\n\nHarbour board meets\n\n"+quayBody)
		if e.Status != feed.Held || e.Until.String() != tt.want || e.Title != "Harbour board meets" {
			t.Errorf("%q: %s until %q (%s), title %q, want %q", tt.line, e.Status, e.Until, e.Reason, e.Title, tt.want)
		}
		if strings.Contains(e.Content, tt.line) || strings.Contains(e.Summary, tt.line) {
			t.Errorf("%q is published: %s", tt.line, e.Content)
		}
	}
}

// What can not be read in one way holds for good, and says why.
func TestEmbargoThatCanNotBeRead(t *testing.T) {
	tests := []struct{ line, reason string }{
		{"EMBARGOED", "it tells no day"},
		{"Sperrfrist: nach der Rede", "it tells no day"},
		{"EMBARGOED UNTIL 14 June", "it tells no year"},
		{"EMBARGOED UNTIL Friday, September 5, 2026", "2026-09-05 is not the weekday that it names"},
		{"EMBARGOED UNTIL 10:00 IST, September 4, 2026", "the time zone IST has more than one meaning"},
		{"EMBARGOED UNTIL 10:00 LOCAL TIME, September 4, 2026", "the time zone is not known"},
		{"EMBARGOED UNTIL 4 September 2026, at 7 or so", "its time of day is not clear"},
	}
	for _, tt := range tests {
		e := extractAs(t, "a.txt", tt.line+"\n\nHarbour board meets\n\n"+quayBody)
		want := "the embargo \"" + tt.line + "\" can not be read: " + tt.reason
		if e.Status != feed.Held || e.Reason != want || !e.Until.IsZero() {
			t.Errorf("%q: %s, %q until %q, want %q", tt.line, e.Status, e.Reason, e.Until, want)
		}
	}
}

func TestNotForPublication(t *testing.T) {
	for _, line := range []string{
		"HOLD", "NOT FOR PUBLICATION", "For your information only, not for publication", "Background only - not for publication", "Confidential: do not publish",
		"Nur zur Information, nicht zur Veröffentlichung", "Pour information, ne pas publier", "Solo para su información, no publicar", "Только для сведения, не для публикации",
	} {
		e := extractAs(t, "a.txt", line+"\n\nHarbour board meets\n\n"+quayBody)
		if want := "the text says \"" + line + "\""; e.Status != feed.Held || e.Reason != want {
			t.Errorf("%q: %s, %q, want %q", line, e.Status, e.Reason, want)
		}
	}
}

// A hold is heeded in each format, however long the text below it is, and however
// it is set.
func TestHeldInEveryFormat(t *testing.T) {
	below := "\n\n" + quayBody + strings.Repeat("\n\nThe board has met for the ninth time, and will meet again.", 8) + "\n"
	pages := strings.ReplaceAll("<p>"+strings.TrimSpace(below)+"</p>", "\n\n", "</p>\n<p>")
	for _, line := range []string{"HOLD", "NOT FOR PUBLICATION", "EMBARGOED UNTIL September 4, 2026"} {
		for _, tt := range []struct{ path, body string }{
			{"a.txt", line + "\n\nHarbour board meets" + below},
			{"a.txt", "Harbour board meets\n\n" + line + below},
			{"a.md", line + "\n\nHarbour board meets" + below},
			{"a.md", line + "\n\n# Harbour board meets" + below},
			{"a.md", "# Harbour board meets\n\n" + line + below},
			{"a.md", "# Harbour board meets\n\n**" + line + "**" + below},
			{"a.md", "## " + line + "\n\n# Harbour board meets" + below},
			{"a.md", "# " + line + "\n\nHarbour board meets" + below},
			{"a.md", "> " + line + "\n\n# Harbour board meets" + below},
			{"a.md", "---\ntitle: Harbour board meets\n---\n" + line + below},
			{"a.html", "<p>" + line + "</p><h1>Harbour board meets</h1>" + pages},
			{"a.html", "<h1>Harbour board meets</h1><p><b>" + line + "</b></p>" + pages},
			{"a.html", "<h2>" + line + "</h2><h1>Harbour board meets</h1>" + pages},
			{"a.html", "<div>" + line + "</div><h1>Harbour board meets</h1>" + pages},
		} {
			if e := extractAs(t, tt.path, tt.body); e.Status != feed.Held {
				t.Errorf("%s is %s, with the title %q:\n%s", tt.path, e.Status, e.Title, tt.body[:60])
			}
		}
	}
}

// A false hold keeps news from its readers.
func TestNotHeld(t *testing.T) {
	for _, headline := range []string{
		"Embargo Act of 1807 turned 219 years", "EU lifts embargo on cloves", "Internal affairs minister resigns", "Hold the line, says harbour board", "Court says memoir is not for publication in Genoa",
		"Draft law on harbours published", "FOR IMMEDIATE RELEASE", "Embargo on cloves ends on Friday", "Release of the harbour plan is near", "Sperrfristende im Februar",
	} {
		e := extractAs(t, "a.txt", headline+"\n\nGENOA, Italy, Feb 11 (Acme) - "+quayBody)
		if e.Status != feed.Live {
			t.Errorf("%q is held: %s", headline, e.Reason)
		}
	}
}

func TestDeskNotesAreCut(t *testing.T) {
	tests := []struct{ name, path, body, cut, kept string }{
		{"Eds", "a.txt", "Eds: Zanzibar photos to come.\n\nHarbour board meets\n\n" + quayBody, "Zanzibar", "quay"},
		{"Eds below", "a.txt", "Harbour board meets\n\n" + quayBody + "\n\nEds: Zanzibar photos to come.\n", "Zanzibar", "quay"},
		{"attention editors", "a.txt", "Harbour board meets\n\n" + quayBody + "\n\nATTENTION EDITORS - Zanzibar photos on request\n", "Zanzibar", "quay"},
		{"private contact", "a.txt", "Harbour board meets\n\n" + quayBody + "\n\nMedia contact (not for publication):\n\nJane Zanzibar\n\n+39 010 555 0100\n", "555", "quay"},
		{"private contact in Markdown", "a.md", "# Harbour board meets\n\n" + quayBody + "\n\nContact, not for publication: Jane Zanzibar\n", "Zanzibar", "quay"},
		{"remark in a page", "a.html", "<h1>Harbour board meets</h1><p>(Adds Zanzibar)</p><p>" + quayBody + "</p>", "Zanzibar", "quay"},
		{"notes of a press office", "a.txt", "Harbour board meets\n\n" + quayBody + "\n\nNotes to editors\n\nThe harbour is 900 years old.\n", "\x00", "900 years"},
		{"editor's note", "a.txt", "EDITOR'S NOTE: This story speaks of floods.\n\nHarbour board meets\n\n" + quayBody, "\x00", "speaks of floods"},
		{"places", "a.txt", "Harbour board meets\n\n" + quayBody + "\n\nOrte\n\nGenua liegt am Meer.\n", "\x00", "am Meer"},
	}
	for _, tt := range tests {
		e := extractAs(t, tt.path, tt.body)
		if e.Status != feed.Live || strings.Contains(e.Content+e.Summary, tt.cut) || !strings.Contains(e.Content, tt.kept) {
			t.Errorf("%s: %s, %s", tt.name, e.Status, e.Content)
		}
		if cut := strings.Join(e.Cut, "\n"); strings.Contains(cut, tt.cut) != (tt.cut != "\x00") {
			t.Errorf("%s: what was cut is %q", tt.name, cut)
		}
	}
}
