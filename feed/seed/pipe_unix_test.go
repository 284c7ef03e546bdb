//go:build unix

package seed_test

import "syscall"

func makePipe(name string) error { return syscall.Mkfifo(name, 0o644) }
