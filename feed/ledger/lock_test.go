package ledger_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestLockWaitsWithinTheProcess(t *testing.T) {
	l := newLedger(t)
	unlock, err := l.Lock(t.Context(), func() { t.Error("waited for a free lock") })
	if err != nil {
		t.Fatal(err)
	}
	waiting, got := make(chan bool, 10), make(chan error, 1)
	go func() {
		second, err := l.Lock(t.Context(), func() { waiting <- true })
		if err == nil {
			err = second()
		}
		got <- err
	}()
	<-waiting
	if len(got) > 0 {
		t.Fatal("two holders of one lock")
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	if err := <-got; err != nil {
		t.Error(err)
	}
	if n := len(waiting); n != 0 {
		t.Errorf("waiting was called %d times more", n)
	}
}

func TestLockEndsWithTheContext(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.db")
	l := open(t, file)
	unlock, err := l.Lock(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, err = l.Lock(ctx, cancel)
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), `ledger.db.lock" is held by another run`) {
		t.Errorf("error = %v", err)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	unlock, err = l.Lock(t.Context(), func() { t.Error("the wait that was given up holds the lock") })
	if err != nil {
		t.Fatal(err)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
}

// The lock of a process that is killed is free.
func TestLockOfTheKilled(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.db")
	l := open(t, file)
	holder := start(t, "lock", file)
	holder.expect("locked")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	unlock, err := l.Lock(ctx, holder.kill)
	if err != nil {
		t.Fatal(err)
	}
	if !holder.killed {
		t.Error("got the lock while another process held it")
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
}
