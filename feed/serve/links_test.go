package serve_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"seedfeed/feed/serve"
)

// The header Link of a feed tells what the feed tells: its hubs and itself.
func TestLinks(t *testing.T) {
	const (
		rssStart = `<?xml version="1.0"?><?xml-stylesheet href="style.css"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>a</title>`
		rssSelf  = `<atom:link href="https://a.example/rss.xml" rel="self" type="application/rss+xml"/>`
		rssHub   = `<atom:link href="https://hub.example/?a=1&amp;b=2" rel="hub"></atom:link>`
		rssEnd   = `<link>https://a.example/</link></channel></rss>`
		hub      = `<https://hub.example/?a=1&b=2>; rel="hub"`
	)
	s := newSite(t, serve.Options{})
	tests := []struct {
		name, body string
		want       []string
	}{
		{"rss.xml", rssStart + rssSelf + rssHub + rssEnd, []string{hub + `, <https://a.example/rss.xml>; rel="self"`}},
		{"several/rss.xml", rssStart + rssHub + rssSelf + `<atom:link rel="hub" href="https://a.example/hub"/>` + rssEnd,
			[]string{hub + `, <https://a.example/hub>; rel="hub", <https://a.example/rss.xml>; rel="self"`}},
		{"none/rss.xml", rssStart + rssSelf + rssEnd, nil},
		{"alone/rss.xml", rssStart + rssHub + rssEnd, nil},
		{"item/rss.xml", rssStart + rssSelf + "<item>" + rssHub + "</item>" + rssEnd, nil},
		{"prefix/rss.xml", `<rss><channel>` + `<link href="https://a.example/rss.xml" rel="self"/><link href="https://a.example/hub" rel="hub"/>` + `</channel></rss>`, nil},
		{"header/rss.xml", rssStart + rssSelf + `<atom:link rel="hub" href="https://a.example/&gt;; rel=&quot;self"/><atom:link rel="hub" href="https://a.example/&#10;X: y"/>` + rssEnd, nil},
		{"broken/rss.xml", rssStart + rssSelf + "<", nil},
		{"atom.xml", `<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://a.example/atom.xml" rel="self"/><link href="https://a.example/hub" rel="hub"/><entry><link href="https://a.example/x" rel="self"/></entry></feed>`,
			[]string{`<https://a.example/hub>; rel="hub", <https://a.example/atom.xml>; rel="self"`}},
		{"feed.json", `{"feed_url":"https://a.example/feed.json","hubs":[{"type":"rssCloud","url":"https://c.example/"},{"type":"WebSub","url":"https://a.example/hub"}],"items":[]}`,
			[]string{`<https://a.example/hub>; rel="hub", <https://a.example/feed.json>; rel="self"`}},
		{"broken/feed.json", `{"feed_url":"https://a.example/feed.json","hubs":[{"type":"WebSub","url":"https://a.example/hub"}]`, nil},
		{"a.json", `{"feed_url":"https://a.example/a.json","hubs":[{"type":"WebSub","url":"https://a.example/hub"}]}`, nil},
	}
	for _, tt := range tests {
		s.put(tt.name, tt.body, old)
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			if got := s.do(method, "/"+tt.name).Header["Link"]; !slices.Equal(got, tt.want) {
				t.Errorf("%s /%s: Link %q, want %q", method, tt.name, got, tt.want)
			}
		}
	}
	s.put("rss.xml", rssStart+rssSelf+rssEnd, old.Add(time.Hour))
	if got := s.do(http.MethodGet, "/rss.xml").Header["Link"]; got != nil {
		t.Errorf("the hub is gone, and Link is %q", got)
	}
}
