package serve_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"seedfeed/feed/serve"
)

func TestClient(t *testing.T) {
	proxies, err := serve.ParseProxies([]string{"192.0.2.1", " 10.0.0.0/8", "2001:db8::/32", "::ffff:192.0.2.9", "::1"})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, peer, forwarded, want string
	}{
		{"nobody forwards", "198.51.100.1:1234", "", "198.51.100.1"},
		{"who is not believed", "198.51.100.1:1234", "203.0.113.7", "198.51.100.1"},
		{"a proxy that tells nothing", "192.0.2.1:1234", "", "192.0.2.1"},
		{"a proxy", "192.0.2.1:1234", "203.0.113.7", "203.0.113.7"},
		{"of a network", "10.1.2.3:1234", "203.0.113.7", "203.0.113.7"},
		{"by IPv6", "[2001:db8::5]:1234", "203.0.113.7", "203.0.113.7"},
		{"by IPv4 in IPv6", "[::ffff:192.0.2.1]:1234", "203.0.113.7", "203.0.113.7"},
		{"a proxy named as IPv4 in IPv6", "192.0.2.9:1234", "203.0.113.7", "203.0.113.7"},
		{"for a client by IPv6", "192.0.2.1:1234", "2001:DB9::7", "2001:db9::7"},
		{"for a client by IPv4 in IPv6", "192.0.2.1:1234", "::ffff:203.0.113.7", "203.0.113.7"},
		{"with a port", "192.0.2.1:1234", "203.0.113.7:5678", "203.0.113.7"},
		{"IPv6 with a port", "192.0.2.1:1234", "[2001:db9::7]:5678", "2001:db9::7"},
		{"two proxies", "192.0.2.1:1234", "203.0.113.7, 10.0.0.1", "203.0.113.7"},
		{"two lines", "192.0.2.1:1234", "203.0.113.7\n10.0.0.1", "203.0.113.7"},
		{"a client that lies", "192.0.2.1:1234", "8.8.8.8,203.0.113.7,10.0.0.1", "203.0.113.7"},
		{"a client that lies in a line of its own", "192.0.2.1:1234", "8.8.8.8\n203.0.113.7", "203.0.113.7"},
		{"only proxies", "192.0.2.1:1234", "10.0.0.2, 10.0.0.1", "10.0.0.2"},
		{"not an address", "192.0.2.1:1234", "203.0.113.7, unknown", "192.0.2.1"},
		{"not an address behind a proxy", "192.0.2.1:1234", "unknown, 10.0.0.1", "10.0.0.1"},
		{"an empty list", "192.0.2.1:1234", ",", "192.0.2.1"},
		{"zones", "[fe80::1%eth0]:1234", "", "fe80::1"},
		{"a Unix socket", "@", "203.0.113.7", "invalid IP"},
	}
	for _, tt := range tests {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = tt.peer
		if tt.forwarded != "" {
			r.Header["X-Forwarded-For"] = strings.Split(tt.forwarded, "\n")
		}
		if got := proxies.Client(r).String(); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		if got := serve.Proxies(nil).Client(r).String(); tt.forwarded != "" && strings.Contains(tt.forwarded, got) {
			t.Errorf("%s: %s is believed of nobody", tt.name, got)
		}
	}
	for _, bad := range []string{"", "localhost", "10.0.0.0/33", "192.0.2.1:80"} {
		_, err := serve.ParseProxies([]string{"::1", bad})
		if want := `"` + bad + `" is no address and no network`; err == nil || err.Error() != want {
			t.Errorf("ParseProxies(%q) = %v, want %s", bad, err, want)
		}
	}
}

func FuzzClient(f *testing.F) {
	proxies, err := serve.ParseProxies([]string{"192.0.2.0/24"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("192.0.2.1:1", "203.0.113.7, 192.0.2.2")
	f.Add("192.0.2.1:1", ", ,[::1]:80")
	f.Fuzz(func(t *testing.T, peer, forwarded string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = peer
		direct := proxies.Client(r)
		r.Header["X-Forwarded-For"] = []string{forwarded}
		// Whatever is forwarded, who is not a proxy is who it is.
		if got := proxies.Client(r); got != direct && !proxies[0].Contains(direct) {
			t.Errorf("%s with %q is %s", peer, forwarded, got)
		}
	})
}
