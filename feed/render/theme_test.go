package render_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"seedfeed/feed/render"
)

func themeOf(files map[string]string) fs.FS {
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return folder
}

// A theme replaces some of the files; the others are the built-in ones.
func TestTheme(t *testing.T) {
	theme, err := render.LoadTheme(themeOf(map[string]string{
		"style.css":  "body { color: red }",
		"entry.html": `{{define "head"}}{{end}}{{define "body"}}<p>{{.Entry.Title}}, {{.Entry.Date.Text}}, {{range .Tags}}{{.Title}} {{end}}</p>{{end}}`,
		"README.md":  "Ours.",
		"logo.svg":   "<svg/>",
	}))
	if err != nil {
		t.Fatal(err)
	}
	a := render.Article{Site: heraldSite(), Entry: edited()}
	var own, index, builtIn bytes.Buffer
	if err := theme.Entry(&own, a); err != nil {
		t.Fatal(err)
	}
	if want := "<p>Tide tables &amp; moon phases: what R&amp;D found, 15 February 2026, 09:30 UTC&#43;4, R&amp;D Tides </p>"; !strings.Contains(own.String(), want) {
		t.Errorf("no %s in %s", want, own.String())
	}
	if err := theme.Index(&index, frontPage()); err != nil {
		t.Fatal(err)
	}
	if err := render.Index(&builtIn, frontPage()); err != nil {
		t.Fatal(err)
	}
	// The same page, but for the version of the style sheet.
	if index.Len() != builtIn.Len() || bytes.Equal(index.Bytes(), builtIn.Bytes()) {
		t.Error("the index page is not the built-in one with another style sheet")
	}
	if got := string(theme.Style()); got != "body { color: red }" {
		t.Errorf("style = %q", got)
	}
	if theme.Fingerprint() == render.Fingerprint() {
		t.Error("the theme has the fingerprint of the built-in one")
	}
}

// No theme is the built-in one, and so is one without files, or with its files.
func TestBuiltInTheme(t *testing.T) {
	var none *render.Theme
	empty, err := render.LoadTheme(themeOf(nil))
	if err != nil {
		t.Fatal(err)
	}
	same, err := render.LoadTheme(os.DirFS("templates"))
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := render.Index(&want, frontPage()); err != nil {
		t.Fatal(err)
	}
	for name, theme := range map[string]*render.Theme{"none": none, "empty": empty, "the same": same} {
		var got bytes.Buffer
		if err := theme.Index(&got, frontPage()); err != nil || !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Errorf("%s: another page, error = %v", name, err)
		}
		if theme.Fingerprint() != render.Fingerprint() || !bytes.Equal(theme.Style(), render.Style()) {
			t.Errorf("%s: another fingerprint or style", name)
		}
	}
}

// An error in a theme names the file and the line before any page is written.
func TestThemeErrors(t *testing.T) {
	const head = `{{define "head"}}{{end}}` + "\n"
	tests := []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"not closed", map[string]string{"entry.html": head + `{{define "body"}}{{if .Tags}}` + "\n{{end}}"}, `theme: entry.html:3: unexpected EOF`},
		{"no such function", map[string]string{"index.html": head + "{{define \"body\"}}\n{{shout .Title}}{{end}}"}, `theme: index.html:3: function "shout" not defined`},
		{"no such field", map[string]string{"entry.html": head + "{{define \"body\"}}\n{{.Titel}}{{end}}"}, `theme: entry page: entry.html:3:2: executing "body" at <.Titel>: can't evaluate field Titel in type render.EntryPage`},
		{"field of the other page", map[string]string{"layout.html": "<title>{{.Heading}}</title>"}, `theme: entry page: layout.html:1:9: executing "layout.html" at <.Heading>: can't evaluate field Heading in type render.EntryPage`},
		{"text where a tag is", map[string]string{"index.html": head + "{{define \"body\"}}<a href=\"{{if .Front}}x\"{{end}}>{{end}}"}, `theme: index page: index.html:2:31: {{if}} branches end in different contexts: `},
		{"misspelled", map[string]string{"entries.html": ""}, `theme: unknown file "entries.html"; a theme may have entry.html, index.html, layout.html, style.css`},
		{"another style sheet", map[string]string{"print.css": ""}, `theme: unknown file "print.css"; a theme may have entry.html, index.html, layout.html, style.css`},
	}
	for _, tt := range tests {
		theme, err := render.LoadTheme(themeOf(tt.files))
		if err == nil || theme != nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: error = %v\nwant %s", tt.name, err, tt.want)
		}
	}
	if _, err := render.LoadTheme(os.DirFS("testdata/nowhere")); err == nil || !strings.HasPrefix(err.Error(), "theme: open .: ") {
		t.Errorf("no folder: error = %v", err)
	}
	if _, err := render.LoadTheme(fstest.MapFS{"style.css": &fstest.MapFile{Mode: fs.ModeDir}}); err == nil || !strings.HasPrefix(err.Error(), "theme: ") {
		t.Errorf("a folder for a file: error = %v", err)
	}
}

// A press makes once what pages have in common, and no page gets what is
// another's.
func TestPress(t *testing.T) {
	theme, err := render.LoadTheme(themeOf(map[string]string{
		"layout.html": `{{define "shared foot"}}{{.Lang}} {{.Title}}{{.URL}}{{range .Discover}}{{.Href}} {{end}}{{.Style}}{{end}}{{.Shared.Links}}<p>{{.Title}}</p>{{.Shared.Foot}}`,
	}))
	if err != nil {
		t.Fatal(err)
	}
	for _, theme := range []*render.Theme{nil, theme} {
		press := theme.Press()
		for range 2 {
			for _, a := range pressed() {
				var got, want bytes.Buffer
				if err := press.Entry(&got, a); err != nil {
					t.Fatal(err)
				}
				if err := theme.Entry(&want, a); err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got.Bytes(), want.Bytes()) {
					t.Errorf("the page of %s is\n%s\nwant\n%s", a.Entry.URL, got.Bytes(), want.Bytes())
				}
			}
		}
	}
}

// pressed are articles that differ in what a page shares with others, each in one.
func pressed() []render.Article {
	first := render.Article{Site: heraldSite(), Entry: edited()}
	first.Trail = []render.Link{{Title: first.Site.Title, URL: first.Site.URL}, {Title: "Wire", URL: first.Site.URL + "wire/"}}
	list := []render.Article{first, {}}
	for _, change := range []func(*render.Article){
		func(a *render.Article) { a.Site.Copyright = "Nobody's" },
		func(a *render.Article) { a.Entry.Language = "ar" },
		func(a *render.Article) { a.Entry.URL = a.Site.URL + "entries/deep/er/2026/02/x.html" },
		func(a *render.Article) { a.Entry.URL = a.Site.URL + "x.html" },
		func(a *render.Article) { a.Entry.Title = "Another title" },
		func(a *render.Article) { a.Trail = a.Trail[:1] },
		func(a *render.Article) { a.Trail = []render.Link{a.Trail[0], {Title: "Cable", URL: a.Trail[1].URL}} },
	} {
		other := first
		change(&other)
		list = append(list, other)
	}
	for i := range 600 { // more than a press remembers
		other := first
		other.Trail = []render.Link{first.Trail[0], {Title: fmt.Sprint("Wire ", i), URL: first.Site.URL + fmt.Sprint("wire-", i, "/")}}
		list = append(list, other)
	}
	return list
}
