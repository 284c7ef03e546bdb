package websub

import "context"

// How many attempts are in progress at once: in all, and to one host. One that
// takes longer than a moment (see slowAfter) gives its place to others and counts
// among the slow ones instead, as long as there are not too many of them.
const (
	maxAtOnce  = 128
	maxPerHost = 32
	maxSlow    = 512
)

// A job is one attempt to reach a callback.
type job struct {
	host string
	run  func(ctx context.Context)
	gone func() bool // reports that there is nothing left to do; it has then taken note of that
}

// lanes hold the jobs that wait for their turn. Hosts take turns, so that one
// with a thousand callbacks does not stand before one with a single one. They
// belong to who holds the lock of the hub.
type lanes struct {
	byHost map[string]*lane
	ring   []*lane // those with jobs that may start, each once
	active int
	slow   int
}

type lane struct {
	host    string
	waiting []job
	active  int
	listed  bool // in the ring
}

// A place is that of a job in progress.
type place struct {
	lane       *lane
	slow, left bool
}

// add puts a job at the end of the lane of its host.
func (q *lanes) add(j job) {
	l := q.byHost[j.host]
	if l == nil {
		l = &lane{host: j.host}
		q.byHost[j.host] = l
	}
	l.waiting = append(l.waiting, j)
	q.list(l)
}

// list lets a lane take its turn, if it can.
func (q *lanes) list(l *lane) {
	if !l.listed && len(l.waiting) > 0 && l.active < maxPerHost {
		l.listed = true
		q.ring = append(q.ring, l)
	}
}

// next returns a job that may start now, and its place.
func (q *lanes) next() (job, *place, bool) {
	for q.active < maxAtOnce && len(q.ring) > 0 {
		l := q.ring[0]
		q.ring[0] = nil
		q.ring = q.ring[1:]
		l.listed = false
		j := l.waiting[0]
		l.waiting[0] = job{}
		l.waiting = l.waiting[1:]
		if j.gone() {
			q.list(l)
			q.tidy(l)
			continue
		}
		l.active++
		q.active++
		q.list(l)
		return j, &place{lane: l}, true
	}
	return job{}, nil, false
}

// linger tells that a job takes long.
func (q *lanes) linger(p *place) {
	if p.left || q.slow >= maxSlow {
		return
	}
	p.slow = true
	q.slow++
	q.free(p.lane)
}

// leave tells that a job has ended.
func (q *lanes) leave(p *place) {
	p.left = true
	if p.slow {
		q.slow--
		return
	}
	q.free(p.lane)
}

func (q *lanes) free(l *lane) {
	l.active--
	q.active--
	q.list(l)
	q.tidy(l)
}

// tidy forgets a lane that is empty.
func (q *lanes) tidy(l *lane) {
	if l.active == 0 && len(l.waiting) == 0 {
		delete(q.byHost, l.host)
	}
}
