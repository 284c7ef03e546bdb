//go:build !unix

package seed_test

import "errors"

func makePipe(string) error { return errors.ErrUnsupported }
