package serve

import (
	"errors"
	"io/fs"
	"path"
	"strings"
	"syscall"
	"unicode"
)

// index is the page of a folder.
const index = "index.html"

// fileName returns the name of the file that a path asks for, relative to the
// folder that is served: that of the page of a folder, if it ends with a slash.
// It reports false for a path that can not be that of a file to serve. There is
// one path for each file: one that would have to be cleaned first is refused.
func fileName(asked string) (name string, ok bool) {
	name, ok = strings.CutPrefix(asked, "/")
	if !ok {
		return "", false
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += index
	}
	if !fs.ValidPath(name) {
		return "", false
	}
	for segment := range strings.SplitSeq(name, "/") {
		if segment[0] == '.' {
			return "", false
		}
	}
	return name, !strings.ContainsFunc(name, func(r rune) bool { return r == '\\' || unicode.IsControl(r) })
}

// missing reports whether an error tells that there is no such file to serve, as
// opposed to one that could not be read.
func missing(err error) bool {
	var number syscall.Errno
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true
	case errors.Is(err, fs.ErrClosed), errors.Is(err, errChanging):
		return false
	case !errors.As(err, &number):
		return true // os.Root's: the path leads out of the folder
	}
	switch number {
	case syscall.ENOTDIR, syscall.ELOOP, syscall.ENAMETOOLONG, syscall.EINVAL:
		return true
	}
	return false
}

// A media is what is known of a file by its name.
type media struct {
	header []string // Content-Type
	text   bool     // worth to be compressed
	feed   bool     // it has a page
	page   bool     // a browser shows it as a page, and would run what is in it
}

// mediaType tells the media type of a file. Feeds are known by their names, which
// are the publisher's own; the rest by the ending.
func mediaType(name string) media {
	base := path.Base(name)
	if m, ok := feedTypes[base]; ok {
		return m
	}
	ending := strings.ToLower(path.Ext(base))
	if ending == ".xml" && path.Base(path.Dir(name)) == "archive" {
		return feedTypes["atom.xml"]
	}
	if m, ok := mediaTypes[ending]; ok {
		return m
	}
	return unknownType
}

var unknownType = binary("application/octet-stream")

// The media types of feeds: RSS Advisory Board, RFC 4287 section 7, JSON Feed 1.1.
var feedTypes = map[string]media{
	"rss.xml":   feedMedia("application/rss+xml; charset=utf-8"),
	"atom.xml":  feedMedia("application/atom+xml; charset=utf-8"),
	"feed.json": feedMedia("application/feed+json; charset=utf-8"),
}

var mediaTypes = map[string]media{
	".html":        page("text/html; charset=utf-8"),
	".htm":         page("text/html; charset=utf-8"),
	".xml":         page("application/xml; charset=utf-8"),
	".svg":         page("image/svg+xml; charset=utf-8"),
	".css":         text("text/css; charset=utf-8"),
	".txt":         text("text/plain; charset=utf-8"),
	".json":        text("application/json; charset=utf-8"),
	".opml":        text("text/x-opml; charset=utf-8"),
	".webmanifest": text("application/manifest+json; charset=utf-8"),
	".ico":         binary("image/x-icon"),
	".png":         binary("image/png"),
	".jpg":         binary("image/jpeg"),
	".jpeg":        binary("image/jpeg"),
	".gif":         binary("image/gif"),
	".webp":        binary("image/webp"),
	".avif":        binary("image/avif"),
	".mp3":         binary("audio/mpeg"),
	".m4a":         binary("audio/mp4"),
	".ogg":         binary("audio/ogg"),
	".opus":        binary("audio/ogg"),
	".wav":         binary("audio/wav"),
	".mp4":         binary("video/mp4"),
	".webm":        binary("video/webm"),
	".pdf":         binary("application/pdf"),
	".epub":        binary("application/epub+zip"),
	".zip":         binary("application/zip"),
	".woff2":       binary("font/woff2"),
}

func binary(header string) media { return media{header: []string{header}} }
func feedMedia(header string) media {
	return media{header: []string{header}, text: true, feed: true}
}
func text(header string) media { return media{header: []string{header}, text: true} }
func page(header string) media { return media{header: []string{header}, text: true, page: true} }
