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

// A leaf is an entry whose page is to be written, between its neighbours.
type leaf struct {
	entry        *feed.Entry
	older, newer *render.Link
}

// pages writes the pages of the entries that were taken in, and of those next
// to them. Only then the ledger is told: a killed run does both again.
func (r *run) pages(ctx context.Context) error {
	if err := r.publishNamedFiles(ctx); err != nil {
		return err
	}
	if err := r.spool.settle(); err != nil {
		return err
	}
	write := r.pagesOneByOne
	if r.spool.filed() && r.spool.size >= r.report.Documents/orderedShare {
		write = r.pagesInOrder
	}
	written := map[string]bool{}
	if err := write(ctx, written); err != nil {
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

// orderedShare is the part of all documents, one in so many, from which on it is
// cheaper to go through the headings of all than to ask for the neighbours of each.
const orderedShare = 20

// pagesOneByOne writes the pages of the entries that were taken in, and asks the
// ledger for the neighbours of each.
func (r *run) pagesOneByOne(ctx context.Context, written map[string]bool) error {
	return r.spool.each(func(entries []feed.Entry) error {
		entries = r.current(entries)
		leaves := make([]leaf, len(entries))
		for i := range entries {
			leaves[i].entry = &entries[i]
		}
		return r.writeSome(ctx, leaves, written, r.between)
	})
}

// pagesInOrder writes the pages of the entries that were taken in, in the order
// of all entries, in which neighbours follow each other.
func (r *run) pagesInOrder(ctx context.Context, written map[string]bool) error {
	var leaves []leaf
	var newer, this *render.Link
	waits := false // the last of leaves is this, and its older neighbour is still to come
	for heading, err := range r.Ledger.Headings(ctx) {
		if err != nil {
			return err
		}
		newer, this = this, r.linkTo(heading.Title, heading.Address)
		if waits {
			leaves[len(leaves)-1].older = this
		}
		if len(leaves) >= batch {
			if err := r.writeSome(ctx, leaves, written, r.fromSpool); err != nil {
				return err
			}
			leaves = leaves[:0]
		}
		if waits = r.spool.has(heading.ID) && !r.unwritten[heading.ID]; waits {
			leaves = append(leaves, leaf{entry: &feed.Entry{ID: heading.ID}, newer: newer})
		}
	}
	return r.writeSome(ctx, leaves, written, r.fromSpool)
}

// fromSpool gives a leaf the entry that it has only the id of.
func (r *run) fromSpool(_ context.Context, l *leaf) error {
	entry, err := r.spool.find(l.entry.ID)
	l.entry = entry // nil for an entry that another only seemed to be
	return err
}

// between gives a leaf its neighbours.
func (r *run) between(ctx context.Context, l *leaf) error {
	older, newer, hasOlder, hasNewer, err := r.Ledger.Around(ctx, ledger.Record{ID: l.entry.ID, Published: l.entry.Published.Time})
	if hasOlder {
		l.older = r.linkTo(older.Title, older.Address)
	}
	if hasNewer {
		l.newer = r.linkTo(newer.Title, newer.Address)
	}
	return err
}

// writeSome writes the pages of some of the entries that were taken in, after a
// function has given each what it lacks, and tells the ledger from time to time.
func (r *run) writeSome(ctx context.Context, leaves []leaf, written map[string]bool, complete func(context.Context, *leaf) error) error {
	if err := r.writePages(ctx, leaves, complete); err != nil {
		return err
	}
	if err := r.keepSnapshots(ctx, leaves); err != nil {
		return err
	}
	for _, l := range leaves {
		if l.entry == nil {
			continue
		}
		if !r.changed {
			written[l.entry.ID] = true
		}
		r.placed = append(r.placed, l.entry.ID)
	}
	r.pagesDone += len(leaves)
	r.progress(Writing, r.pagesDone, r.spool.size)
	if !r.changed || len(r.placed) < placedAtOnce {
		// The neighbours of what came in are still to be written.
		return nil
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
	return r.writePages(ctx, []leaf{{entry: entry}}, r.between)
}

// writePages writes pages side by side, after a function has given each leaf
// what it lacks.
func (r *run) writePages(ctx context.Context, leaves []leaf, complete func(context.Context, *leaf) error) error {
	if len(leaves) > 0 {
		if err := r.begin(ctx); err != nil {
			return err
		}
	}
	var written atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range leaves {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := complete(ctx, &leaves[i]); err != nil || leaves[i].entry == nil {
				return err
			}
			changed, err := r.writePage(ctx, leaves[i])
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

func (r *run) writePage(ctx context.Context, l leaf) (changed bool, err error) {
	shown, err := r.linked(ctx, *l.entry)
	if err != nil {
		return false, err
	}
	var page bytes.Buffer
	err = r.press.Entry(&page, render.Article{
		Site:    r.site(),
		Entry:   shown,
		Trail:   r.trail(l.entry.Section),
		Tags:    r.listLinks(l.entry, tags),
		Authors: r.listLinks(l.entry, authors),
		Older:   l.older,
		Newer:   l.newer,
	})
	if err != nil {
		return false, err
	}
	return r.batch.Write(l.entry.Address, page.Bytes())
}

// linkTo returns a link to the page of an entry.
func (r *run) linkTo(title, address string) *render.Link {
	return &render.Link{Title: title, URL: absolute(r.BaseURL, address)}
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
