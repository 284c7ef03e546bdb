package check

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// published checks what is in out/: each file for itself, and all of them
// against the ledger and each other.
func (c *checker) published(ctx context.Context) error {
	names, err := c.list(ctx)
	if err != nil {
		return err
	}
	ours := map[string]ledger.File{}
	if c.Ledger != nil {
		if ours, err = c.Ledger.Files(ctx); err != nil {
			return err
		}
	}
	if len(ours) == 0 && !slices.ContainsFunc(names, isChecked) {
		c.output("").add(0, notBuilt, "nothing is published yet; run seedfeed build")
		return nil
	}
	c.settleBase(names)
	c.missing(ours)
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := c.file(ctx, name, ours); err != nil {
			return err
		}
	}
	if c.Ledger != nil {
		if err := c.pages(ctx); err != nil {
			return err
		}
	}
	c.orphans(names)
	return nil
}

// list lists the files in out/, sorted.
func (c *checker) list(ctx context.Context) ([]string, error) {
	var names []string
	err := fs.WalkDir(c.Out, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == "." && errors.Is(err, fs.ErrNotExist):
			return fs.SkipAll
		case err != nil:
			return err
		case d.IsDir() && name != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.Type().IsRegular() && !strings.HasPrefix(d.Name(), "."):
			names = append(names, name)
			c.out.seen[name] = true
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", c.outName(), err)
	}
	return names, nil
}

// isChecked reports whether a file is of a kind that is looked into.
func isChecked(name string) bool {
	switch path.Ext(name) {
	case ".html", ".xml", ".json", ".opml":
		return true
	}
	return false
}

// missing tells which files that were published are not there.
func (c *checker) missing(ours map[string]ledger.File) {
	for _, name := range slices.Sorted(maps.Keys(ours)) {
		c.output(name).check(c.out.has(name), 0, missingFile, "was published, and is not there; run seedfeed build")
	}
}

// file checks one file in out/.
func (c *checker) file(ctx context.Context, name string, ours map[string]ledger.File) error {
	known, isOurs := ours[name]
	if !isOurs && !isChecked(name) {
		return nil
	}
	c.files++
	p := c.output(name)
	data, err := fs.ReadFile(c.Out, name)
	if err != nil {
		p.add(0, missingFile, "can not be read: %v", withoutPath(err))
		return nil
	}
	if isOurs && sha256.Sum256(data) != known.Digest {
		p.add(0, changedFile, "is not as it was written; delete it and run seedfeed build, which writes it anew")
	}
	switch path.Ext(name) {
	case ".html":
		p.page(ctx, name, data)
		if c.Ledger != nil && !isOurs {
			return p.stray(ctx, name)
		}
	case ".xml", ".opml":
		return p.xmlFile(ctx, name, data)
	case ".json":
		return p.jsonFile(ctx, name, data)
	case ".txt":
		if name == "robots.txt" {
			p.robots(data)
		}
	}
	return nil
}

func withoutPath(err error) error {
	if cause := (*fs.PathError)(nil); errors.As(err, &cause) {
		return cause.Err
	}
	return err
}

// xmlFile checks a file by what its first element says that it is.
func (p place) xmlFile(ctx context.Context, name string, data []byte) error {
	p.characters(data)
	root, err := parseXML(data)
	if wrong := (*parseError)(nil); errors.As(err, &wrong) {
		p.add(wrong.line, notWellFormed, "%s: no reader can show this file; run seedfeed build", wrong.problem)
		return nil
	}
	p.stylesheet(name, root)
	switch root.name {
	case "rss":
		return p.subscription(ctx, p.rss(name, root), len(data))
	case "atom:feed":
		return p.subscription(ctx, p.atom(name, root), len(data))
	case "opml":
		p.opml(root)
	case "sitemap:urlset", "sitemap:sitemapindex":
		p.sitemap(root)
	}
	return nil
}

// stylesheet checks that the style sheet of an XML file is there: with it people
// who open a feed in a browser can read it (https://www.w3.org/TR/xml-stylesheet/).
func (p place) stylesheet(name string, root *node) {
	_, rest, found := strings.Cut(root.style, `href="`)
	href, _, closed := strings.Cut(rest, `"`)
	if !found || !closed {
		return
	}
	if u, err := url.Parse(href); err == nil {
		p.link(root.styleLine, "style sheet", p.out.url(name).ResolveReference(u).String())
	}
}

// robots checks the lines of robots.txt that name a list of pages (RFC 9309, and
// https://www.sitemaps.org/protocol.html#submit_robots).
func (p place) robots(data []byte) {
	line := 0
	for text := range strings.Lines(string(data)) {
		line++
		if key, value, ok := strings.Cut(text, ":"); ok && strings.EqualFold(strings.TrimSpace(key), "sitemap") {
			p.link(line, "sitemap", strings.TrimSpace(value))
		}
	}
}

// jsonFile checks a JSON Feed; other JSON is not ours to judge.
func (p place) jsonFile(ctx context.Context, name string, data []byte) error {
	root, err := parseJSON(data)
	if wrong := (*parseError)(nil); errors.As(err, &wrong) {
		p.add(wrong.line, notWellFormed, "%s: no reader can show this file; run seedfeed build", wrong.problem)
		return nil
	}
	_, hasItems := root.keys["items"]
	if version, _ := root.get("version").str(); !hasItems && !strings.Contains(version, "jsonfeed.org") {
		return nil
	}
	p.characters(data)
	p.jsonCharacters(root)
	return p.subscription(ctx, p.jsonFeed(name, root), len(data))
}

// stray tells of a page that is no entry's and no feed's.
func (p place) stray(ctx context.Context, name string) error {
	_, taken, err := p.Ledger.AddressTaken(ctx, name)
	if err == nil && !taken {
		p.add(0, strayFile, "the ledger does not know this page; if nobody put it there on purpose, delete it")
	}
	return err
}

// pages checks that public entries have a page, and held ones none.
func (c *checker) pages(ctx context.Context) error {
	for record, err := range c.Ledger.List(ctx, ledger.Filter{Status: []feed.Status{feed.Live, feed.Held}}) {
		if err != nil {
			return err
		}
		if record.Address == "" {
			continue
		}
		p, there := c.output(record.Address), c.out.has(record.Address)
		switch {
		case record.Status == feed.Live && !there:
			p.add(0, missingPage, "the page of %s is not there; run seedfeed build", printable(c.document(record.Path).file))
		case record.Status == feed.Held && there:
			p.add(0, notPublic, "%s is held (%s), and has a page; run seedfeed build", printable(c.document(record.Path).file), record.Reason)
		}
	}
	return nil
}

// orphans tells, folder by folder, of pages that no other page leads to.
func (c *checker) orphans(names []string) {
	lonely := map[string][]string{}
	for _, name := range names {
		if path.Ext(name) == ".html" && name != indexFile && !c.out.led[name] {
			dir := path.Dir(name)
			lonely[dir] = append(lonely[dir], path.Base(name))
		}
	}
	for dir, pages := range lonely {
		p := c.output(dir)
		if len(pages) == 1 {
			c.output(path.Join(dir, pages[0])).add(0, orphan, "no other page leads here")
			continue
		}
		p.add(0, orphan, "no other page leads to %d pages here, such as %s", len(pages), printable(pages[0]))
	}
}
