package render

import (
	"mime"
	"net/url"
	"path"
	"regexp"
	"strings"

	"seedfeed/feed"
)

// mediaSpace is the name space of Media RSS, with its slash.
const mediaSpace = "http://search.yahoo.com/mrss/"

// picture returns the image of an entry with what formats may say of it, or nil
// for none that a reader could fetch.
func picture(e feed.Entry) *feed.Image {
	if e.Image == nil || webURL(e.Image.URL) == "" {
		return nil
	}
	image := feed.Image{URL: webURL(e.Image.URL), Alt: plain(e.Image.Alt)}
	if e.Image.Width > 0 && e.Image.Height > 0 {
		image.Width, image.Height = e.Image.Width, e.Image.Height
	}
	return &image
}

// attached returns the files of an entry that a reader could fetch, each once.
// Their types are valid; a length that is not known is 0. A title that two of
// them share is left out: JSON Feed takes those for forms of one thing.
func attached(e feed.Entry) []feed.Enclosure {
	var out []feed.Enclosure
	urls, titles := map[string]bool{}, map[string]bool{}
	for _, file := range e.Enclosures {
		file.URL = webURL(file.URL)
		if file.URL == "" || urls[file.URL] {
			continue
		}
		file.Type = mediaType(file.Type, file.URL)
		file.Length = max(0, file.Length)
		if file.Title = plain(file.Title); titles[file.Title] {
			file.Title = ""
		}
		urls[file.URL], titles[file.Title] = true, true
		out = append(out, file)
	}
	return out
}

// mediaType returns a media type without parameters: the one that is stated, if
// it is one, or else that of the address.
func mediaType(stated, address string) string {
	if name, _, err := mime.ParseMediaType(stated); err == nil && mediaTypeName.MatchString(name) {
		return name
	}
	if name := typeOf(address); name != "" {
		return name
	}
	return "application/octet-stream"
}

// mediaTypeName is the name of a media type (RFC 6838, 4.2).
var mediaTypeName = regexp.MustCompile(`^[a-z][a-z0-9.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*$`)

// typeOf returns the media type that an address ends in, or "". The table is our
// own: that of the machine would make other feeds on another machine.
func typeOf(address string) string {
	if u, err := url.Parse(address); err == nil {
		address = u.Path
	}
	return mediaTypes[strings.ToLower(path.Ext(address))]
}

// mediaTypes lists what documents may have beside them.
var mediaTypes = map[string]string{
	".avif": "image/avif",
	".epub": "application/epub+zip",
	".flac": "audio/flac",
	".gif":  "image/gif",
	".jpeg": "image/jpeg",
	".jpg":  "image/jpeg",
	".m4a":  "audio/mp4",
	".m4v":  "video/mp4",
	".mov":  "video/quicktime",
	".mp3":  "audio/mpeg",
	".mp4":  "video/mp4",
	".oga":  "audio/ogg",
	".ogg":  "audio/ogg",
	".ogv":  "video/ogg",
	".opus": "audio/ogg",
	".pdf":  "application/pdf",
	".png":  "image/png",
	".svg":  "image/svg+xml",
	".wav":  "audio/wav",
	".webm": "video/webm",
	".webp": "image/webp",
}

// A mediaContent is a file of an entry in Media RSS 1.5.1.
type mediaContent struct {
	URL         string     `xml:"url,attr"`
	FileSize    int64      `xml:"fileSize,attr,omitempty"`
	Type        string     `xml:"type,attr,omitempty"`
	Medium      string     `xml:"medium,attr"`
	Width       int        `xml:"width,attr,omitempty"`
	Height      int        `xml:"height,attr,omitempty"`
	Title       *mediaText `xml:"media:title"`
	Description *mediaText `xml:"media:description"`
}

// A mediaThumbnail is the picture of an entry, for where there is room for a
// small one.
type mediaThumbnail struct {
	URL    string `xml:"url,attr"`
	Width  int    `xml:"width,attr,omitempty"`
	Height int    `xml:"height,attr,omitempty"`
}

type mediaText struct {
	Type string `xml:"type,attr"`
	*hexText
}

// mediaOf returns the picture and the files of an entry in Media RSS. They are no
// media:group, which has the renditions of one thing.
func mediaOf(e feed.Entry) []mediaContent {
	var out []mediaContent
	image := picture(e)
	if image != nil {
		out = append(out, mediaContent{
			URL: image.URL, Type: typeOf(image.URL), Medium: "image",
			Width: image.Width, Height: image.Height, Description: mediaTextOf(image.Alt),
		})
	}
	for _, file := range attached(e) {
		if image == nil || file.URL != image.URL {
			out = append(out, mediaContent{
				URL: file.URL, FileSize: file.Length, Type: file.Type, Medium: medium(file.Type), Title: mediaTextOf(file.Title),
			})
		}
	}
	return out
}

func thumbnail(e feed.Entry) *mediaThumbnail {
	if image := picture(e); image != nil {
		return &mediaThumbnail{image.URL, image.Width, image.Height}
	}
	return nil
}

// medium returns what kind of thing a media type is, in the words of Media RSS.
func medium(mediaType string) string {
	switch kind, _, _ := strings.Cut(mediaType, "/"); kind {
	case "audio", "image", "video":
		return kind
	}
	return "document"
}

func mediaTextOf(s string) *mediaText {
	if text := hex(s); text != nil {
		return &mediaText{"plain", text}
	}
	return nil
}
