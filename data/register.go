// Package data is the register: everything that is kept, and every act upon it. Each act is one transaction on the
// one writing connection; reading goes through connections of its own and never waits for an act (docs/register.md).
//
// All methods of Register and of its drawers (drawers.go) are safe on any goroutine. They block until they are done: never call
// them on the UI goroutine.
// Every error is a *model.Error.
package data

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
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
	write     *gorm.DB // one connection: acts wait for each other here and not in SQLite
	read      *gorm.DB // several connections that cannot write
	check     *checkpoints
	listeners listeners

	identifiers identifierText
	readAhead   *background // of identifiers
	searched    searchedList
	countryName func(code string) string
}

// Options of Open. The zero value is fine.
type Options struct {
	Log       *logrus.Logger   // nil: nothing is logged
	MustExist bool             // a missing file is NotFound instead of a new register
	Clock     func() time.Time // the time of acts; nil: time.Now
	// CountryName is how people call a country: lists by country are in the order of the names that they see. Nil: its code.
	CountryName func(code string) string
}

// Open opens the register at path, creates it with mode 0600 if it is missing, and brings its schema up to date.
// Errors: NotFound, Unreadable, Unwritable, NotRegister, Newer, Damaged, InUse, DiskFull.
func Open(path string, o Options) (*Register, error) {
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
	if err := r.open(o.MustExist); err != nil {
		r.Close()
		return nil, coded(err)
	}
	return r, nil
}

func (r *Register) open(mustExist bool) error {
	if mustExist {
		if _, err := os.Stat(r.path); err != nil {
			return err
		}
	}
	if err := r.takeLock(); err != nil {
		return err
	}
	file, err := os.OpenFile(r.path, os.O_RDWR|os.O_CREATE, 0o600) // SQLite gives -wal and -shm the mode of the file
	if err != nil {
		return err
	}
	if err := errors.Join(file.Chmod(0o600), file.Close()); err != nil {
		return err
	}
	if err := checkIsRegister(r.path); err != nil {
		return err
	}
	if r.write, err = connect(r.path, r.log, 1,
		"_txlock=immediate", "_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)", "_pragma=foreign_keys(1)",
		fmt.Sprintf("_pragma=cache_size(%d)", -pagesKept), "_pragma=journal_size_limit(67108864)", "_pragma=wal_autocheckpoint(0)"); err != nil {
		return err
	}
	if err := migrate(r.write); err != nil {
		return err
	}
	if r.check, err = newCheckpoints(r.path, r.log); err != nil {
		return err
	}
	if r.read, err = connect(r.path, r.log, readers, "mode=ro", "_pragma=query_only(1)", fmt.Sprintf("_pragma=cache_size(%d)", -readerCache)); err != nil {
		return err
	}
	r.readAhead = inBackground(func(ctx context.Context) { r.identifiers.grow(ctx, r) })
	return nil
}

// takeLock makes sure that no other Consign has the register open.
func (r *Register) takeLock() error {
	lock := flock.New(r.path+".lock", flock.SetPermissions(0o600))
	switch free, err := lock.TryLock(); {
	case err != nil:
		return err
	case !free:
		return model.Fail(model.InUse, "The register is open in another Consign.")
	}
	r.lock = lock
	return nil
}

// checkIsRegister refuses a file that is no register before anything is written to it. An empty file is one to be.
func checkIsRegister(path string) error {
	db, err := connect(path, nil, 1)
	if err != nil {
		return err
	}
	defer closePool(db)
	var id, tables int
	if err := db.Raw("PRAGMA application_id").Scan(&id).Error; err != nil {
		return err
	}
	if err := db.Raw("SELECT count(*) FROM sqlite_schema").Scan(&tables).Error; err != nil {
		return err
	}
	if id != applicationID && tables > 0 {
		return model.Fail(model.NotRegister, "This file is not a register of Consign.")
	}
	return nil
}

// connect opens a pool of at most conns connections with the given parts of a DSN.
func connect(path string, log *logrus.Logger, conns int, params ...string) (*gorm.DB, error) {
	if log == nil {
		log = logrus.New()
		log.SetOutput(io.Discard)
	}
	db, err := gorm.Open(sqlite.Open(dsn(path, params...)), &gorm.Config{
		SkipDefaultTransaction: true,
		Logger:                 gormLog{log},
		// No PrepareStmt: this driver compiles a statement at each execution, so it would keep texts for nothing.
	})
	if err != nil {
		return nil, err
	}
	pool, err := db.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(conns)
	pool.SetMaxIdleConns(conns)
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
