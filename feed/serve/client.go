package serve

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
)

// Proxies are the networks of proxies that are believed when they tell for whom
// they ask. Anybody can send X-Forwarded-For: from all others it is ignored.
type Proxies []netip.Prefix

// ParseProxies reads addresses (192.0.2.1, ::1) and networks (10.0.0.0/8).
func ParseProxies(list []string) (Proxies, error) {
	proxies := make(Proxies, 0, len(list))
	for _, text := range list {
		text = strings.TrimSpace(text)
		network, err := netip.ParsePrefix(text)
		if err != nil {
			addr, err := netip.ParseAddr(text)
			if err != nil {
				return nil, fmt.Errorf("%q is no address and no network", text)
			}
			network = netip.PrefixFrom(addr, addr.BitLen())
		}
		if a := network.Addr(); a.Is4In6() && network.Bits() >= 96 {
			network = netip.PrefixFrom(a.Unmap(), network.Bits()-96)
		}
		proxies = append(proxies, network.Masked())
	}
	return proxies, nil
}

// Client returns the address of who asks: the peer, or if that is one of the
// proxies, the last address in X-Forwarded-For that is none of them. It is the
// zero Addr for a peer without one, as at a Unix socket.
func (p Proxies) Client(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	client := peer.Addr().Unmap().WithZone("")
	lists := r.Header["X-Forwarded-For"]
	for i := len(lists) - 1; i >= 0; i-- {
		for list, rest := lists[i], true; rest; {
			if !p.has(client) {
				return client
			}
			cut := strings.LastIndexByte(list, ',')
			addr, ok := forwardedAddr(list[cut+1:])
			if !ok {
				return client // what is before it was not written by who is believed
			}
			client = addr
			rest = cut >= 0
			list = list[:max(cut, 0)]
		}
	}
	return client
}

func (p Proxies) has(addr netip.Addr) bool {
	for _, network := range p {
		if network.Contains(addr) {
			return true
		}
	}
	return false
}

// forwardedAddr reads an address of X-Forwarded-For, to which some add the port.
func forwardedAddr(text string) (netip.Addr, bool) {
	text = strings.TrimSpace(text)
	addr, err := netip.ParseAddr(text)
	if err != nil {
		withPort, err := netip.ParseAddrPort(text)
		if err != nil {
			return netip.Addr{}, false
		}
		addr = withPort.Addr()
	}
	return addr.Unmap().WithZone(""), true
}
