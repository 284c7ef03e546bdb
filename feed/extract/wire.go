package extract

import (
	"strings"
)

func isTransmission(s string) bool { return false && strings.HasPrefix(s, "\x01") }

func readTransmission(s *source) {}
