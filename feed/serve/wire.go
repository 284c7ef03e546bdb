package serve

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

const (
	// slack is how much earlier than it was asked for a deadline may come.
	slack = time.Second

	// maxApart is the size of the largest piece that is held back to be sent with
	// what follows: net/http sends a header, and the rest of 4 KB, by itself.
	maxApart = 8 << 10
)

// Listener returns a listener whose connections ask less of the system, for the
// server of NewServer. It sets eight deadlines for each request: they are handed on
// only when a read would wait for them, and those that differ by less than a second
// from the one before, which comes earlier, are not handed on at all. And it sends
// a response in two pieces: those of files held in memory are sent in one.
func Listener(l net.Listener) net.Listener { return wires{l} }

type wires struct{ net.Listener }

// Accept waits for the next connection.
func (w wires) Accept() (net.Conn, error) {
	conn, err := w.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &wire{Conn: conn}, nil
}

// A wire is a connection as Listener has them.
type wire struct {
	net.Conn

	mu            sync.Mutex
	reads         int       // that wait
	readBy, armed time.Time // when reads are to end, and when the system lets them end
	writeBy       time.Time

	// Of the goroutine that answers alone.
	following int     // bytes that are to be written at least
	held      *[]byte // what is to be sent with them; nil for nothing
}

// Read reads. It does not wait when its time is over already.
func (c *wire) Read(p []byte) (int, error) {
	if err := c.beginRead(); err != nil {
		return 0, err
	}
	n, err := c.Conn.Read(p)
	c.mu.Lock()
	c.reads--
	c.mu.Unlock()
	return n, err
}

func (c *wire) beginRead() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !near(c.armed, c.readBy) {
		if !c.readBy.IsZero() && time.Until(c.readBy) <= 0 {
			return os.ErrDeadlineExceeded
		}
		if err := c.arm(); err != nil {
			return err
		}
	}
	c.reads++
	return nil
}

func (c *wire) arm() error {
	c.armed = c.readBy
	return c.Conn.SetReadDeadline(c.readBy)
}

// near reports whether one deadline does for another.
func near(has, wants time.Time) bool {
	if has.IsZero() || wants.IsZero() {
		return has.IsZero() && wants.IsZero()
	}
	d := wants.Sub(has)
	return 0 <= d && d < slack
}

// SetReadDeadline bounds the reads that wait, and those to come.
func (c *wire) SetReadDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.readBy = t
	if c.reads == 0 || near(c.armed, t) {
		return nil
	}
	return c.arm()
}

// SetWriteDeadline bounds writes.
func (c *wire) SetWriteDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if near(c.writeBy, t) {
		return nil
	}
	c.writeBy = t
	return c.Conn.SetWriteDeadline(t)
}

// SetDeadline bounds reads and writes.
func (c *wire) SetDeadline(t time.Time) error {
	return errors.Join(c.SetReadDeadline(t), c.SetWriteDeadline(t))
}

// wireKey is where the context of a request has its wire.
type wireKey struct{}

// onWire lets handlers know the wire of a request: see http.Server.ConnContext.
func onWire(ctx context.Context, conn net.Conn) context.Context {
	if c, ok := conn.(*wire); ok {
		return context.WithValue(ctx, wireKey{}, c)
	}
	return ctx
}

// follows tells that a body of n bytes is written next, as it is: what is written
// before its end may wait for the rest.
func follows(r *http.Request, n int) {
	if c, ok := r.Context().Value(wireKey{}).(*wire); ok {
		c.following = n
	}
}

// pieces are buffers for what is held back.
var pieces = sync.Pool{New: func() any { p := make([]byte, 0, maxApart); return &p }}

// Write sends bytes, or holds them back if as many and more are to be written. It
// depends in no way on the size of the pieces in which they come.
func (c *wire) Write(p []byte) (int, error) {
	if len(p) < c.following && c.held == nil && len(p) <= maxApart {
		c.following -= len(p)
		c.held = pieces.Get().(*[]byte)
		*c.held = append((*c.held)[:0], p...)
		return len(p), nil
	}
	c.following = 0
	if c.held == nil {
		return c.Conn.Write(p)
	}
	both := net.Buffers{*c.held, p}
	n, err := both.WriteTo(c.Conn)
	before := len(*c.held)
	pieces.Put(c.held)
	c.held = nil
	return max(0, int(n)-before), err
}

// ReadFrom sends what r has, by the system alone where that can be: files.
func (c *wire) ReadFrom(r io.Reader) (int64, error) { return io.Copy(c.Conn, r) }

// CloseWrite tells the client that nothing follows, where it can be told.
func (c *wire) CloseWrite() error {
	if conn, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return conn.CloseWrite()
	}
	return nil
}
