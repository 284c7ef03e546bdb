package serve

import (
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// AccessLog returns a handler that writes a line to w for each request, when it
// is answered, in the combined format that all that read access logs know:
//
//	203.0.113.7 - - [14/Feb/2026:12:00:00 +0000] "GET /rss.xml HTTP/1.1" 200 4285 "-" "newsboat/2.36"
//
// The address is that of Proxies.Client, the time is when the request came, in
// local time, and the size is that of the body as sent. What could break a line, or
// a terminal, is written as \xhh. Each line is one call of Write, one at a time; its
// error is w's own affair.
func AccessLog(next http.Handler, w io.Writer, proxies Proxies) http.Handler {
	var mu sync.Mutex
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		came := time.Now()
		counted := &countedResponse{ResponseWriter: rw}
		defer func() { // also when the handler panics
			line := accessLine(r, came, proxies, counted)
			mu.Lock()
			defer mu.Unlock()
			_, _ = w.Write(line)
		}()
		next.ServeHTTP(counted, r)
	})
}

func accessLine(r *http.Request, came time.Time, proxies Proxies, response *countedResponse) []byte {
	line := make([]byte, 0, 256)
	if client := proxies.Client(r); client.IsValid() {
		line = client.AppendTo(line)
	} else {
		line = append(line, '-')
	}
	line = append(line, " - - ["...)
	line = came.AppendFormat(line, "02/Jan/2006:15:04:05 -0700")
	line = append(line, `] "`...)
	line = appendEscaped(line, r.Method)
	line = append(line, ' ')
	line = appendEscaped(line, r.RequestURI)
	line = append(line, ' ')
	line = appendEscaped(line, r.Proto)
	line = append(line, `" `...)
	line = strconv.AppendInt(line, int64(response.sent()), 10)
	line = append(line, ' ')
	if response.bytes > 0 {
		line = strconv.AppendInt(line, response.bytes, 10)
	} else {
		line = append(line, '-')
	}
	line = appendQuoted(line, r.Referer())
	line = appendQuoted(line, r.UserAgent())
	return append(line, '\n')
}

func appendQuoted(line []byte, value string) []byte {
	line = append(line, ` "`...)
	if value == "" {
		value = "-"
	}
	return append(appendEscaped(line, value), '"')
}

// appendEscaped appends a value without what would end it, or is not ASCII.
func appendEscaped(line []byte, value string) []byte {
	const hex = "0123456789abcdef"
	for i := range len(value) {
		switch c := value[i]; {
		case c == '"' || c == '\\':
			line = append(line, '\\', c)
		case c < ' ' || c > '~':
			line = append(line, '\\', 'x', hex[c>>4], hex[c&15])
		default:
			line = append(line, c)
		}
	}
	return line
}

// A countedResponse notes what is sent by it.
type countedResponse struct {
	http.ResponseWriter
	status int // 0 until it is set
	bytes  int64
}

// sent is the status that was sent: 200 if the handler set none.
func (c *countedResponse) sent() int {
	if c.status == 0 {
		return http.StatusOK
	}
	return c.status
}

// Unwrap lets http.ResponseController reach the connection.
func (c *countedResponse) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// WriteHeader notes the first status; a provisional one is followed by another.
func (c *countedResponse) WriteHeader(status int) {
	if c.status < http.StatusOK {
		c.status = status
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *countedResponse) Write(p []byte) (int, error) {
	n, err := c.ResponseWriter.Write(p)
	c.bytes += int64(n)
	return n, err
}

// ReadFrom hands files on as they are, so that the system can send them by itself.
func (c *countedResponse) ReadFrom(r io.Reader) (int64, error) {
	n, err := io.Copy(c.ResponseWriter, r)
	c.bytes += n
	return n, err
}
