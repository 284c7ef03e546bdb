package publish_test

import (
	"context"
	"encoding/json"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/extract"
	"seedfeed/feed/ledger"
	"seedfeed/feed/publish"
	"seedfeed/feed/seed"
)

// A site is a folder of documents with all that a publisher needs, in a
// temporary folder. Its clock stands still until a test moves it.
type site struct {
	t         *testing.T
	dir       string
	now       time.Time
	log       strings.Builder
	publisher *publish.Publisher
	writes    int
}

var noonOfTest = time.Date(2026, time.March, 10, 12, 0, 0, 0, time.UTC)

func newSite(t *testing.T) *site {
	t.Helper()
	return newSiteIn(t, t.TempDir())
}

func newSiteIn(t *testing.T, dir string) *site {
	t.Helper()
	s := &site{t: t, dir: dir, now: noonOfTest}
	if err := os.MkdirAll(s.path("seeds"), 0o755); err != nil {
		t.Fatal(err)
	}
	s.openLedger()
	base, err := url.Parse("https://news.example.org/")
	if err != nil {
		t.Fatal(err)
	}
	s.publisher.Seeds = s.openSeeds
	s.publisher.Out = s.path("out")
	s.publisher.BaseURL = base
	s.publisher.Version = "test"
	s.publisher.Now = func() time.Time { return s.now }
	s.publisher.Log = slog.New(slog.NewTextHandler(&s.log, nil))
	return s
}

func (s *site) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

func (s *site) openLedger() {
	s.t.Helper()
	l, err := ledger.Open(context.Background(), s.path("ledger.db"))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = l.Close() })
	if s.publisher == nil {
		s.publisher = new(publish.Publisher)
	}
	s.publisher.Ledger = l
}

// loseLedger closes and deletes the ledger, and opens an empty one.
func (s *site) loseLedger() {
	s.t.Helper()
	if err := s.publisher.Ledger.Close(); err != nil {
		s.t.Fatal(err)
	}
	files, err := filepath.Glob(s.path("ledger.db*"))
	if err != nil || len(files) == 0 {
		s.t.Fatalf("no ledger to lose: %v", err)
	}
	for _, file := range files {
		s.must(os.Remove(file))
	}
	s.openLedger()
}

func (s *site) openSeeds() (*seed.Folder, func() error, error) {
	root, err := os.OpenRoot(s.path("seeds"))
	if err != nil {
		return nil, nil, err
	}
	return seed.New(root.FS(), seed.Options{
		Readable: extract.Readable,
		Settle:   2 * time.Second,
		Now:      func() time.Time { return s.now },
	}), root.Close, nil
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// write writes a document, as if an hour before now.
func (s *site) write(name, text string) {
	s.t.Helper()
	s.writes++ // no two files have one time
	s.writeAt(name, text, s.now.Add(-time.Hour+time.Duration(s.writes)*time.Millisecond))
}

func (s *site) writeAt(name, text string, at time.Time) {
	s.t.Helper()
	file := s.path("seeds/" + name)
	s.must(os.MkdirAll(filepath.Dir(file), 0o755))
	s.must(os.WriteFile(file, []byte(text), 0o644))
	s.must(os.Chtimes(file, at, at))
}

// story writes a document that states all that a feed needs.
func (s *site) story(name, title, date string) {
	s.t.Helper()
	s.write(name, storyText(title, date))
}

func storyText(title, date string) string {
	return "---\ntitle: " + title + "\ndate: " + date + "\n---\nThe text of " + title + ". It goes on for a while.\n"
}

func (s *site) rename(from, to string) {
	s.t.Helper()
	s.must(os.MkdirAll(filepath.Dir(s.path("seeds/"+to)), 0o755))
	s.must(os.Rename(s.path("seeds/"+from), s.path("seeds/"+to)))
}

func (s *site) remove(name string) { s.t.Helper(); s.must(os.RemoveAll(s.path(name))) }

// run makes a run that succeeds.
func (s *site) run() publish.Report {
	s.t.Helper()
	report, err := s.publisher.Run(s.t.Context())
	if err != nil {
		s.t.Fatalf("run: %v", err)
	}
	statuses, err := s.publisher.Ledger.Statuses(s.t.Context())
	s.must(err)
	if report.Held != statuses[feed.Held] {
		s.t.Errorf("%d documents are said to be held, and %d are: %s", report.Held, statuses[feed.Held], report)
	}
	return report
}

// later moves the clock and makes a run.
func (s *site) later(d time.Duration) publish.Report {
	s.t.Helper()
	s.now = s.now.Add(d)
	return s.run()
}

// out returns the bytes of each file in out/.
func (s *site) out() map[string]string {
	s.t.Helper()
	files := map[string]string{}
	root := os.DirFS(s.path("out"))
	s.must(fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		files[name] = string(data)
		return err
	}))
	return files
}

// times returns the time of each file in out/.
func (s *site) times() map[string]time.Time {
	s.t.Helper()
	times := map[string]time.Time{}
	root := os.DirFS(s.path("out"))
	s.must(fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		times[name] = info.ModTime()
		return err
	}))
	return times
}

// An item is what a subscriber to a JSON feed sees of an entry.
type item struct {
	ID        string    `json:"id"`
	URL       string    `json:"url"`
	Title     string    `json:"title"`
	Content   string    `json:"content_html"`
	Published time.Time `json:"date_published"`
	Updated   time.Time `json:"date_modified"`
}

// items returns what stands in the feed of a section, newest first.
func (s *site) items(section string) []item {
	s.t.Helper()
	data, err := os.ReadFile(s.path(filepath.Join("out", section, "feed.json")))
	s.must(err)
	var f struct{ Items []item }
	s.must(json.Unmarshal(data, &f))
	return f.Items
}

// titles returns the titles in the feed of a section, joined.
func (s *site) titles(section string) string {
	s.t.Helper()
	var titles []string
	for _, i := range s.items(section) {
		titles = append(titles, i.Title)
	}
	return strings.Join(titles, ", ")
}

// item returns the entry with a title in the site's feed.
func (s *site) item(title string) item {
	s.t.Helper()
	for _, i := range s.items("") {
		if i.Title == title {
			return i
		}
	}
	s.t.Fatalf("no entry %q in the feed: %s", title, s.titles(""))
	return item{}
}

// page returns the path in out/ of an entry's page.
func (i item) page() string { return strings.TrimPrefix(i.URL, "https://news.example.org/") }

// leaks returns the files of out/ that hold a text, in their name or bytes.
func (s *site) leaks(text string) []string {
	s.t.Helper()
	var found []string
	for name, data := range s.out() {
		if strings.Contains(name, text) || strings.Contains(data, text) {
			found = append(found, name)
		}
	}
	return found
}

// shows returns the files that have a text but those of corrections, which tell
// of what was there.
func (s *site) shows(text string) []string {
	s.t.Helper()
	return slices.DeleteFunc(s.leaks(text), func(name string) bool { return strings.HasPrefix(name, "corrections/") })
}

// pageOf returns the path of the page that has a text in its title.
func (s *site) pageOf(title string) string {
	s.t.Helper()
	for name, data := range s.out() {
		head, _, _ := strings.Cut(data, "</title>")
		if strings.HasPrefix(name, "entries/") && strings.Contains(head, title) {
			return name
		}
	}
	s.t.Fatalf("no page has %q in its title", title)
	return ""
}

// matches reports whether a text holds what an expression means.
func matches(t *testing.T, expression, text string) bool {
	t.Helper()
	found, err := regexp.MatchString(expression, text)
	if err != nil {
		t.Fatal(err)
	}
	return found
}
