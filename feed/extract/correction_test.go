package extract_test

import (
	"slices"
	"strings"
	"testing"
)

// What a document says that it corrects stands below the text, in its language.
func TestCorrections(t *testing.T) {
	for _, tt := range []struct {
		name, matter, body, end string
		want                    []string
	}{
		{"a.md", "correction: It was nine <millions>.", "# Harbour board meets\n\n" + quayBody, "<p><strong>Correction:</strong> It was nine &lt;millions&gt;.</p>", []string{"It was nine <millions>."}},
		{"a.txt", "Correction-Note: It was nine millions.", "Harbour board meets\n\n" + quayBody, "<p><strong>Correction:</strong> It was nine millions.</p>", []string{"It was nine millions."}},
		{"a.html", "correction: [One., Two.]", "<h1>Harbour board meets</h1><p>" + quayBody + "</p>", "<p><strong>Correction:</strong> One.</p>\n\n<p><strong>Correction:</strong> Two.</p>", []string{"One.", "Two."}},
		{"a.md", "lang: de\ncorrection: Es waren neun.", "# Hafenrat tagt\n\nDer Hafenrat hat getagt.", "<p><strong>Korrektur:</strong> Es waren neun.</p>", []string{"Es waren neun."}},
		{"a.md", "title: x", "# Harbour board meets\n\n" + quayBody, "It will meet again.</p>", nil},
	} {
		e := extractAs(t, tt.name, "---\n"+tt.matter+"\n---\n"+tt.body)
		if !slices.Equal(e.Corrections, tt.want) || !strings.HasSuffix(strings.TrimSpace(e.Content), tt.end) {
			t.Errorf("%s, %s: %q, and the text is\n%s", tt.name, tt.matter, e.Corrections, e.Content)
		}
		if len(tt.want) > 0 && strings.Contains(e.Summary, tt.want[0]) {
			t.Errorf("%s, %s: summed up as %q", tt.name, tt.matter, e.Summary)
		}
	}
}
