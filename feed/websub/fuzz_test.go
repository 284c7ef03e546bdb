package websub_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"seedfeed/feed/websub"
)

// Whatever is sent, the hub answers with a status of its own and a line of text,
// and what it accepts is in the store and can be asked.
func FuzzRequest(f *testing.F) {
	for _, seed := range []string{
		form("subscribe", topic, reader, "hub.secret", "s", "hub.lease_seconds", "60").Encode(),
		form("unsubscribe", topic, reader+"?a=%41&b").Encode(),
		"hub.mode=subscribe&hub.mode=unsubscribe&hub.topic=" + topic + "&hub.callback=" + reader,
		"hub.mode=subscribe&hub.topic=https://news.example.org/&hub.callback=http://[::1%25eth0]:80/",
		"hub.mode=subscribe&hub.topic=https://news.example.org/&hub.callback=http://2130706433/",
		"hub.mode=%00&hub.topic=;&hub.callback=//", "%", "&&&&", "",
	} {
		f.Add("application/x-www-form-urlencoded", seed)
	}
	f.Add("multipart/form-data; boundary=x", "--x--")
	f.Fuzz(func(t *testing.T, kind, body string) {
		store := newMemory()
		hub, err := websub.Open(t.Context(), store, options(newSite(), websub.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, "/hub", strings.NewReader(body))
		r.Header["Content-Type"] = []string{kind}
		w := httptest.NewRecorder()
		hub.ServeHTTP(w, r)
		said := w.Body.String()
		if !strings.HasSuffix(said, "\n") || strings.Count(said, "\n") != 1 || !utf8.ValidString(said) {
			t.Errorf("%d with %q, which is no line of text", w.Code, said)
		}
		switch w.Code {
		case 400, 413, 415:
			if len(store.requests) != 0 {
				t.Errorf("%d, and kept %v", w.Code, store.requests)
			}
		case 202:
			q, ok := store.requests[1]
			if !ok || !strings.HasPrefix(q.Topic, siteURL) || len(q.Secret) > 199 || q.Lease <= 0 {
				t.Fatalf("accepted, and kept %v", store.requests)
			}
			if _, err := http.NewRequest(http.MethodGet, q.Callback, nil); err != nil {
				t.Error(err)
			}
		default:
			t.Errorf("answered %d", w.Code)
		}
	})
}
