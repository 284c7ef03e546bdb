package seed_test

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"

	"seedfeed/feed/seed"
)

func TestBeside(t *testing.T) {
	folder := seed.New(fstest.MapFS{
		"news/pier.jpg":          {Data: []byte("12345")},
		"news/_drafts/plan.jpg":  {Data: []byte("1")},
		"news/.hidden.jpg":       {Data: []byte("1")},
		"feed.yaml":              {Data: []byte("title: x")},
		"news/folder.jpg/x.jpg":  {Data: []byte("1")},
		"news/pictures/one two?": {Data: []byte("12")},
	}, seed.Options{})
	for name, size := range map[string]int64{"news/pier.jpg": 5, "news/pictures/one two?": 2} {
		file, err := folder.Beside(name)
		if err != nil || file.Size != size || file.Path != name {
			t.Errorf("Beside(%q) = %+v, %v; want %d bytes", name, file, err, size)
		}
	}
	for _, name := range []string{"news/_drafts/plan.jpg", "news/.hidden.jpg", "feed.yaml", "news/no.jpg", "../x.jpg", "/news/pier.jpg", "news//pier.jpg", ""} {
		if _, err := folder.Beside(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Beside(%q): error %v, want that it does not exist", name, err)
		}
	}
	if _, err := folder.Beside("news/folder.jpg"); err == nil {
		t.Error("a folder was taken for a file")
	}
}
