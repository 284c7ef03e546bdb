package serve

import (
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// The bounds of max-age where the clock decides. Below the first, polite readers
// would be many; above the last, news that nobody planned would be late.
const (
	minAge = time.Minute
	maxAge = time.Hour
)

// A freshness tells how long a response may be used without asking again (RFC
// 9111 section 4.2).
type freshness struct {
	fixed     time.Duration // as Options.MaxAge, and not 0
	next, due func() time.Time
	last      atomic.Pointer[freshHeaders]
}

// freshHeaders are the values of headers, the same for all responses of a second.
// Empty ones are not sent.
type freshHeaders struct {
	age, until            int64 // in seconds, and since 1970
	cacheControl, expires []string
}

// alwaysAsk is for responses that must not be used again without asking.
var alwaysAsk = &freshHeaders{cacheControl: []string{"no-cache"}}

// headers returns what is sent at an instant.
func (f *freshness) headers(now time.Time) *freshHeaders {
	age := f.age(now)
	if age <= 0 {
		return alwaysAsk
	}
	// Both up to a whole second: who asks again when a header says so does not ask
	// just before the news.
	seconds, end := int64((age+time.Second-1)/time.Second), now.Add(age+time.Second-1).Truncate(time.Second)
	if h := f.last.Load(); h != nil && h.age == seconds && h.until == end.Unix() {
		return h
	}
	h := &freshHeaders{
		age: seconds, until: end.Unix(),
		cacheControl: []string{"public, max-age=" + strconv.FormatInt(seconds, 10)},
		expires:      []string{end.UTC().Format(http.TimeFormat)},
	}
	f.last.Store(h)
	return h
}

// age is the time to the next run, within the bounds, but not beyond what is due.
// What was due before now is being seen to, and bounds nothing.
func (f *freshness) age(now time.Time) time.Duration {
	age := f.fixed
	if age < 0 {
		return age
	}
	if next := f.next(); !next.IsZero() {
		age = min(max(next.Sub(now), minAge), maxAge)
	}
	if due := f.due(); due.After(now) {
		age = min(age, due.Sub(now))
	}
	return age
}

// set writes the headers of a response that is given now.
func (f *freshness) set(head http.Header, now time.Time) {
	h := f.headers(now)
	head["Cache-Control"] = h.cacheControl
	if h.expires != nil {
		head["Expires"] = h.expires
	}
}
