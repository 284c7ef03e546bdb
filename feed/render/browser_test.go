package render_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"seedfeed/feed/internal/needs"
	"seedfeed/feed/render"
)

// policy forbids a page everything but a style sheet and pictures.
const policy = "default-src 'none'; style-src 'self'; img-src 'self' https: data:; report-uri /violation"

// A layout is what the browser made of a page.
type layout struct {
	Paper    string // the colour behind the text
	Overflow int    // pixels that are wider than the window
	Sheets   int    // style sheets that were loaded
}

// A browser shows pages at each width, light and dark, without a
// complaint of the policy, and nothing has to be scrolled sideways.
func TestBrowser(t *testing.T) {
	server := siteServer(t)
	for _, scheme := range []struct{ name, setting, paper string }{
		{"light", "preferredColorScheme=1", "rgb(253, 252, 249)"},
		{"dark", "preferredColorScheme=0", "rgb(23, 22, 20)"},
	} {
		ctx := browser(t, scheme.setting)
		for _, width := range []int64{360, 768, 1280} {
			for _, name := range []string{"index.html", "entries/2026/02/tide-tables.html", "entries/2026/02/manara.html", "entries/2026/02/lost-buoy.html", "tags/r-d/index.html", "archive/2026-02.html", "nasty/index.html"} {
				do(ctx, t, chromedp.EmulateViewport(width, 900))
				do(ctx, t, chromedp.Navigate(server.URL+"/"+name))
				page := do(ctx, t, chromedp.Evaluate[layout](`({
					Paper: getComputedStyle(document.body).backgroundColor,
					Overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
					Sheets: document.styleSheets.length,
				})`))
				if page.Paper != scheme.paper || page.Overflow > 0 || page.Sheets != 1 {
					t.Errorf("%s, %s, %d pixels wide: %+v", name, scheme.name, width, page)
				}
			}
		}
	}
}

// The pages offend no rule of WCAG 2.2, levels A and AA, that a program can
// check. The program is axe-core; SEEDFEED_AXE names its file axe.min.js.
func TestAccessible(t *testing.T) {
	name := os.Getenv("SEEDFEED_AXE")
	if name == "" {
		needs.Missing(t, "SEEDFEED_AXE does not name axe.min.js")
	}
	axe, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	server := siteServer(t)
	for scheme, setting := range map[string]string{"light": "preferredColorScheme=1", "dark": "preferredColorScheme=0"} {
		ctx := browser(t, setting)
		for _, width := range []int64{360, 1280} {
			do(ctx, t, chromedp.EmulateViewport(width, 900))
			for page := range pages(t) {
				do(ctx, t, chromedp.Navigate(server.URL+"/"+page))
				do(ctx, t, chromedp.Evaluate[int](string(axe)+"; 1"))
				faults := do(ctx, t, chromedp.Evaluate[string](`axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
					.then(found => found.violations.map(v => v.id + ": " + v.nodes.map(n => n.html).join(" ")).join("; "))`, chromedp.EvalAwaitPromise))
				if faults != "" {
					t.Errorf("%s, %s, %d pixels wide: %s", page, scheme, width, faults)
				}
			}
		}
	}
}

// The first stop of the keyboard is the link over all navigation, and it shows.
func TestKeyboard(t *testing.T) {
	server := siteServer(t)
	ctx := browser(t, "preferredColorScheme=1")
	do(ctx, t, chromedp.Navigate(server.URL+"/index.html"))
	do(ctx, t, chromedp.KeyEvent("\t"))
	text := do(ctx, t, chromedp.Evaluate[string](`document.activeElement.textContent`))
	width := do(ctx, t, chromedp.Evaluate[float64](`document.activeElement.getBoundingClientRect().width`))
	outline := do(ctx, t, chromedp.Evaluate[string](`getComputedStyle(document.activeElement).outlineStyle`))
	if text != "Skip to content" || width < 50 || outline != "solid" {
		t.Errorf("focus is on %q, %v pixels wide, with outline %q", text, width, outline)
	}
}

// do does something in the browser, which has to succeed.
func do[T any](ctx context.Context, t *testing.T, action chromedp.Action[T]) T {
	t.Helper()
	result, err := chromedp.Run(ctx, action)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// siteServer serves the sample site under the policy, and fails the test when
// the browser reports that a page offends it.
func siteServer(t *testing.T) *httptest.Server {
	t.Helper()
	files := pages(t)
	files["style.css"] = render.Style()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "violation" {
			report, err := io.ReadAll(r.Body)
			t.Errorf("violation: %s (%v)", report, err)
			return
		}
		if strings.HasSuffix(name, "/style.css") { // each of the sample sites has it
			name = "style.css"
		}
		w.Header().Set("Content-Security-Policy", policy)
		http.ServeContent(w, r, name, time.Time{}, strings.NewReader(string(files[name])))
	}))
	t.Cleanup(server.Close)
	return server
}

// browser starts Chromium.
func browser(t *testing.T, blink string) context.Context {
	t.Helper()
	path := needs.Program(t, "chromium")
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("blink-settings", blink),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"), // nothing from outside
		chromedp.WSURLReadTimeout(time.Minute),
	)
	allocator, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	return ctx
}
