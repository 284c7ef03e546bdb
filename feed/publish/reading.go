package publish

import (
	"context"
	"crypto/sha256"

	"seedfeed/feed"
	"seedfeed/feed/internal/likeness"
)

// A reading is a document that was read, and what it says; or why not.
type reading struct {
	work
	digest [sha256.Size]byte
	entry  feed.Entry
	slug   string // the last part of the address that it gets if it has none
	err    error

	studied *study // what follows from the entry's text, once it was asked for
}

// read reads one document.
func (r *run) read(ctx context.Context, item work) reading {
	doc, err := r.seeds.Read(ctx, item.file)
	if err != nil {
		return reading{work: item, err: err}
	}
	entry, err := r.extractor(doc.Section()).Extract(doc)
	return reading{work: item, digest: sha256.Sum256(doc.Data), entry: entry, err: err}
}

// A study is what a run makes of the text of an entry.
type study struct {
	meaning [16]byte // see meaningOf
	text    likeness.Text
	sketch  likeness.Sketch
}

// prepare makes what the ledger will ask for, while documents are read side by
// side: into the ledger they go one by one.
func (rd *reading) prepare() {
	if rd.err != nil {
		return
	}
	rd.slug = slugOf(&rd.entry)
	rd.study()
}

// study returns what is made of the text.
func (rd *reading) study() *study {
	if rd.studied == nil {
		meaning, text := meaningOf(rd.entry.Title, rd.entry.Content)
		rd.studied = &study{meaning, text, text.Sketch()}
	}
	return rd.studied
}
