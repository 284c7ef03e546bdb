package serve

import (
	"strconv"
	"strings"
)

// acceptsGzip reports whether the values of Accept-Encoding ask for gzip (RFC 9110
// section 12.5.3): by its name or a star, with a weight that is not 0 and not less
// than that of the bytes as they are, if that is given.
func acceptsGzip(values []string) bool {
	const unset = -1
	gzip, star, identity := float64(unset), float64(unset), float64(unset)
	for _, list := range values {
		for item := range strings.SplitSeq(list, ",") {
			coding, parameters, _ := strings.Cut(item, ";")
			coding = strings.TrimSpace(coding)
			switch {
			case strings.EqualFold(coding, "gzip"), strings.EqualFold(coding, "x-gzip"):
				gzip = max(gzip, weight(parameters))
			case coding == "*":
				star = weight(parameters)
			case strings.EqualFold(coding, "identity"):
				identity = weight(parameters)
			}
		}
	}
	if gzip == unset {
		gzip = star
	}
	return gzip > 0 && gzip >= identity
}

// weight reads the q of a coding. Without one it is 1; one that can not be read
// refuses the coding, since bytes that nobody asked for can not be taken back.
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
