package render

import (
	"encoding/xml"
	"fmt"
	"io"
	"time"
)

const (
	sitemapFile = "sitemap.xml"
	robotsFile  = "robots.txt"

	// maxLocations is the most that a sitemap may name (sitemaps.org).
	maxLocations = 50_000
)

// A Location is a page of the site, or one of its sitemaps.
type Location struct {
	URL     string    // absolute
	Updated time.Time // when it last changed in a way that counts; zero when not known
}

// Sitemap writes the list of pages that search engines read, by the protocol of
// sitemaps.org. More than 50,000 pages are an error: they belong into several
// sitemaps and a [SitemapIndex]. The other limit, of 50 MB, is out of reach while
// addresses have less than 900 bytes.
func Sitemap(w io.Writer, pages []Location) error {
	return writeSitemap(w, sitemap{XMLName: xml.Name{Local: "urlset"}}, pages)
}

// SitemapIndex writes the list of the site's sitemaps, at most 50,000.
func SitemapIndex(w io.Writer, maps []Location) error {
	return writeSitemap(w, sitemap{XMLName: xml.Name{Local: "sitemapindex"}}, maps)
}

func writeSitemap(w io.Writer, doc sitemap, list []Location) error {
	if len(list) > maxLocations {
		return fmt.Errorf("%s: %d addresses, of which one file may have %d", sitemapFile, len(list), maxLocations)
	}
	doc.Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
	for _, l := range list {
		entry := location{Loc: uri(l.URL)}
		if t := instant(l.Updated); !t.IsZero() {
			entry.LastMod = t.Format(time.RFC3339)
		}
		if doc.XMLName.Local == "urlset" {
			doc.Pages = append(doc.Pages, entry)
		} else {
			doc.Maps = append(doc.Maps, entry)
		}
	}
	if err := writeXML(w, doc); err != nil {
		return fmt.Errorf("%s: %w", sitemapFile, err)
	}
	return nil
}

type sitemap struct {
	XMLName   xml.Name
	Namespace string     `xml:"xmlns,attr"`
	Pages     []location `xml:"url"`
	Maps      []location `xml:"sitemap"`
}

type location struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// Robots writes the rules for crawlers (RFC 9309): all may read everything, and
// find the pages in the sitemap. Crawlers ask for it at the root of a host only.
func Robots(w io.Writer, site Site) error {
	if _, err := fmt.Fprintf(w, "User-agent: *\nAllow: /\n\nSitemap: %s%s\n", uri(site.URL), sitemapFile); err != nil {
		return fmt.Errorf("%s: %w", robotsFile, err)
	}
	return nil
}
