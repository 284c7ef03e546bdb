package publish

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/gosimple/slug"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
	"seedfeed/feed/render"
)

// The kinds of channels. The site is the section "".
const (
	sections  = "section"
	tags      = "tag"
	authors   = "author"
	languages = "language"

	// What was changed or taken away. There is one, without a key.
	corrections = "corrections"
)

// kindDirs are the folders in out/ for the channels of each kind, and for
// what else the program writes. A section that has such a name gets another.
var kindDirs = map[string]string{tags: "tags", authors: "authors", languages: "languages"}

const (
	entriesDir  = "entries"
	archiveDir  = "archive"
	sitemapsDir = "sitemaps"

	correctionsDir = "corrections"
)

// A channel is a list of entries that has feeds and a page of its own.
type channel struct {
	kind    string
	key     string    // a section's path, or the key of another list in the ledger
	heading string    // as people see it
	live    int       // entries in it
	changed time.Time // when an entry of it came, changed or went; of lists only
}

// dir is the channel's folder in out/, "" for the site's.
func (c channel) dir() string {
	switch c.kind {
	case sections:
		return sectionDir(c.key)
	case corrections:
		return correctionsDir
	}
	return kindDirs[c.kind] + "/" + c.key
}

// sectionDir is the folder in out/ of a section. It is that of the documents,
// except where a name is taken; no two sections have the same.
func sectionDir(section string) string {
	const other = "section-"
	parts := strings.Split(section, "/")
	for i, part := range parts {
		// Not all file systems that a site is copied to tell case.
		bare := strings.ToLower(strings.ReplaceAll(part, other, ""))
		switch {
		case i == 0 && takenAtTop(bare) || slices.Contains(channelFiles(), bare):
			parts[i] = other + part
		case strings.ContainsFunc(part, func(c rune) bool { return c == '\\' || unicode.IsControl(c) }):
			parts[i] = other + shortHash(sections, part) // no server is asked for such a name
		}
	}
	return strings.Join(parts, "/")
}

// takenAtTop reports whether a name in out/ is that of a folder or a file of
// the site, beside those that each channel has.
func takenAtTop(name string) bool {
	switch name {
	case entriesDir, archiveDir, sitemapsDir, correctionsDir, kindDirs[tags], kindDirs[authors], kindDirs[languages],
		styleFile, outlineFile, sitemapFile, robotsFile:
		return true
	}
	return false
}

// listChannels finds the channels that have a feed, the site's first, then
// sections, then the others.
func (r *run) listChannels(ctx context.Context) error {
	if err := r.listSections(ctx); err != nil {
		return err
	}
	lists, err := r.Ledger.Lists(ctx)
	if err != nil {
		return err
	}
	spoken := 0
	for _, l := range lists {
		if l.Kind == languages && l.Live > 0 {
			spoken++
		}
	}
	for _, l := range lists {
		// One language is no choice, and a tag that nobody uses any more was a
		// slip most likely.
		if l.Live > 0 && kindDirs[l.Kind] != "" && (l.Kind != languages || spoken > 1) {
			r.channels = append(r.channels, channel{kind: l.Kind, key: l.Key, heading: l.Title, live: l.Live, changed: l.Changed})
		}
	}
	return r.listCorrections(ctx)
}

// listSections finds the sections that have a feed: those with a live entry in
// or below them, and folders that had one.
func (r *run) listSections(ctx context.Context) error {
	counts, err := r.Ledger.Sections(ctx)
	if err != nil {
		return err
	}
	live := map[string]int{"": 0}
	for _, c := range counts {
		for section := c.Section; ; section = feed.SectionOf(section) {
			live[section] += c.Live
			if section == "" {
				break
			}
		}
	}
	// A section whose entries are all gone keeps its feed while the folder is
	// there: its subscribers wait for the next entry.
	for section := range r.folders {
		_, lives := live[section]
		if _, was := r.files[inDir(sectionDir(section), indexFile)]; was && !lives {
			live[section] = 0
		}
	}
	for section, n := range live {
		r.channels = append(r.channels, channel{kind: sections, key: section, heading: r.sectionTitle(section), live: n})
	}
	slices.SortFunc(r.channels, func(a, b channel) int { return strings.Compare(a.key, b.key) })
	return nil
}

// latest returns the newest entries of a channel. Those of corrections have no
// records.
func (r *run) latest(ctx context.Context, c channel, n int) ([]ledger.Record, error) {
	switch c.kind {
	case sections:
		return r.Ledger.Latest(ctx, c.key, n)
	case corrections:
		return nil, nil
	}
	return r.Ledger.LatestIn(ctx, c.kind, c.key, n)
}

// lastChange returns when an entry of a channel came, changed or went.
func (r *run) lastChange(ctx context.Context, c channel) (time.Time, error) {
	if c.kind == sections {
		return r.Ledger.LastChange(ctx, c.key)
	}
	return c.changed, nil
}

// listsOf returns the lists that an entry is in, beside its section.
func listsOf(entry *feed.Entry) []ledger.List {
	var lists []ledger.List
	add := func(kind, title string) {
		key := listKey(title)
		known := func(l ledger.List) bool { return l.Kind == kind && l.Key == key }
		if title != "" && !slices.ContainsFunc(lists, known) {
			lists = append(lists, ledger.List{Kind: kind, Key: key, Title: title})
		}
	}
	for _, tag := range entry.Categories {
		add(tags, tag)
	}
	for _, person := range entry.Authors {
		add(authors, person.Name)
	}
	if tag, err := language.Parse(entry.Language); err == nil {
		base, _ := tag.Base() // en-GB and en are one language to a subscriber
		lists = append(lists, ledger.List{Kind: languages, Key: base.String(), Title: languageName(base.String())})
	}
	return lists
}

// languageName returns the name of a language in that language.
func languageName(code string) string {
	return cmp.Or(display.Self.Name(language.Make(code)), code)
}

// listKey makes a part of an address from a name. Names that letters and digits
// do not tell apart (C++ and C#, or two words of one sound in another script)
// are told apart by a hash, and so are those that a file system finds too long.
func listKey(name string) string {
	key := slug.Make(name)
	telling := func(c rune) bool {
		return !unicode.Is(unicode.Latin, c) && !unicode.IsDigit(c) && !strings.ContainsRune(" -_.,'’&", c)
	}
	if key == "" || len(key) > maxSlug || strings.ContainsFunc(name, telling) {
		key = strings.Trim(key[:min(len(key), maxSlug)]+"-"+shortHash("list", strings.ToLower(name)), "-")
	}
	return key
}

// listLinks returns links to the pages of an entry's lists of one kind.
func (r *run) listLinks(entry *feed.Entry, kind string) []render.Link {
	var links []render.Link
	for _, l := range listsOf(entry) {
		if l.Kind == kind {
			c := channel{kind: kind, key: l.Key}
			links = append(links, render.Link{Title: l.Title, URL: dirURL(r.BaseURL, c.dir())})
		}
	}
	return links
}
