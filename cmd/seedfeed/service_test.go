package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// service returns the unit for flags.
func service(t *testing.T, flags ...string) string {
	t.Helper()
	var stdout, stderr strings.Builder
	if status := run(t.Context(), append([]string{"service"}, flags...), &stdout, &stderr); status != 0 {
		t.Fatalf("exit status %d: %s", status, stderr.String())
	}
	return stdout.String()
}

func TestService(t *testing.T) {
	t.Setenv("SEEDFEED_TIMEZONE", "Europe/Berlin")
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	text := service(t, "--seeds", "/srv/my news/100%", "--out", "site", "--listen", ":80", "--schedule", "*/10 * * * *", "--no-watch",
		"--base-url", "https://news.example.org/", "--access-log", "/var/log/seedfeed/access.log", "--admin-listen", "off", "--user", "press",
		"--trusted-proxies", "127.0.0.1,::1")
	for _, want := range []string{
		"User=press",
		"ExecStart=" + self + ` serve "--seeds=/srv/my news/100%%" --out=site --base-url=https://news.example.org/ --timezone=Europe/Berlin ` +
			`--listen=:80 "--schedule=*/10 * * * *" --no-watch --admin-listen=off --trusted-proxies=127.0.0.1,::1 --access-log=/var/log/seedfeed/access.log`,
		"ReadWritePaths=" + filepath.Join(dir, "site") + " " + filepath.Join(dir, ".seedfeed") + " /var/log/seedfeed",
		`ReadOnlyPaths="/srv/my news/100%%"`,
		"CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
		"WatchdogSec=60",
	} {
		if !strings.Contains(text, "\n"+want+"\n") {
			t.Errorf("the unit lacks %q:\n%s", want, text)
		}
	}
	if text := service(t); !strings.Contains(text, "\nCapabilityBoundingSet=\n") || !strings.Contains(text, " serve --timezone=Europe/Berlin\n") {
		t.Errorf("without flags the unit is:\n%s", text)
	}
}

// systemd understands every line of it.
func TestServiceVerified(t *testing.T) {
	analyze := program(t, "systemd-analyze")
	dir := t.TempDir()
	file := filepath.Join(dir, "seedfeed.service")
	text := service(t, "--seeds", "/srv/my news/100%", "--listen", ":80", "--schedule", "*/10 * * * *", "--access-log", "/var/log/my $log")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	command(t, dir, nil, analyze, "verify", "--man=no", file)
}

func TestServiceWrongFlags(t *testing.T) {
	for want, flags := range map[string][]string{
		"hint: five fields as in": {"--schedule", "soon"},
		"hint: give the address":  {"--base-url", "news"},
	} {
		var stderr strings.Builder
		if status := run(t.Context(), append([]string{"service"}, flags...), &stderr, &stderr); status != 2 || !strings.Contains(stderr.String(), want) {
			t.Errorf("%q: exit status %d: %s", flags, status, stderr.String())
		}
	}
}
