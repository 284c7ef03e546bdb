package publish_test

import (
	"cmp"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/ledger"
	"seedfeed/feed/publish"
)

const ownHub = "https://news.example.org/hub"

// hubsOf returns which hub each feed in out/ names, by the feed's folder.
func (s *site) hubsOf() map[string]string {
	s.t.Helper()
	hubs := map[string]string{}
	for name, text := range s.out() {
		hub := ""
		for _, h := range []string{ownHub, "https://hub.example/", "https://sports.example/hub"} {
			if strings.Contains(text, `href="`+h+`" rel="hub"`) || strings.Contains(text, `"url": "`+h+`"`) {
				hub = h
			}
		}
		switch base := path.Base(name); base {
		case "rss.xml", "atom.xml", "feed.json":
			dir := path.Dir(name)
			if before, ok := hubs[dir]; ok && before != hub {
				s.t.Errorf("%s names the hub %q, and another form of it %q", name, hub, before)
			}
			hubs[dir] = hub
		default:
			if hub != "" {
				s.t.Errorf("%s names the hub %s", name, hub)
			}
		}
	}
	return hubs
}

func TestFeedsNameAHub(t *testing.T) {
	tests := []struct {
		own, site, section       string
		wantSite, wantOf, wantIn string // the site's feed, a section's, a list's
	}{
		{},
		{own: ownHub, wantSite: ownHub, wantOf: ownHub, wantIn: ownHub},
		{own: ownHub, site: "https://hub.example/", wantSite: "https://hub.example/", wantOf: "https://hub.example/", wantIn: "https://hub.example/"},
		{own: ownHub, section: "https://sports.example/hub", wantSite: ownHub, wantOf: "https://sports.example/hub", wantIn: ownHub},
		{site: "https://hub.example/", section: "https://sports.example/hub", wantSite: "https://hub.example/", wantOf: "https://sports.example/hub", wantIn: "https://hub.example/"},
	}
	for _, tt := range tests {
		s := newSite(t)
		s.publisher.Hub = tt.own
		s.tagged("sports/a.md", "First light", "2026-01-01", "en", "harbour")
		s.write("feed.yaml", "title: News\nhub: "+cmp.Or(tt.site, "\n")+"\n")
		s.write("sports/feed.yaml", "title: Sports\nhub: "+cmp.Or(tt.section, "\n")+"\n")
		s.run()
		want := map[string]string{".": tt.wantSite, "sports": tt.wantOf, "tags/harbour": tt.wantIn, "authors/ada-moreno": tt.wantIn}
		if got := s.hubsOf(); !maps.Equal(got, want) {
			t.Errorf("%+v: hubs are %v, want %v", tt, got, want)
		}
	}
}

// A run beside a server, and one after a withdrawal, leave the server's hub in
// the feeds; another site does not take it over.
func TestHubIsRecalled(t *testing.T) {
	s := newSite(t)
	s.publisher.Hub = ownHub
	s.story("a.md", "First light", "2026-03-01")
	s.run()
	before := s.times()
	for name, recall := range map[string]func() error{
		"hub": func() error { return s.publisher.RecallHub(t.Context()) },
		"all": func() error { return s.publisher.Recall(t.Context()) },
	} {
		s.publisher.Hub = ""
		s.must(recall())
		if s.publisher.Hub != ownHub {
			t.Errorf("%s: the hub is %q, want %s", name, s.publisher.Hub, ownHub)
		}
		if report := s.later(time.Hour); report.Written != 0 || !maps.Equal(s.times(), before) {
			t.Errorf("%s: the run wrote %d files", name, report.Written)
		}
	}
	base, err := url.Parse("https://other.example/")
	s.must(err)
	s.publisher.BaseURL = base
	s.must(s.publisher.RecallHub(t.Context()))
	if s.publisher.Hub != "" {
		t.Errorf("another site has the hub %s", s.publisher.Hub)
	}
}

// A server that has no hub any more takes it out of the feeds.
func TestHubIsTakenOut(t *testing.T) {
	s := newSite(t)
	s.publisher.Hub = ownHub
	s.story("a.md", "First light", "2026-03-01")
	s.run()
	s.publisher.Hub = ""
	s.later(time.Hour)
	if got := s.hubsOf()["."]; got != "" {
		t.Errorf("the feed names %s", got)
	}
	s.must(s.publisher.RecallHub(t.Context()))
	if s.publisher.Hub != "" {
		t.Errorf("the hub is %q after a run without one", s.publisher.Hub)
	}
}

// A run tells which hubs elsewhere are to be told of which feeds: those that
// changed. Our own is not among them.
func TestPings(t *testing.T) {
	s := newSite(t)
	s.publisher.Hub = ownHub
	s.story("sports/a.md", "First light", "2026-03-01")
	s.story("world/b.md", "Second wind", "2026-03-02")
	s.write("sports/feed.yaml", "title: Sports\nhub: https://sports.example/hub\n")
	s.write("world/feed.yaml", "title: World\nhub: https://hub.example/\n")
	topics := func(dir string) []string {
		base := "https://news.example.org/" + dir + "/"
		return []string{base + "rss.xml", base + "atom.xml", base + "feed.json"}
	}
	wantPings(t, s.run(), map[string][]string{"https://sports.example/hub": topics("sports"), "https://hub.example/": topics("world")})
	wantPings(t, s.later(time.Hour), nil)
	s.story("sports/a.md", "First light, edited", "2026-03-01")
	second := s.later(time.Hour)
	wantPings(t, second, map[string][]string{"https://sports.example/hub": topics("sports")})
	s.story("world/b.md", "Second wind, edited", "2026-03-02")
	third := s.later(time.Hour)
	third.Add(second)
	third.Add(second)
	wantPings(t, third, map[string][]string{"https://sports.example/hub": topics("sports"), "https://hub.example/": topics("world")})
}

func wantPings(t *testing.T, report publish.Report, want map[string][]string) {
	t.Helper()
	if !maps.EqualFunc(report.Pings, want, slices.Equal[[]string]) {
		t.Errorf("pings are %v, want %v", report.Pings, want)
	}
}

// What hubs are to be told is kept until it is told: but for a feed that got new
// bytes meanwhile.
func TestUntold(t *testing.T) {
	const hub = "https://sports.example/hub"
	s := newSite(t)
	s.story("sports/a.md", "First light", "2026-03-01")
	s.write("sports/feed.yaml", "title: Sports\nhub: "+hub+"\n")
	s.run()
	untold := func() publish.Untold {
		t.Helper()
		untold, err := s.publisher.Untold(t.Context())
		s.must(err)
		return untold
	}
	first := untold()
	if topics := slices.Sorted(maps.Keys(first[hub])); len(first) != 1 || len(topics) != 3 || topics[2] != "https://news.example.org/sports/rss.xml" {
		t.Fatalf("after the first run is to be told: %v", first)
	}
	s.later(time.Hour)
	if got := untold(); !maps.Equal(got[hub], first[hub]) {
		t.Errorf("after a run that wrote nothing: %v, want %v", got, first)
	}
	s.story("sports/a.md", "First light, edited", "2026-03-01")
	s.later(time.Hour)
	s.must(s.publisher.Told(t.Context(), hub, first[hub]))
	second := untold()
	if len(second[hub]) != 3 || maps.Equal(second[hub], first[hub]) {
		t.Errorf("after the feed changed while it was told: %v, before %v", second, first)
	}
	s.must(s.publisher.Told(t.Context(), hub, second[hub]))
	if got := untold(); len(got) != 0 {
		t.Errorf("when all is told: %v", got)
	}
	// A run that was killed may have written a feed and not told of it.
	s.must(s.publisher.Ledger.Update(t.Context(), func(tx *ledger.Tx) error { return tx.SetMeta("unfinished", "yes") }))
	s.later(time.Hour)
	if got := untold(); len(got[hub]) != 3 {
		t.Errorf("after a run that did not end: %v", got)
	}
}
