// Package needs is how a test says what it needs of a machine.
//
// Where that is missing the test is skipped, so that "go test ./..." asks for
// nothing but Go; with SEEDFEED_REQUIRE=1, as .ci/run sets it, the test fails: a
// test that does not run shows nothing. No test is skipped in another way. Only
// tests import it.
package needs

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// variable says, by the value 1, that all tests must run.
const variable = "SEEDFEED_REQUIRE"

// Missing ends a test for which something is not on this machine: a program, a
// right, a kind of file. what says so to people.
func Missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv(variable) == "1" {
		t.Fatalf("%s, and %s=1 is set", what, variable)
	} else {
		t.Skip(what) //nolint:forbidigo // the one place
	}
}

// Program returns the path of the first program of those named that is on this
// machine.
func Program(t testing.TB, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	Missing(t, strings.Join(names, " or ")+" is not on this machine")
	return ""
}
