package check_test

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"seedfeed/feed/check"
	"seedfeed/feed/extract"
	"seedfeed/feed/seed"
)

// A faulty file system is one on a disk that fails in one place.
type faulty struct {
	fs.FS
	name string
}

func (f faulty) Open(name string) (fs.File, error) {
	if name == f.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("input/output error")}
	}
	return f.FS.Open(name)
}

// One bad file hides no other.
func TestUnreadableFiles(t *testing.T) {
	s := goodSite(t)
	o := options(t)
	o.Out = faulty{s.files, "style.css"}
	o.Ledger = s.ledger(t)
	want := "out/style.css: error: can not be read: input/output error [missing-file]"
	if got := strings.Join(findings(t, o), "\n"); !strings.Contains(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}

	o = options(t)
	text := &fstest.MapFile{Data: []byte(story("New pier opens") + pier), ModTime: written}
	ferry := &fstest.MapFile{Data: []byte(story("Ferry") + ferry), ModTime: written}
	files := fstest.MapFS{"a.md": text, "news/b.md": text, "ferry.md": ferry}
	for name, want := range map[string]string{
		"a.md": "seeds/a.md: error: input/output error [unreadable]",
		"news": "seeds/news: error: the folder can not be listed: input/output error [unreadable]",
	} {
		o.Seeds = seed.New(faulty{files, name}, seed.Options{Readable: extract.Readable})
		if got := strings.Join(findings(t, o), "\n"); got != want {
			t.Errorf("found %q, want %q", got, want)
		}
	}
}

// What can not be checked at all is an error.
func TestSiteFails(t *testing.T) {
	failing := errors.New("input/output error")
	o := options(t)
	o.Out = faulty{goodSite(t).files, "entries"}
	if _, err := check.Site(t.Context(), o); err == nil || !strings.Contains(err.Error(), failing.Error()) {
		t.Errorf("err = %v, want %v", err, failing)
	}

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	o.Out = goodSite(t).files
	if _, err := check.Site(ctx, o); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v, want %v", err, context.Canceled)
	}
	o.Out, o.Seeds = nil, documents(map[string]string{"a.md": pier})
	if _, err := check.Site(ctx, o); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v, want %v", err, context.Canceled)
	}
}

// A finding is one line that does no harm to a terminal.
func TestFindingIsOneLine(t *testing.T) {
	o := options(t)
	o.Out = fstest.MapFS{"a\nb.xml": {Data: []byte(`<rss version="` + strings.Repeat("x", 200) + `&#x1b;[2J"/>`)}, "a\u009b.xml": {Data: []byte("<rss version='2&#x9b;'/>")}}
	found := findings(t, o)
	if len(found) == 0 {
		t.Fatal("found nothing")
	}
	for _, f := range found {
		if strings.ContainsAny(f, "\n\x1b\u009b") || len(f) > 300 {
			t.Errorf("%q is not one line, or commands a terminal", f)
		}
	}
}
