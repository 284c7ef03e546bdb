package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"seedfeed/feed/publish"
	"seedfeed/feed/schedule"
	"seedfeed/feed/seed"
	"seedfeed/feed/serve"
)

// A station is all that serve runs side by side: the runs, the site over HTTP, the
// hub, and the operator's side.
type station struct {
	command  *serveCommand
	flags    *siteFlags
	times    schedule.Schedule
	proxies  serve.Proxies
	log      *slog.Logger
	listener net.Listener

	site     *site
	clock    *schedule.Clock
	runs     *pulse
	makeRun  func(ctx context.Context, reason string) (publish.Report, error)
	changes  *seed.Changes // since the last run
	out      *outFolder
	news     *crier
	entrance door
	found    *findings
	heap     heap
	systemd  manager

	operator   *operator
	operatorAt net.Listener // nil for none

	opened []func() error // close what was opened, in that order
}

// open makes the parts ready. What was opened before an error is for close.
func (s *station) open(env *environment) (err error) {
	if s.site, err = s.flags.open(env, listenerAddress(s.command.Listen, s.listener)); err != nil {
		return err
	}
	s.opened = append(s.opened, s.site.ledger.Close)
	s.systemd, s.heap, s.changes = manager{s.log}, newHeap(), new(seed.Changes)
	s.clock = &schedule.Clock{Log: s.log}
	s.runs = &pulse{runner: &schedule.Runner{Schedule: s.times, Log: s.log, Run: s.oneRun}}

	publisher := s.site.publisher
	publisher.Log, publisher.Believed, publisher.Hub = s.log, s.clock.Believed, ""
	if s.command.Hub {
		publisher.Hub = hubOf(publisher.BaseURL)
	}
	s.makeRun = s.site.runner(env, s.log, s.changes, func(report publish.Report, err error) {
		s.out.refresh()
		s.runs.note(report, err)
	})
	s.found = newFindings(s.site, s.flags.Out, s.log)
	return s.openSides(env)
}

// openSides makes ready what others ask: the site, its hub, the operator's side.
func (s *station) openSides(env *environment) (err error) {
	traffic := serve.NewTraffic(s.proxies)
	s.out, err = newOutFolder(s.flags.Out, serve.Options{
		Prefix: s.site.publisher.BaseURL.Path, Ready: s.runs.ready.Load, Next: s.runs.next, Due: s.runs.transition, Fate: s.site.fate,
		Trust: trust, Traffic: traffic, Log: s.log,
	})
	if err != nil {
		return err
	}
	s.opened = append(s.opened, s.out.close)
	if s.news, err = newCrier(env.ctx, s.site, s.out, s.command.HubLoopback, s.log); err != nil {
		return err
	}
	s.opened = append(s.opened, func() error { s.news.close(); return nil })
	if s.entrance, err = openDoor(s.news, traffic, s.command.AccessLog, s.proxies, env, s.log); err != nil {
		return err
	}
	s.opened = append(s.opened, s.entrance.close)
	s.operator = newOperator(&operator{
		site: s.site, runs: s.runs, journal: &journal{times: s.times}, traffic: traffic, news: s.news, found: s.found, out: s.out,
	})
	s.operatorAt, err = listenAdmin(s.command.AdminListen, s.log)
	return err
}

// close closes what was opened, the last first.
func (s *station) close() error {
	var errs []error
	for _, end := range slices.Backward(s.opened) {
		errs = append(errs, end())
	}
	return errors.Join(errs...)
}

// run works until the context ends, or a part fails.
func (s *station) run(outer context.Context) error {
	group, ctx := errgroup.WithContext(outer)
	s.runs.runner.Requests = hangups(ctx, func() {
		s.systemd.tell(managerReloading())
		s.entrance.reopen()
		s.clock.Believe()
	})
	if s.command.Watch {
		s.runs.runner.Changes = watch(ctx, s.flags, s.changes, s.log)
	}
	s.log.Info("serving", "url", s.site.publisher.BaseURL.String(), "listen", s.listener.Addr().String())
	group.Go(func() error {
		defer s.found.end()
		return s.runs.runner.Loop(ctx)
	})
	group.Go(func() error {
		return serveUntil(ctx, serve.Listener(s.listener), serve.NewServer(s.entrance, s.log))
	})
	if s.operatorAt != nil {
		s.log.Info("the operator's side", "url", "http://"+s.operatorAt.Addr().String()+"/")
		group.Go(func() error { return serveAdmin(ctx, s.operatorAt, s.operator, s.command.AdminListen, s.log) })
	}
	group.Go(func() error { return s.news.run(ctx) })
	group.Go(func() error { return s.systemd.watchdog(ctx, s.out) })
	s.systemd.tell(managerReady)
	group.Go(func() error {
		<-ctx.Done()
		s.systemd.tell(managerStopping)
		return nil
	})
	err := group.Wait()
	if outer.Err() != nil && errors.Is(err, context.Canceled) {
		err = nil
	}
	s.log.Info("stopped")
	return err
}

// oneRun is what the schedule calls: a run, and word of it to all who are to know.
func (s *station) oneRun(ctx context.Context, reason string) (time.Time, error) {
	s.heap.work()
	defer s.heap.rest()
	s.runs.running.Store(true)
	defer s.runs.running.Store(false)
	s.found.end()
	s.operator.journal.begin(reason, time.Now())
	report, err := s.makeRun(ctx, reason)
	s.operator.note(report, err)
	s.news.tell(ctx)
	if err == nil {
		s.found.begin(ctx)
	}
	if strings.Contains(reason, schedule.Requested) {
		s.systemd.tell(managerReady)
	}
	return report.Next, err
}
