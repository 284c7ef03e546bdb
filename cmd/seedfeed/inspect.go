package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"seedfeed/feed"
	"seedfeed/feed/extract"
	"seedfeed/feed/publish"
	"seedfeed/feed/seed"
)

// inspectCommand shows what documents become. It reads no ledger, and no clock
// but the files' own times, so that it can be tried on any file.
type inspectCommand struct {
	JSON    bool     `name:"json" help:"Print a JSON object a line."`
	Content bool     `help:"Print the content too, as HTML."`
	Paths   []string `arg:"" name:"path" help:"Documents, or folders of documents."`
}

// Run prints what each document becomes.
func (c *inspectCommand) Run(env *environment, flags *siteFlags) error {
	base, err := flags.base(defaultListen)
	if err != nil {
		return err
	}
	location, err := flags.location()
	if err != nil {
		return err
	}
	show := c.printPlain
	if c.JSON {
		show = c.printJSON
	}
	in := inspector{base: base, options: extract.Options{Base: base, Location: location}, reading: flags.reading(), seeds: flags.Seeds}
	in.reading.Settle = 0
	in.found = func(d inspected) error { return show(env.stdout, d) }
	in.note = func(format string, args ...any) { _, _ = fmt.Fprintf(env.stderr, "seedfeed: "+format+"\n", args...) }
	for _, name := range c.Paths {
		if err := in.inspect(env.ctx, name); err != nil {
			return err
		}
	}
	if in.failed > 0 && len(c.Paths) == 1 && in.single {
		return &failure{err: errors.New("there is nothing to publish in this document"), status: 1}
	}
	return nil
}

// An inspected document: its entry, or why there is none.
type inspected struct {
	path  string // relative to the folder that was named
	entry feed.Entry
	err   error
}

// An inspector reads documents as a run would.
type inspector struct {
	base    *url.URL
	options extract.Options
	reading seed.Options
	seeds   string // the folder of the site: documents in it keep their sections
	found   func(inspected) error
	note    func(format string, args ...any)
	single  bool // a document was named, not a folder
	failed  int
}

// inspect looks at a document, or at all documents in a folder.
func (in *inspector) inspect(ctx context.Context, name string) (err error) {
	info, err := os.Stat(name)
	if err != nil {
		return failed("name a document, or a folder of documents", "%w", err)
	}
	dir, only := name, ""
	if !info.IsDir() {
		dir, only = filepath.Split(name)
		if dir == "" {
			dir = "."
		}
		in.single = true
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	folder := seed.New(root.FS(), in.reading)
	prefix := in.prefix(dir)
	settings, err := in.settings(ctx, folder, prefix)
	if err != nil {
		return err
	}
	in.options.Language = settings.Language
	extractor := extract.New(in.options)
	look := func(file seed.File) error {
		return in.look(ctx, folder, extractor, file, prefix, settings.Authority)
	}
	if only != "" {
		if !extract.Readable(only) {
			return failed("seedfeed reads .txt .text .md .markdown .html .htm", "%s: no document of a kind that seedfeed reads", name)
		}
		return look(seed.File{Path: only, Size: info.Size(), ModTime: info.ModTime()})
	}
	return folder.Walk(ctx, func(d seed.Dir) error { return in.walked(d, look) })
}

// walked looks at the documents of one folder.
func (in *inspector) walked(d seed.Dir, look func(seed.File) error) error {
	if d.Err != nil {
		in.note("%s: %v", path.Join(d.Path, "."), d.Err)
	}
	for _, skip := range d.Skips {
		if err := in.found(inspected{path: skip.Path, err: errors.New(skip.Reason)}); err != nil {
			return err
		}
	}
	if len(d.Unread) > 0 {
		in.note("%s: %s", path.Join(d.Path, "."), d.Unread)
	}
	for _, file := range d.Files {
		if err := look(file); err != nil {
			return err
		}
	}
	return nil
}

// look reads one document and hands on what it becomes.
func (in *inspector) look(ctx context.Context, folder *seed.Folder, extractor *extract.Extractor, file seed.File, prefix, authority string) error {
	result := inspected{path: file.Path}
	doc, err := folder.Read(ctx, file)
	if err == nil {
		doc.Path = path.Join(prefix, doc.Path)
		result.entry, err = extractor.Extract(doc)
	}
	if err != nil {
		in.failed++
		result.err = err
		return in.found(result)
	}
	publish.Preview(&result.entry, in.base, authority)
	return in.found(result)
}

// prefix is where a folder lies in the site's seeds folder, or "" if elsewhere.
func (in *inspector) prefix(dir string) string {
	a, errA := filepath.Abs(in.seeds)
	b, errB := filepath.Abs(dir)
	if errA != nil || errB != nil || !within(b, a) {
		return ""
	}
	rel, err := filepath.Rel(a, b)
	if err != nil || rel == "." {
		return ""
	}
	return filepath.ToSlash(rel)
}

// settings are those of the folder that is looked at. Below the site's seeds
// folder they are the site's, with the language of the nearest section.
func (in *inspector) settings(ctx context.Context, folder *seed.Folder, prefix string) (settings seed.Settings, err error) {
	if prefix != "" {
		root, err := os.OpenRoot(in.seeds)
		if err != nil {
			return settings, err
		}
		defer func() { err = errors.Join(err, root.Close()) }()
		folder = seed.New(root.FS(), in.reading)
	}
	if settings, err = folder.Settings(ctx, ""); err != nil {
		return settings, failed("correct it", "%w", err)
	}
	for section := prefix; section != ""; section = feed.SectionOf(section) {
		s, err := folder.Settings(ctx, section)
		if err != nil {
			return settings, failed("correct it", "%w", err)
		}
		if s.Language != "" {
			settings.Language = s.Language
			break
		}
	}
	return settings, nil
}

// words are what the evidence says, quoted for people.
func words(evidence feed.Evidence) string {
	if evidence.Words == "" || evidence.Words == evidence.Source {
		return evidence.Source
	}
	return fmt.Sprintf("%s: %q", evidence.Source, strings.Join(strings.Fields(evidence.Words), " "))
}
