package serve

import (
	"container/list"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
)

const (
	// maxConnections is how many connections are open at most while some of them
	// wait for a request. Each takes about 20 KB: 80 MB in all.
	maxConnections = 4096

	// spareConnections may be open besides while all are being answered. Their
	// requests are answered with 503, and what comes beyond them is hung up on.
	spareConnections = 256
)

// A crowd bounds the connections of a server. When there are too many, the one
// that has waited for a request for the longest makes place: readers ask and go,
// and who keeps a connection open may open it again.
type crowd struct {
	limit, spare int
	crowded      atomic.Bool // more are open than the limit

	mu      sync.Mutex
	open    int        // those hung up on are counted until the server has noticed
	waiting int        // for a request, of those in order
	order   *list.List // of *guest; of those that wait, that which has waited for the longest in front
	places  map[net.Conn]*list.Element
}

// A guest is an open connection that is not being hung up on.
type guest struct {
	conn  net.Conn
	waits bool // for a request
}

func newCrowd(limit, spare int) *crowd {
	return &crowd{limit: limit, spare: spare, order: list.New(), places: map[net.Conn]*list.Element{}}
}

// note is told what happens to connections: see http.Server.ConnState.
func (c *crowd) note(conn net.Conn, state http.ConnState) {
	if tooMany := c.place(conn, state); tooMany != nil {
		_ = tooMany.Close() // it is gone either way
	}
}

// place takes note of a connection, and returns the one that is to be closed for it.
func (c *crowd) place(conn net.Conn, state http.ConnState) (tooMany net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch state {
	case http.StateNew:
		c.open++
		if c.open > c.limit {
			tooMany = c.evict()
		}
		if tooMany == nil && c.open > c.limit+c.spare {
			tooMany = conn
			break
		}
		c.places[conn] = c.order.PushBack(&guest{conn: conn})
		c.wait(conn, true)
	case http.StateIdle:
		c.wait(conn, true)
	case http.StateActive:
		c.wait(conn, false)
	case http.StateClosed, http.StateHijacked:
		c.leave(conn)
		c.open--
	}
	c.crowded.Store(c.open > c.limit)
	return tooMany
}

// wait notes that a connection waits for a request, or that one has come.
func (c *crowd) wait(conn net.Conn, waits bool) {
	e, ok := c.places[conn]
	if !ok || e.Value.(*guest).waits == waits {
		return
	}
	e.Value.(*guest).waits = waits
	if !waits {
		c.waiting--
		return
	}
	c.waiting++
	c.order.MoveToBack(e)
}

func (c *crowd) leave(conn net.Conn) {
	if e, ok := c.places[conn]; ok {
		c.wait(conn, false)
		c.order.Remove(e)
		delete(c.places, conn)
	}
}

// evict takes out the connection that has waited for the longest, or returns nil.
func (c *crowd) evict() net.Conn {
	if c.waiting == 0 {
		return nil
	}
	for e := c.order.Front(); ; e = e.Next() {
		if g := e.Value.(*guest); g.waits {
			c.leave(g.conn)
			return g.conn
		}
	}
}

// refuse returns a handler that answers while there is place, and tells to come
// again when there is none.
func (c *crowd) refuse(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !c.crowded.Load() || !c.full() {
			next.ServeHTTP(w, r)
			return
		}
		head := w.Header()
		head["X-Content-Type-Options"] = noSniff
		head.Set("Cache-Control", "no-store")
		head.Set("Connection", "close")
		head.Set("Content-Type", "text/plain; charset=utf-8")
		head.Set("Retry-After", "10")
		w.WriteHeader(http.StatusServiceUnavailable)
		if r.Method != http.MethodHead {
			_, _ = w.Write([]byte("503 Service Unavailable\n"))
		}
	})
}

// full reports whether more connections are being answered than may be.
func (c *crowd) full() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.open-c.waiting > c.limit
}
