package main

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"seedfeed/feed/serve"
)

// maxFeed is the most that readers take, in bytes.
const maxFeed = 1 << 20

// TestHostileSite publishes documents that mean harm, and reads what came of
// them: with strict parsers, with those of readers, and with a browser's rules.
func TestHostileSite(t *testing.T) {
	f := newFolder(t)
	n := numberOfHostile(t)
	writeHostile(f, n)
	var stdout, stderr strings.Builder
	if status := run(t.Context(), f.args("build", "--settle", "0s", "--base-url", hostileBase), &stdout, &stderr); status != 0 {
		t.Fatalf("status %d: %s", status, &stderr)
	}
	t.Logf("%s%s", &stdout, firstLines(stderr.String(), 30))
	files := readTree(t, f.path("out"))

	t.Run("folder", func(t *testing.T) {
		for _, name := range slices.Sorted(maps.Keys(readTree(t, f.dir))) {
			top, _, _ := strings.Cut(name, "/")
			if top != "seeds" && top != "out" && top != ".seedfeed" {
				t.Errorf("%q was written beside the folders", name)
			}
		}
	})
	t.Run("files", func(t *testing.T) { checkLayout(t, files, n) })
	t.Run("text", func(t *testing.T) {
		for name, data := range files {
			if at := strings.IndexFunc(data, forbidden); at >= 0 || !utf8.ValidString(data) {
				t.Errorf("%q has a character that no text may have: %q", name, excerpt(data, at))
			}
		}
	})
	t.Run("xml", func(t *testing.T) {
		for name, data := range files {
			if ending := path.Ext(name); ending == ".xml" || ending == ".opml" {
				strict(t, name, data)
			}
		}
	})
	t.Run("xmllint", func(t *testing.T) { lintXML(t, f, files) })
	t.Run("json", func(t *testing.T) {
		for name, data := range files {
			if path.Ext(name) == ".json" && !json.Valid([]byte(data)) {
				t.Errorf("%q is not JSON", name)
			}
		}
	})
	t.Run("size", func(t *testing.T) {
		for name, data := range files {
			if isFeed(name) && len(data) >= maxFeed {
				t.Errorf("%q has %d bytes", name, len(data))
			}
		}
	})
	t.Run("feeds", func(t *testing.T) { checkFeeds(t, f, 3*len(hostileTags)) })
	t.Run("ids", func(t *testing.T) { checkIDs(t, files, n) })
	t.Run("pages", func(t *testing.T) {
		for name, data := range files {
			if path.Ext(name) == ".html" {
				inactive(t, name, data)
			}
		}
	})
	t.Run("links", func(t *testing.T) { checkLinks(t, files, hostileTarget) })
	t.Run("served", func(t *testing.T) { checkServed(t, f, files) })
	t.Run("feedparser", func(t *testing.T) { checkFeedparser(t, f.path("out"), feedNames(files)) })
}

// isFeed reports whether a file is a feed that people subscribe to.
func isFeed(name string) bool {
	switch path.Base(name) {
	case "rss.xml", "atom.xml", "feed.json":
		return true
	}
	return false
}

// feedNames returns the names of all feeds and archives.
func feedNames(files map[string]string) []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if isFeed(name) || strings.HasPrefix(name, "archive/") && path.Ext(name) == ".xml" {
			names = append(names, name)
		}
	}
	return names
}

// The files that the program writes, and those of a folder with a feed.
var (
	siteFile = regexp.MustCompile(`^(index\.html|(rss|atom|sitemap)\.xml|feed\.json|feeds\.opml|robots\.txt|style\.css` +
		`|entries/\d{4}/\d\d/[a-z0-9_-]{3,80}\.html|archive/\d{4}-\d\d\.(html|xml)|sitemaps/(\d{4}-\d\d|lists)\.xml` +
		`|(tags|authors|languages)/[a-z0-9_-]+/(index\.html|rss\.xml|atom\.xml|feed\.json))$`)
	sectionFile = regexp.MustCompile(`^([^\x00-\x1f\x7f\\]+)/(index\.html|rss\.xml|atom\.xml|feed\.json)$`)
)

// checkLayout holds the files in out/ to the folders of the design: each entry has
// a page, each list and section its feeds, and there is nothing else.
func checkLayout(t *testing.T, files map[string]string, entries int) {
	t.Helper()
	pages := 0
	sections := map[string]int{}
	for name := range files {
		if siteFile.MatchString(name) {
			if strings.HasPrefix(name, "entries/") {
				pages++
			}
			continue
		}
		if m := sectionFile.FindStringSubmatch(name); m != nil {
			sections[m[1]]++
			continue
		}
		t.Errorf("%q is in no folder that a site has", name)
	}
	if pages != entries {
		t.Errorf("%d pages of %d entries", pages, entries)
	}
	for name, n := range sections {
		if n != 4 {
			t.Errorf("section %q has %d files, want a page and three feeds", name, n)
		}
	}
	if n := len(sections); n < len(hostileFolders)-1 {
		t.Errorf("%d sections of at least %d folders", n, len(hostileFolders)-1)
	}
}

// forbidden reports whether XML 1.0 has no place for a character, or for which
// it has one and nobody means it: DEL and those of C1.
func forbidden(c rune) bool {
	return c < ' ' && c != '\t' && c != '\n' && c != '\r' || c >= 0x7f && c < 0xa0 || c == 0xfffe || c == 0xffff
}

func lintXML(t *testing.T, f folder, files map[string]string) {
	lint := program(t, "xmllint")
	var names []string
	for name := range files {
		if ending := path.Ext(name); ending == ".xml" || ending == ".opml" {
			names = append(names, f.path("out/"+name))
		}
	}
	for chunk := range slices.Chunk(names, 200) {
		out, err := exec.CommandContext(t.Context(), lint, append([]string{"--noout", "--nonet"}, chunk...)...).CombinedOutput()
		if err != nil {
			t.Errorf("xmllint: %v\n%s", err, firstLines(string(out), 20))
		}
	}
}

// checkIDs checks that an entry has one id and one address wherever it stands,
// and that the three formats of a feed have the same entries.
func checkIDs(t *testing.T, files map[string]string, entries int) {
	t.Helper()
	idOf, addressOf := map[string]string{}, map[string]string{}
	formats := map[string][]string{} // the ids of a folder's first format
	for _, name := range feedNames(files) {
		parsed, err := gofeed.NewParser().ParseString(files[name])
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		var ids []string
		for _, item := range parsed.Items {
			ids = append(ids, item.GUID)
			if id := cmp.Or(idOf[item.Link], item.GUID); id != item.GUID {
				t.Errorf("%q: %s has the id %s, and elsewhere %s", name, item.Link, item.GUID, id)
			}
			if link := cmp.Or(addressOf[item.GUID], item.Link); link != item.Link {
				t.Errorf("%q: %s is at %s, and elsewhere at %s", name, item.GUID, item.Link, link)
			}
			idOf[item.Link], addressOf[item.GUID] = item.GUID, item.Link
			inactive(t, name+" "+item.GUID, item.Content+item.Description)
		}
		if !isFeed(name) {
			continue
		}
		dir := path.Dir(name)
		if other, ok := formats[dir]; ok && !slices.Equal(ids, other) {
			t.Errorf("%q: the entries are not those of the other formats:%s\nwant%s", name, lines(ids), lines(other))
		}
		formats[dir] = ids
	}
	if len(idOf) != entries || len(addressOf) != entries {
		t.Errorf("%d addresses and %d ids in feeds and archives, want %d", len(idOf), len(addressOf), entries)
	}
}

// Elements that do something, or change how the rest of a page looks or works.
var activeElements = map[string]bool{
	"script": true, "style": true, "iframe": true, "frame": true, "frameset": true, "object": true, "embed": true, "applet": true, "base": true,
	"form": true, "input": true, "button": true, "textarea": true, "svg": true, "math": true, "template": true, "noscript": true,
	"xmp": true, "plaintext": true, "portal": true, "dialog": true,
}

// urlAttributes are those that a browser may follow.
var urlAttributes = map[string]bool{
	"href": true, "src": true, "srcset": true, "poster": true, "action": true, "formaction": true, "data": true, "cite": true, "ping": true,
	"background": true, "longdesc": true, "lowsrc": true, "dynsrc": true, "manifest": true, "xlink:href": true,
}

// inactive checks that nothing in a page, or in the content of an entry, runs,
// loads a frame, asks for input or changes the look.
func inactive(t *testing.T, name, page string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Errorf("%q: %v", name, err)
		return
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if reason := activity(n); reason != "" {
			var b strings.Builder
			if err := html.Render(&b, n); err != nil {
				t.Fatal(err)
			}
			t.Errorf("%q: %s in %q", name, reason, b.String()[:min(b.Len(), 200)])
		}
	}
}

// activity tells what is active in an element, or "".
func activity(n *html.Node) string {
	attributes := map[string]string{}
	for _, a := range n.Attr {
		key := a.Key
		if a.Namespace != "" {
			key = a.Namespace + ":" + a.Key
		}
		attributes[key] = a.Val
		switch {
		case strings.HasPrefix(key, "on") || key == "style" || key == "srcdoc" || key == "http-equiv" || key == "autofocus" || key == "autoplay":
			return "the attribute " + key
		case urlAttributes[key] && !harmless(n.Data, a.Val):
			return "the address " + a.Val[:min(len(a.Val), 80)]
		}
	}
	if n.Data == "script" && attributes["type"] == "application/ld+json" && len(attributes) == 1 {
		if n.FirstChild == nil || !json.Valid([]byte(n.FirstChild.Data)) {
			return "JSON-LD that is not JSON"
		}
		return ""
	}
	if activeElements[n.Data] {
		return "the element " + n.Data
	}
	return ""
}

var scheme = regexp.MustCompile(`^[a-z][a-z0-9+.-]*:`)

// harmless reports whether an address leads to a page, a file or a mailbox, as a
// browser reads it: without spaces and control characters.
func harmless(element, address string) bool {
	address = strings.ToLower(strings.Map(func(c rune) rune {
		if c <= ' ' {
			return -1
		}
		return c
	}, address))
	switch scheme.FindString(address) {
	case "", "http:", "https:", "mailto:", "tel:":
		return !strings.Contains(address, "javascript:")
	case "data:":
		if element == "link" && address == "data:," { // the empty icon
			return true
		}
		return element == "img" && regexp.MustCompile(`^data:image/(png|jpeg|gif|webp|avif)[;,]`).MatchString(address)
	}
	return false
}

// checkServed asks the server for each file by its address.
func checkServed(t *testing.T, f folder, files map[string]string) {
	t.Helper()
	out, err := os.OpenRoot(f.path("out"))
	f.must(err)
	defer func() { f.must(out.Close()) }()
	handler := serve.New(out, serve.Options{})
	for name, data := range files {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, (&url.URL{Path: "/" + name}).String(), nil))
		if w.Code != http.StatusOK || w.Body.String() != data {
			t.Errorf("GET %q: status %d, %d bytes of %d", name, w.Code, w.Body.Len(), len(data))
		}
	}
}

// firstLines returns at most n lines of a text.
func firstLines(text string, n int) string {
	list := strings.SplitAfterN(text, "\n", n+1)
	return strings.Join(list[:min(n, len(list))], "")
}

// excerpt returns the text around a position.
func excerpt(text string, at int) string {
	at = max(at, 0)
	return text[max(0, at-60):min(len(text), at+60)]
}

// TestActivity checks the check: it finds what is active, and nothing else.
func TestActivity(t *testing.T) {
	tests := []struct{ in, want string }{
		{`<p>Text, <a href="/x">a link</a>, <a href="mailto:a@example.org">an address</a>.</p>`, ""},
		{`<img src="data:image/png;base64,iVBORw0=" alt="">`, ""},
		{`<script type="application/ld+json">{"a": 1}</script>`, ""},
		{`<script type="application/ld+json">{"a": 1</script>`, "JSON-LD that is not JSON"},
		{`<script type="application/ld+json" src="/x.js">{}</script>`, "the element script"},
		{`<script>alert(1)</script>`, "the element script"},
		{`<svg><script>alert(1)</script></svg>`, "the element svg"},
		{`<p onclick="alert(1)">x</p>`, "the attribute onclick"},
		{`<p style="color:red">x</p>`, "the attribute style"},
		{"<a href=\" java\nscript:alert(1)\">x</a>", "the address  java\nscript:alert(1)"},
		{`<a href="&#1;JAVASCRIPT:alert(1)">x</a>`, "the address \x01JAVASCRIPT:alert(1)"},
		{`<a href="data:text/html,x">x</a>`, "the address data:text/html,x"},
		{`<img src="data:image/svg+xml,x">`, "the address data:image/svg+xml,x"},
		{`<img srcset="javascript:alert(1) 2x">`, "the address javascript:alert(1) 2x"},
		{`<meta http-equiv="refresh" content="0">`, "the attribute http-equiv"},
		{`<form action="/x"></form>`, "the element form"},
	}
	for _, tt := range tests {
		root, err := html.Parse(strings.NewReader(tt.in))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && got == "" {
				got = activity(n)
			}
		}
		if got != tt.want {
			t.Errorf("activity in %q is %q, want %q", tt.in, got, tt.want)
		}
	}
}
