package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"

	"seedfeed/feed/serve"
)

// The access log follows its path when another program moves the file away.
func TestServeAccessLog(t *testing.T) {
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	// Of such small answers the line is written before the answer is sent.
	s := serveFolder(f, "--no-watch", "--access-log", f.path("access.log"))
	s.ask("a")
	f.must(os.Rename(f.path("access.log"), f.path("access.log.1")))
	s.ask("b")
	f.write("two.md", story("Second wind", "2026-03-02", "The wind blows."))
	f.must(syscall.Kill(syscall.Getpid(), syscall.SIGHUP))
	s.published()
	s.ask("c")
	s.stop()
	for file, want := range map[string][]string{
		"access.log.1": {`"GET /a HTTP/1.1" 404 14 `, `"GET /b HTTP/1.1" 404 14 `},
		"access.log":   {`"GET /c HTTP/1.1" 404 14 `},
	} {
		text, err := os.ReadFile(f.path(file))
		f.must(err)
		got := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
		if len(got) != len(want) {
			t.Errorf("%s:%s\nwant%s", file, lines(got), lines(want))
			continue
		}
		for i := range want {
			if !strings.HasPrefix(got[i], "127.0.0.1 - - [") || !strings.Contains(got[i], want[i]) {
				t.Errorf("%s: %s\nwant %s", file, got[i], want[i])
			}
		}
	}
}

func TestServeAccessLogOnStandardOutput(t *testing.T) {
	var stdout bytes.Buffer
	hello := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") })
	d, err := openDoor(hello, serve.NewTraffic(nil), "-", nil, &environment{stdout: &stdout}, slog.Default())
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	if err != nil {
		t.Fatal(err)
	}
	d.ServeHTTP(nobody{http.Header{}}, request)
	d.reopen()
	if err := d.close(); err != nil {
		t.Error(err)
	}
	if want := `"GET  HTTP/1.1" 200 5 "-" "-"` + "\n"; !strings.HasSuffix(stdout.String(), want) {
		t.Errorf("it says %q, want %q at its end", stdout.String(), want)
	}
}

func TestServeAccessLogThatCanNotBe(t *testing.T) {
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	var stderr strings.Builder
	if status := run(context.Background(), f.args("serve", "--listen", "127.0.0.1:0", "--access-log", f.path("seeds")), &stderr, &stderr); status != 1 {
		t.Errorf("exit status %d", status)
	}
	for _, want := range []string{"error: access log: open ", "hint: name a file that can be written with --access-log, or - for standard output"} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("it says:\n%swant %q", stderr.String(), want)
		}
	}

	var log bytes.Buffer
	file, err := openAccessFile(f.path("access.log"), slog.New(slog.NewTextHandler(&log, nil)))
	f.must(err)
	file.path = f.path("seeds")
	file.reopen()
	if _, err := io.WriteString(file, "a line\n"); err != nil {
		t.Errorf("what can not be opened anew is not written on: %v", err)
	}
	f.must(file.close())
	for range 2 {
		if _, err := io.WriteString(file, "a line\n"); err == nil {
			t.Error("a closed file is written")
		}
	}
	for message, times := range map[string]int{"the access log can not be opened anew": 1, "the access log can not be written": 1} {
		if got := strings.Count(log.String(), message); got != times {
			t.Errorf("%q is told %d times, want %d:\n%s", message, got, times, log.String())
		}
	}
}
