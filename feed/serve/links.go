package serve

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"path"
	"strings"
)

// atomSpace is the name space of Atom (RFC 4287), whose links RSS has too.
const atomSpace = "http://www.w3.org/2005/Atom"

// linkHeader returns the values of the header Link (RFC 8288) of a feed: its
// WebSub hubs and its own address, as the feed itself names them, so that both
// tell the same (https://www.w3.org/TR/websub/, section 4). A feed that names no
// hub has none.
func linkHeader(name string, body []byte) []string {
	var self string
	var hubs []string
	if path.Ext(name) == ".json" {
		self, hubs = jsonLinks(body)
	} else {
		self, hubs = xmlLinks(body)
	}
	if !linkable(self) {
		return nil
	}
	var links []string
	for _, hub := range hubs {
		if linkable(hub) {
			links = append(links, "<"+hub+`>; rel="hub"`)
		}
	}
	if links == nil {
		return nil
	}
	return []string{strings.Join(append(links, "<"+self+`>; rel="self"`), ", ")}
}

// linkable reports whether an address can stand in a header. Those that the
// publisher writes can.
func linkable(address string) bool {
	return address != "" && !strings.ContainsFunc(address, func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune(`<>"\`, r)
	})
}

// jsonLinks reads what a JSON Feed says of its address and hubs. What is no JSON
// Feed says nothing.
func jsonLinks(body []byte) (self string, hubs []string) {
	var feed struct {
		Self string `json:"feed_url"`
		Hubs []struct {
			Type string `json:"type"`
			URL  string `json:"url"`
		} `json:"hubs"`
	}
	if json.Unmarshal(body, &feed) != nil {
		return "", nil
	}
	for _, hub := range feed.Hubs {
		if hub.Type == "WebSub" {
			hubs = append(hubs, hub.URL)
		}
	}
	return feed.Self, hubs
}

// xmlLinks reads what a feed says in the links before its first entry.
func xmlLinks(body []byte) (self string, hubs []string) {
	for d := xml.NewDecoder(bytes.NewReader(body)); ; {
		token, err := d.Token()
		if err != nil {
			return self, hubs
		}
		start, ok := token.(xml.StartElement)
		switch {
		case !ok:
		case start.Name.Local == "item" || start.Name.Local == "entry":
			return self, hubs
		case start.Name == xml.Name{Space: atomSpace, Local: "link"}:
			switch rel, href := attribute(start, "rel"), attribute(start, "href"); rel {
			case "self":
				self = href
			case "hub":
				hubs = append(hubs, href)
			}
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name == (xml.Name{Local: name}) {
			return a.Value
		}
	}
	return ""
}
