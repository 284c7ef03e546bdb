package publish_test

import (
	"cmp"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/extract"
	"seedfeed/feed/ledger"
	"seedfeed/feed/publish"
	"seedfeed/feed/seed"
)

// childSite is the environment variable by which this test binary makes one run
// over the site in a folder, and nothing else: tests of faults kill it.
const childSite = "PUBLISH_TEST_SITE"

func TestMain(m *testing.M) {
	dir := os.Getenv(childSite)
	if dir == "" {
		os.Exit(m.Run())
	}
	if err := runOnce(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// runOnce makes a run over a folder that [newSite] made, an hour later.
func runOnce(dir string) (err error) {
	ctx := context.Background()
	memory, err := ledger.Open(ctx, filepath.Join(dir, "ledger.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, memory.Close()) }()
	now := func() time.Time { return noonOfTest.Add(time.Hour) }
	p := publish.Publisher{
		Seeds: func() (*seed.Folder, func() error, error) {
			root, err := os.OpenRoot(filepath.Join(dir, "seeds"))
			if err != nil {
				return nil, nil, err
			}
			return seed.New(root.FS(), seed.Options{Readable: extract.Readable, Now: now}), root.Close, nil
		},
		Ledger:  memory,
		Out:     filepath.Join(dir, "out"),
		BaseURL: &url.URL{Scheme: "https", Host: "news.example.org", Path: "/"},
		Version: "test",
		Brake:   -1,
		Now:     now,
	}
	_, err = p.Run(ctx)
	return err
}

// faults is how many points of a run a test of faults takes, evenly spread: that
// of the environment variable SEEDFEED_FAULTS, or a few.
func faults(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(cmp.Or(os.Getenv("SEEDFEED_FAULTS"), "3"))
	if err != nil || n < 1 {
		t.Fatalf("SEEDFEED_FAULTS=%q is no number of points", os.Getenv("SEEDFEED_FAULTS"))
	}
	return n
}

// A shape is a site before a run in which much happens.
type shape struct {
	name   string
	before func(s *site) // makes the site, and a first run if it is to have had one
}

// shapes are a first run, and one that meets each kind of change.
var shapes = []shape{
	{"first", func(s *site) { manyKinds(s) }},
	{"changes", func(s *site) {
		manyKinds(s)
		s.publisher.Brake = -1
		s.run()
		s.now = s.now.Add(30 * time.Minute)
		s.story("edited.md", "Edited story, and how", "2026-03-04")
		s.story("news/new.md", "New story", "2026-03-06")
		s.story("fresh/section.md", "Story of a new section", "2026-01-09")
		s.rename("renamed.md", "elsewhere/renamed.md")
		s.remove("seeds/old/alone.md") // the last of its section, month, tag and author
		s.story("draft.md", "Draft no more", "2026-03-05")
		s.write("held.md", "---\ntitle: Held back\ndate: 2026-03-03\ndraft: true\n---\nNot yet.\n")
		s.write("plan.pdf", "another plan, and longer")
		s.write("news/feed.yaml", "title: The news desk\n")
	}},
}

// manyKinds writes documents of each kind that a run treats differently.
func manyKinds(s *site) {
	s.t.Helper()
	sample(s)
	s.story("edited.md", "Edited story", "2026-03-04")
	s.story("renamed.md", "Renamed story", "2026-02-03")
	s.story("held.md", "Held back", "2026-03-03")
	s.write("draft.md", "---\ntitle: Draft no more\ndate: 2026-03-05\ndraft: true\n---\nNot yet.\n")
	s.write("old/alone.md", "---\ntitle: Alone in its month\ndate: 2025-11-02\ntags: [alone]\nauthor: Ada Moreno\n---\nThe only one of its kind.\n")
	s.write("news/named.md", "---\ntitle: It names a file\ndate: 2026-03-02\n---\nSee [the plan](../plan.pdf) and [the other](../edited.md).\n")
	s.write("plan.pdf", "a plan")
}

// undisturbed returns what a run makes of a copy of a site.
func undisturbed(t *testing.T, s *site) outcome {
	t.Helper()
	c := s.copy(t)
	if err := runOnce(c); err != nil {
		t.Fatal(err)
	}
	return outcomeOf(t, c)
}

// copy copies a site whose ledger is closed, with the times of its files, and
// returns the folder of the copy.
func (s *site) copy(t *testing.T) string {
	t.Helper()
	return s.copyTo(t, memoryDir(t))
}

// copyTo copies a site into a folder, which it returns.
func (s *site) copyTo(t *testing.T, to string) string {
	t.Helper()
	err := filepath.WalkDir(s.dir, func(name string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(s.dir, name)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if d.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		return errors.Join(os.WriteFile(target, data, info.Mode()), os.Chtimes(target, info.ModTime(), info.ModTime()))
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// memoryDir returns a folder that is gone after the test: in memory, where there
// is one, since what is killed here is the process and not the machine.
func memoryDir(t *testing.T) string {
	t.Helper()
	const memory = "/dev/shm"
	if _, err := os.Stat(memory); err != nil {
		return t.TempDir()
	}
	dir, err := os.MkdirTemp(memory, "seedfeed-test") //nolint:usetesting // that of the test is on the disk
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// An outcome is all that subscribers and the ledger have after a run.
type outcome struct {
	Out     map[string]string // bytes of the files in out/, temporary ones as well
	Records []ledger.Record   // with ids, addresses, dates
}

func outcomeOf(t *testing.T, dir string) outcome {
	t.Helper()
	s := &site{t: t, dir: dir}
	o := outcome{Out: s.out()}
	memory, err := ledger.Open(t.Context(), s.path("ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	for record, err := range memory.List(t.Context(), ledger.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		o.Records = append(o.Records, record)
	}
	s.must(memory.Close())
	return o
}

// checkWhole checks that each feed in a folder is whole, and names only pages
// that are there.
func checkWhole(t *testing.T, out string) {
	t.Helper()
	err := filepath.WalkDir(out, func(name string, d os.DirEntry, err error) error {
		if errors.Is(err, os.ErrNotExist) && name == out {
			return nil // it was not made yet
		}
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		switch ending := path.Ext(name); {
		case ending == ".xml" || ending == ".opml":
			if err := wellFormed(data); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		case ending == ".html":
			if !strings.HasSuffix(strings.TrimSpace(string(data)), "</html>") {
				t.Errorf("%s is cut short", name)
			}
		case path.Base(name) == "feed.json":
			checkPagesOf(t, out, name, data)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func wellFormed(data []byte) error {
	for decoder := xml.NewDecoder(strings.NewReader(string(data))); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func checkPagesOf(t *testing.T, out, name string, data []byte) {
	t.Helper()
	var f struct{ Items []item }
	if err := json.Unmarshal(data, &f); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	for _, i := range f.Items {
		page, place, _ := strings.Cut(i.page(), "#")
		if place != "" { // of a correction
			page += "index.html"
		}
		if info, err := os.Stat(filepath.Join(out, filepath.FromSlash(page))); err != nil || info.Size() == 0 {
			t.Errorf("%s names the page %s, which is not there or empty: %v", name, i.page(), err)
		}
	}
}
