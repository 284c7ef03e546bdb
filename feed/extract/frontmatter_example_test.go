package extract_test

import (
	"errors"
	"fmt"

	"seedfeed/feed"
	"seedfeed/feed/extract"
)

func ExampleSyntaxError() {
	_, err := extract.New(extract.Options{}).Extract(feed.Document{
		Path: "notes/lamp.md",
		Data: []byte("---\ntitle: The lamp is lit\nsummary: \"How it was lit.\n---\n\nThe lamp is lit.\n"),
	})
	if broken, ok := errors.AsType[*extract.SyntaxError](err); ok {
		fmt.Println(broken)
		fmt.Println(broken.Excerpt)
	}
	// Output:
	// line 3, column 10: front matter is not valid YAML: a quote is never closed
	//    2 | title: The lamp is lit
	//    3 | summary: "How it was lit.
	//      |          ^
}
