package publish

import (
	"context"
	"iter"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"seedfeed/feed"
	"seedfeed/feed/extract"
	"seedfeed/feed/ledger"
)

// The kinds of lists that keep what the content of entries names: other
// documents, and files that lie among them. Their keys are paths below seeds.
const (
	namedDocuments = "document"
	namedFiles     = "file"
)

// mediaTypes are the files among the documents that are published when an entry
// names them, by the extensions of their names.
var mediaTypes = map[string]string{
	".avif": "image/avif", ".gif": "image/gif", ".jpeg": "image/jpeg", ".jpg": "image/jpeg",
	".png": "image/png", ".svg": "image/svg+xml", ".webp": "image/webp",
	".flac": "audio/flac", ".m4a": "audio/mp4", ".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".opus": "audio/ogg", ".wav": "audio/wav",
	".m4v": "video/mp4", ".mov": "video/quicktime", ".mp4": "video/mp4", ".webm": "video/webm",
	".csv": "text/csv", ".epub": "application/epub+zip", ".pdf": "application/pdf", ".zip": "application/zip",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".odt":  "application/vnd.oasis.opendocument.text", ".ods": "application/vnd.oasis.opendocument.spreadsheet",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

func mediaType(name string) string { return mediaTypes[strings.ToLower(path.Ext(name))] }

// named returns what the content of an entry names below seeds, as lists.
func named(base *url.URL, entry *feed.Entry) []ledger.List {
	names := []string{}
	if entry.Image != nil {
		names = append(names, entry.Image.URL)
	}
	if strings.Contains(entry.Content, base.String()) {
		names = slices.AppendSeq(names, targets(entry.Content))
	}
	var lists []ledger.List
	seen := map[string]bool{}
	for _, target := range names {
		name, ok := below(base, target)
		switch {
		case !ok || seen[name] || name == entry.Path:
		case extract.Readable(name):
			lists = append(lists, ledger.List{Kind: namedDocuments, Key: name, Title: name})
		case mediaType(name) != "":
			lists = append(lists, ledger.List{Kind: namedFiles, Key: name, Title: name})
		}
		seen[name] = true
	}
	return lists
}

// below returns the path of a URL below the site's address.
func below(base *url.URL, target string) (name string, ok bool) {
	u, err := url.Parse(target)
	if err != nil || u.Scheme != base.Scheme || u.Host != base.Host {
		return "", false
	}
	return strings.CutPrefix(u.Path, base.Path)
}

// targets gives the addresses in some HTML.
func targets(content string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for z := html.NewTokenizer(strings.NewReader(content)); z.Next() != html.ErrorToken; {
			for _, attr := range z.Token().Attr {
				switch attr.Key {
				case "href", "src", "poster":
					if !yield(attr.Val) {
						return
					}
				case "srcset":
					for candidate := range strings.SplitSeq(attr.Val, ",") {
						address, _, _ := strings.Cut(strings.TrimSpace(candidate), " ")
						if !yield(address) {
							return
						}
					}
				}
			}
		}
	}
}

// linked returns an entry whose links to other documents lead to the pages of
// those, where they are public.
func (r *run) linked(ctx context.Context, entry feed.Entry) (feed.Entry, error) {
	pages := map[string]string{}
	for _, l := range named(r.BaseURL, &entry) {
		if l.Kind != namedDocuments {
			continue
		}
		record, found, err := r.Ledger.ByPath(ctx, l.Key)
		if err != nil {
			return entry, err
		}
		if found && record.Status == feed.Live {
			pages[l.Key] = absolute(r.BaseURL, record.Address)
		}
	}
	if len(pages) > 0 {
		entry.Content = relink(r.BaseURL, entry.Content, pages)
	}
	return entry, nil
}

// relink replaces links to documents by links to their pages.
func relink(base *url.URL, content string, pages map[string]string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(content))
	for z.Next() != html.ErrorToken {
		raw := string(z.Raw()) // before the token is taken, which may change it
		token := z.Token()
		changed := false
		for i := range token.Attr {
			name, ok := below(base, token.Attr[i].Val)
			if page := pages[name]; ok && page != "" && token.Attr[i].Key == "href" {
				token.Attr[i].Val = page + fragment(token.Attr[i].Val)
				changed = true
			}
		}
		if changed {
			raw = token.String()
		}
		b.WriteString(raw)
	}
	return b.String()
}

// fragment returns the part of an address from its # on.
func fragment(address string) string {
	if i := strings.IndexByte(address, '#'); i >= 0 {
		return address[i:]
	}
	return ""
}
