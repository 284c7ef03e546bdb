package seed

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

const (
	maxKinds   = 100 // that are told apart; files may end in anything
	shownKinds = 5   // in a sentence
	maxKind    = 10  // bytes of an extension; what is longer is a part of the name
	noKind     = "no extension"
	otherKinds = "others"
)

// Kinds counts files by their extension, in lower case: {".docx": 10, ".pdf": 2}.
type Kinds map[string]int

// Add adds the counts of others.
func (k Kinds) Add(others Kinds) {
	for _, kind := range slices.Sorted(maps.Keys(others)) {
		k.count(kind, others[kind])
	}
}

// Total returns the number of files.
func (k Kinds) Total() int {
	total := 0
	for _, n := range k {
		total += n
	}
	return total
}

// Has reports whether there may be files with an extension in lower case: false
// is certain, while kinds beyond those that are told apart may be any.
func (k Kinds) Has(ext string) bool { return k[ext] > 0 || k[otherKinds] > 0 }

// String returns a sentence about files that can not be read, the most frequent
// kinds first:
//
//	12 files of kinds that seedfeed does not read (.docx 10, .pdf 2)
//
// It is "" when there are none.
func (k Kinds) String() string {
	if len(k) == 0 {
		return ""
	}
	kinds := slices.SortedFunc(maps.Keys(k), func(a, b string) int {
		return cmp.Or(cmp.Compare(k[b], k[a]), strings.Compare(a, b))
	})
	var shown []string
	for _, kind := range kinds[:min(len(kinds), shownKinds)] {
		shown = append(shown, fmt.Sprintf("%s %d", kind, k[kind]))
	}
	if more := len(kinds) - len(shown); more > 0 {
		shown = append(shown, fmt.Sprintf("%d more", more))
	}
	files, of := "files", "of kinds"
	if k.Total() == 1 {
		files, of = "file", "of a kind"
	} else if len(k) == 1 {
		of = "of a kind"
	}
	return fmt.Sprintf("%d %s %s that seedfeed does not read (%s)", k.Total(), files, of, strings.Join(shown, ", "))
}

func (k Kinds) count(kind string, n int) {
	if _, known := k[kind]; !known && len(k) >= maxKinds {
		kind = otherKinds
	}
	k[kind] += n
}

// kindOf returns the extension of a name, or what stands for none.
func kindOf(name string) string {
	ext := strings.ToLower(path.Ext(name))
	plain := func(c rune) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }
	if len(ext) < 2 || len(ext) > maxKind || strings.TrimFunc(ext[1:], plain) != "" {
		return noKind
	}
	return ext
}
