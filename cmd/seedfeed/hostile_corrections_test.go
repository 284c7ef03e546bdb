package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"strings"
	"testing"

	"seedfeed/feed/serve"
)

// TestHostileCorrections edits, withdraws and deletes documents that mean harm:
// what subscribers are told of it is as harmless as what it is about.
func TestHostileCorrections(t *testing.T) {
	f := newFolder(t)
	n := len(hostileTitles)
	writeHostile(f, n)
	f.write("last.md", story("First light", "2026-03-01", "The lamp is lit."))
	do := func(args ...string) {
		t.Helper()
		var stdout, stderr strings.Builder
		if status := run(t.Context(), f.args(args[0], append([]string{"--settle", "0s", "--brake=-1", "--base-url", hostileBase}, args[1:]...)...), &stdout, &stderr); status != 0 {
			t.Fatalf("%v: status %d: %s", args, status, &stderr)
		}
	}
	do("build")
	edited, deleted, withdrawn := 0, 0, 0
	for i := range n {
		name, text := hostileDocument(i)
		switch i % 8 {
		case 1, 3, 4, 5, 7: // the title and the end of another one
			_, other := hostileDocument(i + 5*4)
			title := pick(hostileTitles, i+1)
			f.write(name, text+"\n\n"+title+"\n\n"+other[len(other)/2:])
			edited++
		case 2:
			f.remove(name)
			deleted++
		case 6:
			do("withdraw", "--reason", pick(hostileTitles, i+3)+" "+pick(hostileBodies, i), name)
			withdrawn++
		}
	}
	// What a document says that it corrects stands in its page and in the feeds of
	// corrections, and is as hostile.
	var said []string
	for i := range hostileTitles {
		said = append(said, pick(hostileTitles, i)+" "+pick(hostileBodies, i))
	}
	correction, err := json.Marshal(said)
	f.must(err)
	f.write("last.md", strings.Replace(story("First light", "2026-03-01", "The lamp is out."), "---\n", "---\ncorrection: "+string(correction)+"\n", 1))
	do("build")
	files := readTree(t, f.path("out"))
	told := 0
	for name, data := range files {
		switch path.Ext(name) {
		case ".html":
			inactive(t, name, data)
		case ".xml", ".opml":
			strict(t, name, data)
		case ".json":
			if !json.Valid([]byte(data)) {
				t.Errorf("%q is not JSON", name)
			}
		}
		if at := strings.IndexFunc(data, forbidden); at >= 0 {
			t.Errorf("%q has a character that no text may have: %q", name, excerpt(data, at))
		}
		if strings.HasPrefix(name, "corrections/") {
			told++
		}
	}
	if told < 4 || edited == 0 || deleted == 0 || withdrawn == 0 {
		t.Fatalf("%d files of corrections about %d edits, %d deletions, %d withdrawals: nothing is shown", told, edited, deleted, withdrawn)
	}
	var feed struct {
		Items []struct {
			Title, Content string
			HTML           string `json:"content_html"`
		}
	}
	f.must(json.Unmarshal([]byte(files["corrections/feed.json"]), &feed))
	if len(feed.Items) < deleted+withdrawn {
		t.Errorf("%d corrections of %d deletions and %d withdrawals", len(feed.Items), deleted, withdrawn)
	}
	for i, item := range feed.Items {
		inactive(t, fmt.Sprintf("correction %d, %s", i, item.Title), item.HTML)
	}
	checkFate(t, f)
}

// checkFate asks for the page of a withdrawn entry, which says why in its own words.
func checkFate(t *testing.T, f folder) {
	t.Helper()
	out, err := os.OpenRoot(f.path("out"))
	f.must(err)
	defer func() { f.must(out.Close()) }()
	fate := serve.Fate{Gone: true, Title: `</title><script>alert(1)</script>`, Reason: `"><img src=x onerror=alert(2)>`}
	handler := serve.New(out, serve.Options{Fate: func(context.Context, string) (serve.Fate, error) { return fate, nil }})
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/entries/2023/01/none.html", nil))
	if w.Code != http.StatusGone {
		t.Errorf("status %d", w.Code)
	}
	inactive(t, "the page of what is gone", w.Body.String())
}
