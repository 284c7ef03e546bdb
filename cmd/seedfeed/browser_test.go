package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// newBrowser starts headless Chromium and returns a context for its tab, which
// ends after a while.
func newBrowser(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(startBrowser(t), 2*patienceOfTests)
	t.Cleanup(cancel)
	return ctx
}

// startBrowser starts headless Chromium, which finds no host but this one, and
// returns a context for its tab.
func startBrowser(t *testing.T, more ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	options := append([]chromedp.ExecAllocatorOption{}, chromedp.DefaultExecAllocatorOptions[:]...)
	options = append(options,
		chromedp.ExecPath(program(t, "chromium", "chromium-browser", "google-chrome")),
		chromedp.NoSandbox, // CI runs as root
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.WSURLReadTimeout(patienceOfTests),
		chromedp.UserDataDir(t.TempDir()),
	)
	allocator, stop := chromedp.NewExecAllocator(t.Context(), append(options, more...)...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(allocator)
	t.Cleanup(end)
	return ctx
}

// do does something in the browser, which must succeed.
func do[T any](browser context.Context, t *testing.T, action chromedp.Action[T]) T {
	t.Helper()
	result, err := chromedp.Run(browser, action)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// countOf returns how many elements of the page a selector fits.
func countOf(browser context.Context, t *testing.T, selector string) int {
	t.Helper()
	return do(browser, t, chromedp.Evaluate[int]("document.querySelectorAll(`"+selector+"`).length"))
}

// TestPagesInBrowser opens the sample site as a visitor does, at the width of a
// desk and of a phone: no page scrolls sideways, and no script is needed.
func TestPagesInBrowser(t *testing.T) {
	browser := newBrowser(t)
	f := newFolder(t)
	s := serveFolder(f, "--seeds", "../../seeds")
	for _, screen := range []struct {
		name          string
		width, height int64
	}{{"desktop", 1280, 900}, {"phone", 390, 844}} {
		t.Run(screen.name, func(t *testing.T) {
			do(browser, t, chromedp.EmulateViewport(screen.width, screen.height))
			do(browser, t, chromedp.Navigate(s.url))
			if heading := do(browser, t, chromedp.Text("h1")); heading == "" {
				t.Error("the index has no heading")
			}
			for selector, least := range map[string]int{
				"main a[href*='entries/']":                      8,
				"a[href$='rss.xml']":                            1,
				"a[href$='atom.xml']":                           1,
				"a[href$='feed.json']":                          1,
				"head link[rel=alternate][type*='application']": 3,
			} {
				if n := countOf(browser, t, selector); n < least {
					t.Errorf("the index has %d of %s, want at least %d", n, selector, least)
				}
			}
			fits(browser, t)
			screenshot(browser, t, screen.name+"-index.png")

			do(browser, t, chromedp.Click("main a[href*='entries/']"))
			do(browser, t, chromedp.WaitVisible("article h1"))
			article, target := do(browser, t, chromedp.Text("article")), do(browser, t, chromedp.Location())
			if len(article) < 200 || !strings.Contains(target, "/entries/") {
				t.Errorf("the page %s holds only %q", target, article)
			}
			fits(browser, t)
			screenshot(browser, t, screen.name+"-entry.png")
		})
	}
}

// A visitor who opens a feed is shown its page, and one of a story that was
// withdrawn is told so.
func TestFeedInBrowser(t *testing.T) {
	browser := newBrowser(t)
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	f.write("news/two.md", story("Second wind", "2026-03-02", "The wind blows."))
	s := serveFolder(f)
	for path, page := range map[string]string{"rss.xml": "", "atom.xml": "", "feed.json": "", "news/rss.xml": "news/"} {
		do(browser, t, chromedp.Navigate(s.url+path))
		if got := do(browser, t, chromedp.Location()); got != s.url+page {
			t.Errorf("%s is shown as %s", path, got)
		}
	}
	f.remove("one.md")
	s.published()
	do(browser, t, chromedp.Navigate(s.url+"entries/2026/03/first-light.html"))
	if got := do(browser, t, chromedp.Text("article h1")); got != "This entry was withdrawn" {
		t.Errorf("the page of a story that was withdrawn is headed %q", got)
	}
	fits(browser, t)
	screenshot(browser, t, "withdrawn.png")
	do(browser, t, chromedp.Click(".nameplate a"))
	do(browser, t, chromedp.WaitVisible("main.index"))
	if got := do(browser, t, chromedp.Location()); got != s.url {
		t.Errorf("it leads to %s", got)
	}
}

// fits fails the test if the page is wider than the window.
func fits(browser context.Context, t *testing.T) {
	t.Helper()
	over := do(browser, t, chromedp.Evaluate[int](`document.documentElement.scrollWidth - window.innerWidth`))
	if over > 0 {
		t.Errorf("the page is %d pixels wider than the window", over)
	}
}

// screenshot keeps a picture of the page in the folder that the environment
// variable SEEDFEED_SCREENSHOTS names.
func screenshot(browser context.Context, t *testing.T, name string) {
	t.Helper()
	dir := os.Getenv("SEEDFEED_SCREENSHOTS")
	if dir == "" {
		return
	}
	png := do(browser, t, chromedp.FullScreenshot(100))
	if err := os.WriteFile(filepath.Join(dir, name), png, 0o644); err != nil {
		t.Fatal(err)
	}
}
