package ledger

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// A Ledger is an open ledger. It may be used by many goroutines at once; those
// that update it wait for each other.
type Ledger struct {
	Reader // of what is committed

	writer   *sql.DB // one connection: SQLite has one writer
	readers  *sql.DB // as many as are needed at once: see newLedger
	prepared prepared
}

// busyTimeout is how long an update waits for that of another process. Updates
// are batches of a run and take well under a second.
const busyTimeout = 30 * time.Second

// newLedger makes a ledger, and opens nothing yet.
func newLedger(file string, pragmas []string) (*Ledger, error) {
	writer, err := sql.Open("sqlite", dsn(file, pragmas))
	if err != nil {
		return nil, err
	}
	writer.SetMaxOpenConns(1)
	readers, err := sql.Open("sqlite", dsn(file, nil))
	if err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	// A few are kept, but their number has no limit: whoever asks a question
	// within the range over another holds one and needs one more.
	readers.SetMaxIdleConns(max(2, runtime.GOMAXPROCS(0)))
	l := &Ledger{writer: writer, readers: readers}
	l.prepared.with = readers.PrepareContext
	l.Reader = Reader{file, l.prepared.get}
	return l, nil
}

// Close ends the use of the ledger.
func (l *Ledger) Close() error {
	return explain(l.file, errors.Join(l.prepared.close(), l.readers.Close(), l.writer.Close()))
}

// prepared keeps statements. Each is prepared at its first use, so that a start
// costs little.
type prepared struct {
	with func(ctx context.Context, query string) (*sql.Stmt, error)

	mu         sync.Mutex
	statements map[string]*sql.Stmt
}

func (p *prepared) get(ctx context.Context, query string) (*sql.Stmt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if stmt, ok := p.statements[query]; ok {
		return stmt, nil
	}
	stmt, err := p.with(ctx, query)
	if err != nil {
		return nil, err
	}
	if p.statements == nil {
		p.statements = map[string]*sql.Stmt{}
	}
	p.statements[query] = stmt
	return stmt, nil
}

func (p *prepared) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var errs []error
	for _, stmt := range p.statements {
		errs = append(errs, stmt.Close())
	}
	clear(p.statements)
	return errors.Join(errs...)
}

// dsn names the file for the driver. All that is said to SQLite alone is said
// here. A name of the form of a URI may hold any character.
func dsn(file string, pragmas []string) string {
	uri := filepath.ToSlash(file)
	if !strings.HasPrefix(uri, "/") {
		uri = "/" + uri // C:/ledger.db
	}
	query := url.Values{
		"_busy_timeout": {strconv.FormatInt(busyTimeout.Milliseconds(), 10)},
		"_foreign_keys": {"1"},
		"_error_rc":     {"1"},
		"_dqs":          {"0"},
		// A commit is on the disk when it returns.
		"_synchronous": {"FULL"},
		// An update takes its place among the writers when it begins: taken at
		// the first change, it could be refused after work is done.
		"_txlock": {"immediate"},
		"_pragma": pragmas,
	}
	return (&url.URL{Scheme: "file", Path: uri, RawQuery: query.Encode()}).String()
}
