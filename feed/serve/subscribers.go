package serve

import (
	"strconv"
	"strings"
)

const (
	maxSubscribers = 10_000_000 // that are believed
	maxServiceName = 100        // bytes of it that are kept
)

// subscribersOf reads how many people a service fetches a feed for, as services
// tell in User-Agent: "Feedly/1.0 (...; 12 subscribers; ...)", "Feedbin feed-id:7
// - 4 subscribers", "NewsBlur Feed Fetcher - 1 subscriber", "... 3 readers". The
// name is what stands before the number. Anybody can say anything; it is an
// estimate.
func subscribersOf(agent string) (name string, n int, ok bool) {
	for _, word := range []string{" subscriber", " reader"} {
		end := strings.Index(agent, word)
		if end < 0 {
			continue
		}
		start := end
		for start > 0 && '0' <= agent[start-1] && agent[start-1] <= '9' {
			start--
		}
		if start == end {
			continue
		}
		n, err := strconv.Atoi(agent[start:end])
		if err != nil || n > maxSubscribers {
			n = maxSubscribers
		}
		return agent[:min(start, maxServiceName)], n, true
	}
	return "", 0, false
}
