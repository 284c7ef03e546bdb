package publish

import (
	"context"
	"fmt"
	"strings"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// advise does what an advisory to editors orders: it withdraws the story that it
// takes back. One that names a story which has not come waits for it; one that
// names several does nothing, since it may mean any of them. The advisory itself is
// never public.
//
// An advisory acts once: a story that somebody restores stays.
func (r *run) advise(ctx context.Context, tx *ledger.Tx, rd *reading, m *match) error {
	kill := rd.entry.Kill
	v, known, err := tx.VersionOf(ctx, m.record.ID)
	if err != nil {
		return err
	}
	if known && rd.digest == m.record.Digest {
		rd.entry.Reason = m.record.Reason
		return nil
	}
	v = ledger.Version{ID: m.record.ID, Agency: rd.entry.Agency, Title: headlineName(kill.Headline), Slug: slugName(kill.Slug)}
	r.versions = true
	if m.record.WasLive && (v.Title == nameOf(m.record.Title) || v.Title == 0 && v.Slug == 0) {
		// The order was written into the file of the story.
		m.record.Status, m.record.Reason = feed.Withdrawn, kill.Reason
		return tx.PutVersion(v)
	}
	targets, err := r.targets(ctx, tx, rd, v)
	if err != nil {
		return err
	}
	switch {
	case len(targets) == 1:
		rd.entry.Reason = tookBack(targets[0].record.Path)
		r.decided(rd.file.Path, "takes back "+targets[0].record.Path)
		if err := r.withdraw(ctx, tx, targets[0].record, kill.Reason); err != nil {
			return err
		}
	case len(targets) > 1:
		rd.entry.Reason = fmt.Sprintf(advisoryReason+"takes back one of %d stories: withdraw that by hand", len(targets))
	case v.Title == 0 && v.Slug == 0:
		rd.entry.Reason = advisoryReason + "takes back a story which it does not name: withdraw that by hand"
	default:
		v.Kill = kill.Reason
		rd.entry.Reason = advisoryReason + "takes back a story which has not come"
	}
	return tx.PutVersion(v)
}

// advisoryReason is how the reason begins for which an advisory is held.
const advisoryReason = "an advisory that "

func tookBack(path string) string { return advisoryReason + "took back " + path }

// headlineName is the digest of the headline that an advisory names, or 0.
func headlineName(headline string) uint64 {
	if foldName(headline) == "" {
		return 0
	}
	return nameOf(headline)
}

// targets returns the entries that an advisory may take back: by the headline that
// it names, else by the slug.
func (r *run) targets(ctx context.Context, tx *ledger.Tx, rd *reading, v ledger.Version) ([]candidate, error) {
	title, slug := v.Title, uint64(0)
	if title == 0 {
		slug = v.Slug
	}
	ids, err := r.named(ctx, tx, rd, v.ID, title, slug)
	if err != nil {
		return nil, err
	}
	if title != 0 {
		from, to := r.around(rd)
		if undated(rd) {
			from = time.Time{}
		}
		titles, err := tx.Titles(ctx, rd.entry.Section, from, to)
		if err != nil {
			return nil, err
		}
		for _, t := range titles {
			if nameOf(t.Title) == title {
				ids = append(ids, t.ID)
			}
		}
	}
	all, err := candidatesOf(ctx, tx, ids)
	var live []candidate
	for _, c := range all {
		near := undated(rd) || r.dated(rd).Sub(c.record.Published).Abs() <= laterAnything
		if c.record.Status == feed.Live && near {
			live = append(live, c)
		}
	}
	return live, err
}

// undated reports whether a document does not tell its day. Advisories seldom do;
// one that is read long after it was sent means the story all the same.
func undated(rd *reading) bool { return rd.entry.Inferred || rd.entry.Published.IsZero() }

// killed returns why a document is not to become public, if an advisory that came
// before it takes it back, or "".
func (r *run) killed(ctx context.Context, tx *ledger.Tx, rd *reading, m match) (string, error) {
	if !r.versions || m.record.WasLive {
		return "", nil
	}
	orders, err := tx.VersionsNamed(ctx, nameOf(rd.entry.Title), slugName(rd.entry.Slug))
	if err != nil {
		return "", err
	}
	for _, order := range orders {
		if order.Kill == "" || order.Title != 0 && order.Title != nameOf(rd.entry.Title) {
			continue
		}
		advisory, found, err := tx.ByID(ctx, order.ID)
		if err != nil {
			return "", err
		}
		near := r.dated(rd).Sub(advisory.FirstSeen).Abs() <= laterAnything
		if !found || !near || advisory.Section != rd.entry.Section && (order.Agency == "" || order.Agency != rd.entry.Agency) {
			continue
		}
		why := order.Kill
		order.Kill = ""
		advisory.Reason = tookBack(rd.file.Path)
		r.decided(advisory.Path, "takes back "+rd.file.Path)
		r.report.Killed++
		if err := tx.Put(advisory); err != nil {
			return "", err
		}
		return why, tx.PutVersion(order)
	}
	return "", nil
}

// withdraw takes an entry back that an advisory names.
func (r *run) withdraw(ctx context.Context, tx *ledger.Tx, record ledger.Record, reason string) error {
	r.report.Killed++
	r.unwritten[record.ID] = true
	record.Status, record.Reason, record.Until = feed.Withdrawn, reason, time.Time{}
	if err := r.leave(ctx, tx, record, ledger.Withdrawn); err != nil {
		return err
	}
	// Its later versions are to find it: they are taken back with it.
	v, known, err := tx.VersionOf(ctx, record.ID)
	if known || err != nil {
		return err
	}
	v.ID, v.Title = record.ID, nameOf(record.Title)
	return tx.PutVersion(v)
}

// isAdvisory reports whether a document takes a story back: in its batch it comes
// before the stories.
func isAdvisory(rd *reading) bool { return rd.err == nil && rd.entry.Kill != nil }

// inOrder brings the documents of a batch into the order in which their stories are
// told: advisories first, so that nothing is public which they take back; then what
// says nothing of a version, then the later versions, so that an entry has the id
// of its first one.
func inOrder(a, b reading) int { return orderOf(&a) - orderOf(&b) }

func orderOf(rd *reading) int {
	if isAdvisory(rd) {
		return -1
	}
	return rd.entry.Revision.Order()
}

// stems are the names that a document without a version may have beside one with
// it: story.txt beside story-v2.md.
func stems(revision feed.Revision) []string {
	if revision.Stem == "" {
		return nil
	}
	var names []string
	for _, ext := range [...]string{".txt", ".text", ".md", ".markdown", ".html", ".htm"} {
		names = append(names, revision.Stem+ext)
	}
	return names
}

// isBesideStem reports whether a name is that of another without its version.
func isBesideStem(plain, other string) bool {
	plain, other = withoutExt(plain), withoutExt(other)
	return len(other) > len(plain) && strings.HasPrefix(other, plain) && strings.ContainsRune("-_. ", rune(other[len(plain)]))
}

func withoutExt(name string) string {
	if i := strings.LastIndexByte(name, '.'); i > strings.LastIndexByte(name, '/') {
		return name[:i]
	}
	return name
}
