package serve

import (
	"fmt"
	"net/http"
	"time"
)

// slowest is the rate, in bytes a second, under which a download is cut off.
const slowest = 16 << 10

// stream answers with a file as it lies on the disk: a picture, or one that is too
// large to be held. Parts of it can be asked for (RFC 9110 section 14).
func (h *Handler) stream(w http.ResponseWriter, r *http.Request, name string, kind media) {
	f, err := h.out.Open(name)
	if err != nil {
		h.fault(w, r, err)
		return
	}
	defer func() { _ = f.Close() }() // only read
	info, err := f.Stat()
	if err != nil {
		h.fault(w, r, err)
		return
	}
	head := w.Header()
	h.fresh.set(head, time.Now())
	head["Content-Type"] = kind.header
	if kind.feed {
		head["Vary"] = varyFeed
	}
	if kind.page {
		head["Content-Security-Policy"] = pageRules
	}
	// Strong, so that a download can be resumed: the file is sent in one way only.
	head.Set("ETag", fmt.Sprintf(`"%x-%x"`, info.Size(), info.ModTime().UnixNano()))
	// The limits of the server are meant for feeds. Where there are none to be
	// set, there is none to be widened.
	limit := writeTimeout + time.Duration(info.Size()/slowest)*time.Second
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(limit))
	http.ServeContent(w, r, "", info.ModTime(), f)
}
