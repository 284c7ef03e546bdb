package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
)

// TestGrowth builds sites of growing size and prints what a build costs, and
// what it costs when nothing or one document has changed, beside a plain loop
// that reads each file and writes one of the size of its page, and beside find.
//
//	SEEDFEED_GROWTH="1000 10000 100000" go test ./cmd/seedfeed -run TestGrowth -v -timeout 2h
//
// The sites lie in the folder for temporary files: TMPDIR=/dev/shm keeps them in
// memory. Without the variable one small site shows that the builds do what they
// are measured for.
func TestGrowth(t *testing.T) {
	sizes := []string{"300"}
	if env := os.Getenv("SEEDFEED_GROWTH"); env != "" {
		sizes = strings.Fields(env)
	}
	program := binary(t)
	t.Log("documents   loop     cold    µs/document  peak     find     unchanged   peak     one      ledger")
	for _, size := range sizes {
		n, err := strconv.Atoi(size)
		if err != nil {
			t.Fatalf("SEEDFEED_GROWTH: %v", err)
		}
		measureGrowth(t, program, n)
	}
}

func measureGrowth(t *testing.T, program string, n int) {
	f := newFolder(t)
	defer func() { f.must(os.RemoveAll(f.dir)) }()
	f.must(manyWires(f.path("seeds"), n))

	cold := measure(t, program, f, fmt.Sprintf("%s: %d new", documents(n), n))
	pages, pageSize := pagesBelow(t, f.path("out/entries"))
	if pages != n {
		t.Fatalf("%d pages for %d documents", pages, n)
	}
	loop := timed(func() { f.must(plainLoop(f.path("seeds"), f.path("plain"), pageSize)) })
	f.must(os.RemoveAll(f.path("plain")))

	find := timed(func() {
		out, err := exec.CommandContext(t.Context(), "find", f.path("seeds"), "-type", "f", "-printf", `%s %T@ %p\n`).Output()
		if err != nil || strings.Count(string(out), "\n") != n {
			t.Fatalf("find: %v, %d lines", err, strings.Count(string(out), "\n"))
		}
	})
	measure(t, program, f, documents(n)+"; nothing to write") // it notes what it has seen
	unchanged := measure(t, program, f, documents(n)+"; nothing to write")
	f.must(os.WriteFile(f.path("seeds/f000/wire-000.txt"), []byte(wire(n+1)), 0o644))
	f.must(os.Chtimes(f.path("seeds/f000/wire-000.txt"), wireTime(0), wireTime(0).Add(time.Minute)))
	one := measure(t, program, f, documents(n)+":")
	info, err := os.Stat(f.path(".seedfeed/ledger.db"))
	f.must(err)
	t.Logf("%9d %7.2fs %7.2fs %7.0f %9.0f MB %7.3fs %7.3fs %9.0f MB %7.3fs %6.0f B/document", n,
		loop.Seconds(), cold.took.Seconds(), float64(cold.took.Microseconds())/float64(n), cold.peak,
		find.Seconds(), unchanged.took.Seconds(), unchanged.peak, one.took.Seconds(), float64(info.Size())/float64(n))
}

// documents is how a report begins.
func documents(n int) string { return fmt.Sprintf("%d documents", n) }

// A cost is that of a process.
type cost struct {
	took time.Duration
	peak float64 // of memory, in MB; 0 where the system does not tell
}

// measure makes a run, and looks that its report begins as it should.
func measure(t *testing.T, program string, f folder, report string) cost {
	t.Helper()
	c := buildCommandOf(t.Context(), program, f)
	var out []byte
	var err error
	took := timed(func() { out, err = c.Output() })
	if err != nil || !strings.HasPrefix(string(out), report) {
		t.Fatalf("build: %v: %q, want %q", err, out, report)
	}
	return cost{took, peakMemory(c.ProcessState)}
}

func timed(do func()) time.Duration {
	began := time.Now()
	do()
	return time.Since(began)
}

// pagesBelow returns how many files there are, and the mean of their sizes.
func pagesBelow(t *testing.T, dir string) (n, size int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			n, size = n+1, size+int(info.Size())
		}
		return err
	})
	if err != nil || n == 0 {
		t.Fatalf("no pages: %v", err)
	}
	return n, size / n
}

// plainLoop is the least that a build can do: it reads each file below a folder
// and writes one of a size, by a temporary file and a rename.
func plainLoop(from, to string, size int) error {
	page := make([]byte, size)
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	err := filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if d.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		group.Go(func() error {
			if _, err := os.ReadFile(name); err != nil {
				return err
			}
			if err := os.WriteFile(target+".tmp", page, 0o644); err != nil {
				return err
			}
			return os.Rename(target+".tmp", target)
		})
		return nil
	})
	if waited := group.Wait(); err == nil {
		err = waited
	}
	return err
}

// manyWires writes n stories into folders of a thousand.
func manyWires(dir string, n int) error {
	for i := range n {
		folder := filepath.Join(dir, fmt.Sprintf("f%03d", i/1000))
		if i%1000 == 0 {
			if err := os.MkdirAll(folder, 0o755); err != nil {
				return err
			}
		}
		name := filepath.Join(folder, fmt.Sprintf("wire-%03d.txt", i%1000))
		if err := os.WriteFile(name, []byte(wire(i)), 0o644); err != nil {
			return err
		}
		if err := os.Chtimes(name, wireTime(i), wireTime(i)); err != nil {
			return err
		}
	}
	return nil
}

// wireTime is when a story was sent: 200 come in a day.
func wireTime(i int) time.Time {
	return time.Date(2012, time.January, 2, 6, 0, 0, 0, time.UTC).Add(time.Duration(i) * 432 * time.Second)
}

// wire is a story of about 2.5 KB, as an agency sends them.
func wire(i int) string {
	r := rand.New(rand.NewPCG(7, uint64(i)))
	pick := func(words []string) string { return words[r.IntN(len(words))] }
	sentence := func() string {
		return fmt.Sprintf("%s %s the %s %s of %s on %s, after %s %s had %s it for %d %s.", pick(wireWho), pick(wireDid), pick(wireHow), pick(wireWhat),
			pick(wireWhere), pick(wireWhen), pick(wireHow), pick(wireWhat), pick(wireDid), 2+r.IntN(97), pick(wireUnits))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s (Tidewater) - ", strings.ToUpper(pick(wireWhere)), wireTime(i).Format("January 2, 2006"))
	for b.Len() < 2400 {
		sentences := make([]string, 1+r.IntN(3))
		for k := range sentences {
			sentences[k] = sentence()
		}
		b.WriteString(strings.Join(sentences, " ") + "\n\n")
	}
	return strings.TrimSpace(b.String()) + "\n"
}

var (
	wireWho   = []string{"The harbor board", "Captain Ada Moreno", "A court in Port Selden", "The fishing union", "Minister Tomas Arkwright", "The weather service", "A group of engineers", "The ferry company", "Two members of the council", "The lighthouse keeper"}
	wireDid   = []string{"approved", "rejected", "delayed", "inspected", "repaired", "sold", "measured", "criticized", "praised", "reopened", "closed", "counted"}
	wireHow   = []string{"northern", "long", "new", "old", "small", "costly", "quiet", "public", "second", "frozen", "yearly", "disputed"}
	wireWhat  = []string{"pier", "quota", "bridge", "survey", "tunnel", "report", "contract", "fleet", "budget", "warning", "harvest", "lease", "cable", "market"}
	wireWhere = []string{"Selden", "Arkport", "Lower Quay", "Marrow Bay", "Tidemouth", "Glassford", "Ostrand", "Halvik", "Cape Lorn", "Norrby"}
	wireWhen  = slices.Concat([]string{"the first day", "the last night"}, []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"})
	wireUnits = []string{"days", "weeks", "months", "boats", "tons", "crowns", "families", "percent of the year"}
)
