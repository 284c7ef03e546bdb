package publish_test

import (
	"testing"
	"time"
)

func TestDraftReachesNothing(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.write("secret/plan.md", "---\ntitle: Zanzibar plan\ndate: 2026-03-09\ndraft: true\ntags: [quagga]\n---\nHush.\n")
	report := s.run()
	if report.Held != 1 || report.New != 4 {
		t.Errorf("report = %s", report)
	}
	for _, text := range []string{"Zanzibar", "quagga", "Hush", "secret", "zanzibar"} {
		if found := s.leaks(text); len(found) != 0 {
			t.Errorf("%q of a draft is in %v", text, found)
		}
	}
	if report := s.later(time.Hour); report.Held != 1 || report.Written != 0 {
		t.Errorf("the second run: %s", report)
	}
	s.write("secret/plan.md", "---\ntitle: Zanzibar plan\ndate: 2026-03-09\n---\nHush.\n")
	s.later(time.Hour)
	if got := s.titles("secret"); got != "Zanzibar plan" {
		t.Errorf("published, the section holds %q", got)
	}
}

func TestHeldAgainLeavesNothing(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.write("plan.md", "---\ntitle: Zanzibar plan\ndate: 2026-03-09\n---\nHush.\n")
	s.run()
	before := s.item("Zanzibar plan")
	s.now = s.now.Add(time.Hour)
	s.write("plan.md", "---\ntitle: Zanzibar plan\ndate: 2026-03-09\ndraft: true\n---\nHush.\n")
	report := s.run()
	if report.Held != 1 || report.Removed != 1 {
		t.Errorf("report = %s", report)
	}
	if found := s.leaks("Zanzibar"); len(found) != 0 {
		t.Errorf("what is held again is still in %v", found)
	}
	s.now = s.now.Add(time.Hour)
	s.write("plan.md", "---\ntitle: Zanzibar plan\ndate: 2026-03-09\n---\nHush.\n")
	s.run()
	sameIdentity(t, "holding for a while", before, s.item("Zanzibar plan"))
}

func TestFutureDateInFrontMatterIsHeldUntilThen(t *testing.T) {
	s := newSite(t)
	sample(s)
	opens := s.now.Add(3 * time.Hour)
	s.story("later.md", "Zanzibar tomorrow", opens.Format(time.RFC3339))
	report := s.run()
	if !report.Next.Equal(opens) || report.Held != 1 {
		t.Errorf("next = %s, want %s; report = %s", report.Next, opens, report)
	}
	if found := s.leaks("Zanzibar"); len(found) != 0 {
		t.Errorf("before its time it is in %v", found)
	}
	if s.later(3*time.Hour - time.Second); len(s.leaks("Zanzibar")) != 0 {
		t.Error("it came a second early")
	}
	report = s.later(time.Second)
	if got := s.item("Zanzibar tomorrow"); !got.Published.Equal(opens) {
		t.Errorf("published = %s, want %s", got.Published, opens)
	}
	if report.Held != 0 || !report.Next.IsZero() {
		t.Errorf("held %d, next = %s", report.Held, report.Next)
	}
}

// A day in front matter begins in the site's time zone.
func TestFutureDayOpensAtMidnight(t *testing.T) {
	s := newSite(t)
	berlin, err := time.LoadLocation("Europe/Berlin")
	s.must(err)
	s.publisher.Location = berlin
	s.story("later.md", "Tomorrow", "2026-03-11")
	report := s.run()
	if want := time.Date(2026, 3, 11, 0, 0, 0, 0, berlin); !report.Next.Equal(want) {
		t.Errorf("next = %s, want %s", report.Next, want)
	}
	s.now = report.Next
	s.run()
	if got := s.item("Tomorrow").Published; !got.Equal(s.now) {
		t.Errorf("published = %s, want the first sight, %s", got, s.now)
	}
	s.later(24 * time.Hour)
	s.story("later.md", "Tomorrow, edited", "2026-03-11")
	s.later(24 * time.Hour)
	if got := s.item("Tomorrow, edited").Published; !got.Equal(report.Next) {
		t.Errorf("the next day it is published = %s, want still %s", got, report.Next)
	}
}

// A date in a text that lies ahead is somebody's mistake, not an embargo.
func TestFutureDateInTextIsNotBelieved(t *testing.T) {
	s := newSite(t)
	s.write("a.txt", "LISBON, Portugal, March 20, 2026 (Acme) - The harbour opens its new pier next week. More ships will come.\n")
	s.run()
	items := s.items("")
	if len(items) != 1 || items[0].Published.After(s.now) {
		t.Errorf("items = %+v", items)
	}
}

// An embargo in a text holds until its time has come, to the second.
func TestEmbargo(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.write("jobs.txt", "EMBARGOED UNTIL 8:30 a.m. ET, Wednesday, March 11, 2026\n\nZanzibar adds jobs\n\nWASHINGTON, March 11, 2026 (Acme) - Zanzibar has added jobs in February. It is the third month in a row.\n")
	s.write("day.md", "---\ntitle: Quagga day\ndate: 2026-03-09\nembargo: 2026-03-12\n---\nText.\n")
	s.write("over.md", "---\ntitle: Embargo that is over\ndate: 2026-03-05\nembargo: 2026-03-06\n---\nText.\n")
	report := s.run()
	opens := time.Date(2026, 3, 11, 12, 30, 0, 0, time.UTC) // daylight saving time has begun
	if report.Held != 2 || !report.Next.Equal(opens) {
		t.Errorf("held %d, next %s, want %s", report.Held, report.Next, opens)
	}
	if found := append(s.leaks("Zanzibar"), s.leaks("Quagga")...); len(found) != 0 {
		t.Errorf("an embargo leaks in %v", found)
	}
	if s.titles("") == "" || len(s.leaks("Embargo that is over")) == 0 {
		t.Error("an embargo that is over still holds")
	}
	s.now = opens.Add(-time.Second)
	s.run()
	if len(s.leaks("Zanzibar")) != 0 {
		t.Error("it came a second early")
	}
	s.now = opens
	s.run()
	if len(s.leaks("Zanzibar")) == 0 {
		t.Error("it did not come")
	}
	s.now = time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
	if s.run(); len(s.leaks("Quagga")) == 0 {
		t.Error("the day did not open")
	}
}

// What expires goes without a tombstone, to the second, and stays away.
func TestExpiry(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.write("offer.md", "---\ntitle: Quagga offer\ndate: 2026-03-09\nexpires: 2026-03-11T10:00:00Z\n---\nText.\n")
	s.write("day.md", "---\ntitle: Zanzibar day\ndate: 2026-03-09\nexpires: 2026-03-12\n---\nText.\n")
	s.write("over.md", "---\ntitle: Long over\ndate: 2026-03-01\nexpires: 2026-03-02\n---\nText.\n")
	ends := time.Date(2026, 3, 11, 10, 0, 0, 0, time.UTC)
	report := s.run()
	if !report.Next.Equal(ends) || len(s.leaks("Long over")) != 0 {
		t.Errorf("next = %s, want %s; leaks %v", report.Next, ends, s.leaks("Long over"))
	}
	id := s.item("Quagga offer").ID
	s.now = ends.Add(-time.Second)
	if s.run(); len(s.leaks("Quagga")) == 0 {
		t.Error("it went a second early")
	}
	s.now = ends
	if s.run(); len(s.leaks("Quagga")) != 0 || len(s.leaks(id)) != 0 {
		t.Errorf("it is still in %v, %v", s.leaks("Quagga"), s.leaks(id))
	}
	s.now = time.Date(2026, 3, 12, 23, 59, 59, 0, time.UTC)
	if s.run(); len(s.leaks("Zanzibar")) == 0 {
		t.Error("the last day was cut short")
	}
	s.now = s.now.Add(time.Second)
	if s.run(); len(s.leaks("Zanzibar")) != 0 {
		t.Error("the day is over, and it is still there")
	}
}
