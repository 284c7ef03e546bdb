package ledger

import (
	"bytes"
	"compress/flate"
	"context"
	"database/sql"
	"fmt"
	"io"
)

// Snapshot returns an entry as it was published last, as the caller encoded it,
// with the digest that came with it. It is kept only while the entry is in the
// reach of the feeds.
func (r Reader) Snapshot(ctx context.Context, id string) (sum [32]byte, data []byte, ok bool, err error) {
	ok, err = r.one(ctx, selectSnapshot, []any{id}, digest{sum[:]}, &data)
	if err != nil || !ok {
		return sum, nil, false, err
	}
	data, err = unpack(data)
	if err != nil {
		err = &Error{File: r.file, Problem: fmt.Sprintf("the snapshot of %q is damaged", id), Next: hintDamaged, Err: err}
	}
	return sum, data, err == nil, err
}

// PutSnapshot keeps an entry as it is published now. Its record must have been
// put before.
func (tx *Tx) PutSnapshot(id string, sum [32]byte, data []byte) error {
	packed, err := tx.deflate.pack(data)
	if err != nil {
		return err
	}
	_, err = tx.exec(upsertSnapshot, id, sum[:], packed)
	return err
}

// KeepSnapshots forgets all snapshots but those of these entries.
func (tx *Tx) KeepSnapshots(ids map[string]bool) error {
	var drop []string
	err := tx.each(tx.ctx, selectSnapshotIDs, nil, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		if !ids[id] {
			drop = append(drop, id)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range drop {
		if _, err := tx.exec(deleteSnapshot, id); err != nil {
			return err
		}
	}
	return nil
}

// A deflater compresses one snapshot after another (RFC 1951) with one set of
// buffers. A story shrinks to less than half.
type deflater struct {
	out    bytes.Buffer
	writer *flate.Writer
}

// pack returns data in the form in which it is stored, good until the next call.
func (d *deflater) pack(data []byte) ([]byte, error) {
	d.out.Reset()
	if d.writer == nil {
		w, err := flate.NewWriter(&d.out, flate.DefaultCompression)
		if err != nil {
			return nil, err
		}
		d.writer = w
	}
	d.writer.Reset(&d.out)
	if _, err := d.writer.Write(data); err != nil {
		return nil, err
	}
	err := d.writer.Close()
	return d.out.Bytes(), err
}

// unpack undoes pack.
func unpack(packed []byte) ([]byte, error) {
	return io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
}
