package main

import (
	"cmp"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"
)

// version is set at link time by those who build releases; empty means that the
// build tells.
var version string

// devel is the version that Go gives a build from a work tree.
const devel = "(devel)"

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(env *environment) error {
	_, err := fmt.Fprintf(env.stdout, "seedfeed %s\n", shownVersion())
	return err
}

// shownVersion is the version for people.
func shownVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return cmp.Or(version, "(unknown)")
	}
	shown := cmp.Or(version, info.Main.Version, devel)
	if revision := setting(info, "vcs.revision"); version == "" && len(revision) >= 12 && info.Main.Version == devel {
		shown += " " + revision[:12]
		if setting(info, "vcs.modified") == "true" {
			shown += " modified"
		}
	}
	return shown
}

func setting(info *debug.BuildInfo, key string) string {
	for _, s := range info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}

// buildVersion tells builds apart that may read documents differently. A build
// that is of no release has no version: its file stands in for one.
func buildVersion() string {
	shown := shownVersion()
	if !strings.HasPrefix(shown, devel) {
		return shown
	}
	if name, err := os.Executable(); err == nil {
		if info, err := os.Stat(name); err == nil {
			shown += fmt.Sprintf(" %d %s", info.Size(), info.ModTime().UTC().Format(time.RFC3339Nano))
		}
	}
	return shown
}
