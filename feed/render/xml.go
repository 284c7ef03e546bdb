package render

import (
	"encoding/xml"
	"io"
	"strings"

	"github.com/gorilla/feeds"

	"seedfeed/feed"
)

// A document is the root of an XML feed. Through it gorilla/feeds writes our
// own roots.
type document struct{ root any }

// FeedXml implements [feeds.XmlFeed].
func (d document) FeedXml() any { return d.root } //nolint:revive // the interface's name

// writeXML writes a root with the XML declaration before it, and ends the line.
func writeXML(w io.Writer, root any) error {
	if err := feeds.WriteXML(document{root}, w); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// A styled is a root with the instruction before it that makes a feed readable
// for a person who opens it in a browser. There is no XSLT in browsers any more;
// a style sheet they apply where the feed is served as plain XML.
type styled struct {
	name string // of the root element
	root any
	href string // of the style sheet
}

// MarshalXML implements [xml.Marshaler].
func (s styled) MarshalXML(e *xml.Encoder, _ xml.StartElement) error {
	instruction := xml.ProcInst{Target: "xml-stylesheet", Inst: []byte(`type="text/css" href="` + s.href + `"`)}
	if err := e.EncodeToken(instruction); err != nil {
		return err
	}
	return e.EncodeElement(s.root, xml.StartElement{Name: xml.Name{Local: s.name}})
}

// styleOf returns the address of the style sheet, relative to the files of a
// feed: it lies at the top of the site, and f.Section is the folder of the feed,
// "wire/world" or "tags/ferries".
func styleOf(section string) string {
	if section == "" {
		return styleFile
	}
	return strings.Repeat("../", strings.Count(section, "/")+1) + styleFile
}

// A cdata is HTML in an XML feed. It has to be clean: encoding/xml writes such
// sections unfiltered.
type cdata struct {
	HTML string `xml:",cdata"`
}

// cdataOf returns the section of HTML, and nil for none.
func cdataOf(html string) *cdata {
	if html == "" {
		return nil
	}
	return &cdata{html}
}

// A hexText is plain text in RSS, whose & and < are hexadecimal references, as
// the RSS Best Practices Profile asks: the other forms are undone twice by some
// readers.
type hexText struct {
	Raw string `xml:",innerxml"`
}

var hexEscaper = strings.NewReplacer("&", "&#x26;", "<", "&#x3C;", ">", "&#x3E;")

// hex returns plain text for RSS, and nil for none.
func hex(s string) *hexText {
	if s = plain(s); s == "" {
		return nil
	}
	return &hexText{hexEscaper.Replace(s)}
}

func hexes(list []string) []hexText {
	var out []hexText
	for _, s := range distinct(list, plain) {
		out = append(out, *hex(s))
	}
	return out
}

// A link is an atom:link, whose element is named by the field that holds it.
type link struct {
	Href   string `xml:"href,attr"`
	Rel    string `xml:"rel,attr"`
	Type   string `xml:"type,attr,omitempty"`
	Title  string `xml:"title,attr,omitempty"`
	Length int64  `xml:"length,attr,omitempty"` // in bytes; 0 when not known
}

// hubLinks returns the links of a feed to its hubs.
func hubLinks(f feed.Feed) []link {
	var out []link
	for _, hub := range hubs(f) {
		out = append(out, link{Href: hub, Rel: "hub"})
	}
	return out
}
