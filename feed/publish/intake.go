package publish

import (
	"context"
	"errors"
	"io/fs"
	"runtime"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
	"seedfeed/feed/seed"
)

// batch is how many documents go through the ledger in one transaction. All
// that is held in memory of documents is two batches: one is read while the one
// before it is written.
const batch = 256

// intake reads the documents that must be read, and writes them into the ledger
// batch by batch. Their pages come when all are known.
func (r *run) intake(ctx context.Context) error {
	if err := r.takeIn(ctx, r.work); err != nil {
		return err
	}
	if err := r.takeIn(ctx, r.latecomers()); err != nil {
		return err
	}
	r.tellCopies()
	return nil
}

// takeIn is intake for some of the documents.
func (r *run) takeIn(ctx context.Context, all []work) error {
	batches := make(chan []reading)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(batches)
		for items := range slices.Chunk(all, batch) {
			readings, err := r.readAll(ctx, items)
			if err != nil {
				return err
			}
			select {
			case batches <- readings:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	group.Go(func() error {
		done := 0
		for readings := range batches {
			entries, err := r.record(ctx, readings)
			if err != nil {
				return err
			}
			if err := r.spool.add(entries); err != nil {
				return err
			}
			if done += len(readings); !r.punctual {
				r.progress(Reading, done, len(all))
			}
		}
		return nil
	})
	return group.Wait()
}

// readAll reads documents side by side and returns them in the given order.
func (r *run) readAll(ctx context.Context, items []work) ([]reading, error) {
	readings := make([]reading, len(items))
	var next atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for range min(runtime.GOMAXPROCS(0), len(items)) {
		group.Go(func() error {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(items) {
					return nil
				}
				readings[i] = r.read(ctx, items[i])
				readings[i].prepare()
			}
			return ctx.Err()
		})
	}
	return readings, group.Wait()
}

// record writes a batch into the ledger and returns the entries whose pages are
// to be written.
func (r *run) record(ctx context.Context, readings []reading) ([]feed.Entry, error) {
	if err := r.begin(ctx); err != nil {
		return nil, err
	}
	var entries []feed.Entry
	err := r.Ledger.Update(ctx, func(tx *ledger.Tx) error {
		slices.SortStableFunc(readings, inOrder)
		readings = r.putOff(readings)
		if err := r.lookAhead(tx, readings); err != nil {
			return err
		}
		for i := 0; i < len(readings); i++ {
			if readings[i].err != nil {
				r.refuse(&readings[i])
				continue
			}
			entry, err := r.take(ctx, tx, &readings[i])
			if err != nil {
				return err
			}
			if entry != nil {
				entries = append(entries, *entry)
			}
			readings = append(readings, r.recall()...)
		}
		return nil
	})
	return entries, err
}

// take writes one document into the ledger. It returns the entry, if that is to
// have a page.
func (r *run) take(ctx context.Context, tx *ledger.Tx, rd *reading) (*feed.Entry, error) {
	match, err := r.identify(ctx, tx, rd)
	if err != nil {
		return nil, err
	}
	if match.waits {
		r.report.Waiting++
		return nil, nil
	}
	if err := r.approve(ctx, tx.Reader, rd, match.record.ID); err != nil {
		return nil, err
	}
	if match, err = r.chain(ctx, tx, rd, match); err != nil {
		return nil, err
	}
	if match.refused != "" {
		r.skip(rd.file.Path, match.refused, rd.known && r.claims[rd.file.Path].refused == "")
		return nil, nil
	}
	record, entry := match.record, &rd.entry
	before := record
	r.update(&record, rd, match.revised)
	if err := r.place(ctx, tx, &record, entry, rd.slug); err != nil {
		return nil, err
	}
	if err := tx.Put(record); err != nil {
		return nil, err
	}
	if err := r.noteVersion(ctx, tx, rd, match); err != nil {
		return nil, err
	}
	if err := r.list(ctx, tx, before, record, entry); err != nil {
		return nil, err
	}
	if err := r.chronicle(ctx, tx, match, before, record, entry); err != nil {
		return nil, err
	}
	r.tally(match, before, record)
	if record.Status != feed.Live {
		if before.WasLive {
			r.dropped = append(r.dropped, record.ID)
		}
		return nil, nil
	}
	r.reach.note(entry.Section, entry.Published.Time)
	return entry, nil
}

// lookAhead asks the ledger at once for what the documents of a batch will ask it
// one by one. Of most of them it knows nothing.
func (r *run) lookAhead(tx *ledger.Tx, readings []reading) error {
	var keys ledger.Keys
	for i := range readings {
		rd := &readings[i]
		if rd.err != nil || rd.known {
			continue
		}
		id := feed.NewID(r.authority(), rd.file.Path)
		if rd.entry.ID != "" {
			id = iri(r.authority(), rd.entry.ID)
		}
		keys.IDs = append(keys.IDs, id)
		keys.Paths = append(keys.Paths, rd.file.Path)
		keys.Digests = append(keys.Digests, rd.digest)
		keys.Addresses = append(keys.Addresses, addressOf(&rd.entry, rd.slug, ""))
	}
	return tx.LookAhead(keys)
}

// refuse notes a document that could not be read.
func (r *run) refuse(rd *reading) {
	if errors.Is(rd.err, seed.ErrChanging) || errors.Is(rd.err, fs.ErrNotExist) {
		r.report.Waiting++ // the next run finds it whole, or gone
		return
	}
	r.skipFor(rd.file.Path, rd.err, rd.known)
}

// update brings a record to what its document says now, and the entry to the
// dates that the record keeps.
func (r *run) update(record *ledger.Record, rd *reading, revised bool) {
	entry := &rd.entry
	entry.ID = record.ID
	if record.FirstSeen.IsZero() {
		record.FirstSeen = r.now
	}
	r.datePublished(entry, record, rd.file.ModTime, revised)
	now := rd.study().meaning
	edited := record.Digest != rd.digest && record.Meaning != now
	returned := record.Status == feed.Gone
	if record.Status == feed.Withdrawn {
		// The publisher's word holds, whatever the document says.
		entry.Status, entry.Reason = feed.Withdrawn, record.Reason
	}
	if entry.Status == feed.Live {
		r.dateUpdated(entry, record, edited || returned)
		record.Meaning = now
		record.WasLive = true
	}
	record.Path, record.Section = entry.Path, entry.Section
	record.Title, record.Digest, record.Sketch = entry.Title, rd.digest, rd.study().sketch
	record.Size, record.ModTime = rd.file.Size, rd.file.ModTime
	record.Status, record.Reason, record.Until = entry.Status, entry.Reason, r.turns(entry)
	// Until the page is written, or removed, out/ does not fit the record.
	record.Pending = record.WasLive
}

// place gives an entry its address: the one that it has, or, as it becomes
// public for the first time, a new one.
func (r *run) place(ctx context.Context, tx *ledger.Tx, record *ledger.Record, entry *feed.Entry, slug string) error {
	if record.Address == "" && record.Status == feed.Live {
		address, err := mintAddress(ctx, tx, *record, entry, slug)
		if err != nil {
			return err
		}
		record.Address = address
	}
	entry.Address = record.Address
	entry.URL = absolute(r.BaseURL, record.Address)
	return nil
}

// list puts an entry into the lists of its tags, authors and language, and
// marks the feeds of those that it is, or was, in.
func (r *run) list(ctx context.Context, tx *ledger.Tx, before, record ledger.Record, entry *feed.Entry) error {
	if !record.WasLive {
		return nil
	}
	if !before.FirstSeen.IsZero() { // else it is in none
		if err := r.touchLists(ctx, tx, record.ID); err != nil {
			return err
		}
	}
	if record.Status != feed.Live {
		return nil
	}
	lists := append(listsOf(entry), r.attach(ctx, entry, named(r.BaseURL, entry))...)
	r.touchChannels(lists)
	return tx.PutLists(record.ID, lists)
}

// touchLists marks the feeds of the lists that an entry is in.
func (r *run) touchLists(ctx context.Context, tx *ledger.Tx, id string) error {
	lists, err := tx.ListsOf(ctx, id)
	r.touchChannels(lists)
	return err
}

// touchChannels marks the feeds of lists.
func (r *run) touchChannels(lists []ledger.List) {
	for _, l := range lists {
		if kindDirs[l.Kind] != "" {
			r.dirty[channel{kind: l.Kind, key: l.Key}.dir()] = true
		}
	}
}

// tally counts a document for the report, and marks the feeds that it is in.
func (r *run) tally(match match, before, after ledger.Record) {
	r.noteCopy(before, after)
	switch {
	case match.revised:
		r.report.Revised++
	case match.fresh:
		r.report.New++
	case match.renamed:
		r.report.Renamed++
		r.touch(feed.SectionOf(match.from))
	case before.Digest != after.Digest || before.Status != after.Status:
		r.report.Changed++
	}
	if after.Status == feed.Held && before.Status != feed.Held {
		r.report.Held++
	}
	if after.Status != feed.Held && before.Status == feed.Held {
		r.report.Held--
	}
	if !after.WasLive {
		return
	}
	r.touch(before.Section) // which may still tell of an end that was before the return elsewhere
	r.touch(after.Section)
	if !r.changed && (match.renamed || before.Path != after.Path || before.Status != after.Status) {
		r.settled = append(r.settled, match.from, before.Path, after.Path)
	}
	for _, record := range []ledger.Record{before, after} {
		if record.WasLive {
			r.months[record.Published.UTC().Format(monthForm)] = true
			r.shift(record)
		}
	}
}
