package text

import (
	"bytes"
	"strings"

	"github.com/gogs/chardet"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// decodeDetected decodes a file that is neither marked nor valid UTF-8.
func decodeDetected(data []byte) string {
	if mixed(data) {
		return mend(withoutTorn(data), false)
	}
	name := detect(data)
	if name != windows1252 {
		if s, ok := decodeAs(data, name); ok {
			return s
		}
	}
	return mend(data, true)
}

const windows1252 = "windows-1252"

// decodeAs decodes data by the name of its encoding. It is not ok for an unknown
// name, for UTF-8 and UTF-16, which have their own ways, and where the result is
// full of holes.
func decodeAs(data []byte, name string) (string, bool) {
	enc, canonical := charset.Lookup(name)
	if enc == nil || enc == encoding.Nop || enc == encoding.Replacement || strings.HasPrefix(canonical, "utf-16") {
		return "", false
	}
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return "", false
	}
	s := string(out)
	holes := strings.Count(s[:min(len(s), sniffLength)], "\ufffd")
	return s, holes*50 <= min(len(s), sniffLength)
}

// shifts reports whether data, all ASCII, changes to Japanese characters by
// escape sequences (RFC 1468), as mail did.
func shifts(data []byte) bool {
	if bytes.IndexByte(data, 0x1b) < 0 {
		return false
	}
	return bytes.Contains(data, []byte("\x1b$B")) || bytes.Contains(data, []byte("\x1b$@"))
}

// detect names the encoding of data by statistics: windows-1252 when they tell
// nothing.
//
// Most wires are Latin-1 or windows-1252, and a text of mostly ASCII letters has
// too few others for statistics: there, only a clear finding of another
// encoding of Latin letters is believed.
func detect(data []byte) string {
	head := data[:min(len(data), sniffLength)]
	latin := latinText(head)
	switch {
	case latin && isWestern(head):
		return windows1252
	case latin && isMacintosh(head):
		return "macintosh"
	case !latin && isDOSCyrillic(head):
		return "ibm866"
	}
	results, err := chardet.NewHtmlDetector().DetectAll(head)
	if err != nil {
		return windows1252
	}
	var best chardet.Result
	western := 0
	for _, r := range results {
		if strings.HasPrefix(r.Charset, "IBM") || strings.HasPrefix(r.Charset, "UTF") || latin && !latinCharset(r.Charset) {
			continue
		}
		if r.Charset == "ISO-8859-1" || r.Charset == "windows-1252" {
			western = r.Confidence
		}
		// Equal results come in no order: the name decides.
		if r.Confidence > best.Confidence || r.Confidence == best.Confidence && r.Charset < best.Charset {
			best = r
		}
	}
	const margin = 8 // points of a hundred
	switch {
	case best.Charset == "", best.Charset == "ISO-8859-1", latin && best.Confidence < western+margin:
		return windows1252
	case best.Charset == "GB-18030":
		return "gb18030"
	}
	return best.Charset
}

// latinText reports whether most letters of data are ASCII, those of tags aside.
func latinText(data []byte) bool {
	var ascii, high int
	tag := false
	for i, c := range data {
		switch {
		case c == '<' && i+1 < len(data) && (asciiLetter(data[i+1]) || data[i+1] == '/' || data[i+1] == '!'):
			tag = true
		case c == '>':
			tag = false
		case tag:
		case c >= 0x80:
			high++
		case asciiLetter(c):
			ascii++
		}
	}
	return high <= ascii
}

func latinCharset(name string) bool {
	switch name {
	case "ISO-8859-1", "windows-1252", "ISO-8859-2", "windows-1250", "ISO-8859-9", "windows-1254":
		return true
	}
	return false
}

// declared returns the encoding that a page names in its head.
func declared(data []byte) string {
	const headLength = 4096 // the standard asks for it within 1,024 bytes; pages do not care
	head := data[:min(len(data), headLength)]
	if name, ok := xmlEncoding(head); ok {
		return name
	}
	z := html.NewTokenizer(bytes.NewReader(head))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			tag, more := z.TagName()
			if string(tag) == "meta" && more {
				if name := metaCharset(z); name != "" {
					return name
				}
			}
		}
	}
}

// metaCharset reads the attributes of a meta element.
func metaCharset(z *html.Tokenizer) string {
	var content string
	equiv := false
	for {
		k, v, more := z.TagAttr()
		switch string(k) {
		case "charset":
			return string(v)
		case "http-equiv":
			equiv = bytes.EqualFold(v, []byte("content-type"))
		case "content":
			content = string(v)
		}
		if !more {
			break
		}
	}
	if _, name, ok := strings.Cut(strings.ToLower(content), "charset="); ok && equiv {
		return strings.Trim(name, " \"';")
	}
	return ""
}

// xmlEncoding reads <?xml version="1.0" encoding="ISO-8859-1"?>.
func xmlEncoding(head []byte) (string, bool) {
	rest, ok := bytes.CutPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("<?xml"))
	if !ok {
		return "", false
	}
	declaration, _, ok := bytes.Cut(rest, []byte("?>"))
	if !ok {
		return "", false
	}
	_, value, ok := bytes.Cut(declaration, []byte("encoding"))
	value = bytes.Trim(value, " \t\r\n=")
	if !ok || len(value) < 2 {
		return "", false
	}
	name, _, ok := bytes.Cut(value[1:], value[:1])
	return string(name), ok
}
