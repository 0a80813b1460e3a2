package sqlite

import (
	"errors"
	"strings"

	sqlite3 "modernc.org/sqlite/lib"

	"consign/data/engine"
)

func init() { engine.Explain(troubleOf) }

// troubleOf is what a result code means (sqlite.org/rescode.html), and where a code says little, its text.
func troubleOf(err error) engine.Trouble {
	switch resultCode(err) {
	case 0:
		return engine.NoTrouble
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return engine.Busy
	case sqlite3.SQLITE_READONLY:
		return engine.ReadOnly
	case sqlite3.SQLITE_INTERRUPT:
		return engine.Interrupted
	case sqlite3.SQLITE_FULL:
		return engine.Full
	case sqlite3.SQLITE_CANTOPEN:
		return engine.Shut
	case sqlite3.SQLITE_IOERR:
		return engine.Broken
	case sqlite3.SQLITE_NOTADB:
		return engine.Foreign
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_FORMAT:
		return engine.Corrupt // of what the program's own statements meet only in what it has not written
	case sqlite3.SQLITE_CONSTRAINT:
		if strings.Contains(err.Error(), "NOT NULL constraint failed") {
			return engine.Corrupt
		}
		return engine.Taken
	case sqlite3.SQLITE_ERROR:
		if strings.Contains(err.Error(), "malformed JSON") || strings.Contains(err.Error(), "integer overflow") {
			return engine.Corrupt
		}
		return engine.Puzzled
	case sqlite3.SQLITE_NOMEM: // or so it thinks
		return engine.Puzzled
	}
	return engine.Other
}

// resultCode is the primary result code of SQLite in err, 0 if it is not of SQLite.
func resultCode(err error) int {
	if e, ok := errors.AsType[interface {
		error
		Code() int
	}](err); ok {
		return e.Code() & 0xff
	}
	return 0
}
