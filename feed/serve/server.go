package serve

import (
	"log/slog"
	"net/http"
	"time"
)

// The limits of a server. A feed is under 1 MB and readers send short headers; who
// needs more than this holds a connection that others need.
const (
	headerTimeout  = 5 * time.Second
	readTimeout    = 10 * time.Second
	writeTimeout   = time.Minute
	idleTimeout    = 2 * time.Minute
	maxHeaderBytes = 16 << 10
)

// NewServer returns a server for a handler, with limits on how long a client may
// take (5 seconds for the header of a request, a minute to receive a response, 2
// minutes to ask again on the same connection), on the size of a header (16 KB) and
// on the connections that are open (4,096: then the one that has waited for a
// request for the longest is closed, and when none waits, requests are answered
// with 503 and Retry-After). What goes wrong with a connection, and a panic of the
// handler, is a warning in the log; nil means slog.Default(). It is fastest with the
// connections of Listener.
func NewServer(h http.Handler, log *slog.Logger) *http.Server {
	if log == nil {
		log = slog.Default()
	}
	crowd := newCrowd(maxConnections, spareConnections)
	return &http.Server{
		Handler:           crowd.refuse(h),
		ConnState:         crowd.note,
		ConnContext:       onWire,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}
