package extract_test

import "testing"

// A wrong choice is seen at once: the evidence tells which sentences were taken.
func TestSummaryTellsItsSentences(t *testing.T) {
	tests := []struct{ text, summary, source string }{
		{"BOSTON, March 3, 2026 - The town council has voted for a lamp on the pier.\n", "The town council has voted for a lamp on the pier.", "sentence 1 of the story"},
		{lampStory, "The town council has voted for a lamp on the pier. It is to burn from May.", "sentences 1 and 2 of the story"},
		{lampStory + "The council of the town has a lamp and a pier, the lamp of the town council said.\n",
			"The town council has voted for a lamp on the pier. The council of the town has a lamp and a pier, the lamp of the town council said.", "sentences 1 and 3 of the story"},
	}
	for _, tt := range tests {
		if e := extractText(t, tt.text); e.Summary != tt.summary || e.From.Summary.Source != tt.source {
			t.Errorf("%q: summary = %q from %q, want %q from %q", tt.text, e.Summary, e.From.Summary.Source, tt.summary, tt.source)
		}
	}
}

// What sends readers to a programme is no news.
func TestPromotionIsNoTitle(t *testing.T) {
	const news = "The town council has voted for a new lamp on the pier of the harbour."
	e := extractText(t, "Listen to the full interview on Radio Pier from 1900 GMT.\n\n"+news+"\n\nIt burns from May, and is to be seen for thirty miles.\n")
	if e.Title != "Town council voted for new lamp on pier of harbour" || e.Summary[:len(news)] != news {
		t.Errorf("title = %q, summary = %q", e.Title, e.Summary)
	}
	e = extractText(t, "Watch the tide before the ferry leaves for the isles.\n\n"+news+"\n")
	if e.Title != "Watch tide before ferry leaves for isles" {
		t.Errorf("title = %q, want that of the first sentence", e.Title)
	}
}
