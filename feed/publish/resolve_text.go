package publish

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"seedfeed/feed/ledger"
)

// mostCandidates is how many records a document is compared with.
const mostCandidates = 200

// A likely is a record that a document may belong to, by its text.
type likely struct {
	sus    *suspect
	record ledger.Record
	share  float64
	why    string
}

// byText finds the documents that were renamed and edited in one step: one that
// is new and one that is missing, of one section, one name or one title, of one
// day, and with most of the text in common. The most alike find each other first.
func (s *resolver) byText(ctx context.Context) error {
	if err := s.addMissing(ctx); err != nil {
		return err
	}
	return s.findByText(ctx, s.suspects)
}

func (s *resolver) findByText(ctx context.Context, suspects []*suspect) error {
	if len(s.loose) == 0 || len(suspects) == 0 {
		return nil
	}
	places := map[string][]ledger.Record{}
	for _, record := range s.loose {
		for _, key := range []string{"stem " + stem(record.Path), "title " + record.Title, "section " + record.Section} {
			places[key] = append(places[key], record)
		}
	}
	var all []likely
	for _, sus := range suspects {
		if !sus.fresh || sus.back || sus.copyOf != "" {
			continue
		}
		found, err := s.likelies(ctx, sus, places)
		if err != nil {
			return err
		}
		all = append(all, found...)
	}
	slices.SortStableFunc(all, func(a, b likely) int { return cmp.Compare(b.share, a.share) })
	for _, l := range all {
		if l.sus.fresh && !s.moved[l.record.ID] {
			s.claim(l.sus, l.record, l.why)
		}
	}
	return nil
}

// addMissing adds the records that have no document any more.
func (s *resolver) addMissing(ctx context.Context) error {
	for id := range s.missing {
		if !s.isMissing(id) {
			continue
		}
		record, _, err := s.Ledger.ByID(ctx, id)
		if err != nil {
			return err
		}
		s.loose = append(s.loose, record)
	}
	slices.SortFunc(s.loose, func(a, b ledger.Record) int { return strings.Compare(a.Path, b.Path) })
	return nil
}

// likelies returns the records that a document may belong to.
func (s *resolver) likelies(ctx context.Context, sus *suspect, places map[string][]ledger.Record) ([]likely, error) {
	rd := s.read(ctx, sus.work)
	if rd.err != nil || rd.digest != sus.digest {
		return nil, ctx.Err()
	}
	s.states(&rd)
	if rd.entry.ID != "" {
		return nil, nil
	}
	var found []likely
	seen := map[string]bool{}
	for _, record := range slices.Concat(places["stem "+stem(sus.file.Path)], places["title "+rd.entry.Title], places["section "+rd.entry.Section]) {
		if seen[record.ID] || len(seen) == mostCandidates || sus.own != nil && sus.own.ID == record.ID {
			continue
		}
		seen[record.ID] = true
		renamed := stem(record.Path) == stem(sus.file.Path) && record.Section == rd.entry.Section
		if !renamed && !sameTime(&rd, record) {
			continue
		}
		switch c := s.compareText(ctx, &rd, record); {
		case renamed && s.at[record.Path] == nil && !c.other():
			found = append(found, likely{sus, record, 1 + c.share, "the same name, " + c.String()})
		case c.alike():
			found = append(found, likely{sus, record, c.share, c.String()})
		}
	}
	return found, nil
}

// sameTime reports whether a document may be of the day on which a record was
// published. A guessed date moves with the file, and says nothing.
func sameTime(rd *reading, record ledger.Record) bool {
	if rd.entry.Inferred || rd.entry.Published.IsZero() || record.Inferred || record.Published.Unix() <= 0 {
		return true
	}
	return rd.entry.Published.Time.Sub(record.Published).Abs() < 24*time.Hour
}
