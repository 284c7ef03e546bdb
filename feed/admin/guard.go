package admin

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// policy allows a page nothing but style sheets of this server.
const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// guard returns a handler that refuses what web pages elsewhere could ask for by
// the browser of somebody who can reach the server.
func guard(next http.Handler, names []string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Cache-Control", "no-store")
		head.Set("Content-Security-Policy", policy)
		head.Set("Cross-Origin-Resource-Policy", "same-origin")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		head.Set("Referrer-Policy", "no-referrer")
		head.Set("X-Content-Type-Options", "nosniff")
		switch {
		case !isOurs(r.Host, names):
			http.Error(w, "this server is not called "+hostOf(r.Host)+"; use its address, or localhost", http.StatusMisdirectedRequest)
		case !fromHere(r):
			http.Error(w, "another site asks for this; open it by its address", http.StatusForbidden)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// isOurs reports whether a value of Host is a name of this server: whoever makes
// a name of his own lead to this machine (DNS rebinding) could read all answers
// from his page. He has no address for a name, none of the names of this machine,
// and no name without a dot, as containers have for each other.
func isOurs(host string, names []string) bool {
	host = strings.ToLower(strings.TrimSuffix(hostOf(host), "."))
	if host == "" {
		return false
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	return !strings.Contains(host, ".") || strings.HasSuffix(host, ".localhost") ||
		slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, host) })
}

// hostOf is a value of Host without its port.
func hostOf(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}

// fromHere reports whether a request comes from a page of this server, from no
// page, or from a link to the status page. Browsers tell (Fetch Metadata).
func fromHere(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return true
	}
	return r.URL.Path == "/" && r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
}
