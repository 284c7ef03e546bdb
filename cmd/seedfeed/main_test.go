package main

import (
	"bytes"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"seedfeed": main}) }

func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"binary": func(ts *testscript.TestScript, _ bool, args []string) {
				writeFile(ts, args[0], bytes.Repeat([]byte("\x7fELF\x00\x01\x02\x03"), 512))
			},
			"cut": func(ts *testscript.TestScript, _ bool, args []string) {
				file := ts.MkAbs(args[0])
				info, err := os.Stat(file)
				ts.Check(err)
				ts.Check(os.Truncate(file, info.Size()/2))
			},
			"large": func(ts *testscript.TestScript, _ bool, args []string) {
				writeFile(ts, args[0], bytes.Repeat([]byte("word "), 400_000))
			},
		},
	})
}

// writeFile writes a file that a script can not hold.
func writeFile(ts *testscript.TestScript, name string, data []byte) {
	ts.Check(os.WriteFile(ts.MkAbs(name), data, 0o644))
}
