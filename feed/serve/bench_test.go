package serve_test

import (
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/serve"
)

// feed200 is a feed of about 200 KB, as compressible as news.
func feed200() string {
	words := strings.Fields("the minister said on Tuesday that talks over gas deliveries would resume next week after both sides had agreed to extend the current contract by a year and to settle open bills")
	var b strings.Builder
	for i := 0; b.Len() < 200_000; i++ {
		fmt.Fprintf(&b, "<p>%s %s %s %d</p>\n", words[i*7%len(words)], words[i*i%len(words)], words[i*31%len(words)], i*2654435761%100_003)
	}
	return b.String()
}

// A discard is a response that nobody reads.
type discard struct{ header http.Header }

func (d discard) Header() http.Header         { return d.header }
func (d discard) Write(p []byte) (int, error) { return len(p), nil }
func (d discard) WriteHeader(int)             {}

func BenchmarkServe(b *testing.B) {
	s := newSite(b, serve.Options{Trust: 50 * time.Millisecond}) // as the command has it
	s.put("atom.xml", feed200(), old)
	etag := s.get("/atom.xml").Header.Get("ETag")
	onTheFly := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		body, err := os.ReadFile(filepath.Join(s.dir, "atom.xml"))
		if err != nil {
			b.Error(err)
		}
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		if _, err := z.Write(body); err != nil {
			b.Error(err)
		}
		if err := z.Close(); err != nil {
			b.Error(err)
		}
	})
	for _, bb := range []struct {
		name    string
		handler http.Handler
		header  [2]string
	}{
		{"plain", s.http, [2]string{"Accept-Encoding", "identity"}},
		{"gzip", s.http, [2]string{"Accept-Encoding", "gzip, deflate"}},
		{"br", s.http, [2]string{"Accept-Encoding", "gzip, deflate, br, zstd"}},
		{"304", s.http, [2]string{"If-None-Match", etag}},
		{"gzip on the fly", onTheFly, [2]string{"Accept-Encoding", "gzip"}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, "/atom.xml", nil)
			r.Header.Set(bb.header[0], bb.header[1])
			w := discard{http.Header{}}
			b.ReportAllocs()
			for b.Loop() {
				clear(w.header)
				bb.handler.ServeHTTP(w, r)
			}
		})
	}
}

// BenchmarkCompress is what a content costs once, in each coding.
func BenchmarkCompress(b *testing.B) {
	body := feed200()
	for _, coding := range []string{"br", "zstd", "gzip"} {
		b.Run(coding, func(b *testing.B) {
			s := newSite(b, serve.Options{})
			i, sent := 0, int64(0)
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				i++
				s.put("atom.xml", fmt.Sprint(i, body), old.Add(time.Duration(i)*time.Second))
				b.StartTimer()
				sent = s.get("/atom.xml", "Accept-Encoding", coding).ContentLength
			}
			b.ReportMetric(float64(sent), "sent-B")
		})
	}
}
