package main

import (
	"cmp"
	"math"
	"os"
	"runtime/debug"
	"runtime/metrics"
)

const (
	// quiet is about what a server takes of memory between runs, besides its code,
	// unless more is in use.
	quiet = 56 << 20

	// quietGrowth is by how much, in percent, memory may grow within that before
	// what is not used any more is looked for.
	quietGrowth = 300
)

// A heap keeps what a server takes of memory in bounds between runs. A run may take
// what it needs: to look for memory all the time would make it slow. Where GOGC or
// GOMEMLIMIT say how it is to be, it leaves all as it is.
type heap struct{ told bool }

func newHeap() heap { return heap{cmp.Or(os.Getenv("GOGC"), os.Getenv("GOMEMLIMIT")) != ""} }

// work is called when a run begins.
func (h heap) work() {
	if h.told {
		return
	}
	debug.SetMemoryLimit(math.MaxInt64)
	debug.SetGCPercent(100)
}

// rest is called when a run has ended.
func (h heap) rest() {
	if h.told {
		return
	}
	if taken, _ := memory(); taken > quiet {
		debug.FreeOSMemory()
	}
	// What is in use can not be had back: a limit that is too near to it would have
	// the program look for nothing all the time.
	_, used := memory()
	debug.SetMemoryLimit(max(quiet, used+used/2))
	debug.SetGCPercent(quietGrowth)
}

// memory tells what the program has of the system's, and what of it was in use when
// that was last looked at, in bytes.
func memory() (taken, used int64) {
	samples := []metrics.Sample{
		{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}, {Name: "/gc/heap/live:bytes"},
	}
	metrics.Read(samples)
	return int64(samples[0].Value.Uint64() - samples[1].Value.Uint64()), int64(samples[2].Value.Uint64())
}
