package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A callback is a server that hubs tell what is new.
type callback struct {
	t    *testing.T
	url  string
	asks chan url.Values // what it was asked to confirm, or was denied
	told chan delivery
}

type delivery struct {
	header http.Header
	body   string
}

func newCallback(t *testing.T) *callback {
	t.Helper()
	s := &callback{t: t, asks: make(chan url.Values, 10), told: make(chan delivery, 10)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			_, _ = io.WriteString(w, r.URL.Query().Get("hub.challenge"))
			s.asks <- r.URL.Query()
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		s.told <- delivery{r.Header, string(body)}
	}))
	t.Cleanup(server.Close)
	s.url = server.URL + "/callback?key=unguessable"
	return s
}

// subscribe asks a hub, which must accept, and returns what it asks back.
func (s *callback) subscribe(hub, topic string, more ...string) url.Values {
	s.t.Helper()
	if status, reason := postForm(s.t, hub, subscription(topic, s.url, more...)); status != http.StatusAccepted {
		s.t.Fatalf("the hub answers %d: %s", status, reason)
	}
	return receive(s.t, s.asks)
}

func subscription(topic, callback string, more ...string) url.Values {
	form := url.Values{"hub.mode": {"subscribe"}, "hub.topic": {topic}, "hub.callback": {callback}}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

func postForm(t *testing.T, address string, form url.Values) (status int, body string) {
	t.Helper()
	response, err := http.PostForm(address, form)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(data)
}

func receive[T any](t *testing.T, c <-chan T) T {
	t.Helper()
	select {
	case x := <-c:
		return x
	case <-time.After(patienceOfTests):
		t.Fatal("nothing comes")
		panic("unreachable")
	}
}

// linksOf returns the header Link of a path.
func (s *server) linksOf(path string) []string {
	s.t.Helper()
	response, err := http.Head(s.url + path)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil {
		s.t.Fatal(err)
	}
	return response.Header["Link"]
}

// A subscriber finds the hub by the feed, and is told what is new in it.
func TestServeTellsSubscribers(t *testing.T) {
	for _, format := range []struct{ file, kind string }{
		{"rss.xml", "application/rss+xml; charset=utf-8"},
		{"news of today/atom.xml", "application/atom+xml; charset=utf-8"},
		{"feed.json", "application/feed+json; charset=utf-8"},
	} {
		f := newFolder(t)
		f.write("news of today/one.md", story("First light", "2026-03-01", "The lamp is lit."))
		s := serveFolder(f, "--hub-loopback")
		address := strings.ReplaceAll(format.file, " ", "%20")
		hub, topic := s.url+"hub", s.url+address
		links := []string{fmt.Sprintf(`<%s>; rel="hub", <%s>; rel="self"`, hub, topic)}
		if got := s.linksOf(address); !slices.Equal(got, links) {
			t.Errorf("%s: Link %q, want %q", address, got, links)
		}
		body := s.get(address)
		if !strings.Contains(body, hub) || !strings.Contains(body, topic) {
			t.Errorf("%s lacks %s or %s:\n%s", address, hub, topic, body)
		}
		sub := newCallback(t)
		asked := sub.subscribe(hub, topic, "hub.secret", "geheim")
		if asked.Get("hub.mode") != "subscribe" || asked.Get("hub.topic") != topic || asked.Get("hub.lease_seconds") != "864000" {
			t.Fatalf("%s: asked %v", address, asked)
		}
		s.log.wait(t, "hub: confirmed")

		f.write("news of today/two.md", story("Second wind", "2026-03-02", "The wind blows."))
		got := receive(t, sub.told)
		if want := s.get(address); got.body != want || !strings.Contains(want, "Second wind") {
			t.Errorf("%s: told %q, and it is %q", address, got.body, want)
		}
		mac := hmac.New(sha256.New, []byte("geheim"))
		_, _ = io.WriteString(mac, got.body)
		for name, want := range map[string]string{
			"Content-Type": format.kind, "Link": links[0], "X-Hub-Signature": fmt.Sprintf("sha256=%x", mac.Sum(nil)),
		} {
			if have := got.header.Get(name); have != want {
				t.Errorf("%s: %s is %q, want %q", address, name, have, want)
			}
		}
		s.stop()
		if n := len(sub.told); n != 0 {
			t.Errorf("%s: told %d times more", address, n)
		}
		if strings.Contains(s.log.all(), `"finding"`) {
			t.Errorf("check does not like it:\n%s", s.log.all())
		}
	}
}

// What was published while no server ran is told by the next one.
func TestServeTellsSubscribersAfterARestart(t *testing.T) {
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	s := serveFolder(f, "--hub-loopback")
	sub := newCallback(t)
	sub.subscribe(s.url+"hub", s.url+"rss.xml")
	s.log.wait(t, "hub: confirmed")
	s.stop()
	f.write("two.md", story("Second wind", "2026-03-02", "The wind blows."))
	var out strings.Builder
	if status := run(t.Context(), f.args("build", "--base-url", s.url), &out, &out); status != 0 {
		t.Fatal(out.String())
	}
	data, err := os.ReadFile(f.path("out/rss.xml"))
	f.must(err)
	if !strings.Contains(string(data), s.url+"hub") {
		t.Errorf("build takes the hub out of the feed:\n%s", data)
	}
	f.write("three.md", story("Third time", "2026-03-03", "It is the charm."))
	serveFolder(f, "--hub-loopback", "--base-url", s.url)
	told := map[string]bool{}
	for body := ""; !strings.Contains(body, "Third time"); told[body] = true {
		if body = receive(t, sub.told).body; told[body] || !strings.Contains(body, "Second wind") {
			t.Errorf("told %q", body)
		}
	}
}

// Only feeds are topics, at the addresses that they give as their own.
func TestServeDeniesOtherTopics(t *testing.T) {
	f := newFolder(t)
	f.write("news/one.md", story("First light", "2026-03-01", "The lamp is lit."))
	s := serveFolder(f, "--hub-loopback")
	for _, topic := range []string{"", "index.html", "style.css", "rss.xml?a=b", "rss.xml#a", "./rss.xml", "news/../rss.xml", "%72ss.xml", "news%2Frss.xml", "never/rss.xml", "entries/2026/03/first-light.html", "%zz/rss.xml", ".seedfeed/rss.xml"} {
		sub := newCallback(t)
		asked := sub.subscribe(s.url+"hub", s.url+topic)
		if asked.Get("hub.mode") != "denied" || asked.Get("hub.reason") != "no feed has this address" {
			t.Errorf("%s: the subscriber hears %v", topic, asked)
		}
	}
	if status, _ := postForm(t, s.url+"hub", subscription("https://other.example/rss.xml", "http://127.0.0.1:9/")); status != http.StatusBadRequest {
		t.Errorf("a topic of another site has status %d", status)
	}
}

// Below a path the hub is there with and without it, as the feeds are.
func TestServeHubBelowAPath(t *testing.T) {
	f := newFolder(t)
	f.write("hub/one.md", story("First light", "2026-03-01", "The lamp is lit."))
	s := serveFolder(f, "--hub-loopback", "--base-url", "http://localhost/news/")
	listen := regexp.MustCompile(`"listen":"([^"]+)"`).FindStringSubmatch(s.log.all())
	if listen == nil {
		t.Fatalf("the log does not say where it listens:\n%s", s.log.all())
	}
	root := "http://" + listen[1]
	for _, hub := range []string{"/hub", "/news/hub"} {
		sub := newCallback(t)
		if asked := sub.subscribe(root+hub, "http://localhost/news/hub/rss.xml"); asked.Get("hub.mode") != "subscribe" {
			t.Errorf("POST %s: asked %v", hub, asked)
		}
	}
	if status, _ := postForm(t, root+"/news/hub/rss.xml", nil); status != http.StatusMethodNotAllowed {
		t.Errorf("a post to a feed has status %d", status)
	}
}

// Nobody can have the hub ask servers of this machine, unless a test allows it.
func TestServeHubAsksOnlyPublicHosts(t *testing.T) {
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	s := serveFolder(f)
	sub := newCallback(t)
	if status, reason := postForm(t, s.url+"hub", subscription(s.url+"rss.xml", sub.url)); status != http.StatusBadRequest || !strings.Contains(reason, "no public host") {
		t.Errorf("status %d: %s", status, reason)
	}
}

func TestServeWithoutAHub(t *testing.T) {
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	s := serveFolder(f, "--no-hub")
	for _, name := range []string{"rss.xml", "atom.xml", "feed.json"} {
		if body := s.get(name); strings.Contains(body, "hub") {
			t.Errorf("%s names a hub:\n%s", name, body)
		}
		if got := s.linksOf(name); got != nil {
			t.Errorf("%s has Link %q", name, got)
		}
	}
	if status, _ := postForm(t, s.url+"hub", subscription(s.url+"rss.xml", "http://127.0.0.1:9/")); status != http.StatusMethodNotAllowed {
		t.Errorf("POST /hub has status %d", status)
	}
}

// Hubs that feed.yaml names are told when the new feed is at its public address.
func TestServePingsHubsElsewhere(t *testing.T) {
	f := newFolder(t)
	f.write("sports/one.md", story("First light", "2026-03-01", "The lamp is lit."))
	type ping struct {
		url.Values
		feed string // the first topic's content in that instant
	}
	pings := make(chan ping, 10)
	hub := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		p := ping{Values: r.PostForm}
		if response, err := http.Get(r.PostForm.Get("hub.url")); err != nil {
			t.Error(err)
		} else {
			data, _ := io.ReadAll(response.Body)
			_ = response.Body.Close()
			p.feed = string(data)
		}
		pings <- p
		w.WriteHeader(http.StatusNoContent)
	}))
	defer hub.Close()
	f.write("sports/feed.yaml", "title: Sports\nhub: "+hub.URL+"\n")
	s := serveFolder(f)
	if got, want := s.linksOf("sports/rss.xml"), fmt.Sprintf(`<%s>; rel="hub", <%s>; rel="self"`, hub.URL, s.url+"sports/rss.xml"); !slices.Equal(got, []string{want}) {
		t.Errorf("Link %q, want %q", got, want)
	}
	for _, title := range []string{"First light", "Second wind"} {
		if title == "Second wind" {
			f.write("sports/two.md", story(title, "2026-03-02", "The wind blows."))
		}
		got := receive(t, pings)
		var files []string
		for _, topic := range got.Values["hub.url"] {
			files = append(files, path.Base(topic))
			if !strings.HasPrefix(topic, s.url+"sports/") {
				t.Errorf("told of %s", topic)
			}
		}
		if want := []string{"atom.xml", "feed.json", "rss.xml"}; got.Get("hub.mode") != "publish" || !slices.Equal(files, want) {
			t.Errorf("pinged with %v", got.Values)
		}
		if !strings.Contains(got.feed, title) {
			t.Errorf("the hub finds a feed without %q:\n%s", title, got.feed)
		}
	}
}

// What a run had to tell hubs elsewhere is told by the next server, though that
// finds nothing to write: the one before may have been killed.
func TestServePingsWhatWasLeft(t *testing.T) {
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	pings := make(chan url.Values, 10)
	refuse := true
	hub := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		if refuse {
			refuse = false
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		w.WriteHeader(http.StatusNoContent)
		pings <- r.PostForm
	}))
	defer hub.Close()
	f.write("feed.yaml", "title: News\nhub: "+hub.URL+"\n")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	f.must(err)
	address := listener.Addr().String()
	f.must(listener.Close())
	var out strings.Builder
	if status := run(t.Context(), f.args("build", "--base-url", "http://"+address+"/"), &out, &out); status != 0 {
		t.Fatalf("build: %s", out.String())
	}
	s := startServer(f, "--listen", address, "--base-url", "http://"+address+"/", "--no-hub")
	if line := s.log.wait(t, "a hub can not be told; it is tried again after the next run"); line["hub"] != hub.URL {
		t.Errorf("the log says %v", line)
	}
	// The hub refused it; a run that has nothing to write tries again.
	if err := syscall.Kill(syscall.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	if got := receive(t, pings)["hub.url"]; len(got) != 6 { // of the site and its author
		t.Errorf("the hub is told of %v", got)
	}
	s.log.wait(t, "a hub was told")
}
