package render

import (
	"time"

	"seedfeed/feed"
)

// A newsArticle is a schema.org NewsArticle, as search engines read it (JSON-LD).
// It stands in a script element that holds data: nothing runs, and a policy
// that forbids all scripts lets it be.
type newsArticle struct {
	Context       string        `json:"@context"`
	Type          string        `json:"@type"`
	Headline      string        `json:"headline"`
	Description   string        `json:"description,omitempty"`
	URL           string        `json:"url"`
	DatePublished string        `json:"datePublished,omitempty"`
	DateModified  string        `json:"dateModified,omitempty"`
	Language      string        `json:"inLanguage,omitempty"`
	Place         *schemaThing  `json:"locationCreated,omitempty"`
	Authors       []schemaThing `json:"author,omitempty"`
	Publisher     schemaThing   `json:"publisher"`
	Keywords      []string      `json:"keywords,omitempty"`
}

type schemaThing struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

func articleOf(e feed.Entry, v entryPageView) newsArticle {
	a := newsArticle{
		Context:       "https://schema.org",
		Type:          "NewsArticle",
		Headline:      v.Entry.Title,
		Description:   v.Entry.Summary,
		URL:           v.URL,
		DatePublished: v.Entry.Date.Machine,
		Language:      languageTag(e.Language),
		Publisher:     schemaThing{"Organization", v.Site.Title, v.Site.URL},
	}
	if t := instant(e.Updated.Time); !t.IsZero() && !t.Equal(instant(e.Published.Time)) {
		a.DateModified = t.Format(time.RFC3339)
	}
	if place := line(e.Place); place != "" {
		a.Place = &schemaThing{"Place", place, ""}
	}
	for _, p := range e.Authors {
		if name := line(p.Name); name != "" {
			a.Authors = append(a.Authors, schemaThing{"Person", name, webURL(p.URI)})
		}
	}
	for _, tag := range v.Tags {
		a.Keywords = append(a.Keywords, tag.Title)
	}
	if agency := line(e.Agency); len(a.Authors) == 0 && agency != "" {
		a.Authors = []schemaThing{{"Organization", agency, ""}}
	}
	return a
}
