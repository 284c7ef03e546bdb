package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"seedfeed/feed/extract"
	"seedfeed/feed/ledger"
	"seedfeed/feed/publish"
	"seedfeed/feed/seed"
)

// commandLine is all that can be said to the program. A flag wins over its
// environment variable (SEEDFEED_ and the flag's name), that over the default.
type commandLine struct {
	siteFlags

	Build      buildCommand      `cmd:"" help:"Make one run: read the documents, write feeds and pages."`
	Serve      serveCommand      `cmd:"" help:"Make runs on a schedule and on change, and serve what they write."`
	Service    serviceCommand    `cmd:"" help:"Print a unit of systemd that serves with the flags given here."`
	Inspect    inspectCommand    `cmd:"" help:"Show what documents become, and why. Writes nothing."`
	Check      checkCommand      `cmd:"" help:"Tell what is wrong with the documents and with what is published. Writes nothing."`
	Log        logCommand        `cmd:"" help:"Tell what happened to an entry, or to all, and why."`
	Verify     verifyCommand     `cmd:"" help:"Tell in which files out differs from what the documents and the ledger make. Changes nothing."`
	Memory     ledgerCommand     `cmd:"" name:"ledger" help:"Export what was published before, or import it."`
	List       listCommand       `cmd:"" help:"List what was published, is held, withdrawn or gone."`
	Withdraw   withdrawCommand   `cmd:"" help:"Take an entry back, and tell subscribers."`
	Restore    restoreCommand    `cmd:"" help:"Undo a withdrawal."`
	Approve    approveCommand    `cmd:"" help:"Let the change pass that the last run was stopped at, or make public what is held."`
	Version    versionCommand    `cmd:"" help:"Print the version."`
	Completion completionCommand `cmd:"" help:"Print a completion script for a shell."`
}

// siteFlags say where a site lies, and what it is called.
type siteFlags struct {
	Seeds    string        `default:"seeds" placeholder:"DIR" help:"Folder of the documents (${default})."`
	Out      string        `default:"out" placeholder:"DIR" help:"Folder for the feeds and pages (${default})."`
	Ledger   string        `default:".seedfeed/ledger.db" placeholder:"FILE" help:"What was published before; keep it (${default})."`
	BaseURL  string        `name:"base-url" placeholder:"URL" help:"Address of the site as subscribers see it (http://localhost and the port of --listen)."`
	Theme    string        `placeholder:"DIR" help:"Folder with templates and a style that replace the built-in ones."`
	Timezone string        `default:"UTC" placeholder:"ZONE" help:"Time zone of the schedule, of days, and of times without an offset (${default})."`
	Settle   time.Duration `default:"2s" placeholder:"TIME" help:"How long a file must not have changed before it is read (${default})."`
	Brake    int           `default:"20" placeholder:"PERCENT" help:"Publish nothing if more of the public entries would vanish, or change date or id, in one run (${default}); -1 for no brake."`
	Patience time.Duration `default:"30s" placeholder:"TIME" help:"How long the seeds folder may take to list a folder or to give a document; the run goes on without it then (${default})."`
	MaxSize  int64         `name:"max-size" default:"32" placeholder:"MB" help:"Leave out documents that are larger, in megabytes (${default})."`
}

// A site is what the commands work on, opened.
type site struct {
	ledger    *ledger.Ledger
	publisher *publish.Publisher
}

// open opens the site for runs. listen is the address that it is served at,
// which stands in for a base URL that is not set.
func (f *siteFlags) open(env *environment, listen string) (*site, error) {
	base, err := f.base(listen)
	if err != nil {
		return nil, err
	}
	location, err := f.location()
	if err != nil {
		return nil, err
	}
	// The folders are opened anew for each run; what is wrong with them now is
	// most likely a mistake in the call.
	_, done, err := f.openSeeds()
	if err != nil {
		return nil, err
	}
	if err := done(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(f.Out, 0o755); err != nil {
		return nil, failed("name a folder that can be written with --out", "out folder: %w", err)
	}
	if err := apart(f.Seeds, f.Out); err != nil {
		return nil, err
	}
	memory, err := publish.OpenLedger(env.ctx, f.Ledger, newLog(env.stderr))
	if err != nil {
		return nil, failed("name a file that can be written with --ledger", "%w", err)
	}
	publisher := &publish.Publisher{
		Seeds: f.openSeeds, Ledger: memory, Out: f.Out,
		BaseURL: base, Location: location, Version: buildVersion(), Brake: f.Brake, Theme: f.Theme,
	}
	if err := publisher.RecallHub(env.ctx); err != nil {
		return nil, errors.Join(err, memory.Close())
	}
	return &site{ledger: memory, publisher: publisher}, nil
}

// reading says which documents are read, and when.
func (f *siteFlags) reading() seed.Options {
	return seed.Options{Readable: extract.Readable, Settle: f.Settle, Patience: f.Patience, MaxSize: f.MaxSize * 1_000_000}
}

// openSeeds opens the folder of documents, out of which no link leads.
func (f *siteFlags) openSeeds() (*seed.Folder, func() error, error) {
	root, err := os.OpenRoot(f.Seeds)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, failed("make it, or name another one with --seeds", "seeds folder %q does not exist", f.Seeds)
	case err != nil:
		return nil, nil, failed("name a folder that can be read with --seeds", "seeds folder %q: %w", f.Seeds, err)
	}
	return seed.New(root.FS(), f.reading()), root.Close, nil
}

// apart refuses folders of which one lies in the other: pages would be read as
// documents, or documents served.
func apart(seeds, out string) error {
	a, errA := filepath.EvalSymlinks(seeds)
	b, errB := filepath.EvalSymlinks(out)
	if errA != nil || errB != nil {
		return errors.Join(errA, errB)
	}
	a, errA = filepath.Abs(a)
	b, errB = filepath.Abs(b)
	if errA != nil || errB != nil {
		return errors.Join(errA, errB)
	}
	if within(a, b) || within(b, a) {
		return failed("name two folders that lie apart with --seeds and --out", "the seeds folder %q and the out folder %q lie in one another", seeds, out)
	}
	return nil
}

// within reports whether a path is a folder or lies in it.
func within(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(rel)
}

// base is the address of the site.
func (f *siteFlags) base(listen string) (*url.URL, error) {
	const hint = "give the address that subscribers use, as in --base-url https://news.example.org/"
	address := f.BaseURL
	if address == "" {
		host, port, err := net.SplitHostPort(listen)
		if err != nil {
			return nil, misuse(fmt.Errorf("address to listen on: %w", err))
		}
		if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
			host = "localhost"
		}
		address = "http://" + net.JoinHostPort(host, port) + "/"
	}
	base, err := url.Parse(address)
	if err != nil {
		return nil, &failure{err: fmt.Errorf("base URL: %w", err), hint: hint, status: 2}
	}
	if base.Path == "" {
		base.Path = "/"
	}
	if err := publish.CheckBase(base); err != nil {
		return nil, &failure{err: err, hint: hint, status: 2}
	}
	return base, nil
}

// location is the site's time zone.
func (f *siteFlags) location() (*time.Location, error) {
	location, err := time.LoadLocation(f.Timezone)
	if err != nil {
		return nil, &failure{err: fmt.Errorf("time zone %q is not known", f.Timezone), hint: "use a name like Europe/Berlin or UTC", status: 2}
	}
	return location, nil
}
