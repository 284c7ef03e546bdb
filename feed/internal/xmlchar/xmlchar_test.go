package xmlchar_test

import (
	"encoding/xml"
	"strings"
	"testing"
	"unicode/utf8"

	"seedfeed/feed/internal/xmlchar"
)

func TestClean(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"nothing to do", "Café, 名前\t\n\r😀", "Café, 名前\t\n\r😀"},
		{"wire controls", "\x01\x02BC-US\x1f\x03\x7f", "BC-US"},
		{"bad UTF-8", "caf\xe9 \xffok", "caf ok"},
		{"C1 controls and the replacement", "a\u0085b\ufffdc\ufffed\uffff", "abcd"},
	}
	for _, tt := range tests {
		if got := xmlchar.Clean(tt.in); got != tt.want {
			t.Errorf("%s: Clean(%q) = %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}

// A strict parser takes whatever Clean lets through, even inside CDATA.
func FuzzClean(f *testing.F) {
	f.Add("plain")
	f.Add("]]]]>>")
	f.Add("\x00\x1b[0m \xed\xa0\x80 \ufffe")
	f.Fuzz(func(t *testing.T, s string) {
		got := xmlchar.Clean(s)
		if !utf8.ValidString(got) || xmlchar.Clean(got) != got {
			t.Fatalf("Clean(%q) = %q is not clean", s, got)
		}
		doc := "<a><![CDATA[" + strings.ReplaceAll(got, "]]>", "]]]]><![CDATA[>") + "]]></a>"
		if err := xml.Unmarshal([]byte(doc), new(struct{})); err != nil {
			t.Fatalf("Clean(%q): %v", s, err)
		}
	})
}
