package serve

import (
	"strconv"
	"strings"
)

// A coding is a way to send the bytes of a file (RFC 9110 section 8.4.1).
type coding int

// The codings, in the order in which they are taken when a client does not care:
// feeds are smallest in the first.
const (
	brotliCoding coding = iota // RFC 7932
	zstdCoding                 // RFC 8878
	gzipCoding                 // RFC 1952
	identity                   // the bytes as they are
)

var codingNames = [identity]string{brotliCoding: "br", zstdCoding: "zstd", gzipCoding: "gzip"}

// codingOf returns the coding that a name stands for.
func codingOf(name string) (coding, bool) {
	for c, known := range codingNames {
		if strings.EqualFold(name, known) {
			return coding(c), true
		}
	}
	switch {
	case strings.EqualFold(name, "x-gzip"):
		return gzipCoding, true
	case strings.EqualFold(name, "identity"):
		return identity, true
	}
	return 0, false
}

// accepted chooses by the values of Accept-Encoding (RFC 9110 section 12.5.3):
// the coding of the highest weight that is not less than that of the bytes as
// they are, if that is given. A star stands for gzip, which all know. Without the
// header the bytes are sent as they are; they also are when all else is refused.
func accepted(values []string) coding {
	const unset = -1
	weights, star := [identity + 1]float64{unset, unset, unset, unset}, float64(unset)
	for _, list := range values {
		for item := range strings.SplitSeq(list, ",") {
			name, parameters, _ := strings.Cut(item, ";")
			name = strings.TrimSpace(name)
			if c, ok := codingOf(name); ok {
				weights[c] = max(weights[c], weight(parameters))
			} else if name == "*" {
				star = weight(parameters)
			}
		}
	}
	chosen, highest := identity, max(weights[identity], 0)
	for c, q := range weights[:identity] {
		if q == unset && coding(c) == gzipCoding {
			q = star
		}
		if q > highest || q > 0 && q == highest && chosen == identity {
			chosen, highest = coding(c), q
		}
	}
	return chosen
}

// weight reads the q of a coding or a media type. Without one it is 1; one that
// can not be read refuses, since what nobody asked for can not be taken back.
func weight(parameters string) float64 {
	for parameter := range strings.SplitSeq(parameters, ";") {
		name, value, ok := strings.Cut(parameter, "=")
		if !ok || !strings.EqualFold(strings.TrimSpace(name), "q") {
			continue
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil || !(q >= 0 && q <= 1) {
			return 0
		}
		return q
	}
	return 1
}
