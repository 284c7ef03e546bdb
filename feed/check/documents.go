package check

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"seedfeed/feed"
	"seedfeed/feed/extract"
	"seedfeed/feed/seed"
)

// batch is how many documents are read side by side: all that is held of their
// texts.
const batch = 256

// tolerance is how far ahead of the check a date may lie and be believed, as a
// run has it: it is the next day already where some documents are written.
const tolerance = 24 * time.Hour

// A reading is a document that was read, and what it says; or why not.
type reading struct {
	doc    feed.Document
	digest [sha256.Size]byte
	entry  feed.Entry
	prints *signature
	err    error
}

// documents checks what the documents say, and compares them with each other.
func (c *checker) documents(ctx context.Context) error {
	languages := map[string]string{} // of the folders that were visited
	extractors := map[string]*extract.Extractor{}
	others := newMemory(remembered)
	return c.Seeds.Walk(ctx, func(dir seed.Dir) error {
		if dir.Err != nil {
			c.document(dir.Path).add(0, unreadable, "%v", dir.Err)
			return nil
		}
		language := c.settings(ctx, dir.Path, languages)
		if extractors[language] == nil {
			extractors[language] = extract.New(extract.Options{Base: c.Base, Language: language, Location: c.location()})
		}
		c.asides(dir)
		for files := range slices.Chunk(dir.Files, batch) {
			readings, err := c.read(ctx, extractors[language], files)
			if err != nil {
				return err
			}
			for i := range readings {
				c.files++
				rd := &readings[i]
				if rd.err != nil {
					c.document(rd.doc.Path).refused(rd.err)
					continue
				}
				public, err := c.tell(ctx, rd)
				if err != nil {
					return err
				}
				if public {
					c.compare(others, rd)
				}
			}
		}
		return nil
	})
}

// settings checks the feed.yaml of a folder, and returns the language that its
// documents are assumed to be written in.
func (c *checker) settings(ctx context.Context, dir string, languages map[string]string) string {
	s, err := c.Seeds.Settings(ctx, dir)
	if wrong := (*seed.SettingsError)(nil); errors.As(err, &wrong) {
		message := wrong.Problem
		if wrong.Hint != "" {
			message += "; " + wrong.Hint
		}
		c.document(wrong.Path).add(wrong.Line, badSettings, "%s", message)
	} else if err != nil {
		c.document(dir).add(0, badSettings, "%v", err)
	}
	language := s.Language
	if language == "" && dir != "" {
		language = languages[feed.SectionOf(dir)]
	}
	languages[dir] = language
	return language
}

// asides tells what is in a folder and is not taken for a document.
func (c *checker) asides(dir seed.Dir) {
	for _, skip := range dir.Skips {
		r := skipped
		if skip.Waits {
			r = waiting
		}
		c.document(skip.Path).add(0, r, "%s", skip.Reason)
	}
	if len(dir.Unread) > 0 {
		c.document(dir.Path).add(0, unread, "%s", dir.Unread)
	}
}

// read reads documents side by side and returns them in the given order.
func (c *checker) read(ctx context.Context, extractor *extract.Extractor, files []seed.File) ([]reading, error) {
	readings := make([]reading, len(files))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, file := range files {
		group.Go(func() error {
			rd := &readings[i]
			if rd.doc, rd.err = c.Seeds.Read(ctx, file); rd.err == nil {
				rd.digest = sha256.Sum256(rd.doc.Data)
				if rd.entry, rd.err = extractor.Extract(rd.doc); rd.err == nil {
					rd.prints = signatureOf(rd.entry.Content)
				}
			}
			rd.doc.Path = file.Path
			return ctx.Err()
		})
	}
	return readings, group.Wait()
}

// tell tells what is to be known of one document that could be read. It reports
// whether the document is public, or will be without more being said.
func (c *checker) tell(ctx context.Context, rd *reading) (public bool, err error) {
	p, e := c.document(rd.doc.Path), &rd.entry
	for _, note := range e.Notes {
		p.add(lineOfQuoted(rd.doc.Data, note), notBelieved, "%s", note)
	}
	switch e.From.Title.Source {
	case "first sentence":
		p.add(0, titleDerived, "the title %s is made from the first sentence", quote(e.Title))
	case "file name", "nothing that could be a title":
		p.add(0, noTitle, "no title: %s stands in; write one in the first line", quote(e.Title))
	}
	if strings.Contains(e.Title, "<") {
		p.add(lineOf(rd.doc.Data, e.From.Title.Words), angleBracket, "the title %s has a <, at which some readers cut it; say it in words", quote(e.Title))
	}
	p.check(e.Summary != "", 0, noSummary, "no summary, and no sentence that could be one")
	if over := !e.Until.IsZero() && !p.ahead(e.Until); e.Status != feed.Live && !over {
		p.add(lineOfQuoted(rd.doc.Data, e.Reason), held, "not public: %s", e.Reason)
		return false, nil
	}
	if p.dated(rd) {
		return true, nil // in its time
	}
	heldBack, err := p.heldBack(ctx, rd)
	return !heldBack, err
}

// heldBack tells of a document that says nothing against its publication, and
// is not public all the same: held by the last run, withdrawn, or expired. It
// reports whether it is one.
func (p place) heldBack(ctx context.Context, rd *reading) (bool, error) {
	if p.Ledger == nil {
		return false, nil
	}
	record, found, err := p.Ledger.ByPath(ctx, rd.doc.Path)
	if err != nil || !found {
		return false, err
	}
	switch record.Status {
	case feed.Held:
		if record.Digest != rd.digest {
			return false, nil // the next run decides anew
		}
		p.add(0, held, "not public: the last run held it: %s", record.Reason)
		return true, nil
	case feed.Withdrawn, feed.Expired:
		p.add(0, held, "not public: %s: %s", record.Status, record.Reason)
		return true, nil
	}
	return false, nil
}

// refused tells why a document could not be read.
func (p place) refused(err error) {
	wrong := (*extract.SyntaxError)(nil)
	switch {
	case errors.As(err, &wrong):
		p.add(wrong.Line, unreadable, "%s", wrong.Message)
	case errors.Is(err, seed.ErrChanging), errors.Is(err, fs.ErrNotExist):
		p.add(0, waiting, "%v", err)
	case errors.Is(err, extract.ErrEmpty):
		p.add(0, empty, "%v", err)
	default:
		p.add(0, unreadable, "%v", err)
	}
}

// dated tells how far the date of a live document can be trusted. It reports
// whether the document is held by its date.
func (p place) dated(rd *reading) (heldByDate bool) {
	e := &rd.entry
	line := lineOf(rd.doc.Data, e.From.Published.Words)
	const hint = "write the day with its year into the document, or into its name"
	switch ahead := p.ahead(e.Published); {
	case e.Published.IsZero():
		p.add(0, dateGuessed, "nothing tells the day; %s", hint)
	case ahead && strings.HasPrefix(e.From.Published.Source, "front matter"):
		p.add(line, held, "not public: its front matter sets the publication to %s", e.Published)
		return true
	case ahead && e.Published.Time.After(p.Now.Add(tolerance)):
		p.add(line, dateAhead, "the date %s lies in the future and is not believed (%s)", e.Published, e.From.Published.Source)
	case e.Inferred && e.From.Published.Words != "":
		p.add(line, dateInferred, "dated %s, which is not all written: %s", e.Published, e.From.Published.Source)
	case e.Inferred:
		p.add(line, dateGuessed, "dated %s by the %s; %s", e.Published, e.From.Published.Source, hint)
	}
	return false
}

// ahead reports whether a date is still to come. A day comes with its first
// minute at the site's place.
func (p place) ahead(d feed.Date) bool {
	t := d.Time
	if d.DayOnly {
		year, month, day := t.Date()
		t = time.Date(year, month, day, 0, 0, 0, 0, p.location())
	}
	return t.After(p.Now)
}

// compare tells what a document has in common with those before it.
func (c *checker) compare(others *memory, rd *reading) {
	p, e := c.document(rd.doc.Path), &rd.entry
	m := others.meet(known{
		path: rd.doc.Path, digest: rd.digest, id: e.ID, prints: rd.prints,
		headline: headline(e),
	})
	other := c.document(m.path).file
	switch m.kind {
	case meetsCopy:
		p.add(0, exactCopy, "is a copy of %s, and is not published; delete one of the two", printable(other))
	case meetsID:
		line := lineOf(rd.doc.Data, e.From.ID.Words)
		p.add(line, sameID, "states the id %s, which %s states too; give it another one", quote(e.ID), printable(other))
	case meetsText:
		p.add(0, nearDuplicate, "nearly the same text as %s (%d %%); if it is a newer version, save it under that name, and subscribers get an update", printable(other), m.percent)
	case meetsTitle:
		p.add(0, sameTitle, "has the title and the day of %s: %s; give one of them another title", printable(other), quote(e.Title))
	}
}

// headline is the title and the day of an entry, or "" for one without a day.
func headline(e *feed.Entry) string {
	if e.Published.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s %s", e.Published.Time.Format(time.DateOnly), strings.ToLower(e.Title))
}

// lineOf returns the line of a document that some words begin in, or 0.
func lineOf(data []byte, words string) int {
	words, _, _ = strings.Cut(words, "…")
	if words = strings.TrimSpace(words); words == "" {
		return 0
	}
	i := bytes.Index(data, []byte(words))
	if i < 0 {
		return 0
	}
	return bytes.Count(data[:i], []byte("\n")) + 1
}

// lineOfQuoted returns the line of a document that holds the words which a
// message quotes, or 0.
func lineOfQuoted(data []byte, message string) int {
	_, rest, found := strings.Cut(message, `"`)
	words, _, closed := strings.Cut(rest, `"`)
	if !found || !closed {
		return 0
	}
	return lineOf(data, words)
}
