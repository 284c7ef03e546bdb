package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// advise does what an advisory to editors orders: it withdraws the story that it
// takes back. One that names a story which has not come waits for it; one that may
// mean any of several does nothing. The advisory itself is never public.
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
		m.record.Status, m.record.Reason = feed.Withdrawn, kill.Public
		if err := tx.PutVersion(v); err != nil {
			return err
		}
		return r.tellKill(tx, m.record, rd.file.Path, kill)
	}
	targets, doubtful, err := r.targets(ctx, tx, rd, v)
	if err != nil {
		return err
	}
	switch {
	case len(targets) == 1:
		rd.entry.Reason = tookBack(targets[0].record.Path, kill)
		r.decided(rd.file.Path, "takes back "+targets[0].record.Path)
		if err := r.withdraw(ctx, tx, targets[0].record, rd.file.Path, kill); err != nil {
			return err
		}
	case len(targets) > 1:
		rd.entry.Reason = fmt.Sprintf(advisoryReason+"takes back one of %d stories: withdraw that by hand", len(targets))
	case v.Title == 0 && v.Slug == 0:
		rd.entry.Reason = advisoryReason + "takes back a story which it does not name: withdraw that by hand"
	default:
		if v.Kill, err = waiting(kill); err != nil {
			return err
		}
		rd.entry.Reason = advisoryReason + "takes back a story which has not come"
		if len(doubtful) > 0 {
			old := doubtful[0].record
			rd.entry.Reason += fmt.Sprintf(", or is %s of %s: withdraw that by hand then", old.Path, old.Published.UTC().Format(time.DateOnly))
		}
	}
	if len(targets) != 1 { // who sent it believes that the story is gone
		r.decided(rd.file.Path, rd.entry.Reason)
	}
	return tx.PutVersion(v)
}

// advisoryReason is how the reason begins for which an advisory is held.
const advisoryReason = "an advisory that "

// tookBack is the reason of an advisory that has done its work: for editors, with
// what it says to them.
func tookBack(path string, kill *feed.Kill) string {
	return advisoryReason + "took back " + path + forEditors(kill)
}

// forEditors is why a story is taken back, behind what is told of it, or "".
func forEditors(kill *feed.Kill) string {
	if kill.Reason == "" {
		return ""
	}
	return ": " + kill.Reason
}

// waiting returns what the ledger keeps of an advisory that waits for its story.
func waiting(kill *feed.Kill) (string, error) {
	data, err := json.Marshal(kill)
	return string(data), err
}

// waited returns the kill that the ledger keeps. Older ones are a reason alone.
func waited(kept string) *feed.Kill {
	kill := new(feed.Kill)
	if json.Unmarshal([]byte(kept), kill) != nil {
		kill.Reason = kept
	}
	return kill
}

// headlineName is the digest of the headline that an advisory names, or 0.
func headlineName(headline string) uint64 {
	if foldName(headline) == "" {
		return 0
	}
	return nameOf(headline)
}

// targets returns the entries that an advisory may take back: by their id or
// address, else by the headline that it names, else by the slug.
//
// Those of the last days come first. An older one is taken back if it is the only
// one of that name and the name is no chance; else it is doubtful, and for people
// to decide.
func (r *run) targets(ctx context.Context, tx *ledger.Tx, rd *reading, v ledger.Version) (targets, doubtful []candidate, err error) {
	kill := rd.entry.Kill
	if kill.Entry != "" {
		record, err := r.lookUp(ctx, tx.Reader, kill.Entry)
		if err == nil && record.Status == feed.Live {
			return []candidate{{record: record}}, nil, nil
		}
		if err != nil && !errors.Is(err, ErrUnknown) { // it may be a link to anything
			return nil, nil, err
		}
	}
	title, slug := v.Title, uint64(0)
	if title == 0 {
		slug = v.Slug
	}
	ids, err := r.named(ctx, tx, rd, v.ID, title, slug)
	if err != nil {
		return nil, nil, err
	}
	if title != 0 {
		_, to := r.around(rd)
		titles, err := tx.Titles(ctx, rd.entry.Section, time.Time{}, to)
		if err != nil {
			return nil, nil, err
		}
		for _, t := range titles {
			if nameOf(t.Title) == title {
				ids = append(ids, t.ID)
			}
		}
	}
	all, err := candidatesOf(ctx, tx, ids)
	var old []candidate
	for _, c := range all {
		switch {
		case c.record.Status != feed.Live:
		case r.dated(rd).Sub(c.record.Published).Abs() <= laterAnything:
			targets = append(targets, c)
		default:
			old = append(old, c)
		}
	}
	if err != nil || len(targets) > 0 {
		return targets, nil, err
	}
	sure := undated(rd)
	if !sure && len(old) == 1 {
		sure, err = r.tells(ctx, tx, kill, old[0].record)
	}
	if sure {
		return old, nil, err
	}
	return nil, old, err
}

// fewWords is how many words of a headline two stories may share by chance.
const fewWords = 4

// tells reports whether an advisory names a story so that no other is meant: with
// a long headline, or by two names that agree, or by a slug of AP, which is a
// story's own.
func (r *run) tells(ctx context.Context, tx *ledger.Tx, kill *feed.Kill, record ledger.Record) (bool, error) {
	if kill.Headline == "" {
		return strings.Contains(kill.Slug, "--"), nil
	}
	if len(strings.Fields(foldName(kill.Headline))) > fewWords {
		return true, nil
	}
	v, known, err := tx.VersionOf(ctx, record.ID)
	if err != nil || known && v.Slug != 0 && v.Slug == slugName(kill.Slug) {
		return err == nil, err
	}
	entry := r.entryOf(ctx, record)
	return entry != nil && kill.Place != "" && samePlace(kill.Place, entry.Place), nil
}

// undated reports whether a document does not tell its day. Advisories seldom do;
// one that is read long after it was sent means the story all the same.
func undated(rd *reading) bool { return rd.entry.Inferred || rd.entry.Published.IsZero() }

// killed returns the order of an advisory that came before a document and takes it
// back, so that it does not become public, or nil.
func (r *run) killed(ctx context.Context, tx *ledger.Tx, rd *reading, m match) (*feed.Kill, error) {
	if !r.versions || m.record.WasLive {
		return nil, nil
	}
	orders, err := tx.VersionsNamed(ctx, nameOf(rd.entry.Title), slugName(rd.entry.Slug))
	if err != nil {
		return nil, err
	}
	for _, order := range orders {
		if order.Kill == "" || order.Title != 0 && order.Title != nameOf(rd.entry.Title) {
			continue
		}
		advisory, found, err := tx.ByID(ctx, order.ID)
		if err != nil {
			return nil, err
		}
		near := r.dated(rd).Sub(advisory.FirstSeen).Abs() <= laterAnything
		if !found || !near || advisory.Section != rd.entry.Section && (order.Agency == "" || order.Agency != rd.entry.Agency) {
			continue
		}
		kill := waited(order.Kill)
		order.Kill = ""
		advisory.Reason = tookBack(rd.file.Path, kill)
		r.decided(advisory.Path, "takes back "+rd.file.Path)
		r.report.Killed++
		if err := tx.Put(advisory); err != nil {
			return nil, err
		}
		return kill, tx.PutVersion(order)
	}
	return nil, nil
}

// withdraw takes an entry back that an advisory names.
func (r *run) withdraw(ctx context.Context, tx *ledger.Tx, record ledger.Record, advisory string, kill *feed.Kill) error {
	r.report.Killed++
	r.unwritten[record.ID] = true
	record.Status, record.Reason, record.Until = feed.Withdrawn, kill.Public, time.Time{}
	if err := r.leave(ctx, tx, record, ledger.Withdrawn); err != nil {
		return err
	}
	if err := r.tellKill(tx, record, advisory, kill); err != nil {
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

// tellKill keeps in the history of an entry which advisory took it back, and why:
// that is for editors.
func (r *run) tellKill(tx *ledger.Tx, record ledger.Record, advisory string, kill *feed.Kill) error {
	return tx.PutEvent(ledger.Event{
		ID: record.ID, When: r.now, Kind: ledger.Killed, Title: record.Title, Path: record.Path,
		Why: "by " + advisory + forEditors(kill),
	})
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
