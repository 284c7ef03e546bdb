package ledger_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
)

// This test binary is also the other process of the tests that need one.
func TestMain(m *testing.M) {
	if play, ok := plays[os.Getenv("LEDGER_TEST_PLAY")]; ok {
		if err := play(context.Background(), os.Args[1], os.Args[2:]); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// plays are what another process can do. Each tells its steps on stdout.
var plays = map[string]func(ctx context.Context, file string, args []string) error{
	"lock":   playLock,
	"write":  playWrite,
	"loop":   playLoop,
	"nobody": playNobody,
}

// playLock takes the lock and keeps it until stdin ends.
func playLock(ctx context.Context, file string, _ []string) error {
	l, err := ledger.Open(ctx, file)
	if err != nil {
		return err
	}
	if _, err := l.Lock(ctx, nil); err != nil {
		return err
	}
	fmt.Println("locked")
	_, err = os.Stdin.Read(make([]byte, 1))
	return err
}

// playWrite puts 50 records in as many updates, each of which reads a number
// first and raises it by one.
func playWrite(ctx context.Context, file string, args []string) error {
	l, err := ledger.Open(ctx, file)
	if err != nil {
		return err
	}
	for i := range 50 {
		err := l.Update(ctx, func(tx *ledger.Tx) error {
			text, err := tx.Meta(ctx, "number")
			n, _ := strconv.Atoi(text) // 0 where there is none yet
			return errors.Join(err, tx.SetMeta("number", strconv.Itoa(n+1)),
				tx.Put(record(fmt.Sprintf("%s/%02d.txt", args[0], i), i)))
		})
		if err != nil {
			return err
		}
	}
	return l.Close()
}

// playLoop writes generations of the same records until it is killed, and tells
// of each that is done.
func playLoop(ctx context.Context, file string, args []string) error {
	l, err := ledger.Open(ctx, file)
	if err != nil {
		return err
	}
	first, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	for n := first; ; n++ {
		err := l.Update(ctx, func(tx *ledger.Tx) error {
			for _, rec := range generation(n) {
				if err := tx.Put(rec); err != nil {
					return err
				}
			}
			return tx.SetMeta("generation", strconv.Itoa(n))
		})
		if err != nil {
			return err
		}
		fmt.Println("done", n)
	}
}

// generation returns 40 records that all tell the same number. Every second
// time half of them are gone.
func generation(n int) []ledger.Record {
	var records []ledger.Record
	for i := range 40 {
		rec := record(fmt.Sprintf("loop/%02d.txt", i), n)
		rec.Title = strconv.Itoa(n)
		if n%2 == 1 && i%2 == 1 {
			rec.Status = feed.Gone
		}
		records = append(records, rec)
	}
	return records
}

// A process is another process that plays a part.
type process struct {
	t      *testing.T
	cmd    *exec.Cmd
	out    *bufio.Scanner
	killed bool
}

func start(t *testing.T, play, file string, args ...string) *process {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, append([]string{file}, args...)...)
	cmd.Env = append(os.Environ(), "LEDGER_TEST_PLAY="+play)
	if _, err := cmd.StdinPipe(); err != nil { // open as long as we are
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, cmd: cmd, out: bufio.NewScanner(stdout)}
	t.Cleanup(p.kill)
	return p
}

// kill ends the process as kill -9 does.
func (p *process) kill() {
	if p.killed {
		return
	}
	p.killed = true
	_ = p.cmd.Process.Kill() // it may have ended by itself
	for p.out.Scan() {
		continue
	}
	_ = p.cmd.Wait()
}

// line returns what the process says next, or "" when it has ended.
func (p *process) line() string {
	p.out.Scan()
	return p.out.Text()
}

func (p *process) expect(want string) {
	p.t.Helper()
	if got := p.line(); got != want {
		p.t.Fatalf("the other process says %q, want %q", got, want)
	}
}

// Two processes that make one ledger and write to it at once lose nothing.
func TestTwoProcesses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "new", "ledger.db")
	var all []*process
	for i := range 2 {
		all = append(all, start(t, "write", file, strconv.Itoa(i)))
	}
	for _, p := range all {
		p.expect("")
		if err := p.cmd.Wait(); err != nil {
			t.Errorf("a process ended with %v", err)
		}
		p.killed = true
	}
	l := open(t, file)
	diff(t, "sections", must(l.Sections(t.Context()))(t), []ledger.SectionCount{{Section: "0", Live: 50}, {Section: "1", Live: 50}})
	if n := must(l.Meta(t.Context(), "number"))(t); n != "100" {
		t.Errorf("the number is %s, want 100: an update read what another had not yet written", n)
	}
	whole(t, file)
}

// A process that is killed while it writes leaves a ledger that is whole: of an
// update all is kept or nothing, and what was told to be done is done.
func TestKilledWhileWriting(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.db")
	rng := rand.New(rand.NewPCG(3, 4))
	last := 0
	for range 15 {
		p := start(t, "loop", file, strconv.Itoa(last+1))
		for range 1 + rng.IntN(4) {
			line := p.line()
			n, err := strconv.Atoi(strings.TrimPrefix(line, "done "))
			if err != nil {
				t.Fatalf("the other process says %q", line)
			}
			last = n
		}
		// Wait no set time: any instant of the next update will do.
		for range rng.IntN(2_000_000) {
			continue
		}
		p.kill()
		last = checkGeneration(t, file, last)
		if t.Failed() {
			return
		}
	}
}

// checkGeneration checks that the ledger holds one generation, that of least or
// a later one, and returns it.
func checkGeneration(t *testing.T, file string, least int) int {
	t.Helper()
	l, err := ledger.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}()
	n, err := strconv.Atoi(must(l.Meta(t.Context(), "generation"))(t))
	if err != nil || n < least {
		t.Errorf("generation %d, %v, though %d was done", n, err, least)
	}
	var got []ledger.Record
	live := 0
	for rec, err := range l.List(t.Context(), ledger.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if rec.Status == feed.Live {
			live++
		}
		got = append(got, rec)
	}
	diff(t, fmt.Sprintf("generation %d", n), got, generation(n))
	diff(t, "sections", must(l.Sections(t.Context()))(t), []ledger.SectionCount{{Section: "loop", Live: live}})
	whole(t, file)
	return n
}

// whole checks the file with SQLite's own eyes.
func whole(t *testing.T, file string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var verdict string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("integrity_check: %q, %v", verdict, err)
	}
}
