package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"seedfeed/feed/publish"
	"seedfeed/feed/schedule"
	"seedfeed/feed/seed"
	"seedfeed/feed/serve"
)

// defaultListen is where serve listens, and where a site without a base URL is
// taken to be.
const defaultListen = ":8080"

// grace is how long requests and a run in progress may take to end.
const grace = 10 * time.Second

// trust is for how long files are taken to be as they were. What this program's runs
// write is seen at their ends at the latest.
const trust = 50 * time.Millisecond

// serveCommand makes runs and serves what they write.
type serveCommand struct {
	Listen   string `default:":8080" placeholder:"ADDR" help:"Serve HTTP at this address (${default})."`
	Schedule string `default:"*/5 * * * *" placeholder:"CRON" help:"Make a run at these times: a cron expression, or @every 10m (${default})."`
	Watch    bool   `default:"true" negatable:"" help:"Make a run when a document changes (on)."`
	Hub      bool   `default:"true" negatable:"" help:"Run a WebSub hub, which tells subscribers what is new at once (on)."`

	AdminListen *string `name:"admin-listen" placeholder:"ADDR" help:"Show the operator's side, a status page and metrics, at this address; never the public one. off for none (127.0.0.1:8081)."`

	// HubLoopback lets the hub deliver to this machine. It is for tests, which
	// have no public address: with it, whoever reaches the hub can have it ask
	// any server of this machine.
	HubLoopback bool `name:"hub-loopback" hidden:""`

	TrustedProxies []string `name:"trusted-proxies" placeholder:"NET,..." help:"Believe X-Forwarded-For of these addresses and networks (none)."`
	AccessLog      string   `name:"access-log" placeholder:"FILE" help:"Write a line for each request, in combined format, to a file or - for standard output; SIGHUP opens it anew (none)."`
}

// Run serves until the context ends.
func (c *serveCommand) Run(env *environment, flags *siteFlags) error {
	times, err := c.times(flags)
	if err != nil {
		return err
	}
	proxies, err := serve.ParseProxies(c.TrustedProxies)
	if err != nil {
		return &failure{err: fmt.Errorf("trusted proxies: %w", err), hint: "as in --trusted-proxies 127.0.0.1,10.0.0.0/8", status: 2}
	}
	listener, err := listenOn(c.Listen)
	if err != nil {
		return err
	}
	s := &station{command: c, flags: flags, times: times, proxies: proxies, log: newLog(env.stderr), listener: listener}
	if err := s.open(env); err != nil {
		return errors.Join(err, s.close(), listener.Close())
	}
	return errors.Join(s.run(env.ctx), s.close())
}

// times is the schedule.
func (c *serveCommand) times(flags *siteFlags) (schedule.Schedule, error) {
	location, err := flags.location()
	if err != nil {
		return schedule.Schedule{}, err
	}
	times, err := schedule.Parse(c.Schedule, location)
	if err != nil {
		return times, &failure{err: fmt.Errorf("schedule: %w", err), hint: `five fields as in --schedule "*/5 * * * *" (minute, hour, day, month, weekday), or --schedule "@every 10m"`, status: 2}
	}
	return times, nil
}

// listenerAddress is the address that was asked for, with the port that it
// became: 0 stands for any free one.
func listenerAddress(asked string, listener net.Listener) string {
	host, _, err := net.SplitHostPort(asked)
	if err != nil {
		return asked
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return asked
	}
	return net.JoinHostPort(host, port)
}

// runner returns what the schedule calls: one run, told to people in the log. A
// run because of changes alone looks only where they are; the schedule's look
// everywhere, since not every change is seen. done is called when a run has ended.
func (s *site) runner(env *environment, log *slog.Logger, changes *seed.Changes, done func(publish.Report, error)) func(context.Context, string) (publish.Report, error) {
	progress := newProgress(env.stderr, log)
	s.publisher.Progress = progress.show
	told, toldUnread := map[string]string{}, "" // what the log has: each is told once
	return func(ctx context.Context, reason string) (publish.Report, error) {
		report, err := s.runFor(ctx, reason, changes)
		progress.end()
		done(report, err) // before the log tells of it: who reads that finds the site as it says
		tell := log.Info
		if err == nil && report.Written+report.Removed == 0 && report.New+report.Changed+report.Gone == 0 {
			tell = log.Debug
		}
		still := map[string]string{}
		for _, skip := range report.Skips {
			still[skip.Path] = skip.Reason
			if told[skip.Path] != skip.Reason {
				log.Warn("skipped", "path", skip.Path, "reason", skip.Reason, "kept", skip.Kept)
			}
		}
		told = still
		for i, decision := range report.Decisions {
			if i == shownDecisions {
				log.Info("known again", "more", len(report.Decisions)-i)
				break
			}
			log.Info("known again", "path", decision.Path, "why", decision.Why)
		}
		if unread := report.Unread.String(); err == nil && unread != toldUnread {
			toldUnread = unread
			log.Info("left out", "files", unread)
		}
		if err == nil {
			tell("run", "because", reason, "report", report.String(), "took", report.Took.Round(time.Millisecond))
		}
		return report, err
	}
}

// runFor makes a run for a reason.
func (s *site) runFor(ctx context.Context, reason string, changes *seed.Changes) (report publish.Report, err error) {
	folders, all := changes.Take() // before the run looks: what changes after that asks for another
	if reason == schedule.Changed && !all {
		report, err = s.publisher.RunChanged(ctx, folders)
	} else {
		report, err = s.publisher.Run(ctx)
	}
	if err != nil {
		changes.All()
	}
	return report, err
}

// hangups returns a channel that asks for a run at each SIGHUP, after heard is called.
func hangups(ctx context.Context, heard func()) <-chan struct{} {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGHUP)
	requests := make(chan struct{}, 1)
	go func() {
		defer signal.Stop(signals)
		for {
			select {
			case <-ctx.Done():
				return
			case <-signals:
				heard()
				select {
				case requests <- struct{}{}:
				default: // one is waiting already
				}
			}
		}
	}()
	return requests
}

// watch returns a channel that asks for a run when a document changes. Where
// that can not be had, the schedule alone has to do.
func watch(ctx context.Context, flags *siteFlags, changes *seed.Changes, log *slog.Logger) <-chan struct{} {
	requests, err := seed.Watch(ctx, flags.Seeds, seed.WatchOptions{Settle: flags.Settle, Changes: changes, Log: log})
	if err != nil {
		log.Warn("changes are not watched; the schedule makes the runs", "error", err)
		return nil
	}
	return requests
}

// serveUntil serves HTTP until the context ends, and lets requests end then.
func serveUntil(ctx context.Context, listener net.Listener, server *http.Server) error {
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		stopped <- server.Shutdown(limit)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}
