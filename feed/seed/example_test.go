package seed_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"path"
	"testing/fstest"
	"time"

	"seedfeed/feed/seed"
)

func ExampleFolder_Walk() {
	noon := time.Date(2026, time.March, 2, 12, 0, 0, 0, time.UTC)
	fsys := fstest.MapFS{ // in a program: that of an os.Root
		"harbour.txt":       {Data: []byte("The harbour reopens."), ModTime: noon.Add(-time.Hour)},
		"ferries.txt":       {Data: []byte("Ferries r"), ModTime: noon.Add(-time.Second)},
		"rota.docx":         {},
		"islands/wells.txt": {Data: []byte("Wells are full."), ModTime: noon.Add(-time.Hour)},
		"_drafts/tides.txt": {},
	}
	folder := seed.New(fsys, seed.Options{
		Readable: func(name string) bool { return path.Ext(name) == ".txt" },
		Settle:   2 * time.Second,
		Now:      func() time.Time { return noon },
	})
	ctx := context.Background()
	err := folder.Walk(ctx, func(d seed.Dir) error {
		for _, file := range d.Files {
			doc, err := folder.Read(ctx, file)
			if err != nil {
				return err
			}
			fmt.Printf("%s: %s\n", doc.Path, doc.Data)
		}
		for _, skip := range d.Skips {
			fmt.Printf("%q is skipped: %s\n", skip.Path, skip.Reason)
		}
		if len(d.Unread) > 0 {
			fmt.Println(d.Unread)
		}
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	// Output:
	// harbour.txt: The harbour reopens.
	// "ferries.txt" is skipped: written less than 2s ago
	// 1 file of a kind that seedfeed does not read (.docx 1)
	// islands/wells.txt: Wells are full.
}

func ExampleFolder_Settings() {
	folder := seed.New(fstest.MapFS{
		"feed.yaml":      {Data: []byte("title: The Harbour Post\nlanguage: en\n")},
		"news/feed.yaml": {Data: []byte("titel: Harbour news\n")},
	}, seed.Options{})

	site, err := folder.Settings(context.Background(), "")
	fmt.Println(site.Title, site.Language, err)

	_, err = folder.Settings(context.Background(), "news")
	var wrong *seed.SettingsError
	if errors.As(err, &wrong) {
		fmt.Println(wrong.Problem)
	}
	fmt.Println(err)
	// Output:
	// The Harbour Post en <nil>
	// unknown key "titel"
	// news/feed.yaml:1:1: unknown key "titel"; did you mean "title"?
	//     1 | titel: Harbour news
	//         ^
}
