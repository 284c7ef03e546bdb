package extract_test

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"seedfeed/feed"
	"seedfeed/feed/extract"
)

func TestImage(t *testing.T) {
	base, err := url.Parse("https://news.example.org/")
	if err != nil {
		t.Fatal(err)
	}
	x := extract.New(extract.Options{Base: base})
	tests := []struct {
		name, path, doc string
		want            *feed.Image
	}{
		{"none", "a.md", "# Title\n\nText.\n", nil},
		{"the first of the text", "news/a.md", "# Title\n\nText. ![The pier](pier.jpg) ![Another](b.jpg)\n", &feed.Image{URL: "https://news.example.org/news/pier.jpg", Alt: "The pier"}},
		{"stated in front matter", "news/a.md", "---\ntitle: Title\nimage: img/cover.png\n---\nText. ![The pier](pier.jpg)\n", &feed.Image{URL: "https://news.example.org/news/img/cover.png"}},
		{"stated, and shown with its size", "a.md", "---\ntitle: Title\ncover: pier.jpg\n---\nText. <img src=\"pier.jpg\" width=\"640\" height=\"480\" alt=\"The pier\">\n", &feed.Image{URL: "https://news.example.org/pier.jpg", Width: 640, Height: 480, Alt: "The pier"}},
		{"a sign is no picture", "a.md", "# Title\n\nText. <img src=\"sign.png\" width=\"16\" height=\"16\"> ![The pier](pier.jpg)\n", &feed.Image{URL: "https://news.example.org/pier.jpg", Alt: "The pier"}},
		{"of a page's metadata", "a.html", `<html><head><title>Title</title><meta property="og:image" content="https://cdn.example.org/og.jpg"></head><body><article><h1>Title</h1><p>Text of it, which is long enough to be the article of the page.</p></article></body></html>`, &feed.Image{URL: "https://cdn.example.org/og.jpg"}},
	}
	for _, tt := range tests {
		entry, err := x.Extract(feed.Document{Path: tt.path, Data: []byte(tt.doc)})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if diff := cmp.Diff(tt.want, entry.Image); diff != "" {
			t.Errorf("%s: image (-want +got):\n%s", tt.name, diff)
		}
	}
}
