package extract_test

import (
	"strings"
	"testing"
)

func TestContentOfText(t *testing.T) {
	const head = "Harbour board meets\n\n"
	tests := []struct{ name, body, want string }{
		{"paragraphs", head + "The board met at nine.\n\nIt went home at ten.", "<p>The board met at nine.</p>\n<p>It went home at ten.</p>"},
		{"escaped", head + "The <board> & its \"friends\" met at nine, <b>not</b> at ten.", "<p>The &lt;board&gt; &amp; its \"friends\" met at nine, &lt;b&gt;not&lt;/b&gt; at ten.</p>"},
		{"dateline stays", head + "GENOA, Feb 11 (ANSA) - The board met at nine.", "<p>GENOA, Feb 11 (ANSA) - The board met at nine.</p>"},
		{"wrapped", head + "    The harbour board met at nine in the morning and looked at the\nplans for a new quay.\n    It went home at ten, for the plans were not what it had thought\nthem to be.",
			"<p>The harbour board met at nine in the morning and looked at the plans for a new quay.</p>\n<p>It went home at ten, for the plans were not what it had thought them to be.</p>"},
		{"list", head + "What the board looked at today:\n\n- a quay\n- a lamp\n\nIt went home at ten.", "<p>What the board looked at today:</p>\n<ul>\n<li>a quay</li>\n<li>a lamp</li>\n</ul>\n<p>It went home at ten.</p>"},
		{"underlined", "The Harbour\n===========\n\nThe board met at nine.\n\nPlans\n-----\nIt went home at ten.\n\n---\n\nMore.", "<p>The board met at nine.</p>\n<h2>Plans</h2>\n<p>It went home at ten.</p>\n<p>---</p>\n<p>More.</p>"},
		{"quotation", head + "John wrote this to the board:\n> Is the quay safe?\nIt is safe, and it was so before.", "<p>John wrote this to the board:</p>\n<blockquote>Is the quay safe?</blockquote>\n<p>It is safe, and it was so before.</p>"},
		{"address", head + "See https://quay.example/a?b=1&c=2, or (http://quay.example/x_(y)).", `<p>See <a href="https://quay.example/a?b=1&amp;c=2">https://quay.example/a?b=1&amp;c=2</a>, or (<a href="http://quay.example/x_(y)">http://quay.example/x_(y)</a>).</p>`},
		{"no address", head + "The board met at :// and javascript://x and https:// at nine.", "<p>The board met at :// and javascript://x and https:// at nine.</p>"},
		{"end marks", head + "The board met at nine.\n\n-30-", "<p>The board met at nine.</p>"},
		{"end mark in the line", head + "GENOA, Feb 11 - The board met at nine. Reuter", "<p>GENOA, Feb 11 - The board met at nine.</p>"},
		{"initials", head + "The board met at nine.\n\nabc/def/gh", "<p>The board met at nine.</p>"},
		{"agency that is a word", head + "They asked the news agency that is called Reuters", "<p>They asked the news agency that is called Reuters</p>"},
		{"notes", "BC-IT--Harbour,110<\n1ST LEAD\n" + head + "(Adds comment)\nGENOA, Feb 11 (ANSA) - The board met at nine.", "<p>GENOA, Feb 11 (ANSA) - The board met at nine.</p>"},
		{"not for publication", head + "Genua (dpa) - Der Rat tagte um neun.\n\n* * *\nThe following information is not intended for publication\n\nTel. 040 555 01", "<p>Genua (dpa) - Der Rat tagte um neun.</p>"},
	}
	for _, tt := range tests {
		if got := extractText(t, tt.body).Content; got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

func TestTablesKeepTheirShape(t *testing.T) {
	const table = "Day        High    Low\nMonday     04:10   10:25\nTuesday    05:02   11:14"
	e := extractText(t, "Tides of the week\n\nHigh and low water at the pier of the harbour:\n\n"+table+"\n")
	if !strings.Contains(e.Content, "<pre>"+table+"</pre>") {
		t.Errorf("content %q", e.Content)
	}
}

func TestMessages(t *testing.T) {
	tests := []struct{ name, body, title, content string }{
		{"folded field", "Subject: A quay\n of stone\nFrom: a@example.org\n\nThe quay is safe.", "A quay of stone", "<p>The quay is safe.</p>"},
		{"one field is none", "Subject: quays and piers\n\n" + quayBody, "Subject: quays and piers", "<p>" + quayBody + "</p>"},
		{"unknown fields are none", "Quay: nine\nPier: ten\n\n" + quayBody, "", ""},
		{"written by hand", "Title: A quay\nDate: 2026-02-14\n\nThe quay is safe.", "A quay", "<p>The quay is safe.</p>"},
	}
	for _, tt := range tests {
		e := extractText(t, tt.body)
		if tt.title == "" {
			if !strings.Contains(e.Content+e.Title, "Quay: nine") {
				t.Errorf("%s: a line is lost: %q", tt.name, e.Content)
			}
			continue
		}
		if e.Title != tt.title || e.Content != tt.content {
			t.Errorf("%s: %q, %q, want %q, %q", tt.name, e.Title, e.Content, tt.title, tt.content)
		}
	}
}

func TestIDIsGivenAsStated(t *testing.T) {
	e := extractText(t, "---\nid: tag:example.org,2026:quay\ntags: [Quay, pier, quay]\n---\n"+quayBody)
	if e.ID != "tag:example.org,2026:quay" || e.From.ID.Source != "front matter" {
		t.Errorf("id %q from the %q", e.ID, e.From.ID.Source)
	}
	if got := strings.Join(e.Categories, " "); got != "Quay pier" {
		t.Errorf("categories %q, want each once", got)
	}
	if e := extractText(t, quayBody); e.ID != "" || e.Address != "" || e.URL != "" {
		t.Errorf("id %q, address %q, URL %q of a document that states none", e.ID, e.Address, e.URL)
	}
}
