package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"seedfeed/feed/serve"
)

// A lookout shows the pages of a folder and hears what they do: what the rules
// of their server would stop is reported to it, and so is what runs.
type lookout struct {
	*httptest.Server
	mu       sync.Mutex
	reported []string
}

// lookoutRules allow what the pages are to have, as the server's own rules do,
// and report the rest.
const lookoutRules = "default-src 'none'; style-src 'self'; img-src https: http: data:; media-src https: http:; connect-src 'none'; base-uri 'none'; form-action 'none'; report-uri /csp-report"

func newLookout(t *testing.T, out *os.Root, rules string) *lookout {
	t.Helper()
	l := new(lookout)
	pages := serve.New(out, serve.Options{})
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/csp-report" {
			report, err := io.ReadAll(io.LimitReader(r.Body, 1<<16))
			if err != nil {
				t.Error(err)
			}
			l.mu.Lock()
			defer l.mu.Unlock()
			l.reported = append(l.reported, string(report))
			return
		}
		pages.ServeHTTP(ruled{w, rules}, r)
	}))
	t.Cleanup(l.Close)
	return l
}

// ruled sends other rules for pages than those of the server.
type ruled struct {
	http.ResponseWriter
	rules string
}

// WriteHeader implements [http.ResponseWriter].
func (w ruled) WriteHeader(status int) {
	if w.rules != "" {
		w.Header().Set("Content-Security-Policy", w.rules)
	} else {
		w.Header().Del("Content-Security-Policy")
	}
	w.ResponseWriter.WriteHeader(status)
}

func (l *lookout) reports() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.reported
}

// active tells where the browser is, and how many elements do something.
const active = `location.href + ' ' + ((window.alarmed ? 1 : 0) + [...document.querySelectorAll('*')].filter(e =>
	e.tagName == 'SCRIPT' && e.type != 'application/ld+json' || /^(IFRAME|OBJECT|EMBED|FORM|BASE)$/.test(e.tagName) ||
	[...e.attributes].some(a => /^on/i.test(a.name) || /^\s*(java|vb)script:/i.test(a.value) && /^(href|src|action|xlink:href)$/.test(a.name))).length)`

// TestHostilePagesInBrowser opens pages of documents that mean harm, once under
// strict rules whose breach is reported, and once without any: nothing is
// reported, nothing runs, nothing leads away.
func TestHostilePagesInBrowser(t *testing.T) {
	browser, cancel := context.WithTimeout(startBrowser(t), 10*patienceOfTests)
	defer cancel()
	f := newFolder(t)
	documents := 12
	if os.Getenv("SEEDFEED_FAULTS") != "" {
		documents = 68 // each title, and each body in each format
	}
	writeHostile(f, documents)
	for i, text := range mutations {
		f.write(fmt.Sprintf("mutation-%d.html", i), "<!doctype html><title>Mutation "+fmt.Sprint(i)+"</title><meta name=date content=2023-02-03><body><article><h1>Mutation</h1><p>Before it.</p>"+text+"<p>After it.</p></article>")
		f.write(fmt.Sprintf("mutation-%d.md", i), "---\ntitle: |-\n  "+strings.ReplaceAll(text, "\n", " ")+"\ndate: 2023-02-03\n---\nBefore it.\n\n"+text+"\n\nAfter it.\n")
	}
	var stderr strings.Builder
	if status := run(t.Context(), f.args("build", "--settle", "0s", "--base-url", hostileBase), io.Discard, &stderr); status != 0 {
		t.Fatalf("status %d: %s", status, &stderr)
	}
	out, err := os.OpenRoot(f.path("out"))
	f.must(err)
	defer func() { f.must(out.Close()) }()
	strictly, freely := newLookout(t, out, lookoutRules), newLookout(t, out, "")

	// The lookout hears: a page that breaks the rules is reported, and one that
	// runs a script is seen.
	f.must(os.WriteFile(f.path("out/bait.html"), []byte("<!doctype html><script>window.alarmed=1</script>"), 0o644))
	do(browser, t, chromedp.Navigate(freely.URL+"/bait.html"))
	if !do(browser, t, chromedp.Evaluate[bool]("window.alarmed === 1")) {
		t.Fatal("a script that runs is not seen")
	}
	do(browser, t, chromedp.Navigate(strictly.URL+"/bait.html"))
	do(browser, t, chromedp.Navigate(strictly.URL+"/")) // the report is sent before
	if len(strictly.reports()) == 0 {
		t.Fatal("a breach of the rules is not reported")
	}
	strictly.reported = nil
	f.must(os.Remove(f.path("out/bait.html")))

	opened := 0
	for name := range readTree(t, f.path("out")) {
		if name != "index.html" && !strings.HasPrefix(name, "entries/") {
			continue
		}
		opened++
		for _, l := range []*lookout{strictly, freely} {
			page := l.URL + (&url.URL{Path: "/" + filepath.ToSlash(name)}).EscapedPath()
			do(browser, t, chromedp.Navigate(page))
			if said := do(browser, t, chromedp.Evaluate[string](active)); said != page+" 0" && said != strings.TrimSuffix(page, "index.html")+" 0" {
				t.Errorf("%q: the browser is at, and finds elements that do something: %s", page, said)
			}
		}
	}
	t.Logf("%d pages", opened)
	if reports := strictly.reports(); len(reports) > 0 {
		t.Errorf("%d breaches of the rules, as%s", len(reports), lines(reports[:min(3, len(reports))]))
	}
}

// mutations are texts that one parser reads as harmless and the next one not.
var mutations = []string{
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.alarmed=1&gt;">`,
	`<svg></p><style><a id="</style><img src=1 onerror=window.alarmed=1>">`,
	`<noscript><p title="</noscript><img src=x onerror=window.alarmed=1>">`,
	`<form><math><mtext></form><form><mglyph><style></math><img src onerror=window.alarmed=1>`,
	`<svg><annotation-xml encoding="text/html"><style></svg><img src=x onerror=window.alarmed=1></style></annotation-xml></svg>`,
	`<math><annotation-xml encoding="text/html"><xmp>&lt;/xmp&gt;&lt;img src=x onerror=window.alarmed=1&gt;</xmp>`,
	`<select><template><style><!--</style><a rel="--></style></template></select><img id=x src onerror=window.alarmed=1>">`,
	`<a href="javascript&colon;window.alarmed=1" autofocus onfocus=window.alarmed=1 id=x>x</a>`,
	`<img src="x` + "`" + ` onerror=window.alarmed=1 ` + "`" + `"><img alt="` + "``" + `onerror=window.alarmed=1">`,
	`<!--><img src=x onerror=window.alarmed=1>--><!--!><img src=x onerror=window.alarmed=1>-->`,
	`<p id="</title><img src=x onerror=window.alarmed=1>"><title><p title="</title><script>window.alarmed=1</script>"></title>`,
	`<isindex type=image src=1 onerror=window.alarmed=1><keygen autofocus onfocus=window.alarmed=1><video><source onerror=window.alarmed=1>`,
	`<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='1' onerror='window.alarmed=1'/></svg>#x"></use></svg>`,
	"<a href=\"\x01java\tscript:window.alarmed=1\">x</a> [y](<java\tscript:window.alarmed=1>) <javascript:window.alarmed=1>",
	`<meta http-equiv=refresh content="0;url=data:text/html,x"><base href="//evil.example/"><link rel=import href="data:text/html,x">`,
}
