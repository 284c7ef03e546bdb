package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"seedfeed/feed/render"
)

// A lone server is a process of its own, which can be killed and
// has memory of its own.
type lone struct {
	t       *testing.T
	command *exec.Cmd
	url     string
	log     *bufio.Scanner
}

// startLone returns when the server listens: there may be nothing to publish.
func startLone(t *testing.T, f folder, flags ...string) *lone {
	t.Helper()
	args := f.args("serve", append([]string{"--listen", "127.0.0.1:0", "--settle", "50ms", "--schedule", "@every 1h", "--admin-listen", "off"}, flags...)...)
	p := &lone{t: t, command: exec.CommandContext(context.WithoutCancel(t.Context()), binary(t), args...)}
	stderr, err := p.command.StderrPipe()
	f.must(err)
	f.must(p.command.Start())
	t.Cleanup(p.kill)
	p.log = bufio.NewScanner(stderr)
	p.url = p.wait("serving")["url"].(string)
	return p
}

// wait returns the next line of the log with a message.
func (p *lone) wait(message string) map[string]any {
	p.t.Helper()
	var said []string
	for p.log.Scan() {
		said = append(said, p.log.Text())
		var line map[string]any
		if json.Unmarshal(p.log.Bytes(), &line) == nil && line["msg"] == message {
			return line
		}
	}
	p.t.Fatalf("it never says %q:\n%s", message, strings.Join(said, "\n"))
	return nil
}

// kill ends the program as the system does when there is no memory left.
func (p *lone) kill() {
	_ = p.command.Process.Signal(syscall.SIGKILL) // it may have ended
	_ = p.command.Wait()
}

// memory is what the program has of the machine's, in MB.
func (p *lone) memory() float64 {
	p.t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	if err != nil {
		p.t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	var kb float64
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		p.t.Fatal(err)
	}
	return kb * 1024 / 1e6
}

// TestMemoryOfManyFeeds asks for each of 200 feeds in each format and coding: more
// than may be held.
func TestMemoryOfManyFeeds(t *testing.T) {
	const sections, size, limit = 199, 25_000, 100
	f := newFolder(t)
	for i := range sections {
		f.write(fmt.Sprintf("section-%d/story.md", i), story(fmt.Sprintf("Story %d", i), "2026-03-01", longText(i, size)))
	}
	p := startLone(t, f)
	p.wait("run")
	sent, feeds := 0, 0
	for _, coding := range []string{"identity", "gzip", "br", "zstd"} {
		for i := range sections + 1 {
			folder := fmt.Sprintf("section-%d/", i)
			if i == sections {
				folder = ""
			}
			for _, format := range render.Formats() {
				sent += p.fetch(folder+format.File, coding)
				feeds++
			}
		}
	}
	if least := sections * size; sent < least {
		t.Errorf("%d answers of %d bytes, want %d at least", feeds, sent, least)
	}
	if got := p.memory(); got > limit && !raced { // the race detector takes memory of its own
		t.Errorf("%.0f MB after %d answers, want %d at most", got, feeds, limit)
	} else {
		t.Logf("%.0f MB after %d answers of %d MB", got, feeds, sent/1e6)
	}
}

// longText is a text of a size that is like no other.
func longText(seed, size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "the minister said on %d that %d and %d are to follow. ", i*seed, i*2654435761%100_003+seed, i*i%997)
	}
	return b.String()
}

// fetch returns the size of an answer as it was sent.
func (p *lone) fetch(path, coding string) int {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, p.url+path, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", coding)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, response.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil || response.StatusCode != http.StatusOK {
		p.t.Fatalf("%s: %d, %v", path, response.StatusCode, err)
	}
	return int(n)
}
