package extract

import (
	"net/url"
	"testing"
)

func TestResolve(t *testing.T) {
	tests := []struct{ site, doc, ref, want string }{
		{"https://lamp.example/", "a.md", "b.png", "https://lamp.example/b.png"},
		{"https://lamp.example/", "news/a.md", "b.png", "https://lamp.example/news/b.png"},
		{"https://lamp.example/site/", "news/a.md", "../b.png", "https://lamp.example/site/b.png"},
		{"https://lamp.example/site/", "news/a.md", "/b.png", "https://lamp.example/b.png"},
		{"https://lamp.example", "a.md", "b.png", "https://lamp.example/b.png"},
		{"https://lamp.example/site", "a.md", "b.png", "https://lamp.example/b.png"},
		{"https://lamp.example/?q=1#f", "a.md", "b.png", "https://lamp.example/b.png"},
		{"https://lamp.example/", "50% off/what?/#1/a.md", "b.png", "https://lamp.example/50%25%20off/what%3F/%231/b.png"},
		{"https://lamp.example/", "日本/a.md", "b.png", "https://lamp.example/%E6%97%A5%E6%9C%AC/b.png"},
		{"https://lamp.example/", "a.md", "?page=2", "https://lamp.example/?page=2"},
		{"https://lamp.example/", "a.md", "b.png?x=[1]", "https://lamp.example/b.png?x=[1]"},
		{"https://lamp.example/", "a.md", "http://other.example", "http://other.example"},
		{"https://lamp.example/", "a.md", "HTTP://Other.example/A", "http://Other.example/A"},
		{"https://lamp.example/", "a.md", "https://user@other.example:8080/a;b,c", "https://user@other.example:8080/a;b,c"},
		{"https://lamp.example/", "a.md", "tel:+994 12 123", "tel:+994%2012%20123"},
		{"https://lamp.example/", "a.md", "#top", ""},
		{"https://lamp.example/", "a.md", "", ""},
		{"https://lamp.example/", "a.md", "javascript:alert(1)", ""},
		{"https://lamp.example/", "a.md", "file:///etc/passwd", ""},
		{"https://lamp.example/", "a.md", "http:///nohost", ""},
		{"https://lamp.example/", "a.md", "http://[::1", ""},
		{"https://lamp.example/", "a.md", "http://a b.example/", ""},
		{"", "a.md", "b.png", ""},
		{"", "a.md", "//cdn.example/b.png", "https://cdn.example/b.png"},
		{"http://lamp.example/", "a.md", "//cdn.example/b.png", "http://cdn.example/b.png"},
	}
	for _, tt := range tests {
		site, err := url.Parse(tt.site)
		if err != nil {
			t.Fatal(err)
		}
		r := newResolver(site, tt.doc)
		got, ok := r.resolve(tt.ref)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("%q in %s below %s = %q, %v, want %q", tt.ref, tt.doc, tt.site, got, ok, tt.want)
		}
		if again, _ := r.resolve(got); again != got {
			t.Errorf("resolving %q again = %q", got, again)
		}
	}
}

func TestResolveSet(t *testing.T) {
	site := &url.URL{Scheme: "https", Host: "lamp.example", Path: "/"}
	r := newResolver(site, "a.html")
	tests := []struct{ in, want string }{
		{"", ""},
		{"a.png", "https://lamp.example/a.png"},
		{" a.png 1x,\n b.png  2x ,", "https://lamp.example/a.png 1x, https://lamp.example/b.png 2x"},
		{"a.png,b.png 2x", "https://lamp.example/a.png%2Cb.png 2x"},
		{"a.png, b.png", "https://lamp.example/a.png, https://lamp.example/b.png"},
		{"a.png 640w, data:image/gif;base64,AAAA 1x", ""},
	}
	for _, tt := range tests {
		got := r.resolveSet(tt.in)
		if got != tt.want {
			t.Errorf("resolveSet(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if again := r.resolveSet(got); again != got {
			t.Errorf("resolving %q again = %q", got, again)
		}
	}
}
