package publish_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"seedfeed/feed/extract"
	"seedfeed/feed/seed"
)

// A silentFS is a file system that gives no answer about some files until it is
// back.
type silentFS struct {
	fs.FS
	gone map[string]chan struct{} // what to wait for, by name
}

func (f silentFS) wait(name string) {
	if back, ok := f.gone[name]; ok {
		<-back
	}
}

// Open is for package fs.
func (f silentFS) Open(name string) (fs.File, error) { f.wait(name); return f.FS.Open(name) }

// Stat is for package fs.
func (f silentFS) Stat(name string) (fs.FileInfo, error) { f.wait(name); return fs.Stat(f.FS, name) }

// silence has runs find no answer about some files until the end of the test.
func (s *site) silence(names ...string) {
	s.t.Helper()
	back, gone := make(chan struct{}), map[string]chan struct{}{}
	s.t.Cleanup(func() { close(back) })
	for _, name := range names {
		gone[name] = back
	}
	s.publisher.Seeds = func() (*seed.Folder, func() error, error) {
		root, err := os.OpenRoot(s.path("seeds"))
		if err != nil {
			return nil, nil, err
		}
		s.t.Cleanup(func() { _ = root.Close() }) // a call that hangs has it open
		return seed.New(silentFS{root.FS(), gone}, seed.Options{
			Readable: extract.Readable, Patience: 30 * time.Second, Now: func() time.Time { return s.now },
		}), func() error { return nil }, nil
	}
}

// Files beside documents that do not answer are as they were published.
func TestSilentFileBesideStays(t *testing.T) { synctest.Test(t, testSilentFileBeside) }

func testSilentFileBeside(t *testing.T) {
	s := newSite(t)
	s.write("talk.md", "---\ntitle: The talk\ndate: 2026-03-01\n---\nThe talk, and ![a picture](pier.jpg).\n")
	s.write("talk.mp3", "music")
	s.write("pier.jpg", "picture")
	s.run()
	before := s.out()
	if before["talk.mp3"] != "music" || before["pier.jpg"] != "picture" || !strings.Contains(before["rss.xml"], "<enclosure") {
		t.Fatalf("nothing is shown: %v", s.times())
	}
	s.silence("talk.mp3", "talk.m4a", "pier.jpg")
	s.now = s.now.Add(time.Hour)
	s.write("talk.md", "---\ntitle: The talk\ndate: 2026-03-01\n---\nThe talk was long, and ![a picture](pier.jpg).\n")
	report := s.run()
	after := s.out()
	if after["talk.mp3"] != "music" || after["pier.jpg"] != "picture" || !strings.Contains(after["rss.xml"], `length="5"`) || !strings.Contains(after["rss.xml"], "The talk was long") {
		t.Errorf("a file is gone: %v\n%s", s.times(), after["rss.xml"])
	}
	var said []string
	for _, skip := range report.Skips {
		said = append(said, skip.String())
	}
	const silent = ": the file system does not answer within 30s (what was published before stays)"
	if got := strings.Join(said, "\n"); !strings.Contains(got, "talk.mp3"+silent) || !strings.Contains(got, "pier.jpg"+silent) {
		t.Errorf("skips = %s", got)
	}
}

// Settings that do not answer leave the feeds as they are: all of them where
// they are the site's.
func TestSilentSettings(t *testing.T) {
	for name, whole := range map[string]bool{"feed.yaml": true, "news/feed.yaml": false} {
		t.Run(name, func(t *testing.T) { synctest.Test(t, func(t *testing.T) { testSilentSettings(t, name, whole) }) })
	}
}

func testSilentSettings(t *testing.T, name string, whole bool) {
	s := newSite(t)
	sample(s)
	s.write("news/feed.yaml", "title: The desk\n")
	s.run()
	before := s.out()
	s.silence(name)
	s.now = s.now.Add(time.Hour)
	s.story("news/four.md", "Fourth of all", "2026-03-04")
	report, err := s.publisher.Run(t.Context())
	if errors.Is(err, seed.ErrSilent) != whole || whole && err.Error() != "look at the documents: feed.yaml: the file system does not answer within 30s" {
		t.Errorf("error = %v, report = %s", err, report)
	}
	if !whole && (len(report.Skips) != 1 || report.Skips[0].Path != name) {
		t.Errorf("skips = %v", report.Skips)
	}
	if s.out()["news/rss.xml"] != before["news/rss.xml"] {
		t.Error("the feed of the section has changed")
	}
	if fresh := strings.Contains(s.titles(""), "Fourth of all"); fresh == whole {
		t.Errorf("the site's feed: %s", s.titles(""))
	}
}
