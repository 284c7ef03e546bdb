package main

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// The widths of a phone, a tablet and a desk, in pixels.
var widths = []int64{360, 768, 1280}

// schemes are settings of the browser: what a visitor prefers.
var schemes = map[string]string{"light": "preferredColorScheme=1", "dark": "preferredColorScheme=0"}

// TestAccessible opens pages of every kind, at each width, light and dark. None
// offends a rule of WCAG 2.2 AA that axe-core can check, scrolls sideways, asks
// another host for anything, or makes the browser complain.
func TestAccessible(t *testing.T) {
	program(t, "chromium", "chromium-browser", "google-chrome")
	axe := axeCore(t)
	f := newFolder(t)
	s := serveFolder(f, "--seeds", "../../seeds")
	pages := kindsOfPages(t, f)
	for scheme, setting := range schemes {
		t.Run(scheme, func(t *testing.T) {
			v := newVisitor(t, setting)
			for _, width := range widths {
				for _, page := range pages {
					v.visit(s.url+page, width)
					if dark := evaluate[bool](v, `matchMedia("(prefers-color-scheme: dark)").matches`); dark != (scheme == "dark") {
						t.Fatalf("the browser is not %s", scheme)
					}
					v.audit(axe)
					screenshot(v.browser, t, fmt.Sprintf("%s-%d-%s.png", scheme, width, cmp.Or(strings.ReplaceAll(strings.Trim(page, "/"), "/", "-"), "index")))
				}
			}
		})
	}
}

// TestHostilePages opens pages of documents that mean harm: no script of theirs
// runs, and no word is too long for a phone.
func TestHostilePages(t *testing.T) {
	program(t, "chromium", "chromium-browser", "google-chrome")
	f := newFolder(t)
	// Each title and each body once, and the folders that have pages.
	writeHostile(f, len(hostileTitles))
	s := serveFolder(f)
	v := newVisitor(t, schemes["light"])
	v.mayMiss = true
	entries := 0
	for name := range readTree(t, f.path("out")) {
		if strings.HasPrefix(name, "entries/") || name == "index.html" || strings.HasPrefix(name, "tags/") && filepath.Ext(name) == ".html" {
			entries++
			v.visit(s.url+name, widths[0])
		}
	}
	if entries < len(hostileTitles) {
		t.Errorf("only %d pages were opened", entries)
	}
}

// kindsOfPages returns a page of each kind, and an entry in each language.
func kindsOfPages(t *testing.T, f folder) []string {
	t.Helper()
	pages := []string{""}
	months, languages := "", map[string]string{}
	language := regexp.MustCompile(`<html lang="([a-z]+)`)
	for name, data := range readTree(t, f.path("out")) {
		switch {
		case strings.HasPrefix(name, "archive/") && filepath.Ext(name) == ".html":
			months = max(months, name)
		case strings.HasPrefix(name, "entries/"):
			m := language.FindStringSubmatch(data)
			if m == nil {
				t.Fatalf("%s names no language", name)
			}
			languages[m[1]] = max(languages[m[1]], name)
		}
	}
	for _, pattern := range []string{"news", "news/sport", "tags/*", "authors/*", "languages/ar", "languages/de"} {
		found, err := filepath.Glob(f.path("out/" + pattern + "/index.html"))
		if err != nil || len(found) == 0 {
			t.Fatalf("the sample site has no page %s: %v", pattern, err)
		}
		rel, err := filepath.Rel(f.path("out"), filepath.Dir(found[0]))
		f.must(err)
		pages = append(pages, filepath.ToSlash(rel)+"/")
	}
	for _, code := range []string{"ar", "de", "en"} {
		if languages[code] == "" {
			t.Fatalf("the sample site has no entry in the language %q", code)
		}
		pages = append(pages, languages[code])
	}
	return append(pages, months)
}

// A visitor opens pages, and hears what the browser says of them.
type visitor struct {
	t       *testing.T
	browser context.Context
	console func() (chromedp.ConsoleMessage, error, bool)
	page    string // and how it is looked at

	mayMiss bool // pictures that documents name and that are nowhere
}

func newVisitor(t *testing.T, setting string) *visitor {
	t.Helper()
	browser := startBrowser(t, chromedp.Flag("blink-settings", setting))
	next, stop := iter.Pull2(chromedp.Console(browser))
	t.Cleanup(stop)
	return &visitor{t: t, browser: browser, console: next}
}

func evaluate[T any](v *visitor, script string, options ...chromedp.EvaluateOption) T {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.browser, patienceOfTests)
	defer cancel()
	return do(ctx, v.t, chromedp.Evaluate[T](script, options...))
}

// tooWide lists elements that reach out of the window, where it scrolls sideways:
// the last ones, which are the innermost.
const tooWide = `document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
	[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth || e.getBoundingClientRect().left < 0)
	.slice(-3).map(e => e.outerHTML.slice(0, 200))`

// visit opens a page in a window of a width.
func (v *visitor) visit(url string, width int64) {
	v.t.Helper()
	v.page = fmt.Sprintf("%s at %d pixels", url, width)
	ctx, cancel := context.WithTimeout(v.browser, patienceOfTests)
	defer cancel()
	do(ctx, v.t, chromedp.EmulateViewport(width, 900))
	do(ctx, v.t, chromedp.Navigate(url))
	if heading := do(ctx, v.t, chromedp.Evaluate[int](`document.querySelectorAll("h1").length`)); heading != 1 && !v.mayMiss {
		v.t.Errorf("%s: the page has %d headings of the first level", v.page, heading)
	}
	if wide := do(ctx, v.t, chromedp.Evaluate[[]string](tooWide)); len(wide) > 0 {
		v.t.Errorf("%s: the page is wider than the window:%s", v.page, lines(wide))
	}
	foreign := do(ctx, v.t, chromedp.Evaluate[[]string](`performance.getEntriesByType("resource").map(r => r.name).filter(r => !r.startsWith(location.origin))`))
	if len(foreign) > 0 && !v.mayMiss {
		v.t.Errorf("%s: the page asks for%s", v.page, lines(foreign))
	}
	v.listen(ctx)
}

// listen fails the test for all that the browser complained of since the last
// page: scripts, what the Content-Security-Policy forbids, what is missing.
func (v *visitor) listen(ctx context.Context) {
	v.t.Helper()
	const end = "all is loaded"
	do(ctx, v.t, chromedp.Evaluate[chromedp.Void](`console.debug("`+end+`")`))
	for {
		message, err, ok := v.console()
		if err != nil || !ok {
			v.t.Fatalf("the console ended: %v", err)
		}
		switch {
		case message.Text == end:
			return
		case message.Source == "network" && (v.mayMiss || strings.HasSuffix(message.URL, "/favicon.ico")):
			// A browser asks for an icon where a page names none.
		default:
			v.t.Errorf("%s: the browser says: %s (%s %s)", v.page, message, message.Source, message.URL)
		}
	}
}

// audit lets axe-core look at the page that is open.
func (v *visitor) audit(axe string) {
	v.t.Helper()
	evaluate[chromedp.Void](v, axe+"; undefined")
	const audit = `axe.run({
			preload: false,
			resultTypes: ["violations"],
			runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
		}).then(found => [String(found.passes.length)].concat(found.violations.map(v => v.id + ": " + v.help + ": " + v.nodes.map(n => n.html).join(" "))))`
	found := evaluate[[]string](v, audit, chromedp.EvalAwaitPromise)
	if passes, err := strconv.Atoi(found[0]); err != nil || passes < 10 {
		v.t.Errorf("%s: axe-core checked only %s rules", v.page, found[0])
	}
	if len(found) > 1 {
		v.t.Errorf("%s: axe-core finds%s", v.page, lines(found[1:]))
	}
}

// axeCore returns the script of axe-core. It lies where the environment variable
// SEEDFEED_AXE says, or where .ci/run or npm puts it.
func axeCore(t *testing.T) string {
	t.Helper()
	places := []string{"/usr/lib/node_modules/axe-core/axe.min.js", "/usr/local/lib/node_modules/axe-core/axe.min.js", "/usr/share/nodejs/axe-core/axe.min.js"}
	if cache, err := os.UserCacheDir(); err == nil {
		kept, err := filepath.Glob(filepath.Join(cache, "seedfeed-ci", "axe-core-*", "node_modules", "axe-core", "axe.min.js"))
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(kept)
		slices.Reverse(kept) // the newest first
		places = slices.Concat(kept, places)
	}
	if name := os.Getenv("SEEDFEED_AXE"); name != "" {
		places = []string{name}
	}
	for _, name := range places {
		if data, err := os.ReadFile(name); err == nil {
			return string(data)
		}
	}
	missing(t, cmp.Or(os.Getenv("SEEDFEED_AXE"), "axe-core, which SEEDFEED_AXE can name,")+" is not on this machine")
	return ""
}
