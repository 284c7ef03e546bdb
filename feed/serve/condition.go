package serve

import (
	"net/http"
	"strings"
	"time"
)

// condition evaluates the conditions of a GET or HEAD request (RFC 9110 section
// 13.2.2) for a file, and returns 304 or 412, or 0 if it is to be sent.
//
// If-None-Match decides alone when it is there. Dates are compared, not matched:
// some readers send one of their own. The tag is compared with If-Match strongly,
// so that a weak one never matches.
func condition(head http.Header, etag string, modified time.Time) int {
	if list := head["If-Match"]; nonEmpty(list) {
		if !matches(list, etag, strong) {
			return http.StatusPreconditionFailed
		}
	} else if limit, ok := date(head["If-Unmodified-Since"]); ok && modified.After(limit) {
		return http.StatusPreconditionFailed
	}
	if list := head["If-None-Match"]; nonEmpty(list) {
		if matches(list, etag, weak) {
			return http.StatusNotModified
		}
	} else if since, ok := date(head["If-Modified-Since"]); ok && !modified.After(since) {
		return http.StatusNotModified
	}
	return 0
}

// nonEmpty reports whether a header says anything; some readers send it without a
// value when they have none.
func nonEmpty(values []string) bool {
	return len(values) > 1 || len(values) == 1 && values[0] != ""
}

// date reads a header that has one date; any other is to be ignored.
func date(values []string) (time.Time, bool) {
	if len(values) != 1 {
		return time.Time{}, false
	}
	t, err := http.ParseTime(values[0])
	return t, err == nil
}

// strong and weak compare entity tags (RFC 9110 section 8.8.3.2).
func strong(a, b string) bool { return a == b && !strings.HasPrefix(a, "W/") }
func weak(a, b string) bool   { return strings.TrimPrefix(a, "W/") == strings.TrimPrefix(b, "W/") }

// matches reports whether a list of entity tags has one that equals etag, or is a
// star. What comes after a syntax error is ignored.
func matches(values []string, etag string, equal func(a, b string) bool) bool {
	for _, list := range values {
		for {
			list = strings.TrimLeft(list, " \t,")
			if strings.HasPrefix(list, "*") {
				return true
			}
			tag, rest, ok := cutTag(list)
			if !ok {
				break
			}
			if equal(tag, etag) {
				return true
			}
			list = rest
		}
	}
	return false
}

// cutTag cuts the entity tag off the front of a list. A comma may stand in a tag.
func cutTag(list string) (tag, rest string, ok bool) {
	start := 0
	if strings.HasPrefix(list, "W/") {
		start = len("W/")
	}
	if len(list) == start || list[start] != '"' {
		return "", "", false
	}
	end := strings.IndexByte(list[start+1:], '"')
	if end < 0 {
		return "", "", false
	}
	end += start + 2
	return list[:end], list[end:], true
}
