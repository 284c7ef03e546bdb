package ledger

import (
	"errors"
	"fmt"
	"io/fs"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// An Error tells what is wrong with the file of a ledger, and what to do.
type Error struct {
	File    string // the path of the file, or of the one that serves to lock it
	Problem string // what is wrong
	Next    string // what to do about it, for people; "" when nothing is to be said
	Err     error  // the cause, or nil
}

func (e *Error) Error() string {
	text := fmt.Sprintf("ledger %q: %s", e.File, e.Problem)
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Hint returns the next step.
func (e *Error) Hint() string { return e.Next }

// The next steps.
const (
	hintOther   = "name another file for the ledger, or take this one away"
	hintNewer   = "use the newer seedfeed, or name another file for the ledger"
	hintDamaged = "put back a copy of the file; or make a run, which keeps this one aside and makes a new ledger of what can be read from it"
	hintAccess  = "give this user the right to write the file and the folder that it lies in"
	hintOpen    = "look whether there is room on the disk, and whether this user may write the file and the folder that it lies in"
	hintDisk    = "look whether the disk of the ledger is full or broken"
	hintFull    = "free some space on the disk of the ledger"
	hintBusy    = "wait until the other seedfeed is done, and try again"
)

// explain puts the name of the file, and a next step, to an error of the
// database. Others it leaves as they are.
func explain(file string, err error) error {
	var cause *sqlite.Error
	if !errors.As(err, &cause) {
		return err
	}
	e := &Error{File: file, Err: cause}
	switch cause.Code() & 0xff { // the rest of the code tells the kinds apart
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		e.Problem, e.Next = "is damaged", hintDamaged
	case sqlite3.SQLITE_CANTOPEN: // the database does not tell why
		e.Problem, e.Next = "can not be opened", hintOpen
	case sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY:
		e.Problem, e.Next = "is not open to this user", hintAccess
	case sqlite3.SQLITE_IOERR:
		e.Problem, e.Next = "could not be read or written", hintDisk
	case sqlite3.SQLITE_FULL:
		e.Problem, e.Next = "has no room on the disk", hintFull
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		e.Problem, e.Next = "is being written by another process", hintBusy
	default:
		e.Problem = "the database refused"
	}
	return e
}

// withoutPath returns the cause of an error of the file system: its path is told
// already.
func withoutPath(err error) error {
	var cause *fs.PathError
	if errors.As(err, &cause) {
		return cause.Err
	}
	return err
}

// hasCode reports whether the database refused with a primary code.
func hasCode(err error, code int) bool {
	var cause *sqlite.Error
	return errors.As(err, &cause) && cause.Code()&0xff == code
}
