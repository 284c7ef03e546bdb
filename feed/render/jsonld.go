package render

import (
	"cmp"
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
	Page          webPage       `json:"mainEntityOfPage"`
	Image         *schemaImage  `json:"image,omitempty"`
	DatePublished string        `json:"datePublished,omitempty"`
	DateModified  string        `json:"dateModified,omitempty"`
	Language      string        `json:"inLanguage,omitempty"`
	Section       string        `json:"articleSection,omitempty"`
	Place         *schemaThing  `json:"locationCreated,omitempty"`
	Authors       []schemaThing `json:"author,omitempty"`
	Publisher     schemaThing   `json:"publisher"`
	Keywords      []string      `json:"keywords,omitempty"`
}

type schemaThing struct {
	Type string       `json:"@type"`
	Name string       `json:"name"`
	URL  string       `json:"url,omitempty"`
	Logo *schemaImage `json:"logo,omitempty"`
}

type schemaImage struct {
	Type   string `json:"@type"`
	URL    string `json:"url"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
}

// A webPage is the page of an article, with the way to it.
type webPage struct {
	Type  string       `json:"@type"`
	ID    string       `json:"@id"`
	Trail *breadcrumbs `json:"breadcrumb,omitempty"`
}

type breadcrumbs struct {
	Type  string  `json:"@type"`
	Steps []crumb `json:"itemListElement"`
}

type crumb struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item"`
}

func newsArticleOf(e feed.Entry, v EntryPage, f *frame) newsArticle {
	n := newsArticle{
		Context:       "https://schema.org",
		Type:          "NewsArticle",
		Headline:      v.Entry.Title,
		Description:   v.Entry.Summary,
		URL:           v.URL,
		Page:          webPage{"WebPage", v.URL, f.crumbs},
		DatePublished: v.Entry.Date.Machine,
		Language:      f.inLanguage,
		Section:       v.Section,
		Authors:       schemaAuthors(e),
		Publisher:     f.publisher,
	}
	if image := picture(e); image != nil {
		n.Image = &schemaImage{"ImageObject", image.URL, image.Width, image.Height}
	}
	if t := instant(e.Updated.Time); !t.IsZero() && !t.Equal(instant(e.Published.Time)) {
		n.DateModified = t.Format(time.RFC3339)
	}
	if place := line(e.Place); place != "" {
		n.Place = &schemaThing{Type: "Place", Name: place}
	}
	for _, tag := range v.Tags {
		n.Keywords = append(n.Keywords, tag.Title)
	}
	return n
}

// publisherOf returns the site as the publisher of its entries.
func publisherOf(site Site) schemaThing {
	p := schemaThing{Type: "Organization", Name: site.Title, URL: site.URL}
	if logo := cmp.Or(site.Image, site.Icon); logo != "" {
		p.Logo = &schemaImage{Type: "ImageObject", URL: logo}
	}
	return p
}

// schemaAuthors returns the authors of an entry, or else the agency that sent it.
func schemaAuthors(e feed.Entry) []schemaThing {
	var out []schemaThing
	for _, p := range e.Authors {
		if name := line(p.Name); name != "" {
			out = append(out, schemaThing{Type: "Person", Name: name, URL: webURL(p.URI)})
		}
	}
	if agency := line(e.Agency); len(out) == 0 && agency != "" {
		out = append(out, schemaThing{Type: "Organization", Name: agency})
	}
	return out
}

// crumbs returns the way to a page, or nil where it is one step.
func crumbs(trail []Link) *breadcrumbs {
	list := &breadcrumbs{Type: "BreadcrumbList"}
	for _, l := range trail {
		if address := webURL(l.URL); address != "" && line(l.Title) != "" {
			list.Steps = append(list.Steps, crumb{"ListItem", len(list.Steps) + 1, line(l.Title), address})
		}
	}
	if len(list.Steps) < 2 {
		return nil
	}
	return list
}
