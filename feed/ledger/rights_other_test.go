//go:build !unix

package ledger_test

import (
	"context"
	"errors"
)

func playNobody(context.Context, string, []string) error { return errors.ErrUnsupported }
