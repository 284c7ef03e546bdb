package publish

import (
	"strings"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// datePublished gives an entry the date of publication that subscribers see,
// from what its document says and what was published before, and keeps it in
// the record. An entry that is held gets none: its time is still to come. A later
// version of a story has the date of the first.
func (r *run) datePublished(entry *feed.Entry, record *ledger.Record, fileTime time.Time, revised bool) {
	r.release(entry)
	r.expire(entry)
	before := !record.Published.IsZero()
	if before && (entry.Inferred || record.WasLive && (revised || !entry.Revision.IsZero())) {
		// A guess never replaces a date that was published: it would move with
		// each touch of the file.
		keepPublished(entry, record)
		return
	}
	r.hold(entry)
	if entry.Status != feed.Live {
		return
	}
	r.disbelieve(entry, fileTime)
	if before && entry.Inferred {
		keepPublished(entry, record)
		return
	}
	instant := entry.Published.Time
	switch {
	case before && sameDay(record, entry):
		instant = record.Published
	case instant.After(r.now):
		// Today's noon is still to come, or the document's clock is ahead. No
		// entry lies in the future: it is published as it is first seen.
		instant = r.now
	}
	record.Published, record.DayOnly, record.Inferred = instant, entry.Published.DayOnly, entry.Inferred
	entry.Published = onDay(instant, entry.Published)
}

// keepPublished gives an entry the publication date of its record.
func keepPublished(entry *feed.Entry, record *ledger.Record) {
	entry.Published = feed.Date{Time: record.Published, DayOnly: record.DayOnly}
	entry.Inferred = record.Inferred
}

// sameDay reports whether an entry is still dated as when it was published.
func sameDay(record *ledger.Record, entry *feed.Entry) bool {
	stated := entry.Published
	return record.DayOnly && stated.DayOnly && onDay(record.Published, stated).String() == stated.String()
}

// hold holds an entry whose document sets a time to publish that has not come.
// Only front matter does that; any other date ahead is somebody's mistake.
func (r *run) hold(entry *feed.Entry) {
	if entry.Status != feed.Live || !fromFrontMatter(entry.From.Published) {
		return
	}
	if opens := r.begins(entry.Published); opens.After(r.reached) {
		entry.Status = feed.Held
		entry.Reason = "its front matter sets the publication to " + entry.Published.String()
		entry.Until = feed.Instant(opens)
	}
}

// release makes an entry live whose embargo is over.
func (r *run) release(entry *feed.Entry) {
	if entry.Status == feed.Held && !entry.Until.IsZero() && !r.begins(entry.Until).After(r.reached) {
		entry.Status, entry.Reason, entry.Until = feed.Live, "", feed.Date{}
	}
}

// expire ends an entry whose time is over.
func (r *run) expire(entry *feed.Entry) {
	if entry.Status == feed.Live && !entry.Ends.IsZero() && !r.ended(entry.Ends).After(r.reached) {
		entry.Status, entry.Reason = feed.Expired, "it was to be public until "+entry.Ends.String()
	}
}

// begins is the first instant of a date: a day begins at midnight in the site's
// time zone.
func (r *run) begins(d feed.Date) time.Time {
	if !d.DayOnly {
		return d.Time
	}
	year, month, day := d.Time.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, r.location())
}

// ended is the first instant after a date.
func (r *run) ended(d feed.Date) time.Time {
	if !d.DayOnly {
		return d.Time
	}
	year, month, day := d.Time.Date()
	return time.Date(year, month, day+1, 0, 0, 0, 0, r.location())
}

// turns is the next instant at which the status of an entry changes by itself,
// or the zero time.
func (r *run) turns(entry *feed.Entry) time.Time {
	switch {
	case entry.Status == feed.Held && !entry.Until.IsZero():
		return r.begins(entry.Until)
	case entry.Status == feed.Live && !entry.Ends.IsZero():
		return r.ended(entry.Ends)
	}
	return time.Time{}
}

func fromFrontMatter(evidence feed.Evidence) bool {
	return strings.HasPrefix(evidence.Source, "front matter")
}

// tolerance is how far ahead of the run a date may lie and be believed: it is
// the next day already where some documents are written.
const tolerance = 24 * time.Hour

// disbelieve replaces a date that lies in the future, or is missing, by the
// file's time, or the run's where that is ahead as well.
func (r *run) disbelieve(entry *feed.Entry, fileTime time.Time) {
	switch {
	case entry.Published.IsZero():
	case !entry.Published.Time.After(r.now.Add(tolerance)):
		return
	default:
		entry.Notes = append(entry.Notes, "published: "+entry.Published.String()+" is not believed: it lies in the future")
	}
	entry.Published, entry.From.Published, entry.Inferred = feed.Instant(r.now), feed.Evidence{Source: "first seen"}, true
	if !fileTime.IsZero() && !fileTime.After(r.now) {
		entry.Published, entry.From.Published = feed.Instant(fileTime.UTC()), feed.Evidence{Source: "file time"}
	}
}

// onDay returns the Date of an instant for a document that names a day. Where
// the instant falls on another day in UTC, since it is tomorrow already at the
// document's place, the instant is given an offset that shows the right day.
func onDay(instant time.Time, stated feed.Date) feed.Date {
	if !stated.DayOnly {
		return stated
	}
	d := feed.Date{Time: instant.UTC(), DayOnly: true}
	noon := d.Time.Truncate(24 * time.Hour).Add(12 * time.Hour) // the instant of a day that was over, or at noon, when it was seen
	if d.String() != stated.String() && !d.Time.Equal(noon) {
		ahead := feed.Date{Time: instant.In(easternmost), DayOnly: true}
		if ahead.String() == stated.String() {
			return ahead
		}
	}
	return d
}

// easternmost is the first zone of the world to see a new day.
var easternmost = time.FixedZone("", 14*60*60)

// dateUpdated gives an entry the date of its last significant change. changed
// tells that a reader would see a difference to what was published before.
func (r *run) dateUpdated(entry *feed.Entry, record *ledger.Record, changed bool) {
	stated := entry.Updated.Time
	believed := !stated.IsZero() && !stated.After(r.now) && stated.After(record.Published)
	switch {
	case !record.WasLive && believed:
		record.Updated = stated
	case !record.WasLive:
		record.Updated = record.Published
	case changed && !entry.Minor && believed && stated.After(record.Updated):
		record.Updated = stated
	case changed && !entry.Minor:
		record.Updated = r.now
	}
	entry.Updated = feed.Instant(record.Updated.UTC())
}
