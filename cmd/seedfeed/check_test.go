package main

import (
	"bytes"
	"path/filepath"
	"testing"
)

// Nothing is wrong with the sample site.
func TestCheckSampleSite(t *testing.T) {
	dir := t.TempDir()
	site := []string{"--seeds", filepath.Join(root, "seeds"), "--out", filepath.Join(dir, "out"), "--ledger", filepath.Join(dir, "ledger.db"), "--settle", "0s"}
	for _, command := range [][]string{{"build"}, {"check", "--level", "warning"}} {
		var stdout, stderr bytes.Buffer
		status := run(t.Context(), append(command, site...), &stdout, &stderr)
		if status != 0 {
			t.Fatalf("%s: exit status %d\n%s%s", command[0], status, &stdout, &stderr)
		}
		if command[0] == "check" && stdout.Len() > 0 {
			t.Errorf("found in the sample site:\n%s", &stdout)
		}
	}
}
