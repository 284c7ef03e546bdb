package publish

import (
	"context"
	"io"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/render"
)

// publishSitemap writes the sitemap: an index, a map of the lists, and one for
// each month, so that a new entry changes a small file. robots.txt names it.
func (r *run) publishSitemap(ctx context.Context, feeds []feed.Feed) error {
	var lists []render.Location
	for _, f := range feeds {
		lists = append(lists, render.Location{URL: f.URL, Updated: f.Updated})
	}
	index := []render.Location{{URL: absolute(r.BaseURL, listsMap), Updated: newest(lists)}}
	for _, m := range r.archive {
		lists = append(lists, render.Location{URL: absolute(r.BaseURL, monthPage(m.Month)), Updated: m.Changed.UTC()})
		index = append(index, render.Location{URL: absolute(r.BaseURL, monthMap(m.Month)), Updated: m.Changed.UTC()})
		if !r.changed && !r.healing && !r.months[m.Month] {
			continue
		}
		if err := r.publishMonthMap(ctx, m.Month); err != nil {
			return err
		}
	}
	return r.writeFiles(ctx,
		output{listsMap, func(w io.Writer) error { return render.Sitemap(w, lists) }},
		output{sitemapFile, func(w io.Writer) error { return render.SitemapIndex(w, index) }},
		output{robotsFile, func(w io.Writer) error { return render.Robots(w, r.site()) }},
	)
}

// listsMap and monthMap are the parts of the sitemap.
const listsMap = sitemapsDir + "/lists.xml"

func monthMap(month string) string { return inDir(sitemapsDir, month+".xml") }

func (r *run) publishMonthMap(ctx context.Context, month string) error {
	var pages []render.Location
	for record, err := range r.Ledger.InMonth(ctx, month) {
		if err != nil {
			return err
		}
		pages = append(pages, render.Location{URL: absolute(r.BaseURL, record.Address), Updated: record.Updated.UTC()})
	}
	return r.writeFiles(ctx, output{monthMap(month), func(w io.Writer) error { return render.Sitemap(w, pages) }})
}

// newest returns the latest time of some locations.
func newest(locations []render.Location) (latest time.Time) {
	for _, l := range locations {
		if l.Updated.After(latest) {
			latest = l.Updated
		}
	}
	return latest
}
