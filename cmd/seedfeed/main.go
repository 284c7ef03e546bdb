// Seedfeed publishes a folder of documents as RSS, Atom and JSON feeds.
//
// Run seedfeed --help for the commands.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

func main() { os.Exit(process()) }

// process is the program as the system sees it: signals in, exit status out.
func process() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return run(ctx, os.Args[1:], os.Stdout, os.Stderr)
}

// run is the program without the process around it: everything it reads and
// writes comes in as an argument, but for the environment. It returns the exit
// status: 0 done, 1 failed, 2 called wrongly.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (status int) {
	defer func() {
		// kong ends the process itself after --help; here it only ends run.
		switch r := recover().(type) {
		case nil:
		case exit:
			status = int(r)
		default:
			panic(r)
		}
	}()
	var cli commandLine
	parser, err := kong.New(&cli,
		kong.Name("seedfeed"),
		kong.Description(description),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { panic(exit(code)) }),
		kong.DefaultEnvars("SEEDFEED"),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
	)
	if err != nil {
		return report(stderr, err)
	}
	command, err := parser.Parse(args)
	if err != nil {
		return report(stderr, misuse(err))
	}
	env := environment{ctx: ctx, stdout: stdout, stderr: stderr, parser: parser, command: command}
	return report(stderr, command.Run(&env, &cli.siteFlags))
}

const description = "Publishes a folder of documents as RSS, Atom and JSON feeds, with a page for each document."

// exit is an exit status on its way out of kong.
type exit int

// An environment is what a command has of the process around it.
type environment struct {
	ctx            context.Context
	stdout, stderr io.Writer
	parser         *kong.Kong
	command        *kong.Context // how the program was called
}

// A failure is an error that knows what to tell people besides its text.
type failure struct {
	err    error
	hint   string // what to do about it, or ""
	status int    // exit status
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// misuse is the failure of a command that was called wrongly.
func misuse(err error) error {
	return &failure{err: err, hint: `run "seedfeed --help" for the commands and flags`, status: 2}
}

// failed is a failure with a hint at the next step.
func failed(hint, format string, args ...any) error {
	return &failure{err: fmt.Errorf(format, args...), hint: hint, status: 1}
}

// report tells people about an error and returns the exit status.
func report(stderr io.Writer, err error) int {
	if err == nil {
		return 0
	}
	status, hint := 1, ""
	if f := (*failure)(nil); errors.As(err, &f) {
		status, hint = f.status, f.hint
	}
	_, _ = fmt.Fprintf(stderr, "seedfeed: error: %v\n", err)
	if hint != "" {
		_, _ = fmt.Fprintf(stderr, "seedfeed: hint: %s\n", hint)
	}
	return status
}
