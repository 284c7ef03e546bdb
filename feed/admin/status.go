package admin

import "time"

// Numbers are what metrics tell of this moment.
type Numbers struct {
	Version string // of the program

	Ready    error     // why the server is not ready; nil when it is
	LastGood time.Time // when the last run ended that failed in nothing; zero for none
	Next     time.Time // when the next run is made; zero when none is planned

	Documents map[string]int // by status: "live", "held"
	Skipped   int            // documents that could not be published
	Waiting   int            // documents that may still be written

	Findings map[string]int // by level: "error"

	Requests map[int]int64 // by status; 0 stands for those that are rare
	Feeds    []Feed        // sorted by name
	Hub      *Hub          // nil when none runs
}

// A Feed is a feed of the site and who reads it.
type Feed struct {
	Name string // of its file: "news/rss.xml"
	Size int64  // in bytes; 0 when it is not known

	Full, NotModified    int64 // responses, by what they were
	Clients, Subscribers int   // of a day, estimated
}

// A Hub is what the site's hub has, and did since it was started.
type Hub struct {
	Subscriptions, Requests, Waiting, Active int

	Verified, Refused, Denied  int64 // requests to subscribe, or to end it
	Delivered, Failed, GivenUp int64 // attempts to deliver
	Expired                    int64 // subscriptions
}

// A Status is what the page for people shows: the numbers, and what is behind them.
type Status struct {
	Numbers
	Title string // of the site
	URL   string
	Began time.Time // of the program
	Now   time.Time // in the zone that all times are shown in

	NextReason string // why the next run is made then
	Running    string // why a run is being made now; "" for none
	Runs       []Run  // the last ones, the newest first
	Brake      *Brake // nil when no run was stopped
	Held       []Document
	MoreHeld   int // that are not in the list
	Left       []Document
	LeftKinds  string // files that are no documents, in words; "" for none
	Found      []Finding
	Told       []Delivery // what hubs elsewhere are still to be told
	Unknown    []string   // what could not be found out, and why
}

// A Run is a run, or several that did nothing, one after the other.
type Run struct {
	Began   time.Time
	Took    time.Duration
	Reason  string
	Report  string // in words
	Failed  bool
	Skipped int    // documents that could not be published
	Again   int    // how many runs like it came before it
	Steps   []Step // in their order
}

// A Step is a part of a run.
type Step struct {
	Name string
	Took time.Duration
}

// A Brake is a change that was too large to be published unasked.
type Brake struct {
	Live, Total int      // entries that are public; that would change
	Changes     []string // in words, a line each
}

// More is how many changes are not in the list.
func (b *Brake) More() int { return b.Total - len(b.Changes) }

// A Document is one that is not public, or not as it is now.
type Document struct {
	Path, Title string
	Reason      string
	Until       time.Time // zero when only its editor can change it
	Kept        bool      // what was public of it before still is
}

// A Finding is something that is wrong with what is published.
type Finding struct {
	File    string
	Line    int // 0 when it can not be told
	Level   string
	Message string
}

// A Delivery is what one hub elsewhere is to be told.
type Delivery struct {
	Hub    string
	Topics int
}
