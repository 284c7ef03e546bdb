package seed

import (
	"maps"
	"slices"
	"sync"
)

// Changes collects what [Watch] has seen change, until somebody takes it. Like a
// request, it is a help and no promise. The zero Changes have seen nothing; they
// may be used by several goroutines at once.
type Changes struct {
	mu      sync.Mutex
	folders map[string]bool
	all     bool
}

// Take returns the folders in which something has changed since the last call,
// sorted, as paths relative to the top. all means that it may be anywhere.
func (c *Changes) Take() (folders []string, all bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	folders, all = slices.Sorted(maps.Keys(c.folders)), c.all
	c.folders, c.all = nil, false
	return folders, all
}

// All notes that something may have changed anywhere.
func (c *Changes) All() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = true
}

func (c *Changes) add(folder string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.folders == nil {
		c.folders = map[string]bool{}
	}
	c.folders[folder] = true
}
