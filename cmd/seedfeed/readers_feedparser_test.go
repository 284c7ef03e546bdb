package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// parseAll reads feeds by feedparser. It takes their names, a line of JSON each,
// and prints for each what it found.
const parseAll = `
import feedparser, json, sys
for line in sys.stdin:
    name = json.loads(line)
    with open(name, "rb") as f:
        data = f.read()
    feed = feedparser.parse(data, response_headers={"content-type": "application/xml; charset=utf-8"})
    print(json.dumps({
        "name": name,
        "fault": str(feed.bozo_exception) if feed.bozo else "",
        "version": feed.version,
        "title": feed.feed.get("title", ""),
        "entries": [{
            "id": e.get("id", ""), "title": e.get("title", ""), "link": e.get("link", ""),
            "dated": e.get("published_parsed") is not None, "author": e.get("author", ""),
            "text": len(e.get("summary", "")) + sum(len(c.value) for c in e.get("content", [])),
        } for e in feed.entries],
    }))
`

// A feedparserFeed is what feedparser found in a file.
type feedparserFeed struct {
	Name, Fault, Version, Title string
	Entries                     []struct {
		ID, Title, Link, Author string
		Dated                   bool
		Text                    int
	}
}

// checkFeedparser reads feeds by feedparser, the parser of rss2email and of many
// scripts, which must find no fault with them. It reads no JSON Feed.
func checkFeedparser(t *testing.T, dir string, names []string) {
	t.Helper()
	python := pythonWithFeedparser(t)
	var stdin bytes.Buffer
	encoder := json.NewEncoder(&stdin)
	asked := 0
	for _, name := range names {
		if strings.HasSuffix(name, ".xml") {
			asked++
			if err := encoder.Encode(dir + "/" + name); err != nil {
				t.Fatal(err)
			}
		}
	}
	c := exec.CommandContext(t.Context(), python, "-c", parseAll)
	c.Stdin = &stdin
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("feedparser: %v", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(out))
	for ; asked > 0; asked-- {
		var f feedparserFeed
		if err := decoder.Decode(&f); err != nil {
			t.Fatal(err)
		}
		checkParsed(t, f)
	}
}

// pythonWithFeedparser returns the Python that has the package: the system's is
// often not the first on the PATH.
func pythonWithFeedparser(t *testing.T) string {
	t.Helper()
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.CommandContext(t.Context(), python, "-c", "import feedparser").Run() == nil {
			return python
		}
	}
	missing(t, "feedparser of Python is not on this machine")
	return ""
}

func checkParsed(t *testing.T, f feedparserFeed) {
	t.Helper()
	if f.Fault != "" || f.Title == "" || f.Version != "rss20" && f.Version != "atom10" {
		t.Errorf("feedparser: %q: version %q, title %q: %s", f.Name, f.Version, f.Title, f.Fault)
	}
	for _, e := range f.Entries {
		if e.ID == "" || e.Title == "" || e.Link == "" || !e.Dated || e.Text == 0 {
			t.Errorf("feedparser: %q: an entry lacks something: %+v", f.Name, e)
		}
	}
}

// TestFeedparser reads every feed of the sample site.
func TestFeedparser(t *testing.T) {
	f := sampleSite(t)
	files := readTree(t, f.path("out"))
	names := feedNames(files)
	if len(names) < 8 {
		t.Errorf("the sample site has only %d feeds", len(names))
	}
	checkFeedparser(t, f.path("out"), names)
}

// sampleSite publishes the sample documents.
func sampleSite(t *testing.T) folder {
	t.Helper()
	f := newFolder(t)
	var stderr strings.Builder
	if status := run(t.Context(), f.args("build", "--seeds", "../../seeds", "--settle", "0s", "--base-url", hostileBase), io.Discard, &stderr); status != 0 {
		t.Fatalf("status %d: %s", status, &stderr)
	}
	return f
}
