package publish_test

import (
	"bytes"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"seedfeed/feed/internal/needs"
)

// A traced run is one whose system calls a test sees before the kernel does:
// those that change files below its folder are its steps. So a test stops it at
// each step, also those of the database, and the program knows nothing of it.
type traced struct {
	t     *testing.T
	dir   string // of the site
	at    func(step int, call string) verdict
	cache *cache // keeps count of what is not on the disk yet, unless it is nil
	steps int    // that were seen

	pid     int
	entered map[int]bool // threads that are inside a call
	refused map[int]verdict
}

// A verdict says what becomes of a step: goOn and kill are no errors of the
// system, all others are, and the step is refused with them.
type verdict = syscall.Errno

const (
	goOn verdict = 0
	kill verdict = 1 << 12
)

// Options of ptrace(2) that package syscall does not name.
const (
	exitKill = 0x100000   // PTRACE_O_EXITKILL
	noThread = 0x20000000 // __WNOTHREAD: only children of this thread
)

// run makes a run over the site and returns its exit status, -1 if it was
// killed, and what it said.
func (x *traced) run() (status int, said string) {
	x.t.Helper()
	// All calls of ptrace come from the thread that started the process.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	self, err := os.Executable()
	if err != nil {
		x.t.Fatal(err)
	}
	stderr, err := os.CreateTemp(x.t.TempDir(), "stderr")
	if err != nil {
		x.t.Fatal(err)
	}
	defer func() { _ = stderr.Close() }()
	cmd := exec.Command(self)
	cmd.Stderr = stderr
	// One thread at a time runs Go code, so that the steps come in one order.
	cmd.Env = append(os.Environ(), childSite+"="+x.dir, "GOMAXPROCS=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Ptrace: true}
	if err := cmd.Start(); err != nil {
		needs.Missing(x.t, "a process can not be traced here: "+err.Error())
	}
	x.pid, x.entered, x.refused = cmd.Process.Pid, map[int]bool{}, map[int]verdict{}
	defer func() { _ = cmd.Process.Release() }()
	status = x.follow()
	data, err := os.ReadFile(stderr.Name())
	if err != nil {
		x.t.Fatal(err)
	}
	return status, string(bytes.TrimSpace(data))
}

// follow goes with the process to its end.
func (x *traced) follow() int {
	x.t.Helper()
	var ws syscall.WaitStatus
	if _, err := syscall.Wait4(x.pid, &ws, syscall.WALL, nil); err != nil {
		x.t.Fatal(err)
	}
	if err := syscall.PtraceSetOptions(x.pid, syscall.PTRACE_O_TRACECLONE|syscall.PTRACE_O_TRACESYSGOOD|exitKill); err != nil {
		x.t.Fatal(err)
	}
	for tid := x.pid; ; {
		signal := 0
		if ws.Stopped() {
			switch s := ws.StopSignal(); s {
			case syscall.SIGTRAP | 0x80:
				x.call(tid)
			case syscall.SIGTRAP, syscall.SIGSTOP:
			default:
				signal = int(s)
			}
			// Who was killed meanwhile can not go on: the end is told below.
			_ = syscall.PtraceSyscall(tid, signal)
		} else if tid == x.pid {
			if ws.Signaled() {
				return -1
			}
			return ws.ExitStatus()
		}
		var err error
		for tid, err = syscall.Wait4(-1, &ws, syscall.WALL|noThread, nil); err == syscall.EINTR; {
			tid, err = syscall.Wait4(-1, &ws, syscall.WALL|noThread, nil)
		}
		if err != nil {
			x.t.Fatal(err)
		}
	}
}

// call is called as a thread enters a call, and as it leaves it.
func (x *traced) call(tid int) {
	x.entered[tid] = !x.entered[tid]
	var regs syscall.PtraceRegs
	if !x.entered[tid] {
		if errno, ok := x.refused[tid]; ok && syscall.PtraceGetRegs(tid, &regs) == nil {
			regs.Rax = -uint64(errno)
			_ = syscall.PtraceSetRegs(tid, &regs)
			delete(x.refused, tid)
		}
		return
	}
	if syscall.PtraceGetRegs(tid, &regs) != nil {
		return
	}
	x.cache.see(x, tid, &regs)
	name := x.step(&regs)
	if name == "" {
		return
	}
	x.steps++
	switch v := x.at(x.steps, name); v {
	case goOn:
	case kill:
		_ = syscall.Kill(x.pid, syscall.SIGKILL)
	default:
		x.refused[tid] = v
		regs.Orig_rax = ^uint64(0) // no such call
		_ = syscall.PtraceSetRegs(tid, &regs)
	}
}

// step names a call that changes files of the site, or returns "".
func (x *traced) step(regs *syscall.PtraceRegs) string {
	switch regs.Orig_rax {
	case syscall.SYS_WRITE, syscall.SYS_PWRITE64, syscall.SYS_FTRUNCATE, syscall.SYS_FSYNC, syscall.SYS_FDATASYNC:
		if !strings.HasPrefix(x.fileOf(regs.Rdi), x.dir) {
			return ""
		}
		return map[uint64]string{
			syscall.SYS_WRITE: "write", syscall.SYS_PWRITE64: "write", syscall.SYS_FTRUNCATE: "truncate",
			syscall.SYS_FSYNC: "sync", syscall.SYS_FDATASYNC: "sync",
		}[regs.Orig_rax]
	case syscall.SYS_OPEN:
		if regs.Rsi&syscall.O_CREAT != 0 {
			return "create"
		}
	case syscall.SYS_OPENAT:
		if regs.Rdx&syscall.O_CREAT != 0 {
			return "create"
		}
	case syscall.SYS_MKDIR, syscall.SYS_MKDIRAT:
		return "mkdir"
	case syscall.SYS_RENAME, syscall.SYS_RENAMEAT, 316: // renameat2
		return "rename"
	case syscall.SYS_UNLINK, syscall.SYS_UNLINKAT, syscall.SYS_RMDIR:
		return "remove"
	}
	return ""
}

// fileOf returns the path of an open file of the process, or "".
func (x *traced) fileOf(fd uint64) string {
	name, err := os.Readlink("/proc/" + strconv.Itoa(x.pid) + "/fd/" + strconv.Itoa(int(int32(fd))))
	if err != nil {
		return ""
	}
	return name
}
