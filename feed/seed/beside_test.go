package seed_test

import (
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
		files, err := folder.Beside(t.Context(), "news/no.jpg", name)
		if err != nil || len(files) != 1 || files[0].Size != size || files[0].Path != name {
			t.Errorf("Beside(%q) = %+v, %v; want %d bytes", name, files, err, size)
		}
	}
	for _, name := range []string{"news/_drafts/plan.jpg", "news/.hidden.jpg", "feed.yaml", "news/no.jpg", "../x.jpg", "/news/pier.jpg", "news//pier.jpg", ""} {
		if files, err := folder.Beside(t.Context(), name); err != nil || len(files) != 0 {
			t.Errorf("Beside(%q) = %+v, %v; want that it is not there", name, files, err)
		}
	}
	files, err := folder.Beside(t.Context(), "news/folder.jpg", "news/pier.jpg")
	if err == nil || err.Error() != `"news/folder.jpg": not a regular file` || len(files) != 1 {
		t.Errorf("with a folder among them: %+v, %v", files, err)
	}
}
