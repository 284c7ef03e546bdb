//go:build unix

package seed_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"seedfeed/feed/internal/needs"
)

func makePipe(name string) error { return syscall.Mkfifo(name, 0o644) }

// asNobody runs a test once more, as a user without rights. The program of the
// tests may lie where only root may look, so that a copy of it is run.
func asNobody(t *testing.T) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, open := range []string{filepath.Dir(dir), dir} {
		if err := os.Chmod(open, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	name := filepath.Join(dir, "tests")
	if err := os.WriteFile(name, program, 0o755); err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), name, "-test.run=^"+t.Name()+"$")
	c.Dir, c.Env = dir, append(os.Environ(), "TMPDIR="+dir)
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := c.CombinedOutput()
	if errors.Is(err, syscall.EPERM) {
		needs.Missing(t, "root may become no other user here")
	}
	if err != nil {
		t.Errorf("as another user: %v\n%s", err, out)
	}
}
