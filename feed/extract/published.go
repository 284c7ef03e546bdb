package extract

import (
	"fmt"
	"path"
	"strings"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/extract/date"
)

// published answers when the document was first published. The order of the
// evidence is that of its strength: what the document states about itself, then
// what its text is headed and closed with, then its name, then a day whose year is
// inferred, then nothing but the time of the file.
func (x *Extractor) published(s *source, st *story, e *feed.Entry) {
	for _, evidence := range [...]func(*source, *story, *feed.Entry) bool{
		x.statedDate, x.stampDate, x.datelineDate, x.endLineDate, x.nameDate, x.inferredDate, x.folderDate, x.changeDate, x.fileDate,
	} {
		if evidence(s, st, e) {
			break
		}
	}
	x.doubt(s, st, e)
}

// doubt notes what speaks against the date that was found, or what was not
// believed, for somebody who wonders.
func (x *Extractor) doubt(s *source, st *story, e *feed.Entry) {
	if !e.Inferred {
		name := path.Base(s.doc.Path)
		if d, ok := date.InName(name); ok && d.Full() && e.From.Published.Source != "file name" {
			if apart := e.Published.Time.Sub(d.Time()).Abs(); apart > (near+1)*24*time.Hour {
				e.Notes = append(e.Notes, fmt.Sprintf("file name %q: its date is not that of the %s", name, e.From.Published.Source))
			}
		}
		return
	}
	for i := st.lead; i < min(len(st.blocks), st.lead+3); i++ {
		t := firstWords(st.text(i), maxSentences)
		for d := range (date.Grammar{}).All(t) {
			if d.Full() && st.roles[i] == roleBody {
				e.Notes = append(e.Notes, fmt.Sprintf("text: %q is taken for the date of an event, not of the publication", t[d.Start:d.End]))
				return
			}
		}
	}
}

// grammar returns how dates are to be read in an entry's language.
func grammar(e *feed.Entry) date.Grammar { return date.Grammar{Order: date.OrderOf(e.Language)} }

// dateOf turns a date of a text into one of the feed. A clock without an offset
// is in the site's time zone.
func (x *Extractor) dateOf(d date.Date) feed.Date {
	if !d.Clock {
		return feed.Day(d.Year, d.Month, d.Day)
	}
	loc := x.options.Location
	if d.Zone {
		if loc = time.UTC; d.Offset != 0 {
			loc = time.FixedZone("", d.Offset)
		}
	}
	return feed.Instant(time.Date(d.Year, d.Month, d.Day, d.Hour, d.Minute, d.Second, 0, loc))
}

// statedDate takes the date that front matter, a header or page metadata gives.
func (x *Extractor) statedDate(s *source, _ *story, e *feed.Entry) bool {
	for _, v := range s.stated {
		if v.ask != askPublished {
			continue
		}
		d, ok := grammar(e).Parse(v.value)
		switch {
		case !ok:
			e.Notes = append(e.Notes, fmt.Sprintf("%s: %q is not a date that can be read in one way", v.source, v.value))
			continue
		case !d.Full():
			e.Notes = append(e.Notes, fmt.Sprintf("%s: %q does not tell the day", v.source, v.value))
			continue
		case !d.WeekdayFits():
			e.Notes = append(e.Notes, fmt.Sprintf("%s: %q is not the weekday of that date", v.source, v.value))
		}
		e.Published, e.From.Published = s.local(x.dateOf(d), d, v), feed.Evidence{Source: v.source, Words: v.words()}
		return true
	}
	return false
}

// local returns a stated instant by the clock of those who wrote it. Pages give UTC
// in one place and their own time in another ("2023-11-09T06:35:29Z" and
// "2023-11-08T23:55:47-08:00"): the day is that which their readers saw. What a
// person wrote into front matter stays as it is.
func (s *source) local(at feed.Date, d date.Date, from stated) feed.Date {
	if !d.Clock || !d.Zone || d.Offset != 0 || strings.HasPrefix(from.source, frontMatter) {
		return at
	}
	for _, v := range s.stated {
		if v.ask != askPublished && v.ask != askUpdated {
			continue
		}
		if other, ok := (date.Grammar{}).Parse(v.value); ok && other.Zone && other.Offset != 0 {
			return feed.Instant(at.Time.In(time.FixedZone("", other.Offset)))
		}
	}
	return at
}

// stampDate takes the date of a stamp line, or where there is none but one that
// tells the last change, that one only if no dateline tells better.
func (x *Extractor) stampDate(_ *source, st *story, e *feed.Entry) bool {
	for _, stamp := range st.stamps {
		if !stamp.updated {
			e.Published, e.From.Published = x.dateOf(stamp.date), feed.Evidence{Source: "stamp line", Words: stamp.words}
			return true
		}
	}
	return false
}

// datelineDate takes the day of the dateline, with its year or with one that the
// text tells.
func (x *Extractor) datelineDate(s *source, st *story, e *feed.Entry) bool {
	d := st.dateline.date
	switch {
	case !st.dateline.hasDate():
		return false
	case d.Full():
		e.Published, e.From.Published = x.dateOf(d), feed.Evidence{Source: "dateline", Words: st.dateline.words}
		return true
	}
	y, ok := st.statedYear(s, d)
	if !ok {
		return false
	}
	st.useYear(y, e)
	return true
}

// useYear answers with the day of the dateline in a year.
func (st *story) useYear(y year, e *feed.Entry) {
	d := st.dateline.date
	e.Published = feed.Day(y.year, d.Month, d.Day)
	e.Inferred = y.inferred
	words := st.dateline.words
	if y.words != "" {
		words += " … " + y.words
	}
	e.From.Published = feed.Evidence{Source: "dateline, " + y.source, Words: words}
}

// endLineDate takes the date of the line that closed a transmission.
func (x *Extractor) endLineDate(_ *source, st *story, e *feed.Entry) bool {
	t, ok := readEndLine(st.endLine)
	if !ok {
		return false
	}
	e.Published, e.From.Published = t, feed.Evidence{Source: "end line", Words: st.endLine}
	return true
}

// nameDate takes the date in the file's name, or in the path that front matter
// gives the document.
func (x *Extractor) nameDate(s *source, _ *story, e *feed.Entry) bool {
	for _, v := range s.stated {
		if v.ask != askPath {
			continue
		}
		if d, ok := date.InName(v.value); ok && d.Full() {
			e.Published, e.From.Published = feed.Day(d.Year, d.Month, d.Day), feed.Evidence{Source: v.source, Words: v.value}
			return true
		}
	}
	name := path.Base(s.doc.Path)
	if d, ok := date.InName(name); ok && d.Full() {
		e.Published, e.From.Published = x.dateOf(d), feed.Evidence{Source: "file name", Words: name}
		return true
	}
	return false
}

// folderDate takes the date of the folders that the document lies in: 2026/02/14.
// Where they tell no more than the month, its day is inferred: that of the file's
// time if it is in that month, else the first.
func (x *Extractor) folderDate(s *source, _ *story, e *feed.Entry) bool {
	d, ok := date.InName(s.doc.Path)
	if !ok {
		return false
	}
	evidence := feed.Evidence{Source: "folder", Words: path.Dir(s.doc.Path)}
	if !d.Full() {
		e.Inferred = true
		evidence.Source = "folder, first day of its month"
		if t := s.doc.ModTime.In(x.options.Location); t.Year() == d.Year && t.Month() == d.Month {
			return false
		}
	}
	e.Published, e.From.Published = feed.Day(d.Year, d.Month, max(d.Day, 1)), evidence
	return true
}

// inferredDate takes the day of the dateline in the year that is most likely.
func (x *Extractor) inferredDate(s *source, st *story, e *feed.Entry) bool {
	if !st.dateline.hasDate() {
		return false
	}
	y, ok := st.likelyYear(s, st.dateline.date)
	if !ok {
		e.Notes = append(e.Notes, fmt.Sprintf("dateline %q: no year is known for it", st.dateline.words))
		return false
	}
	st.useYear(y, e)
	return true
}

// changeDate takes the date of the last change, where a document states no other:
// it was published then or before, and its file may be as new as its last copy.
func (x *Extractor) changeDate(s *source, _ *story, e *feed.Entry) bool {
	for _, v := range s.stated {
		if v.ask != askUpdated {
			continue
		}
		if d, ok := grammar(e).Parse(v.value); ok && d.Full() {
			e.Published, e.Inferred = x.dateOf(d), true
			e.From.Published = feed.Evidence{Source: v.source + ", of the last change", Words: v.words()}
			return true
		}
	}
	return false
}

// fileDate takes the time of the file, for want of any other.
func (x *Extractor) fileDate(s *source, _ *story, e *feed.Entry) bool {
	if !hasFileTime(s) {
		return false
	}
	e.Published = feed.Instant(s.doc.ModTime.In(x.options.Location))
	e.Inferred = true
	e.From.Published = feed.Evidence{Source: "file time"}
	return true
}

// hasFileTime reports whether the time of the file tells anything. Archives and
// images that are built to be reproducible set it to the start of an epoch, the
// last of which is that of DOS in 1980.
func hasFileTime(s *source) bool { return s.doc.ModTime.Year() > 1980 }

// updated answers when the document was last changed, where it tells.
func (x *Extractor) updated(s *source, st *story, e *feed.Entry) {
	for _, v := range s.stated {
		if v.ask != askUpdated {
			continue
		}
		d, ok := grammar(e).Parse(v.value)
		if !ok || !d.Full() {
			e.Notes = append(e.Notes, fmt.Sprintf("%s: %q is not a date that can be read in one way", v.source, v.value))
			continue
		}
		e.Updated, e.From.Updated = x.dateOf(d), feed.Evidence{Source: v.source, Words: v.words()}
		break
	}
	for _, stamp := range st.stamps {
		if stamp.updated && e.Updated.IsZero() {
			e.Updated, e.From.Updated = x.dateOf(stamp.date), feed.Evidence{Source: "stamp line", Words: stamp.words}
		}
	}
	if !e.Updated.IsZero() && !e.Inferred && e.Updated.Time.Before(e.Published.Time) && e.Updated.String()[:10] < e.Published.String()[:10] {
		e.Notes = append(e.Notes, fmt.Sprintf("%s: updated %s is before published %s", e.From.Updated.Source, e.Updated, e.Published))
		e.Updated, e.From.Updated = feed.Date{}, feed.Evidence{}
	}
}

// words returns the words that a stated value was read from.
func (v stated) words() string {
	if v.raw != "" {
		return v.raw
	}
	return strings.TrimSpace(v.value)
}
