package needs_test

import (
	"fmt"
	"testing"

	"seedfeed/feed/internal/needs"
)

// A recorder is a test of which only the end is taken down.
type recorder struct {
	testing.TB
	end string
}

func (r *recorder) Helper()          {}
func (r *recorder) Skip(args ...any) { r.end = "skipped: " + fmt.Sprint(args...) }
func (r *recorder) Fatalf(format string, args ...any) {
	r.end = "failed: " + fmt.Sprintf(format, args...)
}

func TestMissing(t *testing.T) {
	for _, tt := range []struct{ require, want string }{
		{"", "skipped: no-such-program or no-other is not on this machine"},
		{"0", "skipped: no-such-program or no-other is not on this machine"},
		{"1", "failed: no-such-program or no-other is not on this machine, and SEEDFEED_REQUIRE=1 is set"},
	} {
		t.Setenv("SEEDFEED_REQUIRE", tt.require)
		r := &recorder{TB: t}
		if path := needs.Program(r, "no-such-program", "no-other"); path != "" || r.end != tt.want {
			t.Errorf("SEEDFEED_REQUIRE=%q: %q, %q; want %q", tt.require, path, r.end, tt.want)
		}
	}
}

func TestProgram(t *testing.T) {
	r := &recorder{TB: t}
	if path := needs.Program(r, "no-such-program", "go"); path == "" || r.end != "" {
		t.Errorf("go: %q, %q", path, r.end)
	}
}
