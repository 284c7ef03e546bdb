package feed

import (
	"path"
	"time"
)

// A Document is a file below the seeds folder: somebody's work, which is read
// and never written to.
type Document struct {
	Path    string    // slash-separated, relative to the seeds folder
	ModTime time.Time // when the file was last written
	Data    []byte    // the whole file, as it is on disk
}

// Section returns the folder that the document lies in, or "" at the top.
func (d Document) Section() string { return SectionOf(d.Path) }

// SectionOf returns the section of the document at a path: its folder, or "" at
// the top of the seeds folder.
func SectionOf(docPath string) string {
	if dir := path.Dir(docPath); dir != "." {
		return dir
	}
	return ""
}
