package serve_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"seedfeed/feed/serve"
)

func TestMaxAge(t *testing.T) {
	tests := []struct {
		age  time.Duration
		want string
	}{
		{0, "public, max-age=300"},
		{90 * time.Second, "public, max-age=90"},
		{-1, "no-cache"},
	}
	for _, tt := range tests {
		s := newSite(t, serve.Options{MaxAge: tt.age})
		s.put("rss.xml", "x", old)
		s.put("a.png", "x", old)
		for _, path := range []string{"/rss.xml", "/a.png"} {
			if got := s.get(path).Header.Get("Cache-Control"); got != tt.want {
				t.Errorf("MaxAge %v: Cache-Control of %s = %q, want %q", tt.age, path, got, tt.want)
			}
		}
	}
}

// A response is fresh until the news: the next run within bounds, and never
// beyond what is due.
func TestFreshUntilTheNews(t *testing.T) {
	const never = time.Duration(-1 << 62)
	tests := []struct {
		name      string
		next, due time.Duration // from now; never means that there is none
		maxAge    time.Duration
		want      int // seconds; 0 means that readers always ask
	}{
		{"the next run", 7 * time.Minute, never, 0, 420},
		{"up to a whole second", 7*time.Minute + time.Millisecond, never, 0, 421},
		{"no less than a minute", 5 * time.Second, never, 0, 60},
		{"a run in progress", 0, never, 0, 60},
		{"a run that is late", -time.Minute, never, 0, 60},
		{"no more than an hour", 24 * time.Hour, never, 0, 3600},
		{"nothing planned", never, never, 0, 300},
		{"nothing planned, other default", never, never, 90 * time.Second, 90},
		{"due before the run", 7 * time.Minute, 3 * time.Minute, 0, 180},
		{"due within the minute", 7 * time.Minute, 20 * time.Second, 0, 20},
		{"due within a second", 7 * time.Minute, time.Millisecond, 0, 1},
		{"due after the run", 7 * time.Minute, 30 * time.Minute, 0, 420},
		{"due, nothing planned", never, time.Minute, 0, 60},
		{"due after the default", never, time.Hour, 0, 300},
		{"due, and being seen to", 7 * time.Minute, -time.Second, 0, 420},
		{"always ask", 7 * time.Minute, 3 * time.Minute, -1, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				at := func(d time.Duration) func() time.Time {
					if d == never {
						return func() time.Time { return time.Time{} }
					}
					return func() time.Time { return start.Add(d) }
				}
				s := newSite(t, serve.Options{Next: at(tt.next), Due: at(tt.due), MaxAge: tt.maxAge})
				s.put("rss.xml", "x", start.Add(-time.Hour))
				s.put("sport/index.html", "x", start.Add(-time.Hour))
				s.put("a.png", "x", start.Add(-time.Hour))
				control, expires := "no-cache", ""
				if tt.want > 0 {
					control = "public, max-age=" + strconv.Itoa(tt.want)
					expires = start.Add(time.Duration(tt.want) * time.Second).UTC().Format(http.TimeFormat)
				}
				check := func(what string, r *http.Response, status int) {
					t.Helper()
					if r.StatusCode != status || r.Header.Get("Cache-Control") != control || r.Header.Get("Expires") != expires {
						t.Errorf("%s: %d, Cache-Control %q, Expires %q; want %d, %q, %q", what,
							r.StatusCode, r.Header.Get("Cache-Control"), r.Header.Get("Expires"), status, control, expires)
					}
				}
				feed := s.get("/rss.xml")
				check("feed", feed, 200)
				check("304", s.get("/rss.xml", "If-None-Match", feed.Header.Get("ETag")), 304)
				check("picture", s.get("/a.png"), 200)
				check("redirect", s.get("/sport"), 301)
			})
		})
	}
}

// The time runs down from response to response.
func TestFreshnessRunsDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		next := time.Now().Add(5 * time.Minute)
		expires := next.UTC().Format(http.TimeFormat)
		s := newSite(t, serve.Options{Next: func() time.Time { return next }})
		s.put("rss.xml", "x", time.Now().Add(-time.Hour))
		for _, want := range []string{"300", "240", "180", "120", "60"} {
			head := s.get("/rss.xml").Header
			if head.Get("Cache-Control") != "public, max-age="+want || head.Get("Expires") != expires {
				t.Errorf("Cache-Control %q, Expires %q; want max-age %s, %s", head.Get("Cache-Control"), head.Get("Expires"), want, expires)
			}
			time.Sleep(time.Minute)
		}
		next = next.Add(5 * time.Minute)
		if got := s.get("/rss.xml").Header.Get("Cache-Control"); got != "public, max-age=300" {
			t.Errorf("after the run Cache-Control %q", got)
		}
	})
}

// Who comes back when a header says so never comes just before the news.
func TestFreshnessIsNotCutShort(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		next := time.Now().Add(2*time.Minute + 200*time.Millisecond)
		s := newSite(t, serve.Options{Next: func() time.Time { return next }})
		s.put("rss.xml", "x", time.Now().Add(-time.Hour))
		for range 20 {
			head := s.get("/rss.xml").Header
			expires, err := http.ParseTime(head.Get("Expires"))
			if err != nil {
				t.Fatal(err)
			}
			seconds, err := strconv.Atoi(strings.TrimPrefix(head.Get("Cache-Control"), "public, max-age="))
			if err != nil {
				t.Fatal(err)
			}
			for _, back := range []time.Time{expires, time.Now().Add(time.Duration(seconds) * time.Second)} {
				if late := back.Sub(next); late < 0 || late >= time.Second {
					t.Errorf("asked %v before the news: told to come back %v after it", time.Until(next), late)
				}
			}
			time.Sleep(170 * time.Millisecond)
		}
	})
}
