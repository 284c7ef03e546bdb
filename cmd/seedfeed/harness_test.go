package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// patienceOfTests is how long a test waits for what must come: as long as no machine
// that does anything at all takes for it.
const patienceOfTests = time.Minute

// A folder is a site on disk, as its owner has it.
type folder struct {
	t     *testing.T
	dir   string
	clock *time.Time // of the next file
}

func newFolder(t *testing.T) folder {
	t.Helper()
	clock := time.Now().Add(-time.Hour)
	f := folder{t: t, dir: t.TempDir(), clock: &clock}
	f.must(os.Mkdir(f.path("seeds"), 0o755))
	return f
}

func (f folder) path(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

func (f folder) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// write drops a document as an editor does: whole, by a rename. Its time is an
// hour ago, so that nothing waits for it to settle, and later than that of the
// document before.
func (f folder) write(name, text string) {
	f.t.Helper()
	file := f.path("seeds/" + name)
	f.must(os.MkdirAll(filepath.Dir(file), 0o755))
	temporary := filepath.Join(filepath.Dir(file), ".new")
	f.must(os.WriteFile(temporary, []byte(text), 0o644))
	*f.clock = f.clock.Add(time.Second)
	f.must(os.Chtimes(temporary, *f.clock, *f.clock))
	f.must(os.Rename(temporary, file))
}

func (f folder) rename(from, to string) {
	f.t.Helper()
	f.must(os.MkdirAll(filepath.Dir(f.path("seeds/"+to)), 0o755))
	f.must(os.Rename(f.path("seeds/"+from), f.path("seeds/"+to)))
}

func (f folder) remove(name string) { f.t.Helper(); f.must(os.Remove(f.path("seeds/" + name))) }

// args are the flags that name the folder's parts.
func (f folder) args(command string, more ...string) []string {
	return append([]string{command, "--seeds", f.path("seeds"), "--out", f.path("out"), "--ledger", f.path(".seedfeed/ledger.db")}, more...)
}

func story(title, date, text string) string {
	return "---\ntitle: " + title + "\ndate: " + date + "\nauthor: Ada Moreno\n---\n" + text + "\n"
}

// A server is a running "seedfeed serve".
type server struct {
	t    *testing.T
	url  string
	log  *logWatch
	stop func() int // ends it as SIGTERM does, and returns the exit status
}

// serveFolder serves a folder on a free port of this machine, and returns when it
// is published.
func serveFolder(f folder, flags ...string) *server {
	f.t.Helper()
	s := startServer(f, flags...)
	s.ran("")
	return s
}

// published waits for a run that has changed what is public.
func (s *server) published() {
	s.t.Helper()
	s.ran("wrote ")
}

// ran waits for a run that tells something in its report, and that found no
// document which was still being written: of one that did, the next run tells.
func (s *server) ran(tells string) {
	s.t.Helper()
	for {
		report, _ := s.log.wait(s.t, "run")["report"].(string)
		if strings.Contains(report, tells) && !strings.Contains(report, " waiting") {
			return
		}
	}
}

// startServer serves a folder of which there may be nothing to publish.
func startServer(f folder, flags ...string) *server {
	f.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	log := &logWatch{changed: make(chan struct{}, 1)}
	status := make(chan int, 1)
	args := f.args("serve", append([]string{"--listen", "127.0.0.1:0", "--settle", "50ms", "--schedule", "@every 1h", "--admin-listen", "off"}, flags...)...)
	go func() { status <- run(ctx, args, io.Discard, log) }()
	s := &server{t: f.t, log: log}
	s.stop = sync.OnceValue(func() int { cancel(); return <-status })
	f.t.Cleanup(func() { s.stop() })
	s.url = log.wait(f.t, "serving")["url"].(string)
	return s
}

// logWatch is a log that tests wait on.
type logWatch struct {
	mu      sync.Mutex
	text    bytes.Buffer
	read    int
	lost    bool // what comes is not kept
	changed chan struct{}
}

// forget has the log keep nothing from now on.
func (l *logWatch) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lost = true
}

func (l *logWatch) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.lost {
		l.text.Write(p)
	}
	select {
	case l.changed <- struct{}{}:
	default:
	}
	return len(p), nil
}

// wait returns the next line of the log with a message, and passes over others.
func (l *logWatch) wait(t *testing.T, message string) map[string]any {
	t.Helper()
	limit := time.After(patienceOfTests)
	for {
		if line, ok := l.next(message); ok {
			return line
		}
		select {
		case <-l.changed:
		case <-limit:
			t.Fatalf("no line %q in the log:\n%s", message, l.all())
		}
	}
}

func (l *logWatch) next(message string) (map[string]any, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for {
		text, _, found := strings.Cut(l.text.String()[l.read:], "\n")
		if !found {
			return nil, false
		}
		l.read += len(text) + 1
		var line map[string]any
		if json.Unmarshal([]byte(text), &line) == nil && line["msg"] == message {
			return line, true
		}
	}
}

func (l *logWatch) all() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// get returns the body at a path, which must be there.
func (s *server) get(path string) string {
	s.t.Helper()
	status, body := s.ask(path)
	if status != http.StatusOK {
		s.t.Fatalf("GET %s: status %d", path, status)
	}
	return body
}

// until asks for a path until it shows what another process has written: files are
// taken to be as they were for a moment after they were looked at.
func (s *server) until(path string, shows func(body string) bool) {
	s.t.Helper()
	limit := time.Now().Add(patienceOfTests)
	for body := s.get(path); !shows(body); body = s.get(path) {
		if time.Now().After(limit) {
			s.t.Fatalf("what another process wrote is not served at /%s:\n%s", path, body)
		}
	}
}

func (s *server) ask(path string) (status int, body string) {
	s.t.Helper()
	response, err := http.Get(s.url + path)
	if err != nil {
		s.t.Fatal(err)
	}
	data, err := io.ReadAll(response.Body)
	if err := response.Body.Close(); err != nil {
		s.t.Fatal(err)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return response.StatusCode, string(data)
}

// program returns the path of the first program of those named that is on this
// machine.
func program(t *testing.T, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	missing(t, strings.Join(names, " or ")+" is not on this machine")
	return ""
}

// missing ends a test for which something is not on this machine, as
// feed/internal/needs does, which the command may not import. No other test here
// is skipped.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("SEEDFEED_REQUIRE") == "1" {
		t.Fatalf("%s, and SEEDFEED_REQUIRE=1 is set", what)
	}
	t.Skip(what) //nolint:forbidigo // the one place
}

// command runs a program, which must succeed.
func command(t *testing.T, dir string, env []string, name string, args ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patienceOfTests)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = dir
	c.Env = append(os.Environ(), env...)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}

// binary returns the path of a program that is seedfeed: this test's own
// binary, by the name that TestMain runs it under.
func binary(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "seedfeed")
	if err := os.Symlink(self, link); err != nil {
		t.Fatal(err)
	}
	return link
}

// says checks that a text holds others.
func says(t *testing.T, said string, want ...string) {
	t.Helper()
	for _, text := range want {
		if !strings.Contains(said, text) {
			t.Errorf("it does not say %q: %s", text, said)
		}
	}
}

// lines formats a list for a message.
func lines[T any](list []T) string {
	var b strings.Builder
	for _, x := range list {
		fmt.Fprintf(&b, "\n\t%v", x)
	}
	return b.String()
}
