package render_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"seedfeed/feed"
	"seedfeed/feed/render"
)

// lints check what a format writes by rules of its own standard and by those of
// the W3C's feed validator. They share no code with the package: a rule is
// written here a second time, from its text.
var lints = map[string]func([]byte) []string{
	"rss.xml":   lintRSS,
	"atom.xml":  lintAtom,
	"feed.json": lintJSON,

	"archive":     lintArchive,
	"sitemap.xml": lintSitemap,
	"robots.txt":  lintRobots,
}

func TestFormatsAreValid(t *testing.T) {
	for name, f := range samples() {
		for _, format := range render.Formats() {
			lint := lints[format.File]
			if lint == nil {
				t.Fatalf("%s has no lint", format.Name)
			}
			for _, finding := range lint(write(t, format, f)) {
				t.Errorf("%s, %s: %s", name, format.Name, finding)
			}
		}
		for _, finding := range lintArchive(written(t, func(w io.Writer) error { return render.Archive(w, archived(f)) })) {
			t.Errorf("%s, archive: %s", name, finding)
		}
	}
}

// archived returns a feed as a document of its own archive.
func archived(f feed.Feed) feed.Feed {
	f.Archive = feed.Archive{Current: f.URL + "atom.xml", Previous: f.URL + "archive/2025-12.xml"}
	f.URL += "archive/2026-01.xml"
	return f
}

// A lint that finds nothing in a broken feed would prove nothing of a whole one.
func TestLintsFindFaults(t *testing.T) {
	tests := []struct {
		file, old, new, want string
	}{
		{"rss.xml", `isPermaLink="false"`, ``, "isPermaLink"},
		{"rss.xml", ` rel="self"`, ` rel="alternate"`, "self"},
		{"rss.xml", `href="https://herald.example/news/hub"`, `href="/hub"`, "absolute"},
		{"rss.xml", "https://herald.example/news/hub", "https://hub.example/?a=1&amp;b=2", "twice"},
		{"rss.xml", "&#x26;", "&amp;", "hexadecimal"},
		{"rss.xml", "Sun, 15 Feb 2026", "Mon, 15 Feb 2026", "date"},
		{"rss.xml", "Ferry line", "Ferry <b>line</b>", "mixed"},
		{"rss.xml", "Ferry line", "Ferry &#x3C;b>line&#x3C;/b>", "markup"},
		{"rss.xml", "000000000002</guid>", "000000000001</guid>", "twice"},
		{"rss.xml", "https://herald.example/news/entries/2026/02/led.html", "/led.html", "absolute"},
		{"rss.xml", "Ferry line", "Ferry\u0085line", "character"},
		{"rss.xml", "Ferry line", "Ferry\x01line", "XML"},
		{"rss.xml", "<language>en</language>", "<language>en</language><language>en</language>", "once"},
		{"rss.xml", "<language>en</language>", "<lang>en</lang>", "unknown"},
		{"rss.xml", "    <copyright>", "    <item><link>https://a.example/</link><guid isPermaLink=\"false\">a</guid><title>a</title></item><copyright>", "last"},
		{"atom.xml", "2026-02-15T05:30:00Z", "2026-02-15T05:30:00.5Z", "date"},
		{"atom.xml", "2026-02-15T05:30:00Z", "2026-02-15T09:30:00+04:00", "date"},
		{"atom.xml", ` rel="self"`, ` rel="related"`, "self"},
		{"atom.xml", `rel="hub"`, `rel="hub" type="text/html"`, "type"},
		{"atom.xml", "https://herald.example/news/hub", "https://hub.example/?a=1&amp;b=2", "twice"},
		{"atom.xml", "000000000002</id>", "000000000001</id>", "twice"},
		{"atom.xml", "<updated>2026-02-14T12:06:26Z", "<updated>2026-02-14T12:03:25Z", "twice"},
		{"atom.xml", "<updated>2026-02-16T08:15:00Z</updated>\n  <icon>", "<updated>2026-02-16T08:14:59Z</updated>\n  <icon>", "after the feed's"},
		{"atom.xml", `<title type="text">Ferry`, `<title>Ferry`, "type"},
		{"atom.xml", "<name>Ada Brine</name>", "", "name"},
		{"feed.json", `"url": "https://herald.example/ada"`, `"url": "ada"`, "absolute"},
		{"feed.json", `"version": "https://jsonfeed.org/version/1.1"`, `"version": "1"`, "version"},
		{"feed.json", `"type": "WebSub"`, `"type": "rssCloud"`, "type"},
		{"feed.json", `"url": "https://herald.example/news/hub"`, `"url": "hub"`, "absolute"},
		{"feed.json", `"title": "Ferry`, `"title": "<b>Ferry</b>`, "markup"},
		{"feed.json", `"R＆D"`, `"R&D"`, "&"},
		{"feed.json", `"content_html"`, `"content"`, "content"},
		{"rss.xml", `length="4812345"`, `length="-1"`, "length"},
		{"rss.xml", `type="audio/mpeg"`, `type="audio"`, "type"},
		{"rss.xml", `medium="audio"`, `medium="sound"`, "medium"},
		{"rss.xml", `width="1600"`, `width="0"`, "width"},
		{"rss.xml", `<enclosure url="https://herald.example`, `<enclosure url="`, "absolute"},
		{"rss.xml", "</enclosure>", `</enclosure><enclosure url="https://a.example/" length="0" type="a/b"></enclosure>`, "once"},
		{"atom.xml", `when="2026-02-01`, `when="1 February`, "date"},
		{"atom.xml", "0009\" when", "0008\" when", "twice"},
		{"atom.xml", "0009\" when", "0002\" when", "live"},
		{"atom.xml", `rel="enclosure"`, `rel="attachment"`, "relation"},
		{"atom.xml", `rel="prev-archive"`, `rel="next-archive"`, "archive"},
		{"atom.xml", `length="4812345"`, `length="4.8 MB"`, "length"},
		{"feed.json", `"mime_type": "audio/mpeg"`, `"mime_type": "mp3"`, "type"},
		{"feed.json", `"size_in_bytes": 4812345`, `"size_in_bytes": "4812345"`, "size"},
		{"feed.json", `"size_in_bytes"`, `"size"`, "unknown"},
		{"feed.json", `"title": "The storm"`, `"title": "The keeper tells how he found it"`, "twice"},
		{"archive", "<fh:archive></fh:archive>", "", "fh:archive"},
		{"archive", `rel="current"`, `rel="via"`, "current"},
		{"archive", `rel="next-archive"`, `rel="prev-archive"`, "prev-archive"},
		{"sitemap.xml", "<loc>https://herald.example", "<loc>", "absolute"},
		{"sitemap.xml", "2026-02-16T08:15:00Z", "16.02.2026", "date"},
		{"sitemap.xml", "entries/2026/02/old.html", "entries/2026/02/led.html", "twice"},
		{"robots.txt", "Allow: /", "Allow: ", "crawlers"},
		{"robots.txt", "Sitemap: https://herald.example", "Sitemap: ", "absolute"},
	}
	whole := map[string][]byte{"archive": written(t, func(w io.Writer) error { return render.Archive(w, january()) })}
	for _, format := range render.Formats() {
		whole[format.File] = write(t, format, herald())
	}
	whole["sitemap.xml"] = written(t, func(w io.Writer) error { return render.Sitemap(w, locations()) })
	whole["robots.txt"] = written(t, func(w io.Writer) error { return render.Robots(w, heraldSite()) })
	for _, tt := range tests {
		broken := bytes.ReplaceAll(whole[tt.file], []byte(tt.old), []byte(tt.new))
		if bytes.Equal(whole[tt.file], broken) {
			t.Errorf("%s: no %q to break", tt.file, tt.old)
		}
		if findings := strings.Join(lints[tt.file](broken), "\n"); !strings.Contains(findings, tt.want) {
			t.Errorf("%s with %q for %q: findings = %q, want one of %q", tt.file, tt.new, tt.old, findings, tt.want)
		}
	}
}

// A node is an element of an XML document.
type node struct {
	name     string // with the usual prefix of its name space: "atom:link"
	attrs    map[string]string
	text     string
	raw      string // of the text, as it is written
	children []*node
}

var prefixes = map[string]string{
	"":                            "",
	"http://www.w3.org/2005/Atom": "atom:",
	"http://purl.org/rss/1.0/modules/content/":     "content:",
	"http://purl.org/dc/elements/1.1/":             "dc:",
	"http://search.yahoo.com/mrss/":                "media:",
	"http://purl.org/rss/1.0/modules/syndication/": "sy:",
	"http://purl.org/syndication/history/1.0":      "fh:",
	"http://purl.org/atompub/tombstones/1.0":       "at:",
	"http://www.sitemaps.org/schemas/sitemap/0.9":  "map:",
}

// parse reads a document strictly.
func parse(data []byte) (*node, error) {
	if !utf8.Valid(data) {
		return nil, errors.New("not UTF-8")
	}
	if !bytes.HasPrefix(data, []byte(xml.Header[:len(xml.Header)-1])) {
		return nil, errors.New("no XML declaration")
	}
	decoder := xml.NewDecoder(bytes.NewReader(data))
	root := &node{}
	stack := []*node{root}
	for {
		start := decoder.InputOffset()
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("not well-formed XML: %w", err)
		}
		top := stack[len(stack)-1]
		switch token := token.(type) {
		case xml.StartElement:
			prefix, ok := prefixes[token.Name.Space]
			if !ok {
				return nil, fmt.Errorf("unknown name space %q", token.Name.Space)
			}
			n := &node{name: prefix + token.Name.Local, attrs: map[string]string{}}
			for _, a := range token.Attr {
				if a.Name.Space == "http://www.w3.org/XML/1998/namespace" {
					a.Name.Local = "xml:" + a.Name.Local
				}
				n.attrs[a.Name.Local] = a.Value
			}
			top.children = append(top.children, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text += string(token)
			top.raw += string(data[start:decoder.InputOffset()])
		}
	}
	if len(root.children) != 1 {
		return nil, errors.New("no root element")
	}
	return root.children[0], nil
}

func (n *node) all(name string) []*node {
	var out []*node
	for _, c := range n.children {
		if c.name == name {
			out = append(out, c)
		}
	}
	return out
}

func (n *node) one(name string) *node {
	if list := n.all(name); len(list) > 0 {
		return list[0]
	}
	return nil
}

func (n *node) has(name string) bool { return n.one(name) != nil }

func (n *node) index(name string) int {
	return slices.IndexFunc(n.children, func(c *node) bool { return c.name == name })
}

// A report collects findings.
type report []string

func (r *report) check(ok bool, format string, args ...any) {
	if !ok {
		*r = append(*r, fmt.Sprintf(format, args...))
	}
}

// children checks which elements an element has: "name" exactly once, "name?"
// at most once, "name*" any number.
func (r *report) childrenOf(n *node, model string) {
	known := map[string]bool{}
	for _, name := range strings.Fields(model) {
		bare := strings.TrimRight(name, "?*")
		known[bare] = true
		count := len(n.all(bare))
		switch name[len(bare):] {
		case "":
			r.check(count == 1, "%s: %s has to be there once, is %d times", n.name, bare, count)
		case "?":
			r.check(count <= 1, "%s: %s may be there once, is %d times", n.name, bare, count)
		}
	}
	for _, c := range n.children {
		r.check(known[c.name], "%s: unknown element %s", n.name, c.name)
		r.check(len(c.children) == 0 || strings.TrimSpace(c.text) == "", "%s: text and elements mixed", c.name)
	}
}

// characters checks for what the validator reports as bad characters.
func (r *report) characters(data []byte) {
	for _, c := range string(data) {
		bad := c == utf8.RuneError || c < ' ' && c != '\n' && c != '\t' && c != '\r' || c >= 0x7f && c < 0xa0 || c == 0xfffe || c == 0xffff
		r.check(!bad, "bad character %U", c)
	}
}

func (r *report) absolute(what, s string) {
	u, err := url.Parse(s)
	r.check(err == nil && u.IsAbs() && (u.Host != "" || u.Opaque != ""), "%s: %q is not an absolute address", what, s)
	for _, c := range s {
		r.check(c > ' ' && c < 0x7f && !strings.ContainsRune("\"<>\\^`{|}", c), "%s: %q is no URI", what, s)
	}
}

var (
	endTag = regexp.MustCompile(`</?[a-zA-Z!?]`)
	entity = regexp.MustCompile(`&(#?\w+)`)
)

// plainText checks for what readers and the validator take for markup.
func (r *report) plainText(what, s string) {
	r.check(strings.TrimSpace(s) != "", "%s is blank", what)
	r.check(!strings.ContainsAny(s, "\n\r\t"), "%s: %q is not one line", what, s)
	r.check(!endTag.MatchString(s), "%s: %q looks like markup", what, s)
	for _, m := range entity.FindAllStringSubmatch(s, -1) {
		named := html.UnescapeString(m[0]+";") != m[0]+";"
		r.check(!named && !strings.ContainsAny(m[1], "#0123456789_"), "%s: %q looks like markup", what, s)
	}
}

// oneRSSDate is a date of RFC 822 with a right name of the day, in GMT.
func (r *report) rssDate(n *node) {
	if n == nil {
		return
	}
	t, err := time.Parse("Mon, 02 Jan 2006 15:04:05 GMT", n.text)
	r.check(err == nil && t.Format("Mon") == n.text[:3], "%s: %q is no date", n.name, n.text)
}

// atomDate is a date of RFC 3339 in UTC and whole seconds: all readers know it.
func (r *report) atomDate(what, s string) {
	t, err := time.Parse("2006-01-02T15:04:05Z", s)
	r.check(err == nil && t.Format(time.RFC3339) == s, "%s: %q is no date in UTC and whole seconds", what, s)
}
