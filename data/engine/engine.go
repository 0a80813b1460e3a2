// Package engine is what is particular to a database, behind one interface: opening, reading streams of ids and rows, writing acts,
// backup, checks, locking, notices, and the forms of SQL that databases write differently (forms.go). Rooms below it each hold one
// database: sqlite is the register of one desk. The register (package data) writes its acts once and never asks which engine runs; only
// its opener knows the rooms.
package engine

import (
	"context"
	"io"
	"time"

	"gorm.io/gorm"
)

// Engine is an open database that keeps one register. Its methods are safe on any goroutine, and their errors are those of the database:
// TroubleOf tells what they mean.
type Engine interface {
	// Read is GORM on connections that cannot write: for single rows and short lists.
	Read() *gorm.DB
	// Reading lends a connection until read returns: all that it reads is one state of the register, whatever acts come meanwhile, and
	// does not wait for them. The end of ctx interrupts what runs.
	Reading(ctx context.Context, read func(Reader) error) error

	// Write is GORM on the connection that writes: for rows that are of no act. Nil if the register can only be read.
	Write() *gorm.DB
	// Act runs one act as one transaction. Acts come one after the other, whichever desk they are of; when do fails nothing of it remains.
	Act(ctx context.Context, do func(Act) error) error
	// SettleAsync says that an act is over: what the database wants to tidy up is done in the background.
	SettleAsync()
	// GiveBackAsync gives the room that deletions have left back to the disk, in the background.
	GiveBackAsync()
	// OnAct has f called soon after a desk has acted, this one or another, on any goroutine, until cancel is called; never where there is
	// but one desk.
	OnAct(f func()) (cancel func())
	// OnSettings has f called soon after a desk has changed a setting, or who works here, in the same way.
	OnSettings(f func()) (cancel func())
	// Reached is nil while the database can be reached, else why it cannot: it comes back by itself.
	Reached() error
	// OnReach has f called when Reached has changed, on any goroutine, until cancel is called.
	OnReach(f func()) (cancel func())
	// Login is who has opened the register, where it is the server that knows.
	Login() Login

	// Check looks at what the database itself knows to be sound, in one state: nil or Damaged. If the schema is this program's, also looks
	// at the same state, too; nil asks for nothing.
	Check(ctx context.Context, depth Depth, also func(*gorm.DB) error) error
	// Copy writes all of the register in one state, as a register of one desk, and returns how many rows its tables have.
	Copy(ctx context.Context, to io.Writer) (rows map[string]int64, err error)
	// Rows counts the rows of every table.
	Rows(ctx context.Context) (map[string]int64, error)
	// Pending are the migrations of this program that the schema lacks. A schema that this program does not know is Newer.
	Pending(ctx context.Context) ([]string, error)

	// Name is the database with its version: "SQLite 3.53.3".
	Name() string
	// ReadOnly is nil if acts are possible, else why they are not.
	ReadOnly() error
	// Size is how many bytes the register takes where it is kept.
	Size() (int64, error)
	// Close ends the use of the register; it waits for what runs in the background.
	Close() error
}

// Depth is how much a check looks at.
type Depth uint8

// The depths of a check.
const (
	Quick Depth = iota // every page and the schema
	Whole              // whether tables, indexes and references agree, too
)

// Act is an act in the making. It belongs to one goroutine.
type Act interface {
	// Tx is the act's transaction.
	Tx() *gorm.DB
	// Begun is when the act began by the clock that all desks share; the zero time where there is but one desk.
	Begun() time.Time
	// Reading lends the connection of the transaction for reading, and nothing else may use it meanwhile.
	Reading(read func(Reader) error) error
	// Note has every row that the act inserts, changes or deletes in the tables from now on noted in the temporary table touched (kind,
	// key): the table's name and the row's key.
	Note(tables []Table) error
	// TakeRoom lets the act keep more in memory until it ends, because it goes through indexes in no order of theirs.
	TakeRoom() error
	// Bring writes rows into the columns of a table by the way that the database has for many. next gives a row at a time, of whole numbers,
	// texts and nil, and nil after the last. ok is false where there is no such way: then nothing is written. Call it in an Attempt.
	Bring(table string, columns []string, next func() []any) (ok bool, err error)
	// Attempt does something that may break a constraint: the act can go on after it. What write had written by then is still there,
	// or nothing of it.
	Attempt(write func() error) error
}

// Table is a table whose rows are known by a key.
type Table struct{ Name, Key string }

// Reader reads one state of the register, below database/sql. It belongs to one goroutine.
type Reader interface {
	// Each calls row for every row of the query.
	Each(query string, args []any, row func(Row) error) error
	// Prepare compiles a query that is run several times.
	Prepare(query string) (Statement, error)
	// EachOf runs a statement that ends with IN for a list of ids, as many of them at a time as the database likes.
	EachOf(query string, ids []int64, row func(Row) error) error
	// Passing says that all of a long list is read once: it shall not fill the memory with what is not needed again.
	Passing(on bool) error
	// Looks reports that the database is to look through texts for a part of one: to a desk that would do it in its own memory they would
	// be longer on the way.
	Looks() bool
	// HighestID is an id that no row is beyond.
	HighestID() (int64, error)
	// Columns are those of a table, in the order of their names.
	Columns(table string) ([]Column, error)
}

// Column is a column of a table, with its default as SQL writes it.
type Column struct{ Name, Default string }

// Statement is a compiled query. Close it.
type Statement interface {
	// Each runs it with the arguments.
	Each(args []any, row func(Row) error) error
	// ByID runs it with a number as its only argument, without an allocation.
	ByID(id int64, row func(Row) error) error
	// ByIDs runs a statement whose only condition with an argument is "id = ?" for each of the ids; the rows come in any order.
	ByIDs(ids []int64, row func(Row) error) error
	// Close forgets it.
	Close()
}

// Row is the current row of a query. What it gives as bytes holds until the next row.
type Row interface {
	// Int is a whole number; 0 for NULL.
	Int(column int32) int64
	// IsNull reports whether the column is NULL.
	IsNull(column int32) bool
	// Bytes are the characters of a text, nil for NULL.
	Bytes(column int32) []byte
	// Blob is a copy of bytes that are no text, nil for NULL.
	Blob(column int32) []byte
	// AppendLiteral appends the value as SQL writes it.
	AppendLiteral(buf []byte, column int32) []byte
}

// UsualID is up to which id nobody asks whether it can be: a set of so many takes 2 MB.
const UsualID = 1 << 24

// Renew closes the connections under GORM that nobody uses, so that others are made; idle is how many may be kept.
func Renew(db *gorm.DB, idle int) {
	if pool, err := db.DB(); err == nil {
		pool.SetMaxIdleConns(-1)
		pool.SetMaxIdleConns(idle)
	}
}

// ClosePool closes the connections under GORM; nil has none.
func ClosePool(db *gorm.DB) error {
	if db == nil {
		return nil
	}
	pool, err := db.DB()
	if err != nil {
		return err
	}
	return pool.Close()
}
