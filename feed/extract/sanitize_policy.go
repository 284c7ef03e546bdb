package extract

import (
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html/atom"
)

// An allowed element is one that feed readers show. Whatever is not listed
// loses its tags or its whole content; an attribute that is not listed is
// dropped. Readers drop class, style and id anyway, and markup that needs them
// would change its meaning on the way.
type allowedElement struct {
	name  atom.Atom
	attrs []string
}

// allowedElements lists what may stand in content, besides lang and dir.
var allowedElements = []allowedElement{
	{atom.A, []string{"href", "title", "hreflang"}},
	{atom.Abbr, []string{"title"}},
	{atom.Audio, []string{"src", "controls"}},
	{atom.B, nil},
	{atom.Bdi, nil},
	{atom.Bdo, nil},
	{atom.Blockquote, []string{"cite"}},
	{atom.Br, nil},
	{atom.Caption, nil},
	{atom.Cite, nil},
	{atom.Code, nil},
	{atom.Col, []string{"span"}},
	{atom.Colgroup, []string{"span"}},
	{atom.Dd, nil},
	{atom.Del, []string{"cite", "datetime"}},
	{atom.Details, []string{"open"}},
	{atom.Dfn, []string{"title"}},
	{atom.Div, nil},
	{atom.Dl, nil},
	{atom.Dt, nil},
	{atom.Em, nil},
	{atom.Figcaption, nil},
	{atom.Figure, nil},
	{atom.H1, nil},
	{atom.H2, nil},
	{atom.H3, nil},
	{atom.H4, nil},
	{atom.H5, nil},
	{atom.H6, nil},
	{atom.Hr, nil},
	{atom.I, nil},
	{atom.Img, []string{"src", "srcset", "sizes", "alt", "title", "width", "height"}},
	{atom.Ins, []string{"cite", "datetime"}},
	{atom.Kbd, nil},
	{atom.Li, []string{"value"}},
	{atom.Mark, nil},
	{atom.Ol, []string{"start", "reversed", "type"}},
	{atom.P, nil},
	{atom.Picture, nil},
	{atom.Pre, nil},
	{atom.Q, []string{"cite"}},
	{atom.Rp, nil},
	{atom.Rt, nil},
	{atom.Ruby, nil},
	{atom.S, nil},
	{atom.Samp, nil},
	{atom.Small, nil},
	{atom.Source, []string{"src", "srcset", "sizes", "media", "type"}},
	{atom.Span, nil},
	{atom.Strong, nil},
	{atom.Sub, nil},
	{atom.Summary, nil},
	{atom.Sup, nil},
	{atom.Table, nil},
	{atom.Tbody, nil},
	{atom.Td, []string{"colspan", "rowspan"}},
	{atom.Tfoot, nil},
	{atom.Th, []string{"colspan", "rowspan", "scope", "abbr"}},
	{atom.Thead, nil},
	{atom.Time, []string{"datetime"}},
	{atom.Tr, nil},
	{atom.U, nil},
	{atom.Ul, nil},
	{atom.Var, nil},
	{atom.Video, []string{"src", "poster", "controls", "width", "height"}},
	{atom.Wbr, nil},
}

// attributesOf returns the attributes that an element may have, and false for an
// element that is not allowed. The list above is in the order of its names.
func attributesOf(name atom.Atom) (attrs []string, ok bool) {
	i, ok := slices.BinarySearchFunc(allowedElements, name.String(), func(e allowedElement, name string) int {
		return strings.Compare(e.name.String(), name)
	})
	if !ok {
		return nil, false
	}
	return allowedElements[i].attrs, true
}

// policy returns the last gate before content is published. The cleaning above
// it knows what a document means; this one only knows what is safe, and is made
// by people who do nothing else. It is made at the first document, so that a
// command that reads none does not pay for it.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	for _, e := range allowedElements {
		p.AllowElements(e.name.String())
		if len(e.attrs) > 0 {
			p.AllowAttrs(e.attrs...).OnElements(e.name.String())
		}
	}
	p.AllowAttrs("lang", "dir").Globally()
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(false)
	p.AllowURLSchemes("http", "https", "ftp", "mailto", "tel", "sms", "magnet", "xmpp", "irc", "ircs", "geo")
	p.AllowURLSchemeWithCustomPolicy("data", func(u *url.URL) bool { return isDataImage(u.String()) })
	return p
})
