package check

import (
	"io/fs"
	"net/url"
	"path"
	"strings"
)

// indexFile is what a server answers with for a folder.
const indexFile = "index.html"

// A tree is the folder out/ as the site that it is: its files have addresses.
type tree struct {
	fsys fs.FS
	base *url.URL
	seen map[string]bool // by name: whether there is such a file, as far as it was asked
	led  map[string]bool // by name: whether another page leads there
}

func newTree(fsys fs.FS, base *url.URL) *tree {
	return &tree{fsys: fsys, base: base, seen: map[string]bool{}, led: map[string]bool{}}
}

// has reports whether there is a file.
func (t *tree) has(name string) bool {
	there, asked := t.seen[name]
	if !asked {
		info, err := fs.Stat(t.fsys, name)
		there = err == nil && info.Mode().IsRegular()
		t.seen[name] = there
	}
	return there
}

// url returns the address of a file: that of the folder for its index.
func (t *tree) url(name string) *url.URL {
	if path.Base(name) == indexFile {
		name = strings.TrimSuffix(name, indexFile)
	}
	u := *t.base
	u.Path, u.RawPath = u.Path+name, ""
	return &u
}

// file returns the name of the file that an address leads to, whether it is
// there or not. It reports false for an address outside of the site.
func (t *tree) file(u *url.URL) (name string, within bool) {
	if u.Scheme != t.base.Scheme || !strings.EqualFold(u.Host, t.base.Host) || !strings.HasPrefix(u.Path, t.base.Path) {
		return "", false
	}
	name = path.Clean("/" + strings.TrimPrefix(u.Path, t.base.Path))[1:]
	if name == "" || strings.HasSuffix(u.Path, "/") {
		return path.Join(name, indexFile), true
	}
	if !t.has(name) && t.has(path.Join(name, indexFile)) {
		return path.Join(name, indexFile), true
	}
	return name, true
}

// leads reports whether an absolute address leads somewhere, as far as that can
// be told: what is outside of the site is not asked for.
func (t *tree) leads(address string) (name string, ok bool) {
	u, err := url.Parse(address)
	if err != nil {
		return "", true // told by another rule
	}
	name, within := t.file(u)
	if !within {
		return "", true
	}
	return name, fs.ValidPath(name) && t.has(name)
}
