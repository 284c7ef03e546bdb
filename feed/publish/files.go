package publish

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"seedfeed/feed"
	"seedfeed/feed/internal/atomicfile"
	"seedfeed/feed/ledger"
	"seedfeed/feed/seed"
)

// publishNamedFiles copies the files that public entries and settings name to
// where their addresses lead: to the same path in out/. It comes before the pages.
func (r *run) publishNamedFiles(ctx context.Context) error {
	lists, err := r.Ledger.Lists(ctx)
	if err != nil {
		return err
	}
	names := r.pictures()
	for _, l := range lists {
		if l.Kind == namedFiles && l.Live > 0 {
			names[l.Key] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		for _, file := range r.beside(ctx, name) { // none: a link that leads nowhere, as the document has it
			if err := r.publishNamedFile(ctx, file); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// beside looks at files among the documents. Where the file system does not
// answer they are taken to be as they were published, and people are told.
func (r *run) beside(ctx context.Context, names ...string) []seed.File {
	if len(names) == 0 {
		return nil
	}
	files, err := r.seeds.Beside(ctx, names...)
	if !errors.Is(err, seed.ErrSilent) {
		return files
	}
	r.skipFor(names[0], err, true)
	for _, name := range names {
		if known, ok := r.files[name]; ok {
			files = append(files, seed.File{Path: name, Size: known.Size, ModTime: known.ModTime})
		}
	}
	return files
}

// pictures are the paths of the files that settings name: as such, or by their
// address on the site.
func (r *run) pictures() map[string]bool {
	names := map[string]bool{}
	for _, s := range r.settings.of {
		for _, address := range []string{r.picture(s.Icon), r.picture(s.Image)} {
			if name, ours := below(r.BaseURL, address); ours && strings.HasPrefix(mediaType(name), "image/") {
				names[name] = true
			}
		}
	}
	return names
}

// picture returns the address of a picture that settings name, or "" for none.
func (r *run) picture(name string) string {
	if name == "" || strings.Contains(name, "://") {
		return name
	}
	return absolute(r.BaseURL, name)
}

func (r *run) publishNamedFile(ctx context.Context, file seed.File) error {
	modified := file.ModTime.UTC().Truncate(time.Millisecond)
	if known, ok := r.files[file.Path]; ok && known.Size == file.Size && known.ModTime.Equal(modified) && !r.dirty[file.Path] {
		r.copied[file.Path] = true
		return nil
	}
	doc, err := r.seeds.Read(ctx, file)
	switch {
	case errors.Is(err, seed.ErrChanging), errors.Is(err, fs.ErrNotExist):
		r.report.Waiting++
		_, r.copied[file.Path] = r.files[file.Path] // the old one stays as long
		return nil
	case err != nil && ctx.Err() != nil:
		return err
	case err != nil:
		_, r.copied[file.Path] = r.files[file.Path]
		r.skipFor(file.Path, err, r.copied[file.Path])
		return nil
	}
	if err := r.begin(ctx); err != nil {
		return err
	}
	note := ledger.File{Digest: sha256.Sum256(doc.Data), Size: file.Size, ModTime: modified}
	if err := r.Ledger.Update(ctx, func(tx *ledger.Tx) error { return tx.PutFile(file.Path, note) }); err != nil {
		return err
	}
	r.files[file.Path], r.copied[file.Path] = note, true
	changed, err := atomicfile.Write(r.out, file.Path, doc.Data)
	if changed {
		r.report.Written++
	}
	return err
}

// attach gives an entry the recordings, films and PDFs that it names, and those
// that lie beside its document under the same name.
func (r *run) attach(ctx context.Context, entry *feed.Entry, names []ledger.List) []ledger.List {
	stem := strings.TrimSuffix(entry.Path, path.Ext(entry.Path))
	seen, listed := r.glances[feed.SectionOf(entry.Path)]
	var likely []string
	for _, ext := range [...]string{".mp3", ".m4a", ".ogg", ".mp4", ".webm", ".pdf"} {
		if listed && !seen.unread.Has(ext) {
			continue // no file in the folder is of that kind
		}
		likely = append(likely, stem+ext)
	}
	for _, file := range r.beside(ctx, likely...) {
		names = append(names, ledger.List{Kind: namedFiles, Key: file.Path, Title: file.Path})
	}
	known := map[string]bool{}
	for _, l := range names {
		media := mediaType(l.Key)
		kind, _, _ := strings.Cut(media, "/")
		if known[l.Key] || l.Kind != namedFiles || kind != "audio" && kind != "video" && media != "application/pdf" {
			continue
		}
		known[l.Key] = true
		for _, file := range r.beside(ctx, l.Key) {
			entry.Enclosures = append(entry.Enclosures, feed.Enclosure{URL: absolute(r.BaseURL, l.Key), Type: media, Length: file.Size})
		}
	}
	return names
}
