package serve

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"
	"time"
)

// crowdServer serves with room for few, on a free port. calm returns when the
// server has noticed that so many connections are left, all without a request: an
// answer is here before the server has noticed that it is sent.
func crowdServer(t *testing.T, h http.Handler, limit, spare int) (dial func() net.Conn, calm func(left int)) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := newCrowd(limit, spare)
	server := NewServer(nil, nil)
	changed := make(chan struct{}, 1)
	server.Handler = c.refuse(h)
	server.ConnState = func(conn net.Conn, state http.ConnState) {
		c.note(conn, state)
		select {
		case changed <- struct{}{}:
		default:
		}
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	t.Cleanup(func() {
		err := server.Close()
		if served := <-done; !errors.Is(served, http.ErrServerClosed) {
			err = errors.Join(err, served)
		}
		if err != nil {
			t.Error(err)
		}
	})
	dial = func() net.Conn {
		t.Helper()
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		if err := conn.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
			t.Fatal(err)
		}
		return conn
	}
	return dial, func(left int) {
		for {
			c.mu.Lock()
			open, waiting := c.open, c.waiting
			c.mu.Unlock()
			if open == left && waiting == left {
				return
			}
			<-changed
		}
	}
}

// request asks, and returns the answer, whose body is read.
func request(conn net.Conn) (*http.Response, error) {
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		return nil, err
	}
	return answerOf(conn)
}

func answerOf(conn net.Conn) (*http.Response, error) {
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err == nil {
		_, err = io.Copy(io.Discard, response.Body)
	}
	return response, err
}

// Whoever asks finds place, and what has waited for the longest goes for it.
func TestCrowdMakesPlace(t *testing.T) {
	ok := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	dial, calm := crowdServer(t, ok, 3, 1)
	var conns []net.Conn
	for i := range 10 {
		conn := dial()
		if response, err := request(conn); err != nil || response.StatusCode != http.StatusNoContent {
			t.Fatalf("connection %d: %v %v", i, response, err)
		}
		conns = append(conns, conn)
		calm(min(i+1, 3))
	}
	for _, conn := range conns[:7] {
		if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
			t.Errorf("one that waits for long has %v, want the end", err)
		}
	}
	for i, conn := range conns[7:] {
		if response, err := request(conn); err != nil || response.StatusCode != http.StatusNoContent {
			t.Errorf("of the last three, %d: %v %v", i, response, err)
		}
	}
}

// When all are being answered, who comes is told when to come again; beyond that
// it is hung up on.
func TestCrowdIsFull(t *testing.T) {
	entered, leave := make(chan bool), make(chan bool)
	slow := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		entered <- true
		<-leave
		w.WriteHeader(http.StatusNoContent)
	})
	dial, _ := crowdServer(t, slow, 2, 1)
	var busy []net.Conn
	for range 2 {
		conn := dial()
		if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		<-entered
		busy = append(busy, conn)
	}
	response, err := request(dial())
	if err != nil || response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Retry-After") != "10" || !response.Close {
		t.Errorf("when it is full: %+v %v", response, err)
	}
	for _, conn := range busy {
		leave <- true
		if response, err := answerOf(conn); err != nil || response.StatusCode != http.StatusNoContent {
			t.Errorf("one that was there before: %v %v", response, err)
		}
	}
	c := newCrowd(2, 1)
	for i := range 4 {
		conn, other := net.Pipe()
		t.Cleanup(func() { _ = other.Close() })
		if got := c.place(conn, http.StateNew); (got == conn) != (i == 3) {
			t.Errorf("connection %d: %v is to be closed", i, got)
		}
		c.place(conn, http.StateActive)
	}
}
