// Package data is the register: everything that is kept, and every act upon it. Each act is one transaction on the
// one writing connection; reading goes through connections of its own and never waits for an act (docs/register.md).
//
// All methods of Register and of its drawers (drawers.go) are safe on any goroutine. They block until they are done: never call
// them on the UI goroutine.
// Every error is a *model.Error.
package data

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/glebarez/sqlite"
	"github.com/gofrs/flock"
	"github.com/sirupsen/logrus"
	"gorm.io/gorm"

	"consign/model"
)

const (
	// readers is how many connections read at the same time.
	readers = 4
	// readerCache is how many KB of pages each of them keeps, which take twice as much memory.
	readerCache = 16 << 10
	// passingCache is the same while all of a long list is read once: it would only fill the cache with what is not needed again.
	passingCache = 1 << 10
)

// Register is an open register file, a desk with drawers. Open makes it, Close ends it.
type Register struct {
	path      string
	log       *logrus.Logger
	clock     func() time.Time
	lock      *flock.Flock
	write     *gorm.DB // one connection: acts wait for each other here and not in SQLite; nil if the register can only be read
	read      *gorm.DB // several connections that cannot write
	readAs    []string // the parts of their DSN, but the size of their cache
	check     *checkpoints
	sealed    sealedColumns // read at the first act
	listeners listeners
	readOnly  error // why acts are not possible
	damage    damage
	logCheck  atomic.Pointer[LogCheck] // the last one

	identifiers identifierText
	readAhead   *background // of identifiers
	watch       *background
	searched    searchedList
	countryName func(code string) string
	keeper      keeper // of automatic backups
	person      atomic.Pointer[string]
}

// Options of Open. The zero value is fine.
type Options struct {
	Log       *logrus.Logger   // nil: nothing is logged
	MustExist bool             // a missing file is NotFound instead of a new register
	Clock     func() time.Time // the time of acts; nil: time.Now
	// Waiting hears once, on the goroutine that opens, that another program holds the register: OpenContext then waits until it is free or
	// its context is done. Nil: it does not wait.
	Waiting func(*model.Error)
	// CountryName is how people call a country: lists by country are in the order of the names that they see. Nil: its code.
	CountryName func(code string) string
	Person      string  // who sits at the desk: see SetPerson
	Backups     Keeping // where automatic backups go
	Anew        bool    // a new register is made even where one was: see KeptOnly
	EvenDamaged bool    // a damaged one opens as far as it can be read: Damage tells, and acts are refused
}

// Open is OpenContext without an end of the waiting.
func Open(path string, o Options) (*Register, error) {
	return OpenContext(context.Background(), path, o)
}

// OpenContext opens the register at path, creates it with mode 0600 if it is missing, and brings its schema up to date. Nothing is changed,
// neither in the file nor beside it, unless the file is a register or one may be made there. A register that cannot be written is opened
// for reading: see ReadOnly. One that was not closed is checked first, and a restore that was interrupted is completed. The context ends
// the waiting and the check; afterwards it has no meaning. Errors: NotFound, Unreadable, Unwritable, NotRegister, Newer, Damaged, InUse,
// DiskFull, Cancelled, and KeptOnly when the file is missing where a register was.
func OpenContext(ctx context.Context, path string, o Options) (*Register, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, coded(err)
	}
	r := &Register{path: path, log: o.Log, clock: o.Clock, countryName: o.CountryName}
	if r.log == nil {
		r.log = logrus.New()
		r.log.SetOutput(io.Discard)
	}
	if r.countryName == nil {
		r.countryName = func(code string) string { return code }
	}
	if r.clock == nil {
		r.clock = time.Now
	}
	r.keeper.set(o.Backups)
	r.SetPerson(o.Person)
	if err := recoverRestore(path); err != nil {
		return nil, err
	}
	if err := missed(path, o.Backups); err != nil && !o.Anew {
		return nil, err
	}
	if err := r.open(ctx, o); err != nil {
		r.Close()
		return nil, coded(err)
	}
	return r, nil
}

// connect opens a pool of at most conns connections with the given parts of a DSN.
func connect(path string, log *logrus.Logger, conns int, params ...string) (*gorm.DB, error) {
	if log == nil {
		log = logrus.New()
		log.SetOutput(io.Discard)
	}
	pool, err := sql.Open(sqlite.DriverName, dsn(path, params...))
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(conns)
	pool.SetMaxIdleConns(conns)
	db, err := gorm.Open(&sqlite.Dialector{Conn: pool}, &gorm.Config{
		SkipDefaultTransaction: true,
		Logger:                 gormLog{log},
		// No PrepareStmt: this driver compiles a statement at each execution, so it would keep texts for nothing.
	})
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	return db, nil
}

// dsn is the URI of the file, whatever characters its path holds.
func dsn(path string, params ...string) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // C:/…
	}
	u := url.URL{Scheme: "file", Path: p, RawQuery: strings.Join(append([]string{"_pragma=busy_timeout(5000)"}, params...), "&")}
	return u.String()
}

func closePool(db *gorm.DB) error {
	if db == nil {
		return nil
	}
	pool, err := db.DB()
	if err != nil {
		return err
	}
	return pool.Close()
}

// Close ends the register and lets another Consign open it.
func (r *Register) Close() error {
	r.watch.close()
	r.readAhead.close()
	err := errors.Join(closePool(r.read), r.check.close(), closePool(r.write))
	if r.lock != nil {
		err = errors.Join(err, r.lock.Unlock())
	}
	return coded(err)
}

// Path is the absolute path of the register's file.
func (r *Register) Path() string { return r.path }

// Size is how many bytes the register takes on the disk, its write-ahead log included.
func (r *Register) Size() (int64, error) {
	var size int64
	for _, suffix := range [...]string{"", "-wal"} {
		info, err := os.Stat(r.path + suffix)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return 0, coded(err)
		}
		if err == nil {
			size += info.Size()
		}
	}
	return size, nil
}
