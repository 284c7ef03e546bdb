package publish_test

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// stepsOf calls try with steps of a run over a site, from the first to the last,
// as many as are asked for. Each time the site is a new copy.
func stepsOf(t *testing.T, s *site, try func(t *testing.T, dir string, step int)) {
	t.Helper()
	all := &traced{t: t, dir: s.copy(t), at: func(int, string) verdict { return goOn }}
	if status, said := all.run(); status != 0 {
		t.Fatalf("status %d: %s", status, said)
	}
	if all.steps < 50 {
		t.Fatalf("only %d steps were seen: nothing is shown", all.steps)
	}
	n := min(faults(t), all.steps)
	t.Logf("%d of %d steps", n, all.steps)
	for i := range n {
		step := 1 + i*(all.steps-1)/max(1, n-1)
		try(t, s.copy(t), step)
		if t.Failed() {
			t.Fatalf("at step %d of %d", step, all.steps)
		}
	}
}

// heals checks that a site is whole after a fault, and that the next run makes
// of it what an undisturbed one would have made, and the one after nothing.
func heals(t *testing.T, dir string, want outcome) {
	t.Helper()
	checkWhole(t, filepath.Join(dir, "out"))
	runAgain(t, dir, want)
}

// runAgain checks that a run makes what an undisturbed one would have made.
func runAgain(t *testing.T, dir string, want outcome) {
	t.Helper()
	if err := runOnce(dir); err != nil {
		t.Fatalf("the next run: %v", err)
	}
	if diff := cmp.Diff(want, outcomeOf(t, dir)); diff != "" {
		t.Errorf("the next run does not make what an undisturbed one makes:\n%s", diff)
	}
}

// eachShape runs a test on each shape of a site, with its ledger closed.
func eachShape(t *testing.T, test func(t *testing.T, s *site, want outcome)) {
	for _, shape := range shapes {
		t.Run(shape.name, func(t *testing.T) {
			s := newSite(t)
			shape.before(s)
			s.must(s.publisher.Ledger.Close())
			test(t, s, undisturbed(t, s))
		})
	}
}

// A run that is killed before any of its steps leaves feeds that are whole, and
// the next one loses nothing: no id, no date, and no temporary file stays.
func TestKilledAtEachStep(t *testing.T) {
	eachShape(t, func(t *testing.T, s *site, want outcome) {
		stepsOf(t, s, func(t *testing.T, dir string, step int) {
			x := &traced{t: t, dir: dir, at: func(n int, _ string) verdict {
				if n == step {
					return kill
				}
				return goOn
			}}
			if status, said := x.run(); status != -1 && x.steps >= step {
				t.Errorf("status %d, not killed: %s", status, said)
			}
			heals(t, dir, want)
		})
	})
}

// A disk that is full from any step on ends the run with a message, and leaves
// feeds that are whole. When there is room again, nothing is lost.
func TestDiskFullAtEachStep(t *testing.T) {
	eachShape(t, func(t *testing.T, s *site, want outcome) {
		stepsOf(t, s, func(t *testing.T, dir string, step int) {
			x := &traced{t: t, dir: dir, at: func(n int, call string) verdict {
				if n >= step && call != "remove" && call != "truncate" && call != "sync" {
					return syscall.ENOSPC
				}
				return goOn
			}}
			status, said := x.run()
			checkRefused(t, dir, status, said, want, "no space left", "no room", "can not be opened", "could not be read or written")
			heals(t, dir, want)
		})
	})
}

// One step that a broken disk refuses does no more harm than a full disk.
func TestOneStepRefused(t *testing.T) {
	eachShape(t, func(t *testing.T, s *site, want outcome) {
		stepsOf(t, s, func(t *testing.T, dir string, step int) {
			x := &traced{t: t, dir: dir, at: func(n int, _ string) verdict {
				if n == step {
					return syscall.EIO
				}
				return goOn
			}}
			status, said := x.run()
			checkRefused(t, dir, status, said, want, "input/output error", "no room", "can not be opened", "could not be read or written", "not open to this user")
			heals(t, dir, want)
		})
	})
}

// checkRefused checks a run of which steps were refused: it says why it failed,
// or it has done all that it should.
func checkRefused(t *testing.T, dir string, status int, said string, want outcome, why ...string) {
	t.Helper()
	switch status {
	case 0:
		if diff := cmp.Diff(want, outcomeOf(t, dir)); diff != "" {
			t.Errorf("the run ended well, but is not done:\n%s", diff)
		}
	case 1:
		for _, text := range why {
			if strings.Contains(said, text) {
				return
			}
		}
		t.Errorf("the message does not say why: %s", said)
	default:
		t.Errorf("status %d: %s", status, said)
	}
}
