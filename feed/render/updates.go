package render

import (
	"cmp"
	"hash/fnv"
	"time"

	"seedfeed/feed"
)

// distinctUpdates returns when each entry of a feed was updated, no two at the
// same instant: aggregators tell the versions of entries apart by it, and
// validators warn of equal ones. RFC 4287 (4.2.15) leaves it to the publisher
// what counts as an update, and there is no truer instant to be had:
//
//   - A day without a time stands at noon by convention, and stories of one day
//     would all share it. Each gets an instant of the ten minutes after it, which
//     follows from its id: it is the same in all feeds and runs.
//   - Documents that one run found edited were edited at some time before it. All
//     but one go back by seconds, so that none is ahead of its feed.
//   - Entries that were first seen by one run, or whose files are of one second,
//     go on by seconds: none may be updated before it was published.
//
// The first of equal ones keeps its instant. When the last leaves the feed no
// other moves, which a reader could take for an update.
func distinctUpdates(f feed.Feed) []time.Time {
	out := make([]time.Time, len(f.Entries))
	taken := make(map[time.Time]bool, len(out))
	for i, e := range f.Entries {
		t := entryUpdated(e)
		step := time.Second
		if t.Sub(instant(e.Published.Time)) > time.Hour {
			step = -step
		}
		for taken[t] {
			t = t.Add(step)
		}
		taken[t] = true
		out[i] = t
	}
	return out
}

func entryUpdated(e feed.Entry) time.Time {
	published := instant(e.Published.Time)
	t := cmp.Or(instant(e.Updated.Time), published, never)
	if e.Published.DayOnly && t.Equal(published) && t.Equal(noon(t)) {
		hash := fnv.New32a()
		hash.Write([]byte(e.ID))
		t = t.Add(time.Duration(hash.Sum32()%600) * time.Second)
	}
	return t
}

// noon is when a day is published whose time is not known, see [feed.Day].
func noon(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.UTC)
}
