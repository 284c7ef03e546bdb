package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestLinks follows every link of the sample site: those of pages, feeds, the
// outline and the sitemaps.
func TestLinks(t *testing.T) {
	files := readTree(t, sampleSite(t).path("out"))
	n := checkLinks(t, files, func(*url.URL) bool { return false })
	if n < 1000 {
		t.Errorf("only %d links were followed", n)
	}
}

// checkLinks follows all links in the files of a site that stay in it, and
// reports how many there are. Each leads to a file, and its fragment to an
// element. Those of documents that lead nowhere are known.
func checkLinks(t *testing.T, files map[string]string, known func(*url.URL) bool) int {
	t.Helper()
	f := &follower{t: t, files: files, known: known, anchors: map[string]map[string]bool{}, linked: map[string]int{}}
	for name, data := range files {
		switch path.Ext(name) {
		case ".html":
			f.page(name, data)
		case ".xml", ".opml":
			f.xml(name, data)
		case ".json":
			f.json(name, data)
		default: // robots.txt, style.css
			f.text(name, data)
		}
	}
	// Nothing is out of reach: each file is linked, but the one that all know.
	for name := range files {
		if f.linked[name] == 0 && name != "robots.txt" {
			t.Errorf("nothing links to %q", name)
		}
	}
	return f.followed
}

// A follower follows links.
type follower struct {
	t        *testing.T
	files    map[string]string
	known    func(*url.URL) bool        // reports a link of a document that leads nowhere
	anchors  map[string]map[string]bool // of pages that a fragment was looked up in
	linked   map[string]int
	followed int
}

// page follows the links of a page: relative to its address.
func (f *follower) page(name, data string) {
	f.t.Helper()
	root, err := html.Parse(strings.NewReader(data))
	if err != nil {
		f.t.Errorf("%q: %v", name, err)
		return
	}
	rel := map[string]int{}
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data == "script" {
			f.json(name, n.Data)
		}
		for _, a := range n.Attr {
			switch a.Key {
			case "href", "src", "poster", "cite", "data":
				f.follow(name, a.Val)
			case "srcset":
				for candidate := range strings.SplitSeq(a.Val, ",") {
					address, _, _ := strings.Cut(strings.TrimSpace(candidate), " ")
					f.follow(name, address)
				}
			case "content": // of meta elements
				f.text(name, a.Val)
			case "rel":
				rel[a.Val]++
			}
		}
	}
	if rel["canonical"] != 1 || rel["alternate"] < 3 || rel["stylesheet"] != 1 {
		f.t.Errorf("%q names itself, its feeds or its style %v times", name, rel)
	}
}

// xml follows the addresses in attributes, elements and the HTML in them.
func (f *follower) xml(name, data string) {
	f.t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(data))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			f.t.Errorf("%q: %v", name, err)
			return
		}
		switch token := token.(type) {
		case xml.StartElement:
			for _, a := range token.Attr {
				f.text(name, a.Value)
			}
		case xml.ProcInst: // the style sheet
			_, rest, _ := strings.Cut(string(token.Inst), `href="`)
			if address, _, ok := strings.Cut(rest, `"`); ok {
				f.follow(name, address)
			}
		case xml.CharData:
			f.text(name, string(token))
		}
	}
}

// json follows the addresses in strings.
func (f *follower) json(name, data string) {
	f.t.Helper()
	var value any
	if err := json.Unmarshal([]byte(data), &value); err != nil {
		f.t.Errorf("%q: %v", name, err)
		return
	}
	f.value(name, value)
}

func (f *follower) value(name string, value any) {
	f.t.Helper()
	switch value := value.(type) {
	case string:
		f.text(name, value)
	case []any:
		for _, v := range value {
			f.value(name, v)
		}
	case map[string]any:
		for _, v := range value {
			f.value(name, v)
		}
	}
}

var ownAddress = regexp.MustCompile(regexp.QuoteMeta(hostileBase) + `[^\s"'<>]*`)

// text follows the addresses of the site in a text, or in HTML that is one.
func (f *follower) text(name, text string) {
	f.t.Helper()
	for _, address := range ownAddress.FindAllString(text, -1) {
		f.follow(name, html.UnescapeString(address))
	}
}

// follow follows one link, if it stays in the site.
func (f *follower) follow(from, address string) {
	f.t.Helper()
	here, err := url.Parse(hostileBase)
	if err != nil {
		f.t.Fatal(err)
	}
	here.Path += from
	target, err := here.Parse(address)
	if err != nil {
		f.t.Errorf("%q: the link %q: %v", from, address, err)
		return
	}
	rest, inside := strings.CutPrefix(target.Path, here.Path[:len(here.Path)-len(from)])
	if target.Host != here.Host || target.Scheme != here.Scheme || !inside || f.known(target) {
		return
	}
	f.followed++
	if rest == "" || strings.HasSuffix(rest, "/") {
		rest += "index.html"
	}
	data, ok := f.files[rest]
	if !ok {
		f.t.Errorf("%q: the link %q leads nowhere", from, address)
		return
	}
	if rest != from {
		f.linked[rest]++
	}
	if target.Fragment != "" && !f.anchor(rest, data, target.Fragment) {
		f.t.Errorf("%q: the link %q leads to no element", from, address)
	}
}

// anchor reports whether a page has an element with an id.
func (f *follower) anchor(name, data, id string) bool {
	f.t.Helper()
	if f.anchors[name] == nil {
		f.anchors[name] = map[string]bool{}
		root, err := html.Parse(strings.NewReader(data))
		if err != nil {
			f.t.Fatal(err)
		}
		for n := range root.Descendants() {
			for _, a := range n.Attr {
				if a.Key == "id" {
					f.anchors[name][a.Val] = true
				}
			}
		}
	}
	return f.anchors[name][id]
}
