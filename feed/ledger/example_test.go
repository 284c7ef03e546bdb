package ledger_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// A document is published, edited and renamed: the id and the address stay.
func Example() {
	dir, err := os.MkdirTemp("", "ledger")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := remember(context.Background(), filepath.Join(dir, "ledger.db")); err != nil {
		fmt.Println(err)
	}
	// Output:
	// news/post.md is urn:uuid:35ae7465-f83d-50d6-af84-5ef6d8cee494
	// at entries/2026/03/the-post.html
}

func remember(ctx context.Context, file string) (err error) {
	l, err := ledger.Open(ctx, file)
	if err != nil {
		return err
	}
	defer func() {
		if closed := l.Close(); err == nil {
			err = closed
		}
	}()
	unlock, err := l.Lock(ctx, func() { fmt.Println("waiting for another run") })
	if err != nil {
		return err
	}
	rec := ledger.Record{
		ID:        feed.NewID("news.example.org", "post.txt"),
		Path:      "post.txt",
		Address:   "entries/2026/03/the-post.html",
		Title:     "The post",
		Published: time.Date(2026, time.March, 2, 9, 30, 0, 0, time.UTC),
		Status:    feed.Live,
	}
	if err := l.Update(ctx, func(tx *ledger.Tx) error { return tx.Put(rec) }); err != nil {
		return err
	}
	rec.Path, rec.Title = "news/post.md", "The post, renamed"
	if err := l.Update(ctx, func(tx *ledger.Tx) error { return tx.Put(rec) }); err != nil {
		return err
	}
	latest, err := l.Latest(ctx, "news", 10)
	if err != nil {
		return err
	}
	for _, rec := range latest {
		fmt.Println(rec.Path, "is", rec.ID)
		fmt.Println("at", rec.Address)
	}
	return unlock()
}
