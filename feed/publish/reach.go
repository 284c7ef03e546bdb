package publish

import (
	"container/heap"
	"time"
)

// reach tells which of the documents that a run reads may come to stand in a
// feed. The feed of a section's folder decides: an entry that is not among the
// newest there is not among the newest of any folder above. It keeps only
// times, and no more of them for a section than the longest feed has entries.
type reach struct {
	length int
	newest map[string]*instants
}

func newReach(length int) reach {
	return reach{length: length, newest: map[string]*instants{}}
}

// note notes an entry of a section.
func (r reach) note(section string, published time.Time) {
	h := r.newest[section]
	if h == nil {
		h = &instants{}
		r.newest[section] = h
	}
	switch {
	case h.Len() < r.length:
		heap.Push(h, published)
	case published.After((*h)[0]):
		(*h)[0] = published
		heap.Fix(h, 0)
	}
}

// holds reports whether an entry is among the newest of its section, of those
// that were noted.
func (r reach) holds(section string, published time.Time) bool {
	h := r.newest[section]
	return h != nil && h.Len() > 0 && (h.Len() < r.length || !published.Before((*h)[0]))
}

// instants is a heap with the oldest instant on top.
type instants []time.Time

func (h instants) Len() int           { return len(h) }
func (h instants) Less(i, j int) bool { return h[i].Before(h[j]) }
func (h instants) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }

// Push and Pop are for package heap.
func (h *instants) Push(x any) { *h = append(*h, x.(time.Time)) }

// Pop takes the last element off.
func (h *instants) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
