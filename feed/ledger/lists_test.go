package ledger_test

import (
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// tag returns a list; its title follows from its key.
func tag(key string) ledger.List {
	return ledger.List{Kind: "tag", Key: key, Title: "The tag " + key}
}

func putLists(tb testing.TB, l *ledger.Ledger, rec ledger.Record, lists ...ledger.List) {
	tb.Helper()
	update(tb, l, func(tx *ledger.Tx) error { return tx.PutLists(rec.ID, lists) })
}

// shown returns the lists as "kind/key title live hours after monday".
func shown(t *testing.T, l *ledger.Ledger) []string {
	t.Helper()
	var all []string
	for _, c := range must(l.Lists(t.Context()))(t) {
		all = append(all, fmt.Sprintf("%s/%s %s %d %v", c.Kind, c.Key, c.Title, c.Live, c.Changed.Sub(monday).Hours()))
	}
	return all
}

func TestLists(t *testing.T) {
	l := newLedger(t)
	a, b := record("a.txt", 1), record("b.txt", 2)
	english := ledger.List{Kind: "language", Key: "en", Title: "English"}
	other := ledger.List{Kind: "author", Key: "grain", Title: "R. Grain"} // the key of a tag
	put(t, l, a, b)
	putLists(t, l, a, tag("grain"), english, tag("grain"))
	putLists(t, l, b, tag("trade"), english, other)
	diff(t, "lists of b", must(l.ListsOf(t.Context(), b.ID))(t), []ledger.List{other, english, tag("trade")})
	diff(t, "lists of an entry that is not there", must(l.ListsOf(t.Context(), "urn:none"))(t), []ledger.List(nil))
	steps := []struct {
		what string
		do   func()
		want []string
	}{
		{"the start", func() {}, []string{
			"author/grain R. Grain 1 2", "language/en English 2 2", "tag/grain The tag grain 1 1", "tag/trade The tag trade 1 2",
		}},
		{"an edit", func() { a.Updated = monday.Add(5 * time.Hour); put(t, l, a) }, []string{
			"author/grain R. Grain 1 2", "language/en English 2 5", "tag/grain The tag grain 1 5", "tag/trade The tag trade 1 2",
		}},
		{"a deletion", func() { b = gone(b, 7); put(t, l, b) }, []string{
			"author/grain R. Grain 0 7", "language/en English 1 7", "tag/grain The tag grain 1 5", "tag/trade The tag trade 0 7",
		}},
		{"a return", func() { b = record("b.txt", 2); put(t, l, b) }, []string{
			"author/grain R. Grain 1 2", "language/en English 2 5", "tag/grain The tag grain 1 5", "tag/trade The tag trade 1 2",
		}},
		{"another tag", func() { putLists(t, l, a, tag("wheat"), english) }, []string{
			"author/grain R. Grain 1 2", "language/en English 2 5", "tag/grain The tag grain 0 5", "tag/trade The tag trade 1 2", "tag/wheat The tag wheat 1 5",
		}},
		{"a departure is remembered when the rest falls back", func() {
			putLists(t, l, b, english, other, tag("wheat"))
			a.Updated = monday.Add(time.Hour)
			put(t, l, a)
		}, []string{
			"author/grain R. Grain 1 2", "language/en English 2 2", "tag/grain The tag grain 0 5", "tag/trade The tag trade 0 2", "tag/wheat The tag wheat 2 2",
		}},
	}
	for _, step := range steps {
		step.do()
		diff(t, step.what, shown(t, l), step.want)
	}
}

// Nothing of a draft shows: no list, no title, no count, no date.
func TestDraftsLeakNothing(t *testing.T) {
	l, ctx := newLedger(t), t.Context()
	draft, live := held("draft.txt", 90), record("a.txt", 1)
	draft.Published = monday.AddDate(0, 3, 0)
	put(t, l, draft, live)
	putLists(t, l, draft, ledger.List{Kind: "tag", Key: "merger", Title: "MERGER!"}, tag("secret"))
	diff(t, "with a draft alone", shown(t, l), none[string]())
	putLists(t, l, live, tag("merger"))
	diff(t, "with a story", shown(t, l), []string{"tag/merger The tag merger 1 1"})
	diff(t, "latest", must(l.LatestIn(ctx, "tag", "merger", 9))(t), []ledger.Record{live})
	diff(t, "months", must(l.Months(ctx))(t), []ledger.MonthCount{{Month: "2026-03", Live: 1, Changed: live.Updated}})
	// The story goes; the draft may not name the list after that.
	put(t, l, gone(live, 5))
	putLists(t, l, draft, ledger.List{Kind: "tag", Key: "merger", Title: "MERGER!"})
	diff(t, "without the story", shown(t, l), []string{"tag/merger The tag merger 0 5"})
	// Nor one that was public for no longer than an update.
	brief := record("brief.txt", 2)
	update(t, l, func(tx *ledger.Tx) error {
		return errors.Join(tx.Put(brief), tx.PutLists(brief.ID, []ledger.List{tag("brief")}), tx.Put(gone(brief, 3)),
			tx.PutLists(draft.ID, []ledger.List{{Kind: "tag", Key: "brief", Title: "BRIEF!"}, tag("merger")}))
	})
	diff(t, "after an update", shown(t, l), []string{"tag/brief The tag brief 0 3", "tag/merger The tag merger 0 5"})
	// A draft that is said to have been public is a draft no more.
	was := held("was.txt", 4)
	put(t, l, was)
	putLists(t, l, was, tag("brief"))
	was.WasLive = true
	put(t, l, was)
	diff(t, "of what was public", shown(t, l)[0], "tag/brief The tag brief 0 4")
	update(t, l, func(tx *ledger.Tx) error { return tx.Drop(draft.ID) })
	diff(t, "without the draft", shown(t, l)[1], "tag/merger The tag merger 0 5")
	diff(t, "lists of the draft", must(l.ListsOf(ctx, draft.ID))(t), none[ledger.List]())
	// What was public and is held again was no secret.
	again := record("b.txt", 6)
	put(t, l, again)
	putLists(t, l, again, tag("again"))
	again.Status, again.Updated = feed.Held, monday.Add(8*time.Hour)
	put(t, l, again)
	diff(t, "held again", shown(t, l)[0], "tag/again The tag again 0 8")
}

// A list that only drafts were in leaves nothing behind; one that was public
// stays.
func TestListsOfDraftsAreForgotten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.db")
	l := open(t, file)
	draft, other, live := held("draft.txt", 0), held("other.txt", 0), record("a.txt", 0)
	put(t, l, draft, other, live)
	putLists(t, l, draft, tag("left"), tag("dropped"))
	putLists(t, l, other, tag("still"))
	putLists(t, l, live, tag("public"))
	putLists(t, l, live)
	putLists(t, l, draft, tag("dropped"), tag("still"))
	update(t, l, func(tx *ledger.Tx) error { return tx.Drop(draft.ID) })
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var keys string
	if err := db.QueryRow("SELECT group_concat(key) FROM (SELECT key FROM list ORDER BY key)").Scan(&keys); err != nil {
		t.Fatal(err)
	}
	diff(t, "kept", keys, "public,still")
}

// When the last change of a list is taken back, the one before it is found, in
// whatever month it lies.
func TestListsFallBack(t *testing.T) {
	l := newLedger(t)
	at := func(path, published string, hours int) ledger.Record {
		rec := record(path, hours)
		rec.Published = must(time.Parse(time.RFC3339, published))(t)
		return rec
	}
	a, b := at("a.txt", "2026-03-01T00:00:00Z", 9), at("b.txt", "2026-03-31T23:59:59.999Z", 4)
	c, other := at("c.txt", "2026-04-01T00:00:00Z", 2), at("other.txt", "2026-05-01T00:00:00Z", 8)
	left, last := at("left.txt", "2026-06-01T00:00:00Z", 6), at("last.txt", "2026-07-31T00:00:00Z", 7)
	put(t, l, a, b, c, other, left, last)
	for _, rec := range []ledger.Record{a, b, c} {
		putLists(t, l, rec, tag("grain"))
	}
	updated := func(rec ledger.Record, hours int) ledger.Record {
		rec.Updated = monday.Add(time.Duration(hours) * time.Hour)
		return rec
	}
	steps := []struct {
		what string
		do   func()
		want string
	}{
		{"to the last instant of its month", func() { put(t, l, updated(a, 3)) }, "tag/grain The tag grain 3 4"},
		{"to the first", func() { put(t, l, gone(b, 1)) }, "tag/grain The tag grain 2 3"},
		{"to what the update brings", func() {
			put(t, l, updated(a, 9))
			put(t, l, updated(a, 3), updated(c, 5))
		}, "tag/grain The tag grain 2 5"},
		{"to what is newer than a departure", func() {
			putLists(t, l, left, tag("grain"))
			putLists(t, l, left)
			putLists(t, l, last, tag("grain"))
			put(t, l, updated(a, 9))
			put(t, l, updated(a, 3))
		}, "tag/grain The tag grain 3 7"},
		{"to a departure", func() { put(t, l, updated(last, 1)) }, "tag/grain The tag grain 3 6"},
	}
	for _, step := range steps {
		step.do()
		diff(t, step.what, shown(t, l), []string{step.want})
	}
}

// A new date alone moves an entry in its lists.
func TestLatestInFollowsADate(t *testing.T) {
	l := newLedger(t)
	a, b := record("a.txt", 1), record("b.txt", 2)
	put(t, l, a, b)
	putLists(t, l, a, tag("grain"))
	putLists(t, l, b, tag("grain"))
	a.Published = monday.Add(3 * time.Hour)
	put(t, l, a)
	diff(t, "latest", must(l.LatestIn(t.Context(), "tag", "grain", 9))(t), []ledger.Record{a, b})
}

// none returns no values.
func none[T any]() []T { return nil }

func TestTheTitleOfAList(t *testing.T) {
	const first, second = "Covid", "COVID"
	named := func(title string) ledger.List { return ledger.List{Kind: "tag", Key: "covid", Title: title} }
	a, b := record("a.txt", 1), record("b.txt", 2)
	draft := held("draft.txt", 3)
	tests := []struct {
		name string
		do   func(tx *ledger.Tx) error
		want string
	}{
		{"the first stays", func(tx *ledger.Tx) error { return tx.PutLists(b.ID, []ledger.List{named(second)}) }, first},
		{"its only entry writes it otherwise", func(tx *ledger.Tx) error { return tx.PutLists(a.ID, []ledger.List{named(second)}) }, second},
		{"its only entry leaves it", func(tx *ledger.Tx) error {
			if err := tx.PutLists(a.ID, none[ledger.List]()); err != nil {
				return err
			}
			return tx.PutLists(b.ID, []ledger.List{named(second)})
		}, second},
		{"its only entry goes", func(tx *ledger.Tx) error {
			if err := tx.Put(gone(a, 9)); err != nil {
				return err
			}
			return tx.PutLists(b.ID, []ledger.List{named(second)})
		}, second},
		{"a draft has no say", func(tx *ledger.Tx) error {
			if err := tx.Put(gone(a, 9)); err != nil {
				return err
			}
			return tx.PutLists(draft.ID, []ledger.List{named(second)})
		}, first},
		{"of two of one key the first counts", func(tx *ledger.Tx) error {
			return tx.PutLists(a.ID, []ledger.List{named(first), named(second)})
		}, first},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t)
			put(t, l, a, b, draft)
			putLists(t, l, a, named(first))
			update(t, l, tt.do)
			lists := must(l.Lists(t.Context()))(t)
			if len(lists) != 1 || lists[0].Title != tt.want {
				t.Errorf("lists = %v, want one with the title %q", lists, tt.want)
			}
		})
	}
}

func TestPutListsRefuses(t *testing.T) {
	l := newLedger(t)
	a := record("a.txt", 0)
	put(t, l, a)
	refused(t, l, `"urn:none" has no record, and can be in no list`, func(tx *ledger.Tx) error {
		return tx.PutLists("urn:none", []ledger.List{tag("a")})
	})
	for _, list := range []ledger.List{{Key: "k", Title: "T"}, {Kind: "tag", Title: "T"}, {Kind: "tag", Key: "k"}} {
		want := fmt.Sprintf("list %q of kind %q and title %q of %q: none of them may be empty", list.Key, list.Kind, list.Title, a.ID)
		refused(t, l, want, func(tx *ledger.Tx) error { return tx.PutLists(a.ID, []ledger.List{tag("other"), list}) })
	}
	diff(t, "lists", must(l.ListsOf(t.Context(), a.ID))(t), none[ledger.List]())
}

// An update that is undone leaves lists and months as they were.
func TestListsAreUndone(t *testing.T) {
	l := newLedger(t)
	a := record("a.txt", 1)
	put(t, l, a)
	putLists(t, l, a, tag("grain"))
	months := must(l.Months(t.Context()))(t)
	refused(t, l, "mine", func(tx *ledger.Tx) error {
		if err := tx.PutLists(a.ID, []ledger.List{tag("trade")}); err != nil {
			return err
		}
		if err := tx.Put(gone(a, 9)); err != nil {
			return err
		}
		return fmt.Errorf("mine")
	})
	diff(t, "lists", shown(t, l), []string{"tag/grain The tag grain 1 1"})
	diff(t, "months", must(l.Months(t.Context()))(t), months)
}

// A model answers the questions of a ledger the slow way.
type model struct {
	records  map[string]ledger.Record
	lists    map[string][]ledger.List
	departed map[ledger.List]time.Time
}

// TestListsAndMonthsAreKeptUp compares a ledger with a model, after any changes.
func TestListsAndMonthsAreKeptUp(t *testing.T) {
	l := newLedger(t)
	rng := rand.New(rand.NewPCG(3, 4))
	m := model{map[string]ledger.Record{}, map[string][]ledger.List{}, map[ledger.List]time.Time{}}
	for round := range 120 {
		update(t, l, func(tx *ledger.Tx) error {
			for range 1 + rng.IntN(8) {
				if err := m.change(tx, rng); err != nil {
					return err
				}
			}
			return nil
		})
		if m.compare(t, l); t.Failed() {
			t.Fatalf("in round %d", round)
		}
	}
}

// change makes a change, in the ledger and in the model.
func (m model) change(tx *ledger.Tx, rng *rand.Rand) error {
	i := rng.IntN(40)
	id := fmt.Sprintf("urn:uuid:%x", i)
	old, known := m.records[id]
	switch {
	case known && rng.IntN(2) == 0:
		var lists []ledger.List
		for _, key := range []string{"a", "b", "c", "d"} {
			// Few leave a list, and none leaves the last: of many the departures
			// alone would tell when it changed.
			was := slices.Contains(m.lists[id], tag(key))
			if !was && rng.IntN(3) == 0 || was && (key == "d" || rng.IntN(20) > 0) {
				lists = append(lists, tag(key))
			}
		}
		for _, list := range m.lists[id] {
			if old.WasLive && !slices.Contains(lists, list) && old.Updated.After(m.departed[list]) {
				m.departed[list] = old.Updated
			}
		}
		m.lists[id] = lists
		return tx.PutLists(id, lists)
	case known && !old.WasLive && rng.IntN(4) == 0:
		delete(m.records, id)
		delete(m.lists, id)
		return tx.Drop(id)
	}
	rec := record(fmt.Sprintf("%s/%d.txt", []string{"n", "n/w", "s"}[rng.IntN(3)], i), rng.IntN(1000))
	rec.ID, rec.Address = id, id
	rec.Published = monday.AddDate(0, rng.IntN(4), rng.IntN(3))
	statuses := []feed.Status{feed.Live, feed.Live, feed.Live, feed.Held, feed.Expired, feed.Withdrawn, feed.Gone}
	rec.Status = statuses[rng.IntN(len(statuses))]
	rec.WasLive = rec.Status == feed.Live || old.WasLive
	m.records[id] = rec
	return tx.Put(rec)
}

// compare asks everything of both.
func (m model) compare(t *testing.T, l *ledger.Ledger) {
	t.Helper()
	ctx := t.Context()
	diff(t, "lists", must(l.Lists(ctx))(t), m.counts())
	for id := range m.records {
		diff(t, "lists of "+id, must(l.ListsOf(ctx, id))(t), slices.Clip(append(none[ledger.List](), m.lists[id]...)))
	}
	for _, key := range []string{"a", "b", "c", "d", "none"} {
		for _, n := range []int{-1, 0, 3, 1000} {
			want := m.latest(func(rec ledger.Record) bool { return slices.Contains(m.lists[rec.ID], tag(key)) })
			want = want[:min(max(n, 0), len(want))]
			diff(t, fmt.Sprintf("LatestIn(%q, %d)", key, n), must(l.LatestIn(ctx, "tag", key, n))(t), append(none[ledger.Record](), want...))
		}
	}
	diff(t, "months", must(l.Months(ctx))(t), m.months())
	for _, month := range []string{"2026-02", "2026-03", "2026-06"} {
		want := m.latest(func(rec ledger.Record) bool { return rec.Published.Format("2006-01") == month })
		diff(t, month, inMonth(t, l, month), want)
	}
	m.compareNeighbours(t, l)
	since := monday.Add(300 * time.Hour)
	for _, section := range []string{"", "n", "n/w", "none"} {
		diff(t, "tombstones of "+section, must(l.Tombstones(ctx, section, since))(t), m.tombstones(section, since))
	}
}

func (m model) counts() []ledger.ListCount {
	var counts []ledger.ListCount
	for _, key := range []string{"a", "b", "c", "d"} {
		c := ledger.ListCount{List: tag(key), Changed: m.departed[tag(key)]}
		for id, rec := range m.records {
			if !rec.WasLive || !slices.Contains(m.lists[id], c.List) {
				continue
			}
			if rec.Status == feed.Live {
				c.Live++
			}
			if rec.Updated.After(c.Changed) {
				c.Changed = rec.Updated
			}
		}
		if !c.Changed.IsZero() {
			counts = append(counts, c)
		}
	}
	return counts
}

func (m model) months() []ledger.MonthCount {
	found := map[string]ledger.MonthCount{}
	for _, rec := range m.records {
		c := found[rec.Published.Format("2006-01")]
		if rec.Status == feed.Live {
			c.Live++
		}
		if rec.WasLive && rec.Updated.After(c.Changed) {
			c.Changed = rec.Updated
		}
		c.Month = rec.Published.Format("2006-01")
		found[c.Month] = c
	}
	var counts []ledger.MonthCount
	for _, month := range []string{"2026-03", "2026-04", "2026-05", "2026-06"} {
		if c := found[month]; !c.Changed.IsZero() {
			counts = append(counts, c)
		}
	}
	return counts
}

// latest returns the live records that are wanted, in the order of feeds.
func (m model) latest(wanted func(ledger.Record) bool) []ledger.Record {
	var all []ledger.Record
	for _, rec := range m.records {
		if wanted(rec) {
			all = append(all, rec)
		}
	}
	return latest(all, "", len(all))
}

func (m model) tombstones(section string, since time.Time) []ledger.Record {
	var all []ledger.Record
	for _, rec := range m.records {
		ended := rec.Status == feed.Gone || rec.Status == feed.Withdrawn
		if ended && rec.WasLive && below(rec.Section, section) && !rec.Updated.Before(since) {
			all = append(all, rec)
		}
	}
	slices.SortFunc(all, func(a, b ledger.Record) int {
		if c := b.Updated.Compare(a.Updated); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	return all
}
