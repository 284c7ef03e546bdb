package publish_test

import (
	"fmt"
	"testing"
	"time"
)

// Many documents that come at once, whose entries go through a file and whose
// pages are written in the order of their dates, make the pages of those that
// come by and by.
func TestManyAtOnce(t *testing.T) {
	const n, few = 600, 200
	write := func(s *site, i int) {
		day := time.Date(2026, time.January, 1+i*7919%53, 0, 0, 0, 0, time.UTC) // many on each
		s.story(fmt.Sprintf("news/%04d.md", i), fmt.Sprintf("Story number %d", i), day.Format(time.DateOnly))
	}
	atOnce, by := newSite(t), newSite(t)
	for i := range n {
		write(atOnce, i)
		write(by, i)
		if (i+1)%few == 0 {
			by.run()
		}
	}
	if report := atOnce.run(); report.New != n {
		t.Fatalf("%s; want %d new", report, n)
	}
	got, want := atOnce.out(), by.out()
	if len(got) != len(want) || len(got) < n {
		t.Errorf("%d files, want %d", len(got), len(want))
	}
	for name, data := range want {
		if got[name] != data {
			t.Errorf("%s is\n%s\nwant\n%s", name, got[name], data)
			break
		}
	}
	if report := atOnce.run(); report.Written > 0 {
		t.Errorf("the second run: %s", report)
	}
}
