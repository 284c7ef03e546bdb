package serve

import (
	"errors"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A tape is a connection that notes what it is asked for, and never has anything
// to read.
type tape struct {
	net.Conn
	asked []string
	start time.Time
}

func (c *tape) Write(p []byte) (int, error) {
	c.asked = append(c.asked, "write "+string(p))
	return len(p), nil
}

func (c *tape) SetReadDeadline(t time.Time) error {
	asked := "read by never"
	if !t.IsZero() {
		asked = "read by " + t.Sub(c.start).String()
	}
	c.asked = append(c.asked, asked)
	return c.Conn.SetReadDeadline(t)
}

func (c *tape) SetWriteDeadline(t time.Time) error {
	c.asked = append(c.asked, "write by "+t.Sub(c.start).String())
	return nil
}

func newTape(t *testing.T) (*wire, *tape) {
	t.Helper()
	conn, other := net.Pipe()
	t.Cleanup(func() { _, _ = conn.Close(), other.Close() })
	inner := &tape{Conn: conn, start: time.Now()}
	return &wire{Conn: inner}, inner
}

// What comes before a body that follows is sent with it, in whatever pieces both
// are written, and nothing is left behind.
func TestWireSendsTogether(t *testing.T) {
	long := strings.Repeat("x", maxApart+1)
	tests := []struct {
		name      string
		following int
		pieces    []string
		want      []string
	}{
		{"nothing follows", 0, []string{"head", "body"}, []string{"head", "body"}},
		{"in one piece", 4, []string{"headbody"}, []string{"headbody"}},
		{"as many bytes as follow, which may be all", 4, []string{"head", "body"}, []string{"head", "body"}},
		{"head and a part, then the rest", 9, []string{"head, b", "ody"}, []string{"head, b", "ody"}},
		{"the rest in two pieces", 9, []string{"he", "ad", "body"}, []string{"head", "body"}},
		{"what is too long to be held back", maxApart + 9, []string{long, "body"}, []string{long, "body"}},
	}
	for _, tt := range tests {
		conn, inner := newTape(t)
		conn.following = tt.following
		for i, piece := range tt.pieces {
			if n, err := conn.Write([]byte(piece)); n != len(piece) || err != nil {
				t.Errorf("%s: piece %d: wrote %d bytes, %v", tt.name, i, n, err)
			}
			if tt.name == "head and a part, then the rest" && i == 0 && inner.asked != nil {
				t.Errorf("%s: %q is not held back", tt.name, inner.asked)
			}
		}
		got := strings.ReplaceAll(strings.Join(inner.asked, ""), "write ", "")
		if want := strings.Join(tt.want, ""); got != want {
			t.Errorf("%s: sent %q, want %q", tt.name, got, want)
		}
		if conn.held != nil || conn.following != 0 {
			t.Errorf("%s: %v is still held back, %d bytes are to follow", tt.name, conn.held, conn.following)
		}
	}
}

// A piece that could not be sent is told of as it was written.
func TestWireTellsWhatWasWritten(t *testing.T) {
	conn, other := net.Pipe()
	defer func() { _ = conn.Close() }()
	w := &wire{Conn: conn, following: 100}
	if n, err := w.Write([]byte("head")); n != 4 || err != nil {
		t.Fatal(n, err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if n, err := w.Write([]byte(strings.Repeat("x", 100))); n != 0 || !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("wrote %d bytes, %v; want none, %v", n, err, io.ErrClosedPipe)
	}
}

// Deadlines hold, to a second, but most need not be set.
func TestWireDeadlines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		conn, inner := newTape(t)
		check := func(what string, err error, want ...string) {
			t.Helper()
			if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("%s: %v", what, err)
			}
			if !slices.Equal(inner.asked, want) {
				t.Errorf("%s: %q, want %q", what, inner.asked, want)
			}
			inner.asked = nil
		}
		in := func(d time.Duration) time.Time { return time.Now().Add(d) }
		read := func() error { _, err := conn.Read(make([]byte, 1)); return err }

		check("nobody reads", conn.SetReadDeadline(in(5*time.Second)))
		check("nobody reads yet", conn.SetReadDeadline(in(10*time.Second)))
		check("a read waits", read(), "read by 10s")
		if got := time.Since(inner.start); got != 10*time.Second {
			t.Errorf("it waited %v", got)
		}
		check("in the past", conn.SetReadDeadline(time.Unix(1, 0)))
		check("its time is over", read())
		check("a read to be stopped", conn.SetReadDeadline(time.Time{}))
		stopped := make(chan error)
		go func() { stopped <- read() }()
		synctest.Wait()
		check("it waits", nil, "read by never")
		err := conn.SetReadDeadline(in(time.Second))
		check("it is stopped", errors.Join(err, <-stopped), "read by 11s")
		check("it goes on for a minute", conn.SetReadDeadline(in(time.Minute)))
		check("a read of a minute", read(), "read by 1m11s")

		check("the first", conn.SetWriteDeadline(in(time.Minute)), "write by 2m11s")
		time.Sleep(slack - 1)
		check("a little later", conn.SetWriteDeadline(in(time.Minute)))
		time.Sleep(time.Nanosecond)
		check("a second later", conn.SetWriteDeadline(in(time.Minute)), "write by 2m12s")
		check("earlier", conn.SetWriteDeadline(in(time.Second)), "write by 1m13s")
		check("both", conn.SetDeadline(in(2*time.Second)), "write by 1m14s")
		check("both hold", read(), "read by 1m14s")
	})
}
