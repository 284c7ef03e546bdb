package publish

import (
	"bytes"
	"context"
	"math"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
	"seedfeed/feed/render"
)

// A position is a place in the order of the site's entries.
type position struct {
	id        string
	published time.Time
}

// shift notes that what stands at a position has come, gone or changed: the
// entries next to it name it on their pages.
func (r *run) shift(record ledger.Record) {
	if !r.changed { // then all pages are written anyway
		r.shifted = append(r.shifted, position{record.ID, record.Published})
	}
}

// pages writes the pages of the entries that were taken in, and of those next
// to them. Only then the ledger is told: a killed run does both again.
func (r *run) pages(ctx context.Context) error {
	if err := r.publishNamedFiles(ctx); err != nil {
		return err
	}
	written := map[string]bool{}
	done := 0
	err := r.spool.each(func(entries []feed.Entry) error {
		entries = r.current(entries)
		for i := range entries {
			if !r.changed {
				written[entries[i].ID] = true
			}
			r.placed = append(r.placed, entries[i].ID)
		}
		if err := r.writePages(ctx, entries); err != nil {
			return err
		}
		done += len(entries)
		r.progress(Writing, done, r.spool.size)
		if !r.changed || len(r.placed) < placedAtOnce {
			// The neighbours of what came in are still to be written.
			return nil
		}
		return r.notePlaced(ctx)
	})
	if err != nil {
		return err
	}
	if err := r.neighbours(ctx, written); err != nil {
		return err
	}
	if err := r.namers(ctx, written); err != nil {
		return err
	}
	return r.notePlaced(ctx)
}

// current returns the entries whose pages are to be written: without those that
// were taken back since, and of two versions of a story the one that came last.
func (r *run) current(entries []feed.Entry) []feed.Entry {
	last := make(map[string]int, len(entries))
	for i := range entries {
		last[entries[i].ID] = i
	}
	i := -1
	return slices.DeleteFunc(entries, func(e feed.Entry) bool {
		i++
		return last[e.ID] != i || r.unwritten[e.ID]
	})
}

// neighbours writes the pages next to those that have changed.
func (r *run) neighbours(ctx context.Context, written map[string]bool) error {
	for _, p := range r.shifted {
		older, newer, hasOlder, hasNewer, err := r.Ledger.Around(ctx, ledger.Record{ID: p.id, Published: p.published})
		if err != nil {
			return err
		}
		for _, n := range []struct {
			record ledger.Record
			has    bool
		}{{older, hasOlder}, {newer, hasNewer}} {
			if n.has {
				if err := r.rewrite(ctx, n.record, written); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// namers writes the pages of entries that name a document that has come, moved
// or gone: the link leads elsewhere now.
func (r *run) namers(ctx context.Context, written map[string]bool) error {
	if r.changed {
		return nil
	}
	for _, name := range r.settled {
		records, err := r.Ledger.LatestIn(ctx, namedDocuments, name, math.MaxInt32)
		if err != nil {
			return err
		}
		for _, record := range records {
			r.touch(record.Section)
			if err := r.rewrite(ctx, record, written); err != nil {
				return err
			}
		}
	}
	return nil
}

// rewrite writes the page of an entry whose document has not changed, unless it
// is written already. One whose document is being edited is written with that.
func (r *run) rewrite(ctx context.Context, record ledger.Record, written map[string]bool) error {
	if written[record.ID] {
		return nil
	}
	written[record.ID] = true
	entry := r.entryOf(ctx, record)
	if entry == nil {
		return nil
	}
	return r.writePages(ctx, []feed.Entry{*entry})
}

// writePages writes the pages of entries that the ledger has, side by side.
func (r *run) writePages(ctx context.Context, entries []feed.Entry) error {
	if len(entries) > 0 {
		if err := r.begin(ctx); err != nil {
			return err
		}
	}
	var written atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range entries {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			changed, err := r.writePage(ctx, &entries[i])
			if changed {
				written.Add(1)
			}
			return err
		})
	}
	err := group.Wait()
	r.report.Written += int(written.Load())
	return err
}

func (r *run) writePage(ctx context.Context, entry *feed.Entry) (changed bool, err error) {
	shown, err := r.linked(ctx, *entry)
	if err != nil {
		return false, err
	}
	article := render.Article{
		Site:    r.site(),
		Entry:   shown,
		Trail:   r.trail(entry.Section),
		Tags:    r.listLinks(entry, tags),
		Authors: r.listLinks(entry, authors),
	}
	older, newer, hasOlder, hasNewer, err := r.Ledger.Around(ctx, ledger.Record{ID: entry.ID, Published: entry.Published.Time})
	if err != nil {
		return false, err
	}
	if hasOlder {
		article.Older = r.entryLink(older)
	}
	if hasNewer {
		article.Newer = r.entryLink(newer)
	}
	var page bytes.Buffer
	if err := r.theme.Entry(&page, article); err != nil {
		return false, err
	}
	return r.batch.Write(entry.Address, page.Bytes())
}

func (r *run) entryLink(record ledger.Record) *render.Link {
	return &render.Link{Title: record.Title, URL: absolute(r.BaseURL, record.Address)}
}

// placedAtOnce is about how many pages are written before the ledger is told: so
// much is done again after a kill. To wait for the disk more often costs more than
// it saves.
const placedAtOnce = 16 * 1024

// notePlaced tells the ledger which pages out/ holds now, or holds no longer.
// It waits for the disk before it does: until the ledger is told, the next run
// writes them again, and nothing names them before that.
func (r *run) notePlaced(ctx context.Context) error {
	if err := r.batch.Flush(); err != nil {
		return err
	}
	if len(r.placed) == 0 {
		return nil
	}
	err := r.Ledger.Update(ctx, func(tx *ledger.Tx) error { return tx.Placed(r.placed...) })
	r.placed = nil
	return err
}
