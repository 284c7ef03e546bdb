package extract_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/extract"
)

// extractAs returns the entry of a document with a name.
func extractAs(t *testing.T, name, body string) feed.Entry {
	t.Helper()
	e, err := extract.New(extract.Options{}).Extract(feed.Document{Path: name, ModTime: time.Date(2026, 9, 2, 8, 0, 0, 0, time.UTC), Data: []byte(body)})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return e
}

func TestRevisionOfHeadlines(t *testing.T) {
	tests := []struct{ headline, title, want string }{
		{"UPDATE 2-Harbour board meets", "Harbour board meets", "update 2"},
		{"UPDATE 10 - Harbour board meets", "Harbour board meets", "update 10"},
		{"CORRECTED-UPDATE 1-Harbour board meets", "Harbour board meets", "correction 1"},
		{"CORRECTED-(OFFICIAL)-Harbour board meets", "Harbour board meets", "correction 0"},
		{"CORRECTED(OFFICIAL)-UPDATE 3-Harbour board meets", "Harbour board meets", "correction 3"},
		{"REFILE-Harbour board meets", "Harbour board meets", "refile 0"},
		{"RPT-UPDATE 1-Harbour board meets", "Harbour board meets", "repeat 1"},
		{"WRAPUP 3-Harbour board meets", "Harbour board meets", "update 3"},
		{"1st Ld-Writethru: Harbour board meets", "Harbour board meets", "update 1"},
		{"(2nd LD) Harbour board meets", "Harbour board meets", "update 2"},
		{"(LEAD) Harbour board meets", "Harbour board meets", "update 0"},
		{"UPDATE1: Harbour board meets", "Harbour board meets", "update 1"},
		{"Harbour Board Meets (Update2)", "Harbour Board Meets", "update 2"},
		{"KORREKTUR: Hafenrat tagt in Genua", "Hafenrat tagt in Genua", "correction 0"},
		{"Berichtigung: Hafenrat tagt in Genua", "Hafenrat tagt in Genua", "correction 0"},
		{"WDH/ROUNDUP 2: Hafenrat tagt in Genua", "Hafenrat tagt in Genua", "repeat 2"},
		{"Zusammenfassung 1800: Hafenrat tagt in Genua", "Hafenrat tagt in Genua", "update 1800"},
		{"RECTIFICATIF : Le port de Gênes se réunit", "Le port de Gênes se réunit", "correction 0"},
		{"ANNULE ET REMPLACE - Le port de Gênes se réunit", "Le port de Gênes se réunit", "correction 0"},
		{"ACTUALIZA 2-La junta del puerto se reúne", "La junta del puerto se reúne", "update 2"},
		{"CORRECCIÓN: La junta del puerto se reúne", "La junta del puerto se reúne", "correction 0"},
		{"ATUALIZA 1-Junta do porto se reúne", "Junta do porto se reúne", "update 1"},
		{"RETTIFICA: Il porto di Genova si riunisce", "Il porto di Genova si riunisce", "correction 0"},
		{"ИСПРАВЛЕНО-Совет порта соберется", "Совет порта соберется", "correction 0"},

		{"Update: the harbour board meets", "Update: the harbour board meets", ""},
		{"Correction: Harbour board story", "Correction: Harbour board story", ""},
		{"LEAD: PRICES FELL IN GENOA", "Lead: prices fell in genoa", ""},
		{"Lead: prices fell in Genoa", "Lead: prices fell in Genoa", ""},
		{"UPDATE ON HARBOUR BOARD - GENOA", "Update on harbour board - genoa", ""},
		{"PRECIOUS-Gold rises on harbour fears", "PRECIOUS-Gold rises on harbour fears", ""},
		{"Harbour board meets (updated)", "Harbour board meets (updated)", ""},
		{"Repeat offenders at the harbour", "Repeat offenders at the harbour", ""},
	}
	for _, tt := range tests {
		e := extractAs(t, "a.txt", tt.headline+"\n\nGENOA, Italy, Feb 11 (Acme) - "+quayBody+"\n")
		if e.Title != tt.title || revisionOf(e) != tt.want {
			t.Errorf("%q: title %q, %q, want %q, %q", tt.headline, e.Title, revisionOf(e), tt.title, tt.want)
		}
		if tt.want != "" && (e.Revision.From != feed.Evidence{Source: "headline", Words: tt.headline}) {
			t.Errorf("%q: from %+v", tt.headline, e.Revision.From)
		}
	}
}

func revisionOf(e feed.Entry) string {
	if e.Revision.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s %d", e.Revision.Kind, e.Revision.Number)
}

func TestRevisionOfLines(t *testing.T) {
	const story = "Harbour board meets\n\nGENOA, Italy, Feb 11 (Acme) - " + quayBody + "\n"
	tests := []struct{ name, body, want, source, slug string }{
		{"slug of AP", "BC-EU--Harbour Board, 1st Ld-Writethru,0320\n\n" + story, "update 1", "slug", "BC-EU--Harbour Board"},
		{"slug without a version", "BC-EU--Harbour Board,0320\n\n" + story, "", "", "BC-EU--Harbour Board"},
		{"slug line", "Slug: HARBOUR-BOARD\n\n" + story, "", "", "HARBOUR-BOARD"},
		{"take line", "Italy-harbours/\n2ND LEAD\n" + story, "update 2", "line above the story", "Italy-harbours"},
		{"adds", "Harbour board meets\n\n(Adds comment, details)\n\nGENOA, Italy, Feb 11 (Acme) - " + quayBody, "update 0", "remark", ""},
		{"corrects", "Harbour board meets\n\n(In Feb. 10 story, corrects cost in paragraph 1)\n\nGENOA, Feb 11 (Acme) - " + quayBody, "correction 0", "remark", ""},
		{"updates with", "(Updates with quotes from the board)\n\n" + story, "update 0", "remark", ""},
		{"repeats", "(Repeats to additional subscribers)\n\n" + story, "repeat 0", "remark", ""},
		{"neu", "Hafenrat tagt\n\n(Neu: weitere Einzelheiten)\n\nGENUA (Acme) - Der Rat des Hafens hat über die Pläne für eine neue Mole beraten, die neun Millionen kosten soll.", "update 0", "remark", ""},
		{"headline tells the number", "UPDATE 3-Harbour board meets\n\n(Adds comment)\n\nGENOA, Feb 11 (Acme) - " + quayBody, "update 3", "headline", ""},
		{"a paragraph in brackets", "Harbour board meets\n\n(New York has one too.)\n\n" + quayBody, "", "", ""},
	}
	for _, tt := range tests {
		e := extractAs(t, "a.txt", tt.body)
		if revisionOf(e) != tt.want || e.Revision.From.Source != tt.source || e.Slug != tt.slug {
			t.Errorf("%s: %q from %q, slug %q, want %q from %q, slug %q", tt.name, revisionOf(e), e.Revision.From.Source, e.Slug, tt.want, tt.source, tt.slug)
		}
		if tt.source == "remark" && strings.Contains(e.Content, e.Revision.From.Words) {
			t.Errorf("%s: the remark is published: %s", tt.name, e.Content)
		}
	}
}

func TestRevisionOfFileNames(t *testing.T) {
	for name, want := range map[string]string{
		"story-v2.txt": "update 2", "news/story_v3.md": "update 3", "story.v2.txt": "update 2", "story_update1.txt": "update 1", "story-corrected.txt": "correction 0",
		"story-rev-4.txt": "update 4", "story-refile.txt": "refile 0",
		"2026-02-14.txt": "", "story.2.txt": "", "story-2.txt": "", "v2.txt": "", "december-update.md": "", "budget-v2026.txt": "", "story (2).txt": "", "div2.txt": "",
	} {
		e := extractAs(t, name, "Harbour board meets\n\n"+quayBody)
		if revisionOf(e) != want || e.Revision.ByName != (want != "") {
			t.Errorf("%s: %q, by name %t, want %q", name, revisionOf(e), e.Revision.ByName, want)
		}
	}
}

// The versions of a story in the order in which they follow each other.
func TestRevisionOrder(t *testing.T) {
	versions := []feed.Revision{
		{},
		{Kind: feed.Repeat},
		{Kind: feed.Refile},
		{Kind: feed.Correction},
		{Kind: feed.Update, Number: 1},
		{Kind: feed.Repeat, Number: 1},
		{Kind: feed.Correction, Number: 1},
		{Kind: feed.Update, Number: 2},
	}
	for i := 1; i < len(versions); i++ {
		if versions[i-1].Order() >= versions[i].Order() {
			t.Errorf("%+v does not come before %+v", versions[i-1], versions[i])
		}
	}
	if (feed.Revision{Kind: feed.Update}).Order() != versions[4].Order() {
		t.Error("an update without a number is not the first")
	}
}

func TestMarksOffStatedTitles(t *testing.T) {
	e := extractAs(t, "a.md", "---\ntitle: UPDATE 2-Harbour board meets\n---\n"+quayBody)
	if e.Title != "Harbour board meets" || revisionOf(e) != "update 2" {
		t.Errorf("title %q, %q", e.Title, revisionOf(e))
	}
	e = extractAs(t, "a.html", "<html><head><title>CORRECTED-Harbour board meets</title></head><body><article><h1>CORRECTED-Harbour board meets</h1><p>"+quayBody+"</p></article></body></html>")
	if e.Title != "Harbour board meets" || revisionOf(e) != "correction 0" {
		t.Errorf("page: title %q, %q", e.Title, revisionOf(e))
	}
}
