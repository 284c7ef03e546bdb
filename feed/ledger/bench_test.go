package ledger_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"testing"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// story returns the record of the n-th of many documents, of the lengths that
// wire stories have: folders of 1,000, a path of 50 bytes, a title of 70.
func story(n int) ledger.Record {
	const names = "minister-says-talks-on-grain-exports-will-go-on"
	path := fmt.Sprintf("wire/%04d/%06d-%s.txt", n/1000, n, names[:20+n%27])
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(n*7919%100_000) * time.Minute)
	sum := sha256.Sum256([]byte(path))
	return ledger.Record{
		ID:      feed.NewID("news.example.org", path),
		Path:    path,
		Address: fmt.Sprintf("entries/%s/%s-%d.html", at.Format("2006/01"), names[:30+n%17], n),
		Title:   fmt.Sprintf("Minister says talks on grain exports will go on, envoy hopeful: %d", n),
		Digest:  sum, Meaning: [16]byte(sum[:16]), Sketch: [24]byte(sum[:24]), Size: 2500, ModTime: at,
		FirstSeen: at, Published: at, Updated: at, DayOnly: n%3 == 0, Status: feed.Live,
	}
}

// fill puts the first n stories, in batches.
func fill(tb testing.TB, l *ledger.Ledger, n, batch int) {
	tb.Helper()
	for start := 0; start < n; start += batch {
		update(tb, l, func(tx *ledger.Tx) error {
			for i := start; i < min(start+batch, n); i++ {
				rec := story(i)
				rec.Pending = true
				if err := tx.Put(rec); err != nil {
					return err
				}
			}
			return nil
		})
		update(tb, l, func(tx *ledger.Tx) error {
			for i := start; i < min(start+batch, n); i++ {
				if err := tx.Placed(story(i).ID); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// listsOf returns lists of the n-th of many documents: its language, one of 50
// authors, and tags of which some are used much more than others.
func listsOf(n, count int) []ledger.List {
	lists := []ledger.List{
		{Kind: "language", Key: "en", Title: "English"},
		{Kind: "author", Key: fmt.Sprintf("author-%d", n%50), Title: fmt.Sprintf("Author %d", n%50)},
	}
	for i := n + 1; len(lists) < count; i /= 3 {
		name := fmt.Sprintf("%d-%d", len(lists), i%500)
		lists = append(lists, ledger.List{Kind: "tag", Key: "tag-" + name, Title: "Tag " + name})
	}
	return lists[:count]
}

// fillLists puts the first n stories into lists, in batches.
func fillLists(tb testing.TB, l *ledger.Ledger, n, batch, lists int) {
	tb.Helper()
	for start := 0; start < n; start += batch {
		update(tb, l, func(tx *ledger.Tx) error {
			for i := start; i < min(start+batch, n); i++ {
				if err := tx.PutLists(story(i).ID, listsOf(i, lists)); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

func update(tb testing.TB, l *ledger.Ledger, fn func(*ledger.Tx) error) {
	tb.Helper()
	if err := l.Update(tb.Context(), fn); err != nil {
		tb.Fatal(err)
	}
}

func open(tb testing.TB, file string) *ledger.Ledger {
	tb.Helper()
	l, err := ledger.Open(tb.Context(), file)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := l.Close(); err != nil {
			tb.Error(err)
		}
	})
	return l
}

// BenchmarkPut makes a ledger of 100,000 records, each put as pending and then
// placed, in batches of 1,000.
func BenchmarkPut(b *testing.B) {
	const n = 100_000
	for b.Loop() {
		file := filepath.Join(b.TempDir(), "ledger.db")
		l, err := ledger.Open(b.Context(), file)
		if err != nil {
			b.Fatal(err)
		}
		fill(b, l, n, 1000)
		if err := l.Close(); err != nil {
			b.Fatal(err)
		}
		info, err := os.Stat(file)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(info.Size())/n, "bytes/record")
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/n/float64(b.N), "µs/record")
}

// BenchmarkPutLists puts 100,000 records into three lists each, in batches of
// 1,000; and then again, when nothing changes.
func BenchmarkPutLists(b *testing.B) {
	const n = 100_000
	file := filepath.Join(b.TempDir(), "ledger.db")
	l := open(b, file)
	fill(b, l, n, 1000)
	for _, name := range []string{"new", "same"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				fillLists(b, l, n, 1000, 3)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/n/float64(b.N), "µs/record")
		})
	}
}

// BenchmarkAsk asks a ledger of 100,000 records.
func BenchmarkAsk(b *testing.B) {
	file := filepath.Join(b.TempDir(), "ledger.db")
	l := open(b, file)
	fill(b, l, 100_000, 1000)
	fillLists(b, l, 100_000, 1000, 3)
	b.Run("Open", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			again, err := ledger.Open(b.Context(), file)
			if err != nil {
				b.Fatal(err)
			}
			if err := again.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, question := range []struct {
		name string
		ask  func(context.Context) error
	}{
		{"Folder", func(ctx context.Context) error { _, err := l.Folder(ctx, "wire/0050"); return err }},
		{"Latest/site", func(ctx context.Context) error { _, err := l.Latest(ctx, "", 30); return err }},
		{"Latest/section", func(ctx context.Context) error { _, err := l.Latest(ctx, "wire/0050", 30); return err }},
		{"LastChange", func(ctx context.Context) error { _, err := l.LastChange(ctx, ""); return err }},
		{"Sections", func(ctx context.Context) error { _, err := l.Sections(ctx); return err }},
		{"ByPath", func(ctx context.Context) error { _, _, err := l.ByPath(ctx, story(777).Path); return err }},
		{"Lists", func(ctx context.Context) error { _, err := l.Lists(ctx); return err }},
		{"ListsOf", func(ctx context.Context) error { _, err := l.ListsOf(ctx, story(777).ID); return err }},
		{"LatestIn/all", func(ctx context.Context) error { _, err := l.LatestIn(ctx, "language", "en", 30); return err }},
		{"LatestIn/tag", func(ctx context.Context) error { _, err := l.LatestIn(ctx, "tag", "tag-2-7", 30); return err }},
		{"Months", func(ctx context.Context) error { _, err := l.Months(ctx); return err }},
		{"InMonth/first30", func(ctx context.Context) error { return first(l.InMonth(ctx, "2026-02"), 30) }},
		{"Around", func(ctx context.Context) error { _, _, _, _, err := l.Around(ctx, story(777)); return err }},
		{"Tombstones/none", func(ctx context.Context) error { _, err := l.Tombstones(ctx, "", time.Time{}); return err }},
		{"Statuses", func(ctx context.Context) error { _, err := l.Statuses(ctx); return err }},
		{"List/held", func(ctx context.Context) error {
			return first(l.List(ctx, ledger.Filter{Status: []feed.Status{feed.Held}}), 1000)
		}},
		{"ByDigest", func(ctx context.Context) error { _, err := l.ByDigest(ctx, story(777).Digest); return err }},
	} {
		b.Run(question.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := question.ask(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// first reads the first n of many records.
func first(records iter.Seq2[ledger.Record, error], n int) error {
	for _, err := range records {
		if n--; err != nil || n == 0 {
			return err
		}
	}
	return nil
}

// BenchmarkAroundAnInstant asks for neighbours where 20,000 entries share one
// instant: those of a folder without dates, as it was copied.
func BenchmarkAroundAnInstant(b *testing.B) {
	const n = 20_000
	l := open(b, filepath.Join(b.TempDir(), "ledger.db"))
	at := story(0).Published
	update(b, l, func(tx *ledger.Tx) error {
		for i := range n {
			rec := story(i)
			rec.Published = at
			if err := tx.Put(rec); err != nil {
				return err
			}
		}
		return nil
	})
	for i := 0; b.Loop(); i++ {
		rec := story(i % n)
		rec.Published = at
		if _, _, _, _, err := l.Around(b.Context(), rec); err != nil {
			b.Fatal(err)
		}
	}
}
