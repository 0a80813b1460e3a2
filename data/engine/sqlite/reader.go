package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"consign/data/engine"
)

// This file reads rows straight from SQLite's own functions, below database/sql. Two reasons, both measured at a
// million rows: the driver heeds a context only while it compiles a statement and not while rows are found, so that a
// page could not give up a long query; and it copies every text twice and asks for its declared type, which is half
// of an export's time.

// reader is one reading connection inside one transaction.
type reader struct {
	ctx     context.Context
	tls     *libc.TLS
	db      uintptr // sqlite3 *
	stopped uintptr // int32 * that ends running statements, see stopWhenDone
}

// Reading implements engine.Engine.
func (d *Database) Reading(ctx context.Context, read func(engine.Reader) error) error {
	pool, err := d.read.DB()
	if err != nil {
		return err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	err = conn.Raw(func(driverConn any) error {
		return engine.Guard(func() error { return lendReader(ctx, driverConn, read) })
	})
	if engine.IsFault(err) { // who knows what the connection holds: it is left alone, and another takes its place
		pool.SetMaxOpenConns(pool.Stats().MaxOpenConnections + 1)
	} else {
		conn.Close()
	}
	return err
}

// rawOn lends f a connection of the driver as it is, in whatever transaction it is.
func rawOn(ctx context.Context, conn *sql.Conn, f func(engine.Reader) error) error {
	return conn.Raw(func(driverConn any) error {
		c := &reader{ctx: ctx, tls: libc.NewTLS(), db: handle(driverConn)}
		defer c.tls.Close()
		defer c.alone()()
		defer c.stopWhenDone()()
		return f(c)
	})
}

func lendReader(ctx context.Context, driverConn any, f func(engine.Reader) error) (err error) {
	c := &reader{ctx: ctx, tls: libc.NewTLS(), db: handle(driverConn)}
	defer c.tls.Close()
	defer c.alone()()
	defer c.stopWhenDone()()
	if err := c.exec("BEGIN"); err != nil {
		return err
	}
	defer func() {
		atomic.StoreInt32(c.flag(), 0) // the end of the transaction is not to be stopped
		if rollback := c.exec("ROLLBACK"); err == nil {
			err = rollback
		}
	}()
	return f(c)
}

// handle is the sqlite3 * of a connection of the driver, which keeps it in its field db.
func handle(driverConn any) uintptr {
	return uintptr(reflect.ValueOf(driverConn).Elem().FieldByName("db").Uint())
}

// alone takes the connection's lock away until the returned function is called. database/sql has lent the connection to one goroutine, and
// SQLite would take the lock for every row and every column of it: a third of the time in which a long list is read.
func (c *reader) alone() (done func()) {
	lock := &(*sqlite3.Tsqlite3)(pointer(c.db)).Fmutex
	kept := *lock
	*lock = 0
	return func() { *lock = kept }
}

// stepsBetweenLooks is after how many steps of SQLite's machine it looks whether to stop: well under a millisecond.
const stepsBetweenLooks = 10_000

var lookWhetherStopped = *(*uintptr)(unsafe.Pointer(&struct {
	f func(*libc.TLS, uintptr) int32
}{func(_ *libc.TLS, flag uintptr) int32 { return atomic.LoadInt32((*int32)(pointer(flag))) }}))

// stopWhenDone makes the context end running statements, until the returned function is called.
func (c *reader) stopWhenDone() (done func()) {
	c.stopped = libc.Xcalloc(c.tls, 1, 4)
	sqlite3.Xsqlite3_progress_handler(c.tls, c.db, stepsBetweenLooks, lookWhetherStopped, c.stopped)
	left := make(chan struct{})
	unwatch := context.AfterFunc(c.ctx, func() {
		atomic.StoreInt32(c.flag(), 1)
		close(left)
	})
	return func() {
		if !unwatch() {
			<-left
		}
		sqlite3.Xsqlite3_progress_handler(c.tls, c.db, 0, 0, 0)
		libc.Xfree(c.tls, c.stopped)
	}
}

func (c *reader) flag() *int32 { return (*int32)(pointer(c.stopped)) }

// pointer makes a Go pointer of an address in SQLite's memory, which the garbage collector does not move.
func pointer(address uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&address)) }

// sqliteError is what SQLite says when something fails.
type sqliteError struct {
	code int
	text string
}

func (e *sqliteError) Error() string { return fmt.Sprintf("%s (%d)", e.text, e.code) }

// Code is SQLite's result code.
func (e *sqliteError) Code() int { return e.code }

func (c *reader) failed(code int32) error {
	if err := c.ctx.Err(); err != nil && code&0xff == sqlite3.SQLITE_INTERRUPT {
		return err
	}
	return &sqliteError{int(code), libc.GoString(sqlite3.Xsqlite3_errmsg(c.tls, c.db))}
}

// Looks implements engine.Reader.
func (c *reader) Looks() bool { return false }

// HighestID implements engine.Reader: how many rows the file has room for. Rows are hardly ever removed for good.
func (c *reader) HighestID() (int64, error) {
	const smallestRow = 8 // bytes
	pages, err := c.number("PRAGMA page_count")
	if err != nil {
		return 0, err
	}
	size, err := c.number("PRAGMA page_size")
	return int64(pages) * int64(size) / smallestRow, err
}

// Passing implements engine.Reader: pages beyond a small cache are freed at once.
func (c *reader) Passing(on bool) error {
	kb := readerCache
	if on {
		kb = passingCache
	}
	return c.exec(fmt.Sprintf("PRAGMA cache_size = %d", -kb))
}

// Columns implements engine.Reader.
func (c *reader) Columns(table string) (columns []engine.Column, err error) {
	const columnsOf = "SELECT name, coalesce(dflt_value, 'NULL') FROM pragma_table_info(?) ORDER BY name"
	err = c.Each(columnsOf, []any{table}, func(row engine.Row) error {
		columns = append(columns, engine.Column{Name: string(row.Bytes(0)), Default: string(row.Bytes(1))})
		return nil
	})
	return columns, err
}

func (c *reader) exec(query string) error {
	return c.Each(query, nil, func(engine.Row) error { return nil })
}

// Each implements engine.Reader.
func (c *reader) Each(query string, args []any, row func(engine.Row) error) error {
	s, err := c.prepare(query)
	if err != nil {
		return err
	}
	defer s.Close()
	return s.Each(args, row)
}

// number reads the one whole number that the query finds; 0 if it finds NULL or no row.
func (c *reader) number(query string, args ...any) (n int, err error) {
	err = c.Each(query, args, func(row engine.Row) error {
		n = int(row.Int(0))
		return nil
	})
	return n, err
}

// statement is one compiled query.
type statement struct {
	c  *reader
	st uintptr // sqlite3_stmt *
}

// Prepare implements engine.Reader.
func (c *reader) Prepare(query string) (engine.Statement, error) { return c.prepare(query) }

func (c *reader) prepare(query string) (*statement, error) {
	text, err := libc.CString(query)
	if err != nil {
		return nil, err
	}
	defer libc.Xfree(c.tls, text)
	place := libc.Xcalloc(c.tls, 1, libc.Tsize_t(unsafe.Sizeof(uintptr(0))))
	defer libc.Xfree(c.tls, place)
	if code := sqlite3.Xsqlite3_prepare_v2(c.tls, c.db, text, -1, place, 0); code != sqlite3.SQLITE_OK {
		return nil, fmt.Errorf("%w in %s", c.failed(code), query)
	}
	return &statement{c: c, st: *(*uintptr)(pointer(place))}, nil
}

// Close implements engine.Statement.
func (s *statement) Close() { sqlite3.Xsqlite3_finalize(s.c.tls, s.st) }

// Each implements engine.Statement.
func (s *statement) Each(args []any, row func(engine.Row) error) error {
	defer sqlite3.Xsqlite3_reset(s.c.tls, s.st)
	for i, arg := range args {
		if err := s.bind(int32(i+1), arg); err != nil {
			return err
		}
	}
	return s.rows(row)
}

func (s *statement) rows(row func(engine.Row) error) error {
	for {
		switch code := sqlite3.Xsqlite3_step(s.c.tls, s.st); code {
		case sqlite3.SQLITE_ROW:
			if err := row(s); err != nil {
				return err
			}
		case sqlite3.SQLITE_DONE:
			return nil
		default:
			return s.c.failed(code)
		}
	}
}

// ByID implements engine.Statement.
func (s *statement) ByID(id int64, row func(engine.Row) error) error {
	sqlite3.Xsqlite3_reset(s.c.tls, s.st)
	if code := sqlite3.Xsqlite3_bind_int64(s.c.tls, s.st, 1, id); code != sqlite3.SQLITE_OK {
		return s.c.failed(code)
	}
	return s.rows(row)
}

// ByIDs implements engine.Statement.
func (s *statement) ByIDs(ids []int64, row func(engine.Row) error) error {
	for _, id := range ids {
		if err := s.ByID(id, row); err != nil {
			return err
		}
	}
	return nil
}

// idsAtOnce is how many ids a statement takes as a list. A list that stands in the statement lets SQLite change the rows as it finds them;
// for the rows of another query it would first write all of these down, twice.
const idsAtOnce = 1_000

// EachOf implements engine.Reader. A statement is compiled once for many lists of one length.
func (c *reader) EachOf(query string, ids []int64, row func(engine.Row) error) error {
	for _, part := range [...][]int64{ids[:len(ids)-len(ids)%idsAtOnce], ids[len(ids)-len(ids)%idsAtOnce:]} {
		if len(part) == 0 {
			continue
		}
		if err := c.eachOf(query, part, min(len(part), idsAtOnce), row); err != nil {
			return err
		}
	}
	return nil
}

// eachOf is EachOf for lists of n ids.
func (c *reader) eachOf(query string, ids []int64, n int, row func(engine.Row) error) error {
	s, err := c.prepare(query + " (" + strings.Repeat("?,", n-1) + "?)")
	if err != nil {
		return err
	}
	defer s.Close()
	list := make([]any, n)
	for part := range slices.Chunk(ids, n) {
		for i, id := range part {
			list[i] = id
		}
		if err := s.Each(list, row); err != nil {
			return err
		}
	}
	return nil
}

func (s *statement) bind(place int32, arg any) error {
	var err error
	code := int32(sqlite3.SQLITE_OK)
	switch v := reflect.ValueOf(arg); v.Kind() {
	case reflect.Int, reflect.Int64:
		code = sqlite3.Xsqlite3_bind_int64(s.c.tls, s.st, place, v.Int())
	case reflect.String:
		code, err = s.bindText(place, v.String())
	default:
		err = fmt.Errorf("a %T cannot be bound", arg)
	}
	if err == nil && code != sqlite3.SQLITE_OK {
		err = s.c.failed(code)
	}
	return err
}

func (s *statement) bindText(place int32, text string) (code int32, err error) {
	copied, err := libc.CString(text)
	if err != nil {
		return 0, err
	}
	defer libc.Xfree(s.c.tls, copied)
	return sqlite3.Xsqlite3_bind_text(s.c.tls, s.st, place, copied, int32(len(text)), sqlite3.SQLITE_TRANSIENT), nil
}

// Int implements engine.Row.
func (s *statement) Int(column int32) int64 {
	return sqlite3.Xsqlite3_column_int64(s.c.tls, s.st, column)
}

// IsNull implements engine.Row.
func (s *statement) IsNull(column int32) bool {
	return sqlite3.Xsqlite3_column_type(s.c.tls, s.st, column) == sqlite3.SQLITE_NULL
}

// Bytes implements engine.Row.
func (s *statement) Bytes(column int32) []byte {
	p := sqlite3.Xsqlite3_column_text(s.c.tls, s.st, column)
	if p == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(pointer(p)), sqlite3.Xsqlite3_column_bytes(s.c.tls, s.st, column))
}

// Blob implements engine.Row.
func (s *statement) Blob(column int32) []byte {
	if s.IsNull(column) {
		return nil
	}
	p := sqlite3.Xsqlite3_column_blob(s.c.tls, s.st, column)
	if p == 0 {
		return []byte{}
	}
	return bytes.Clone(unsafe.Slice((*byte)(pointer(p)), sqlite3.Xsqlite3_column_bytes(s.c.tls, s.st, column)))
}

// AppendLiteral implements engine.Row.
func (s *statement) AppendLiteral(buf []byte, column int32) []byte {
	switch sqlite3.Xsqlite3_column_type(s.c.tls, s.st, column) {
	case sqlite3.SQLITE_NULL:
		return append(buf, "NULL"...)
	case sqlite3.SQLITE_INTEGER:
		return strconv.AppendInt(buf, s.Int(column), 10)
	case sqlite3.SQLITE_TEXT:
		buf = append(buf, '\'')
		for _, c := range s.Bytes(column) {
			if c == '\'' {
				buf = append(buf, c)
			}
			buf = append(buf, c)
		}
		return append(buf, '\'')
	}
	return fmt.Appendf(buf, "X'%x'", s.Bytes(column)) // nothing that an act writes
}
