package check

import (
	"cmp"
	"context"
	"net/url"
	"strings"
	"time"

	"seedfeed/feed"
)

// The limits of a feed.
const (
	maxFeed    = 1_000_000 // bytes: above it services refuse a feed, or freeze it silently
	maxEntries = 200       // where the settings tell no other number
)

const hintBase = "name the address that the site was built for with --base-url, or run seedfeed build"

// A publication is a feed, as far as the formats have it in common.
type publication struct {
	name     string // of the file
	id       string // "" where the format has none
	idLine   int
	self     string // its own address, "" when it does not tell
	selfLine int
	archive  bool // one of the documents that a feed is continued in (RFC 5005, 4)
	items    []item
	deleted  []item
}

// An item is an entry of a feed.
type item struct {
	line               int
	id                 string
	idLine             int
	url                string // of its page
	published, updated time.Time
}

// subscription checks what all formats have in common: what subscribers rely on.
func (p place) subscription(ctx context.Context, f publication, size int) error {
	p.selfAddress(f)
	if !f.archive {
		p.check(size <= maxFeed, 0, tooLarge, "%d bytes are more than the %d that all readers take; set fewer entries in feed.yaml", size, maxFeed)
		limit := p.limit(ctx, feed.SectionOf(f.name))
		p.check(len(f.items) <= limit, 0, tooMany, "%d entries are more than %d", len(f.items), limit)
	}
	p.identities(f)
	p.order(f)
	if p.Ledger == nil {
		return nil
	}
	if err := p.sameFeed(ctx, f); err != nil {
		return err
	}
	if feed.SectionOf(f.name) == corrections {
		return nil // its entries tell of others, and have no record
	}
	for _, it := range f.items {
		if err := p.sameEntry(ctx, it); err != nil {
			return err
		}
	}
	return p.deletions(ctx, f)
}

// selfAddress checks the address that a feed gives for its own: services take it
// for the one to ask, and hubs for the topic.
func (p place) selfAddress(f publication) {
	want := p.out.url(f.name).String()
	switch f.self {
	case want:
	case "":
		p.add(0, missingSelf, "the feed does not tell its own address, %s", want)
	default:
		p.add(f.selfLine, wrongSelf, "the feed gives %s for its own address, and lies at %s; %s", quote(f.self), want, hintBase)
	}
}

// limit is how many entries the feed of a section may have.
func (p place) limit(ctx context.Context, section string) int {
	if p.Seeds == nil {
		return maxEntries
	}
	// What is wrong in the settings is told with the documents.
	own, _ := p.Seeds.Settings(ctx, section)
	site, _ := p.Seeds.Settings(ctx, "")
	return cmp.Or(own.Entries, site.Entries, maxEntries)
}

// identities checks that each entry has an id of its own.
func (p place) identities(f publication) {
	first := map[string]int{}
	for _, it := range f.items {
		if it.id == "" {
			p.add(it.line, missingID, "the entry has no id: readers know it by what may change")
			continue
		}
		if line, twice := first[it.id]; twice {
			p.add(it.idLine, duplicateID, "the id %s is that of the entry in line %d", quote(it.id), line)
			continue
		}
		first[it.id] = it.idLine
	}
}

// order checks the order of the entries, and that their updates can be told from
// each other.
func (p place) order(f publication) {
	updates := map[time.Time]bool{}
	var last time.Time
	ordered, distinct := true, true
	for _, it := range f.items {
		if ordered && !last.IsZero() && it.published.After(last) {
			p.add(it.line, badOrder, "the entry is newer than the one before it: some readers show the first ones only")
			ordered = false
		}
		if distinct && !it.updated.IsZero() && updates[it.updated] {
			p.add(it.line, updatedTwice, "another entry is updated at the same instant, which the W3C's validator reports")
			distinct = false
		}
		updates[it.updated] = true
		if !it.published.IsZero() {
			last = it.published
		}
	}
}

// sameFeed compares the id of a feed with the one that it was given first.
func (p place) sameFeed(ctx context.Context, f publication) error {
	if f.id == "" || f.archive {
		return nil
	}
	id, err := p.Ledger.Meta(ctx, feedIDKey(feed.SectionOf(f.name)))
	if err == nil && id != "" && id != f.id {
		p.add(f.idLine, changedFeedID, "the feed had the id %s and has %s: readers take it for another one", quote(id), quote(f.id))
	}
	return err
}

// corrections is the folder in out/ of the feed that tells of changes.
const corrections = "corrections"

// feedIDKey is the key by which a run keeps the id of the feed in a folder of
// out/: that of a section, or of the entries with a tag, an author or a language.
func feedIDKey(dir string) string {
	if dir == corrections {
		return "feed id corrections:/"
	}
	top, key, _ := strings.Cut(dir, "/")
	if kind := map[string]string{"tags": "tag", "authors": "author", "languages": "language"}[top]; kind != "" && key != "" {
		return "feed id " + kind + ":" + key + "/"
	}
	return "feed id " + strings.TrimPrefix(dir, "section-") + "/" // so called where its name is taken
}

// sameEntry compares the id of an entry with what was published before.
func (p place) sameEntry(ctx context.Context, it item) error {
	if it.id == "" {
		return nil
	}
	record, found, err := p.Ledger.ByID(ctx, it.id)
	if err != nil {
		return err
	}
	address, within := p.address(it.url)
	switch {
	case found && record.Status != feed.Live:
		p.add(it.idLine, notPublic, "the entry %s is %s and not public; run seedfeed build", quote(record.Title), record.Status)
	case found && within && address != record.Address:
		p.add(it.idLine, reusedID, "the id %s is that of %s, and stands for %s now", quote(it.id), printable(record.Address), printable(address))
	case !found && within:
		return p.unknown(ctx, it, address)
	}
	return nil
}

// unknown tells of an entry whose id is in no record.
func (p place) unknown(ctx context.Context, it item, address string) error {
	id, taken, err := p.Ledger.AddressTaken(ctx, address)
	switch {
	case err != nil:
		return err
	case taken:
		p.add(it.idLine, changedID, "the entry at %s had the id %s and has %s: readers show it again; run seedfeed build", printable(address), quote(id), quote(it.id))
	default:
		p.add(it.idLine, unknownEntry, "the ledger does not know the entry %s; is it the ledger of this site (--ledger)?", quote(it.id))
	}
	return nil
}

// deletions checks that what a feed says is withdrawn is so.
func (p place) deletions(ctx context.Context, f publication) error {
	for _, it := range f.deleted {
		record, found, err := p.Ledger.ByID(ctx, it.id)
		if err != nil {
			return err
		}
		p.check(!found || record.Status != feed.Live, it.idLine, badTombstone, "the entry %s is said to be deleted, and is public", quote(record.Title))
	}
	return nil
}

// address returns the name of the file that an address within the site leads to.
func (p place) address(s string) (name string, within bool) {
	u, err := url.Parse(s)
	if err != nil || !u.IsAbs() {
		return "", false
	}
	return p.out.file(u)
}

// lead notes that a list leads to what lies at an address.
func (p place) lead(address string) {
	if name, within := p.address(address); within {
		p.out.led[name] = true
	}
}

// instead returns a hint where a link leads to a document instead of its page.
func (p place) instead(ctx context.Context, name string) string {
	if p.Ledger == nil || strings.HasSuffix(name, indexFile) {
		return ""
	}
	record, found, err := p.Ledger.ByPath(ctx, name)
	if err != nil || !found || record.Status != feed.Live {
		return ""
	}
	return "; the page of that document is " + printable(record.Address)
}
