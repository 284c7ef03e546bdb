package publish_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A cache knows which files in out/ have bytes that are only in the memory of
// the system. The ledger's files are left to the database.
type cache struct {
	out   string
	dirty map[string]bool
	syncs int
}

// The calls that package syscall does not name.
const (
	sysSyncfs    = 306
	sysRenameat2 = 316
)

// see notes what a call does, before it does it.
func (c *cache) see(x *traced, tid int, regs *syscall.PtraceRegs) {
	if c == nil {
		return
	}
	switch regs.Orig_rax {
	case syscall.SYS_WRITE, syscall.SYS_PWRITE64:
		if name := x.fileOf(regs.Rdi); strings.HasPrefix(name, c.out+"/") {
			c.dirty[name] = true
		}
	case syscall.SYS_FSYNC, syscall.SYS_FDATASYNC:
		if name := x.fileOf(regs.Rdi); c.dirty[name] {
			delete(c.dirty, name)
			c.syncs++
		}
	case sysSyncfs:
		c.syncs += len(c.dirty)
		clear(c.dirty)
	case syscall.SYS_RENAMEAT, sysRenameat2:
		from, to := filepath.Join(x.fileOf(regs.Rdi), x.text(tid, regs.Rsi)), filepath.Join(x.fileOf(regs.Rdx), x.text(tid, regs.R10))
		if c.dirty[from] {
			c.dirty[to] = true
		} else {
			delete(c.dirty, to)
		}
		delete(c.dirty, from)
	}
}

// lose does what a power cut does: files have their names and not their bytes.
func (c *cache) lose(t *testing.T) {
	t.Helper()
	for name := range c.dirty {
		if err := os.Truncate(name, 0); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
}

// removeUnnamed removes the empty pages that no feed names, nor the page of one:
// at most the page of a neighbour, which came to the disk a moment earlier, leads
// to them. All others must be whole.
func (c *cache) removeUnnamed(t *testing.T) {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(c.out, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(name, filepath.Join(c.out, "entries")) {
			return err
		}
		data, err := os.ReadFile(name)
		all.Write(data)
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for name := range c.dirty {
		if !strings.Contains(all.String(), filepath.Base(name)) {
			if err := os.Remove(name); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
		}
	}
}

// text reads a string of the process.
func (x *traced) text(tid int, at uint64) string {
	data := make([]byte, 512)
	n, err := syscall.PtracePeekData(tid, uintptr(at), data)
	if end := bytes.IndexByte(data[:n], 0); end >= 0 {
		return string(data[:end])
	}
	x.t.Fatalf("the name of a file can not be read: %v", err)
	return ""
}

// A machine that loses its power before any of a run's steps loses what was not
// yet on the disk. The feeds are whole all the same, name only pages that are,
// and the next run writes again what is missing.
func TestPowerCutAtEachStep(t *testing.T) {
	eachShape(t, func(t *testing.T, s *site, want outcome) {
		lost, synced := 0, 0
		stepsOf(t, s, func(t *testing.T, dir string, step int) {
			memory := &cache{out: filepath.Join(dir, "out"), dirty: map[string]bool{}}
			x := &traced{t: t, dir: dir, cache: memory, at: func(n int, _ string) verdict {
				if n == step {
					return kill
				}
				return goOn
			}}
			x.run()
			memory.lose(t)
			lost, synced = lost+len(memory.dirty), synced+memory.syncs
			memory.removeUnnamed(t)
			heals(t, dir, want)
		})
		t.Logf("%d files lost their bytes, %d had them on the disk", lost, synced)
		if synced == 0 {
			t.Error("no file was ever on the disk: nothing is shown")
		}
	})
}
