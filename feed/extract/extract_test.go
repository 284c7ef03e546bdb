package extract_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/extract"
	"seedfeed/feed/extract/text"
	"seedfeed/feed/internal/golden"
)

// fileTime is the time of every document in these tests, but for those that test
// the time itself.
var fileTime = time.Date(2026, time.March, 5, 9, 0, 0, 0, time.UTC)

func newExtractor(t testing.TB) *extract.Extractor {
	t.Helper()
	base, err := url.Parse("https://news.example.org/")
	if err != nil {
		t.Fatal(err)
	}
	return extract.New(extract.Options{Base: base, Language: "en"})
}

// extractText returns the entry of a text.
func extractText(t *testing.T, body string) feed.Entry {
	t.Helper()
	e, err := newExtractor(t).Extract(feed.Document{Path: "story.txt", ModTime: fileTime, Data: []byte(body)})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// docs returns the documents of testdata/docs, each of which has a golden file
// with its entry beside it.
func docs(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/docs/*")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range files {
		if extract.Readable(f) {
			out = append(out, f)
		}
	}
	if len(out) == 0 {
		t.Fatal("no documents in testdata/docs")
	}
	return out
}

func TestEntries(t *testing.T) {
	x := newExtractor(t)
	for _, file := range docs(t) {
		name := filepath.Base(file)
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			e, err := x.Extract(feed.Document{Path: "news/" + name, ModTime: fileTime, Data: data})
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			enc := json.NewEncoder(&b)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			if err := enc.Encode(e); err != nil {
				t.Fatal(err)
			}
			golden.Check(t, "docs/"+name+".golden", []byte(b.String()))
		})
	}
}

func TestErrors(t *testing.T) {
	tests := []struct {
		path, data string
		want       error
		message    string
	}{
		{"a.txt", "", extract.ErrEmpty, "nothing to publish: the file is empty"},
		{"a.txt", " \r\n\ufeff\n", extract.ErrEmpty, "nothing to publish: the file is empty"},
		{"a.md", "---\ndate: 2026-02-14\n---\n", extract.ErrEmpty, "nothing to publish: the file is empty"},
		{"a.txt", "%PDF-1.7\n\x00\x01\x02", text.ErrBinary, "not text: a binary file"},
		{"a.pdf", "text", extract.ErrUnsupported, "no document: its name does not end in .txt, .md or .html"},
	}
	for _, tt := range tests {
		_, err := newExtractor(t).Extract(feed.Document{Path: tt.path, Data: []byte(tt.data)})
		if !errors.Is(err, tt.want) {
			t.Errorf("%s %q: error = %v, want %v", tt.path, tt.data, err, tt.want)
			continue
		}
		if err.Error() != tt.message {
			t.Errorf("%s %q: error = %q, want %q", tt.path, tt.data, err, tt.message)
		}
	}
}

func TestSyntaxErrorOfATextNamesTheLine(t *testing.T) {
	_, err := newExtractor(t).Extract(feed.Document{Path: "a.txt", Data: []byte("---\ntitle: \"open\n---\nText\n")})
	var syntax *extract.SyntaxError
	if !errors.As(err, &syntax) || syntax.Line != 2 {
		t.Errorf("error = %v, want a SyntaxError of line 2", err)
	}
}

func TestFrontMatterAloneIsAnEntry(t *testing.T) {
	e, err := newExtractor(t).Extract(feed.Document{Path: "a.md", Data: []byte("---\ntitle: A short word\n---\n")})
	if err != nil || e.Title != "A short word" {
		t.Errorf("title = %q, error = %v", e.Title, err)
	}
}

func TestReadable(t *testing.T) {
	for path, want := range map[string]bool{"a.txt": true, "a.TXT": true, "a.text": true, "b/a.md": true, "a.markdown": true, "a.html": true, "a.HTM": true, "a.txt.bak": false, "txt": false, "": false} {
		if got := extract.Readable(path); got != want {
			t.Errorf("Readable(%q) = %v, want %v", path, got, want)
		}
	}
}

func ExampleExtractor_Extract() {
	x := extract.New(extract.Options{})
	entry, err := x.Extract(feed.Document{
		Path:    "news/quays.txt",
		ModTime: time.Date(2026, time.March, 5, 9, 0, 0, 0, time.UTC),
		Data: []byte("SHUSHA, Azerbaijan, March 2. On 1–2 March 2026, a meeting of harbour masters was held in Shusha, " +
			"the ministry said. It heard pilots of nine ports, Trend reports.\n"),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(entry.Title)
	fmt.Println(entry.Published, "from the", entry.From.Published.Source)
	fmt.Println(entry.Place, "/", entry.Agency)
	// Output:
	// Meeting of harbour masters held in Shusha
	// 2026-03-02 from the dateline, year from the text
	// SHUSHA, Azerbaijan / Trend
}
