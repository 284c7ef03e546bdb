package websub_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"seedfeed/feed/websub"
)

func TestPingTellsAllTopics(t *testing.T) {
	var topics []string
	hub := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil || r.Method != http.MethodPost || r.PostForm.Get("hub.mode") != "publish" {
			t.Errorf("%s %v (%v)", r.Method, r.PostForm, err)
		}
		topics = append(topics, r.PostForm["hub.url"]...)
		w.WriteHeader(http.StatusNoContent)
	}))
	defer hub.Close()
	var want []string
	for i := range 120 {
		want = append(want, fmt.Sprintf("%s%d.xml?a=1&b", siteURL, i))
	}
	if err := websub.Ping(t.Context(), hub.Client(), hub.URL, want...); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(topics, want) {
		t.Errorf("told %q, want %q", topics, want)
	}
}

func TestPingTellsWhatTheHubSaid(t *testing.T) {
	tests := []struct{ body, want string }{
		{"", "answered 403 Forbidden"},
		{"no such topic\nand more\n", `answered 403 Forbidden: "no such topic"`},
		{"\xff", "answered 403 Forbidden"},
		{strings.Repeat("x", 1000), `answered 403 Forbidden: "` + strings.Repeat("x", 200) + `"`},
	}
	for _, tt := range tests {
		hub := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusForbidden)
			_, _ = io.WriteString(w, tt.body)
		}))
		err := websub.Ping(t.Context(), nil, hub.URL, topic)
		if want := fmt.Sprintf("ping hub %q: %s", hub.URL, tt.want); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", tt.body, err, want)
		}
		hub.Close()
	}
	if err := websub.Ping(t.Context(), nil, "http://a b/", topic); err == nil ||
		err.Error() != `ping hub "http://a b/": invalid character " " in host name` {
		t.Errorf("bad address: %v", err)
	}
}

// A round is a RoundTripper in one function.
type round func(*http.Request) (*http.Response, error)

func (f round) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestAwaitPublicWaitsForTheContent(t *testing.T) {
	answers := []struct {
		status int
		body   string
	}{{404, "new"}, {200, "old"}, {200, "new and more"}, {200, "new"}}
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		client := &http.Client{Transport: round(func(*http.Request) (*http.Response, error) {
			a := answers[asked]
			asked++
			return &http.Response{StatusCode: a.status, Status: fmt.Sprint(a.status), Body: io.NopCloser(strings.NewReader(a.body))}, nil
		})}
		begin := time.Now()
		if err := websub.AwaitPublic(t.Context(), client, topic, []byte("new")); err != nil {
			t.Error(err)
		}
		if d := time.Since(begin); asked != 4 || d != 7*time.Second {
			t.Errorf("asked %d times in %v, want 4 in 7 s", asked, d)
		}
	})
}

func TestAwaitPublicEndsWithTheContext(t *testing.T) {
	tests := []struct {
		answer round
		want   string
	}{
		{func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader("old"))}, nil
		}, "https://news.example.org/atom.xml: answers with other content\ncontext deadline exceeded"},
		{func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 502, Status: "502 Bad Gateway", Body: http.NoBody}, nil
		}, "https://news.example.org/atom.xml: answers 502 Bad Gateway\ncontext deadline exceeded"},
		{func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF },
			"https://news.example.org/atom.xml: unexpected EOF\ncontext deadline exceeded"},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
			defer cancel()
			err := websub.AwaitPublic(ctx, &http.Client{Transport: tt.answer}, topic, []byte("new"))
			if err == nil || err.Error() != tt.want {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
}
