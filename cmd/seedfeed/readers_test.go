package main

import (
	"database/sql"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
)

// A subscriber is a feed reader that keeps what it saw.
type subscriber interface {
	// follow subscribes to a feed.
	follow(url string)

	// poll asks for the feeds again and returns the titles of all entries that
	// the reader ever saw, each as often as it shows it.
	poll() []string
}

// TestReaders lets real readers follow a site over all that may happen to a
// document: they see each entry once.
func TestReaders(t *testing.T) {
	readers := map[string]func(*testing.T) subscriber{"newsboat": newNewsboat, "sfeed": newSfeed, "rss2email": newRSS2Email}
	for name, subscribe := range readers {
		for _, file := range []string{"rss.xml", "atom.xml"} {
			t.Run(name+"/"+file, func(t *testing.T) { followSite(t, file, subscribe) })
		}
	}
}

// TestReadersFollowCorrections lets real readers follow the feed of corrections:
// each change and withdrawal is an entry of its own there, once, and stays as it was
// told.
func TestReadersFollowCorrections(t *testing.T) {
	readers := map[string]func(*testing.T) subscriber{"newsboat": newNewsboat, "rss2email": newRSS2Email}
	for name, subscribe := range readers {
		for _, file := range []string{"rss.xml", "atom.xml"} {
			t.Run(name+"/"+file, func(t *testing.T) { followCorrections(t, file, subscribe) })
		}
	}
}

func followCorrections(t *testing.T, file string, subscribe func(*testing.T) subscriber) {
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	f.write("two.md", story("Wind", "2026-03-02", "The wind blows."))
	f.write("three.md", story("Third time", "2026-03-03", "It is the charm."))
	reader := subscribe(t)
	if mail, ok := reader.(*rss2email); ok {
		mail.author = "Seedfeed"
	}
	s := serveFolder(f)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit, and it shines."))
	s.published()
	reader.follow(s.url + "corrections/" + file)
	var want []string
	check := func(after string, more ...string) {
		t.Helper()
		want = append(want, more...)
		got := reader.poll()
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("after %s the reader shows%s\nwant%s", after, lines(got), lines(want))
		}
	}
	check("subscribing", "Changed: First light")
	check("nothing")
	f.rename("one.md", "news/first.md")
	s.published()
	check("renaming")
	f.remove("two.md")
	s.published()
	check("deleting", "Deleted: Wind")
	decide(f, "withdraw", "--reason", "the charm was a mistake", "three.md")
	s.until("corrections/"+file, func(body string) bool { return strings.Contains(body, "Withdrawn: Third time") })
	check("withdrawing", "Withdrawn: Third time")
	f.write("wire/1.md", story("Harbour board meets", "2026-03-04", "The board has met for the first time this year."))
	s.published()
	f.write("wire/2.md", story("CORRECTED-Harbour board meets", "2026-03-04", "The board has met for the second time this year."))
	s.published()
	check("a correction of a wire", "Changed: Harbour board meets")
}

func followSite(t *testing.T, file string, subscribe func(*testing.T) subscriber) {
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	f.write("news/two.md", story("Q&A <on> “wind”", "2026-03-02", "The wind blows."))
	// The program is looked up before the server starts.
	reader := subscribe(t)
	s := serveFolder(f)
	reader.follow(s.url + file)
	check := func(after string, want ...string) {
		t.Helper()
		got := reader.poll()
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("after %s the reader shows%s\nwant%s", after, lines(got), lines(want))
		}
	}
	check("subscribing", "First light", "Q&A ‹on› “wind”")
	check("nothing", "First light", "Q&A ‹on› “wind”")

	f.write("news/three.md", story("Third time", "2026-03-03", "It is the charm."))
	s.published()
	check("adding", "First light", "Q&A ‹on› “wind”", "Third time")

	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit, and it shines."))
	s.published()
	check("editing", "First light", "Q&A ‹on› “wind”", "Third time")

	f.rename("one.md", "news/first.md")
	s.published()
	check("renaming", "First light", "Q&A ‹on› “wind”", "Third time")

	f.remove("news/two.md")
	s.published()
	check("deleting", "First light", "Q&A ‹on› “wind”", "Third time") // readers keep what they have

	// The server serves what another process writes.
	decide(f, "withdraw", "--reason", "the charm was a mistake", "news/three.md")
	s.until(file, func(body string) bool { return !strings.Contains(body, "Third time") })
	check("withdrawing", "First light", "Q&A ‹on› “wind”", "Third time")

	decide(f, "restore", "news/three.md")
	s.until(file, func(body string) bool { return strings.Contains(body, "Third time") })
	check("restoring", "First light", "Q&A ‹on› “wind”", "Third time")

	// The versions of a wire story are one entry, whatever becomes of their files.
	all := []string{"First light", "Q&A ‹on› “wind”", "Third time", "Harbour board meets"}
	for i, mark := range []string{"", "UPDATE 1-", "CORRECTED-UPDATE 1-", "UPDATE 2-"} {
		f.write(fmt.Sprintf("wire/%d.md", i), story(mark+"Harbour board meets", "2026-03-04", "The board has met for the "+strings.Repeat("very ", i)+"first time this year."))
		s.published()
		check("version "+mark, slices.Clone(all)...)
	}
	if got := strings.Count(s.get(file), "Harbour board meets</title>"); got != 1 {
		t.Errorf("the feed has the story %d times", got)
	}
	f.remove("wire/3.md")
	s.published()
	check("deleting the newest version", all...)
}

// decide runs a command that decides about an entry.
func decide(f folder, command string, args ...string) {
	f.t.Helper()
	var stderr strings.Builder
	if status := run(f.t.Context(), f.args(command, args...), io.Discard, &stderr); status != 0 {
		f.t.Fatalf("%s: status %d: %s", command, status, &stderr)
	}
}

// newsboat keeps its entries in an SQLite file, by guid.
type newsboat struct {
	t    *testing.T
	path string
	dir  string
}

func newNewsboat(t *testing.T) subscriber {
	t.Helper()
	return &newsboat{t: t, path: program(t, "newsboat"), dir: t.TempDir()}
}

func (n *newsboat) follow(url string) {
	n.t.Helper()
	for name, text := range map[string]string{"urls": url + "\n", "config": "reload-threads 1\n"} {
		if err := os.WriteFile(filepath.Join(n.dir, name), []byte(text), 0o644); err != nil {
			n.t.Fatal(err)
		}
	}
}

func (n *newsboat) poll() []string {
	n.t.Helper()
	file := func(name string) string { return filepath.Join(n.dir, name) }
	command(n.t, n.dir, []string{"HOME=" + n.dir, "LC_ALL=C.UTF-8"}, n.path,
		"-u", file("urls"), "-C", file("config"), "-c", file("cache.db"), "-x", "reload")
	db, err := sql.Open("sqlite", file("cache.db"))
	if err != nil {
		n.t.Fatal(err)
	}
	rows, err := db.Query("SELECT title FROM rss_item WHERE deleted = 0")
	if err != nil {
		n.t.Fatal(err)
	}
	var titles []string
	for rows.Next() {
		var title string
		if err := rows.Scan(&title); err != nil {
			n.t.Fatal(err)
		}
		titles = append(titles, title)
	}
	if err := errors.Join(rows.Err(), rows.Close(), db.Close()); err != nil {
		n.t.Fatal(err)
	}
	return titles
}

// sfeed keeps its entries in a file of lines: time, title, link, content, type,
// id, author ...
type sfeed struct {
	t    *testing.T
	path string
	dir  string
}

func newSfeed(t *testing.T) subscriber {
	t.Helper()
	program(t, "curl")
	return &sfeed{t: t, path: program(t, "sfeed_update"), dir: t.TempDir()}
}

func (s *sfeed) follow(url string) {
	s.t.Helper()
	text := "sfeedpath=\"" + s.dir + "/feeds\"\nfeeds() {\n\tfeed \"site\" \"" + url + "\"\n}\n"
	if err := os.WriteFile(filepath.Join(s.dir, "sfeedrc"), []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

func (s *sfeed) poll() []string {
	s.t.Helper()
	command(s.t, s.dir, nil, s.path, filepath.Join(s.dir, "sfeedrc"))
	data, err := os.ReadFile(filepath.Join(s.dir, "feeds", "site"))
	if err != nil {
		s.t.Fatal(err)
	}
	var titles []string
	for line := range strings.Lines(string(data)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) < 7 || fields[0] == "" || !strings.HasPrefix(fields[5], "urn:uuid:") || fields[6] != "Ada Moreno" {
			s.t.Errorf("sfeed read a line of %d fields: %q", len(fields), line)
			continue
		}
		titles = append(titles, fields[1])
	}
	return titles
}

// TestSampleSiteParses reads every feed of the sample site with an independent
// parser and with a strict one.
func TestSampleSiteParses(t *testing.T) {
	f := newFolder(t)
	args := f.args("build", "--seeds", "../../seeds", "--settle", "0s", "--base-url", "https://news.example.org/")
	var stderr strings.Builder
	if status := run(t.Context(), args, io.Discard, &stderr); status != 0 || stderr.Len() > 0 {
		t.Fatalf("status %d: %s", status, stderr.String())
	}
	checkFeeds(t, f, 4)
}

// checkFeeds checks that every feed in out/ is whole and names only pages that
// exist, and that there are at least so many feeds.
func checkFeeds(t *testing.T, f folder, least int) {
	t.Helper()
	n := 0
	for name, data := range readTree(t, f.path("out")) {
		switch filepath.Base(name) {
		case "rss.xml", "atom.xml":
			strict(t, name, data)
		case "feed.json":
		default:
			continue
		}
		n++
		checkFeed(t, f, name, data)
	}
	if n < least {
		t.Errorf("%d feeds, want at least %d", n, least)
	}
}

// checkFeed reads one feed with a parser that is not ours.
func checkFeed(t *testing.T, f folder, name, data string) {
	t.Helper()
	parsed, err := gofeed.NewParser().ParseString(data)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	seen := map[string]bool{}
	for _, item := range parsed.Items {
		checkItem(t, f, name, item)
		if seen[item.GUID] {
			t.Errorf("%s: %s is there twice", name, item.GUID)
		}
		seen[item.GUID] = true
	}
}

// strict parses XML as encoding/xml does when nothing is forgiven.
func strict(t *testing.T, name, data string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(data))
	for {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
	}
}

func checkItem(t *testing.T, f folder, name string, item *gofeed.Item) {
	t.Helper()
	if item.Title == "" || item.GUID == "" || item.PublishedParsed == nil || item.Content+item.Description == "" {
		t.Errorf("%s: entry %q lacks its title, id, date or content", name, item.Title)
	}
	page, _, _ := strings.Cut(strings.TrimPrefix(item.Link, "https://news.example.org/"), "#")
	if _, err := os.Stat(f.path("out/" + page)); page == item.Link || err != nil {
		t.Errorf("%s: the link %q of %q leads nowhere: %v", name, item.Link, item.Title, err)
	}
}
