package check

import (
	"strings"
	"time"
)

// patience is how far ahead of the check a date may lie: clocks differ.
const patience = time.Minute

// rssDate checks a date of RFC 822 in the form that all readers know, and returns
// the zero time for a wrong one.
func (p place) rssDate(line int, what, s string) time.Time {
	s = strings.TrimSpace(s)
	for _, form := range []struct {
		layout  string
		problem string // with what is in this form, "" for none
	}{
		{"Mon, 02 Jan 2006 15:04:05 GMT", ""},
		{"Mon, 02 Jan 2006 15:04:05 -0700", ""},
		{"Mon, 2 Jan 2006 15:04:05 GMT", ""},
		{"Mon, 2 Jan 2006 15:04:05 -0700", ""},
		{"2 Jan 2006 15:04:05 -0700", ""},
		{"2 Jan 2006 15:04:05 GMT", ""},
		{"Mon, 2 Jan 2006 15:04:05 MST", "the zone is a name, which some readers take for UTC; write GMT or +0000"},
		{"Mon, 2 Jan 2006 15:04 -0700", "it has no seconds, and some readers show the time of their visit"},
		{"Mon, 2 Jan 2006 15:04 GMT", "it has no seconds, and some readers show the time of their visit"},
		{"Mon, 2 Jan 06 15:04:05 -0700", "the year has two digits, and some readers show the time of their visit"},
		{"Mon, 2 Jan 06 15:04:05 GMT", "the year has two digits, and some readers show the time of their visit"},
	} {
		t, err := time.Parse(form.layout, s)
		if err != nil {
			continue
		}
		p.check(form.problem == "", line, dateForm, "%s %s: %s", what, quote(s), form.problem)
		if day, _, ok := strings.Cut(s, ","); ok && day != t.Format("Mon") {
			p.add(line, weekday, "%s %s is a %s", what, quote(s), t.Weekday())
		}
		p.plausible(line, what, s, t)
		return t
	}
	p.add(line, badDate, "%s %s is no date of RFC 822, such as Mon, 02 Jan 2006 15:04:05 GMT", what, quote(s))
	return time.Time{}
}

// webDate checks a date of RFC 3339 as Atom and JSON Feed want it, and returns
// the zero time for a wrong one.
func (p place) webDate(line int, what, s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || strings.ToUpper(s) != s {
		p.add(line, badDate, "%s %s is no date of RFC 3339, such as 2006-01-02T15:04:05Z", what, quote(s))
		return time.Time{}
	}
	if t.UTC().Format(time.RFC3339) != s {
		p.add(line, dateForm, "%s %s: some readers drop an offset or a fraction; write UTC and whole seconds", what, quote(s))
	}
	p.plausible(line, what, s, t)
	return t
}

// plausible checks a date against the instant of the check.
func (p place) plausible(line int, what, s string, t time.Time) {
	switch {
	case t.After(p.Now.Add(patience)):
		p.add(line, futureDate, "%s %s lies in the future", what, quote(s))
	case t.Year() < 1990:
		p.add(line, oldDate, "%s %s: validators doubt dates before 1990", what, quote(s))
	}
}
