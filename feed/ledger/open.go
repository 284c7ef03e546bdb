package ledger

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
	sqlite3 "modernc.org/sqlite/lib"
)

//go:embed migrations/*.sql
var migrations embed.FS

// application marks a file as a ledger in its header ("seed" in ASCII), where
// program file(1) and we see it (https://www.sqlite.org/fileformat.html, 1.3).
const application = 0x73656564

// Open opens the ledger in a file. It makes the folder, for this user alone,
// and the file when they are not there, and brings a file of an older version
// up to date. A file that is no ledger, is damaged, or was made by a newer
// version is refused with an [Error].
func Open(ctx context.Context, file string) (*Ledger, error) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	fresh, err := examine(abs)
	if err != nil {
		return nil, err
	}
	if fresh {
		return build(ctx, abs)
	}
	if exists(abs + markEnding) {
		return nil, &Error{File: abs, Problem: "is damaged: the last run could not read it", Next: hintDamaged}
	}
	l, behind, err := connect(ctx, abs)
	if !behind || err != nil {
		return l, err
	}
	if err := l.Close(); err != nil {
		return nil, err
	}
	return build(ctx, abs)
}

// build makes the file, and its tables as they should be, unless another
// process was faster: only one does so at a time.
func build(ctx context.Context, file string) (l *Ledger, err error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, &Error{File: file, Problem: "its folder can not be made", Next: hintAccess, Err: err}
	}
	unlock, err := lock(ctx, file+".lock", nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	fresh, err := examine(file)
	if err != nil {
		return nil, err
	}
	var pragmas []string
	if fresh {
		if err := claim(file); err != nil {
			return nil, err
		}
		pragmas = []string{fmt.Sprintf("application_id(%d)", application)}
	}
	l, behind, err := connect(ctx, file, pragmas...)
	if !behind || err != nil {
		return l, err
	}
	if err := l.migrate(ctx); err != nil {
		return nil, errors.Join(explain(file, err), l.Close())
	}
	return l, nil
}

// claim makes the empty file, for this user alone: it will hold the titles of
// drafts. SQLite gives the files that it makes beside it the same mode.
func claim(file string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return &Error{File: file, Problem: "can not be made", Next: hintAccess, Err: withoutPath(err)}
	}
	return f.Close()
}

// connect opens a file that is a ledger, or is to be one, and reports whether
// its tables are those of an older version. It asks one question, and does not
// wake the migrator: a start is to be quick.
func connect(ctx context.Context, file string, pragmas ...string) (l *Ledger, behind bool, err error) {
	// A larger cache than the usual 2 MB halves the writes of a first run; what
	// a long log has taken is given back.
	pragmas = append(pragmas, "journal_mode(WAL)", "journal_size_limit(4194304)", "cache_size(-8192)")
	l, err = newLedger(file, pragmas)
	if err != nil {
		return nil, false, err
	}
	newest, err := newestMigration()
	if err != nil {
		return nil, false, errors.Join(err, l.Close())
	}
	version, err := l.version(ctx)
	if err == nil && version > newest {
		err = &Error{
			File:    file,
			Problem: fmt.Sprintf("made by a newer seedfeed (version %d of the ledger, this one knows %d)", version, newest),
			Next:    hintNewer,
		}
	}
	if err != nil {
		return nil, false, errors.Join(explain(file, err), l.Close())
	}
	return l, version < newest, nil
}

// migrate brings the tables up to date.
func (l *Ledger) migrate(ctx context.Context) error {
	newest, err := newestMigration()
	if err != nil {
		return err
	}
	return l.migrateTo(ctx, newest)
}

// migrateTo brings the tables to a version.
func (l *Ledger) migrateTo(ctx context.Context, version int64) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, l.writer, dir, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	_, err = provider.UpTo(ctx, version)
	return err
}

// version returns the version of the tables, or 0 when there are none yet.
func (l *Ledger) version(ctx context.Context) (int64, error) {
	var version sql.Null[int64]
	err := l.writer.QueryRowContext(ctx, selectVersion).Scan(&version)
	if hasCode(err, sqlite3.SQLITE_ERROR) {
		return 0, nil // no such table: the process that made the file was killed
	}
	return version.V, err
}

// newestMigration returns the version that the migrations lead to.
func newestMigration() (int64, error) {
	files, err := fs.ReadDir(migrations, "migrations")
	if err != nil {
		return 0, err
	}
	return goose.NumericComponent(files[len(files)-1].Name())
}

// The parts of the header of an SQLite file that are read here
// (https://www.sqlite.org/fileformat.html, 1.3).
const (
	headerLength  = 100
	headerMagic   = "SQLite format 3\x00"
	headerWrite   = 18 // 2 once the file has a log (WAL)
	headerPage    = 16 // two bytes: size of a page, 1 stands for 65536
	headerCounter = 24 // changes of the file
	headerPages   = 28 // pages of the file, right if ...
	headerValid   = 92 // ... this equals the changes
	headerApp     = 68 // application
)

// examine reports whether there is no ledger yet. It refuses a file that is
// something else before SQLite touches it, and one that was cut short, of which
// SQLite would tell only in the middle of a run.
func examine(file string) (fresh bool, err error) {
	f, err := os.Open(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err != nil:
		return false, &Error{File: file, Problem: "can not be read", Next: hintAccess, Err: withoutPath(err)}
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	switch {
	case err != nil:
		return false, err
	case !info.Mode().IsRegular():
		return false, &Error{File: file, Problem: "is a folder, not a file", Next: hintOther}
	case info.Size() == 0:
		return true, nil
	}
	header := make([]byte, headerLength)
	if _, err := io.ReadFull(f, header); err != nil || !bytes.HasPrefix(header, []byte(headerMagic)) {
		return false, &Error{File: file, Problem: "is no ledger", Next: hintOther}
	}
	if binary.BigEndian.Uint32(header[headerApp:]) != application {
		return false, &Error{File: file, Problem: "is the database of another program, not a ledger", Next: hintOther}
	}
	if header[headerWrite] != 2 {
		// Another process is just making it, or was killed at that. Whoever has
		// the lock gives it a log: two who do so at once stand in each other's way.
		return true, nil
	}
	return false, whole(f, header)
}

// whole refuses a file that was cut short. Its header is read first, then the
// log is looked for, and the size is asked for last: what another process
// moves from the log into the file meanwhile makes it larger, never smaller.
func whole(f *os.File, header []byte) error {
	if hasLog(f.Name()) {
		return nil
	}
	info, err := f.Stat()
	if err == nil && info.Size() < wholeSize(header) {
		err = &Error{File: f.Name(), Problem: "is damaged: it was cut short", Next: hintDamaged}
	}
	return err
}

// wholeSize returns the least size of the file that has this header, or 0 when
// the header does not tell.
func wholeSize(header []byte) int64 {
	if !bytes.Equal(header[headerCounter:headerCounter+4], header[headerValid:headerValid+4]) {
		return 0
	}
	page := int64(binary.BigEndian.Uint16(header[headerPage:]))
	if page == 1 {
		page = 65536
	}
	return page * int64(binary.BigEndian.Uint32(header[headerPages:]))
}

// hasLog reports whether changes wait in the log of the file, which may hold
// what the file itself has not.
func hasLog(file string) bool {
	info, err := os.Stat(file + "-wal")
	return err == nil && info.Size() > 0
}
