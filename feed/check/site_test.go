package check_test

import (
	"context"
	"crypto/sha256"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/check"
	"seedfeed/feed/ledger"
)

// now is the instant of the checks: a few days after the site was published.
var now = time.Date(2026, time.March, 10, 8, 0, 0, 0, time.UTC)

// ids of the entries of the site in testdata/site.
const (
	pierID      = "urn:uuid:11111111-1111-5111-8111-111111111111"
	ferryID     = "urn:uuid:22222222-2222-5222-8222-222222222222"
	lampID      = "urn:uuid:33333333-3333-5333-8333-333333333333"
	heldID      = "urn:uuid:44444444-4444-5444-8444-444444444444"
	withdrawnID = "urn:uuid:99999999-9999-5999-8999-999999999999"
)

// A site is a published site and the ledger that goes with it.
type site struct {
	files   fstest.MapFS
	records []ledger.Record
	meta    map[string]string
	names   []string          // of the files that the program wrote, beside the pages of entries
	ours    map[string][]byte // files that the ledger knows otherwise than as they are
}

// goodSite is a site in which nothing is wrong.
func goodSite(t *testing.T) *site {
	t.Helper()
	s := &site{files: fstest.MapFS{}, meta: map[string]string{"feed id /": "urn:uuid:00000000-0000-5000-8000-000000000000"}, ours: map[string][]byte{}}
	dir := os.DirFS("testdata/site")
	err := fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(dir, name)
		s.files[name] = &fstest.MapFile{Data: data}
		if ext := path.Ext(name); !strings.HasPrefix(name, "entries/") && ext != ".mp3" && ext != ".png" {
			s.names = append(s.names, name)
		}
		return err
	})
	if err != nil || len(s.files) == 0 {
		t.Fatalf("no site in testdata/site (err = %v)", err)
	}
	s.records = []ledger.Record{
		record(pierID, "pier.md", "entries/2026/03/pier.html", feed.Live),
		record(ferryID, "ferry.md", "entries/2026/03/ferry.html", feed.Live),
		record(lampID, "lamp.md", "entries/2026/02/lamp.html", feed.Live),
		record(heldID, "news/plan.md", "", feed.Held),
		record(withdrawnID, "rumour.md", "entries/2026/03/rumour.html", feed.Withdrawn),
	}
	return s
}

func record(id, docPath, address string, status feed.Status) ledger.Record {
	r := ledger.Record{
		ID: id, Path: docPath, Address: address, Title: strings.TrimSuffix(docPath, ".md"), Status: status,
		Digest: sha256.Sum256([]byte(docPath)), WasLive: status != feed.Held, Published: now, Updated: now,
	}
	if status == feed.Held {
		r.Reason = "front matter says \"draft: true\""
	}
	return r
}

// change replaces a text in a file, which must be there.
func (s *site) change(t *testing.T, name, old, replacement string) {
	t.Helper()
	data := string(s.files[name].Data)
	if !strings.Contains(data, old) {
		t.Fatalf("%s: no %q to change", name, old)
	}
	s.files[name] = &fstest.MapFile{Data: []byte(strings.Replace(data, old, replacement, 1))}
}

// ledger makes the ledger of the site as it is now.
func (s *site) ledger(t *testing.T) *ledger.Ledger {
	t.Helper()
	l := newLedger(t)
	s.record(t, l)
	return l
}

func newLedger(t *testing.T) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// record tells a ledger what is published.
func (s *site) record(t *testing.T, l *ledger.Ledger) {
	t.Helper()
	err := l.Update(t.Context(), func(tx *ledger.Tx) error {
		for _, r := range s.records {
			if err := tx.Put(r); err != nil {
				return err
			}
		}
		for key, value := range s.meta {
			if err := tx.SetMeta(key, value); err != nil {
				return err
			}
		}
		for _, name := range s.names {
			data, other := s.ours[name]
			if file := s.files[name]; file != nil && !other {
				data = file.Data
			}
			if err := tx.PutFile(name, ledger.File{Digest: sha256.Sum256(data), Size: int64(len(data))}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func options(t *testing.T) check.Options {
	t.Helper()
	base, err := url.Parse("https://post.example/")
	if err != nil {
		t.Fatal(err)
	}
	return check.Options{Base: base, Now: now}
}

// check returns the findings of the site, a line each.
func (s *site) check(t *testing.T, l *ledger.Ledger) []string {
	t.Helper()
	s.record(t, l)
	o := options(t)
	o.Out, o.Ledger = s.files, l
	return findings(t, o)
}

func findings(t *testing.T, o check.Options) []string {
	t.Helper()
	report, err := check.Site(context.WithoutCancel(t.Context()), o)
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{}
	for _, f := range report.Findings {
		lines = append(lines, f.String())
	}
	return lines
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func readFuzz(f *testing.F, name string) string {
	f.Helper()
	data, err := os.ReadFile("testdata/site/" + name)
	if err != nil {
		f.Fatal(err)
	}
	return string(data)
}
