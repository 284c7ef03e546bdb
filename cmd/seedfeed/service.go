package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"
)

// serviceCommand prints a unit of systemd that serves with the flags that it is
// given. It takes those of serve.
type serviceCommand struct {
	serveCommand
	User string `default:"seedfeed" placeholder:"NAME" help:"User that the service runs as (${default})."`
}

// unit is hardened (systemd.exec(5)): the service sees no home, writes to two
// folders, and has no way to become more than it is.
const unit = `# Written by: seedfeed service{{range .Flags}} {{.}}{{end}}
# Put it into /etc/systemd/system/seedfeed.service, then:
#   useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin {{.User}}
#   install -d -o {{.User}} {{.Out}} {{.Ledger}}
#   systemctl daemon-reload && systemctl enable --now seedfeed
[Unit]
Description=Feeds from a folder of documents
Documentation=man:systemd.service(5)
After=network-online.target
Wants=network-online.target
RequiresMountsFor={{.Seeds}} {{.Out}} {{.Ledger}}

[Service]
Type=notify
User={{.User}}
WorkingDirectory={{.Dir}}
ExecStart={{.Program}} serve{{range .Flags}} {{.}}{{end}}
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=2
WatchdogSec=60
TimeoutStopSec=20
UMask=0022
ReadWritePaths={{.Out}} {{.Ledger}}{{range .Writes}} {{.}}{{end}}
ReadOnlyPaths={{.Seeds}}
ProtectSystem=strict
ProtectHome={{.ProtectHome}}
PrivateTmp={{.PrivateTmp}}
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProcSubset=pid
NoNewPrivileges=yes
CapabilityBoundingSet={{.Capability}}
AmbientCapabilities={{.Capability}}
LockPersonality=yes
MemoryDenyWriteExecute=yes
RemoveIPC=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
LimitNOFILE=16384

[Install]
WantedBy=multi-user.target
`

// Run prints the unit. Nothing is opened, and the folders need not be there.
func (c *serviceCommand) Run(env *environment, flags *siteFlags) error {
	if _, err := c.times(flags); err != nil {
		return err
	}
	if _, err := flags.base(c.Listen); err != nil {
		return err
	}
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	seeds, out, ledger := absolute(dir, flags.Seeds), absolute(dir, flags.Out), absolute(dir, filepath.Dir(flags.Ledger))
	capability := ""
	if _, port, err := net.SplitHostPort(c.Listen); err == nil {
		if n, err := strconv.Atoi(port); err == nil && n > 0 && n < 1024 {
			capability = "CAP_NET_BIND_SERVICE"
		}
	}
	var writes []string
	if c.AccessLog != "" && c.AccessLog != "-" {
		writes = append(writes, quoted(absolute(dir, filepath.Dir(c.AccessLog))))
	}
	// A home that is hidden is an empty one: the folders of the site must show.
	home, temporary := "yes", "yes"
	for _, path := range []string{dir, program, seeds, out, ledger} {
		if within(path, "/home") || within(path, "/root") || within(path, "/run/user") {
			home = "read-only"
		}
		if within(path, "/tmp") || within(path, "/var/tmp") {
			temporary = "no"
		}
	}
	return template.Must(template.New("unit").Parse(unit)).Execute(env.stdout, map[string]any{
		"Flags": c.given(env), "User": c.User, "Dir": specifiers(dir), "Program": word(program),
		"Seeds": quoted(seeds), "Out": quoted(out), "Ledger": quoted(ledger),
		"Writes": writes, "ProtectHome": home, "PrivateTmp": temporary, "Capability": capability,
	})
}

// given returns the flags that were given, by flag or environment, as they stand
// in a unit, in the order that they are declared in.
func (c *serviceCommand) given(env *environment) []string {
	var flags []string
	for _, flag := range env.command.Flags() {
		if flag.Name == "user" || flag.Name == "help" {
			continue
		}
		text, said := "", true
		switch value := env.command.FlagValue(flag).(type) {
		case bool:
			if value != (flag.Default == "true") {
				flags = append(flags, map[bool]string{true: "--", false: "--no-"}[value]+flag.Name)
			}
			continue
		case []string:
			text = strings.Join(value, ",")
		case *string:
			if said = value != nil; said {
				text = *value
			}
		default:
			text = fmt.Sprint(value)
		}
		if said && text != flag.Default {
			flags = append(flags, word("--"+flag.Name+"="+text))
		}
	}
	return flags
}

func absolute(dir, path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(dir, path)
}

// word writes a word of a command line so that systemd reads it as it is: see
// systemd.service(5), "Command lines".
func word(text string) string { return quoted(strings.ReplaceAll(text, "$", "$$")) }

// quoted writes a word of a list, as of paths.
func quoted(text string) string {
	text = specifiers(text)
	if text != "" && !strings.ContainsAny(text, " \t\n\"'\\;*?") {
		return text
	}
	return strconv.Quote(text)
}

// specifiers writes a text so that systemd replaces nothing in it: see
// systemd.unit(5), "Specifiers".
func specifiers(text string) string { return strings.ReplaceAll(text, "%", "%%") }
