package extract

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"seedfeed/feed/internal/golden"
)

// The tests of this file are inside the package: what a document states is not
// seen from outside before the questions have weighed it.

// names of the questions, for tests to print.
var questionNames = map[question]string{
	askTitle: "title", askPublished: "published", askUpdated: "updated", askSummary: "summary", askAuthor: "author",
	askAgency: "agency", askPlace: "place", askLanguage: "language", askCategory: "category", askID: "id", askPath: "path",
	askDraft: "draft", askEmbargo: "embargo", askExpires: "expires", askMinor: "minor", askCorrection: "correction", askNote: "note",
}

// say writes statements as lines of "question=value".
func say(values []stated) string {
	var lines []string
	for _, v := range values {
		line := questionNames[v.ask] + "=" + v.value
		if v.email != "" {
			line += " <" + v.email + ">"
		}
		if v.uri != "" {
			line += " (" + v.uri + ")"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestCutFrontMatter(t *testing.T) {
	tests := []struct {
		name, in, want, rest string
	}{
		{"none", "Plain text.\n", "", "Plain text.\n"},
		{"empty", "", "", ""},
		{"empty block", "---\n---\nText", "", "Text"},
		{"byte order mark, CRLF, blank lines", "\ufeff\r\n\r\n---\r\ntitle: A\r\n---\r\nText\r\n", "title=A", "Text\r\n"},
		{"dots close it", "---\ntitle: A\n...\nText", "title=A", "Text"},
		{"TOML", "+++\ntitle = \"A\"\ndate = 2026-02-14\nlastmod = 2026-02-14T09:30:00\npublishDate = 2026-02-14T09:30:00+04:00\n+++\nText",
			"title=A\npublished=2026-02-14\npublished=2026-02-14T09:30:00+04:00\nupdated=2026-02-14T09:30:00\nembargo=2026-02-14T09:30:00+04:00", "Text"},
		{"JSON", "{\n  \"title\": \"A\",\n  \"draft\": false,\n  \"tags\": [\"x\", \"y\"]\n}\nText", "title=A\ncategory=x\ncategory=y", "\nText"},
		{"fenced JSON", "---json\n{\"title\": \"A\"}\n---\nText", "title=A", "Text"},
		{"fenced TOML", "--- toml\ntitle = 'A'\n---\nText", "title=A", "Text"},
		{"rule above text", "---\nThe ministers met.\n\n---\nMore.", "", "---\nThe ministers met.\n\n---\nMore."},
		{"rule above a note", "---\n\nNote: the ministers met.\n\n---\nMore.", "", "---\n\nNote: the ministers met.\n\n---\nMore."},
		{"rule above a quote with a colon", "---\nPerla: \"it is done\" he said: so\n---\nMore.", "", "---\nPerla: \"it is done\" he said: so\n---\nMore."},
		{"flash between plus signs", "+++\nEILMELDUNG\n+++\nText", "", "+++\nEILMELDUNG\n+++\nText"},
		{"unknown keys in TOML", "+++\ntemplate = \"x\"\n+++\nText", "", "Text"},
		{"unknown keys", "---\nlayout: post\n---\nText", "", "Text"},
		{"brace of a template", "{{< figure >}}\nText", "", "{{< figure >}}\nText"},
		{"JSON that is no front matter", "{\"answer\": 42}\n", "", "{\"answer\": 42}\n"},
		{"unclosed", "---\ntitle: A\ndraft: true\n\nText: more.\n", "title=A\ndraft=draft: true\nnote=front matter: it is never closed by ---, and was read up to line 3", "\nText: more.\n"},
		{"unclosed, heading follows", "---\ntitle: A\ntags:\n- x\n# Head\n", "title=A\ncategory=x\nnote=front matter: it is never closed by ---, and was read up to line 4", "# Head\n"},
		{"unclosed rule", "---\nText\n", "", "---\nText\n"},
		{"unclosed TOML", "+++\ntitle = \"A\"\n\nText\n", "title=A\nnote=front matter: it is never closed by +++, and was read up to line 2", "\nText\n"},
		{"colon in a title", "---\ntitle: Go: the good parts: a review\ndate: 2026-02-14\n---\n", "title=Go: the good parts: a review\npublished=2026-02-14\nnote=front matter: the value of \"title\" is not valid YAML as it stands, and was read as plain text; put it in quotes", ""},
		{"words after quotes", "---\ntitle: \"Peace Bridge\" isn't done\n---\n", "title=\"Peace Bridge\" isn't done\nnote=front matter: the value of \"title\" is not valid YAML as it stands, and was read as plain text; put it in quotes", ""},
		{"at sign and brackets", "---\ntitle: [Update] New dates\nauthor: @jane\n---\n", "title=[Update] New dates\nauthor=@jane\nnote=front matter: the value of \"title\" is not valid YAML as it stands, and was read as plain text; put it in quotes\nnote=front matter: the value of \"author\" is not valid YAML as it stands, and was read as plain text; put it in quotes", ""},
		{"key twice", "---\ntitle: A\ntitle: B\n---\n", "title=B\nnote=front matter: \"title\" stands twice; the last one counts", ""},
		{"folded", "---\ntitle: >-\n  A folded\n  title\n---\n", "title=A folded title", ""},
		{"tag of a language", "---\ntitle: !!python/object/apply:os.system [\"echo\"]\ndate: 2026-02-14\n---\n", "title=echo\npublished=2026-02-14", ""},
		{"anchor", "---\nauthor: &me Jane Doe\nby: *me\n---\n", "author=Jane Doe\nauthor=Jane Doe", ""},
		{"numbers as written", "---\ntitle: 007\ndate: 20260214\n---\n", "title=007\npublished=20260214", ""},
		{"HTML in a title", "---\ntitle: \"A <b>bold</b> &amp; <br/>brave Map<K, V> &lt;NOVA&gt; a < b\"\nauthor: <i>Jane</i> <jane@lamp.example>\n---\n", "title=A bold & brave Map<K, V> <NOVA> a < b\nauthor=Jane <jane@lamp.example>", ""},
		{"null", "---\ntitle:\ndate: ~\n---\n", "", ""},
	}
	for _, tt := range tests {
		values, rest, err := cutFrontMatter(tt.in)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := say(values); got != tt.want {
			t.Errorf("%s: stated\n%s\nwant\n%s", tt.name, got, tt.want)
		}
		if rest != tt.rest {
			t.Errorf("%s: rest = %q, want %q", tt.name, rest, tt.rest)
		}
	}
}

func TestAuthorWords(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Jane Doe", "Jane Doe"},
		{"Jane Doe and John Roe", "Jane Doe|John Roe"},
		{"Jane Doe, John Roe, and Joe Poe", "Jane Doe|John Roe|Joe Poe"},
		{"JANE DOE, JOHN ROE & JOE POE", "JANE DOE|JOHN ROE|JOE POE"},
		{"Jane Doe; Roe, John", "Jane Doe|Roe, John"},
		{"Doe, Jane", "Doe, Jane"},
		{"Jane Doe, PhD", "Jane Doe, PhD"},
		{"José Ortega y Gasset", "José Ortega y Gasset"},
		{"Jane Doe und John Roe", "Jane Doe|John Roe"},
	}
	for _, tt := range tests {
		var names []string
		for _, name := range authorWords(tt.in) {
			names = append(names, strings.TrimSpace(name))
		}
		if got := strings.Join(names, "|"); got != tt.want {
			t.Errorf("authorWords(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// Each file of testdata/frontmatter is in the style of one tool; its golden
// file lists what it states.
func TestFrontMatterOfTools(t *testing.T) {
	for _, file := range fixtures(t, "testdata/frontmatter/*.md") {
		name := filepath.Base(file)
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			values, rest, err := cutFrontMatter(string(data))
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(strings.TrimSpace(rest), "The lamp") {
				t.Errorf("rest = %q", rest)
			}
			golden.Check(t, "frontmatter/"+strings.TrimSuffix(name, ".md")+".golden", []byte(say(values)+"\n"))
		})
	}
}

// fixtures returns the files of a pattern, and fails when there are none.
func fixtures(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no files match %s (err = %v)", pattern, err)
	}
	return files
}

func TestFrontMatterErrors(t *testing.T) {
	tests := []struct {
		name, in string
		want     SyntaxError
	}{
		{"open quote", "\n---\ntitle: A\nsummary: \"never closed\n---\nText", SyntaxError{Line: 4, Column: 10,
			Excerpt: "   3 | title: A\n   4 | summary: \"never closed\n     |          ^",
			Message: "front matter is not valid YAML: a quote is never closed"}},
		{"tab", "---\ntitle: A\ntags:\n\t- x\n---\n", SyntaxError{Line: 4, Column: 1,
			Excerpt: "   3 | tags:\n   4 |  - x\n     | ^",
			Message: "front matter is not valid YAML: a tab begins the line; indent with spaces"}},
		{"TOML", "+++\ntitle = A\n+++\n", SyntaxError{Line: 2, Column: 9,
			Excerpt: "   2 | title = A\n     |         ^",
			Message: "front matter is not valid TOML: expected value but found \"A\" instead"}},
		{"JSON", "{\n  \"title\": \"A\",\n  \"date\": 2026-02-14\n}\n", SyntaxError{Line: 3, Column: 15,
			Excerpt: "   2 |   \"title\": \"A\",\n   3 |   \"date\": 2026-02-14\n     |               ^",
			Message: "front matter is not valid JSON: invalid character '-' after object key:value pair"}},
		{"JSON never closed", "{\n  \"title\": \"A\"\n", SyntaxError{Line: 2, Column: 15,
			Excerpt: "   1 | {\n   2 |   \"title\": \"A\"\n     |               ^",
			Message: "front matter is not valid JSON: it is never closed"}},
		{"list in fenced JSON", "---json\n[1]\n---\n", SyntaxError{Line: 2, Column: 1,
			Excerpt: "   2 | [1]\n     | ^",
			Message: "front matter is not valid JSON: it is not an object"}},
		{"open list", "---\ntitle: 日本語\ntags: [日本, b\ndraft: true\n---\n", SyntaxError{Line: 4, Column: 1,
			Excerpt: "   3 | tags: [日本, b\n   4 | draft: true\n     | ^",
			Message: "front matter is not valid YAML: the list above, which begins with [, is never closed"}},
		{"long line", "+++\ntitle = \"" + strings.Repeat("x", 100) + "\" y\n+++\n", SyntaxError{Line: 2, Column: 111,
			Excerpt: "   2 | " + strings.Repeat("x", 62) + "\" y\n     | " + strings.Repeat(" ", 63) + "^",
			Message: "front matter is not valid TOML: expected a top-level item to end with a newline, comment, or EOF, but got 'y' instead"}},
	}
	for _, tt := range tests {
		_, rest, err := cutFrontMatter(tt.in)
		var got *SyntaxError
		if !errors.As(err, &got) {
			t.Errorf("%s: error = %v, want a SyntaxError", tt.name, err)
			continue
		}
		if diff := cmp.Diff(tt.want, *got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", tt.name, diff)
		}
		if rest != tt.in {
			t.Errorf("%s: rest = %q, want all of it", tt.name, rest)
		}
	}
}

func TestSyntaxErrorIsOneLine(t *testing.T) {
	err := &SyntaxError{Line: 4, Column: 10, Message: "front matter is not valid YAML: odd"}
	if got, want := err.Error(), "line 4, column 10: front matter is not valid YAML: odd"; got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
}

func FuzzFrontMatter(f *testing.F) {
	for _, file := range fixtures(f, "testdata/frontmatter/*.md") {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add("---\ntitle: A\n\nText")
	f.Add("+++\na = 1\n+++")
	f.Add("{\"title\": 1}")
	f.Fuzz(func(t *testing.T, in string) {
		values, rest, err := cutFrontMatter(in)
		if err != nil && rest != in {
			t.Errorf("a failure took text away: %q", rest)
		}
		if !strings.HasSuffix(in, rest) {
			t.Errorf("rest %q is not the end of the text", rest)
		}
		for _, v := range values {
			if v.value == "" || v.source == "" || strings.ContainsAny(v.value, "\r\n") {
				t.Errorf("stated %+v is no line of text", v)
			}
		}
	})
}

func BenchmarkCutFrontMatter(b *testing.B) {
	for _, name := range []string{"jekyll", "hugo", "eleventy"} {
		data, err := os.ReadFile("testdata/frontmatter/" + name + ".md")
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := cutFrontMatter(string(data)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
