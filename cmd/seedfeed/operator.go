package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/admin"
	"seedfeed/feed/ledger"
	"seedfeed/feed/publish"
	"seedfeed/feed/render"
	"seedfeed/feed/schedule"
	"seedfeed/feed/serve"
)

const (
	shownHeld = 200 // documents that are held back, on the status page

	maxListedFeeds = 1000 // that metrics name without being asked for
)

// An operator tells whoever runs the server how it goes. Its fields are set once.
type operator struct {
	site    *site
	runs    *pulse
	journal *journal
	traffic *serve.Traffic
	news    *crier
	found   *findings
	out     http.Handler
	metrics *admin.Metrics
	began   time.Time
}

func newOperator(o *operator) *operator {
	o.began = time.Now()
	o.metrics = admin.NewMetrics(func(ctx context.Context) admin.Numbers {
		numbers, _ := o.numbers(ctx) // what is not known is left out
		return numbers
	})
	return o
}

// note takes down what came of a run.
func (o *operator) note(report publish.Report, err error) {
	o.journal.end(report, err, time.Now())
	o.metrics.Run(resultOf(err), report.Took, stepsOf(report))
}

// ready tells why readers should not be sent here, or nil.
func (o *operator) ready() error {
	if err := o.journal.ready(time.Now()); err != nil {
		return err
	}
	if !o.runs.ready.Load() {
		return errors.New("all documents are still being written")
	}
	return nil
}

// alive asks the site for its page, as a watchdog does: one that hangs, on a lock
// or a file system, is to be started anew.
func (o *operator) alive(ctx context.Context) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodHead, "/", nil)
	if err != nil {
		return err
	}
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		o.out.ServeHTTP(nobody{http.Header{}}, r)
	}()
	select {
	case <-answered:
		return nil
	case <-ctx.Done():
		return errors.New("the site does not answer")
	}
}

// numbers are what metrics tell. The error is about what is left out.
func (o *operator) numbers(ctx context.Context) (admin.Numbers, error) {
	report, good := o.journal.report()
	n := admin.Numbers{
		Version: buildVersion(), Ready: o.ready(), LastGood: good, Next: o.runs.runner.NextRun(),
		Skipped: len(report.Skips), Waiting: report.Waiting,
		Requests: o.traffic.Requests(), Findings: map[string]int{},
	}
	for _, f := range o.found.list() {
		n.Findings[f.Level.String()]++
	}
	if o.news.hub != nil {
		c := o.news.hub.Counts()
		n.Hub = &admin.Hub{
			Subscriptions: c.Subscriptions, Requests: c.Requests, Waiting: c.Waiting, Active: c.Active,
			Verified: c.Verified, Refused: c.Refused, Denied: c.Denied,
			Delivered: c.Delivered, Failed: c.Failed, GivenUp: c.GivenUp, Expired: c.Expired,
		}
	}
	var errDocuments, errFeeds error
	n.Documents, errDocuments = o.documents(ctx)
	n.Feeds, errFeeds = o.feeds(ctx)
	return n, errors.Join(errDocuments, errFeeds)
}

// documents counts the documents by status.
func (o *operator) documents(ctx context.Context) (map[string]int, error) {
	statuses, err := o.site.ledger.Statuses(ctx)
	if err != nil {
		return nil, fmt.Errorf("count the documents: %w", err)
	}
	counts := map[string]int{}
	for status, n := range statuses {
		counts[string(status)] = n
	}
	return counts, nil
}

// feeds lists the feeds that were asked for, and those of the site and its
// sections: there may be very many of tags and authors.
func (o *operator) feeds(ctx context.Context) ([]admin.Feed, error) {
	files, err := o.site.ledger.Files(ctx)
	if err != nil {
		err = fmt.Errorf("list the feeds: %w", err)
	}
	known := map[string]bool{}
	var feeds []admin.Feed
	for _, t := range o.traffic.Feeds() {
		known[t.Name] = true
		feeds = append(feeds, admin.Feed{
			Name: t.Name, Size: files[t.Name].Size, Full: t.Full, NotModified: t.NotModified,
			Clients: t.Clients, Subscribers: t.Subscribers,
		})
	}
	listed := 0
	for name, file := range files {
		if listed < maxListedFeeds && !known[name] && isSectionFeed(name) {
			listed++
			feeds = append(feeds, admin.Feed{Name: name, Size: file.Size})
		}
	}
	slices.SortFunc(feeds, func(a, b admin.Feed) int { return strings.Compare(a.Name, b.Name) })
	return feeds, err
}

// isSectionFeed reports whether a file is a feed of the site or of a section.
func isSectionFeed(name string) bool {
	if first, _, _ := strings.Cut(name, "/"); slices.Contains([]string{"tags", "authors", "languages"}, first) {
		return false
	}
	return slices.ContainsFunc(render.Formats(), func(f render.Format) bool { return f.File == path.Base(name) })
}

// status is what the status page shows.
func (o *operator) status(ctx context.Context) admin.Status {
	numbers, err := o.numbers(ctx)
	base := o.site.publisher.BaseURL
	s := admin.Status{
		Numbers: numbers, Title: base.Host + strings.TrimSuffix(base.Path, "/"), URL: base.String(),
		Began: o.began, Now: time.Now().In(o.journal.times.Location()), Told: o.news.pings.waiting(),
	}
	if err != nil {
		s.Unknown = append(s.Unknown, err.Error())
	}
	o.journal.fill(&s)
	if s.NextReason = "the schedule " + o.journal.times.String() + " says so"; o.runs.runner.NextReason() == schedule.Due {
		s.NextReason = "an embargo, an expiry or a date that lies ahead comes"
	}
	if err := o.held(ctx, &s); err != nil {
		s.Unknown = append(s.Unknown, fmt.Sprintf("list what is held back: %v", err))
	}
	for _, f := range o.found.list() {
		s.Found = append(s.Found, admin.Finding{File: f.File, Line: f.Line, Level: f.Level.String(), Message: f.Message})
	}
	return s
}

// held lists what is held back, that which comes first in front.
func (o *operator) held(ctx context.Context, s *admin.Status) error {
	for record, err := range o.site.ledger.List(ctx, ledger.Filter{Status: []feed.Status{feed.Held}}) {
		if err != nil {
			return err
		}
		if len(s.Held) == shownHeld {
			s.MoreHeld++
			continue
		}
		s.Held = append(s.Held, admin.Document{Path: record.Path, Title: record.Title, Reason: record.Reason, Until: record.Until})
	}
	slices.SortStableFunc(s.Held, func(a, b admin.Document) int {
		switch {
		case a.Until.IsZero() == b.Until.IsZero():
			return a.Until.Compare(b.Until)
		case a.Until.IsZero():
			return 1
		}
		return -1
	})
	return nil
}
