package serve_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"seedfeed/feed/serve"
)

const (
	publicText  = "what everybody may read"
	privateText = "what nobody may read"
)

// house serves a folder on a port of this machine, with files beside it that
// nobody may read. Its address is for clients that speak for themselves.
func house(t *testing.T) (address string) {
	t.Helper()
	top := t.TempDir()
	for name, text := range map[string]string{
		"secret.txt": privateText, "out/.hidden": privateText, "out/.git/config": privateText, "out/index.html": publicText, "out/rss.xml": publicText, "out/news/index.html": publicText,
	} {
		file := top + "/" + name
		if err := os.MkdirAll(file[:strings.LastIndexByte(file, '/')], 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("../secret.txt", top+"/out/link.txt"); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(top + "/out")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	log := slog.New(slog.DiscardHandler)
	server := serve.NewServer(serve.New(root, serve.Options{Log: log}), log)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener)
	}()
	t.Cleanup(func() {
		_ = server.Close()
		<-done
	})
	return listener.Addr().String()
}

// speak sends bytes, and returns all that comes back until the server, which is
// asked to, closes the connection.
func speak(t *testing.T, address, said string) string {
	t.Helper()
	connection, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = connection.Close() }()
	if err := connection.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	// It may hang up before it has heard all; what it said until then counts.
	_, _ = io.WriteString(connection, said)
	answer, _ := io.ReadAll(connection)
	return string(answer)
}

// Whatever a client asks for, it gets nothing that lies outside the folder or has
// a leading dot, and the answer is one of a few.
func TestHostilePaths(t *testing.T) {
	address := house(t)
	for _, target := range []string{
		"/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/%2e%2e%2fsecret.txt", "/%252e%252e%252fsecret.txt", "/..%5csecret.txt", "/..\\secret.txt", "/news/../../secret.txt", "/news/..;/..;/secret.txt",
		"//../secret.txt", "///etc/passwd", "/./../secret.txt", "/%c0%ae%c0%ae/secret.txt", "/..%c0%afsecret.txt", "/secret.txt%00.html", "/../secret.txt%00", "/%00", "/link.txt", "/link.txt/", "/.hidden", "/.git/config", "/%2ehidden", "/news/../.hidden",
		"http://127.0.0.1/../secret.txt", "http://elsewhere.example/../../secret.txt", "https://x/%2e%2e/secret.txt", "http://[::1/../secret.txt", "*", "secret.txt", "../secret.txt", "?../secret.txt", "/?/../../secret.txt", "/#/../secret.txt",
		"/" + strings.Repeat("../", 2000) + "secret.txt", "/" + strings.Repeat("a/", 3000), "/" + strings.Repeat("x", 4000), "/rss.xml/", "/rss.xml/..", "/rss.xml/../../secret.txt", "/C:/secret.txt", "/con", "/rss.xml::$DATA", "/rss.xml%20", "/%", "/%zz", "/%u002e%u002e/secret.txt",
		"/secret.txt\x00", "/\x01\x02", "/\xff\xfe", "/\t../secret.txt", "/rss.xml HTTP/1.1 x",
	} {
		for _, method := range []string{"GET", "HEAD", "POST", "OPTIONS", "CONNECT", "TRACE", "PROPFIND", "GET\x00"} {
			answer := speak(t, address, method+" "+target+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
			if strings.Contains(answer, privateText) {
				t.Errorf("%s %q gives away a file: %s", method, target, answer)
			}
			if strings.Contains(answer, publicText) && method != "GET" {
				t.Errorf("%s %q is answered with a body", method, target)
			}
			var status int
			if _, err := fmt.Sscanf(answer, "HTTP/1.1 %d", &status); err != nil || status != 200 && status != 301 && status != 400 && status != 404 && status != 405 {
				t.Errorf("%s %q is answered by %.60q", method, target, answer)
			}
			if location := headerOf(answer, "Location"); strings.HasPrefix(location, "//") || strings.Contains(location, ":") || strings.Contains(location, "\\") {
				t.Errorf("%s %q leads away, to %q", method, target, location)
			}
		}
	}
}

// headerOf returns a header of a raw response.
func headerOf(answer, name string) string {
	response, err := http.ReadResponse(bufio.NewReader(strings.NewReader(answer)), nil)
	if err != nil {
		return ""
	}
	_ = response.Body.Close()
	return response.Header.Get(name)
}

// Headers that make no sense change nothing, or are refused; none brings in a
// line of its own.
func TestHostileHeaders(t *testing.T) {
	address := house(t)
	many := strings.Repeat("X-Flood: "+strings.Repeat("f", 90)+"\r\n", 400)
	for _, tt := range []struct {
		name, headers string
		status        []int
	}{
		{"none", "", []int{200}},
		{"dates that are none", "If-Modified-Since: yesterday\r\n", []int{200}},
		{"a date far off", "If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT\r\n", []int{200, 304}},
		{"tags without end", "If-None-Match: " + strings.Repeat(`W/"x", `, 1500) + "\r\n", []int{200}},
		{"an open tag", "If-None-Match: \"\r\n", []int{200}},
		{"commas", "If-None-Match: ,,,,,,\r\n", []int{200}},
		{"all tags", "If-None-Match: *\r\n", []int{304}},
		{"both", "If-None-Match: \"x\"\r\nIf-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT\r\n", []int{200}},
		{"two of them", "If-None-Match: \"x\"\r\nIf-None-Match: *\r\n", []int{200, 304}},
		{"ranges", "Range: bytes=0-0,1-1,2-2," + strings.Repeat("0-,", 2000) + "\r\n", []int{200, 206, 416}},
		{"a range without sense", "Range: bytes=-0\r\nIf-Range: x\r\n", []int{200, 206, 416}},
		{"codings", "Accept-Encoding: " + strings.Repeat("gzip;q=0.1,", 1000) + "\r\n", []int{200}},
		{"a quality without sense", "Accept-Encoding: br;q=NaN, gzip;q=-1, *;q=1e999\r\n", []int{200}},
		{"kinds", "Accept: " + strings.Repeat("*/*,", 2000) + "\r\n", []int{200, 301, 302, 303, 307}},
		{"a flood", many, []int{431}},
		{"one long line", "X-Long: " + strings.Repeat("x", 1<<20) + "\r\n", []int{431}},
		{"forwarded", "X-Forwarded-For: " + strings.Repeat("1.2.3.4,", 1000) + "\r\nX-Forwarded-Host: evil.example\r\n", []int{200}},
		{"a folded line", "X-A: b\r\n c\r\n", []int{200, 400}},
		{"a space before the colon", "X-A : b\r\n", []int{400}},
		{"lengths that differ", "Content-Length: 1\r\nContent-Length: 2\r\n", []int{400}},
		{"a length and chunks", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", []int{200, 400}},
		{"a coding of transfer that is none", "Transfer-Encoding: xchunked\r\n", []int{400, 501}},
		{"a line feed alone", "X-A: b\nX-B: c\r\n", []int{200, 400}},
		{"a NUL", "X-A: \x00\r\n", []int{400}},
		{"two hosts", "Host: y\r\n", []int{400}},
	} {
		answer := speak(t, address, "GET /rss.xml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"+tt.headers+"\r\n0\r\n\r\n")
		var status int
		_, err := fmt.Sscanf(answer, "HTTP/1.1 %d", &status)
		if ok := err == nil && slices.Contains(tt.status, status); !ok {
			t.Errorf("%s: answered by %.80q, want one of %v", tt.name, answer, tt.status)
		}
		if strings.Contains(answer, "evil.example") {
			t.Errorf("%s: a header comes back: %s", tt.name, answer)
		}
	}
}

// Clients of other ages are answered: HTTP/1.0 without a host, and many requests
// at once on one connection, each in its turn.
func TestOldAndHastyClients(t *testing.T) {
	address := house(t)
	if answer := speak(t, address, "GET /rss.xml HTTP/1.0\r\n\r\n"); !strings.Contains(answer, " 200 OK") || !strings.HasSuffix(answer, publicText) {
		t.Errorf("HTTP/1.0 is answered by %q", answer)
	}
	for _, said := range []string{"GET /rss.xml\r\n\r\n", "GET /rss.xml HTTP/0.9\r\n\r\n", "GET /rss.xml HTTP/1.1\r\n\r\n", "\r\n\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "SSH-2.0-x\r\n\r\n"} {
		if answer := speak(t, address, said); strings.Contains(answer, publicText) || answer != "" && !strings.Contains(answer, " 400 ") && !strings.Contains(answer, " 405 ") && !strings.Contains(answer, " 505 ") {
			t.Errorf("%q is answered by %q", said, answer)
		}
	}
	const n = 200
	answer := speak(t, address, strings.Repeat("GET /rss.xml HTTP/1.1\r\nHost: x\r\n\r\n", n-1)+"GET /rss.xml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	if got := strings.Count(answer, publicText); got != n {
		t.Errorf("%d answers to %d requests at once", got, n)
	}
}

// Clients that never end their request are hung up on, and meanwhile others are
// answered at once.
func TestSlowClients(t *testing.T) {
	address := house(t)
	const n = 200
	var slow []net.Conn
	for range n {
		connection, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = connection.Close() }()
		if _, err := io.WriteString(connection, "GET /rss.xml HTTP/1.1\r\nHost: x\r\nX-Slow: "); err != nil {
			t.Fatal(err)
		}
		slow = append(slow, connection)
	}
	if answer := speak(t, address, "GET /rss.xml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"); !strings.HasSuffix(answer, publicText) {
		t.Errorf("beside %d slow clients another is answered by %q", n, answer)
	}
	var waiting sync.WaitGroup
	for _, connection := range slow {
		waiting.Go(func() {
			// A byte now and then buys no time.
			_, _ = io.WriteString(connection, "x")
			if err := connection.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
				t.Error(err)
			}
			answer, err := io.ReadAll(connection)
			if err != nil || bytes.Contains(answer, []byte(publicText)) {
				t.Errorf("a slow client is answered by %q, %v", answer, err)
			}
		})
	}
	waiting.Wait()
}
