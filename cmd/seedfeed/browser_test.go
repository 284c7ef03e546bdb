package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// newBrowser starts headless Chromium and returns a context for its tab.
func newBrowser(t *testing.T) context.Context {
	t.Helper()
	options := append([]chromedp.ExecAllocatorOption{}, chromedp.DefaultExecAllocatorOptions[:]...)
	options = append(options,
		chromedp.ExecPath(program(t, "chromium", "chromium-browser", "google-chrome")),
		chromedp.NoSandbox, // CI runs as root
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.UserDataDir(t.TempDir()),
	)
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(allocator)
	t.Cleanup(end)
	ctx, cancel := context.WithTimeout(ctx, 2*patienceOfTests)
	t.Cleanup(cancel)
	return ctx
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
			var entries, feeds, alternates int
			var heading, article, target string
			err := chromedp.Run(browser,
				chromedp.EmulateViewport(screen.width, screen.height),
				chromedp.Navigate(s.url),
				chromedp.Text("h1", &heading),
				chromedp.Evaluate(`document.querySelectorAll("main a[href*='/entries/']").length`, &entries),
				chromedp.Evaluate(`document.querySelectorAll("a[href$='.xml'], a[href$='.json']").length`, &feeds),
				chromedp.Evaluate(`document.querySelectorAll("head link[rel=alternate]").length`, &alternates),
			)
			if err != nil {
				t.Fatal(err)
			}
			if heading == "" || entries < 8 || feeds < 3 || alternates < 3 {
				t.Errorf("heading %q, %d entries, %d links to feeds, %d feeds to discover", heading, entries, feeds, alternates)
			}
			fits(t, browser)
			screenshot(t, browser, screen.name+"-index.png")
			err = chromedp.Run(browser,
				chromedp.Click("main a[href*='/entries/']"),
				chromedp.WaitVisible("article h1"),
				chromedp.Text("article", &article),
				chromedp.Location(&target),
			)
			if err != nil {
				t.Fatal(err)
			}
			if len(article) < 200 || !strings.Contains(target, "/entries/") {
				t.Errorf("the page %s holds only %q", target, article)
			}
			fits(t, browser)
			screenshot(t, browser, screen.name+"-entry.png")
		})
	}
}

// fits fails the test if the page is wider than the window.
func fits(t *testing.T, browser context.Context) {
	t.Helper()
	var over int
	if err := chromedp.Run(browser, chromedp.Evaluate(`document.documentElement.scrollWidth - window.innerWidth`, &over)); err != nil {
		t.Fatal(err)
	}
	if over > 0 {
		t.Errorf("the page is %d pixels wider than the window", over)
	}
}

// screenshot keeps a picture of the page in the folder that the environment
// variable SEEDFEED_SCREENSHOTS names.
func screenshot(t *testing.T, browser context.Context, name string) {
	t.Helper()
	dir := os.Getenv("SEEDFEED_SCREENSHOTS")
	if dir == "" {
		return
	}
	var png []byte
	if err := chromedp.Run(browser, chromedp.FullScreenshot(&png, 90)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), png, 0o644); err != nil {
		t.Fatal(err)
	}
}
