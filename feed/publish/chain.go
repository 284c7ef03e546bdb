package publish

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
	"seedfeed/feed/seed"
)

// chain finds out whether a document is a version of a story that another document
// tells too, and if so which of the two subscribers see. There is one entry for all
// versions: it has the id, the address and the date of the first that was public,
// and the text of the newest. Each document that a newer one replaces keeps a
// record of its own, which is held; when the newest goes, it is read again.
//
// A document that was public by itself stays so: to join two entries would take
// one of them from its subscribers.
func (r *run) chain(ctx context.Context, tx *ledger.Tx, rd *reading, m match) (match, error) {
	switch {
	case m.refused != "":
		return m, nil
	case rd.entry.Kill != nil:
		return m, r.advise(ctx, tx, rd, &m)
	case !r.isChained(rd):
		return m, nil
	}
	own, known, err := tx.VersionOf(ctx, m.record.ID)
	if err != nil {
		return m, err
	}
	switch {
	case known && own.Head != "":
		return r.rejoin(ctx, tx, rd, m, own)
	case r.isRecalled(rd.file.Path):
		m.revised = true
		return m, nil
	case r.isHeldBack(rd, m.record):
		return r.stepBack(ctx, tx, rd, m)
	}
	switch kill, err := r.killed(ctx, tx, rd, m); {
	case err != nil:
		return m, err
	case kill != nil:
		m.record.Status, m.record.Reason = feed.Withdrawn, kill.Public
		return m, nil
	}
	if m.record.WasLive || m.renamed || m.record.Status == feed.Withdrawn || !r.public(rd) {
		return m, nil
	}
	return r.join(ctx, tx, rd, m)
}

// isChained reports whether a document may be one of several versions: it says so,
// or others do.
func (r *run) isChained(rd *reading) bool {
	return r.versions || !rd.entry.Revision.IsZero() || rd.entry.Slug != ""
}

// public reports whether a document is to be public now.
func (r *run) public(rd *reading) bool {
	entry := rd.entry
	r.release(&entry)
	r.hold(&entry)
	return entry.Status == feed.Live
}

// join puts a document into the story that it is a version of, if there is one.
func (r *run) join(ctx context.Context, tx *ledger.Tx, rd *reading, m match) (match, error) {
	c, found, err := r.headOf(ctx, tx, rd, m.record.ID)
	if err != nil || !found {
		return m, err
	}
	if r.isNewer(rd, c.record, c.rank) {
		return r.replace(ctx, tx, rd, m, c)
	}
	r.giveWay(rd, &m, c.record)
	r.decided(rd.file.Path, "an earlier version of "+c.record.Path+c.because())
	return m, nil
}

// isNewer reports whether a document is a later version than the one that an entry
// shows. Where the versions do not tell, the files' times do.
func (r *run) isNewer(rd *reading, head ledger.Record, rank int) bool {
	own := rd.entry.Revision.Order()
	if own != rank {
		return own > rank
	}
	if c := rd.file.ModTime.UnixMilli() - head.ModTime.UnixMilli(); c != 0 {
		return c > 0
	}
	return rd.file.Path > head.Path
}

// replace makes a document that of an entry, in place of an earlier version.
func (r *run) replace(ctx context.Context, tx *ledger.Tx, rd *reading, m match, c candidate) (match, error) {
	head := c.record
	if err := renameReasons(ctx, tx, head.ID, rd.file.Path); err != nil {
		return m, err
	}
	if !r.isMissing(head.ID) {
		before := m.record // of the document, if it has one: the two change places
		if before.Path == "" {
			fresh, err := r.mint(ctx, tx, head.Path)
			if err != nil {
				return m, err
			}
			before = fresh.record
			r.report.Held++
		}
		replaced := head
		replaced.ID, replaced.Address, replaced.WasLive, replaced.Pending = before.ID, "", false, false
		replaced.Status, replaced.Reason = feed.Held, replacedBy(rd.file.Path)
		replaced.Until, replaced.Published, replaced.Updated = before.Until, before.Published, before.Updated
		if err := tx.Put(replaced); err != nil {
			return m, err
		}
		v, _, err := tx.VersionOf(ctx, head.ID)
		if err != nil {
			return m, err
		}
		v.ID, v.Rank, v.Head = replaced.ID, c.rank, head.ID
		if v.Title == 0 {
			v.Title = nameOf(head.Title)
		}
		if err := tx.PutVersion(v); err != nil {
			return m, err
		}
		r.versions = true
	} else {
		r.moved[head.ID] = true
	}
	r.touch(head.Section)
	return match{record: head, revised: true}, r.tellMerged(tx, rd, head, "a later version of "+head.Path+": "+quotedMark(rd.entry.Revision)+c.because())
}

// tellMerged tells, in the report and in the history of an entry, that another
// document is its text now.
func (r *run) tellMerged(tx *ledger.Tx, rd *reading, head ledger.Record, why string) error {
	r.decided(rd.file.Path, why)
	return tx.PutEvent(ledger.Event{ID: head.ID, When: r.now, Kind: ledger.Merged, Title: rd.entry.Title, Path: rd.file.Path, Before: head.Path, Why: why, Digest: rd.digest})
}

// quotedMark is what a document says of its version, for people.
func quotedMark(revision feed.Revision) string {
	if revision.IsZero() {
		return "its file is newer"
	}
	return fmt.Sprintf("%s %q", revision.From.Source, revision.From.Words)
}

// renameReasons tells the versions below an entry by which document they are
// replaced now.
func renameReasons(ctx context.Context, tx *ledger.Tx, head, path string) error {
	below, err := tx.VersionsBelow(ctx, head)
	if err != nil {
		return err
	}
	for _, v := range below {
		record, found, err := tx.ByID(ctx, v.ID)
		if err != nil {
			return err
		}
		if record.Reason = replacedBy(path); found {
			if err := tx.Put(record); err != nil {
				return err
			}
		}
	}
	return nil
}

// giveWay holds a document, since an entry shows a later version of it.
func (r *run) giveWay(rd *reading, m *match, head ledger.Record) {
	rd.entry.Status, rd.entry.Reason, rd.entry.Until = feed.Held, replacedBy(head.Path), feed.Date{}
	m.head = head.ID
}

func replacedBy(path string) string { return "replaced by " + path }

// rejoin decides on a document that a later version replaced before. When that is
// gone, the entry comes back to it.
func (r *run) rejoin(ctx context.Context, tx *ledger.Tx, rd *reading, m match, own ledger.Version) (match, error) {
	head, found, err := tx.ByID(ctx, own.Head)
	switch {
	case err != nil:
		return m, err
	case !found:
		return m, tx.DropVersion(own.ID)
	case r.vacant[head.ID] != "" && r.vacant[head.ID] != rd.file.Path:
		r.giveWay(rd, &m, head) // to another one, that is newer
		return m, nil
	case r.vacant[head.ID] != "" || head.Status == feed.Gone:
		delete(r.vacant, head.ID)
		r.report.Held--
		if err := renameReasons(ctx, tx, head.ID, rd.file.Path); err != nil {
			return m, err
		}
		r.moved[head.ID] = true
		r.touch(head.Section)
		if err := r.tellMerged(tx, rd, head, "the version before "+head.Path+", which is gone"); err != nil {
			return m, err
		}
		return match{record: head, revised: true}, tx.Drop(own.ID)
	}
	if rd.digest == m.record.Digest {
		rank, err := rankOf(ctx, tx, head.ID)
		if err == nil && r.public(rd) && r.isNewer(rd, head, rank) {
			return r.replace(ctx, tx, rd, m, candidate{record: head, rank: rank})
		}
		r.giveWay(rd, &m, head)
		return m, err
	}
	// It was edited, and may be a version of another story now, or of none.
	if err := tx.DropVersion(own.ID); err != nil || !r.public(rd) {
		return m, err
	}
	return r.join(ctx, tx, rd, m)
}

func rankOf(ctx context.Context, tx *ledger.Tx, id string) (int, error) {
	v, _, err := tx.VersionOf(ctx, id)
	return v.Rank, err
}

// noteVersion keeps in the ledger what is known of the versions of a document.
func (r *run) noteVersion(ctx context.Context, tx *ledger.Tx, rd *reading, m match) error {
	entry := &rd.entry
	if entry.Kill != nil {
		return nil // advise has done so
	}
	v := ledger.Version{ID: m.record.ID, Rank: entry.Revision.Order(), Head: m.head, Title: nameOf(entry.Title), Slug: slugName(entry.Slug), Agency: entry.Agency}
	if v.Rank == 0 && v.Head == "" && v.Slug == 0 {
		if !r.versions {
			return nil
		}
		below, err := tx.VersionsBelow(ctx, v.ID)
		if err != nil {
			return err
		}
		if len(below) == 0 && entry.Status != feed.Withdrawn {
			return tx.DropVersion(v.ID)
		}
	}
	r.versions = true
	return tx.PutVersion(v)
}

// recallVersions has the documents read again that a later version replaced which
// is not there any more, or whose file holds another story now: one of them takes
// its place.
func (r *run) recallVersions(ctx context.Context) (err error) {
	if r.versions, err = r.Ledger.HasVersions(ctx); err != nil || !r.versions {
		return err
	}
	r.vacant = map[string]string{}
	gone := slices.Collect(maps.Keys(r.displaced))
	for id := range r.missing {
		if r.isMissing(id) {
			gone = append(gone, id)
		}
	}
	slices.Sort(gone)
	for _, id := range gone {
		if err := r.recallVersion(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// recallVersion has the newest of the versions below an entry read again.
func (r *run) recallVersion(ctx context.Context, head string) error {
	below, err := r.Ledger.VersionsBelow(ctx, head)
	if err != nil {
		return err
	}
	var newest seed.File
	rank := -1
	for _, v := range below {
		file, ok, err := r.fileOf(ctx, v.ID)
		if err != nil {
			return err
		}
		if ok && (v.Rank > rank || v.Rank == rank && file.ModTime.After(newest.ModTime)) {
			newest, rank = file, v.Rank
		}
	}
	if rank < 0 {
		return nil
	}
	r.vacant[head], r.moved[head] = newest.Path, true
	delete(r.displaced, head)
	if !slices.ContainsFunc(r.work, func(item work) bool { return item.file.Path == newest.Path }) {
		r.work = append(r.work, work{file: newest, known: true})
	}
	return nil
}

// fileOf returns the file of a record, if it is there.
func (r *run) fileOf(ctx context.Context, id string) (file seed.File, ok bool, err error) {
	record, found, err := r.Ledger.ByID(ctx, id)
	if err != nil || !found {
		return file, false, err
	}
	files, err := r.seeds.Beside(ctx, record.Path)
	if err != nil {
		r.log.Warn("a document that was replaced can not be read again", "path", record.Path, "error", err)
	}
	if len(files) == 0 {
		return file, false, ctx.Err()
	}
	return files[0], true, nil
}

// foldName brings the spellings of a title or slug together: only its words count.
func foldName(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), notWord), " ")
}
