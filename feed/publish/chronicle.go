package publish

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// chronicle keeps what happened to an entry as its document was read. before is
// its record as it was, the zero one for an entry that is new.
func (r *run) chronicle(ctx context.Context, tx *ledger.Tx, m match, before, after ledger.Record, entry *feed.Entry) error {
	e := ledger.Event{ID: after.ID, When: r.now, Title: after.Title, Path: after.Path, Digest: after.Digest}
	var events []ledger.Event
	add := func(kind ledger.EventKind, why string) {
		e.Kind, e.Why = kind, why
		events = append(events, e)
	}
	if was := formerPath(m, before); was != "" && was != after.Path && !m.revised {
		e.Before = was
		add(ledger.Moved, "")
		e.Before = ""
	}
	if kind, happened := turn(before, after); happened {
		add(kind, after.Reason)
	}
	if edited(before, after) {
		change, err := r.changeOf(ctx, tx, before, after, entry)
		if err != nil {
			return err
		}
		if e.Change, err = json.Marshal(change); err != nil {
			return err
		}
		add(ledger.Edited, whyEdited(before, after, change.Reason))
	}
	for _, e := range events {
		if err := tx.PutEvent(e); err != nil {
			return err
		}
	}
	return nil
}

// formerPath is where the document of an entry was, or "" if it is new.
func formerPath(m match, before ledger.Record) string {
	if m.from != "" {
		return m.from
	}
	return before.Path
}

// turn tells what happened when one record takes the place of another, if its
// status tells of something. The first publication is no event: see
// [ledger.Tx.PutEvent].
func turn(before, after ledger.Record) (kind ledger.EventKind, happened bool) {
	switch {
	case before.Status == after.Status:
		return "", false
	case after.Status == feed.Held:
		return ledger.Held, true
	case after.Status == feed.Expired:
		return ledger.Expired, true
	case after.Status == feed.Withdrawn:
		return ledger.Withdrawn, true
	case after.Status == feed.Live && before.Status == feed.Held:
		return ledger.Released, true
	case after.Status == feed.Live && before.Status == feed.Gone && before.Reason == "":
		return "", false // its restoration was told
	case after.Status == feed.Live && before.Path != "":
		return ledger.Returned, true
	}
	return "", false
}

// edited reports whether readers see a difference that counts. What no run has
// shown yet, as the first of several versions that came together, they do not miss.
func edited(before, after ledger.Record) bool {
	return !before.Pending && before.Status == feed.Live && after.Status == feed.Live && !before.Updated.Equal(after.Updated)
}

// whyEdited tells why an entry was edited, as far as its document does.
func whyEdited(before, after ledger.Record, reason string) string {
	var parts []string
	if reason != "" {
		parts = append(parts, reason)
	}
	if before.Title != after.Title {
		parts = append(parts, fmt.Sprintf("its title was %q", before.Title))
	}
	return strings.Join(parts, "; ")
}

// stated is the reason that a document gives for what has changed since before: what
// it says that it corrects, if it did not say so then, or the words of a wire's mark
// ("(Corrects spelling of name)"); or "". before is nil where it is not known.
func stated(before, entry *feed.Entry) string {
	var told []string
	for _, correction := range entry.Corrections {
		if before == nil || !slices.Contains(before.Corrections, correction) {
			told = append(told, correction)
		}
	}
	switch {
	case len(told) > 0:
		return strings.Join(told, " ")
	case entry.Revision.IsZero() || entry.Revision.ByName:
		return ""
	}
	return entry.Revision.From.Words
}
