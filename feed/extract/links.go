package extract

import (
	"encoding/base64"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/idna"
)

// A resolver makes the addresses in a document absolute. Readers show an entry
// far from the document's place, and a JSON Feed has no base at all.
type resolver struct {
	base *url.URL // of the document's folder, with a final slash; nil when the site's address is not known
}

// newResolver returns the resolver for the document at a path below the site's
// address. The names of folders are not escaped yet: a "#" in one is a letter.
func newResolver(site *url.URL, docPath string) resolver {
	if site == nil || site.Host == "" {
		return resolver{}
	}
	base := *site
	base.RawQuery, base.Fragment, base.RawFragment, base.RawPath = "", "", "", ""
	if i := strings.LastIndexByte(base.Path, '/'); i >= 0 {
		base.Path = base.Path[:i+1]
	} else {
		base.Path = "/"
	}
	if dir := path.Dir(docPath); dir != "." {
		base.Path += strings.Trim(dir, "/") + "/"
	}
	return resolver{base: &base}
}

// rebase returns the resolver of a page that names its own base.
func (r resolver) rebase(href string) resolver {
	if absolute, ok := r.resolve(href); ok {
		if u, err := url.Parse(absolute); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
			return resolver{base: u}
		}
	}
	return r
}

// resolve returns the absolute form of an address, escaped as RFC 3986 wants
// it. It reports false for what must not be followed or can not be resolved: a
// script, a place on the same page, a relative address on a site without one.
func (r resolver) resolve(ref string) (absolute string, ok bool) {
	ref = tidyReference(ref)
	if ref == "" || ref[0] == '#' {
		return "", false
	}
	u, err := url.Parse(ref)
	if err != nil {
		return "", false
	}
	if !u.IsAbs() {
		if u = r.join(u); u == nil {
			return "", false
		}
	}
	if !safeScheme(u) {
		return "", false
	}
	if u.Host != "" {
		if u.Host, ok = asciiHost(u.Host); !ok {
			return "", false
		}
	}
	u.RawQuery = escapeQuery(u.RawQuery)
	u.Opaque = escapeQuery(u.Opaque) // "tel:+994 12 123"
	absolute = u.String()
	if _, err := url.Parse(absolute); err != nil {
		return "", false
	}
	return absolute, true
}

// join returns the absolute form of a relative reference, or nil.
func (r resolver) join(u *url.URL) *url.URL {
	switch {
	case r.base != nil:
		return r.base.ResolveReference(u)
	case u.Host != "": // "//host/path": the web is served by https today
		u.Scheme = "https"
		return u
	}
	return nil
}

// safeScheme reports whether an address can be offered to a reader.
func safeScheme(u *url.URL) bool {
	switch u.Scheme {
	case "http", "https", "ftp":
		return u.Host != ""
	case "mailto", "tel", "sms", "magnet", "xmpp", "irc", "ircs", "geo":
		return true
	}
	return false
}

// tidyReference takes out of an address what browsers ignore in it (white space
// around it, line breaks and tabs within) and mends a stray percent sign.
func tidyReference(ref string) string {
	ref = strings.TrimFunc(ref, func(r rune) bool { return r <= ' ' || r == '\u00a0' })
	ref = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, ref)
	if !strings.Contains(ref, "%") {
		return ref
	}
	var b strings.Builder
	for i := 0; i < len(ref); i++ {
		if b.WriteByte(ref[i]); ref[i] == '%' && (i+2 >= len(ref) || !isHex(ref[i+1]) || !isHex(ref[i+2])) {
			b.WriteString("25")
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// asciiHost returns a host in the form that goes over the wire (RFC 5891).
func asciiHost(host string) (string, bool) {
	for i := range len(host) {
		if host[i] >= 0x80 {
			ascii, err := idna.Lookup.ToASCII(host)
			return ascii, err == nil
		}
	}
	return host, !strings.ContainsAny(host, " %\"<>\\^`{|}")
}

// escapeQuery escapes what may not stand in a query and package url leaves.
func escapeQuery(query string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(query) {
		if c := query[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"'<>\\^`{|}", c) >= 0 {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
			continue
		}
		b.WriteByte(query[i])
	}
	return b.String()
}

// resolveSet makes the addresses of a srcset absolute (HTML, 4.8.4.2.1). It
// returns "" when one of them can not be.
func (r resolver) resolveSet(set string) string {
	const space = " \t\r\n\f"
	var out []string
	for {
		set = strings.TrimLeft(set, space+",")
		if set == "" {
			return strings.Join(out, ", ")
		}
		end := strings.IndexAny(set, space)
		if end < 0 {
			end = len(set)
		}
		address, rest := set[:end], set[end:]
		descriptor := ""
		if trimmed := strings.TrimRight(address, ","); trimmed != address {
			address = trimmed
		} else {
			descriptor, rest, _ = strings.Cut(rest, ",")
		}
		absolute, ok := r.resolve(address)
		if !ok {
			return ""
		}
		// A comma would end the address where a descriptor is missing.
		absolute = strings.ReplaceAll(absolute, ",", "%2C")
		out = append(out, strings.TrimSpace(absolute+" "+strings.Join(strings.Fields(descriptor), " ")))
		set = rest
	}
}

// maxDataImage is the length of the largest picture that is kept inside the
// content: an icon. Anything larger belongs into a file of its own.
const maxDataImage = 8 << 10

// isDataImage reports whether an address holds a small picture itself.
func isDataImage(address string) bool {
	if len(address) > maxDataImage {
		return false
	}
	rest, ok := strings.CutPrefix(address, "data:image/")
	if !ok {
		return false
	}
	kind, data, ok := strings.Cut(rest, ";base64,")
	switch {
	case !ok:
		return false
	case kind != "png" && kind != "gif" && kind != "jpeg" && kind != "webp":
		return false // svg can hold a script
	}
	_, err := base64.StdEncoding.DecodeString(data)
	return err == nil && data != ""
}
