package check_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"seedfeed/feed/check"
)

// A monitor tells of a feed when it changes, and not again.
func TestMonitor(t *testing.T) {
	s := goodSite(t)
	l := s.ledger(t)
	o := options(t)
	o.Out, o.Ledger = s.files, l
	m := check.NewMonitor(o)
	look := func(want string, files int) {
		t.Helper()
		report, err := m.Changed(t.Context(), now)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range report.Findings {
			got = append(got, f.File+" "+f.Rule)
		}
		if text := strings.Join(got, ", "); text != want || report.Files != files {
			t.Errorf("found %q in %d files, want %q in %d", text, report.Files, want, files)
		}
	}
	look("", 6)
	look("", 0)

	s.change(t, "rss.xml", "<ttl>60</ttl>", "<ttl>no</ttl>")
	s.change(t, "index.html", "<title>", "<p>")
	s.record(t, l)
	look("out/rss.xml value", 1)
	look("", 0)

	// A page that is gone is told with the feed that names it.
	delete(s.files, "entries/2026/03/pier.html")
	s.change(t, "atom.xml", "News from", "All from")
	s.record(t, l)
	look("out/atom.xml dead-link", 1)

	delete(s.files, "feed.json")
	s.ours["feed.json"] = []byte("{}")
	s.record(t, l)
	look("out/feed.json missing-file", 0)

	// What was found stays until the file is another one.
	var all []string
	for _, f := range m.Findings() {
		all = append(all, f.File+" "+f.Rule)
	}
	if text, want := strings.Join(all, ", "), "out/atom.xml dead-link, out/feed.json missing-file, out/rss.xml value"; text != want {
		t.Errorf("in all %q, want %q", text, want)
	}
	s.change(t, "rss.xml", "<ttl>no</ttl>", "<ttl>60</ttl>")
	s.record(t, l)
	if _, err := m.Changed(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	if got := m.Findings(); len(got) == 0 || strings.HasSuffix(got[len(got)-1].File, "rss.xml") && got[len(got)-1].Rule == "value" {
		t.Errorf("when one is mended: %v", got)
	}
}

// The instant of a look counts, not that of the options.
func TestMonitorNow(t *testing.T) {
	s := goodSite(t)
	o := options(t)
	o.Out, o.Ledger = s.files, s.ledger(t)
	report, err := check.NewMonitor(o).Changed(t.Context(), now.AddDate(0, 0, -7))
	if err != nil {
		t.Fatal(err)
	}
	if n := report.Count(check.Error); n == 0 || report.Findings[0].Rule != "future" {
		t.Errorf("a week before: %d errors, %v", n, report.Findings)
	}
}

// A page is read in as many steps as it has elements; no text breaks the check.
func FuzzPublished(f *testing.F) {
	for _, name := range []string{"rss.xml", "atom.xml", "feed.json", "feeds.opml", "sitemap.xml", "index.html"} {
		f.Add(name, readFuzz(f, name))
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		switch name {
		case "rss.xml", "atom.xml", "feed.json", "feeds.opml", "sitemap.xml", "index.html":
		default:
			return
		}
		o := options(t)
		o.Out = fstest.MapFS{name: {Data: []byte(text)}}
		lines := strings.Count(text, "\n") + 1
		report, err := check.Site(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		for _, finding := range report.Findings {
			if finding.Line < 0 || finding.Line > lines {
				t.Errorf("a finding in line %d of %d: %v", finding.Line, lines, finding)
			}
			if strings.ContainsAny(finding.String(), "\n\r\x1b") {
				t.Errorf("a finding that is not one line: %q", finding)
			}
		}
	})
}
