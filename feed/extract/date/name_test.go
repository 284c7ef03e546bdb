package date_test

import (
	"testing"

	"seedfeed/feed/extract/date"
)

func TestInName(t *testing.T) {
	tests := []struct{ in, want, words string }{
		{"2026-02-14-title.md", "2026-02-14", "2026-02-14"},
		{"notes/2026-02-14.txt", "2026-02-14", "2026-02-14"},
		{"2026.02.14.title.md", "2026-02-14", "2026.02.14"},
		{"2026_2_4 title.md", "2026-02-04", "2026_2_4"},
		{"20260214.txt", "2026-02-14", "20260214"},
		{"IMG_20260214.html", "2026-02-14", "20260214"},
		{"20260214_101500.txt", "2026-02-14T10:15:00", "20260214_101500"},
		{"20260214T101500Z-x.txt", "2026-02-14T10:15:00Z", "20260214T101500Z"},
		{"20260214101500.txt", "2026-02-14T10:15:00", "20260214101500"},
		{"2026-02-14-2030-vision.md", "2026-02-14", "2026-02-14"},
		{"story_14-02-2026.html", "2026-02-14", "14-02-2026"},
		{"story 14.02.2026.html", "2026-02-14", "14.02.2026"},
		{"3.4.2026.txt", "2026-04-03", "3.4.2026"},
		{"14-feb-2026-title.txt", "2026-02-14", "14-feb-2026"},
		{"14feb2026.txt", "2026-02-14", "14feb2026"},
		{"2026-feb-14.txt", "2026-02-14", "2026-feb-14"},
		{"feb-14-2026.txt", "2026-02-14", "feb-14-2026"},
		{"2026/02/14/title.md", "2026-02-14", "2026/02/14"},
		{"posts/2026/2/4/title/index.md", "2026-02-04", "2026/2/4"},
		{"posts/2026-02-14/index.md", "2026-02-14", "2026-02-14"},
		{"posts/20260214/index.md", "2026-02-14", "20260214"},
		{"2026/02/title.md", "2026-02", "2026/02"},
		{"content/2019/03/slug/index.md", "2019-03", "2019/03"},
		{"2026-02/title.md", "2026-02", "2026-02"},
		{"report-2026-02.txt", "2026-02", "2026-02"},
		{"2026/02/2026-03-01-title.md", "2026-03-01", "2026-03-01"},
		{"2026/02/14/report-2026-01.md", "2026-02-14", "2026/02/14"},
		{"3-4-2026.txt", "", ""},
		{"v1.2.2024.txt", "", ""},
		{"2024-10-reasons.md", "", ""},
		{"on-september-11-2001.md", "", ""},
		{"september-11-2001-memorial.md", "", ""},
		{"2026-02-30.txt", "", ""},
		{"12345678.txt", "", ""},
		{"2026/title.md", "", ""},
		{"02/14/title.md", "", ""},
		{"readme.md", "", ""},
		{"", "", ""},
		{"/", "", ""},
	}
	for _, tt := range tests {
		var got, words string
		if d, ok := date.InName(tt.in); ok {
			got, words = describe(d), tt.in[d.Start:d.End]
		}
		if got != tt.want || words != tt.words {
			t.Errorf("InName(%q) = %q from %q, want %q from %q", tt.in, got, words, tt.want, tt.words)
		}
	}
	if d, ok := (date.Grammar{Order: date.MonthDay}).InName("3-4-2026.txt"); !ok || d.String() != "2026-03-04" {
		t.Errorf("month first, InName = %v, %v, want 2026-03-04", d, ok)
	}
}
