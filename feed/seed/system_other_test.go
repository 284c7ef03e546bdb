//go:build !unix

package seed_test

import (
	"errors"
	"testing"
)

func makePipe(string) error { return errors.ErrUnsupported }

// asNobody is for systems that have a root.
func asNobody(t *testing.T) { t.Fatal("there is no root here") }
