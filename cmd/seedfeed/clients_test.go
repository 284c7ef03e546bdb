//go:build unix

package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

// manyConnections is how many clients hold a connection at a time, where the
// system gives a process descriptors for both ends of them.
const manyConnections = 5000

// TestManyConnections holds thousands of connections open, which all ask at
// once, and asks as one more client; when they have gone nothing is left of them.
func TestManyConnections(t *testing.T) {
	n := manyConnections
	if os.Getenv("SEEDFEED_FAULTS") == "" {
		n = 500
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	if have := int(min(limit.Cur, 1<<20)) / 2; have < n+200 {
		n = have - 200
		t.Logf("only %d connections: the limit of open files is %d", n, limit.Cur)
	}
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	s := serveFolder(f)
	address := strings.TrimSuffix(strings.TrimPrefix(s.url, "http://"), "/")
	address = strings.Replace(address, "localhost", "127.0.0.1", 1)
	before := holdings(t, soakIdle)

	connections := make([]net.Conn, n)
	for i := range connections {
		connection, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatalf("connection %d: %v", i, err)
		}
		defer func() { _ = connection.Close() }()
		connections[i] = connection
	}
	if got := s.get("rss.xml"); !strings.Contains(got, "First light") {
		t.Errorf("beside %d connections: %s", n, got)
	}
	var answered atomic.Int64
	var asking sync.WaitGroup
	for _, connection := range connections {
		asking.Go(func() {
			if _, err := io.WriteString(connection, "GET /rss.xml HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
				return
			}
			response, err := http.ReadResponse(bufio.NewReader(connection), nil)
			if err != nil {
				return
			}
			body, err := io.ReadAll(response.Body)
			if closeErr := response.Body.Close(); err == nil && closeErr == nil && strings.Contains(string(body), "First light") {
				answered.Add(1)
			}
			_ = connection.Close()
		})
	}
	asking.Wait()
	// Beyond 4096 those that have waited for the longest make place.
	if got := answered.Load(); got < int64(min(n, 4000)) {
		t.Errorf("%d of %d connections were answered", got, n)
	}
	if after := holdings(t, before.goroutines+soakSlack); after.goroutines > before.goroutines+soakSlack {
		t.Errorf("%d goroutines, and %d before the connections", after.goroutines, before.goroutines)
	}
}
