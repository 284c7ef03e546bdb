package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// What happens in a soak.
const (
	soakChanges = 20              // a second: a quarter each of new documents, edits, renames, deletions
	soakReaders = 50              // that poll, one third in each format
	soakPolls   = 2 * time.Second // between two polls of a reader
	soakLife    = 20 * time.Second

	// A server at rest, with the test around it, has no more goroutines than soakIdle;
	// those of one that has served and rests again may be a few more.
	soakIdle  = 40
	soakSlack = 5

	// soakHeap is what the heap may grow by: what a first run reads once and keeps,
	// as tables of words, and what is cached of three times as many documents. It
	// does not grow with the time.
	soakHeap = 8 << 20
)

// TestSoak serves a folder in which documents come, change, move and go without
// end, to readers that poll and one that a hub tells. All see each entry once,
// and in the end the server holds no more than in the beginning. It runs for as
// long as the environment variable SEEDFEED_SOAK says.
func TestSoak(t *testing.T) {
	length, err := time.ParseDuration(cmp.Or(os.Getenv("SEEDFEED_SOAK"), "4s"))
	if err != nil {
		t.Fatalf("SEEDFEED_SOAK: %v", err)
	}
	f := newFolder(t)
	f.write("feed.yaml", "title: The soak\nentries: 200\n")
	d := &desk{t: t, dir: f.path("seeds"), rng: rand.New(rand.NewPCG(1, 2)), stories: map[int]*soakStory{}}
	for range 100 {
		d.add()
	}
	// A document that is renamed and edited while a walk lists the folders is seen in
	// both places if the walk takes longer than it settles.
	s := serveFolder(f, "--hub-loopback", "--brake=-1", "--schedule", "@every 30s", "--settle", "500ms")
	s.log.forget()
	before := holdings(t, soakIdle)

	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: soakReaders}, Timeout: patienceOfTests}
	var readers []*soakReader
	var polling sync.WaitGroup
	for i := range soakReaders {
		r := &soakReader{url: s.url + []string{"rss.xml", "atom.xml", "feed.json"}[i%3], client: client, seen: map[int]map[string]bool{}}
		readers = append(readers, r)
		polling.Go(func() { r.follow(ctx, time.Duration(i)*soakPolls/soakReaders) })
	}
	told, leave := newSoakHub(t, s)

	began := time.Now()
	d.work(ctx, length)
	rate := float64(d.changes) / time.Since(began).Seconds()
	d.rest(readers, told)
	stop()
	polling.Wait()
	client.CloseIdleConnections()
	leave()
	for i, r := range append(readers, told) {
		r.check(t, i, d)
	}
	polls, news, deliveries := total(readers, func(r *soakReader) int { return r.polls }), total(readers, func(r *soakReader) int { return r.news }), told.polls
	// What the readers keep is the test's, and given up by now.
	after := holdings(t, before.goroutines+soakSlack)

	t.Logf("%d changes (%.1f a second) of %d stories; %d polls, %d of them with news; the hub delivered %d times",
		d.changes, rate, d.next, polls, news, deliveries)
	t.Logf("heap %.1f MB, then %.1f MB; goroutines %d, then %d", mb(before.heap), mb(after.heap), before.goroutines, after.goroutines)
	if after.heap > before.heap+soakHeap {
		t.Errorf("the heap grew from %.1f to %.1f MB", mb(before.heap), mb(after.heap))
	}
	if after.goroutines > before.goroutines+soakSlack {
		var all strings.Builder
		if err := pprof.Lookup("goroutine").WriteTo(&all, 1); err != nil {
			t.Error(err)
		}
		t.Errorf("%d goroutines stay: %s", after.goroutines, all.String())
	}
}

// A desk is whoever changes the documents.
type desk struct {
	t       *testing.T
	dir     string
	rng     *rand.Rand
	next    int
	changes int
	stories map[int]*soakStory // that are there, by number
	lived   []int              // that were there long enough to be seen
}

type soakStory struct {
	path string
	born time.Time
	text []string // its sentences, of which an edit mends one
}

// work makes changes for a while, at the rate of the soak.
func (d *desk) work(ctx context.Context, length time.Duration) {
	ticker := time.NewTicker(time.Second / soakChanges)
	defer ticker.Stop()
	for end := time.Now().Add(length); time.Now().Before(end); {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			d.change()
		}
	}
}

func (d *desk) change() {
	d.changes++
	numbers := slices.Sorted(maps.Keys(d.stories))
	n := numbers[d.rng.IntN(len(numbers))]
	switch story := d.stories[n]; d.rng.IntN(4) {
	case 0:
		d.add()
	case 1:
		story.text[d.rng.IntN(len(story.text))] = d.sentence()
		d.write(n, story)
	case 2:
		// To another name or to another section, as people do.
		moved := filepath.Join(filepath.Dir(story.path), filepath.Base(d.place(n)))
		if d.rng.IntN(2) == 0 {
			moved = filepath.Join(filepath.Dir(d.place(n)), filepath.Base(story.path))
		}
		d.must(os.MkdirAll(filepath.Dir(moved), 0o755))
		d.must(os.Rename(story.path, moved))
		story.path = moved
	case 3:
		// The oldest goes, if everybody had the time to see it.
		if oldest := d.stories[numbers[0]]; time.Since(oldest.born) > soakLife {
			d.must(os.Remove(oldest.path))
			delete(d.stories, numbers[0])
			d.lived = append(d.lived, numbers[0])
			return
		}
		d.add()
	}
}

func (d *desk) add() {
	n := d.next
	d.next++
	story := &soakStory{path: d.place(n), born: time.Now()}
	for range 8 {
		story.text = append(story.text, d.sentence())
	}
	d.stories[n] = story
	d.write(n, story)
}

// sentence returns a sentence that no two stories share.
func (d *desk) sentence() string {
	words := make([]string, 12)
	for i := range words {
		words[i] = soakWords[d.rng.IntN(len(soakWords))]
	}
	return strings.Join(words, " ") + "."
}

var soakWords = strings.Fields(`the harbour council of islands said ferry lamp winter night storm bridge market
	school river on vote budget storm wind light captain sailor fish boat quay tide road north south east west
	morning evening summer plan report mayor crew rope anchor engine coal grain price letter bell tower stone`)

// place returns a path that nothing has yet.
func (d *desk) place(n int) string {
	return filepath.Join(d.dir, fmt.Sprintf("section-%d", d.rng.IntN(5)), fmt.Sprintf("story-%d-%d.md", n, d.rng.IntN(1<<30)))
}

func (d *desk) write(n int, story *soakStory) {
	d.must(os.MkdirAll(filepath.Dir(story.path), 0o755))
	whole := fmt.Sprintf("---\ntitle: Soak story %d\ndate: %s\ntags: [tag %d]\n---\n%s\n", n, story.born.UTC().Format(time.RFC3339), n%7, strings.Join(story.text, "\n"))
	temporary := filepath.Join(d.dir, ".new")
	d.must(os.WriteFile(temporary, []byte(whole), 0o644))
	d.must(os.Rename(temporary, story.path))
}

func (d *desk) must(err error) {
	if err != nil {
		d.t.Fatal(err)
	}
}

// rest waits until all readers have seen the stories that are there.
func (d *desk) rest(readers []*soakReader, told *soakReader) {
	d.t.Helper()
	limit := time.Now().Add(2 * patienceOfTests)
	for _, r := range append(readers, told) {
		for !r.has(d.stories) {
			if time.Now().After(limit) {
				d.t.Errorf("a reader of %s lacks stories that are there", r.url)
				return
			}
			runtime.Gosched()
			<-time.After(100 * time.Millisecond)
		}
	}
}

// A soakReader keeps which ids it has met under which title.
type soakReader struct {
	url    string
	client *http.Client
	etag   string
	polls  int
	news   int

	mu   sync.Mutex
	seen map[int]map[string]bool // ids by the number of the story
	err  error
}

// follow polls until the context ends, beginning after a while.
func (r *soakReader) follow(ctx context.Context, after time.Duration) {
	timer := time.NewTimer(after)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
			if err := r.poll(ctx); err != nil && ctx.Err() == nil {
				r.mu.Lock()
				r.err = err
				r.mu.Unlock()
			}
			timer.Reset(soakPolls)
		}
	}
}

func (r *soakReader) poll(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, r.url, nil)
	if err != nil {
		return err
	}
	request.Header.Set("If-None-Match", r.etag)
	response, err := r.client.Do(request)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(response.Body)
	if closeErr := response.Body.Close(); err != nil || closeErr != nil {
		return cmp.Or(err, closeErr)
	}
	r.polls++
	switch response.StatusCode {
	case http.StatusNotModified:
		return nil
	case http.StatusOK:
		r.etag = response.Header.Get("ETag")
		r.read(string(body))
		return nil
	}
	return fmt.Errorf("status %d", response.StatusCode)
}

// In each format an entry has an id and a title, in one order or the other.
var (
	soakItem  = regexp.MustCompile(`(?s)<(?:item|entry)[^>]*>.*?</(?:item|entry)>|\{\s*"id":.*?"date_published"`)
	soakID    = regexp.MustCompile(`urn:uuid:[0-9a-f-]{36}`)
	soakTitle = regexp.MustCompile(`Soak story (\d+)`)
)

// read notes what is in a feed.
func (r *soakReader) read(feed string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.news++
	for _, item := range soakItem.FindAllString(feed, -1) {
		title := soakTitle.FindStringSubmatch(item)
		if title == nil {
			continue
		}
		n, err := strconv.Atoi(title[1])
		if err != nil {
			r.err = err
			return
		}
		if r.seen[n] == nil {
			r.seen[n] = map[string]bool{}
		}
		r.seen[n][strings.Clone(soakID.FindString(item))] = true // the feed is not kept for it
	}
}

func (r *soakReader) has(stories map[int]*soakStory) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for n := range stories {
		// The feed holds the newest; what is older was seen before.
		if len(r.seen[n]) == 0 {
			return false
		}
	}
	return true
}

// check tells what a reader has seen never, or as two entries.
func (r *soakReader) check(t *testing.T, i int, d *desk) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		t.Errorf("reader %d of %s: %v", i, r.url, r.err)
	}
	var never, twice []string
	for _, n := range d.lived {
		if len(r.seen[n]) == 0 {
			never = append(never, strconv.Itoa(n))
		}
	}
	for n, ids := range r.seen {
		if len(ids) != 1 || ids[""] {
			twice = append(twice, fmt.Sprint(n, " as ", slices.Sorted(maps.Keys(ids))))
		}
	}
	if len(never)+len(twice) > 0 {
		t.Errorf("reader %d of %s has never seen %d stories, %v, and %d as two entries, %v", i, r.url,
			len(never), never[:min(3, len(never))], len(twice), twice[:min(3, len(twice))])
	}
}

// newSoakHub is a reader that the hub of a server tells.
func newSoakHub(t *testing.T, s *server) (told *soakReader, leave func()) {
	t.Helper()
	r := &soakReader{url: "the hub", seen: map[int]map[string]bool{}}
	confirmed := make(chan struct{}, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		if request.Method == http.MethodGet {
			_, _ = io.WriteString(w, request.URL.Query().Get("hub.challenge"))
			confirmed <- struct{}{}
			return
		}
		body, err := io.ReadAll(request.Body)
		if err != nil {
			t.Error(err)
		}
		r.polls++
		r.read(string(body))
	}))
	t.Cleanup(server.Close)
	hub := strings.TrimSuffix(regexp.MustCompile(`<([^>]*)>; rel="?hub"?`).FindStringSubmatch(strings.Join(s.linksOf("atom.xml"), ", "))[1], "\n")
	if status, reason := postForm(t, hub, subscription(s.url+"atom.xml", server.URL+"/callback?key=unguessable")); status != http.StatusAccepted {
		t.Fatalf("the hub answers %d: %s", status, reason)
	}
	receive(t, confirmed)
	// It tells what is new from now on; the rest is had as others have it.
	r.read(s.get("atom.xml"))
	return r, server.Close
}

// A holding is what the process holds.
type holding struct {
	heap       uint64
	goroutines int
}

// holdings waits until there have been no more than so many goroutines for a
// second: a run, or the check after it, may be under way or just begin, and
// connections are still being closed.
func holdings(t *testing.T, idle int) (h holding) {
	t.Helper()
	http.DefaultClient.CloseIdleConnections()
	ticker := time.NewTicker(100 * time.Millisecond)
	defer ticker.Stop()
	limit := time.Now().Add(2 * patienceOfTests)
	for rested := 0; rested < 10 && time.Now().Before(limit); rested++ {
		<-ticker.C
		if h.goroutines = runtime.NumGoroutine(); h.goroutines > idle {
			rested = -1
		}
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what a pool holds is free after the second
	runtime.ReadMemStats(&m)
	h.heap = m.HeapAlloc
	return h
}

func mb(bytes uint64) float64 { return float64(bytes) / 1e6 }

func total(readers []*soakReader, of func(*soakReader) int) (n int) {
	for _, r := range readers {
		n += of(r)
	}
	return n
}
