package publish_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A clock that is set back or forward by a year, and right again, changes nothing
// of what is published: no date, no id, no tombstone.
func TestClockIsSetWrong(t *testing.T) {
	const year = 365 * 24 * time.Hour
	for name, wrong := range map[string]time.Duration{"back": -year, "forward": year} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			sample(s)
			s.write("held.md", "---\ntitle: Not before May\ndate: 2026-05-01\n---\nNot yet.\n")
			s.run()
			s.now = s.now.Add(time.Hour)
			s.remove("seeds/news/two.md")
			s.run()
			before, right := s.out(), s.now
			s.now = right.Add(wrong)
			s.run()
			if wrong < 0 {
				if diff := cmp.Diff(before, s.out()); diff != "" {
					t.Errorf("the wrong clock changes what is published:\n%s", diff)
				}
			}
			during := s.out()
			for _, file := range []string{"entries/2026/03/first-light.html", "entries/2026/03/third-time.html"} {
				if during[file] == "" {
					t.Errorf("%s is gone", file)
				}
			}
			// A document that comes meanwhile, and states its day, keeps that.
			s.story("new.md", "Come meanwhile", "2025-02-01")
			s.run()
			first := s.item("Come meanwhile")
			s.now = right.Add(2 * time.Hour)
			s.run()
			again := s.item("Come meanwhile")
			if first.ID != again.ID || !first.Published.Equal(again.Published) {
				t.Errorf("the entry that came meanwhile was %v, and is %v", first, again)
			}
			for title, want := range map[string]time.Time{
				"First light": time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), "Third time": time.Date(2026, 3, 3, 8, 30, 0, 0, time.UTC),
			} {
				if i := s.item(title); !i.Published.Equal(want) {
					t.Errorf("%s is published at %v, want %v", title, i.Published, want)
				}
			}
			after := s.out()
			for file := range before {
				if _, ok := after[file]; !ok {
					t.Errorf("%s is gone", file)
				}
			}
			if report := s.later(0); report.Written+report.Removed != 0 {
				t.Errorf("the next run: %s", report)
			}
		})
	}
}

// What waits for an instant waits while the clock is not believed, and all else
// is published.
func TestClockIsNotBelieved(t *testing.T) {
	s := newSite(t)
	sample(s)
	s.write("held.md", "---\ntitle: Not before May\ndate: 2026-05-01\n---\nNot yet.\n")
	s.write("embargo.md", "---\ntitle: Under embargo\ndate: 2026-03-01\nembargo: 2026-04-01T09:00:00Z\n---\nNot yet either.\n")
	s.write("ends.md", "---\ntitle: For a while\ndate: 2026-03-01\nexpires: 2026-04-01\n---\nFor a while.\n")
	s.run()
	believed := s.now
	s.publisher.Believed = func() time.Time { return believed }
	s.now = s.now.Add(365 * 24 * time.Hour)
	s.story("new.md", "Come meanwhile", "2026-03-02")
	s.write("late.md", "---\ntitle: Not before June\ndate: 2026-06-01\n---\nNot yet.\n")
	report := s.run()
	for _, title := range []string{"Not before May", "Not before June", "Under embargo"} {
		if found := s.shows(title); len(found) != 0 {
			t.Errorf("%s is in %v", title, found)
		}
	}
	for _, title := range []string{"For a while", "Come meanwhile"} {
		if found := s.shows(title); len(found) == 0 {
			t.Errorf("%s is not shown", title)
		}
	}
	if want := s.now.Add(time.Minute); !report.Next.Equal(want) {
		t.Errorf("the next run is at %v, want %v", report.Next, want)
	}
	believed = s.now.Add(time.Hour) // never more than now
	report = s.later(time.Minute)
	for _, title := range []string{"Not before May", "Not before June", "Under embargo"} {
		if found := s.shows(title); len(found) == 0 {
			t.Errorf("%s is not shown when the clock is believed: %s", title, report)
		}
	}
	if found := s.shows("For a while"); len(found) != 0 {
		t.Errorf("what has expired is in %v", found)
	}
	if !report.Next.IsZero() {
		t.Errorf("the next run is at %v, want none", report.Next)
	}
}
