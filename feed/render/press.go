package render

import (
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"
)

// A Press prints the pages of many entries: what is the same on all of a section
// is made once. It may be used by several goroutines.
type Press struct {
	theme *Theme

	mu     sync.RWMutex
	frames map[frameKey]*frame
}

// Press returns a press for pages in the theme.
func (t *Theme) Press() *Press {
	return &Press{theme: t.orBuiltIn(), frames: map[frameKey]*frame{}}
}

// maxFrames is how many frames a press keeps: enough for the sections of a site
// in a few years.
const maxFrames = 512

// A frame is what the pages of some entries have in common.
type frame struct {
	page       Page // without what is an entry's own
	trail      []Link
	section    string
	inLanguage string
	crumbs     *breadcrumbs
	publisher  schemaThing
}

// A frameKey tells which pages have a frame in common: those in one folder of
// the site, of entries in one language and section.
type frameKey struct {
	site                  Site
	folder, lang, section string
}

func keyOf(a Article) frameKey {
	var trail strings.Builder
	for _, l := range a.Trail {
		trail.WriteString(l.Title)
		trail.WriteByte(0)
		trail.WriteString(l.URL)
		trail.WriteByte(0)
	}
	address := uri(a.Entry.URL)
	return frameKey{a.Site, address[:strings.LastIndexByte(address, '/')+1], a.Entry.Language, trail.String()}
}

// Entry writes the page of an entry, whole or not at all.
func (p *Press) Entry(w io.Writer, a Article) error {
	f, err := p.frame(a)
	if err != nil {
		return err
	}
	page := entryPage(a, f)
	if p.theme.entry != nil {
		if text, err := p.theme.entry.run(&page); err == nil {
			if _, err := w.Write(text); err != nil {
				return fmt.Errorf("entry page: %w", err)
			}
			return nil
		}
	}
	return p.theme.execute(w, "entry", entryFile, page)
}

// frame returns the frame of the page of an entry.
func (p *Press) frame(a Article) (*frame, error) {
	key := keyOf(a)
	p.mu.RLock()
	f := p.frames[key]
	p.mu.RUnlock()
	if f != nil {
		return f, nil
	}
	f = newFrame(a)
	f.page.Style += "?v=" + p.theme.styleVersion // no cache shows a new page in an old style
	if err := p.theme.share(&f.page, "entry", entryFile); err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.frames) >= maxFrames {
		clear(p.frames)
	}
	p.frames[key] = f
	return f, nil
}

func newFrame(a Article) *frame {
	p := newPage(a.Site, a.Entry.URL, a.Entry.Language)
	f := &frame{
		page:       p,
		trail:      p.trail(a.Trail),
		inLanguage: languageWithin(a.Entry.Language, p.Site.Language),
		crumbs:     crumbs(a.Trail),
		publisher:  publisherOf(p.Site),
	}
	f.page.Feeds = offer(p.URL, p.Site.Title, a.Site.URL)
	f.page.Discover = f.page.Feeds
	if n := len(f.trail); n > 0 {
		f.section = f.trail[n-1].Title
		f.page.Discover = slices.Concat(f.page.Feeds, offer(p.URL, f.section+" – "+p.Site.Title, a.Trail[len(a.Trail)-1].URL))
	}
	return f
}

// Shared are parts of a page that are the same on many: each is what a template
// of the layout makes of a [Page] that has no title, description and address of
// its own, or "" where the layout has no such template.
type Shared struct {
	Links    template.HTML // "shared links": of the head
	Masthead template.HTML // "shared masthead"
	Foot     template.HTML // "shared foot"
}

// share makes what pages share.
func (t *Theme) share(p *Page, kind, file string) error {
	common := *p
	common.Title, common.Description, common.URL = "", "", ""
	for name, part := range map[string]*template.HTML{
		"shared links": &p.Shared.Links, "shared masthead": &p.Shared.Masthead, "shared foot": &p.Shared.Foot,
	} {
		shared := t.pages[file].Lookup(name)
		if shared == nil {
			continue
		}
		var text strings.Builder
		if err := t.executeTemplate(&text, kind, shared, common); err != nil {
			return err
		}
		*part = template.HTML(text.String()) //nolint:gosec // a template has escaped it
	}
	return nil
}
