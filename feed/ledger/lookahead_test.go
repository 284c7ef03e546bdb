package ledger_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// What an update has looked ahead for changes no answer, and nothing of what is
// kept: two ledgers go through the same changes, and one of them looks ahead.
func TestLookAheadChangesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 1))
	plain, ahead := newLedger(t), newLedger(t)
	refused, done := 0, 0
	for round := range 100 {
		steps := make([]step, 1+random.IntN(30))
		for i := range steps {
			steps[i] = randomStep(random)
		}
		if i := random.IntN(3 * len(steps)); i > 0 && i < len(steps) { // a known one comes to the path of a new one
			steps[0] = stepOf(random, random.IntN(40))
			steps[0].rec.Path = steps[i].rec.Path
		}
		var answers [2]string
		var errs [2]error
		for i, l := range []*ledger.Ledger{plain, ahead} {
			errs[i] = l.Update(t.Context(), func(tx *ledger.Tx) error {
				if i == 1 {
					if err := tx.LookAhead(keysOf(steps)); err != nil {
						return err
					}
				}
				for _, s := range steps {
					answer, err := s.take(t, tx)
					answers[i] += answer + "\n"
					if err != nil {
						return err
					}
				}
				return nil
			})
		}
		if fmt.Sprint(errs[0]) != fmt.Sprint(errs[1]) {
			t.Fatalf("errors %v, and with a look ahead %v", errs[0], errs[1])
		}
		if answers[0] != answers[1] {
			t.Fatalf("answers:\n%s\nand with a look ahead:\n%s", answers[0], answers[1])
		}
		if errs[0] != nil {
			refused++
		} else {
			done++
		}
		if round%10 == 9 {
			diff(t, "with a look ahead", everything(t, ahead), everything(t, plain))
		}
	}
	if refused < 20 || done < 20 {
		t.Errorf("%d updates were refused, and %d done: the test shows little", refused, done)
	}
}

// A step is one change, and the questions before it.
type step struct {
	rec    ledger.Record
	lists  []ledger.List
	again  bool // it is put twice, with another date at first
	placed bool
	drop   bool
}

// randomStep is one with a few ids, paths, addresses and digests, so that they
// meet. Most are new all the same.
func randomStep(random *rand.Rand) step {
	n := random.IntN(4000)
	if random.IntN(12) == 0 {
		n = random.IntN(40)
	}
	return stepOf(random, n)
}

func stepOf(random *rand.Rand, n int) step {
	rec := record(fmt.Sprintf("s%d/%d.txt", n%3, n), n)
	rec.ID, rec.Address, rec.Digest = fmt.Sprintf("urn:%d", n), fmt.Sprintf("entries/2026/01/%d.html", n), [32]byte{byte(n), byte(n >> 8)}
	rec.FirstSeen, rec.Published, rec.Pending = time.UnixMilli(int64(n)), time.UnixMilli(int64(n)*1e8), true
	switch random.IntN(40) {
	case 0:
		rec.Status, rec.Address = feed.Held, ""
	case 1:
		rec.Status = feed.Gone
	case 2: // the address of another one
		rec.Address = fmt.Sprintf("entries/2026/01/%d.html", random.IntN(40))
	}
	s := step{rec: rec, placed: random.IntN(3) == 0, again: random.IntN(10) == 0, drop: random.IntN(20) == 0}
	for range random.IntN(4) {
		name := fmt.Sprint(random.IntN(5))
		s.lists = append(s.lists, ledger.List{Kind: "tag", Key: name, Title: "Tag " + name})
	}
	return s
}

func keysOf(steps []step) (keys ledger.Keys) {
	for _, s := range steps {
		keys.IDs = append(keys.IDs, s.rec.ID)
		keys.Paths = append(keys.Paths, s.rec.Path)
		keys.Addresses = append(keys.Addresses, s.rec.Address)
		keys.Digests = append(keys.Digests, s.rec.Digest)
	}
	return keys
}

// take asks what a run asks, and changes what it changes.
func (s step) take(t *testing.T, tx *ledger.Tx) (string, error) {
	var b strings.Builder
	ctx := t.Context()
	byID, known, err1 := tx.ByID(ctx, s.rec.ID)
	byPath, there, err2 := tx.ByPath(ctx, s.rec.Path)
	owner, taken, err3 := tx.AddressTaken(ctx, s.rec.Address)
	same, err4 := tx.ByDigest(ctx, s.rec.Digest)
	fmt.Fprintln(&b, byID.Title, byID.Status, known, byPath.ID, there, owner, taken, len(same))
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return b.String(), err
	}
	if s.drop && known && !byID.WasLive {
		return b.String(), tx.Drop(s.rec.ID)
	}
	if first := s.rec; s.again {
		first.Published, first.Updated = time.UnixMilli(5e12), time.UnixMilli(6e12)
		if err := tx.Put(first); err != nil {
			return b.String(), err
		}
	}
	if err := tx.Put(s.rec); err != nil {
		return b.String(), err
	}
	if err := tx.PutLists(s.rec.ID, s.lists); err != nil || !s.placed {
		return b.String(), err
	}
	return b.String(), tx.Placed(s.rec.ID)
}

// everything is all that a ledger tells.
func everything(t *testing.T, l *ledger.Ledger) []string {
	t.Helper()
	var lines []string
	for rec, err := range l.List(t.Context(), ledger.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fmt.Sprint(rec, must(l.ListsOf(t.Context(), rec.ID))(t)))
	}
	for _, list := range must(l.Lists(t.Context()))(t) {
		lines = append(lines, fmt.Sprint(list))
		for _, rec := range must(l.LatestIn(t.Context(), list.Kind, list.Key, 1000))(t) {
			lines = append(lines, rec.ID)
		}
	}
	lines = append(lines, fmt.Sprint(must(l.Months(t.Context()))(t), must(l.Sections(t.Context()))(t), must(l.Folders(t.Context()))(t)))
	return slices.Clip(lines)
}
