package check

import (
	"html"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/text/language"
)

var (
	tag       = regexp.MustCompile(`</?[a-zA-Z!?]`)
	reference = regexp.MustCompile(`&(#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);`)
)

// plain checks a plain text of one line, in which readers take for markup what
// looks like it.
func (p place) plain(line int, what, s string) {
	switch {
	case tag.MatchString(s):
		p.add(line, markup, "%s %s looks like markup", what, quote(s))
	case strings.HasSuffix(what, "title") && strings.Contains(s, "<") && p.Seeds == nil: // else it is told with the document
		p.add(line, angleBracket, "%s %s has a <, at which some readers cut it", what, quote(s))
	}
	for _, ref := range reference.FindAllString(s, -1) {
		if html.UnescapeString(ref) != ref {
			p.add(line, doubleEscape, "%s %s shows %s to people", what, quote(s), ref)
			break
		}
	}
	if strings.ContainsAny(strings.TrimSpace(s), "\r\n") {
		p.add(line, lineBreak, "%s %s has a line break", what, quote(s))
	}
}

// absolute checks an address: a URI (RFC 3986) with a scheme, and a host where
// the scheme has one. It returns the address, or nil for a wrong one.
func (p place) absolute(line int, what, s string) *url.URL {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || !u.IsAbs() || u.Host == "" && u.Opaque == "" {
		p.add(line, badURL, "%s %s is not an absolute address", what, quote(s))
		return nil
	}
	if strings.ContainsFunc(s, func(c rune) bool { return c <= ' ' || c >= 0x7f || strings.ContainsRune("\"<>\\^`{|}", c) }) {
		p.add(line, badURL, "%s %s is no URI: escape what is not ASCII", what, quote(s))
		return nil
	}
	return u
}

// link checks an absolute address that is to lead somewhere.
func (p place) link(line int, what, s string) {
	if p.absolute(line, what, s) == nil {
		return
	}
	if name, ok := p.out.leads(strings.TrimSpace(s)); !ok {
		p.add(line, deadLink, "%s %s leads nowhere: there is no %s; run seedfeed build", what, quote(s), printable(p.output(name).file))
	}
}

// languageTag checks a tag of BCP 47.
func (p place) languageTag(line int, s string) {
	if _, err := language.Parse(s); err != nil {
		p.add(line, badValue, "the language %s is no tag of BCP 47, such as en-GB", quote(s))
	}
}

// mail checks an address of RFC 5322, 3.4.1, in the form that readers know.
func (p place) mail(line int, what, s string) {
	name, host, ok := strings.Cut(s, "@")
	if !ok || name == "" || host == "" || strings.ContainsAny(s, " <>()") || strings.Contains(host, "@") {
		p.add(line, badValue, "%s %s is no e-mail address", what, quote(s))
	}
}
