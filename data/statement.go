package data

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"sync/atomic"
	"time"
	"unicode/utf8"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// This file reads rows straight from SQLite's own functions, below database/sql. Two reasons, both measured at a
// million rows: the driver heeds a context only while it compiles a statement and not while rows are found, so that a
// page could not give up a long query; and it copies every text twice and asks for its declared type, which is half
// of an export's time.

// reader is one reading connection inside one transaction: all it reads is one state of the register.
// It belongs to one goroutine.
type reader struct {
	ctx     context.Context
	tls     *libc.TLS
	db      uintptr // sqlite3 *
	stopped uintptr // int32 * that ends running statements, see stopWhenDone
	highest int64   // the highest id that the file has room for; 0: not asked yet

	countryName func(code string) string
}

// reading lends f a reading connection until f returns. ctx interrupts whatever runs on it.
func (r *Register) reading(ctx context.Context, f func(*reader) error) error {
	pool, err := r.read.DB()
	if err != nil {
		return coded(err)
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return r.told(err)
	}
	err = conn.Raw(func(driverConn any) error {
		return guard(func() error {
			return lendReader(ctx, driverConn, func(c *reader) error {
				c.countryName = r.countryName
				return f(c)
			})
		})
	})
	if isFault(err) { // who knows what the connection holds: it is left alone, and another takes its place
		pool.SetMaxOpenConns(pool.Stats().MaxOpenConnections + 1)
	} else {
		conn.Close()
	}
	return r.told(err)
}

func lendReader(ctx context.Context, driverConn any, f func(*reader) error) (err error) {
	c := &reader{ctx: ctx, tls: libc.NewTLS(), db: handle(driverConn)}
	defer c.tls.Close()
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
	if err := c.ctx.Err(); err != nil && code&0xff == sqliteInterrupt {
		return err
	}
	return &sqliteError{int(code), libc.GoString(sqlite3.Xsqlite3_errmsg(c.tls, c.db))}
}

// usualIDs is up to which id nobody asks whether it can be: a set of so many takes 2 MB.
const usualIDs = 1 << 24

// id is an id of the current row: Damaged where it cannot be one. A set of ids has a bit for each up to the highest, and other tables of
// them a place, so that a wrong one would take all of the memory.
func (c *reader) id(s *statement, column int32) (int64, error) {
	id := s.int(column)
	if id > 0 && id < usualIDs {
		return id, nil
	}
	if c.highest == 0 {
		most, err := c.mostRows()
		if err != nil {
			return 0, err
		}
		c.highest = max(most, usualIDs)
	}
	if id <= 0 || id > c.highest {
		return 0, damagedf("id %d", id)
	}
	return id, nil
}

// mostRows is how many rows the file has room for. Rows are hardly ever removed for good, so that it is about the highest id, too.
func (c *reader) mostRows() (int64, error) {
	const smallestRow = 8 // bytes
	pages, err := c.number("PRAGMA page_count")
	if err != nil {
		return 0, err
	}
	size, err := c.number("PRAGMA page_size")
	return int64(pages) * int64(size) / smallestRow, err
}

// keepPages is how many KB of pages the connection keeps from now on. Others are freed at once.
func (c *reader) keepPages(kb int) error { return c.exec(fmt.Sprintf("PRAGMA cache_size = %d", -kb)) }

func (c *reader) exec(query string) error {
	return c.each(query, nil, func(*statement) error { return nil })
}

// each calls row for every row of the query. What row reads as bytes holds until it returns.
func (c *reader) each(query string, args []any, row func(*statement) error) error {
	s, err := c.prepare(query)
	if err != nil {
		return err
	}
	defer s.close()
	return s.each(args, row)
}

// number reads the one whole number that the query finds; 0 if it finds NULL or no row.
func (c *reader) number(query string, args ...any) (n int, err error) {
	err = c.each(query, args, func(s *statement) error {
		n = int(s.int(0))
		return nil
	})
	return n, err
}

// statement is one compiled query.
type statement struct {
	c   *reader
	st  uintptr // sqlite3_stmt *
	bad error   // what the current row has and cannot have
}

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

func (s *statement) close() { sqlite3.Xsqlite3_finalize(s.c.tls, s.st) }

// each runs the statement with new arguments.
func (s *statement) each(args []any, row func(*statement) error) error {
	defer sqlite3.Xsqlite3_reset(s.c.tls, s.st)
	for i, arg := range args {
		if err := s.bind(int32(i+1), arg); err != nil {
			return err
		}
	}
	return s.rows(row)
}

func (s *statement) rows(row func(*statement) error) error {
	for {
		switch code := sqlite3.Xsqlite3_step(s.c.tls, s.st); code {
		case sqlite3.SQLITE_ROW:
			s.bad = nil
			if err := row(s); err != nil {
				return cmp.Or(s.bad, err)
			}
			if s.bad != nil {
				return s.bad
			}
		case sqlite3.SQLITE_DONE:
			return nil
		default:
			return s.c.failed(code)
		}
	}
}

// byID runs a statement whose only argument is a number, without an allocation.
func (s *statement) byID(id int64, row func(*statement) error) error {
	sqlite3.Xsqlite3_reset(s.c.tls, s.st)
	if code := sqlite3.Xsqlite3_bind_int64(s.c.tls, s.st, 1, id); code != sqlite3.SQLITE_OK {
		return s.c.failed(code)
	}
	return s.rows(row)
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

// int is a whole number of the current row; 0 for NULL.
func (s *statement) int(column int32) int64 {
	return sqlite3.Xsqlite3_column_int64(s.c.tls, s.st, column)
}

// isNull reports whether the column of the current row is NULL.
func (s *statement) isNull(column int32) bool {
	return sqlite3.Xsqlite3_column_type(s.c.tls, s.st, column) == sqlite3.SQLITE_NULL
}

// bytes are the characters of a column of the current row, nil for NULL. They hold until the next row.
func (s *statement) bytes(column int32) []byte {
	p := sqlite3.Xsqlite3_column_text(s.c.tls, s.st, column)
	if p == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(pointer(p)), sqlite3.Xsqlite3_column_bytes(s.c.tls, s.st, column))
}

// blob is a copy of the bytes of a column that holds no text, nil for NULL.
func (s *statement) blob(column int32) []byte {
	if s.isNull(column) {
		return nil
	}
	p := sqlite3.Xsqlite3_column_blob(s.c.tls, s.st, column)
	if p == 0 {
		return []byte{}
	}
	return bytes.Clone(unsafe.Slice((*byte)(pointer(p)), sqlite3.Xsqlite3_column_bytes(s.c.tls, s.st, column)))
}

// text is a copy of bytes.
func (s *statement) text(column int32) string {
	text := s.bytes(column)
	if !utf8.Valid(text) {
		s.spoilt("text %q", text)
	}
	return string(text)
}

// spoilt makes the reading end with Damaged after the current row.
func (s *statement) spoilt(what string, args ...any) {
	if s.bad == nil {
		s.bad = damagedf(what, args...)
	}
}

// json reads a column of the current row that holds JSON.
func (s *statement) json(column int32, value any) {
	if err := json.Unmarshal(s.bytes(column), value); err != nil {
		s.spoilt("%w", err)
	}
}

// count is a number of things in the current row; 0 for NULL.
func (s *statement) count(column int32) int {
	n := s.int(column)
	if n < 0 || n > mostThings {
		s.spoilt("count %d", n)
		return 0
	}
	return int(n)
}

// mostThings is more than a register holds of anything.
const mostThings = 1 << 40

// timeOf is a time as the register keeps it; the zero time for NULL.
func (s *statement) timeOf(column int32) time.Time {
	if s.isNull(column) {
		return time.Time{}
	}
	at := s.int(column)
	if at < 0 || at > lastMoment {
		s.spoilt("time %d", at)
		return time.Time{}
	}
	return time.UnixMilli(at)
}

// lastMoment is the end of the year 9999, which texts of times end with.
const lastMoment = 253402300799999
