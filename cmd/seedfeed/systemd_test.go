package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// listenAsManager is the end of the service manager: what it is told comes out.
func listenAsManager(t *testing.T) <-chan string {
	t.Helper()
	address := filepath.Join(t.TempDir(), "s")
	socket, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: address, Net: "unixgram"})
	if err != nil {
		missing(t, err.Error())
	}
	t.Setenv("NOTIFY_SOCKET", address)
	told := make(chan string, 100)
	go func() {
		buf := make([]byte, 1000)
		for {
			n, err := socket.Read(buf)
			if err != nil {
				close(told)
				return
			}
			told <- string(buf[:n])
		}
	}()
	t.Cleanup(func() { _ = socket.Close() })
	return told
}

// expect waits for what begins with a text, and passes over watchdog's.
func expect(t *testing.T, told <-chan string, want string) {
	t.Helper()
	limit := time.After(patienceOfTests)
	for {
		select {
		case got := <-told:
			if strings.HasPrefix(got, want) {
				return
			}
			if got != "WATCHDOG=1" {
				t.Fatalf("the manager is told %q, want %q", got, want)
			}
		case <-limit:
			t.Fatalf("the manager is not told %q", want)
		}
	}
}

func TestServeTellsManager(t *testing.T) {
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	told := listenAsManager(t)
	s := serveFolder(f, "--no-watch")
	expect(t, told, "READY=1")
	if err := syscall.Kill(syscall.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	expect(t, told, "RELOADING=1\nMONOTONIC_USEC=")
	expect(t, told, "READY=1")
	if status := s.stop(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	expect(t, told, "STOPPING=1")
}

// The watchdog is fed as long as requests are answered, and no longer.
func TestServeFeedsWatchdog(t *testing.T) {
	told := listenAsManager(t)
	t.Setenv("WATCHDOG_USEC", "20000")
	ctx, cancel := context.WithCancel(t.Context())
	asked, answer := make(chan struct{}), make(chan struct{})
	done := make(chan error, 1)
	go func() {
		done <- manager{}.watchdog(ctx, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodHead || r.URL.Path != "/" {
				t.Errorf("asks %s %s", r.Method, r.URL.Path)
			}
			asked <- struct{}{}
			<-answer
		}))
	}()
	for range 3 {
		<-asked
		select {
		case got := <-told:
			t.Errorf("told %q before the request is answered", got)
		default:
		}
		answer <- struct{}{}
		if got := <-told; got != "WATCHDOG=1" {
			t.Errorf("told %q", got)
		}
	}
	<-asked
	cancel()
	close(answer)
	if err := <-done; err != nil {
		t.Error(err)
	}
	t.Setenv("WATCHDOG_USEC", "soon")
	if err := (manager{}).watchdog(t.Context(), nil); err == nil || !strings.HasPrefix(err.Error(), "watchdog: ") {
		t.Errorf("a time that is none: %v", err)
	}
}

// A socket that systemd has opened is the one that is served.
func TestServeInheritedSocket(t *testing.T) {
	shell := program(t, "sh")
	f := newFolder(t)
	f.write("one.md", story("First light", "2026-03-01", "The lamp is lit."))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	f.must(err)
	socket, err := listener.(*net.TCPListener).File()
	f.must(err)
	address := listener.Addr().String()
	f.must(listener.Close()) // the program's end stays

	start := func(sockets string, files ...*os.File) (*exec.Cmd, *logWatch) {
		t.Helper()
		// The number of the process is known only in it.
		args := append([]string{"-c", `LISTEN_PID=$$ exec "$0" "$@"`, binary(t)}, f.args("serve", "--listen", "256.0.0.0:1", "--base-url", "http://"+address+"/")...)
		c := exec.Command(shell, args...)
		c.Env = append(os.Environ(), "LISTEN_FDS="+sockets)
		c.ExtraFiles = files
		log := &logWatch{changed: make(chan struct{}, 1)}
		c.Stderr = log
		f.must(c.Start())
		t.Cleanup(func() { _ = c.Process.Kill() })
		return c, log
	}
	c, log := start("2", socket, socket)
	if err := c.Wait(); err == nil || !strings.Contains(log.all(), "systemd passes 2 sockets") || !strings.Contains(log.all(), "hint: name one stream socket") {
		t.Errorf("two sockets: %v\n%s", err, log.all())
	}
	c, log = start("1", socket)
	f.must(socket.Close())
	log.wait(t, "run")
	response, err := http.Get("http://" + address + "/rss.xml")
	f.must(err)
	text, err := io.ReadAll(response.Body)
	f.must(err)
	f.must(response.Body.Close())
	if !strings.Contains(string(text), "First light") {
		t.Errorf("%s:\n%s", response.Status, text)
	}
	f.must(c.Process.Signal(syscall.SIGTERM))
	if err := c.Wait(); err != nil {
		t.Errorf("%v\n%s", err, log.all())
	}
}
