package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

func TestLatestIsInTheOrderOfFeeds(t *testing.T) {
	l := newLedger(t)
	const n = 7
	var all []ledger.Record
	// Many sections and few times, so that there are ties within and across.
	for i := range 300 {
		path := fmt.Sprintf("%s/%03d.txt", []string{"a", "a/b", "a/b/c", "a-b", "d", "a0"}[i%6], i)
		rec := record(path, i*37%11)
		if i%10 == 0 {
			rec.Status = feed.Withdrawn
		}
		all = append(all, rec)
	}
	put(t, l, all...)
	for _, section := range []string{"", "a", "a/b", "a/b/c", "d", "none"} {
		for _, n := range []int{-1, 0, 1, n, 1000} {
			want := latest(all, section, n)
			got := must(l.Latest(t.Context(), section, n))(t)
			diff(t, fmt.Sprintf("Latest(%q, %d)", section, n), got, want)
		}
	}
}

// latest answers the question of Latest the slow way, by the order of feeds.
func latest(all []ledger.Record, section string, n int) []ledger.Record {
	var found []ledger.Record
	for _, rec := range all {
		if rec.Status == feed.Live && below(rec.Section, section) {
			found = append(found, rec)
		}
	}
	slices.SortFunc(found, func(a, b ledger.Record) int {
		entry := func(r ledger.Record) feed.Entry {
			return feed.Entry{ID: r.ID, Published: feed.Instant(r.Published)}
		}
		return feed.Newest(entry(a), entry(b))
	})
	if found = found[:min(max(n, 0), len(found))]; len(found) == 0 {
		return nil
	}
	return found
}

func below(section, above string) bool {
	return above == "" || section == above || strings.HasPrefix(section, above+"/")
}

func TestLastChange(t *testing.T) {
	l := newLedger(t)
	a, b := record("news/a.txt", 1), record("news/world/b.txt", 5)
	put(t, l, a, b, held("news/draft.txt", 50), record("newsroom/c.txt", 90))
	steps := []struct {
		what string
		put  ledger.Record
		want int // hours
	}{
		{"the start, where a draft does not count", a, 5},
		{"deletion counts", gone(a, 7), 7},
		{"what falls back is believed", gone(a, 2), 5},
		{"also when it was the last in its section", func() ledger.Record { r := b; r.Path, r.Updated = "sport/b.txt", monday; return r }(), 2},
	}
	for _, step := range steps {
		put(t, l, step.put)
		if got := must(l.LastChange(t.Context(), "news"))(t); !got.Equal(monday.Add(time.Duration(step.want) * time.Hour)) {
			t.Errorf("%s: LastChange = %v, want %d hours after %v", step.what, got, step.want, monday)
		}
	}
	if got := must(l.LastChange(t.Context(), ""))(t); !got.Equal(monday.Add(90 * time.Hour)) {
		t.Errorf("LastChange of the site = %v", got)
	}
}

// What is kept of each section is what a recount finds, after any changes.
func TestSectionsAreKeptUp(t *testing.T) {
	l := newLedger(t)
	rng := rand.New(rand.NewPCG(1, 2))
	known := map[string]ledger.Record{}
	statuses := []feed.Status{feed.Live, feed.Live, feed.Held, feed.Expired, feed.Withdrawn, feed.Gone}
	for round := range 150 {
		update(t, l, func(tx *ledger.Tx) error {
			for range 1 + rng.IntN(8) {
				i := rng.IntN(40)
				id := fmt.Sprint("urn:", i)
				old, ok := known[id]
				if ok && !old.WasLive && rng.IntN(4) == 0 {
					delete(known, id)
					if err := tx.Drop(id); err != nil {
						return err
					}
					continue
				}
				rec := record(fmt.Sprintf("%s/%d.txt", []string{"a", "a/b", "c"}[rng.IntN(3)], i), rng.IntN(1000))
				rec.ID, rec.Address = id, id
				rec.Status = statuses[rng.IntN(len(statuses))]
				rec.WasLive = rec.Status == feed.Live || old.WasLive
				known[id] = rec
				if err := tx.Put(rec); err != nil {
					return err
				}
			}
			return nil
		})
		if t.Failed() {
			return
		}
		live, changed := map[string]int{}, time.Time{}
		folders := map[string]bool{}
		for _, rec := range known {
			if rec.Status == feed.Live {
				live[rec.Section]++
			}
			if rec.Status != feed.Gone {
				folders[rec.Section] = true
			}
			if rec.WasLive && below(rec.Section, "a") && rec.Updated.After(changed) {
				changed = rec.Updated
			}
		}
		counts := map[string]int{}
		for _, c := range must(l.Sections(t.Context()))(t) {
			counts[c.Section] = c.Live
		}
		diff(t, fmt.Sprintf("round %d: counts", round), counts, live)
		present := map[string]bool{}
		for _, folder := range must(l.Folders(t.Context()))(t) {
			present[folder] = true
		}
		diff(t, fmt.Sprintf("round %d: folders", round), present, folders)
		if got := must(l.LastChange(t.Context(), "a"))(t); !got.Equal(changed) {
			t.Errorf("round %d: LastChange = %v, want %v", round, got, changed)
		}
	}
}
