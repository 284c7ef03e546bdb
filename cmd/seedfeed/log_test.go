package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"seedfeed/feed/publish"
)

// Off a terminal, a long run writes a line now and then, and a short one none.
func TestProgressInALog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		p := newProgress(&log, slog.New(slog.NewTextHandler(&log, nil)))
		for done := range 100 {
			p.show(publish.Reading, done, 100)
			time.Sleep(250 * time.Millisecond)
		}
		for done := range 30 {
			p.show(publish.Writing, done, 30)
			time.Sleep(250 * time.Millisecond)
		}
		p.end()
		if got := strings.Count(log.String(), "msg=reading") + 10*strings.Count(log.String(), "msg=writing"); got != 12 {
			t.Errorf("the log of a run of 32 seconds:\n%s", log.String())
		}
		log.Reset()
		p.show(publish.Reading, 0, 10)
		time.Sleep(9 * time.Second)
		p.show(publish.Reading, 10, 10)
		p.end()
		if log.Len() > 0 {
			t.Errorf("the log of a run of 9 seconds:\n%s", log.String())
		}
	})
}
