package extract_test

import (
	"strings"
	"testing"

	"seedfeed/feed"
)

const lampStory = "BOSTON, March 3, 2026 - The town council has voted for a lamp on the pier.\n\nIt is to burn from May.\n\n"

// What stands below a story and is about its sender is published, but never sums
// the story up.
func TestCodaDoesNotSumUp(t *testing.T) {
	for _, coda := range []string{
		"About Pier Lamp Co.", "About the Pier Lamp Company", "Über die Pier Lamp AG", "À propos de Pier Lamp", "Sobre Pier Lamp", "About the author",
		"Media contact:", "Contacts", "CONTACT: Jane Doe, 555 0100", "Pressekontakt:", "SOURCE Pier Lamp Co.", "(SOURCE: Pier Lamp Co.)", "Source: Pier Lamp Co.",
		"Notes to editors", "Forward-looking statements", "Original-Content von: Pier Lamp AG, übermittelt durch news aktuell",
	} {
		const boast = "The council lamp of the pier town is voted the leading lamp of the town council pier."
		e := extractText(t, lampStory+coda+"\n\n"+boast+"\n")
		if want := "The town council has voted for a lamp on the pier. It is to burn from May."; e.Summary != want {
			t.Errorf("%s: summary = %q, want %q", coda, e.Summary, want)
		}
		if !strings.Contains(e.Content, "<p>"+coda+"</p>") || !strings.Contains(e.Content, boast) {
			t.Errorf("%s: content = %q, want all of it", coda, e.Content)
		}
	}
}

// Words that only look like the beginning of one, and one that stands above a
// text, are part of the story.
func TestNoCoda(t *testing.T) {
	const sentence = "The council lamp of the pier town is voted the leading lamp of the town council pier."
	for _, line := range []string{"About 200 people came", "About time", "Über 40 Verletzte", "About What Now?", "Sources say no"} {
		if e := extractText(t, lampStory+line+"\n\n"+sentence+"\n"); !strings.Contains(e.Summary, sentence) {
			t.Errorf("%s: summary = %q, want a sentence below it in it", line, e.Summary)
		}
	}
	e := extractText(t, "About Pier Lamp Co.\n\nPier Lamp Co. makes lamps for nine ports.\n\nIt was founded in 1954.\n")
	if e.Title != "About Pier Lamp Co." || !strings.HasPrefix(e.Summary, "Pier Lamp Co. makes lamps") {
		t.Errorf("title = %q, summary = %q: a text may be about its sender", e.Title, e.Summary)
	}
}

func TestEndMarksAreCut(t *testing.T) {
	for _, mark := range []string{"-0-", "###", "- 30 -", "ENDS", "(ENDS)", "(END)", "--END--", "*** ENDS ***", "(MORE)", "-more-", "Ends//", "(ANSA)"} {
		if e := extractText(t, lampStory+mark+"\n"); !strings.HasSuffix(e.Content, "<p>It is to burn from May.</p>") {
			t.Errorf("%s: content = %q, want it without the mark", mark, e.Content)
		}
	}
	for _, last := range []string{"0", "The end", "(See page 3.)", "It was lit (ANSA)"} {
		if e := extractText(t, lampStory+last+"\n"); !strings.HasSuffix(e.Content, "<p>"+last+"</p>") {
			t.Errorf("%s: content = %q, want it in it", last, e.Content)
		}
	}
	e := extractText(t, "GENOVA, 3 MAR - Il molo apre a maggio. Lo ha detto il sindaco. (ANSA).\n")
	if !strings.HasSuffix(e.Content, "il sindaco.</p>") || e.Agency != "ANSA" {
		t.Errorf("content = %q, agency = %q, want the agency and not its mark", e.Content, e.Agency)
	}
	if e := extractText(t, ">>>ANSA/Il molo apre a maggio\n\n"+lampStory); e.Title != "Il molo apre a maggio" {
		t.Errorf("title = %q, want it without the mark of its agency", e.Title)
	}
}

// The byline and the end mark of Markdown and of a page are left out as those of
// a text are.
func TestBylineAndEndMarkOfMarkup(t *testing.T) {
	tests := []struct{ name, path, doc, author, content string }{
		{"Markdown", "a.md", "# Lamp lit\n\nBy Jane Doe\n\nThe lamp was lit.\n\nIt burns.\n\n###\n\n\\-30-\n", "Jane Doe", "<p>The lamp was lit.</p>\n<p>It burns.</p>"},
		{"an author who is stated", "a.md", "---\nauthor: Jane Doe\n---\n# Lamp lit\n\n*By JANE DOE, Staff Writer*\n\nThe lamp was lit.\n", "Jane Doe", "<p>The lamp was lit.</p>"},
		{"another author", "a.md", "---\nauthor: Ann Roe\n---\n# Lamp lit\n\nBy Jane Doe\n\nThe lamp was lit.\n", "Ann Roe", "<p>By Jane Doe</p>\n<p>The lamp was lit.</p>"},
		{"a page", "a.html", "<title>Lamp lit</title><article><p>By Jane Doe</p><p>The lamp was lit on the pier.</p><p>-30-</p></article>", "Jane Doe", "<p>The lamp was lit on the pier.</p>"},
	}
	for _, tt := range tests {
		e, err := newExtractor(t).Extract(feed.Document{Path: tt.path, ModTime: fileTime, Data: []byte(tt.doc)})
		if err != nil {
			t.Fatal(err)
		}
		if len(e.Authors) != 1 || e.Authors[0].Name != tt.author || e.Content != tt.content {
			t.Errorf("%s: authors = %v, content = %q, want %s and %q", tt.name, e.Authors, e.Content, tt.author, tt.content)
		}
	}
}

func TestCharacterReferences(t *testing.T) {
	tests := []struct{ name, path, doc, content string }{
		{"a text out of a page", "a.txt", "The mayor of R&amp;D said &#34;no&#x22; &mdash; twice.&#13;\n", "<p>The mayor of R&amp;D said \"no\" — twice.</p>"},
		{"a control character", "a.txt", "The mayor&#1; said&#0; &nbsp;no.\n", "<p>The mayor said no.</p>"},
		{"an address", "a.txt", "See http://a.example/?a=1&copy=2 &amp; wait.\n", `<p>See <a href="http://a.example/?a=1&amp;copy=2">http://a.example/?a=1&amp;copy=2</a> &amp; wait.</p>`},
		{"a text about markup", "a.txt", "Write &lt; for < in it.\n", "<p>Write &amp;lt; for &lt; in it.</p>"},
		{"no reference", "a.txt", "AT&T; &; &a; & all.\n", "<p>AT&amp;T; &amp;; &amp;a; &amp; all.</p>"},
		{"a page escaped twice", "a.html", "<title>Lamp lit</title><article><p>She said &amp;#34;no&amp;quot; &amp;amp; left.</p></article>", "<p>She said \"no\" &amp; left.</p>"},
		{"code in a page", "a.html", "<title>Lamp lit</title><article><p>Write <code>&amp;quot;</code> for a mark.</p></article>", "<p>Write <code>&amp;quot;</code> for a mark.</p>"},
		{"a page about markup", "a.html", "<title>Lamp lit</title><article><p>Write &amp;lt;b&amp;gt; and &amp;amp; here.</p></article>", "<p>Write &amp;lt;b&amp;gt; and &amp;amp; here.</p>"},
	}
	for _, tt := range tests {
		e, err := newExtractor(t).Extract(feed.Document{Path: tt.path, ModTime: fileTime, Data: []byte(tt.doc)})
		if err != nil {
			t.Fatal(err)
		}
		if e.Content != tt.content {
			t.Errorf("%s: content = %q, want %q", tt.name, e.Content, tt.content)
		}
	}
}
