package check_test

import (
	"context"
	"fmt"
	"net/url"
	"testing/fstest"
	"time"

	"seedfeed/feed/check"
)

func ExampleSite() {
	out := fstest.MapFS{"feeds.opml": {Data: []byte(`<opml version="2.0">
<head><dateModified>Mon, 04 Mar 2026 09:00:00 GMT</dateModified></head>
<body><outline text="News" type="rss" xmlUrl="https://post.example/rss.xml"/></body>
</opml>`)}}
	report, err := check.Site(context.Background(), check.Options{
		Out:  out,
		Base: &url.URL{Scheme: "https", Host: "post.example", Path: "/"},
		Now:  time.Date(2026, time.March, 10, 8, 0, 0, 0, time.UTC),
	})
	if err != nil {
		fmt.Println(err)
	}
	for _, finding := range report.Findings {
		fmt.Println(finding)
	}
	// Output:
	// out/feeds.opml:2: error: dateModified "Mon, 04 Mar 2026 09:00:00 GMT" is a Wednesday [weekday]
	// out/feeds.opml:3: error: xmlUrl "https://post.example/rss.xml" leads nowhere: there is no out/rss.xml; run seedfeed build [dead-link]
}
