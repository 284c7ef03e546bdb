package render

import (
	"cmp"
	"strings"
	"time"

	"github.com/gorilla/feeds"
	"golang.org/x/net/html"

	"seedfeed/feed"
	"seedfeed/feed/internal/xmlchar"
)

// never is when a feed was updated that knows of no date at all: Atom demands
// one, and the time of a build is no answer. It is the day of RFC 4287.
var never = time.Date(2005, time.December, 1, 0, 0, 0, 0, time.UTC)

// generic returns what gorilla/feeds can say of a feed. Its strings are clean.
func generic(f feed.Feed) *feeds.Feed {
	g := &feeds.Feed{
		Title:       titleOf(f),
		Link:        &feeds.Link{Href: uri(f.URL)},
		Description: cmp.Or(plain(f.Description), titleOf(f)),
		Updated:     updated(f),
		Copyright:   plain(f.Copyright),
	}
	for _, e := range f.Entries {
		g.Items = append(g.Items, item(e))
	}
	return g
}

func item(e feed.Entry) *feeds.Item {
	i := &feeds.Item{
		Title:   plain(e.Title),
		Link:    &feeds.Link{Href: uri(e.URL)},
		Id:      identifier(e.ID, e.URL),
		Content: strings.TrimSpace(xmlchar.Clean(e.Content)),
		Created: instant(e.Published.Time),
		Updated: instant(e.Updated.Time),
	}
	i.IsPermaLink = "false"
	return i
}

// identifier returns an id as it may stand in a feed. An entry always has one;
// without it gorilla/feeds would make up another in each run.
func identifier(id, address string) string {
	return cmp.Or(uri(id), uri(address))
}

func titleOf(f feed.Feed) string { return cmp.Or(plain(f.Title), uri(f.URL)) }

// updated returns when a feed was last updated, which Atom cannot do without:
// if nobody knows, when its newest entry was, or never.
func updated(f feed.Feed) time.Time {
	if t := instant(f.Updated); !t.IsZero() {
		return t
	}
	newest := never
	for _, e := range f.Entries {
		for _, t := range []time.Time{instant(e.Published.Time), instant(e.Updated.Time)} {
			if t.After(newest) {
				newest = t
			}
		}
	}
	return newest
}

// instant returns a time as feeds have it: in UTC and in whole seconds, which
// alone all readers understand. A year that the formats have no digits for is
// no time.
func instant(t time.Time) time.Time {
	t = t.UTC().Truncate(time.Second)
	if y := t.Year(); y < 1 || y > 9999 || t.IsZero() {
		return time.Time{}
	}
	return t
}

// headline returns the title of an entry for a format that demands one. An entry
// without a title, a note of a few words, gets its first words.
func headline(e feed.Entry) string {
	if title := plain(e.Title); title != "" {
		return title
	}
	return cmp.Or(opening(e), uri(e.URL), generator)
}

// opening returns the first words of an entry, or "".
func opening(e feed.Entry) string {
	if summary := plain(e.Summary); summary != "" {
		return firstWords(summary)
	}
	return firstWords(plain(textOf(e.Content)))
}

// firstWords cuts a text at a space, to the length of a headline.
func firstWords(s string) string {
	const most = 80
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	head := string(runes[:most])
	if i := strings.LastIndexByte(head, ' '); i > 0 {
		head = head[:i]
	}
	return head + "…"
}

// textOf returns the text of HTML, its words apart.
func textOf(content string) string {
	var b strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(content))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.WriteString(html.UnescapeString(string(tokens.Raw())))
		default:
			b.WriteByte(' ')
		}
	}
}

// creators returns the authors of an entry. A story that names none is that of
// the agency that sent it.
func creators(e feed.Entry) []feed.Person {
	if people := persons(e.Authors); len(people) > 0 {
		return people
	}
	return persons([]feed.Person{{Name: e.Agency}})
}

// persons returns those that have a name, with addresses only where they are
// valid.
func persons(list []feed.Person) []feed.Person {
	var out []feed.Person
	for _, p := range list {
		if name := plain(p.Name); name != "" {
			out = append(out, feed.Person{Name: name, URI: webURL(p.URI), Email: address(p.Email)})
		}
	}
	return out
}

// hubs returns the addresses of the hubs of a feed, each once.
func hubs(f feed.Feed) []string { return distinct(f.Hubs, webURL) }

// ownLanguage returns the language of an entry where it is not that of the feed.
func ownLanguage(e feed.Entry, f feed.Feed) string {
	if tag := languageWithin(e.Language, f.Language); tag != languageTag(f.Language) {
		return tag
	}
	return ""
}
