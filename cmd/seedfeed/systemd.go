package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/coreos/go-systemd/v22/activation"
	"github.com/coreos/go-systemd/v22/daemon"
)

// listenOn returns the socket that systemd opened for the program (see
// systemd.socket(5)), or else one at the address that is asked for.
func listenOn(address string) (net.Listener, error) {
	inherited, err := activation.Listeners()
	switch {
	case err != nil:
		return nil, fmt.Errorf("socket of systemd: %w", err)
	case len(inherited) > 1 || len(inherited) == 1 && inherited[0] == nil:
		return nil, failed("name one stream socket in the .socket unit", "systemd passes %d sockets, of which one is to be served", len(inherited))
	case len(inherited) == 1:
		return inherited[0], nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, failed("another program may listen there; choose another address with --listen", "%w", err)
	}
	return listener, nil
}

// A manager is systemd, or whoever else reads what sd_notify(3) describes: it is
// told what the program is doing. Without one nothing is told.
type manager struct{ log *slog.Logger }

// What the manager is told.
const (
	managerReady    = daemon.SdNotifyReady // requests are answered; or a reload is over
	managerStopping = daemon.SdNotifyStopping
	managerAlive    = daemon.SdNotifyWatchdog
)

// managerReloading is told when a reload begins, with its instant.
func managerReloading() string {
	return daemon.SdNotifyReloading + "\n" + daemon.SdNotifyMonotonicUsec()
}

func (m manager) tell(state string) {
	if _, err := daemon.SdNotify(false, state); err != nil {
		m.log.Warn("the service manager can not be told", "state", state, "error", err)
	}
}

// watchdog tells the manager that the program is alive, twice in the time that
// it has set and until the context ends, but each time only after a page was had
// from the handler: one that hangs, on a lock or a file system, is to be restarted.
func (m manager) watchdog(ctx context.Context, handler http.Handler) error {
	limit, err := daemon.SdWatchdogEnabled(false)
	if err != nil {
		return fmt.Errorf("watchdog: %w", err)
	}
	if limit == 0 {
		return nil
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, "/", nil)
	if err != nil {
		return err
	}
	ticker := time.NewTicker(limit / 2)
	defer ticker.Stop()
	for {
		handler.ServeHTTP(nobody{http.Header{}}, request)
		m.tell(managerAlive)
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}

// nobody receives a response.
type nobody struct{ header http.Header }

func (n nobody) Header() http.Header       { return n.header }
func (nobody) Write(p []byte) (int, error) { return len(p), nil }
func (nobody) WriteHeader(int)             {}
