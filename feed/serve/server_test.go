package serve_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"seedfeed/feed/serve"
)

// A pipeListener accepts connections that are pipes: unlike sockets, they know
// the fake time of a bubble.
type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (l pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l pipeListener) Close() error   { close(l.closed); return nil }
func (l pipeListener) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

// dial serves a handler by the connections of serve.Listener, or as they are, and
// returns the client's end of one.
func dial(t *testing.T, h http.Handler, bare bool) net.Conn {
	t.Helper()
	l := pipeListener{make(chan net.Conn), make(chan struct{})}
	server := serve.NewServer(h, nil)
	done := make(chan error, 1)
	go func() {
		if bare {
			done <- server.Serve(l)
			return
		}
		done <- server.Serve(serve.Listener(l))
	}()
	client, conn := net.Pipe()
	l.conns <- conn
	t.Cleanup(func() {
		_ = client.Close()
		if err := errors.Join(server.Close(), ignore(<-done, http.ErrServerClosed)); err != nil {
			t.Error(err)
		}
	})
	return client
}

func ignore(err, expected error) error {
	if errors.Is(err, expected) {
		return nil
	}
	return err
}

func send(t *testing.T, c net.Conn, text string) {
	t.Helper()
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
}

// Who is slow is cut off.
func TestServerTimeouts(t *testing.T) {
	large := bytes.Repeat([]byte("0123456789abcdef"), 1<<18)
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			return
		}
		_, _ = w.Write(large)
	})
	tests := []struct {
		name string
		talk func(t *testing.T, c net.Conn) // until the server hangs up
		want time.Duration                  // when it does so
	}{
		{"says nothing", func(*testing.T, net.Conn) {}, 5 * time.Second},
		{"does not end its header", func(t *testing.T, c net.Conn) {
			send(t, c, "GET / HTTP/1.1\r\nHost: x\r\n")
		}, 5 * time.Second},
		{"sends a header byte by byte", func(t *testing.T, c net.Conn) {
			send(t, c, "GET / HTTP/1.1\r\nHost: x\r\nX: ")
			for range 4 {
				time.Sleep(time.Second)
				send(t, c, "x")
			}
		}, 5 * time.Second},
		{"does not end its body", func(t *testing.T, c net.Conn) {
			send(t, c, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx")
		}, 10 * time.Second},
		{"does not read", func(t *testing.T, c net.Conn) {
			send(t, c, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
			time.Sleep(time.Minute + 1)
		}, time.Minute + 1},
		{"does not ask again", func(t *testing.T, c net.Conn) {
			send(t, c, "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
			if _, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: "HEAD"}); err != nil {
				t.Fatal(err)
			}
		}, 2 * time.Minute},
	}
	for _, tt := range tests {
		for _, bare := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, bare %v", tt.name, bare), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					c := dial(t, handler, bare)
					start := time.Now()
					tt.talk(t, c)
					if n, err := io.Copy(io.Discard, c); err != nil || n >= int64(len(large)) {
						t.Fatalf("received %d bytes, %v", n, err)
					}
					if got := time.Since(start); got != tt.want {
						t.Errorf("hung up after %v, want %v", got, tt.want)
					}
				})
			})
		}
	}
}

// A large file may take longer than a feed, at the rate of a bad line.
func TestServerLetsLargeFilesTakeTheirTime(t *testing.T) {
	s := newSite(t, serve.Options{})
	const size = 4 << 20
	s.put("a.mp4", strings.Repeat("x", size), old)
	get := func(t *testing.T, rate int) (received int) {
		synctest.Test(t, func(t *testing.T) {
			c := dial(t, s.http, false)
			send(t, c, "GET /a.mp4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
			r, err := http.ReadResponse(bufio.NewReaderSize(c, 16), nil)
			if err != nil {
				t.Fatal(err)
			}
			buf := make([]byte, rate)
			for {
				time.Sleep(time.Second)
				n, err := io.ReadFull(r.Body, buf)
				received += n
				if err != nil {
					return
				}
			}
		})
		return received
	}
	if got := get(t, 16<<10); got != size {
		t.Errorf("at 16 KB/s: received %d bytes, want all", got)
	}
	if got := get(t, 8<<10); got == size {
		t.Error("at 8 KB/s: received all, want to be cut off")
	}
}

// listen serves a site over TCP until the test ends.
func listen(t *testing.T, h http.Handler) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := serve.NewServer(h, nil)
	done := make(chan error, 1)
	go func() { done <- server.Serve(serve.Listener(l)) }()
	t.Cleanup(func() {
		if err := errors.Join(server.Close(), ignore(<-done, http.ErrServerClosed)); err != nil {
			t.Error(err)
		}
	})
	return l.Addr().String()
}

// What is not HTTP, or is more of it than a reader sends, over a real socket.
func TestServerOverTCP(t *testing.T) {
	s := newSite(t, serve.Options{})
	s.put("index.html", lines("home"), old)
	s.put("sport/index.html", "sport", old)
	address := listen(t, s.http)
	get := func(target string) string { return "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" }
	tests := []struct {
		name, request string
		want          int
	}{
		{"plain", get("/") + "\r\n", 200},
		{"HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", 200},
		{"an address of another host", get("http://other.example/sport/") + "\r\n", 200},
		{"dots", get("/../index.html") + "\r\n", 404},
		{"encoded dots", get("/%2e%2e/index.html") + "\r\n", 404},
		{"an encoded slash is a slash", get("/sport%2findex.html") + "\r\n", 200},
		{"two slashes", get("//index.html") + "\r\n", 404},
		{"NUL", get("/index.html%00") + "\r\n", 404},
		{"bad escape", get("/%zz") + "\r\n", 400},
		{"no host", "GET / HTTP/1.1\r\n\r\n", 400},
		{"not HTTP", "hello\r\n\r\n", 400},
		{"options of the server", "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 200},
		{"a tunnel", "CONNECT other.example:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405},
		{"a long address", get("/"+strings.Repeat("x", 8000)) + "\r\n", 404},
		{"a header of 8 KB", get("/") + "Cookie: " + strings.Repeat("x", 8<<10) + "\r\n\r\n", 200},
		{"a header of 64 KB", get("/") + "Cookie: " + strings.Repeat("x", 64<<10) + "\r\n\r\n", 431},
		{"many headers", get("/") + strings.Repeat("X: y\r\n", 16<<10) + "\r\n", 431},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := net.Dial("tcp", address)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = c.Close() }()
			go func() { _, _ = io.WriteString(c, tt.request) }() // the server may hang up before it has all
			r, err := http.ReadResponse(bufio.NewReader(c), nil)
			if err != nil {
				t.Fatal(err)
			}
			if r.StatusCode != tt.want {
				t.Errorf("%d, want %d", r.StatusCode, tt.want)
			}
		})
	}
}

// A client like most: it asks for gzip by itself, follows the redirect, and uses
// one connection for many requests.
func TestServerWithClient(t *testing.T) {
	s := newSite(t, serve.Options{Prefix: "/news/"})
	s.put("sport/index.html", lines("sport"), old)
	address := listen(t, s.http)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	for range 3 {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("http://%s/news/sport", address), nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(response.Body)
		if err := errors.Join(err, response.Body.Close()); err != nil {
			t.Fatal(err)
		}
		if string(got) != lines("sport") || !response.Uncompressed || response.Request.URL.Path != "/news/sport/" {
			t.Errorf("%s: %d bytes, compressed: %v", response.Request.URL, len(got), response.Uncompressed)
		}
	}
}

// A response is whole in whatever pieces it is sent, and a connection is good for
// the next one.
func TestServerSendsWhole(t *testing.T) {
	s := newSite(t, serve.Options{Trust: time.Hour})
	bodies := map[string]string{}
	for _, size := range []int{0, 100, 3_000, 3_700, 4_000, 4_096, 5_000, 9_000, 200_000, 3 << 20} {
		name := fmt.Sprintf("%d/rss.xml", size)
		bodies[name] = strings.Repeat("a feed. ", size/8)
		s.put(name, bodies[name], old)
	}
	c, err := net.Dial("tcp", listen(t, s.http))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	in := bufio.NewReader(c)
	for range 3 {
		for name, want := range bodies {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				send(t, c, method+" /"+name+" HTTP/1.1\r\nHost: x\r\n\r\n")
				r, err := http.ReadResponse(in, &http.Request{Method: method})
				if err != nil {
					t.Fatalf("%s %s: %v", method, name, err)
				}
				got, err := io.ReadAll(r.Body)
				if err != nil {
					t.Fatalf("%s %s: %v", method, name, err)
				}
				want := want
				if method == http.MethodHead {
					want = ""
				}
				if r.StatusCode != http.StatusOK || string(got) != want {
					t.Errorf("%s %s: %d, %d bytes, want %d", method, name, r.StatusCode, len(got), len(want))
				}
			}
		}
	}
}

// What the server itself has to tell is in the log.
func TestServerLog(t *testing.T) {
	var log bytes.Buffer
	server := serve.NewServer(http.NotFoundHandler(), slog.New(slog.NewTextHandler(&log, nil)))
	server.ErrorLog.Print("http: panic serving 192.0.2.1:1: out of cheese")
	if want := `level=WARN msg="http: panic serving 192.0.2.1:1: out of cheese"`; !strings.Contains(log.String(), want) {
		t.Errorf("log:\n%swant %s", log.String(), want)
	}
}
