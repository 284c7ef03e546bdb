package render

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/gorilla/feeds"

	"seedfeed/feed"
)

// JSON writes a feed as JSON Feed 1.1.
//
// An item of a wire story has the extension _seedfeed, with the place of its
// dateline ("place") and the agency that sent it ("agency"), both plain text.
func JSON(w io.Writer, f feed.Feed) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false) // it is a file of its own, in no page
	if err := encoder.Encode(jsonOf(f)); err != nil {
		return fmt.Errorf("%s: %w", jsonFile, err)
	}
	return nil
}

// A jsonFeed shadows the keys that gorilla/feeds cannot fill rightly.
type jsonFeed struct {
	*feeds.JSONFeed
	Author *struct{}   `json:"author,omitempty"` // deprecated by 1.1
	Items  []*jsonItem `json:"items"`            // there even when empty
}

type jsonItem struct {
	*feeds.JSONItem
	Author   *struct{} `json:"author,omitempty"` // deprecated by 1.1
	Language string    `json:"language,omitempty"`

	// Attachments shadows a list whose members marshal themselves, with another
	// key for the size.
	Attachments []jsonAttachment `json:"attachments,omitempty"`

	Extension *jsonExtension `json:"_seedfeed,omitempty"`
}

type jsonAttachment struct {
	URL   string `json:"url"`
	Type  string `json:"mime_type"`
	Title string `json:"title,omitempty"`
	Size  int64  `json:"size_in_bytes,omitempty"`
}

type jsonExtension struct {
	Place  string `json:"place,omitempty"`
	Agency string `json:"agency,omitempty"`
}

func jsonOf(f feed.Feed) *jsonFeed {
	g := generic(f)
	base := (&feeds.JSON{Feed: g}).JSONFeed()
	items := base.Items
	base.Items = nil
	base.Language = languageTag(f.Language)
	base.FeedUrl = g.Link.Href + jsonFile
	base.Favicon = webURL(f.Icon)
	base.Icon = cmp.Or(base.Favicon, webURL(f.Image))
	base.Authors = jsonAuthors(persons(f.Authors))
	for _, hub := range hubs(f) {
		base.Hubs = append(base.Hubs, &feeds.JSONHub{Type: "WebSub", Url: hub})
	}
	j := &jsonFeed{JSONFeed: base, Items: []*jsonItem{}}
	for i, e := range f.Entries {
		j.Items = append(j.Items, jsonEntry(e, f, items[i]))
	}
	return j
}

func jsonEntry(e feed.Entry, f feed.Feed, base *feeds.JSONItem) *jsonItem {
	base.Summary = plain(e.Summary)
	if base.ContentHTML == "" { // one of the two has to be there
		base.ContentText = headline(e)
		if base.Summary != "" {
			base.ContentText, base.Summary = base.Summary, ""
		}
	}
	if base.ModifiedDate != nil && base.PublishedDate != nil && base.ModifiedDate.Equal(*base.PublishedDate) {
		base.ModifiedDate = nil
	}
	base.Authors = jsonAuthors(creators(e))
	for _, tag := range distinct(e.Categories, plain) {
		base.Tags = append(base.Tags, jsonTag.Replace(tag))
	}
	if image := picture(e); image != nil {
		base.Image = image.URL
	}
	item := &jsonItem{JSONItem: base, Language: ownLanguage(e, f)}
	for _, file := range attached(e) {
		item.Attachments = append(item.Attachments, jsonAttachment{file.URL, file.Type, file.Title, file.Length})
	}
	if ext := (jsonExtension{plain(e.Place), plain(e.Agency)}); ext != (jsonExtension{}) {
		item.Extension = &ext
	}
	return item
}

// jsonTag makes a tag fit for FreshRSS. It turns a JSON Feed into XML without
// escaping the tags, after it has decoded the JSON, so that one tag "R&D" makes
// it refuse the feed; no escape of JSON can help. The full-width forms are the
// same characters to a person.
var jsonTag = strings.NewReplacer("&", "＆", "<", "＜", ">", "＞")

func jsonAuthors(list []feed.Person) []*feeds.JSONAuthor {
	var out []*feeds.JSONAuthor
	for _, p := range list {
		out = append(out, &feeds.JSONAuthor{Name: p.Name, Url: p.URI})
	}
	return out
}
