// Package sqlite keeps a register in one file of SQLite: the register of one desk. One connection writes, several read (WAL); what is
// particular to the file, its log and its locks is in this room, and so is the way below database/sql (reader.go).
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/sirupsen/logrus"
	"gorm.io/gorm"
	sqlite3 "modernc.org/sqlite/lib"

	"consign/data/engine"
)

// Database is an open register file. Open and OpenUntouched make it.
type Database struct {
	path     string
	log      *logrus.Logger
	unlock   func() error
	write    *gorm.DB // one connection: acts wait for each other here and not in SQLite; nil if the register can only be read
	read     *gorm.DB // several connections that cannot write
	readAs   []string // the parts of their DSN, but the size of their cache
	house    *checkpoints
	readOnly error
	look     bool   // for a look: the one connection of read is all there is
	end      func() // after closing; nil: nothing
}

var _ engine.Engine = (*Database)(nil)

// Name implements engine.Engine.
func (d *Database) Name() string { return "SQLite " + sqlite3.SQLITE_VERSION }

// Read implements engine.Engine.
func (d *Database) Read() *gorm.DB { return d.read }

// Write implements engine.Engine.
func (d *Database) Write() *gorm.DB { return d.write }

// ReadOnly implements engine.Engine.
func (d *Database) ReadOnly() error { return d.readOnly }

// OnAct implements engine.Engine: the lock on the file keeps other desks out, so that none ever acts.
func (d *Database) OnAct(func()) (cancel func()) { return func() {} }

// Reached implements engine.Engine: what a file's disk says, the statements say.
func (d *Database) Reached() error { return nil }

// OnSettings implements engine.Engine: there is one desk.
func (d *Database) OnSettings(func()) (cancel func()) { return func() {} }

// OnReach implements engine.Engine.
func (d *Database) OnReach(func()) (cancel func()) { return func() {} }

// Login implements engine.Engine: whoever may open the file.
func (d *Database) Login() engine.Login { return engine.Login{} }

// SettleAsync implements engine.Engine.
func (d *Database) SettleAsync() { d.house.wantAsync() }

// GiveBackAsync implements engine.Engine.
func (d *Database) GiveBackAsync() {
	if d.house != nil {
		d.house.work.Want()
	}
}

// Size implements engine.Engine: the write-ahead log counts.
func (d *Database) Size() (int64, error) {
	var size int64
	for _, suffix := range [...]string{"", "-wal"} {
		info, err := os.Stat(d.path + suffix)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return 0, err
		}
		if err == nil {
			size += info.Size()
		}
	}
	return size, nil
}

// Close implements engine.Engine, and lets another Consign open the file.
func (d *Database) Close() error {
	err := errors.Join(engine.ClosePool(d.read), d.house.close(), engine.ClosePool(d.write))
	if d.unlock != nil {
		err = errors.Join(err, d.unlock())
	}
	if d.end != nil {
		d.end()
	}
	return err
}

// act implements engine.Act.
type act struct {
	ctx   context.Context
	tx    *gorm.DB
	conn  *sql.Conn // that tx is on
	roomy bool
}

// Act implements engine.Engine.
func (d *Database) Act(ctx context.Context, do func(engine.Act) error) error {
	a := &act{ctx: ctx}
	err := engine.Guard(func() error {
		return onOneConnection(d.write.WithContext(ctx), func(db *gorm.DB, conn *sql.Conn) error {
			a.conn = conn
			return db.Transaction(func(tx *gorm.DB) error {
				a.tx = tx
				return do(a)
			})
		})
	})
	if a.roomy {
		if err := d.write.Exec(fmt.Sprintf("PRAGMA cache_size = %d", -pagesKept)).Error; err != nil {
			d.log.WithError(err).Warn("pages are kept in memory")
		}
	}
	return err
}

// onOneConnection runs f with the pool's connection, which it also gives as it is.
func onOneConnection(db *gorm.DB, f func(db *gorm.DB, conn *sql.Conn) error) error {
	return db.Connection(func(db *gorm.DB) error {
		conn, ok := db.Statement.ConnPool.(*sql.Conn)
		if !ok {
			return errors.New("the register has no connection of its own")
		}
		return f(db, conn)
	})
}

// Tx implements engine.Act.
func (a *act) Tx() *gorm.DB { return a.tx }

// Begun implements engine.Act: the desk's clock is the only one.
func (a *act) Begun() time.Time { return time.Time{} }

// Reading implements engine.Act.
func (a *act) Reading(read func(engine.Reader) error) error { return rawOn(a.ctx, a.conn, read) }

// TakeRoom implements engine.Act: an act that goes through the indexes of identifiers would else write each of their pages many times.
func (a *act) TakeRoom() error {
	a.roomy = true
	return a.tx.Exec(fmt.Sprintf("PRAGMA cache_size = %d", -pagesRoom)).Error
}

// Bring implements engine.Act: a statement that takes thousands of rows is the quickest way.
func (a *act) Bring(string, []string, func() []any) (ok bool, err error) { return false, nil }

// Attempt implements engine.Act: a statement that breaks a constraint leaves the transaction as good as before, and what it had written
// stays where it says OR FAIL.
func (a *act) Attempt(write func() error) error { return write() }

// Note implements engine.Act, by triggers that last as long as the connection.
func (a *act) Note(tables []engine.Table) error {
	var ready bool
	if err := a.tx.Raw("SELECT count(*) FROM temp.sqlite_schema WHERE name = 'touched'").Scan(&ready).Error; err != nil {
		return err
	}
	if ready {
		return a.tx.Exec("DELETE FROM touched").Error
	}
	statements := []string{"CREATE TEMP TABLE touched (kind TEXT, key INTEGER, PRIMARY KEY (kind, key)) WITHOUT ROWID"}
	for _, t := range tables {
		for event, row := range map[string]string{"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"} {
			statements = append(statements, "CREATE TEMP TRIGGER touched_"+t.Name+"_"+event+" AFTER "+event+" ON main."+t.Name+
				" BEGIN INSERT OR IGNORE INTO touched VALUES ('"+t.Name+"', "+row+"."+t.Key+"); END")
		}
	}
	return a.tx.Exec(strings.Join(statements, ";\n")).Error
}
