package websub

import "net/http"

// SetTransport replaces what reaches the callbacks, for tests on a clock of their own.
func (h *Hub) SetTransport(rt http.RoundTripper) { h.client.Transport = rt }
