package websub

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"code.dny.dev/ssrf"
)

// How long one attempt to reach a callback may take, in all and in its parts.
const (
	attemptTimeout = 15 * time.Second
	dialTimeout    = 5 * time.Second
	idleTimeout    = 30 * time.Second
)

// newGuard returns what decides whether an address may be dialled. Ports are
// looked at before: see checkPort.
func newGuard(loopback bool) *ssrf.Guardian {
	options := []ssrf.Option{ssrf.WithAnyPort()}
	if loopback {
		options = append(options,
			ssrf.WithAllowedV4Prefixes(netip.MustParsePrefix("127.0.0.0/8")),
			ssrf.WithAllowedV6Prefixes(netip.MustParsePrefix("::1/128")))
	}
	return ssrf.New(options...)
}

// newClient returns a client that reaches only what the guard lets through: it is
// asked about each address that a name stands for, just before it is dialled. A
// proxy of the environment would be dialled instead, so none is used.
func newClient(guard *ssrf.Guardian) *http.Client {
	dialer := &net.Dialer{Timeout: dialTimeout, Control: guard.Safe}
	return &http.Client{
		Timeout: attemptTimeout,
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			TLSHandshakeTimeout:    dialTimeout,
			MaxIdleConns:           maxAtOnce,
			MaxIdleConnsPerHost:    4,
			IdleConnTimeout:        idleTimeout,
			MaxResponseHeaderBytes: 16 << 10,
			DisableCompression:     true, // the challenge is compared as it was sent
			ForceAttemptHTTP2:      true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// checkCallback reports what is wrong with the address of a callback. A name that
// stands for an address that is not public is found out only when it is dialled.
func checkCallback(callback string, guard *ssrf.Guardian, loopback bool) error {
	u, err := url.Parse(callback)
	switch {
	case len(callback) > maxAddress:
		return fmt.Errorf("longer than %d bytes", maxAddress)
	case !printable(callback):
		return fmt.Errorf("%q holds characters that have to be escaped (RFC 3986, section 2.1)", callback)
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return fmt.Errorf("%q is no absolute address with http or https", callback)
	case u.User != nil:
		return fmt.Errorf("%q holds the name of a user", callback)
	case strings.Contains(callback, "#"):
		return fmt.Errorf("%q has a fragment", callback)
	}
	if err := checkPort(u.Port()); err != nil {
		return err
	}
	return checkHost(u.Hostname(), guard, loopback)
}

// printable reports whether a text has only characters of ASCII that are seen.
func printable(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}

// checkPort refuses the ports of well-known services that do not speak HTTP: a
// hub that can be sent anywhere is a way to knock at their doors.
func checkPort(port string) error {
	if port == "" || port == "80" || port == "443" {
		return nil
	}
	if n, err := strconv.Atoi(port); err != nil || n < 1024 || n > 65535 {
		return fmt.Errorf("port %q is not 80, 443 or between 1024 and 65535", port)
	}
	return nil
}

// checkHost tells early, and with a reason, what the guard would refuse anyway.
func checkHost(host string, guard *ssrf.Guardian, loopback bool) error {
	name := strings.TrimSuffix(strings.ToLower(host), ".")
	refused := !loopback && (name == "localhost" || strings.HasSuffix(name, ".localhost"))
	if ip, err := netip.ParseAddr(host); err == nil {
		network := "tcp4"
		if ip.Is6() {
			network = "tcp6"
		}
		refused = guard.Safe(network, netip.AddrPortFrom(ip, 443).String(), nil) != nil
	}
	if refused {
		return fmt.Errorf("%q is no public host", host)
	}
	return nil
}

// hostOf returns the host of a callback, which was checked, without its port.
func hostOf(callback string) string {
	u, err := url.Parse(callback)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// withQuery adds parameters to the query of a callback, which stays as it is
// (section 5.3).
func withQuery(callback string, parameters url.Values) string {
	switch {
	case !strings.Contains(callback, "?"):
		callback += "?"
	case !strings.HasSuffix(callback, "?") && !strings.HasSuffix(callback, "&"):
		callback += "&"
	}
	return callback + parameters.Encode()
}
