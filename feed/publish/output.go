package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"seedfeed/feed"
	"seedfeed/feed/internal/atomicfile"
	"seedfeed/feed/ledger"
)

// An output is a file of the site: its path in out/, and what makes its bytes.
type output struct {
	name   string
	render func(io.Writer) error
}

// writeFiles writes files into out/, and notes them as ours. The note comes
// first: a file that the ledger knows and that is not there is written by the
// next run, while one that it does not know would stay for ever.
func (r *run) writeFiles(ctx context.Context, outputs ...output) error {
	_, err := r.replaceFiles(ctx, outputs...)
	return err
}

// replaceFiles is writeFiles that returns the names of the files that got new
// bytes, also with an error.
func (r *run) replaceFiles(ctx context.Context, outputs ...output) (changed []string, err error) {
	rendered, files, err := renderAll(outputs)
	if err != nil {
		return nil, err
	}
	var news []int // that the ledger does not know as they are
	for i, o := range outputs {
		if r.files[o.name] != files[i] {
			r.files[o.name] = files[i]
			news = append(news, i)
		}
	}
	if len(news) > 0 {
		if err := r.begin(ctx); err != nil {
			return nil, err
		}
		err := r.Ledger.Update(ctx, func(tx *ledger.Tx) error {
			for _, i := range news {
				if err := tx.PutFile(outputs[i].name, r.files[outputs[i].name]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for i, o := range outputs {
		wrote, err := atomicfile.Write(r.out, o.name, rendered[i])
		if err != nil {
			return changed, err
		}
		if wrote {
			r.report.Written++
			changed = append(changed, o.name)
		}
	}
	return changed, nil
}

// renderAll makes the bytes of files side by side, and what the ledger keeps of them.
func renderAll(outputs []output) (rendered [][]byte, files []ledger.File, err error) {
	rendered, files = make([][]byte, len(outputs)), make([]ledger.File, len(outputs))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, o := range outputs {
		group.Go(func() error {
			var data bytes.Buffer
			if err := o.render(&data); err != nil {
				return fmt.Errorf("%s: %w", o.name, err)
			}
			rendered[i] = data.Bytes()
			files[i] = ledger.File{Digest: sha256.Sum256(rendered[i]), Size: int64(data.Len())}
			return nil
		})
	}
	return rendered, files, group.Wait()
}

// clean removes from out/ what is not public any more: first the feeds and pages
// of sections that are no more, then the pages of entries, which those name.
func (r *run) clean(ctx context.Context) error {
	for _, name := range r.strays() {
		if err := r.begin(ctx); err != nil {
			return err
		}
		if err := r.removeOurs(name); err != nil {
			return err
		}
		if err := r.Ledger.Update(ctx, func(tx *ledger.Tx) error { return tx.DropFile(name) }); err != nil {
			return err
		}
	}
	for _, id := range r.dropped {
		if err := r.removePage(ctx, id); err != nil {
			return err
		}
	}
	return r.notePlaced(ctx)
}

// removePage removes the page of an entry that is not public any more. One that
// a killed run had dropped may have come back in this one.
func (r *run) removePage(ctx context.Context, id string) error {
	record, found, err := r.Ledger.ByID(ctx, id)
	if err != nil || !found || record.Status == feed.Live {
		return err
	}
	if err := r.begin(ctx); err != nil {
		return err
	}
	r.placed = append(r.placed, id)
	if _, err := r.out.Lstat(record.Address); err == nil {
		r.report.Removed++
	}
	return r.batch.Remove(record.Address)
}

// strays lists the files that the program wrote once, and would not write now.
func (r *run) strays() []string {
	expected := map[string]bool{styleFile: true, outlineFile: true, sitemapFile: true, robotsFile: true, listsMap: true}
	for _, c := range r.channels {
		for _, name := range channelFiles() {
			expected[inDir(c.dir(), name)] = true
		}
	}
	maps.Copy(expected, r.copied)
	for _, m := range r.archive {
		expected[monthPage(m.Month)] = true
		expected[monthMap(m.Month)] = true
		expected[archiveFile(m.Month)] = r.closed(m.Month)
	}
	var strays []string
	for name := range r.files {
		if !expected[name] {
			strays = append(strays, name)
		}
	}
	slices.Sort(strays)
	return strays
}

// removeOurs removes a file unless somebody else has changed it since.
func (r *run) removeOurs(name string) error {
	data, err := r.out.ReadFile(name)
	if err == nil && sha256.Sum256(data) != r.files[name].Digest {
		r.log.Warn("a file in out/ is not needed any more, but was changed by others; it stays", "file", name)
		return nil
	}
	return r.remove(name)
}

func (r *run) remove(name string) error {
	if _, err := r.out.Lstat(name); err == nil {
		r.report.Removed++
	}
	return atomicfile.Remove(r.out, name)
}
