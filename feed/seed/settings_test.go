package seed_test

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"seedfeed/feed"
	"seedfeed/feed/seed"
)

// settingsOf reads a text as the feed.yaml of a folder.
func settingsOf(dir, text string) (seed.Settings, error) {
	name := "feed.yaml"
	if dir != "" {
		name = dir + "/" + name
	}
	return seed.New(fstest.MapFS{name: {Data: []byte(text), ModTime: now}}, seed.Options{Settle: 1 << 40}).Settings(context.Background(), dir)
}

func TestSettings(t *testing.T) {
	tests := []struct {
		name, in string
		want     seed.Settings
	}{
		{"an empty file", "", seed.Settings{}},
		{"comments alone", "# nothing yet\n", seed.Settings{}},
		{"keys without values", "title:\nlanguage:\nauthors:\nentries: ~\nicon: ''\n", seed.Settings{}},
		{
			"all of them",
			`title: The Harbour Post
description: News from the harbour
language: en-GB
authority: harbourpost.example
authors:
  - Ada Moreno
  - Ben Oduya <ben@harbourpost.example>
  - name: Cy Lund
    email: cy@harbourpost.example
    uri: https://harbourpost.example/cy
copyright: © 2026 The Harbour Post
icon: https://harbourpost.example/icon.png
image: https://harbourpost.example/nameplate.png
updates: hourly
entries: 50
hub: https://hub.example/
`,
			seed.Settings{
				Title: "The Harbour Post", Description: "News from the harbour", Language: "en-GB", Authority: "harbourpost.example",
				Authors: []feed.Person{
					{Name: "Ada Moreno"},
					{Name: "Ben Oduya", Email: "ben@harbourpost.example"},
					{Name: "Cy Lund", Email: "cy@harbourpost.example", URI: "https://harbourpost.example/cy"},
				},
				Copyright: "© 2026 The Harbour Post", Icon: "https://harbourpost.example/icon.png",
				Image: "https://harbourpost.example/nameplate.png", Updates: "hourly", Entries: 50, Hub: "https://hub.example/",
			},
		},
		{"pictures beside it", "icon: icon.png\nimage: ./img/name plate.SVG\n", seed.Settings{Icon: "icon.png", Image: "img/name plate.SVG"}},
		{"one author", "author: Ada Moreno", seed.Settings{Authors: []feed.Person{{Name: "Ada Moreno"}}}},
		{"one author with an address", "author: {name: Ada, email: ada@a.example}", seed.Settings{Authors: []feed.Person{{Name: "Ada", Email: "ada@a.example"}}}},
		{"a list of one", "authors: [Ada]", seed.Settings{Authors: []feed.Person{{Name: "Ada"}}}},
		{"a number is a title", "title: 2026", seed.Settings{Title: "2026"}},
		{"a version is a title", "title: 1.0", seed.Settings{Title: "1.0"}},
		{"a word of YAML is a title", "title: true", seed.Settings{Title: "true"}},
		{"a date is a title", "title: 2026-03-01", seed.Settings{Title: "2026-03-01"}},
		{"text over lines becomes one", "description: >\n  News from\n  the harbour\n", seed.Settings{Description: "News from the harbour"}},
		{"a kept line break too", "description: |\n  News from\n  the harbour\n", seed.Settings{Description: "News from the harbour"}},
		{"quotes and signs", `title: "Harbour: \"the\" news & <more>"`, seed.Settings{Title: `Harbour: "the" news & <more>`}},
		{"written on Windows", "\ufefftitle: Post\r\nentries: 5\r\n", seed.Settings{Title: "Post", Entries: 5}},
		{"the marks of a document", "%YAML 1.2\n---\ntitle: Post\n...\n", seed.Settings{Title: "Post"}},
		{"a language in other spelling", "language: DE_at", seed.Settings{Language: "de-AT"}},
		{"a language of Chinese", "language: zh-hant-tw", seed.Settings{Language: "zh-Hant-TW"}},
		{"an authority in other letters", "authority: Bücher.Example", seed.Settings{Authority: "xn--bcher-kva.example"}},
		{"an authority without a dot", "authority: intranet", seed.Settings{Authority: "intranet"}},
		{"the fewest entries", "entries: 1", seed.Settings{Entries: 1}},
		{"the most entries", "entries: 200", seed.Settings{Entries: 200}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := settingsOf("", tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Settings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSettingsRefused(t *testing.T) {
	tests := []struct{ in, want string }{
		{"title: a\ntitel: b", `2:1: unknown key "titel"; did you mean "title"?`},
		{"Title: a", `1:1: unknown key "Title"; did you mean "title"?`},
		{"lang: en", `1:1: unknown key "lang"; did you mean "language"?`},
		{"items: 5", `1:1: unknown key "items"; did you mean "entries"?`},
		{"desciption: a", `1:1: unknown key "desciption"; did you mean "description"?`},
		{"colour: red", `1:1: unknown key "colour"; the keys are title, description, language, authority, author, authors, copyright, icon, image, updates, entries, hub`},
		{"<<: {title: a}", `1:1: unknown key "<<"; the keys are title, description, language, authority, author, authors, copyright, icon, image, updates, entries, hub`},
		{"title: a\ntitle: b", `2:1: mapping key "title" already defined at [1:1]`},
		{"title: [a, b]", `1:8: not a line of text; put it in quotes if it begins with a sign`},
		{"title: {a: b}", `1:8: not a line of text; put it in quotes if it begins with a sign`},
		{"title: *a", `1:8: not a line of text; put it in quotes if it begins with a sign`},
		{"title: !important news", `1:8: not a line of text; put it in quotes if it begins with a sign`},
		{`title: "a\x01"`, `1:8: "a\x01" holds a character that no feed can carry; remove it`},
		{"title: Harbour: the news", `1:8: mapping value is not allowed in this context; put a value that holds a colon in quotes: title: "Harbour: the news"`},
		{"title: @harbour", `1:8: '@' is a reserved character; put the value in quotes`},
		{"title: 'The' Post", `1:14: value is not allowed in this context. map key-value is pre-defined; put the whole value in quotes`},
		{"title: \"Post", `1:8: could not find end character of double-quoted text; close the quotes`},
		{"authors:\n\tname: Ada", `2:1: found character '	' that cannot start any token; indent with spaces`},
		{"title: a\n---\ntitle: b", `3:6: a second document; remove the line "---" before it`},
		{"- title", `1:1: not a list of settings; write each as a key, a colon and a value, such as "title: The Harbour Post"`},
		{"The Harbour Post", `1:1: not a list of settings; write each as a key, a colon and a value, such as "title: The Harbour Post"`},
		{"language: English", `1:11: "English" is not a language; write a BCP 47 tag, such as "en", "de-AT" or "zh-Hant"`},
		{"language: xx", `1:11: "xx" is not a language; write a BCP 47 tag, such as "en", "de-AT" or "zh-Hant"`},
		{"language: und", `1:11: "und" is not a language; write a BCP 47 tag, such as "en", "de-AT" or "zh-Hant"`},
		{"authority: https://a.example/", `1:12: "https://a.example/" is not a domain name; write a name of yours alone, such as "news.example.org"`},
		{"authority: a.example:8080", `1:12: "a.example:8080" is not a domain name; write a name of yours alone, such as "news.example.org"`},
		{"authority: The Post", `1:12: "The Post" is not a domain name; write a name of yours alone, such as "news.example.org"`},
		{"authority: 192.168.0.1", `1:12: "192.168.0.1" is not a domain name; write a name of yours alone, such as "news.example.org"`},
		{"authority: a..example", `1:12: "a..example" is not a domain name; write a name of yours alone, such as "news.example.org"`},
		{"updates: often", `1:10: "often" does not tell how often news comes; write one of hourly, daily, weekly, monthly, yearly`},
		{"updates: [hourly]", `1:10: not a line of text; put it in quotes if it begins with a sign`},
		{"logo: https://a.example/a.png", `1:1: unknown key "logo"; did you mean "image"?`},
		{"entries: 0", `1:10: "0" is not a number of entries; write a whole number from 1 to 200`},
		{"entries: 201", `1:10: "201" is not a number of entries; write a whole number from 1 to 200`},
		{"entries: -5", `1:10: "-5" is not a number of entries; write a whole number from 1 to 200`},
		{"entries: many", `1:10: "many" is not a number of entries; write a whole number from 1 to 200`},
		{"entries: 1.5", `1:10: "1.5" is not a number of entries; write a whole number from 1 to 200`},
		{"icon: ../logo.png", `1:7: "../logo.png" is not below the folder of documents; name a file beside this one, such as "icon.png"`},
		{`image: img\logo.png`, `1:8: "img\\logo.png" is not below the folder of documents; name a file beside this one, such as "icon.png"`},
		{"icon: draft.md", `1:7: "draft.md" is not the file of a picture; name one that ends in .png, .jpg, .jpeg, .gif, .webp, .svg`},
		{"icon: /logo.png", `1:7: "/logo.png" is not an absolute URL; write it whole, such as "https://example.org/icon.png"`},
		{"hub: //hub.example/", `1:6: "//hub.example/" is not an absolute URL; write it whole, such as "https://example.org/icon.png"`},
		{"hub: javascript:alert(1)", `1:6: "javascript:alert(1)" is not an absolute URL; write it whole, such as "https://example.org/icon.png"`},
		{"icon: https://a.example/%zz", `1:7: "https://a.example/%zz" is not an absolute URL; write it whole, such as "https://example.org/icon.png"`},
		{"author: a\nauthors: [b]", `2:1: both "author" and "authors"; keep one of them`},
		{"authors:\n  -\n", `2:5: an author without a name; write "Ada Moreno", "Ada Moreno <ada@example.org>" or the keys name, email, uri`},
		{"author: {email: a@a.example}", `1:9: an author without a name; write "Ada Moreno", "Ada Moreno <ada@example.org>" or the keys name, email, uri`},
		{"author: <a@a.example>", `1:9: an author without a name; write "Ada Moreno", "Ada Moreno <ada@example.org>" or the keys name, email, uri`},
		{"author: Ada <ada>", `1:9: "Ada <ada>" is not a name with an address; write it as "Ada Moreno <ada@example.org>"`},
		{"author: {name: Ada, email: Ada <ada@a.example>}", `1:28: "Ada <ada@a.example>" is not an e-mail address; write it bare, such as "ada@example.org"`},
		{"author: {name: Ada, url: https://a.example/}", `1:21: unknown key "url"; did you mean "uri"?`},
		{"author: {name: Ada, age: 40}", `1:21: unknown key "age"; the keys are name, email, uri`},
		{"title: a\ntitle\x00: b", `2:6: not UTF-8 text; save the file as UTF-8`},
		{"title: Caf\xe9", `1:11: not UTF-8 text; save the file as UTF-8`},
		{"\xff\xfet\x00i\x00", `1:1: not UTF-8 text; save the file as UTF-8`},
	}
	for _, tt := range tests {
		s, err := settingsOf("", tt.in)
		if err == nil {
			t.Errorf("Settings(%q) = %+v, want the error %q", tt.in, s, tt.want)
			continue
		}
		got, _, _ := strings.Cut(err.Error(), "\n")
		if got != "feed.yaml:"+tt.want {
			t.Errorf("Settings(%q):\n got %s\nwant feed.yaml:%s", tt.in, got, tt.want)
		}
		if cmp.Diff(s, seed.Settings{}) != "" {
			t.Errorf("Settings(%q) = %+v beside an error, want none", tt.in, s)
		}
	}
}

func TestSettingsErrorShowsThePlace(t *testing.T) {
	long := strings.Repeat("word ", 60)
	tests := []struct{ in, want string }{
		{
			"title: The Harbour Post\nentires: 5\nhub: https://hub.example/\n",
			"news/feed.yaml:2:1: unknown key \"entires\"; did you mean \"entries\"?\n" +
				"    2 | entires: 5\n" +
				"        ^",
		},
		{
			"author: {name: Zoë Håkansson 名, email: none}",
			"news/feed.yaml:1:40: \"none\" is not an e-mail address; write it bare, such as \"ada@example.org\"\n" +
				"    1 | author: {name: Zoë Håkansson 名, email: none}\n" +
				"                                               ^",
		},
		{
			"author: {name: \"" + long + "\", email: no}",
			"news/feed.yaml:1:327: \"no\" is not an e-mail address; write it bare, such as \"ada@example.org\"\n" +
				"    1 | word word word word word word word word word word \", email: no}\n" +
				"                                                                    ^",
		},
		{
			"title: \x1b[31mred\x1b[0m: a\n",
			"news/feed.yaml:1:8: mapping value is not allowed in this context; put a value that holds a colon in quotes: title: \"Harbour: the news\"\n" +
				"    1 | title: \ufffd[31mred\ufffd[0m: a\n" +
				"               ^",
		},
		{
			"authority: a.example",
			"news/feed.yaml:1:1: \"authority\" belongs to the whole site; move it to the feed.yaml at the top\n" +
				"    1 | authority: a.example\n" +
				"        ^",
		},
	}
	for _, tt := range tests {
		_, err := settingsOf("news", tt.in)
		var place *seed.SettingsError
		if !errors.As(err, &place) {
			t.Errorf("Settings(%q) = %v, want a *SettingsError", tt.in, err)
			continue
		}
		if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
			t.Errorf("Settings(%q) (-want +got):\n%s", tt.in, diff)
		}
	}
}

func TestSettingsThatCanNotBeRead(t *testing.T) {
	denied := trickFS{MapFS: fstest.MapFS{"feed.yaml": text("title: a")}, name: "feed.yaml", openErr: fs.ErrPermission}
	tests := []struct {
		name string
		fsys fs.FS
		want string // "" for zero settings
	}{
		{"none", fstest.MapFS{}, ""},
		{"not ours to read", denied, "feed.yaml: permission denied"},
		{"a folder", fstest.MapFS{"feed.yaml/a.txt": text("")}, "feed.yaml: not a regular file"},
		{"too large", fstest.MapFS{"feed.yaml": text(strings.Repeat("#", 1<<17))}, "feed.yaml: 131.1 kB, larger than the limit of 16 kB"},
	}
	for _, tt := range tests {
		s, err := seed.New(tt.fsys, options()).Settings(t.Context(), "")
		if err == nil && tt.want == "" && cmp.Diff(s, seed.Settings{}) == "" {
			continue
		}
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s: Settings = %+v, %v, want error %q", tt.name, s, err, tt.want)
		}
	}
}

// The parser calls itself for what is nested; that must end well.
func TestSettingsNestedDeeply(t *testing.T) {
	for _, in := range []string{strings.Repeat("[", 16_000), strings.Repeat("{a: ", 4_000), strings.Repeat("- ", 8_000), strings.Repeat("? ", 8_000)} {
		if s, err := settingsOf("", in); err == nil {
			t.Errorf("Settings(%.10q...) = %+v, want an error", in, s)
		}
	}
}

// Whatever stands in the file: what is accepted is fit for a feed, and what is
// not is an error that shows a place in the file.
func FuzzSettings(f *testing.F) {
	for _, in := range []string{
		"title: The Harbour Post\ndescription: >\n  News\n", "language: en-GB\nauthority: a.example\n", "authors:\n  - Ada\n  - {name: Ben, email: b@b.example}\n",
		"author: Ada <ada@a.example>", "entries: 5\nicon: https://a.example/\nhub: http://h.example/\n", "---\n# none\n", "title: &a x\ncopyright: *a\n",
		"title: 'it''s'\n", "\ufefftitle: a\r\n", "? title\n: a\n", "title: |+\n a\n\n", "\x00", "%YAML 1.2\n---\n{title: [}",
	} {
		f.Add(in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		s, err := settingsOf("", in)
		var place *seed.SettingsError
		switch {
		case len(in) > 16_000: // refused unread
		case err == nil:
			checkSettings(t, s)
		case !errors.As(err, &place):
			t.Errorf("error %v without a place", err)
		case place.Line < 1 || place.Column < 1 || place.Problem == "" || !utf8.ValidString(err.Error()):
			t.Errorf("error %#v", place)
		}
	})
}

func checkSettings(t *testing.T, s seed.Settings) {
	texts := []string{s.Title, s.Description, s.Language, s.Authority, s.Copyright, s.Icon, s.Image, s.Updates, s.Hub}
	for _, a := range s.Authors {
		if a.Name == "" {
			t.Errorf("author %+v without a name", a)
		}
		texts = append(texts, a.Name, a.Email, a.URI)
	}
	for _, text := range texts {
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\r\n\t\x00\x1b") || strings.TrimSpace(text) != text {
			t.Errorf("%q is not one line of text", text)
		}
	}
	if s.Entries < 0 || s.Entries > 200 {
		t.Errorf("Entries = %d, want 0 to 200", s.Entries)
	}
}
