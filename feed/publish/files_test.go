package publish_test

import (
	"strings"
	"testing"
	"time"
)

func TestNamedFilesArePublished(t *testing.T) {
	s := newSite(t)
	s.write("news/a.md", "---\ntitle: First light\ndate: 2026-03-01\n---\nA picture: ![pier](img/pier%20one.jpg) and [the plan](../plan.pdf).\n")
	s.write("news/img/pier one.jpg", "jpeg")
	s.write("plan.pdf", "pdf")
	s.write("secret.pdf", "not named by anybody")
	s.write("news/draft.md", "---\ntitle: Draft\ndate: 2026-03-01\ndraft: true\n---\n![x](img/hidden.jpg)\n")
	s.write("news/img/hidden.jpg", "hidden")
	s.run()
	out := s.out()
	if out["news/img/pier one.jpg"] != "jpeg" || out["plan.pdf"] != "pdf" {
		t.Error("a file that an entry names is not in out/")
	}
	if out["secret.pdf"] != "" || out["news/img/hidden.jpg"] != "" {
		t.Error("a file that no public entry names is in out/")
	}
	content := s.item("First light").Content
	for _, want := range []string{"https://news.example.org/news/img/pier%20one.jpg", "https://news.example.org/plan.pdf"} {
		if !strings.Contains(content, want) {
			t.Errorf("the content does not lead to %s: %s", want, content)
		}
	}
	if !strings.Contains(out["rss.xml"], `<media:content url="https://news.example.org/news/img/pier%20one.jpg"`) {
		t.Errorf("the picture does not stand for the entry in RSS:\n%s", out["rss.xml"])
	}
	if report := s.later(time.Hour); report.Written+report.Removed != 0 {
		t.Errorf("the second run: %s", report)
	}

	s.write("plan.pdf", "a new plan")
	s.later(time.Hour)
	if s.out()["plan.pdf"] != "a new plan" {
		t.Error("the file that changed was not copied again")
	}
	s.remove("out/plan.pdf")
	s.later(time.Hour)
	if s.out()["plan.pdf"] != "a new plan" {
		t.Error("the file that was deleted in out/ did not come back")
	}
	s.write("news/a.md", "---\ntitle: First light\ndate: 2026-03-01\n---\nA picture: ![pier](img/pier%20one.jpg).\n")
	s.remove("seeds/news/img/pier one.jpg")
	s.later(time.Hour)
	for name := range s.out() {
		if strings.HasSuffix(name, ".pdf") || strings.HasSuffix(name, ".jpg") {
			t.Errorf("%s stays", name)
		}
	}
}

// What feed.yaml names is published too: by its path, or by its address.
func TestPicturesOfSettings(t *testing.T) {
	s := newSite(t)
	s.story("news/a.md", "First light", "2026-03-01")
	s.write("feed.yaml", "icon: icon.png\nimage: https://news.example.org/name%20plate.png\n")
	s.write("news/feed.yaml", "image: img/news.png\n")
	s.write("icon.png", "icon")
	s.write("name plate.png", "name plate")
	s.write("news/img/news.png", "news")
	s.write("other.png", "not named by anybody")
	s.run()
	out := s.out()
	if out["icon.png"] != "icon" || out["name plate.png"] != "name plate" || out["news/img/news.png"] != "news" || out["other.png"] != "" {
		t.Error("the pictures that settings name, and no others, are not in out/")
	}
	for name, want := range map[string]string{
		"atom.xml":        "<logo>https://news.example.org/name%20plate.png</logo>",
		"feed.json":       `"icon": "https://news.example.org/icon.png"`,
		"news/rss.xml":    "<url>https://news.example.org/news/img/news.png</url>",
		"news/atom.xml":   "<icon>https://news.example.org/icon.png</icon>",
		"index.html":      `<link rel="icon" href="https://news.example.org/icon.png">`,
		"news/index.html": `<meta property="og:image" content="https://news.example.org/name%20plate.png">`,
	} {
		if !strings.Contains(out[name], want) {
			t.Errorf("%s does not have %s:\n%s", name, want, out[name])
		}
	}
	if report := s.later(time.Hour); report.Written+report.Removed != 0 {
		t.Errorf("the second run: %s", report)
	}
	s.write("icon.png", "a new icon")
	s.write("news/feed.yaml", "title: News\n")
	s.later(time.Hour)
	if out := s.out(); out["icon.png"] != "a new icon" || out["news/img/news.png"] != "" {
		t.Error("the icon that changed was not copied again, or the picture that is not named any more stays")
	}
}

func TestEnclosures(t *testing.T) {
	s := newSite(t)
	s.write("show.md", "---\ntitle: The show\ndate: 2026-03-01\n---\nListen to it. Then read [the notes](notes.pdf).\n")
	s.write("show.mp3", "twelve bytes")
	s.write("notes.pdf", "pdf")
	s.run()
	out := s.out()
	if !strings.Contains(out["rss.xml"], `<enclosure url="https://news.example.org/notes.pdf" length="3" type="application/pdf">`) &&
		!strings.Contains(out["rss.xml"], `<enclosure url="https://news.example.org/show.mp3" length="12" type="audio/mpeg">`) {
		t.Errorf("no enclosure in the RSS feed:\n%s", out["rss.xml"])
	}
	for _, want := range []string{"https://news.example.org/notes.pdf", "https://news.example.org/show.mp3"} {
		if !strings.Contains(out["atom.xml"], want) || !strings.Contains(out["feed.json"], want) {
			t.Errorf("%s is not in the Atom and JSON feeds", want)
		}
	}
	if out["show.mp3"] != "twelve bytes" || out["notes.pdf"] != "pdf" {
		t.Error("an enclosure is not in out/")
	}
}

// A page that is written again since its neighbour has changed keeps the files
// of its entry, also where the entry is in no feed any more.
func TestEnclosuresOfNeighbours(t *testing.T) {
	s := newSite(t)
	s.write("feed.yaml", "entries: 1\n")
	s.write("show.md", "---\ntitle: The show\ndate: 2026-03-01\n---\nListen to it.\n")
	s.write("show.mp3", "twelve bytes")
	s.story("b.md", "Second wind", "2026-03-04")
	s.run()
	s.story("c.md", "Third time", "2026-03-03")
	s.later(time.Hour)
	page := s.out()["entries/2026/03/the-show.html"]
	for _, want := range []string{"third-time.html", "show.mp3"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of the neighbour has no %s:\n%s", want, page)
		}
	}
}

// A link from document to document leads to the other's page, whenever that
// comes, moves or goes.
func TestLinksBetweenDocuments(t *testing.T) {
	s := newSite(t)
	s.write("news/a.md", "---\ntitle: First light\ndate: 2026-03-01\n---\nSee [the other one](../b.md#part).\n")
	s.run()
	const there = "https://news.example.org/entries/2026/03/second-wind.html#part"
	check := func(after string, linked bool) {
		t.Helper()
		i := s.item("First light")
		if got := strings.Contains(i.Content, there); got != linked {
			t.Errorf("after %s the feed has the link: %v, want %v", after, got, linked)
		}
		if got := strings.Contains(s.out()[i.page()], there); got != linked {
			t.Errorf("after %s the page has the link: %v, want %v", after, got, linked)
		}
	}
	check("the first run", false)
	s.story("b.md", "Second wind", "2026-03-02")
	s.later(time.Hour)
	check("the other came", true)
	before := s.item("First light")
	s.remove("seeds/b.md")
	s.later(time.Hour)
	check("the other went", false)
	if after := s.item("First light"); !after.Updated.Equal(before.Updated) {
		t.Errorf("a link that leads elsewhere moved updated to %s", after.Updated)
	}
}
