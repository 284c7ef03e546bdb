package serve

import (
	"bytes"
	"io"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	// brotliLevel is where feeds are within 1 % of level 9, in a fifth of its
	// time; only 11 is much smaller, in fifty times the time.
	brotliLevel = 5

	// zstdWindow is the most that clients have to be able to hold (RFC 9659).
	zstdWindow = 8 << 20
)

// forms are the bytes of a file in each coding. Each is made when it is first
// asked for, once.
type forms struct {
	each [identity]form
	size atomic.Int64 // of those that are made
}

// A form is the bytes of a file in one coding, or nil where that is not smaller.
type form struct {
	once     sync.Once
	body     []byte
	encoding []string // Content-Encoding
	length   []string // Content-Length
}

// in returns the form in a coding, and tells whether this call made it. It waits
// for a place in busy to do so: to compress takes some 20 MB for as long as it lasts.
func (f *forms) in(c coding, body []byte, busy chan struct{}) (made *form, now bool) {
	made = &f.each[c]
	made.once.Do(func() {
		busy <- struct{}{}
		defer func() { <-busy }()
		now = true
		compressed := compress(c, body)
		if compressed == nil {
			return
		}
		made.body, made.encoding = compressed, []string{codingNames[c]}
		made.length = []string{strconv.Itoa(len(compressed))}
		f.size.Add(int64(len(compressed)))
	})
	return made, now
}

// compress returns the bytes compressed, or nil if that does not make them fewer.
func compress(c coding, body []byte) []byte {
	var buf bytes.Buffer
	z, err := compressor(c, &buf, len(body))
	if err != nil {
		return nil
	}
	if _, err := z.Write(body); err != nil {
		return nil
	}
	if err := z.Close(); err != nil || buf.Len() >= len(body) {
		return nil
	}
	return bytes.Clone(buf.Bytes())
}

// compressor returns what compresses so many bytes.
func compressor(c coding, w io.Writer, size int) (io.WriteCloser, error) {
	switch c {
	case brotliCoding:
		return brotli.NewWriterLevel(w, brotliLevel), nil
	case zstdCoding:
		window := zstd.MinWindowSize
		for window < size && window < zstdWindow {
			window *= 2
		}
		return zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderConcurrency(1),
			zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(window))
	default:
		return gzip.NewWriterLevel(w, gzip.BestCompression)
	}
}
